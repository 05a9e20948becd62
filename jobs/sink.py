"""Take what the crawler brings: feeds become ledger entries, pages become articles, articles readings and deals.

Each step is one transaction, and each leaves the database in a state from which the next run can go on. A fault of one
feed or page is recorded under its own name and stops nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from crawler.discovery import sitemaps_in
from crawler.polling import Held, after_backfill, after_failure, after_news, after_unchanged, held, page_retry_at, told
from crawler.remarks import later, way
from crawler.sitemaps import missed
from deals.reader import READER_VERSION
from jobs import tasks
from jobs.context import Pipeline, internal_error
from jobs.gathering import Gathering, Taken
from jobs.outlook import Outlook
from jobs.placing import place_waiting, within
from jobs.workers import Workers
from jobs.writer import Writer
from lexicon.text import title_key, words
from news.address import canonical, same_site
from news.address import host as host_of
from news.article import Article, Entry, Fault, Feed, LedgerEntry, Page, ParsedFeed
from news.errors import AddressError, NotAnArticleError, StorageError, TaskFailedError
from news.fetch import Answer, Body, FeedTarget, Gone, Host, NotModified, PageTarget, Refused, Target
from news.reading import UNREAD, Reading
from news.step import NewEntry
from stories.articles import believed_address, published, signature
from stories.entries import sort_out

log = logging.getLogger(__name__)

LONGEST_KEY = 400


class PipelineSink:
    """The pipeline's side of a crawl; see news.fetch.Sink for the contract of its methods."""

    def __init__(self, pipeline: Pipeline, workers: Workers, writer: Writer) -> None:
        """Take what all steps need."""
        self.outlook = Outlook(timedelta(seconds=pipeline.settings.crawl.delay))
        self._pipeline = pipeline
        self._store = pipeline.store
        self._workers = workers
        self._writer = writer
        self._gathering = Gathering(workers, pipeline.settings.access)
        self._entries: dict[int, LedgerEntry] = {}
        self._polling: set[str] = set()
        self._reading: set[int] = set()
        self._outlets = {source.key: source.name for source in pipeline.store.sources()}

    def pages(self, entries: Iterable[LedgerEntry]) -> list[PageTarget]:
        """Return the pages of ledger entries as targets, remembering the entries until their answers come."""
        fresh = [entry for entry in entries if entry.id not in self._entries]
        self._entries.update({entry.id: entry for entry in fresh})
        self._pipeline.progress.planned(0, len(fresh))
        for entry in fresh:
            self.outlook.planned(host_of(entry.entry.link))
        return [PageTarget(entry.id, entry.entry.link) for entry in fresh]

    def polls(self, feeds: Sequence[Feed]) -> list[FeedTarget]:
        """Return feeds as targets, with the validators of the bodies that we hold; one under way is not asked again."""
        idle = [feed for feed in feeds if feed.source not in self._polling]
        self._polling.update(feed.source for feed in idle)
        self._pipeline.progress.planned(len(idle), 0)
        for feed in idle:
            self.outlook.planned(host_of(feed.url))
        return [self._gathering.target(feed) for feed in idle]

    async def left(self, target: Target) -> None:
        """Let go of a target that was not asked for; the database still holds it as due or waiting."""
        self.outlook.done(host_of(target.url))
        if isinstance(target, PageTarget):
            self._entries.pop(target.entry, None)
        else:
            self._gathering.leave(target.source)
            self._polling.discard(target.source)

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host."""
        return await self._writer.call(self._store.host, name)

    async def remember(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        if host.next_allowed_at is not None:
            self.outlook.waits(host.name, max(host.next_allowed_at - self._pipeline.clock(), timedelta()))
        await self._writer.call(self._store.remember_host, host)

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:
        """Take a feed's answer; return the pages of its new entries, or the sitemaps that belong to it."""
        try:
            return await self._poll(target, answer, at)
        finally:
            self.outlook.done(host_of(target.url))
            if not self._gathering.is_open(target.source):
                self._polling.discard(target.source)

    async def _poll(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:
        feed = await self._writer.call(self._store.feed, target.source)
        if feed is None or not (target.part or feed.url == target.url):  # the configuration changed meanwhile
            self._gathering.leave(target.source)
            return ()
        taken = await self._gathering.take(feed, target, answer)
        if not isinstance(taken, Taken):
            return self._parts(taken)
        if taken.backfill:
            return await self._fill(feed, taken, at)
        state, entries, outcome = await self._judge(feed, taken, at)
        state, more = await self._seek(state)
        try:
            waiting = await self._writer.call(self._store.record_poll, state, entries)
        except StorageError as error:  # where nothing at all can be stored, saying so fails as well
            log.exception("%s: its entries cannot be kept", feed.source)
            state, entries = after_failure(feed, Refused(internal_error(error)), at), ()
            outcome = _words(state.fault)
            waiting = await self._writer.call(self._store.record_poll, state, entries)
        tally = self._pipeline.tally
        tally.polled += 1
        tally.entries += len(entries)
        tally.unchanged += outcome == "unchanged"
        tally.faults += [(feed.source, fault) for fault in told(state, at)]
        log.info("%s: %s", feed.source, outcome)
        self._pipeline.progress.done("poll", feed.source, outcome)
        return [*self.pages(waiting), *more]

    def _parts(self, parts: Sequence[FeedTarget]) -> Sequence[FeedTarget]:
        """Note that more is to be asked for before a poll is complete."""
        for part in parts:
            self.outlook.planned(host_of(part.url))
        return parts

    async def _judge(self, feed: Feed, taken: Taken, at: datetime) -> tuple[Feed, Sequence[NewEntry], str]:
        """Return the feed's next state, its new entries, and the outcome in words."""
        answer, parsed = taken.answer, taken.parsed
        if isinstance(answer, Gone | Refused):
            state = after_failure(feed, answer, at)
            return state, (), _words(state.fault)
        if isinstance(answer, NotModified) or parsed is None:
            return after_unchanged(feed, answer, at), (), "unchanged"
        new, shares, renamed = await self._writer.call(self._new_entries, feed, parsed.entries, at)
        state = after_news(feed, answer, at, _held(feed, parsed, new, taken.body_hash, shares=shares))
        gap = state.gap is not None and state.gap.at == at
        outcome = f"{len(parsed.entries)} entries, {len(new)} new" + (", items may be lost" if gap else "")
        dates = (entry.published for entry in parsed.entries)
        remarked = (*parsed.remarks, *way(answer, feed.url), *later(dates, at), *renamed)
        outcome += f"; remarked: {', '.join(remarked)}" if remarked else ""
        return state, new, _words(state.fault) if state.failures else outcome

    async def _seek(self, feed: Feed) -> tuple[Feed, Sequence[FeedTarget]]:
        """Return a feed with what is to be asked for to fill its gap; where it has no sitemap, nothing can be."""
        if feed.gap is None or not feed.gap.backfill or feed.failures:
            return feed, ()
        sitemap = self._gathering.access(feed.source).sitemap or await self._writer.call(self._sitemap_of, feed)
        if not sitemap:
            return after_backfill(feed), ()
        return feed, self._parts(self._gathering.backfill(feed, sitemap))

    def _sitemap_of(self, feed: Feed) -> str:
        """Return the sitemap that the host's robots.txt names for its news, empty where it names none."""
        robots = self._store.host(host_of(feed.url)).robots
        return next(iter(sitemaps_in(robots or b"", feed.url)), "")

    async def _fill(self, feed: Feed, taken: Taken, at: datetime) -> Sequence[PageTarget]:
        """Take in what a gap hid, from the sitemap that was looked through for it."""
        lost = missed(taken.parsed.entries if taken.parsed else (), feed.gap)
        new, _, _ = await self._writer.call(self._new_entries, feed, lost, at)
        waiting = await self._writer.call(self._store.record_poll, after_backfill(feed), new)
        self._pipeline.tally.entries += len(new)
        log.info("%s: %d entries of a sitemap fill the gap", feed.source, len(new))
        return self.pages(waiting)

    def _new_entries(
        self, feed: Feed, entries: Sequence[Entry], at: datetime
    ) -> tuple[Sequence[NewEntry], bool, tuple[str, ...]]:
        """Return the entries that are new to the ledger, whether it knew one of the others, and a remark on them."""
        items = [(entry, _address(entry.link), _title(entry.title)) for entry in entries]
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
            since=feed.last_success_at,
            first_fetch=settings.first_fetch,
            news_age=settings.news_age,
        )
        guids, addresses = {entry.guid for entry, _, _ in items}, {address for _, address, _ in items}
        moved = any(entry.decision == "duplicate" for entry in new)
        here = [k for k in known if k.address in addresses]
        renamed = ("new guids",) if any(k.entry.guid not in guids for k in here) else ()
        return new, moved or bool(here) or any(k.entry.guid in guids for k in known), renamed

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """Take a page's answer through to its deals."""
        entry = self._entries[target.entry]
        try:
            outcome = await self._take_page(entry, answer, at)
        finally:
            self.outlook.done(host_of(target.url))
            self._entries.pop(target.entry, None)  # not before: until it is read, the database says that it waits
        log.info("%s: %s", entry.address, outcome)
        self._pipeline.progress.done("page", entry.address, outcome)

    async def _take_page(self, entry: LedgerEntry, answer: Answer, at: datetime) -> str:
        if not isinstance(answer, Body):
            return await self._page_failed(entry, answer, at)
        try:
            page = await self._workers.call(
                tasks.SECONDS, tasks.extract_page, answer.content, answer.final_url, answer.content_type
            )
        except NotAnArticleError as error:
            reason = f"not an article: {error}"
            self._pipeline.tally.dropped += 1
            await self._writer.call(self._store.record_dropped, entry.id, "not read", reason)
            return reason
        except TaskFailedError as error:
            return await self._page_failed(entry, Refused(Fault(error.fault, str(error))), at)
        try:
            article = await self._writer.call(self._keep_page, entry, page, answer.final_url, at)
        except Exception as error:  # where nothing at all can be stored, accounting for it fails as well
            log.exception("%s cannot be kept", entry.address)
            return await self._page_failed(entry, Refused(internal_error(error)), at)
        if article is None:
            self._pipeline.tally.duplicates += 1
            return "duplicate"
        self._pipeline.tally.articles += 1
        return await self.read(article)

    async def _page_failed(self, entry: LedgerEntry, answer: Answer, at: datetime) -> str:
        gone = Refused(Fault("http 410", "the page is gone"))
        refused = answer if isinstance(answer, Refused) else gone
        again = page_retry_at(entry.attempts, refused.fault, refused.retry_at, at)
        await self._writer.call(self._store.record_failure, entry.id, refused.fault, again)
        self._pipeline.tally.faults.append((entry.address, refused.fault))
        return _words(refused.fault)

    def _keep_page(self, entry: LedgerEntry, page: Page, final_url: str, at: datetime) -> Article | None:
        """Store a page as an article, or join its entry to the article that holds the same text already."""
        final = canonical(final_url)
        sign = signature(words(page.text))
        claimed = believed_address(final, _address(page.canonical or "") or None, same_site)
        known = self._store.same_article(final, sign)
        if known is None and claimed != final:
            # The claim counts only while no other text holds that address.
            final = final if self._store.same_article(claimed, None) else claimed
        if known is not None:
            why = "the same address" if known.address == final else "the same text"
            self._store.record_duplicate(entry.id, known.id, f"duplicate of {known.address}: {why}")
            return None
        day, origin = published(page, entry.entry.published, at)
        article = Article(
            id=0,
            address=final,
            source=entry.source,
            outlet=self._outlets.get(entry.source, entry.source),
            title=page.title or entry.entry.title,
            text=page.text,
            fetched_at=at,
            author=page.author or entry.entry.author,
            published=day,
            published_from=origin,
            language=page.language,
            entries=(entry.id,),
        )
        return self._store.record_article(entry.id, article, sign)

    async def read(self, article: Article) -> str:
        """Read a stored article and place its deals; return the outcome in words.

        What cannot be stored costs this article only; it stays unread or unplaced and is taken up later.
        """
        if article.id in self._reading:
            return "is being read"
        self._reading.add(article.id)
        try:
            return await self._read(article)
        except Exception as error:
            log.exception("%s cannot be read", article.address)
            self._pipeline.tally.faults.append((article.address, internal_error(error)))
            return _words(internal_error(error))
        finally:
            self._reading.discard(article.id)

    async def _read(self, article: Article) -> str:
        try:
            reading = await self._workers.call(tasks.SECONDS, tasks.read_article, article)
        except TaskFailedError as error:
            fault = Fault(error.fault, str(error))
            self._pipeline.tally.faults.append((article.address, fault))
            reading = Reading(False, False, 0.0, "", "other", UNREAD + fault.message)
        reading = within(reading, self._pipeline)
        await self._writer.call(self._store.record_reading, article.id, READER_VERSION, reading)
        tally = self._pipeline.tally
        tally.kept += reading.keep
        tally.perhaps += reading.perhaps
        tally.dropped += not (reading.keep or reading.perhaps)
        if reading.deals():
            await self._writer.call(place_waiting, self._pipeline, article.id)
        return reading.reason

    async def take_up(self) -> None:
        """Go on from what a crash left half-way: articles not read, deals without a place."""
        for article in await self._writer.call(self._store.unread):
            await self.read(article)
        await self._writer.call(place_waiting, self._pipeline)


def _held(feed: Feed, parsed: ParsedFeed, new: Sequence[NewEntry], body_hash: str, *, shares: bool) -> Held:
    """Return what a body held; of a feed whose rhythm is not known yet, all dates tell it."""
    news = [item.entry for item in new if item.decision != "duplicate"] if feed.rhythm else parsed.entries
    return held(parsed, news, body_hash, shares=shares)


def _address(link: str) -> str:
    """Return a link's canonical address, empty where it has none that can be fetched."""
    try:
        return canonical(link)
    except AddressError:
        return ""


def _title(title: str) -> str:
    """Return the form under which titles are compared, no longer than an index of PostgreSQL takes."""
    return title_key(title)[:LONGEST_KEY]


def _words(fault: Fault | None) -> str:
    return f"{fault.name}: {fault.message}" if fault else "failed"
