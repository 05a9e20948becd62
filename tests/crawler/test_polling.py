"""When a feed may be asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.polling import after_failure, after_success, due_at, is_due, page_retry_at
from news.article import Fault, Feed
from news.fetch import Body, Gone, NotModified, Refused

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
FEED = Feed("s", "https://n.example/feed")
BODY = Body(b"<rss/>", "https://n.example/feed", etag='"1"', last_modified="Tue, 24 Nov 2026 07:00:00 GMT")
TIMEOUT = Refused(Fault("timeout", "no answer within 30 s"))


def polled(feed: Feed = FEED, body: Body = BODY, ttl: timedelta | None = None, now: datetime = NOW) -> Feed:
    """Return the feed after a 200."""
    return after_success(feed, body, now, ttl=ttl, body_hash="h")


def test_a_feed_never_polled_is_due() -> None:
    assert is_due(FEED, NOW)


def test_a_ttl_of_an_hour_keeps_a_feed_from_being_due_for_an_hour() -> None:
    feed = polled(ttl=timedelta(hours=1))

    assert not is_due(feed, NOW + timedelta(minutes=59))
    assert is_due(feed, NOW + timedelta(minutes=64))


def test_a_ttl_of_a_minute_does_not_make_us_poll_every_minute() -> None:
    assert not is_due(polled(ttl=timedelta(minutes=1)), NOW + timedelta(minutes=29))


def test_max_age_lengthens_the_interval_too() -> None:
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


def test_the_validators_are_those_of_the_last_body() -> None:
    feed = polled()

    assert (feed.etag, feed.last_modified, feed.body_hash) == (BODY.etag, BODY.last_modified, "h")
    assert polled(feed, replace(BODY, etag=None)).etag is None
    assert after_success(feed, NotModified(), NOW, ttl=None, body_hash="h").etag == BODY.etag


def test_errors_back_off_up_to_a_day_and_a_success_ends_that() -> None:
    feed, waits = FEED, []
    for _ in range(12):
        feed = after_failure(feed, TIMEOUT, NOW)
        waits.append((due_at(feed) or NOW) - NOW)

    expected = [min(timedelta(minutes=15) * 2**number, timedelta(days=1)) for number in range(12)]
    assert all(wait <= waited <= wait * 1.05 for wait, waited in zip(expected, waits, strict=True))
    assert polled(feed).failures == 0
    assert polled(feed).fault is None


def test_a_permanent_redirect_is_adopted_on_the_third_poll_and_drops_the_validators() -> None:
    moved = replace(BODY, moved_to="https://new.example/feed")
    once = polled(body=moved)
    twice = polled(once, moved)
    thrice = polled(twice, moved)

    assert (once.url, twice.url, thrice.url) == (FEED.url, FEED.url, "https://new.example/feed")
    assert thrice.etag is None


def test_a_redirect_that_stops_or_leads_elsewhere_is_counted_anew() -> None:
    moved = replace(BODY, moved_to="https://new.example/feed")
    twice = polled(polled(body=moved), moved)
    elsewhere = polled(twice, replace(BODY, moved_to="https://other.example/feed"))

    assert twice.moved_seen == 2
    assert polled(twice).moved_seen == 0
    assert after_success(twice, NotModified(), NOW, ttl=None, body_hash="h").moved_seen == 0
    assert (elsewhere.url, elsewhere.moved_to, elsewhere.moved_seen) == (FEED.url, "https://other.example/feed", 1)


def test_a_failure_between_two_polls_does_not_undo_a_move() -> None:
    moved = replace(BODY, moved_to="https://new.example/feed")
    feed = after_failure(polled(polled(body=moved), moved), TIMEOUT, NOW)

    assert polled(feed, moved).url == "https://new.example/feed"


def test_a_304_keeps_the_interval_that_the_feed_asked_for() -> None:
    feed = polled(ttl=timedelta(hours=4))
    feed = after_success(feed, NotModified(), NOW, ttl=feed.interval, body_hash=feed.body_hash)

    assert not is_due(feed, NOW + timedelta(hours=4) - timedelta(seconds=1))
    assert feed.body_hash == "h"


def test_a_304_may_lengthen_the_interval_itself() -> None:
    feed = after_success(polled(), NotModified(timedelta(hours=2)), NOW, ttl=None, body_hash="h")

    assert not is_due(feed, NOW + timedelta(minutes=119))


def test_an_error_does_not_bring_us_back_before_the_time_that_the_feed_asked_for() -> None:
    feed = after_failure(polled(ttl=timedelta(hours=1)), TIMEOUT, NOW)

    assert not is_due(feed, NOW + timedelta(minutes=59))


def test_feeds_polled_together_do_not_all_come_due_together() -> None:
    times = {due_at(polled(Feed(f"s{number}", FEED.url))) for number in range(40)}
    waits = [at - NOW for at in times if at is not None]

    assert len(times) > 30
    assert min(waits) >= timedelta(minutes=30)
    assert max(waits) <= timedelta(minutes=31.5)


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


def test_a_page_that_is_not_there_is_asked_for_once_and_a_timeout_five_times() -> None:
    times = [page_retry_at(n, TIMEOUT.fault, None, NOW) for n in range(5)]

    assert page_retry_at(0, Fault("http 404", ""), None, NOW) is None
    assert times[-1] is None
    assert None not in times[:-1]


def test_retry_after_holds_for_pages_too() -> None:
    late = NOW + timedelta(days=2)

    assert page_retry_at(0, TIMEOUT.fault, late, NOW) == late
