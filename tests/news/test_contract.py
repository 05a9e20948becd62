"""Readings and terms go through JSON and come back as they were."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from news.contract import reading_from_json, reading_to_json, terms_to_json
from news.reading import (
    DEAL_KINDS,
    MONEY_FIELDS,
    STATUSES,
    Announced,
    Evidence,
    Money,
    Named,
    Party,
    Prior,
    Reading,
    Royalties,
    Terms,
)

QUOTE = Evidence("an upfront payment of €25m", 4, 30, more=(Evidence("€25m", 2, 6, "title"),))
KEYS_OF_A_DEAL = [
    "event", "status", "announced", "parties", "upfront", "equity", "near_term", "option_fee", "milestones", "total",
    "royalties", "assets", "targets", "modalities", "indications", "stage", "territory", "prior",
]  # fmt: skip

words = st.text(st.characters(codec="utf-8"), max_size=12)
places = st.builds(Evidence, words, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["title", "text"]))
evidence = st.builds(
    lambda place, more, url: Evidence(place.quote, place.start, place.end, place.field, tuple(more), url),
    places,
    st.lists(places, max_size=2),
    st.sampled_from(["", "https://news.example/a"]),
)
amounts = st.decimals(0, 10**12, places=2, allow_nan=False).map(lambda amount: amount.normalize())
sums = st.one_of(
    st.builds(Money, evidence),
    st.builds(
        Money, evidence, amounts, st.sampled_from(["EUR", "USD"]), st.booleans(), st.none() | amounts,
        st.sampled_from([None, "program", "product", "target"]), st.booleans(), st.booleans(),
    ),
)  # fmt: skip
named = st.builds(Named, words, evidence)
some = st.lists(named, max_size=2).map(tuple)
priors = st.builds(
    lambda words_, year, money: Prior(words_, year, (("upfront", money),) if money else ()),
    evidence,
    st.none() | st.integers(1990, 2030),
    st.none() | sums,
)
terms = st.builds(
    Terms,
    kind=st.sampled_from(DEAL_KINDS),
    event=st.sampled_from(["new", "expansion", "termination"]),
    status=st.sampled_from(STATUSES),
    announced=st.none() | st.builds(Announced, st.dates(), st.sampled_from(["dateline", "feed"]), st.none() | evidence),
    parties=st.lists(
        st.builds(Party, words, st.sampled_from(["licensor", "licensee", "partner"]), evidence), max_size=2
    ).map(tuple),
    royalties=st.none() | st.builds(Royalties, words, evidence, st.none() | amounts, st.none() | amounts),
    assets=some,
    targets=some,
    modalities=some,
    indications=some,
    stage=st.none() | named,
    territory=st.none() | named,
    prior=st.lists(priors, max_size=1).map(tuple),
    upfront=st.none() | sums,
    equity=st.none() | sums,
    near_term=st.none() | sums,
    option_fee=st.none() | sums,
    milestones=st.none() | sums,
    total=st.none() | sums,
)


@settings(max_examples=80, deadline=None)
@given(terms, st.lists(terms, max_size=1).map(tuple), st.floats(0, 1))
def test_a_reading_comes_back_from_json_as_it_was(main: Terms, also: tuple[Terms, ...], score: float) -> None:
    reading = Reading(True, False, score, "en", main.kind, "they signed", terms=main, also=also)

    text = json.dumps(reading_to_json(reading, "x"))

    assert reading_from_json(json.loads(text)) == reading


def test_an_amount_is_a_number_in_units_with_its_currency() -> None:
    upfront = Money(QUOTE, Decimal(25_000_000), "EUR", up_to=True)

    found = terms_to_json(Terms("license", upfront=upfront))["upfront"]

    assert found == {
        "disclosed": True, "amount": 25000000.0, "currency": "EUR", "up_to": True, "per": None, "low": None,
        "sum": False, "evidence": {"quote": "an upfront payment of €25m", "start": 4, "end": 30, "in": "text",
            "more": [{"quote": "€25m", "start": 2, "end": 6, "in": "title", "more": []}]},
    }  # fmt: skip
    assert "check" not in found


def test_what_is_undisclosed_says_only_that_it_exists() -> None:
    found = terms_to_json(Terms("license", total=Money(QUOTE)))

    assert sorted(found["total"]) == ["disclosed", "evidence"]
    assert found["total"]["disclosed"] is False
    assert all(found[name] is None for name in MONEY_FIELDS if name != "total")


def test_the_keys_are_those_of_the_contract_in_its_order() -> None:
    deal = Terms("option", announced=Announced(date(2026, 11, 23), "page"))
    found = reading_to_json(Reading(False, True, 0.5, "en", "option", "perhaps", terms=deal, also=(deal,)), 7)

    assert list(found) == [
        "id", "keep", "perhaps", "score", "language", "kind", "reason", "not_read", "deal", "also",
    ]  # fmt: skip
    assert list(found["deal"]) == KEYS_OF_A_DEAL
    assert list(found["also"][0]) == ["kind", *KEYS_OF_A_DEAL]
    assert found["deal"]["announced"] == {"date": "2026-11-23", "from": "page", "evidence": None}


def test_what_is_no_deal_has_none() -> None:
    found = reading_to_json(Reading(False, False, 0.0, "de", "other", "not read", "language"), None)

    assert (found["id"], found["deal"], found["also"], found["not_read"]) == (None, None, [], "language")
    assert reading_from_json(found).deals() == ()
