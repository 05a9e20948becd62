"""Decide when a feed may be asked again, from its answer and its history. Pure: `now` is an argument.

The publisher's wishes (RSS ttl, Cache-Control max-age or Expires) only ever lengthen the interval, a ttl that after an
error too. Errors back off exponentially and never give up for good; 410 retires. Retry-After is a promise: `run --now`
does not break it.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from news.article import Fault, Feed
from news.fetch import Body, Gone, NotModified, Refused

USUAL = timedelta(minutes=30)
LONGEST = timedelta(days=1)
FIRST_BACKOFF = timedelta(minutes=15)
MOVES_TO_ADOPT = 3
"""A permanent redirect is adopted once it was seen on this many polls in a row: some are set by mistake."""

PAGE_ATTEMPTS = 5
FINAL_FAULTS = frozenset(
    {"http 401", "http 403", "http 404", "http 410", "http 451", "robots.txt disallows", "address refused", "too large"}
)
"""Faults of a page that another attempt does not mend."""


def is_due(feed: Feed, now: datetime, *, forced: bool = False) -> bool:
    """Return whether a feed may be polled; `forced` (run --now) overrides all but Retry-After and 410."""
    if feed.retired or (feed.not_before is not None and feed.not_before > now):
        return False
    return forced or feed.next_poll_at is None or feed.next_poll_at <= now


def due_at(feed: Feed) -> datetime | None:
    """Return when a feed becomes due, None when it already is; a retired feed has no such time either."""
    times = [at for at in (feed.next_poll_at, feed.not_before) if at is not None]
    return max(times, default=None)


def after_success(
    feed: Feed, answer: Body | NotModified, now: datetime, *, ttl: timedelta | None, body_hash: str | None
) -> Feed:
    """Return the feed's state after a 200 that held a feed, or a 304.

    `ttl` and `body_hash` are those of the body now held (unchanged for a 304). Validators are kept verbatim and only
    with the body they belong to (RFC 9110, 8.8).
    """
    interval = min(max(filter(None, (USUAL, ttl, answer.max_age))), LONGEST)
    state = replace(
        feed,
        interval=ttl,
        next_poll_at=now + interval + _jitter(feed.source, now, interval),
        not_before=None,
        last_polled_at=now,
        last_success_at=now,
        failures=0,
        fault=None,
    )
    if isinstance(answer, NotModified):
        return replace(state, moved_to=None, moved_seen=0)  # validators are sent to the feed's own address only
    state = replace(state, etag=answer.etag, last_modified=answer.last_modified, body_hash=body_hash)
    return _after_move(state, answer.moved_to)


def after_failure(feed: Feed, answer: Gone | Refused, now: datetime) -> Feed:
    """Return the feed's state after an answer that brought nothing: back off, or retire on 410."""
    if isinstance(answer, Gone):
        fault = Fault("http 410", "the publisher says that this feed is gone for good")
        return replace(feed, last_polled_at=now, fault=fault, failures=feed.failures + 1, retired=True)
    wait = min(max(FIRST_BACKOFF * 2 ** min(feed.failures, 10), feed.interval or FIRST_BACKOFF), LONGEST)
    return replace(
        feed,
        last_polled_at=now,
        fault=answer.fault,
        failures=feed.failures + 1,
        next_poll_at=now + wait + _jitter(feed.source, now, wait),
        not_before=answer.retry_at,
    )


def page_retry_at(attempts: int, fault: Fault, retry_at: datetime | None, now: datetime) -> datetime | None:
    """Return when to ask for a page again, or None when asking again cannot help; `attempts` counts the failed ones."""
    if fault.name in FINAL_FAULTS or attempts + 1 >= PAGE_ATTEMPTS:
        return None
    usual: datetime = now + FIRST_BACKOFF * 4**attempts
    return usual if retry_at is None else max(usual, retry_at)


def _after_move(feed: Feed, moved_to: str | None) -> Feed:
    if moved_to is None or moved_to == feed.url:
        return replace(feed, moved_to=None, moved_seen=0)
    seen = feed.moved_seen + 1 if moved_to == feed.moved_to else 1
    if seen < MOVES_TO_ADOPT:
        return replace(feed, moved_to=moved_to, moved_seen=seen)
    # The validators were given by the old address; the new one may mean something else by them.
    return replace(feed, url=moved_to, moved_to=None, moved_seen=0, etag=None, last_modified=None)


def _jitter(source: str, now: datetime, interval: timedelta) -> timedelta:
    """Return up to five per cent of the interval, spread by source, so that not all feeds of a run are due at once."""
    draw = hashlib.sha256(f"{source} {now.isoformat()}".encode()).digest()[0]
    return interval * draw / (20 * 255)
