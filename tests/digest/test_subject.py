"""Subjects from which an analyst can tell what to open first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.headline import sentence
from digest.subject import LONGEST, subject
from news.alert import Digest
from news.reading import DealEventName, Kind, Money, Status, Terms
from tests.digest.samples import (
    BACKLOG,
    EMPTY,
    LICENCE,
    ONE,
    PERHAPS,
    SEVEN,
    UPDATE,
    WEEK,
    card,
    deal,
    digest,
    money,
    named,
    party,
    rates,
    said,
)


def headed(shown: Digest) -> str:
    """Return the subject of a digest."""
    return subject(shown, rates)


PAIR = (party("Ostara", "licensor"), party("Nordkap", "licensee"))
PARTNERS = (party("Helvia", "partner"), party("Lumaris", "partner"))
ASSET = (named("OST-114"),)


def test_one_deal_says_who_what_from_whom_and_how_much() -> None:
    assert headed(ONE) == (
        "Nordkap Pharma licenses OST-114 from Ostara Immune: EUR 40m upfront, up to EUR 650m in total · 23–24 Nov"
    )


def test_several_deals_are_counted_and_the_largest_named_over_currencies() -> None:
    dollars = replace(LICENCE, upfront=money("45000000", "$45 million", "USD"), milestones=None, total=None)
    euros = replace(dollars, upfront=money("40000000", "€40 million"))
    yen = replace(dollars, upfront=money("3000000000", "¥3 billion", "JPY"))
    cards = [card(deal(number, terms, "A")) for number, terms in enumerate((dollars, euros, yen), 1)]

    # A euro is 1.25 dollars: 40m of them are more than 45m dollars or 3bn yen.
    assert headed(digest(*cards)) == "3 deals, largest Ostara Immune/Nordkap Pharma: EUR 40m upfront · 23–24 Nov"
    assert headed(SEVEN).startswith("6 deals and 1 update, largest ")


def test_deals_without_any_sum_are_named_and_counted() -> None:
    bare = [card(deal(number, Terms("collaboration", parties=PARTNERS), "A")) for number in range(1, 5)]

    assert headed(digest(*bare)) == "4 deals: Helvia/Lumaris; Helvia/Lumaris; 2 more · 23–24 Nov"


def test_a_week_says_so_and_an_alert_covers_no_days() -> None:
    assert headed(WEEK).startswith("Week of 17–23 Nov: 12 deals and 1 update, largest ")
    assert headed(replace(ONE, kind="alert", covered=None)).endswith("in total")


def test_an_update_says_what_changed() -> None:
    assert headed(digest(UPDATE)) == (
        "Update: Nordkap Pharma licenses OST-114 from Ostara Immune (expanded): "
        "Upfront undisclosed → EUR 25m · 23–24 Nov"
    )


@pytest.mark.parametrize(
    ("shown", "said_"),
    [
        (replace(EMPTY, backlog=BACKLOG), "Already out there: 14 deals found · 23–24 Nov"),
        (replace(EMPTY, backlog=BACKLOG, perhaps=PERHAPS), "Already out there: 14 deals found, 2 perhaps · 23–24 Nov"),
        (replace(EMPTY, perhaps=PERHAPS[:1]), "Perhaps: 1 title to look at · 23–24 Nov"),
        (EMPTY, "No new deals from 42 sources · 23–24 Nov"),
    ],
)
def test_a_digest_without_deals_says_what_else_it_holds(shown: Digest, said_: str) -> None:
    assert headed(shown) == said_


def test_what_was_added_stays_out_of_the_subject() -> None:
    """A search's key is confidential, and the subject is a header."""
    assert "nk-engagers" not in headed(replace(EMPTY, backlog=BACKLOG))


def test_a_subject_stays_short_whatever_the_names() -> None:
    long = replace(LICENCE, parties=tuple(party("Very Long Name " * 20, p.role) for p in LICENCE.parties))

    assert len(headed(digest(card(deal(1, long, "A"))))) <= LONGEST


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (Terms("license", parties=PAIR, assets=ASSET), "Nordkap licenses OST-114 from Ostara"),
        (Terms("license", parties=PAIR), "Nordkap licenses a programme from Ostara"),
        (Terms("license", parties=PAIR[:1], assets=ASSET), "Ostara out-licenses OST-114"),
        (Terms("option", parties=PAIR, assets=ASSET), "Nordkap gets an option on OST-114 from Ostara"),
        (Terms("distribution", parties=PAIR, assets=ASSET), "Nordkap distributes OST-114 from Ostara"),
        (Terms("collaboration", parties=PARTNERS), "Helvia and Lumaris collaborate"),
        (Terms("co-development", parties=PARTNERS, assets=ASSET), "Helvia and Lumaris co-develop OST-114"),
        (
            Terms("clinical-collaboration", parties=PARTNERS, assets=ASSET),
            "Helvia and Lumaris run a clinical collaboration on OST-114",
        ),
        (Terms("joint-venture", parties=PARTNERS[:1]), "Helvia: joint venture"),
        (
            Terms("license", parties=PAIR, targets=(named("CD123"),), modalities=(named("NK cell engager"),)),
            "Nordkap licenses CD123 NK cell engager from Ostara",
        ),
        (Terms("license"), ""),
    ],
)
def test_a_deal_in_one_sentence(terms: Terms, expected: str) -> None:
    assert sentence(terms) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("expansion", "Nordkap licenses OST-114 from Ostara (expanded)"),
        ("termination", "Nordkap licenses OST-114 from Ostara (ended)"),
        ("option-exercise", "Nordkap exercises its option on OST-114 from Ostara"),
        ("milestone", "Milestone: Ostara and Nordkap on OST-114"),
    ],
)
def test_an_event_is_told_from_the_deal_it_belongs_to(event: DealEventName, expected: str) -> None:
    assert sentence(Terms("license", event=event, parties=PAIR, assets=ASSET)) == expected


@pytest.mark.parametrize(("status", "begins"), [("rumoured", "Rumour: "), ("non-binding", "Non-binding: ")])
def test_what_is_not_signed_says_so_first(status: Status, begins: str) -> None:
    assert sentence(Terms("option", status=status, parties=PAIR, assets=ASSET)).startswith(begins)


@pytest.mark.parametrize("kind", ["license", "option", "collaboration", "manufacturing", "other"])
def test_an_upfront_that_exists_without_a_sum_is_named_as_undisclosed(kind: Kind) -> None:
    terms = Terms(kind, parties=PARTNERS, upfront=Money(said("terms were not disclosed")))

    assert headed(digest(card(deal(1, terms, "A")))).endswith(": upfront undisclosed · 23–24 Nov")
