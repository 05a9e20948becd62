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
    ],
)
def test_what_is_no_royalty_of_the_agreement_is_not_read(text: str) -> None:
    assert read(text) is None


def test_the_mention_with_numbers_is_believed_before_the_bare_one() -> None:
    found = read("Helvia pays royalties. The royalties are 5% to 9%.")

    assert found is not None
    assert (found.low, found.high) == (Decimal(5), Decimal(9))
