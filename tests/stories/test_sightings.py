"""Who had a story first."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

from news.story import Sighting
from stories.sightings import dated, in_order, standings

SEEN = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = SEEN.date()
HOUR = timedelta(hours=1)


def sighting(source: str, *, story: int = 1, day: date = TODAY, at: datetime | None = None) -> Sighting:
    address = f"https://{source}.example/{story}"
    return Sighting(story, source.title(), source, address, "A deal", day, at, SEEN)


def test_the_hour_is_the_earliest_that_page_or_feed_gives() -> None:
    assert dated(TODAY, SEEN - 2 * HOUR, SEEN - HOUR, SEEN) == (TODAY, SEEN - 2 * HOUR)
    assert dated(TODAY, None, SEEN - HOUR, SEEN) == (TODAY, SEEN - HOUR)


def test_a_feed_that_dates_an_old_page_anew_leaves_it_its_day_without_an_hour() -> None:
    old = TODAY - timedelta(days=3)

    assert dated(old, None, SEEN - HOUR, SEEN) == (old, None)


def test_nothing_is_younger_than_we_saw_it() -> None:
    ahead = SEEN + timedelta(days=2)

    assert dated(None, None, ahead, SEEN) == (TODAY, SEEN)
    assert dated(ahead.date(), None, None, SEEN) == (TODAY, None)
    assert dated(None, None, None, SEEN) == (TODAY, None)


def test_an_outlet_that_tells_a_story_twice_is_named_once_by_its_first_article() -> None:
    first, again = sighting("wire", at=SEEN - 2 * HOUR), sighting("wire", at=SEEN - HOUR)

    assert in_order([again, first]) == (first,)


def test_the_order_told_does_not_depend_on_the_order_given() -> None:
    told = [sighting(f"s{n}", story=n % 3, at=SEEN - n * HOUR) for n in range(12)]
    shuffled = random.Random(5).sample(told, len(told))  # noqa: S311  # a fixed shuffle, nothing secret

    assert in_order(shuffled) == in_order(told)
    assert [s.source for s in in_order(told) if s.story == 0] == ["s9", "s6", "s3", "s0"]


def test_a_source_stands_by_what_it_told_first_alone_and_how_late_it_was_otherwise() -> None:
    told = [
        sighting("wire", story=1, at=SEEN - 5 * HOUR),
        sighting("gazette", story=1, at=SEEN - 4 * HOUR),
        sighting("wire", story=2, at=SEEN - 5 * HOUR),
        sighting("gazette", story=2, at=SEEN - 2 * HOUR),
        sighting("wire", story=3, at=SEEN),
    ]

    wire, gazette = standings(told)

    assert (wire.source, wire.told, wire.first, wire.alone, wire.lag) == ("wire", 3, 3, 1, None)
    assert (gazette.told, gazette.first, gazette.alone, gazette.lag) == (2, 0, 0, 2 * HOUR)


def test_of_a_day_without_an_hour_its_end_counts_or_when_we_saw_it() -> None:
    told = [sighting("wire", day=TODAY - timedelta(days=1)), sighting("gazette")]

    _, gazette = standings(told)

    assert gazette.lag is not None
    assert gazette.lag - 12 * HOUR < timedelta(seconds=1)


def test_nobody_stands_where_nothing_was_told() -> None:
    assert standings(()) == ()
