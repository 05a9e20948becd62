"""Take what polls bring: a feed's next state and its new entries go into the ledger, in one transaction.

What a gap hid comes from a sitemap that is looked through once. A fault of one feed is recorded under its own name and
stops nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.polling import Held, after_backfill, after_failure, after_news, after_unchanged, held, told
from crawler.remarks import later, way
from crawler.sitemaps import missed
from jobs.context import Pipeline, internal_error
from jobs.edited import items_of
from jobs.gathering import Gathering, Taken
from jobs.outlook import Outlook
from jobs.workers import Workers
from jobs.writer import Writer
from lexicon.text import title_key
from news.address import canonical
from news.address import host as host_of
from news.article import Entry, Feed, LedgerEntry, ParsedFeed
from news.errors import AddressError, StorageError
from news.fetch import Answer, Body, FeedTarget, Gone, NotModified, Refused
from news.step import NewEntry
from news.version import Item
from stories.entries import sort_out

log = logging.getLogger(__name__)

LONGEST_KEY = 400


@dataclass(frozen=True, slots=True)
class Polled:
    """The entries whose pages are to be fetched, and what else is to be asked for.

    `edited` says that items of kept articles are among what the feed holds now: their pages may be due once more.
    """

    waiting: Sequence[LedgerEntry] = ()
    more: Sequence[FeedTarget] = ()
    edited: bool = False


_NOTHING = Polled()


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The new ones among entries. `shares` says that the ledger knew one of the others.

    `depends` says that some bear a guid, an address or a title that the ledger knows under another: what is made of
    them depends on what else stands in the feed. `items` are those of kept articles.
    """

    new: Sequence[NewEntry] = ()
    shares: bool = False
    remarks: tuple[str, ...] = ()
    depends: bool = False
    items: Sequence[Item] = ()


