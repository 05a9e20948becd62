"""Articles that are read again, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from news.alert import Match
from news.reading import UNREAD, Money, Reading
from news.step import Correction, ReadArticle, Reread, RereadDeal
from news.story import Deal, DealEvent
from storage import Store
from tests.storage.test_store import LATER, NOW, QUOTE, READING, TERMS, configured, new, placed, polled, step_of, stored

DROPPED = Reading(False, False, 0.01, "en", "trial", "results of a trial are no deal")
OTHER = replace(TERMS, event="new", upfront=Money(QUOTE, Decimal(7), "CHF"))


def as_now(deal: Deal, **changes: object) -> Deal:
    """Return a deal whose one event and report say something else."""
    (event,) = deal.events
    (report,) = event.reports
    again = replace(report, terms=OTHER, reason="read again", kept=False)
    return replace(deal, events=(DealEvent(event.story, OTHER, event.announced, (again,)),), **changes)  # type: ignore[arg-type]  # names and types are those of the class


def test_read_articles_come_in_lots_by_id_with_their_newest_reading(store: Store) -> None:
    articles = [stored(store, entry) for entry in polled(configured(store), "a", "b", "c")]
    for article in articles[:2]:
        store.record_reading(article.id, "1", READING)

    first = store.read_articles(0, None, 1)

    assert first == (ReadArticle(replace(articles[0], entries=articles[0].entries), READING),)
    assert [item.article.id for item in store.read_articles(first[0].article.id, None, 5)] == [articles[1].id]
    assert store.readable(None) == (2, 0)
    assert store.article(articles[2].id) == articles[2]
    assert store.article(99) is None
    assert store.first_entry(articles[1].id).entry.guid == "b"


def test_the_tenth_reader_is_newer_than_the_ninth(store: Store) -> None:
    article = stored(store, polled(configured(store), "a")[0])
    store.record_reading(article.id, "10", READING)
    store.record_reading(article.id, "9", DROPPED)

    assert [item.reading for item in store.read_articles(0, None, 1)] == [READING]
    assert store.explain(article.address).reading == READING


def test_those_fetched_before_a_day_are_left_out_but_for_those_that_could_not_be_read(store: Store) -> None:
    articles = [stored(store, entry) for entry in polled(configured(store), "a", "b")]
    store.record_reading(articles[0].id, "1", READING)
    store.record_reading(articles[1].id, "1", replace(DROPPED, reason=UNREAD + "a worker died"))

    assert [item.article.id for item in store.read_articles(0, LATER, 5)] == [articles[1].id]
    assert store.readable(LATER) == (1, 0)
    assert store.readable(NOW) == (2, 0)
    store.forget_texts(NOW + timedelta(days=1))
    assert store.readable(None) == (0, 2)
    assert store.read_articles(0, None, 5) == ()


def test_a_reading_takes_the_place_of_all_older_ones_and_decides_the_entries_anew(store: Store) -> None:
    (entry, twin) = polled(configured(store), "a", "b")
    article = stored(store, entry)
    store.record_duplicate(twin.id, article.id, "duplicate of a")
    for version in ("1", "10"):
        store.record_reading(article.id, version, READING)

    store.record_readings([(article.id, DROPPED)], "2")

    (found,) = store.read_articles(0, None, 5)
    assert found.reading == DROPPED
    assert store.unplaced() == ()
    decisions = {e.entry.guid: (e.decision, e.reason) for e in store.explain(article.address).entries}
    assert decisions["a"] == ("dropped", DROPPED.reason)
    assert store.explain(twin.address).entries[0].decision == "duplicate"


def test_a_deal_follows_its_article_and_keeps_its_id_and_revision(store: Store) -> None:
    deal = placed(store)
    article = deal.latest.reports[0].article
    now = as_now(deal, kept=False)
    again = Reread(article, replace(READING, terms=OTHER), (RereadDeal(now, ("novartis",), ()),))

    for _ in range(2):
        store.record_reread(again, "2")

    assert store.deals() == (now,)
    assert store.deals_of_article(article) == (now,)
    assert store.deals_with(["sanofi"]) == ()
    assert store.deals_with(["novartis"]) == (now,)
    assert store.matches([deal.id]) == ()
    assert [telling.state for telling in store.tellings()] == ["pending"]


def test_what_is_pending_is_told_no_more_with_the_reason(store: Store) -> None:
    deal = placed(store)
    match = Match("nk", deal.id, ())
    followed = RereadDeal(as_now(deal), ("sanofi",), (match,), untold="read again: perhaps only")

    store.record_reread(Reread(deal.latest.reports[0].article, READING, (followed,)), "2")

    assert [(t.state, t.reason) for t in store.tellings()] == [("suppressed", "read again: perhaps only")]
    assert store.matches([deal.id]) == (match,)


def test_a_deal_without_events_is_forgotten_with_all_that_follows_from_it(store: Store) -> None:
    deal = placed(store)

    store.record_reread(
        Reread(deal.latest.reports[0].article, DROPPED, (RereadDeal(replace(deal, events=()), (), ()),)), "2"
    )

    assert (store.deals(), store.tellings(), store.matches([deal.id]), store.unplaced()) == ((), (), (), ())
    assert store.deals_with(["sanofi"]) == ()


def test_a_deal_is_spoken_of_when_somebody_was_told_of_it_or_corrected_it(store: Store) -> None:
    deal = placed(store)
    assert not store.is_spoken_of(deal.id)

    store.correct(Correction(0, deal.id, "set", "upfront", "EUR 40m", "ana", NOW, "she asked"))

    assert store.is_spoken_of(deal.id)


def test_a_report_that_belongs_to_another_deal_moves_there(store: Store) -> None:
    deal = placed(store)
    feed = store.feed("wire")
    assert feed is not None
    (entry,) = store.record_poll(feed, [new("b")])
    second = stored(store, entry)
    store.record_reading(second.id, "1", READING)
    report = replace(step_of(second).report, address=second.address)
    both = store.record_story(step_of(second, deal=deal.id, story=deal.latest.story, tellings=()))
    only = tuple(r for r in both.latest.reports if r.article != second.id)
    stays = replace(both, events=(replace(both.latest, reports=only),))
    moved = replace(step_of(second), report=replace(report, terms=OTHER), terms=OTHER, tellings=(), matches=())

    store.record_reread(Reread(second.id, READING, (RereadDeal(stays, ("sanofi",), ()),), (moved,)), "2")

    newer, older = store.deals()
    assert older.id == deal.id
    assert [r.article for r in older.latest.reports] == [r.article for r in only]
    assert [r.article for r in newer.latest.reports] == [second.id]
