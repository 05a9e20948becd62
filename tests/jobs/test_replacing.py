"""A round-up that its publisher changes: each deal keeps its place, and one that is told only now is news."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.correcting import By, reject
from jobs.placing import place_waiting
from jobs.replacing import replace_version
from news.article import Article
from news.reading import Party, Reading, Terms
from news.story import Change
from news.version import Looked
from tests.jobs.house import LICENCE, TEXT, TODAY, WORDS, House, sum_of
from tests.jobs.test_sink import execute


def between(giver: str, taker: str, upfront: int) -> Terms:
    """Return a licence between two companies."""
    parties = (Party(giver, "licensor", WORDS), Party(taker, "licensee", WORDS))
    return replace(LICENCE, parties=parties, assets=(), upfront=sum_of(upfront))


ONE = between("Northpoint Bio", "Harrow Pharma", 20)
TWO = between("Oakmere Labs", "Tarnfield Pharma", 30)
THREE = between("Zelkova Bio", "Minagawa Pharma", 40)
EVERYBODY = "Northpoint, Harrow, Oakmere, Tarnfield, Zelkova and Minagawa sign up an NK cell engager: these words. "


def reading(*deals: Terms) -> Reading:
    """Return a reading of one deal or several."""
    return Reading(
        bool(deals), False, 0.9, "en", "license", "it says so", terms=next(iter(deals), None), also=deals[1:]
    )


def told(house: House, *deals: Terms) -> Article:
    """Have a round-up of deals read, and send what is told of it."""
    article = house.brings(
        deals[0], source="ledger", on=TODAY, since=house.now - timedelta(hours=1), kept=True, text=EVERYBODY * 3,
        waited=timedelta(),
    )  # fmt: skip
    house.store.record_reading(article.id, "test", reading(*deals))
    place_waiting(house.pipeline, article.id)
    for delivery in house.run_ends():
        house.store.record_sent(delivery.id, house.now, "250")
    house.later(hours=25)
    return article


def changes(house: House, before: Article, *deals: Terms, text: str = TEXT) -> tuple[Change, ...]:
    """Have its publisher change an article so that it tells of these deals."""
    control = house.store.reading_of(before.id)
    assert control is not None
    looked = Looked(before.id, house.now, "changed by its publisher")
    now = replace(before, text=text)
    return replace_version(house.pipeline, before, now, (control, reading(*deals)), looked)


def upfronts(house: House) -> dict[str, float]:
    """Return the upfront of each deal by its label."""
    found = {deal.label: deal.latest.terms.upfront for deal in house.store.deals()}
    return {label: float(money.amount) for label, money in found.items() if money is not None and money.amount}


@pytest.mark.parametrize("order", [(THREE, ONE, TWO), (TWO, ONE, THREE), (TWO, THREE, ONE)])
def test_deals_of_a_round_up_stay_who_they_are_wherever_another_is_put(house: House, order: tuple[Terms, ...]) -> None:
    article = told(house, ONE, TWO)
    before = upfronts(house)

    assert changes(house, article, *order) == ()

    assert {label: upfronts(house)[label] for label in before} == before
    assert set(upfronts(house).values()) == {20, 30, 40}
    assert [(t.kind, t.deal) for t in house.pending()] == [("first", 3)], "what it tells only now is news"


def test_a_deal_that_is_taken_out_of_a_round_up_stays_as_it_was_told_and_is_not_kept(house: House) -> None:
    article = told(house, ONE, TWO)

    changes(house, article, ONE)

    kept = {deal.label: deal.kept for deal in house.store.deals()}
    assert sorted(kept.values()) == [False, True]
    assert set(upfronts(house).values()) == {20, 30}


def test_an_article_whose_deal_is_all_of_other_companies_leaves_its_only_event_as_it_was(house: House) -> None:
    article = told(house, ONE)

    assert changes(house, article, THREE) == ()

    assert list(upfronts(house).values()) == [20]
    assert house.pending() == ()


def test_what_todays_rules_read_otherwise_in_the_version_before_is_no_correction(house: House) -> None:
    article = told(house, ONE)
    better = replace(ONE, upfront=sum_of(25))
    looked = Looked(article.id, house.now, "changed by its publisher")
    now = replace(article, text="Other words altogether, for once.")

    assert replace_version(house.pipeline, article, now, (reading(better), reading(better)), looked) == ()
    assert list(upfronts(house).values()) == [25]
    assert house.pending() == ()


def test_a_deal_that_cannot_be_placed_at_once_is_told_by_the_next_run_and_once(house: House, tmp_path: Path) -> None:
    article = told(house, ONE)
    execute(tmp_path, "CREATE TRIGGER crash BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'crash'); END")
    changes(house, article, ONE, TWO)
    assert house.pending() == ()
    execute(tmp_path, "DROP TRIGGER crash")

    for _ in range(2):
        place_waiting(house.pipeline)

    assert [(t.kind, t.deal) for t in house.pending()] == [("first", 2)]


def test_a_rejected_deal_stays_as_it_was(house: House) -> None:
    article = told(house, ONE)
    reject(house.pipeline, house.store.deals()[0], By("ana", house.now, "an old story"))
    pending = house.pending()

    assert changes(house, article, replace(ONE, upfront=sum_of(25))) == ()

    assert list(upfronts(house).values()) == [20]
    assert house.pending() == pending
