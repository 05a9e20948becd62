"""When kept articles are fetched again, and what was there before: on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.article import Article, Entry, Source
from news.reading import Reading
from news.step import NewEntry
from news.story import Change
from news.version import Changed, Item, Looked, Validators, Version
from storage import Store

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
DAY = timedelta(days=1)
URL = "https://wire.example/a"
HELD = Validators('"1"', "Tue, 24 Nov 2026 08:00:00 GMT", URL)
KEPT = Reading(True, False, 0.9, "en", "license", "a licence")
DROPPED = Reading(False, False, 0.1, "en", "trial", "results of a trial are no deal")


def stored(store: Store, reading: Reading = KEPT) -> Article:
    """Store an article that was read."""
    store.configure([Source("wire", "Wire", "https://wire.example/feed")], (), (), NOW)
    feed = store.feed("wire")
    assert feed is not None
    entry = NewEntry(Entry("a", URL, "A"), URL, "a", seen_at=NOW, since=NOW)
    (seen,) = store.record_poll(replace(feed, last_polled_at=NOW), [entry])
    article = store.record_article(seen.id, Article(0, URL, "wire", "Wire", "A", "A text", NOW), "sign", HELD)
    store.record_reading(article.id, "1", reading)
    return article


def polled(store: Store, at: datetime, now: str, known: str = "as it was") -> None:
    """Have a poll find the item of the article in this state."""
    feed = store.feed("wire")
    assert feed is not None
    store.record_poll(replace(feed, last_polled_at=at), (), [Item(1, known, now)])


def due(store: Store) -> datetime | None:
    look = store.look(1)
    assert look is not None
    return look.due_at


def test_a_kept_article_is_due_a_day_after_it_was_fetched_with_what_its_page_came_with(store: Store) -> None:
    stored(store)

    assert store.looks_due(NOW + DAY - timedelta(seconds=1)) == ()
    (look,) = store.looks_due(NOW + DAY)
    assert (look.article, look.entry.entry.link, look.validators, look.due_at) == (1, URL, HELD, NOW + DAY)


def test_what_is_not_kept_or_comes_from_a_source_that_is_watched_no_more_is_not_due(store: Store) -> None:
    stored(store, DROPPED)
    assert store.look(1) is None

    store.record_reading(1, "2", KEPT)
    polled(store, NOW, "other")
    assert store.looks_due(NOW + DAY) == (), "its entry says that it was dropped"


def test_an_inactive_source_is_not_asked(store: Store) -> None:
    stored(store)
    store.configure((), (), (), NOW)

    assert store.looks_due(NOW + DAY) == ()


def test_an_item_that_changed_is_due_at_once_and_that_is_seen_once(store: Store) -> None:
    stored(store)

    polled(store, NOW + timedelta(hours=1), "as it was")
    assert due(store) == NOW + DAY
    polled(store, NOW + timedelta(hours=2), "other")
    assert due(store) == NOW + timedelta(hours=2)
    store.record_look(Looked(1, NOW + timedelta(hours=2), "unchanged", NOW + DAY))
    polled(store, NOW + timedelta(hours=3), "other")
    assert due(store) == NOW + DAY
    polled(store, NOW + timedelta(hours=4), "as it was")
    assert due(store) == NOW + timedelta(hours=4), "what changed back changed"


def test_an_article_that_was_stored_before_there_were_second_fetches_is_due_when_its_item_changes(store: Store) -> None:
    stored(store, DROPPED)
    store.record_reading(1, "2", KEPT)

    polled(store, NOW, "as it was")
    assert store.look(1) is None
    polled(store, NOW, "other")
    assert due(store) == NOW


def test_a_fetch_that_failed_counts_as_an_attempt_and_leaves_the_validators(store: Store) -> None:
    stored(store)
    later = NOW + 2 * DAY

    store.record_look(Looked(1, NOW + DAY, "not fetched: timeout", later, failed=True))

    look = store.look(1)
    assert look is not None
    assert (look.attempts, look.looks, look.validators, look.due_at) == (1, 0, HELD, later)


def test_a_change_puts_the_article_and_its_reading_in_the_place_of_what_was(store: Store) -> None:
    article = stored(store)
    changes = (Change("upfront", "USD 21m", "USD 24m"),)
    version = Version(1, 0, "A", "A text", NOW, NOW + DAY, changes)
    now = replace(article, title="B", text="Another text", behind="")
    step = Changed(version, now, "other sign", DROPPED, Looked(1, NOW + DAY, "changed by its publisher"))

    store.record_change(step, "1")
    store.record_change(step, "1")

    assert store.versions([1]) == (version,)
    assert store.article(1) == now
    assert store.same_article("https://x.example/", "other sign") == now
    assert store.same_article("https://x.example/", "sign") is None
    assert store.explain(URL).decision == "dropped"
    assert store.reading_of(1) == DROPPED


@pytest.mark.parametrize(("until", "text"), [(NOW, "A text"), (NOW + timedelta(seconds=1), "")])
def test_the_text_of_a_version_goes_with_that_of_its_article(store: Store, until: datetime, text: str) -> None:
    article = stored(store)
    version = Version(1, 0, "A", "A text", NOW, NOW + DAY)
    store.record_change(Changed(version, article, "sign", KEPT, Looked(1, NOW + DAY, "changed", NOW + 2 * DAY)), "1")

    store.forget_texts(until)

    assert store.versions([1]) == (replace(version, text=text),)
    assert bool(store.looks_due(NOW + 3 * DAY)) is bool(text)
