"""What a person says of a deal wins over every article, is told to those who heard otherwise, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.correcting import By, Corrected, Setting, add, merge, reject, set_fields, undo
from jobs.placing import place_waiting
from news.errors import CorrectionError
from news.reading import Party, Terms
from news.story import Deal
from tests.jobs.house import LICENCE, WORDS, House, sum_of
from tests.jobs.test_reread import DEAL, again

SEMINAR = "The seminar on the NK cell engager was well attended, and the weather was fine. " * 10
MINE = replace(LICENCE, upfront=sum_of(25_000_000))
OTHER = replace(
    MINE,
    parties=(Party("Oakmere Labs", "licensor", WORDS), Party("Tarnfield Pharma", "licensee", WORDS)),
    assets=(),
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


def by(house: House) -> By:
    return By("ana", house.now, "the release says so")


def deal(house: House, number: int = 1) -> Deal:
    found = house.store.deal(number)
    assert found is not None
    return found


def upfront(house: House) -> object:
    money = deal(house).latest.terms.upfront
    return money and money.amount


def told(house: House) -> None:
    """Let everything that is pending be sent."""
    for delivery in house.run_ends():
        house.store.record_sent(delivery.id, house.now, "250")
    house.later(minutes=1)


def sets(house: House, field: str = "upfront", *, amount: int = 20_000_000) -> Corrected:
    terms = Terms("license", upfront=sum_of(amount), parties=(Party("Northpoint Holdings", "licensor", WORDS),))
    return set_fields(house.pipeline, deal(house), deal(house).latest, [Setting(field, "so", terms)], by(house))


def test_a_value_that_a_person_set_stays_whatever_later_articles_and_rereads_say(house: House) -> None:
    house.hears(MINE, text=DEAL)
    sets(house)
    house.later(hours=1)
    house.hears(replace(MINE, milestones=sum_of(9_000_000)))
    again(house, apply=True)

    assert upfront(house) == 20_000_000
    assert deal(house).latest.terms.milestones is not None


def test_whoever_was_told_the_old_value_hears_was_and_is_and_nobody_else(house: House) -> None:
    house.hears(MINE)
    sets(house, amount=30_000_000)
    assert [kind for kind, _, _ in house.tellings()] == ["first"], "the card that waits is composed with what is right"

    told(house)
    done = sets(house)

    (update,) = house.pending()
    assert (update.kind, update.recipient, update.revision) == ("update", "me", deal(house).revision)
    assert [(c.field, c.was, c.now) for c in update.changes] == [("upfront", "EUR 30m", "EUR 20m")]
    assert done.told == ("me",)


def test_a_correction_that_is_taken_back_before_anyone_heard_of_it_is_not_told(house: House) -> None:
    house.hears(MINE)
    told(house)
    done = sets(house)
    back = undo(house.pipeline, done.said[0], by(house))

    assert house.pending() == ()
    assert back.told == ()
    assert upfront(house) == 25_000_000
    said = house.store.corrections(1)
    assert [(c.verb, c.undone_at is None) for c in said] == [("set", False), ("undo", True)]


def test_an_earlier_correction_counts_again_when_the_later_one_is_taken_back(house: House) -> None:
    house.hears(MINE)
    sets(house, amount=20_000_000)
    later = sets(house, amount=21_000_000)
    undo(house.pipeline, later.said[0], by(house))

    assert upfront(house) == 20_000_000


def test_a_party_takes_the_place_of_those_of_its_role_only(house: House) -> None:
    house.hears(MINE)
    sets(house, "licensor")

    names = {(p.name, p.role) for p in deal(house).latest.terms.parties}
    assert names == {("Northpoint Holdings", "licensor"), ("Harrow Pharma", "licensee")}


def test_a_rejected_deal_is_told_to_nobody_whatever_articles_come(house: House) -> None:
    house.hears(MINE)
    reject(house.pipeline, deal(house), by(house))
    house.later(hours=1)
    house.hears(replace(MINE, milestones=sum_of(9_000_000)))
    house.later(days=40)
    house.hears(replace(MINE, event="expansion"), on=house.now.date(), since=house.now - timedelta(hours=1))

    assert house.pending() == ()
    assert (deal(house).rejected, deal(house).kept) == (True, False)
    assert house.store.matches([1]) == ()
    assert house.run_ends() == []


def test_whoever_was_told_of_a_rejected_deal_hears_that_it_is_none(house: House) -> None:
    house.hears(MINE)
    told(house)
    reject(house.pipeline, deal(house), by(house))

    (update,) = house.pending()
    assert [(c.field, c.now) for c in update.changes] == [("deal", "no deal: the release says so")]
    (mail,) = house.run_ends()
    assert b"no deal" in mail.message


def test_a_deal_whose_rejection_is_taken_back_is_told_to_those_who_waited(house: House) -> None:
    house.hears(MINE)
    done = reject(house.pipeline, deal(house), by(house))
    assert house.pending() == ()
    undo(house.pipeline, done.said[0], by(house))

    assert [t.kind for t in house.pending()] == ["first"]
    assert deal(house).kept


def test_two_deals_that_are_one_keep_the_id_that_was_told_first_and_are_told_once(house: House) -> None:
    house.hears(MINE)
    house.later(hours=1)
    house.hears(OTHER)
    assert len(house.store.deals()) == 2
    told(house)
    merge(house.pipeline, deal(house, 2), deal(house, 1), by(house))

    (one,) = house.store.deals()
    assert (one.id, deal(house, 2).id) == (1, 1)
    assert [len(event.reports) for event in one.events] == [2], "one piece of news"
    assert {t.deal for t in house.store.tellings(deal=1)} == {1, 2}
    assert house.pending() == ()


def test_whoever_waited_for_the_deal_that_became_another_hears_of_that_one(house: House) -> None:
    house.hears(replace(MINE, modalities=(), assets=()), text="Northpoint and Harrow. " * 20)
    assert house.pending() == ()
    house.later(hours=1)
    house.hears(OTHER)
    merge(house.pipeline, deal(house, 1), deal(house, 2), by(house))

    assert [(t.deal, t.kind) for t in house.pending()] == [(1, "first")]


def test_a_merge_that_is_taken_back_gives_both_deals_as_they_were(house: House) -> None:
    house.hears(MINE)
    house.later(hours=1)
    house.hears(OTHER)
    sets(house)
    before = house.store.deals()
    done = merge(house.pipeline, deal(house, 1), deal(house, 2), by(house))
    undo(house.pipeline, done.said[0], by(house))

    after = house.store.deals()
    assert [d.events for d in after] == [d.events for d in before]
    assert all(d.merged_into is None and d.kept for d in after)
    assert {m.deal for m in house.store.matches([1, 2])} == {1, 2}


def test_an_article_that_was_dropped_becomes_a_deal_that_is_told_and_outlives_a_reread(house: House) -> None:
    article = house.hears(LICENCE, text=SEMINAR)
    again(house, apply=True)
    assert house.store.deals() == ()

    done = add(house.pipeline, article, MINE, article.address, by(house))
    again(house, apply=True)
    place_waiting(house.pipeline)

    assert done.told == ("me",)
    kept = deal(house, done.deal.id)
    assert (kept.kept, kept.latest.terms.upfront) == (True, done.deal.latest.terms.upfront)
    with pytest.raises(CorrectionError, match="tells of D"):
        add(house.pipeline, article, MINE, article.address, by(house))


def test_what_was_added_and_taken_back_is_kept_no_more(house: House) -> None:
    article = house.hears(LICENCE, text=SEMINAR)
    again(house, apply=True)
    done = add(house.pipeline, article, MINE, article.address, by(house))
    told(house)
    undo(house.pipeline, done.said[0], by(house))

    assert not house.store.deals()[0].kept
    assert [c.field for t in house.pending() for c in t.changes] == ["deal"]


def test_what_was_said_already_cannot_be_said_again(house: House) -> None:
    house.hears(MINE)
    done = reject(house.pipeline, deal(house), by(house))
    with pytest.raises(CorrectionError, match="D1 is rejected already"):
        reject(house.pipeline, deal(house), by(house))
    with pytest.raises(CorrectionError, match="D1 is one deal already"):
        merge(house.pipeline, deal(house), deal(house), by(house))
    back = undo(house.pipeline, done.said[0], by(house))
    for said in (house.store.corrections(1)[0], back.said[0]):
        with pytest.raises(CorrectionError, match="back"):
            undo(house.pipeline, said, by(house))
