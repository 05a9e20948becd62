"""Decide when a feed may be asked again, from its answer and its history. Pure: `now` is an argument.

How often is the source's own rhythm (crawler/pace.py). The publisher's wishes only ever lengthen that: RSS 2.0 ttl,
sy:updatePeriod, Cache-Control max-age or Expires (RFC 9111, 5.2.2.1 and 5.3), and skipHours and skipDays (RSS 0.91).
Errors back off exponentially and never give up for good; 410 retires. Retry-After is a promise: `run --now` does not
break it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crawler.pace import CEILING, FLOOR, until_next
from crawler.rhythm import begun, learnt, silence
from news.article import Entry, Fault, Feed, Gap, ParsedFeed
from news.fetch import Body, Gone, NotModified, Refused
from news.rhythm import Rhythm

FIRST_BACKOFF = timedelta(minutes=15)
MOVES_TO_ADOPT = 3
"""A permanent redirect is adopted once it was seen on this many polls in a row: some are set by mistake."""
LATEST_JITTER = timedelta(minutes=2)
"""More would miss the minute at which a source is known to publish."""
GAP_SHOWN = timedelta(days=7)
"""For so long a gap is shown, unless it is filled before."""
ANSWERS = frozenset({"silent", "gap"})
"""Faults of a source that answers: its polls succeed."""

PAGE_ATTEMPTS = 5
FINAL_FAULTS = frozenset(
    {"http 401", "http 403", "http 404", "http 410", "http 451", "robots.txt disallows", "address refused", "too large"}
)
"""Faults of a page that another attempt does not mend."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the body of a poll held: the publisher's wishes, and its items as the ledger knows them.

    `published` are the dates of the items that are new to the ledger; `shares` says that it knew one of the others.
    """

    body_hash: str
    items: int
    published: tuple[datetime | None, ...] = ()
    shares: bool = True
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    digests: bytes = b""


def held(parsed: ParsedFeed, news: Iterable[Entry], body_hash: str, *, shares: bool) -> Held:
    """Return what a body held of which these entries were news."""
    return Held(
        body_hash,
        len(parsed.entries) + parsed.known,
        published=tuple(entry.published for entry in news),
        shares=shares,
        ttl=parsed.ttl,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        digests=parsed.digests,
    )


def is_due(feed: Feed, now: datetime, *, forced: bool = False) -> bool:
    """Return whether a feed may be polled; `forced` (run --now) overrides all but Retry-After and 410."""
    if feed.retired or (feed.not_before is not None and feed.not_before > now):
        return False
    if feed.last_polled_at is not None and feed.last_polled_at > now + CEILING:
        return True  # the clock was ahead then, and what it said is worth nothing
    return forced or feed.next_poll_at is None or feed.next_poll_at <= now


def due_at(feed: Feed) -> datetime | None:
    """Return when a feed becomes due, None when it already is; a retired feed has no such time either."""
    times = [at for at in (feed.next_poll_at, feed.not_before) if at is not None]
    return max(times, default=None)


def after_unchanged(feed: Feed, answer: Body | NotModified, now: datetime) -> Feed:
    """Return the feed's state after a 304, or a 200 with the bytes of last time."""
    state = _validated(feed, answer)
    return _succeeded(replace(state, gap=_lasting(feed.gap, now)), answer, now)


def after_news(feed: Feed, answer: Body, now: datetime, held: Held) -> Feed:
    """Return the feed's state after a 200 whose body was read.

    A body without items is that of a feed that has none yet. Of one that had some it is a fault: such answers come from
    a publisher's database that is down, and are told from an honest one by nothing.
    """
    if held.items == 0 and feed.items:
        fault = Fault("empty feed", f"it holds no items; it held {feed.items}")
        return after_failure(feed, Refused(fault), now)
    gap, at_most = _gap(feed, held, now), feed.at_most
    if gap is not feed.gap and gap is not None and gap.at == now:
        at_most = max((now - gap.since) / 2, FLOOR)
    elif at_most is not None:
        at_most = at_most * 5 / 4 if at_most < CEILING else None
    state = replace(
        _validated(feed, answer),
        body_hash=held.body_hash,
        items=held.items,
        interval=held.ttl,
        skip_hours=held.skip_hours,
        skip_days=held.skip_days,
        rhythm=_rhythm(feed, held, now),
        gap=gap,
        at_most=at_most,
        digests=held.digests or None,
    )
    return _succeeded(state, answer, now)


def after_failure(feed: Feed, answer: Gone | Refused, now: datetime) -> Feed:
    """Return the feed's state after an answer that brought nothing: back off, or retire on 410 (RFC 9110, 15.5.11)."""
    if isinstance(answer, Gone):
        fault = Fault("http 410", "the publisher says that this feed is gone for good")
        return replace(feed, last_polled_at=now, fault=fault, failures=feed.failures + 1, retired=True)
    wait = min(max(FIRST_BACKOFF * 2 ** min(feed.failures, 10), feed.interval or FIRST_BACKOFF), CEILING)
    return replace(
        feed,
        last_polled_at=now,
        fault=answer.fault,
        failures=feed.failures + 1,
        next_poll_at=_unskipped(feed, now + wait + _jitter(feed.source, now, wait / 20)),
        not_before=answer.retry_at,
    )


