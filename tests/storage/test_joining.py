"""What a later article shows to be one becomes one in the store: nothing is lost, and every old id leads to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from news.alert import Match, Why
from news.article import Article, Source
from news.step import Correction, StoryStep
from news.story import Deal, DealEvent
from storage import Store
from stories.marks import CROWD
from tests.storage.test_store import (
    NOW,
    QUOTE,
    READING,
    TERMS,
    WIRE,
    configured,
    delivery,
    new,
    polled,
    step_of,
    stored,
)

DAY = date(2026, 3, 28)


def arrives(store: Store, guid: str) -> Article:
    """Store an article that was read."""
    (entry,) = polled(store, guid)
    article = stored(store, entry)
    store.record_reading(article.id, "1", READING)
    return article


def told(store: Store, guid: str, **changes: object) -> Deal:
    """Place the report of a new article."""
    return store.record_story(step_of(arrives(store, guid), **changes))


def two(store: Store) -> tuple[Deal, Deal]:
    """Store two deals of which a later article shows that they are one."""
    configured(store)
    return told(store, "a", marks=(1, 2)), told(store, "b", marks=(3,), revision=3)


def joins(store: Store, first: Deal, second: Deal, **changes: object) -> tuple[Deal, StoryStep]:
    """Place a third report, with which the second deal and its story become the first."""
    known: dict[str, object] = {
        "deal": first.id,
        "story": first.latest.story,
        "joined": (second.id,),
        "same": (second.latest.story,),
        "revision": 3,
        "tellings": (),
    }
    step = step_of(arrives(store, "c"), **{**known, **changes})
    return store.record_story(step), step


def test_two_deals_that_are_one_have_all_reports_and_either_id_leads_to_it(store: Store) -> None:
    first, second = two(store)

    one, _ = joins(store, first, second)

    assert [report.article for report in one.latest.reports] == [1, 2, 3]
    assert [event.story for event in one.events] == [first.latest.story]
    assert (one.id, one.revision, one.merged_into) == (first.id, 3, None)
    assert store.deal(second.id) == store.deal(first.id) == one
    assert store.deals() == (one,)
    assert [article.id for article in store.articles_of(first.id)] == [1, 2, 3]


def test_what_is_recorded_twice_is_recorded_once(store: Store) -> None:
    one, step = joins(store, *two(store))

    assert store.record_story(step) == one
    assert store.deals() == (one,)
    assert len(store.tellings()) == 2


def test_an_older_first_sight_is_kept_whichever_deal_had_it(store: Store) -> None:
    configured(store)
    first = told(store, "a")
    article = arrives(store, "b")
    early = replace(step_of(article).report, fetched_at=NOW - timedelta(days=2))
    second = store.record_story(replace(step_of(article), report=early))

    one, _ = joins(store, first, second)

    assert one.first_seen == NOW - timedelta(days=2)


def test_events_that_are_none_of_the_same_news_stay_events(store: Store) -> None:
    first, second = two(store)

    one, _ = joins(store, first, second, same=())

    assert {event.story: len(event.reports) for event in one.events} == {
        first.latest.story: 2,
        second.latest.story: 1,
    }


def test_what_searches_found_in_either_deal_is_found_in_the_one(store: Store) -> None:
    first, second = two(store)
    why = (Why("x", "found in the second alone", QUOTE),)
    other = replace(store.searches()[0], key="second", query="x", origin="database")
    store.save_search(other, NOW)
    store.record_matches((Match("second", second.id, why),), ())
    newest = Match("nk", 0, (Why("y", "found in both", QUOTE),))

    joins(store, first, second, matches=(newest,))

    assert store.matches((first.id,)) == (replace(newest, deal=first.id), Match("second", first.id, why))
    assert store.matches((second.id,)) == ()


def test_reports_that_are_let_go_are_to_be_placed_again_and_their_story_is_told_without_them(store: Store) -> None:
    first, second = two(store)
    third = told(store, "x", deal=first.id, story=first.latest.story, tellings=())
    rest = replace(TERMS, upfront=None)
    left = DealEvent(first.latest.story, rest, DAY - timedelta(days=1))

    step = step_of(
        arrives(store, "c"), deal=second.id, story=second.latest.story, tellings=(), left=(left,),
        released=((third.latest.reports[-1].article, 0),),
    )  # fmt: skip
    store.record_story(step)

    assert [(item.article.id, item.nth) for item in store.unplaced()] == [(3, 0)]
    (event,) = _deal(store, first.id).events
    assert ([report.article for report in event.reports], event.terms, event.announced) == ([1], rest, left.announced)


def test_what_waits_goes_over_as_it_was_decided_and_what_was_told_stays(store: Store) -> None:
    first, second = two(store)
    mine, other = store.tellings()
    moved = replace(other, deal=first.id, revision=2, urgent=True, searches=("nk", "more"))
    gone = replace(mine, state="suppressed", reason="told once")

    joins(store, first, second, waiting=(moved, gone))

    assert store.tellings() == (gone, moved)
    assert store.tellings(deal=first.id) == (gone, moved)


def test_what_was_sent_meanwhile_is_not_written_over(store: Store) -> None:
    first, second = two(store)
    mine, other = store.tellings()
    store.record_delivery(delivery(), (other.id,), (), ())

    joins(store, first, second, waiting=(replace(other, deal=first.id, revision=2),))

    after = store.tellings()
    assert [(t.deal, t.state) for t in after] == [(first.id, "pending"), (second.id, "told")]
    assert after[0] == mine


def test_marks_of_a_deal_lead_to_what_it_became(store: Store) -> None:
    first, second = two(store)
    one, _ = joins(store, first, second)
    fourth = told(store, "d", marks=(9,))
    last = store.record_story(step_of(arrives(store, "e"), deal=fourth.id, joined=(one.id,), tellings=(), marks=(7,)))

    for mark in (1, 2, 3, 7, 9):
        assert store.deals_near((mark,)) == ((last,), frozenset())
    assert store.deals_near((4,)) == ((), frozenset())


def test_of_a_mark_that_a_crowd_has_the_newest_count_and_a_rare_one_outweighs_it(store: Store) -> None:
    configured(store)
    rare = told(store, "rare", marks=(1, 2))
    crowd = [told(store, f"g{n}", marks=(1,), tellings=()).id for n in range(CROWD + 5)]

    found = {deal.id for deal in store.deals_near((1,))[0]}
    nearest = {deal.id for deal in store.deals_near((1, 2))[0]}

    assert found < set(crowd)
    assert max(crowd) in found
    assert min(crowd) not in found
    assert rare.id in nearest


def test_deals_of_which_people_spoke_are_named_and_those_they_took_apart_stay_so(store: Store) -> None:
    first, second = two(store)
    third = told(store, "t", marks=(4,))
    said = Correction(0, first.id, "set", "stage", "Phase 1", "ana", NOW, "it says so")
    store.correct(said)
    store.correct(replace(said, deal=third.id, undone_at=NOW))
    assert store.deals_near((1, 3, 4))[1] == {first.id}

    store.correct(replace(said, deal=third.id, verb="merge", value=second.label, undone_at=NOW))
    assert store.deals_near((1, 3, 4))[1] == {first.id, second.id, third.id}


def test_the_outlets_that_told_a_deal_are_named_in_the_order_told_each_once(store: Store) -> None:
    gazette = Source("gazette", "The Gazette", "https://gazette.example/feed", "en", "trade")
    first, second = two(store)
    store.configure((WIRE, gazette), store.searches(), store.recipients(), NOW)
    feed = store.feed("gazette")
    assert feed is not None
    copy = replace(new("g"), entry=replace(new("g").entry, published=datetime(2026, 3, 27, 9, tzinfo=UTC)))
    (entry,) = store.record_poll(feed, (replace(copy, address="https://gazette.example/g"),))
    store.record_duplicate(entry.id, first.latest.reports[0].article, "the same text")
    one, _ = joins(store, first, second)

    told_of = store.sightings((one.id,))[one.id]

    assert [(s.source, s.day) for s in told_of] == [("gazette", date(2026, 3, 27)), ("wire", DAY)]
    assert told_of[0].address == "https://gazette.example/g"
    assert told_of[0].at == datetime(2026, 3, 27, 9, tzinfo=UTC)
    assert set(store.sightings_since(NOW)) == set(told_of)
    assert store.sightings_since(NOW + timedelta(days=1)) == ()
    assert store.sightings((second.id,)) == {second.id: ()}


def _deal(store: Store, number: int) -> Deal:
    found = store.deal(number)
    assert found is not None
    return found
