"""When a feed may be asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.polling import (
    Held,
    after_backfill,
    after_failure,
    after_news,
    after_unchanged,
    due_at,
    is_due,
    page_retry_at,
    told,
)
from news.article import Fault, Feed
from news.fetch import Body, Gone, NotModified, Refused

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FEED = Feed("s", "https://n.example/feed")
BODY = Body(b"<rss/>", "https://n.example/feed", etag='"1"', last_modified="Tue, 24 Nov 2026 07:00:00 GMT")
TIMEOUT = Refused(Fault("timeout", "no answer within 30 s"))


HELD = Held("h", items=20)


def polled(feed: Feed = FEED, body: Body = BODY, ttl: timedelta | None = None, now: datetime = NOW) -> Feed:
    """Return the feed after a 200 that held a feed."""
    return after_news(feed, body, now, replace(HELD, ttl=ttl))


def wait_of(feed: Feed, now: datetime = NOW) -> timedelta:
    """Return how long a feed is left alone from `now` on."""
    at = due_at(feed)
    assert at is not None
    return at - now


def test_a_feed_never_polled_is_due() -> None:
    assert is_due(FEED, NOW)


def test_a_ttl_of_six_hours_keeps_a_feed_from_being_due_for_six_hours() -> None:
    """RSS 2.0, ttl."""
    feed = polled(ttl=timedelta(hours=6))

    assert not is_due(feed, NOW + timedelta(minutes=359))
    assert is_due(feed, NOW + timedelta(minutes=363))


@pytest.mark.parametrize("wish", [{"ttl": timedelta(minutes=1)}, {"body": replace(BODY, max_age=timedelta(seconds=1))}])
def test_no_wish_of_a_publisher_makes_us_poll_sooner(wish: dict[str, Any]) -> None:
    assert wait_of(polled(**wish)) == wait_of(polled())


def test_max_age_lengthens_the_interval_too() -> None:
    """RFC 9111, 5.2.2.1 and 5.3: by then the publisher expects nothing new."""
    feed = polled(body=replace(BODY, max_age=timedelta(hours=6)))

    assert not is_due(feed, NOW + timedelta(hours=5))


def test_no_publisher_can_ask_for_more_than_a_day() -> None:
    assert is_due(polled(ttl=timedelta(days=365)), NOW + timedelta(hours=26))


def test_now_overrides_the_interval() -> None:
    assert is_due(polled(ttl=timedelta(hours=1)), NOW, forced=True)


def test_now_does_not_override_retry_after_nor_410() -> None:
    told_to_wait = after_failure(FEED, replace(TIMEOUT, retry_at=NOW + timedelta(hours=3)), NOW)

    assert not is_due(told_to_wait, NOW + timedelta(hours=2), forced=True)
    assert is_due(told_to_wait, NOW + timedelta(hours=3), forced=True)
    assert not is_due(after_failure(FEED, Gone(), NOW), NOW + timedelta(days=900), forced=True)


def test_a_clock_that_was_years_ahead_once_does_not_put_a_source_to_sleep() -> None:
    feed = after_failure(FEED, TIMEOUT, NOW + timedelta(days=900))

    assert is_due(feed, NOW)
    assert not is_due(after_failure(FEED, TIMEOUT, NOW), NOW + timedelta(minutes=1))


def test_the_validators_are_those_of_the_last_body() -> None:
    feed = polled()

    assert (feed.etag, feed.last_modified, feed.body_hash) == (BODY.etag, BODY.last_modified, "h")
    assert polled(feed, replace(BODY, etag=None)).etag is None
    assert after_unchanged(feed, NotModified(), NOW).etag == BODY.etag


def test_errors_back_off_up_to_a_day_and_a_success_ends_that() -> None:
    feed, waits = FEED, []
    for _ in range(12):
        feed = after_failure(feed, TIMEOUT, NOW)
        waits.append((due_at(feed) or NOW) - NOW)

    expected = [min(timedelta(minutes=15) * 2**number, timedelta(days=1)) for number in range(12)]
    assert all(wait <= waited <= wait * 1.05 for wait, waited in zip(expected, waits, strict=True))
    assert polled(feed).failures == 0
    assert polled(feed).fault is None


MOVED = replace(BODY, final_url="https://new.example/feed", moved_to="https://new.example/feed")


def test_a_permanent_redirect_is_adopted_on_the_third_poll_and_takes_its_validators_along() -> None:
    """RFC 9110, 15.4.2 and 15.4.9."""
    once = polled(body=MOVED)
    twice = polled(once, MOVED)
    thrice = polled(twice, MOVED)

    assert (once.url, twice.url, thrice.url) == (FEED.url, FEED.url, "https://new.example/feed")
    assert (twice.etag, twice.validators_from) == (MOVED.etag, "https://new.example/feed")
    assert (thrice.etag, thrice.validators_from) == (MOVED.etag, None)


def test_a_304_at_the_end_of_a_permanent_redirect_counts_towards_adopting_it() -> None:
    twice = after_unchanged(polled(body=MOVED), NotModified(moved_to=MOVED.moved_to), NOW)
    thrice = after_unchanged(twice, NotModified(moved_to=MOVED.moved_to), NOW)

    assert (twice.moved_seen, thrice.url, thrice.etag) == (2, "https://new.example/feed", MOVED.etag)


def test_validators_are_kept_with_the_address_that_gave_them() -> None:
    """RFC 9110, 8.8: a validator tells versions of one resource apart."""
    behind_302 = polled(body=replace(BODY, final_url="https://cdn.example/feed"))

    assert behind_302.validators_from == "https://cdn.example/feed"
    assert polled(behind_302).validators_from is None


def test_validators_of_an_address_on_the_way_do_not_move_along() -> None:
    passing = replace(BODY, final_url="https://cdn.example/feed", moved_to="https://new.example/feed")
    thrice = polled(polled(polled(body=passing), passing), passing)

    assert (thrice.url, thrice.etag, thrice.last_modified) == ("https://new.example/feed", None, None)


def test_a_redirect_that_stops_or_leads_elsewhere_is_counted_anew() -> None:
    twice = polled(polled(body=MOVED), MOVED)
    elsewhere = polled(twice, replace(BODY, moved_to="https://other.example/feed"))

    assert twice.moved_seen == 2
    assert polled(twice).moved_seen == 0
    assert after_unchanged(twice, NotModified(), NOW).moved_seen == 0
    assert (elsewhere.url, elsewhere.moved_to, elsewhere.moved_seen) == (FEED.url, "https://other.example/feed", 1)


def test_a_failure_between_two_polls_does_not_undo_a_move() -> None:
    feed = after_failure(polled(polled(body=MOVED), MOVED), TIMEOUT, NOW)

    assert polled(feed, MOVED).url == "https://new.example/feed"


def test_a_304_keeps_the_interval_that_the_feed_asked_for() -> None:
    feed = polled(ttl=timedelta(hours=4))
    feed = after_unchanged(feed, NotModified(), NOW)

    assert not is_due(feed, NOW + timedelta(hours=4) - timedelta(seconds=1))
    assert feed.body_hash == "h"


def test_a_304_may_lengthen_the_interval_itself() -> None:
    feed = after_unchanged(polled(), NotModified(timedelta(hours=6)), NOW)

    assert not is_due(feed, NOW + timedelta(minutes=359))


def test_an_error_does_not_bring_us_back_before_the_time_that_the_feed_asked_for() -> None:
    """RSS 2.0, ttl."""
    feed = after_failure(polled(ttl=timedelta(hours=1)), TIMEOUT, NOW)

    assert not is_due(feed, NOW + timedelta(minutes=59))


def test_feeds_polled_together_do_not_all_come_due_together() -> None:
    waits = {wait_of(polled(Feed(f"s{number}", FEED.url))) for number in range(40)}

    assert len(waits) > 30
    assert max(waits) - min(waits) <= timedelta(minutes=2)


def test_what_was_asked_by_retry_after_ends_with_the_next_answer() -> None:
    told_to_wait = after_failure(FEED, replace(TIMEOUT, retry_at=NOW + timedelta(hours=3)), NOW)

    assert due_at(told_to_wait) == NOW + timedelta(hours=3)
    assert polled(told_to_wait).not_before is None
    assert after_failure(told_to_wait, TIMEOUT, NOW).not_before is None


def test_a_retired_feed_says_why() -> None:
    feed = after_failure(FEED, Gone(), NOW)

    assert feed.retired
    assert feed.fault is not None
    assert feed.fault.name == "http 410"


def test_a_poll_due_in_a_skipped_hour_moves_to_its_end() -> None:
    """RSS 2.0, skipHours (GMT)."""
    feed = after_news(FEED, BODY, NOW, replace(HELD, skip_hours=frozenset({8, 9, 10, 23})))

    assert timedelta(hours=3) <= wait_of(feed) <= timedelta(hours=3, minutes=2)


def test_a_poll_due_on_a_skipped_day_moves_past_it_and_past_the_hours_after_it() -> None:
    """RSS 2.0, skipDays and skipHours (GMT): NOW is a Tuesday."""
    feed = after_news(FEED, BODY, NOW, replace(HELD, skip_days=frozenset({1, 2}), skip_hours=frozenset({0, 1})))

    assert timedelta(hours=16 + 24 + 2) <= wait_of(feed) <= timedelta(hours=16 + 24 + 2, minutes=2)


def test_skipped_hours_hold_after_a_304_and_after_an_error() -> None:
    feed = after_news(FEED, BODY, NOW, replace(HELD, skip_hours=frozenset(range(8, 20))))

    assert wait_of(after_unchanged(feed, NotModified(), NOW)) >= timedelta(hours=12)
    assert wait_of(after_failure(feed, TIMEOUT, NOW)) >= timedelta(hours=12)


def test_who_asks_never_to_be_polled_is_polled_as_usual() -> None:
    feed = after_news(FEED, BODY, NOW, replace(HELD, skip_hours=frozenset(range(24))))

    assert wait_of(feed) == wait_of(polled())


def test_a_feed_without_history_is_looked_at_about_hourly_at_first() -> None:
    assert timedelta(minutes=20) < wait_of(polled()) < timedelta(minutes=90)


def test_a_poll_that_shares_no_item_with_the_one_before_is_a_gap_and_halves_the_interval() -> None:
    before = polled()
    now = NOW + timedelta(hours=2)
    gap = after_news(before, BODY, now, replace(HELD, shares=False, published=(now,) * 20))

    assert gap.gap is not None
    assert (gap.gap.since, gap.gap.at, gap.gap.backfill) == (NOW, now, True)
    assert [fault.name for fault in told(gap, now)] == ["gap"]
    assert wait_of(gap, now) <= timedelta(hours=1, minutes=2)
    assert gap.failures == 0


@pytest.mark.parametrize("items", [None, 0])
def test_there_is_no_gap_where_nothing_is_known_of_items_before(items: int | None) -> None:
    before = replace(polled(), items=items)

    assert after_news(before, BODY, NOW + timedelta(hours=2), replace(HELD, shares=False)).gap is None


def test_a_first_poll_shows_no_gap() -> None:
    assert after_news(FEED, BODY, NOW, replace(HELD, shares=False)).gap is None


def test_a_gap_is_told_once_and_shown_for_a_week() -> None:
    gap = after_news(polled(), BODY, NOW, replace(HELD, shares=False))
    later = after_unchanged(gap, NotModified(), NOW + timedelta(days=6))
    in_time = after_unchanged(later, NotModified(), NOW + timedelta(days=7))

    assert later.gap == gap.gap
    assert told(later, NOW + timedelta(days=6)) == ()
    assert in_time.gap is None


def test_a_gap_that_was_looked_through_is_not_looked_through_again() -> None:
    filled = after_backfill(after_news(polled(), BODY, NOW, replace(HELD, shares=False)))

    assert filled.gap is not None
    assert not filled.gap.backfill
    assert after_backfill(FEED) == FEED


def test_the_bound_that_a_gap_sets_is_loosened_by_polls_without_one() -> None:
    slow = replace(polled(ttl=timedelta(hours=1)), rhythm=None)
    feed = after_news(slow, BODY, NOW + timedelta(hours=2), replace(HELD, shares=False))
    bounds = [feed.at_most]
    for _ in range(20):
        feed = after_news(feed, BODY, NOW + timedelta(hours=3), HELD)
        bounds.append(feed.at_most)

    assert bounds[:2] == [timedelta(hours=1), timedelta(hours=1) * 5 / 4]
    assert bounds[-1] is None


def test_a_feed_that_had_items_and_is_empty_now_fails_until_it_has_some_again() -> None:
    empty = after_news(polled(), replace(BODY, etag='"2"'), NOW, Held("e", items=0))

    assert empty.fault is not None
    assert (empty.fault.name, empty.failures) == ("empty feed", 1)
    assert (empty.etag, empty.body_hash) == (BODY.etag, "h")
    assert polled(empty).fault is None


def test_a_feed_that_never_had_items_may_be_empty() -> None:
    empty = after_news(FEED, BODY, NOW, Held("e", items=0))

    assert after_news(empty, BODY, NOW, Held("e", items=0)).fault is None


def daily(days: int) -> Feed:
    """Return a feed after its first poll, which held an item for each of the last days."""
    dates = tuple(NOW - timedelta(days=day) for day in range(1, days))
    return after_news(FEED, BODY, NOW, replace(HELD, published=dates))


def test_a_source_silent_far_beyond_its_rhythm_fails_and_an_item_mends_that() -> None:
    feed = daily(20)
    quiet = after_unchanged(feed, NotModified(), NOW + timedelta(days=2))
    later = NOW + timedelta(days=5)
    silent = after_unchanged(feed, NotModified(), later)

    assert quiet.fault is None
    assert silent.fault is not None
    assert silent.fault.name == "silent"
    assert "2026-11-23" in silent.fault.message
    assert silent.failures == 0
    assert wait_of(silent, later) <= timedelta(days=1, minutes=2)
    assert after_news(silent, BODY, later, replace(HELD, published=(later,))).fault is None


def test_of_a_source_with_little_history_nobody_says_that_it_is_silent() -> None:
    assert after_unchanged(daily(8), NotModified(), NOW + timedelta(days=300)).fault is None


def test_a_page_that_is_not_there_is_asked_for_once_and_a_timeout_five_times() -> None:
    times = [page_retry_at(n, TIMEOUT.fault, None, NOW) for n in range(5)]

    assert page_retry_at(0, Fault("http 404", ""), None, NOW) is None
    assert times[-1] is None
    assert None not in times[:-1]


def test_retry_after_holds_for_pages_too() -> None:
    late = NOW + timedelta(days=2)

    assert page_retry_at(0, TIMEOUT.fault, late, NOW) == late
