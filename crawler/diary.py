"""A sink that keeps the state of feeds and hosts in memory, and decides what is due as the pipeline does.

It is what a rehearsal polls with (crawler/rehearsal.py), and a month of polling in the tests: the decisions are those
of crawler/polling.py and of the crawl itself, without a database, workers and articles.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from heapq import heappop, heappush

from crawler.feeds import parse
from crawler.polling import after_failure, after_news, after_unchanged, due_at, held, is_due
from news.article import Entry, Fault, Feed
from news.errors import FeedParseError
from news.fetch import Answer, FeedTarget, Gone, Host, NotModified, PageTarget, Refused, Target

LEFT_FOR = timedelta(minutes=10)
"""When a feed comes up again whose host wanted to be left alone: as often as cron does a run."""


class Diary:
    """Feeds and hosts as they stand; `busy` says whether anything was handed out that has not come back."""

    def __init__(self, feeds: Iterable[Feed], hosts: Mapping[str, Host], clock: Callable[[], datetime]) -> None:
        """Begin with what is known."""
        self._clock = clock
        self.feeds = {feed.source: feed for feed in feeds}
        self.hosts = dict(hosts)
        self._out: set[str] = set()
        self._pages = 0
        self._known: dict[str, set[str]] = {}
        self._came = asyncio.Event()
        self._times: list[tuple[datetime, str]] = []
        for feed in self.feeds.values():
            self._await(feed)

    def due(self, now: datetime) -> list[FeedTarget]:
        """Hand out the feeds that are due."""
        due = []
        while self._times and self._times[0][0] <= now:
            feed = self.feeds[heappop(self._times)[1]]
            if is_due(feed, now):
                self._out.add(feed.source)
                due.append(FeedTarget(feed.source, feed.url, feed.etag, feed.last_modified, None, feed.validators_from))
        return due

    def next_due(self) -> datetime | None:
        """Return when the next feed is due that is not handed out; None when none is."""
        return self._times[0][0] if self._times else None

    def _await(self, feed: Feed, *, least: timedelta = timedelta()) -> None:
        """Note when a feed comes up again, unless it never does."""
        self._out.discard(feed.source)
        now = self._clock()
        if not feed.retired:
            heappush(self._times, (max(due_at(feed) or now, now + least), feed.source))

    @property
    def busy(self) -> bool:
        """Whether something is handed out."""
        return bool(self._out or self._pages)

    async def came_back(self) -> None:
        """Wait until something that was handed out comes back."""
        self._came.clear()
        await self._came.wait()

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[PageTarget]:
        """Take a feed's answer; return the pages of what it did not hold before."""
        feed = self.feeds[target.source]
        first = feed.last_success_at is None
        self.feeds[feed.source], new = self._after(feed, answer, at)
        pages = [] if first else [PageTarget(n, entry.link) for n, entry in enumerate(new) if entry.link]
        self._pages += len(pages)
        self._await(self.feeds[feed.source])
        self._came.set()
        return pages

    def _after(self, feed: Feed, answer: Answer, at: datetime) -> tuple[Feed, Sequence[Entry]]:
        if isinstance(answer, Gone | Refused):
            return after_failure(feed, answer, at), ()
        if isinstance(answer, NotModified):
            return after_unchanged(feed, answer, at), ()
        body_hash = hashlib.sha256(answer.content).hexdigest()
        if body_hash == feed.body_hash:
            return after_unchanged(feed, answer, at), ()
        try:
            parsed = parse(answer.content, answer.final_url, answer.content_type)
        except FeedParseError as error:
            return after_failure(feed, Refused(Fault(error.fault, str(error))), at), ()
        known = self._known.setdefault(feed.source, set())
        new = [entry for entry in parsed.entries if entry.guid not in known]
        shares = len(new) < len(parsed.entries)
        known |= {entry.guid for entry in new}
        return after_news(feed, answer, at, held(parsed, new, body_hash, shares=shares)), new

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """Take a page's answer."""
        del target, answer, at
        self._pages -= 1
        self._came.set()

    async def left(self, target: Target) -> None:
        """Take back what was not asked for."""
        if isinstance(target, FeedTarget):
            self._await(self.feeds[target.source], least=LEFT_FOR)
        else:
            self._pages -= 1
        self._came.set()

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host."""
        return self.hosts.get(name, Host(name))

    async def remember(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        self.hosts[host.name] = host
