from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from lexicon import Lexicon
from news.reading import Evidence, Money, Named, Party, Prior, Reading, Royalties, Terms
from pactwatch.newsroom.expected import differences

E = Evidence("words", 0, 5)
EXPECTED: dict[str, Any] = {
    "keep": True,
    "perhaps": False,
    "kind": "license",
    "deal": {
        "event": "new",
        "status": "announced",
        "parties": [{"name": "Ostara Immune", "role": "licensor"}, {"name": "Sanofi", "role": "licensee"}],
        "upfront": {"amount": 40000000, "currency": "EUR", "up_to": False},
        "equity": {"disclosed": False},
        "milestones": {"amount": 610000000, "currency": "EUR", "up_to": True},
        "royalties": {"low": 8, "high": 14.5},
        "targets": ["B7-H3"],
        "modalities": ["NK cell engager"],
        "prior": [2016, 2019],
    },
}
TERMS = Terms(
    kind="license",
    parties=(Party("Sanofi", "licensee", E), Party("Ostara Immune SA", "licensor", E)),
    upfront=Money(E, Decimal("40000000.0"), "EUR"),
    equity=Money(E),
    milestones=Money(E, Decimal(610_000_000), "EUR", up_to=True),
    royalties=Royalties("8% to 14.5%", E, Decimal(8), Decimal("14.50")),
    assets=(Named("OST-114", E),),
    targets=(Named("B7H3", E),),
    modalities=(Named("NK cell engager", E),),
    prior=(Prior(E, 2019), Prior(E, 2016), Prior(E)),
)
NEGATIVE = {"keep": False, "perhaps": False, "kind": ["event", "other"]}


def reading(terms: Terms | None = TERMS, *also: Terms, kept: bool = True) -> Reading:
    return Reading(kept, False, 0.9, "en", "license", "signed", terms=terms, also=also)


def test_an_equal_reading_differs_in_nothing_whatever_form_its_names_have(lexicon: Lexicon) -> None:
    assert differences(EXPECTED, reading(), lexicon) == ()


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"event": "expansion"}, "event: expected new, read expansion"),
        ({"status": "rumoured"}, "status: expected announced, read rumoured"),
        (
            {"parties": (Party("Sanofi", "licensor", E),)},
            "parties: expected Ostara Immune (licensor), Sanofi (licensee), read Sanofi (licensor)",
        ),
        ({"upfront": None}, "upfront: expected EUR 40,000,000, read nothing"),
        ({"upfront": Money(E)}, "upfront: expected EUR 40,000,000, read an undisclosed sum"),
        ({"upfront": Money(E, Decimal(40_000_000), "USD")}, "upfront: expected EUR 40,000,000, read USD 40,000,000"),
        ({"equity": None}, "equity: expected an undisclosed sum, read nothing"),
        (
            {"milestones": Money(E, Decimal(610_000_000), "EUR")},
            "milestones: expected up to EUR 610,000,000, read EUR 610,000,000",
        ),
        ({"total": Money(E, Decimal(5), "EUR")}, "total: expected nothing, read EUR 5 from 'words'"),
        ({"royalties": None}, "royalties: expected 8 to 14.5 %, read nothing"),
        (
            {"royalties": Royalties("tiered", E)},
            "royalties: expected 8 to 14.5 %, read words without numbers",
        ),
        ({"targets": ()}, "targets: expected B7-H3, read none"),
        ({"modalities": (Named("vaccine", E),)}, "modalities: expected NK cell engager, read vaccine"),
        ({"prior": (Prior(E, 2016),)}, "prior: expected 2016, 2019, read 2016"),
    ],
    ids=lambda value: ", ".join(value) if isinstance(value, dict) else "",
)
def test_each_field_that_is_not_as_expected_gives_one_line(lexicon: Lexicon, changes: Any, line: str) -> None:  # noqa: ANN401  # any field's value
    assert differences(EXPECTED, reading(replace(TERMS, **changes)), lexicon) == (line,)


def test_what_is_not_named_may_be_read_unless_it_is_a_figure(lexicon: Lexicon) -> None:
    more = replace(TERMS, total=Money(E), indications=(Named("asthma", E),), territory=Named("Japan", E))

    assert differences(EXPECTED, reading(more), lexicon) == ()


def test_numbers_of_royalties_that_are_not_named_must_not_be_read(lexicon: Lexicon) -> None:
    expected = {**EXPECTED, "deal": {key: value for key, value in EXPECTED["deal"].items() if key != "royalties"}}

    assert differences(expected, reading(), lexicon) == ("royalties: expected no numbers, read 8 to 14.50 %",)


def test_a_negative_that_is_kept_is_said_to_be(lexicon: Lexicon) -> None:
    assert differences(NEGATIVE, reading(), lexicon) == (
        "keep: expected False, read True",
        "kind: expected event or other, read license",
        "deals: expected 0, read 1; signed",
    )


def test_either_of_two_kinds_will_do_where_both_are_named(lexicon: Lexicon) -> None:
    for kind in ("event", "other"):
        assert differences(NEGATIVE, replace(reading(None, kept=False), kind=kind), lexicon) == ()


def test_either_of_two_roles_will_do_where_both_are_named(lexicon: Lexicon) -> None:
    parties = [{"name": "Ostara Immune", "role": ["licensor", "partner"]}, {"name": "Sanofi", "role": "licensee"}]
    expected = {**EXPECTED, "deal": {**EXPECTED["deal"], "parties": parties}}
    partner = replace(TERMS, parties=(Party("Sanofi", "licensee", E), Party("Ostara Immune", "partner", E)))
    licensee = replace(TERMS, parties=(Party("Sanofi", "licensee", E), Party("Ostara Immune", "licensee", E)))

    assert differences(expected, reading(), lexicon) == differences(expected, reading(partner), lexicon) == ()
    assert [line.partition(":")[0] for line in differences(expected, reading(licensee), lexicon)] == ["parties"]


def test_a_party_that_is_read_twice_is_one_too_many(lexicon: Lexicon) -> None:
    twice = replace(TERMS, parties=(*TERMS.parties, Party("Ostara Immune", "licensor", E)))

    assert [line.partition(":")[0] for line in differences(EXPECTED, reading(twice), lexicon)] == ["parties"]


def test_a_deal_that_was_not_read_is_missed_with_the_readers_reason(lexicon: Lexicon) -> None:
    assert "deals: expected 1, read 0; signed" in differences(EXPECTED, reading(None, kept=False), lexicon)


def test_further_deals_of_a_round_up_are_compared_in_order(lexicon: Lexicon) -> None:
    expected = {**EXPECTED, "also": [{"kind": "license"}, {"kind": "option", "event": "new"}]}
    second = replace(TERMS, upfront=None, milestones=None, royalties=None)

    assert differences(expected, reading(TERMS, Terms("license"), Terms("license", event="closing")), lexicon) == (
        "deal 3, kind: expected option, read license",
        "deal 3, event: expected new, read closing",
    )
    assert "deals: expected 3, read 2; signed" in differences(expected, reading(TERMS, second), lexicon)
