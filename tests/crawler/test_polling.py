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

    assert waits == sorted(waits) or waits[-1] >= timedelta(days=1)
    assert timedelta(minutes=15) <= waits[0] < timedelta(minutes=17)
    assert timedelta(days=1) <= waits[-1] <= timedelta(hours=26)
    assert polled(feed).failures == 0
    assert polled(feed).fault is None


def test_a_permanent_redirect_is_adopted_on_the_third_poll_and_drops_the_validators() -> None:
    moved = replace(BODY, moved_to="https://new.example/feed")
    once = polled(body=moved)
    twice = polled(once, moved)
    thrice = polled(twice, moved)

    assert (once.url, twice.url, thrice.url) == (FEED.url, FEED.url, "https://new.example/feed")
    assert thrice.etag is None


def test_a_redirect_that_stops_is_forgotten() -> None:
    moved = replace(BODY, moved_to="https://new.example/feed")

    assert polled(polled(polled(body=moved), moved)).moved_seen == 0


def test_a_page_that_is_not_there_is_asked_for_once_and_a_timeout_five_times() -> None:
    times = [page_retry_at(n, TIMEOUT.fault, None, NOW) for n in range(5)]

    assert page_retry_at(0, Fault("http 404", ""), None, NOW) is None
    assert times[-1] is None
    assert None not in times[:-1]


def test_retry_after_holds_for_pages_too() -> None:
    late = NOW + timedelta(days=2)

    assert page_retry_at(0, TIMEOUT.fault, late, NOW) == late
