"""An article that comes late shows that two deals are one, or that a report stood with the wrong one: what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from jobs.correcting import By, Setting, reject, set_fields
from jobs.placing import asked_for, place_waiting, step_of
from news.reading import Terms
from news.story import Deal
from tests.jobs.house import LICENCE, NOW, TODAY, House, sum_of
from tests.stories.reports import named

VAGUE = LICENCE
"""Who and what, and no sum."""
ONE_SIDED = replace(LICENCE, parties=LICENCE.parties[:1], upfront=sum_of(25_000_000))
"""One of the parties and a sum: what this has in common with `VAGUE` proves nothing."""
WHOLE = replace(LICENCE, upfront=sum_of(25_000_000))
"""What shows that both tell of one agreement."""


def hears(house: House, terms: Terms, words: str, **more: object) -> None:
    """Have a short article read: texts that are told in other words are no proof either."""
    house.hears(terms, text=f"The NK cell engager, {words}.", **more)  # type: ignore[arg-type]  # as House.hears


def deal(house: House, number: int = 1) -> Deal:
    found = house.store.deal(number)
    assert found is not None
    return found


def told_by(house: House) -> set[frozenset[int]]:
    """Return which articles tell of the same deal."""
    deals = house.store.deals()
    return {frozenset(r.article for event in each.events for r in event.reports) for each in deals}


def upfront(house: House) -> int:
    money = deal(house).latest.terms.upfront
    assert money is not None
    assert money.amount is not None
    return int(money.amount)


def by(house: House) -> By:
    return By("ana", house.now, "the release says so")


def test_two_deals_become_the_one_with_the_lower_id_and_nothing_of_either_is_lost(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, ONE_SIDED, "second")
    assert [each.id for each in house.store.deals()] == [2, 1]

    hears(house, WHOLE, "third")

    assert [each.id for each in house.store.deals()] == [1]
    assert deal(house, 2) == deal(house)
    assert told_by(house) == {frozenset({1, 2, 3})}
    assert len(deal(house).events) == 1
    assert upfront(house) == 25_000_000
    assert [article.id for article in house.store.articles_of(1)] == [1, 2, 3]
    assert {match.deal for match in house.store.matches((1, 2))} == {1}


def test_whatever_order_they_come_in_they_are_one_deal(tmp_path: Path) -> None:
    for number, order in enumerate(permutations((VAGUE, ONE_SIDED, WHOLE))):
        made = House(tmp_path, address=str(tmp_path / f"{number}.db"))
        with made.store:
            for terms in order:
                hears(made, terms, f"part {order.index(terms)}")

            assert told_by(made) == {frozenset({1, 2, 3})}
            assert len(deal(made).events) == 1


def test_two_cards_that_wait_become_one(house: House) -> None:
    for terms in (VAGUE, ONE_SIDED, WHOLE):
        hears(house, terms, str(terms.upfront))

    (mail,) = house.run_ends()

    assert mail.message.count(b"Report a mistake") <= 1
    assert [(t.deal, t.state) for t in house.store.tellings()] == [(1, "told"), (2, "suppressed")]
    house.later(hours=30)
    assert house.run_ends() == []


def test_a_card_that_waits_is_let_go_when_the_other_deal_was_told(house: House) -> None:
    hears(house, VAGUE, "first")
    house.run_ends()
    house.later(hours=1)
    hears(house, ONE_SIDED, "second")
    hears(house, WHOLE, "third")

    assert house.run_ends() == []
    assert [(t.deal, t.state, t.reason) for t in house.store.tellings()][1:] == [
        (2, "suppressed", "the deal is D1, which was told already")
    ]


def test_who_was_told_of_both_is_told_of_the_one_only_what_is_new(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, ONE_SIDED, "second")
    house.run_ends()
    house.later(hours=30)
    hears(house, WHOLE, "third")
    assert house.run_ends() == []

    house.later(hours=30)
    hears(house, replace(WHOLE, event="termination"), "fourth", on=house.now.date())

    (update,) = house.run_ends()
    assert update.message.count(b"In-Reply-To:") == 1
    assert house.tellings()[-1][:2] == ("update", "told")


def test_placing_again_what_has_its_place_changes_nothing(house: House) -> None:
    for terms in (VAGUE, ONE_SIDED, WHOLE):
        hears(house, terms, str(terms.upfront))
    before = (house.store.deals(), house.store.tellings())

    place_waiting(house.pipeline)

    assert (house.store.deals(), house.store.tellings()) == before


def test_a_value_that_a_person_set_stays_and_so_does_the_deal_that_has_it(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, ONE_SIDED, "second")
    said = Terms("license", upfront=sum_of(20_000_000))
    set_fields(house.pipeline, deal(house, 2), deal(house, 2).latest, [Setting("upfront", "20m", said)], by(house))

    hears(house, WHOLE, "third")

    assert [each.id for each in house.store.deals()] == [2]
    assert upfront(house) == 20_000_000
    assert deal(house).id == 2
    assert told_by(house) == {frozenset({1, 2, 3})}


def test_two_deals_of_which_people_spoke_do_not_become_one(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, ONE_SIDED, "second")
    for number in (1, 2):
        said = Terms("license", stage=named("Phase 1")[0])
        known = deal(house, number)
        set_fields(house.pipeline, known, known.latest, [Setting("stage", "Phase 1", said)], by(house))

    hears(house, WHOLE, "third")

    assert {each.id for each in house.store.deals()} == {1, 2}


def test_what_turns_out_to_be_a_rejected_deal_is_told_no_more(house: House) -> None:
    hears(house, VAGUE, "first")
    reject(house.pipeline, deal(house), by(house))
    hears(house, ONE_SIDED, "second")
    hears(house, WHOLE, "third")

    assert [(each.id, each.rejected) for each in house.store.deals()] == [(1, True)]
    assert house.run_ends() == []


BETTER = replace(LICENCE, assets=named("NPB-202"), upfront=sum_of(40_000_000))
"""Another agreement of the same parties; it and `OPEN` state the same sum."""
OPEN = replace(LICENCE, assets=(), upfront=sum_of(40_000_000))


def test_a_report_goes_over_to_the_deal_that_fits_better_as_soon_as_that_is_known(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, OPEN, "second")
    assert told_by(house) == {frozenset({1, 2})}

    hears(house, BETTER, "third")

    assert told_by(house) == {frozenset({1}), frozenset({2, 3})}
    assert deal(house).latest.terms.upfront is None
    assert house.store.unplaced() == ()


def test_a_report_that_a_crash_left_between_two_deals_is_placed_by_the_next_run(house: House) -> None:
    hears(house, VAGUE, "first")
    hears(house, OPEN, "second")
    house.brings(
        BETTER, source="ledger", on=TODAY, since=NOW - timedelta(hours=1), kept=True, text="Short.", waited=timedelta()
    )
    (item,) = house.store.unplaced()
    house.store.record_story(step_of(house.pipeline, item, asked_for(house.pipeline, house.store.searches())))
    assert [item.article.id for item in house.store.unplaced()] == [2]

    place_waiting(house.pipeline)

    assert told_by(house) == {frozenset({1}), frozenset({2, 3})}
    assert house.store.unplaced() == ()


@pytest.mark.parametrize("days", [31, 400])
def test_a_report_that_has_stood_for_a_month_goes_nowhere(house: House, days: int) -> None:
    hears(house, VAGUE, "first")
    hears(house, OPEN, "second")
    house.later(days=days)

    hears(house, BETTER, "third", on=TODAY)

    assert told_by(house) == {frozenset({1, 2}), frozenset({3})}
