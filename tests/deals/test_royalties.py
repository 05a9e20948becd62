from decimal import Decimal

import pytest

from deals.document import prepare
from deals.royalties import royalties
from news.reading import Royalties


def read(text: str) -> Royalties | None:
    return royalties(prepare("Helvia licenses LMR-220", text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Helvia pays tiered royalties of 8% to 14% on net sales.", "8", "14"),
        ("Helvia pays royalties running from 8 percent to 14 percent.", "8", "14"),
        ("It receives royalties, starting at 8% of net sales and topping out at 14%.", "8", "14"),
        ("It owes royalties of between 6% and 11%.", "6", "11"),
        ("A royalty of 8.5 per cent falls due.", "8.5", "8.5"),
        ("It pays royalties of up to 12%.", None, "12"),
        ("It pays tiered royalties from the mid-single to the low double digits.", None, None),
        ("Royalties follow.", None, None),
        ("Lumaris also gets a share of sales.", None, None),
        ("Helvia pays $3 million and a further 1.5 percent of net sales.", "1.5", "1.5"),
        ("It will take $3 million more, and a tenth of what Helvia earns on each capsule.", "10", "10"),
        ("Lumaris receives a royalty based on sales revenue.", None, None),
        ("Helvia raised the royalty that it owes Lumaris by three points, to a range of 18% to 24%.", "18", "24"),
    ],
)
def test_royalties_are_read_with_their_numbers(text: str, low: str | None, high: str | None) -> None:
    found = read(text)

    assert found is not None
    assert (found.low, found.high) == tuple(None if value is None else Decimal(value) for value in (low, high))
    assert found.evidence.quote.split() == found.wording.split()


def test_the_wording_is_kept() -> None:
    found = read("In addition, Helvia pays tiered, low double-digit royalties on net sales, and more.")

    assert found is not None
    assert "double-digit royalties on net sales" in found.wording


@pytest.mark.parametrize(
    "text",
    [
        "The licence is royalty-free.",
        "Helvia closed a royalty financing.",
        "Its royalty revenues rose.",
        "No royalties are due.",
        "Lumaris gets 35% of the profits.",
        "Lumaris receives 40% of net sales as supply price.",
        "The drug accounts for a large share of sales.",
    ],
)
def test_what_is_no_royalty_of_the_agreement_is_not_read(text: str) -> None:
    assert read(text) is None


def test_the_mention_with_numbers_is_believed_before_the_bare_one() -> None:
    found = read("Helvia pays royalties. The royalties are 5% to 9%.")

    assert found is not None
    assert (found.low, found.high) == (Decimal(5), Decimal(9))


def test_of_an_agreement_that_ends_only_what_is_still_owed_is_a_royalty() -> None:
    ended = prepare("", "Helvia had paid royalties of 5% on net sales.")
    owed = prepare("", "Lumaris will pay Helvia a royalty of 5% on net sales.")

    assert royalties(ended, event="termination") is None
    assert royalties(owed, event="termination") is not None
