"""Take a source's answer and bring what it holds: parsed in a worker, and together with what an index leads to.

A poll is most often one request. An index of sitemaps names others; those in which news can stand are asked for too, by
the same crawl with the same manners, and the poll is over when the last of them has come. Of one that was not completed
nothing is kept: the source is due as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from crawler import forms, sitemaps
from crawler.credentials import closed, kept
from crawler.sitemaps import SitemapIndex
from jobs import tasks
from jobs.workers import Workers
from news.article import Entry, Fault, Feed, ParsedFeed
from news.errors import FeedParseError, TaskFailedError
from news.fetch import Access, Answer, Body, Credentials, FeedTarget, Refused


@dataclass(frozen=True, slots=True)
class Taken:
    """A poll that is complete: the source's own answer, and what it holds, None where nothing in it has changed.

    `backfill` says that the answer is not that of the source itself: it is what was looked through after a gap.
    """

    answer: Answer
    body_hash: str = ""
    parsed: ParsedFeed | None = None
    backfill: bool = False


@dataclass(slots=True)
class _Open:
    """A poll that waits for sitemaps."""

    answer: Body | None
    body_hash: str = ""
    waiting: int = 0
    parsed: list[ParsedFeed] = field(default_factory=list)
    fault: Refused | None = None


class Gathering:
    """The polls of a crawl, by their sources."""

    def __init__(self, workers: Workers, access: Mapping[str, Access]) -> None:
        """Parse with `workers`; `access` says of each source what is to be known of it beyond its address."""
        self._workers = workers
        self._access = access
        self._open: dict[str, _Open] = {}

    def target(self, feed: Feed) -> FeedTarget:
        """Return a feed as a target, with the validators of the body that we hold and with what opens it."""
        return FeedTarget(
            feed.source,
            feed.url,
            feed.etag,
            feed.last_modified,
            self._credentials(feed, feed.url),
            feed.validators_from,
        )

    def access(self, source: str) -> Access:
        """Return what is known of a source beyond its address."""
        return self._access.get(source, _USUAL)

    def is_open(self, source: str) -> bool:
        """Return whether a poll waits for more."""
        return source in self._open

    def leave(self, source: str) -> None:
        """Let go of a poll of which a part was not asked for."""
        self._open.pop(source, None)

    def backfill(self, feed: Feed, sitemap: str) -> list[FeedTarget]:
        """Look through a sitemap for what a gap hid; return what is to be asked for."""
        self._open[feed.source] = _Open(None, waiting=1)
        return [self._part(feed, sitemap)]

    async def take(
        self, feed: Feed, target: FeedTarget, answer: Answer, *, whole: bool = False
    ) -> Taken | Sequence[FeedTarget]:
        """Take an answer; return the poll where it is complete, else what more is to be asked for.

        Of a feed only what has changed is read, unless `whole` asks for all of it.
        """
        if target.part:
            return await self._take_part(feed, target, answer)
        if not isinstance(answer, Body):
            return Taken(answer)
        body_hash = hashlib.sha256(answer.content).hexdigest()
        if body_hash == feed.body_hash:
            return Taken(answer, body_hash)
        found = (None if whole else self._changed(feed, answer)) or await self._parsed(target, answer, part=False)
        if isinstance(found, Refused):
            return Taken(found)
        if isinstance(found, ParsedFeed):
            return Taken(answer, body_hash, found)
        return self._follow(feed, found, _Open(answer, body_hash))

    def _follow(self, feed: Feed, index: SitemapIndex, poll: _Open) -> Taken | Sequence[FeedTarget]:
        """Ask for the sitemaps of an index in which news can stand."""
        since = feed.gap.since if poll.answer is None and feed.gap is not None else feed.last_success_at
        parts = sitemaps.followed(index, since)
        if poll.answer is not None and not sitemaps.tells_of_changes(parts):
            # That the index stays as it is says nothing of what it leads to: the next poll has to look again.
            poll.answer, poll.body_hash = replace(poll.answer, etag=None, last_modified=None), ""
        poll.waiting += len(parts)
        if not poll.waiting:  # of none does the index say that it was changed
            self._open.pop(feed.source, None)
            return Taken(poll.answer or _NOTHING, poll.body_hash, backfill=poll.answer is None)
        self._open[feed.source] = poll
        return [self._part(feed, part.url) for part in parts]

    async def _take_part(self, feed: Feed, target: FeedTarget, answer: Answer) -> Taken | Sequence[FeedTarget]:
        poll = self._open.get(feed.source)
        if poll is None:
            return ()
        found = await self._parsed(target, answer, part=True) if isinstance(answer, Body) else answer
        if self._open.get(feed.source) is not poll:  # it was let go in the meantime
            return ()
        poll.waiting -= 1
        if isinstance(found, SitemapIndex) and poll.answer is None and not poll.parsed:
            return self._follow(feed, found, poll)
        if isinstance(found, ParsedFeed):
            poll.parsed.append(found)
        else:
            poll.fault = found if isinstance(found, Refused) else Refused(_NO_SITEMAP)
        if poll.waiting:
            return ()
        del self._open[feed.source]
        return _complete(poll)

    def _part(self, feed: Feed, url: str) -> FeedTarget:
        return FeedTarget(feed.source, url, credentials=self._credentials(feed, url), part=True)

    def _credentials(self, feed: Feed, url: str) -> Credentials | None:
        """Return what goes to an address of a source: nothing where that is not the host for which it was given."""
        access = self.access(feed.source)
        return kept(access.origin or feed.url, url, access.credentials)

    def _changed(self, feed: Feed, answer: Body) -> ParsedFeed | None:
        """Return what has changed in a feed; None where that cannot be told, or where all of it is to be known."""
        if feed.rhythm is None or feed.last_success_at is None:
            return None
        access = self.access(feed.source)
        found = forms.parse_changed(answer.content, answer.final_url, answer.content_type, access.form, feed.digests)
        if found is None:
            return None
        wishes = replace(found, ttl=feed.interval, skip_hours=feed.skip_hours, skip_days=feed.skip_days)
        return _unopened(wishes, access)

    async def _parsed(self, target: FeedTarget, answer: Body, *, part: bool) -> ParsedFeed | SitemapIndex | Refused:
        """Return what a body holds, or why it holds nothing."""
        access = self.access(target.source)
        form = None if part else access.form
        content, url, content_type = answer.content, answer.final_url, answer.content_type
        # What takes no longer than to send it to another process is done here.
        found: forms.Parsed | None = forms.parse_at_once(content, url, content_type, form)
        try:
            if found is None:
                found = await self._workers.call(
                    tasks.SECONDS, tasks.parse_source, content, url, content_type, form, access.links
                )
        except (FeedParseError, TaskFailedError) as error:
            return Refused(Fault(error.fault, str(error)))
        return _unopened(found, access) if isinstance(found, ParsedFeed) else found


_USUAL = Access()
_NOTHING = Body(b"", "")
_NO_SITEMAP = Fault("not a sitemap", "its index leads to no sitemap that can be read")


def _unopened(feed: ParsedFeed, access: Access) -> ParsedFeed:
    """Return a feed whose entries do not repeat what opens their source."""
    if access.credentials is None or not access.credentials.query:
        return feed
    return replace(feed, entries=tuple(_closed(entry, access) for entry in feed.entries))


def _closed(entry: Entry, access: Access) -> Entry:
    """Return an entry whose address does not repeat what opens its source."""
    return replace(entry, link=closed(entry.link, access.credentials), guid=closed(entry.guid, access.credentials))


def _complete(poll: _Open) -> Taken:
    """Return a poll whose sitemaps have all come; what one of several did not bring costs only itself."""
    is_backfill = poll.answer is None
    if not poll.parsed and poll.fault is not None:
        return Taken(poll.fault, backfill=is_backfill)
    first = poll.parsed[0] if poll.parsed else ParsedFeed("", "", (), form="sitemap")
    entries = tuple({entry.guid: entry for parsed in poll.parsed for entry in parsed.entries}.values())
    return Taken(poll.answer or _NOTHING, poll.body_hash, replace(first, entries=entries), backfill=is_backfill)