class Polls:
    """The polls of a crawl: none of a source that is under way begins again."""

    def __init__(self, pipeline: Pipeline, workers: Workers, writer: Writer, outlook: Outlook) -> None:
        """Take what all steps need; what is still to be asked for goes into `outlook`."""
        self._pipeline = pipeline
        self._store = pipeline.store
        self._writer = writer
        self._outlook = outlook
        self._gathering = Gathering(workers, pipeline.settings.access)
        self._under_way: dict[str, Feed] = {}

    def targets(self, feeds: Sequence[Feed]) -> list[FeedTarget]:
        """Return feeds as targets, with the validators of the bodies that we hold; one under way is not asked again."""
        idle = [feed for feed in feeds if feed.source not in self._under_way]
        self._under_way.update({feed.source: feed for feed in idle})
        self._pipeline.progress.planned(len(idle), 0)
        return self._planned([self._gathering.target(feed) for feed in idle])

    def leave(self, source: str) -> None:
        """Let go of a poll; the database still holds its source as due."""
        self._gathering.leave(source)
        self._under_way.pop(source, None)

    async def take(self, target: FeedTarget, answer: Answer, at: datetime) -> Polled:
        """Take an answer."""
        try:
            taken = await self._take(target, answer, at)
        except BaseException:
            self.leave(target.source)  # else a daemon would take it for under way as long as it lives
            raise
        if not self._gathering.is_open(target.source):
            self._under_way.pop(target.source, None)
        return taken

    async def _take(self, target: FeedTarget, answer: Answer, at: datetime) -> Polled:
        feed = self._under_way.get(target.source)
        if feed is not None and isinstance(answer, NotModified) and not target.part and feed.gap is None:
            self._unchanged(feed, after_unchanged(feed, answer, at), at)
            return _NOTHING
        feed = await self._writer.ahead(self._store.feed, target.source)
        if feed is None or not (target.part or feed.url == target.url):  # the configuration changed meanwhile
            self._gathering.leave(target.source)
            return _NOTHING
        taken = await self._gathering.take(feed, target, answer)
        if not isinstance(taken, Taken):
            return Polled(more=self._planned(taken))
        if taken.backfill:
            return Polled(await self._fill(feed, taken, at))
        if taken.parsed is None and isinstance(taken.answer, Body) and feed.gap is None:
            self._unchanged(feed, after_unchanged(feed, taken.answer, at), at)
            return _NOTHING
        state, found, outcome = await self._judge(feed, target, taken, at)
        new, items = found.new, found.items
        state, more = await self._seek(state)
        try:
            waiting = await self._writer.ahead(self._store.record_poll, state, new, items)
        except StorageError as error:  # where nothing at all can be stored, saying so fails as well
            log.exception("%s: its entries cannot be kept", feed.source)
            self._gathering.leave(feed.source)
            state, new, items, more = after_failure(feed, Refused(internal_error(error)), at), (), (), ()
            outcome = str(state.fault)
            waiting = await self._writer.ahead(self._store.record_poll, state, new)
        self._pipeline.tally.entries += len(new)
        self._account(state, outcome, at)
        return Polled(waiting, self._planned(more), edited=bool(items))

    def _unchanged(self, feed: Feed, state: Feed, at: datetime) -> None:
        """Have a poll that brought nothing kept, with others: one that is lost is made again."""
        self._writer.later(self._store.record_polls, feed.source, (feed.url, state))
        self._account(state, str(state.fault) if state.failures else "unchanged", at)

    def _account(self, state: Feed, outcome: str, at: datetime) -> None:
        tally = self._pipeline.tally
        tally.polled += 1
        tally.unchanged += outcome == "unchanged"
        tally.faults += [(state.source, fault) for fault in told(state, at)]
        log.info("%s: %s", state.source, outcome)
        self._pipeline.progress.done("poll", state.source, outcome)

    def _planned(self, targets: Sequence[FeedTarget]) -> list[FeedTarget]:
        """Note what is to be asked for."""
        for target in targets:
            self._outlook.planned(host_of(target.url))
        return list(targets)

    async def _judge(self, feed: Feed, target: FeedTarget, taken: Taken, at: datetime) -> tuple[Feed, _Sorted, str]:
        """Return the feed's next state, what its entries are to the ledger, and the outcome in words."""
        answer, parsed = taken.answer, taken.parsed
        if isinstance(answer, Gone | Refused):
            state = after_failure(feed, answer, at)
            return state, _Sorted(), str(state.fault)
        if isinstance(answer, NotModified) or parsed is None:
            return after_unchanged(feed, answer, at), _Sorted(), "unchanged"
        found = await self._writer.ahead(self._new_entries, feed, parsed.entries, at, feed.last_success_at)
        if parsed.known and found.depends:
            whole = await self._gathering.take(feed, target, answer, whole=True)
            return await self._judge(feed, target, whole if isinstance(whole, Taken) else Taken(answer), at)
        new, shares = found.new, found.shares or parsed.known > 0
        state = after_news(feed, answer, at, _held(feed, parsed, new, taken.body_hash, shares=shares))
        gap = state.gap is not None and state.gap.at == at
        count = len(parsed.entries) + parsed.known
        outcome = f"{count} entries, {len(new)} new" + (", items may be lost" if gap else "")
        dates = (entry.published for entry in parsed.entries)
        remarked = (*parsed.remarks, *way(answer, feed.url), *later(dates, at), *found.remarks)
        outcome += f"; remarked: {', '.join(remarked)}" if remarked else ""
        return state, found, str(state.fault) if state.failures else outcome

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
        from crawler.discovery import sitemaps_in  # noqa: PLC0415  # it loads the libraries for pages

        robots = self._store.host(host_of(feed.url)).robots
        return next(iter(sitemaps_in(robots or b"", feed.url)), "")

    async def _fill(self, feed: Feed, taken: Taken, at: datetime) -> Sequence[LedgerEntry]:
        """Take in what a gap hid, from the sitemap that was looked through for it."""
        lost = missed(taken.parsed.entries if taken.parsed else (), feed.gap)
        since = feed.gap.since if feed.gap else feed.last_success_at  # what an outage hid is news still
        new = (await self._writer.ahead(self._new_entries, feed, lost, at, since)).new
        try:
            waiting = await self._writer.ahead(self._store.record_poll, after_backfill(feed), new)
        except StorageError:
            log.exception("%s: what fills its gap cannot be kept", feed.source)
            new = ()
            waiting = await self._writer.ahead(self._store.record_poll, after_backfill(feed), new)
        self._pipeline.tally.entries += len(new)
        log.info("%s: %d entries of a sitemap fill the gap", feed.source, len(new))
        return waiting

    def _new_entries(self, feed: Feed, entries: Sequence[Entry], at: datetime, since: datetime | None) -> _Sorted:
        """Return the entries that are new to the ledger, and how they stand to what it knows."""
        if not entries:
            return _Sorted()
        items = [(entry, address_of(entry.link), _title(entry.title)) for entry in entries]
        asked = (
            {entry.guid for entry, _, _ in items},
            {address for _, address, _ in items if address},
            {title for _, _, title in items if title},
        )
        # Of a source that was never polled it knows nothing.
        known = self._store.ledger(feed.source, *asked) if feed.confirmed else ()
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
        moved = any(entry.decision == "duplicate" for entry in new)
        guids, addresses = {entry.guid for entry, _, _ in items}, {address for _, address, _ in items}
        here = [k for k in known if k.address in addresses]
        return _Sorted(
            new,
            shares=moved or bool(here) or any(k.entry.guid in guids for k in known),
            remarks=("new guids",) if any(k.entry.guid not in guids for k in here) else (),
            depends=moved or any((k.entry.guid in guids) is not (k.address in addresses) for k in known),
            items=items_of(((entry, address) for entry, address, _ in items), known),
        )


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