def after_backfill(feed: Feed) -> Feed:
    """Return the feed's state once the source's sitemap or archive was looked through for what a gap hid."""
    return replace(feed, gap=None if feed.gap is None else replace(feed.gap, backfill=False))


def told(feed: Feed, now: datetime) -> tuple[Fault, ...]:
    """Return what a run has to tell of a feed that it polled at `now`: its fault, and items that may be lost."""
    gap = feed.gap
    lost = () if gap is None or gap.at != now else (lost_items(gap),)
    return (*lost, *(() if feed.fault is None else (feed.fault,)))


def lost_items(gap: Gap) -> Fault:
    """Return a gap as what is said of it."""
    return Fault("gap", f"items between {gap.since:%Y-%m-%d %H:%M} and {gap.at:%Y-%m-%d %H:%M} UTC may be lost")


def page_retry_at(attempts: int, fault: Fault, retry_at: datetime | None, now: datetime) -> datetime | None:
    """Return when to ask for a page again, or None when asking again cannot help; `attempts` counts the failed ones."""
    if fault.name in FINAL_FAULTS or attempts + 1 >= PAGE_ATTEMPTS:
        return None
    usual: datetime = now + FIRST_BACKOFF * 4**attempts
    return usual if retry_at is None else max(usual, retry_at)


def _succeeded(feed: Feed, answer: Body | NotModified, now: datetime) -> Feed:
    """Return the state of a feed that answered as it should: when it is due, and whether it has fallen silent."""
    wait = until_next(feed.rhythm, now, window=feed.items)
    if feed.at_most is not None:
        wait = min(wait, feed.at_most)
    wishes = min(max(filter(None, (FLOOR, feed.interval, answer.max_age))), CEILING)
    wait = max(wait, wishes)
    silent = silence(feed.rhythm, now)
    return replace(
        feed,
        next_poll_at=_unskipped(feed, now + wait + _jitter(feed.source, now, min(wait / 20, LATEST_JITTER))),
        not_before=None,
        last_polled_at=now,
        last_success_at=now,
        failures=0,
        fault=None if silent is None else _silent(*silent),
    )


def _silent(last: datetime, usual: timedelta) -> Fault:
    days = max(round(usual / timedelta(days=1)), 1)
    most = "a day" if days == 1 else f"{days} days"
    return Fault("silent", f"nothing new since {last:%Y-%m-%d}; it was never silent for more than {most} or so")


def _rhythm(feed: Feed, held: Held, now: datetime) -> Rhythm | None:
    if feed.rhythm is None or feed.last_success_at is None:
        return begun(held.published, now)
    return learnt(feed.rhythm, held.published, feed.last_success_at, now) if held.published else feed.rhythm


def _gap(feed: Feed, held: Held, now: datetime) -> Gap | None:
    """Return the gap that a poll shows, if both it and the one before had items and it knows none of its own."""
    if held.items and feed.items and not held.shares and feed.last_success_at is not None:
        return Gap(feed.last_success_at, now)
    return _lasting(feed.gap, now)


def _lasting(gap: Gap | None, now: datetime) -> Gap | None:
    return gap if gap is not None and now - gap.at < GAP_SHOWN else None


def _unskipped(feed: Feed, at: datetime) -> datetime:
    """Return the moment, moved to the end of the hours and days (GMT) in which a feed asks not to be read.

    RSS 0.91 and 2.0, skipHours and skipDays. Where they leave no hour at all within a week they are no wish.
    """
    moment = at
    for _ in range(24 * 7):
        if moment.weekday() in feed.skip_days:
            moment = moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        elif moment.hour in feed.skip_hours:
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        else:
            return moment if moment is at else moment + _jitter(feed.source, at, LATEST_JITTER)
    return at


def _jitter(source: str, now: datetime, most: timedelta) -> timedelta:
    """Return a part of `most`, drawn by source, so that not all feeds of a run are due at once."""
    draw = hashlib.sha256(f"{source} {now.isoformat()}".encode()).digest()[0]
    return most * draw / 255


def _validated(feed: Feed, answer: Body | NotModified) -> Feed:
    """Return the feed with an answer's validators, kept verbatim and with the address that gave them.

    A validator tells versions of one resource apart (RFC 9110, 8.8): that of the address which answered, at the end of
    the redirects on the way. It means nothing to any other, and goes with a feed that moves there.
    """
    if isinstance(answer, Body):
        origin = None if answer.final_url == feed.url else answer.final_url
        feed = replace(feed, etag=answer.etag, last_modified=answer.last_modified, validators_from=origin)
    return _after_move(feed, answer.moved_to)


def _after_move(feed: Feed, moved_to: str | None) -> Feed:
    """Return the feed with a permanent redirect (RFC 9110, 15.4.2 and 15.4.9) counted, and adopted in time."""
    if moved_to is None or moved_to == feed.url:
        return replace(feed, moved_to=None, moved_seen=0)
    seen = feed.moved_seen + 1 if moved_to == feed.moved_to else 1
    if seen < MOVES_TO_ADOPT:
        return replace(feed, moved_to=moved_to, moved_seen=seen)
    moved = replace(feed, url=moved_to, moved_to=None, moved_seen=0, validators_from=None)
    return moved if feed.validators_from == moved_to else replace(moved, etag=None, last_modified=None)
