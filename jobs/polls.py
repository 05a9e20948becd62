"""Take what polls bring: a feed's next state and its new entries go into the ledger, in one transaction.

What a gap hid comes from a sitemap that is looked through once. A fault of one feed is recorded under its own name and
stops nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from crawler.discovery import sitemaps_in
from crawler.polling import Held, after_backfill, after_failure, after_news, after_unchanged, held, told
from crawler.remarks import later, way
from crawler.sitemaps import missed
from jobs.context import Pipeline, internal_error
from jobs.gathering import Gathering, Taken
from jobs.outlook import Outlook
from jobs.workers import Workers
from jobs.writer import Writer
from lexicon.text import title_key
from news.address import canonical
from news.address import host as host_of
from news.article import Entry, Feed, LedgerEntry, ParsedFeed
from news.errors import AddressError, StorageError
from news.fetch import Answer, FeedTarget, Gone, NotModified, Refused
from news.step import NewEntry
from stories.entries import sort_out

log = logging.getLogger(__name__)

LONGEST_KEY = 400

Polled = tuple[Sequence[LedgerEntry], Sequence[FeedTarget]]
"""The entries whose pages are to be fetched, and what else is to be asked for."""
_NOTHING: Polled = ((), ())


class Polls:
    """The polls of a crawl: none of a source that is under way begins again."""

    def __init__(self, pipeline: Pipeline, workers: Workers, writer: Writer, outlook: Outlook) -> None:
        """Take what all steps need; what is still to be asked for goes into `outlook`."""
        self._pipeline = pipeline
        self._store = pipeline.store
        self._writer = writer
        self._outlook = outlook
        self._gathering = Gathering(workers, pipeline.settings.access)
        self._under_way: set[str] = set()

    def targets(self, feeds: Sequence[Feed]) -> list[FeedTarget]:
        """Return feeds as targets, with the validators of the bodies that we hold; one under way is not asked again."""
        idle = [feed for feed in feeds if feed.source not in self._under_way]
        self._under_way.update(feed.source for feed in idle)
        self._pipeline.progress.planned(len(idle), 0)
        return self._planned([self._gathering.target(feed) for feed in idle])

    def leave(self, source: str) -> None:
        """Let go of a poll; the database still holds its source as due."""
        self._gathering.leave(source)
        self._under_way.discard(source)

    async def take(self, target: FeedTarget, answer: Answer, at: datetime) -> Polled:
        """Take an answer."""
        try:
            taken = await self._take(target, answer, at)
        except BaseException:
            self.leave(target.source)  # else a daemon would take it for under way as long as it lives
            raise
        if not self._gathering.is_open(target.source):
            self._under_way.discard(target.source)
        return taken

    async def _take(self, target: FeedTarget, answer: Answer, at: datetime) -> Polled:
        feed = await self._writer.call(self._store.feed, target.source)
        if feed is None or not (target.part or feed.url == target.url):  # the configuration changed meanwhile
            self._gathering.leave(target.source)
            return _NOTHING
        taken = await self._gathering.take(feed, target, answer)
        if not isinstance(taken, Taken):
            return (), self._planned(taken)
        if taken.backfill:
            return await self._fill(feed, taken, at), ()
        state, new, outcome = await self._judge(feed, taken, at)
        state, more = await self._seek(state)
        try:
            waiting = await self._writer.call(self._store.record_poll, state, new)
        except StorageError as error:  # where nothing at all can be stored, saying so fails as well
            log.exception("%s: its entries cannot be kept", feed.source)
            self._gathering.leave(feed.source)
            state, new, more = after_failure(feed, Refused(internal_error(error)), at), (), ()
            outcome = str(state.fault)
            waiting = await self._writer.call(self._store.record_poll, state, new)
        tally = self._pipeline.tally
        tally.polled += 1
        tally.entries += len(new)
        tally.unchanged += outcome == "unchanged"
        tally.faults += [(feed.source, fault) for fault in told(state, at)]
        log.info("%s: %s", feed.source, outcome)
        self._pipeline.progress.done("poll", feed.source, outcome)
        return waiting, self._planned(more)

    def _planned(self, targets: Sequence[FeedTarget]) -> list[FeedTarget]:
        """Note what is to be asked for."""
        for target in targets:
            self._outlook.planned(host_of(target.url))
        return list(targets)

    async def _judge(self, feed: Feed, taken: Taken, at: datetime) -> tuple[Feed, Sequence[NewEntry], str]:
        """Return the feed's next state, its new entries, and the outcome in words."""
        answer, parsed = taken.answer, taken.parsed
        if isinstance(answer, Gone | Refused):
            state = after_failure(feed, answer, at)
            return state, (), str(state.fault)
        if isinstance(answer, NotModified) or parsed is None:
            return after_unchanged(feed, answer, at), (), "unchanged"
        new, shares, renamed = await self._writer.call(
            self._new_entries, feed, parsed.entries, at, feed.last_success_at
        )
        state = after_news(feed, answer, at, _held(feed, parsed, new, taken.body_hash, shares=shares))
        gap = state.gap is not None and state.gap.at == at
        outcome = f"{len(parsed.entries)} entries, {len(new)} new" + (", items may be lost" if gap else "")
        dates = (entry.published for entry in parsed.entries)
        remarked = (*parsed.remarks, *way(answer, feed.url), *later(dates, at), *renamed)
        outcome += f"; remarked: {', '.join(remarked)}" if remarked else ""
        return state, new, str(state.fault) if state.failures else outcome

    async def _seek(self, feed: Feed) -> tuple[Feed, Sequence[FeedTarget]]:
        """Return a feed with what is to be asked for to fill its gap; where it has no sitemap, nothing can be."""
        if feed.gap is None or not feed.gap.backfill or feed.failures:
            return feed, ()
        sitemap = self._gathering.access(feed.source).sitemap or await self._writer.call(self._sitemap_of, feed)
        if not sitemap:
            return after_backfill(feed), ()
        return feed, self._gathering.backfill(feed, sitemap)

    def _sitemap_of(self, feed: Feed) -> str:
        """Return the sitemap that the host's robots.txt names for its news, empty where it names none."""
        robots = self._store.host(host_of(feed.url)).robots
        return next(iter(sitemaps_in(robots or b"", feed.url)), "")

    async def _fill(self, feed: Feed, taken: Taken, at: datetime) -> Sequence[LedgerEntry]:
        """Take in what a gap hid, from the sitemap that was looked through for it."""
        lost = missed(taken.parsed.entries if taken.parsed else (), feed.gap)
        since = feed.gap.since if feed.gap else feed.last_success_at  # what an outage hid is news still
        new, _, _ = await self._writer.call(self._new_entries, feed, lost, at, since)
        try:
            waiting = await self._writer.call(self._store.record_poll, after_backfill(feed), new)
        except StorageError:
            log.exception("%s: what fills its gap cannot be kept", feed.source)
            new = ()
            waiting = await self._writer.call(self._store.record_poll, after_backfill(feed), new)
        self._pipeline.tally.entries += len(new)
        log.info("%s: %d entries of a sitemap fill the gap", feed.source, len(new))
        return waiting

    def _new_entries(
        self, feed: Feed, entries: Sequence[Entry], at: datetime, since: datetime | None
    ) -> tuple[Sequence[NewEntry], bool, tuple[str, ...]]:
        """Return the entries that are new to the ledger, whether it knew one of the others, and a remark on them."""
        items = [(entry, address_of(entry.link), _title(entry.title)) for entry in entries]
        known = self._store.ledger(
            feed.source,
            {entry.guid for entry, _, _ in items},
            {address for _, address, _ in items if address},
            {title for _, _, title in items if title},
        )
        settings = self._pipeline.settings
        new = sort_out(
            items,
            known,
            title_key=_title,
            now=at,
            since=since,
            first_fetch=settings.first_fetch,
            news_age=settings.news_age,
        )
        guids, addresses = {entry.guid for entry, _, _ in items}, {address for _, address, _ in items}
        moved = any(entry.decision == "duplicate" for entry in new)
        here = [k for k in known if k.address in addresses]
        renamed = ("new guids",) if any(k.entry.guid not in guids for k in here) else ()
        return new, moved or bool(here) or any(k.entry.guid in guids for k in known), renamed


def address_of(link: str) -> str:
    """Return a link's canonical address, empty where it has none that can be fetched."""
    try:
        return canonical(link)
    except AddressError:
        return ""


def _held(feed: Feed, parsed: ParsedFeed, new: Sequence[NewEntry], body_hash: str, *, shares: bool) -> Held:
    """Return what a body held; of a feed whose rhythm is not known yet, all dates tell it."""
    news = [item.entry for item in new if item.decision != "duplicate"] if feed.rhythm else parsed.entries
    return held(parsed, news, body_hash, shares=shares)


def _title(title: str) -> str:
    """Return the form under which titles are compared, no longer than an index of PostgreSQL takes."""
    return title_key(title)[:LONGEST_KEY]
