"""What is still to be told of deals that turned out to be one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from alerts.joined import as_one
from news.alert import Telling
from news.story import Change, Deal

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ONE = Deal(1, 2, NOW, kept=True, news=True, late=False, events=())
FIRST = Telling(1, "me", 1, 1, "first", "pending", NOW, ("nk",))
OTHER = replace(FIRST, id=2, deal=2)
TOLD = replace(FIRST, state="told")
EXPANDED = replace(OTHER, id=3, kind="update", revision=2, changes=(Change("event", "new", "expansion"),))
LINE = replace(OTHER, kind="perhaps", reason="a rumour")


def left(*tellings: Telling, deal: Deal = ONE) -> list[Telling]:
    """Return what waits afterwards."""
    changed = {telling.id: telling for telling in as_one(tellings, deal)}
    return [t for t in (changed.get(t.id, t) for t in tellings) if t.state == "pending"]


def test_of_two_cards_that_wait_that_of_the_deal_that_stays_is_sent() -> None:
    assert left(FIRST, OTHER) == [FIRST]
    assert left(OTHER, FIRST) == [FIRST]


def test_a_card_whose_recipient_was_told_of_the_other_deal_is_let_go_whichever_it_is() -> None:
    assert left(TOLD, OTHER) == []
    assert left(FIRST, replace(OTHER, state="told")) == []


def test_a_card_that_only_the_other_deal_has_goes_over() -> None:
    assert left(OTHER) == [replace(OTHER, deal=1)]


def test_an_update_that_waits_is_not_lost_and_gets_a_number_that_is_free() -> None:
    assert left(TOLD, EXPANDED) == [replace(EXPANDED, deal=1)]

    taken = replace(TOLD, id=7, revision=2, kind="update")
    assert left(TOLD, taken, EXPANDED) == [replace(EXPANDED, deal=1, revision=3)]


def test_two_updates_become_one_that_tells_both() -> None:
    mine = replace(EXPANDED, id=4, deal=1, changes=(Change("upfront", "undisclosed", "€5m"),), urgent=True)

    (kept,) = left(TOLD, mine, EXPANDED)

    assert (kept.id, kept.deal, kept.revision, kept.urgent) == (4, 1, 2, True)
    assert {change.field for change in kept.changes} == {"event", "upfront"}


def test_a_line_under_perhaps_gives_way_to_a_card_and_is_shown_once() -> None:
    assert left(FIRST, LINE) == [FIRST]
    assert left(TOLD, LINE) == []
    assert left(replace(FIRST, kind="perhaps", state="told"), LINE) == []
    assert left(replace(LINE, id=9, state="told"), FIRST) == [FIRST]


def test_every_recipient_is_looked_at_alone() -> None:
    yours = replace(OTHER, id=5, recipient="you")

    assert left(TOLD, OTHER, yours) == [replace(yours, deal=1)]


def test_the_words_and_the_urgency_of_what_is_let_go_stay_with_what_is_sent() -> None:
    urgent = replace(OTHER, searches=("more",), urgent=True)

    assert left(FIRST, urgent) == [replace(FIRST, searches=("more", "nk"), urgent=True)]


def test_of_a_rejected_deal_nothing_is_told_and_the_reason_says_so() -> None:
    (gone,) = as_one([OTHER], replace(ONE, rejected=True))

    assert (gone.state, gone.reason) == ("suppressed", "the deal is D1, which was rejected")


def test_what_was_told_or_let_go_is_left_as_it_is() -> None:
    assert as_one([TOLD, replace(OTHER, state="suppressed")], ONE) == ()
