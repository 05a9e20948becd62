"""Take what the crawler brings: feeds become ledger entries (jobs/polls.py), pages articles, articles deals.

Each step is one transaction, and each leaves the database in a state from which the next run can go on. A fault of one
feed or page is recorded under its own name and stops nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from crawler.polling import page_retry_at
from deals.version import READER_VERSION
from jobs import tasks
from jobs.context import Pipeline, internal_error
from jobs.hosts import Hosts
from jobs.outlook import Outlook
from jobs.placing import place_waiting, within
from jobs.polls import Polls, address_of
from jobs.refetching import Refetching, refusal
from jobs.teasers import Found, teaser_of
from jobs.workers import Workers
from jobs.writer import Writer
from lexicon.text import words
from news.address import canonical, same_site
from news.address import host as host_of
from news.article import Article, Fault, Feed, LedgerEntry
from news.errors import NotAnArticleError, TaskFailedError
from news.fetch import Answer, Body, FeedTarget, Gone, Host, NotModified, PageTarget, Refused, Target
from news.reading import UNREAD, Reading
from news.version import Look, Validators
from stories.articles import believed_address, published, signature

log = logging.getLogger(__name__)


class PipelineSink:
    """The pipeline's side of a crawl; see news.fetch.Sink for the contract of its methods."""

    def __init__(self, pipeline: Pipeline, workers: Workers, writer: Writer) -> None:
        """Take what all steps need."""
        self.outlook = Outlook(timedelta(seconds=pipeline.settings.crawl.delay))
        self._pipeline = pipeline
        self._store = pipeline.store
        self._workers = workers
        self._writer = writer
        self._hosts = Hosts(pipeline.store, writer)
        self._polls = Polls(pipeline, workers, writer, self.outlook)
        self._again = Refetching(pipeline, workers, writer)
        self._entries: dict[int, LedgerEntry] = {}
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

    def again(self, looks: Iterable[Look]) -> list[PageTarget]:
        """Return kept articles that are due once more as targets, remembering them until their answers come."""
        targets = self._again.targets(looks)
        self._pipeline.progress.planned(0, len(targets))
        for target in targets:
            self.outlook.planned(host_of(target.url))
        return targets

    def polls(self, feeds: Sequence[Feed]) -> list[FeedTarget]:
        """Return feeds as targets, with the validators of the bodies that we hold; one under way is not asked again."""
        return self._polls.targets(feeds)

    async def left(self, target: Target) -> None:
        """Let go of a target that was not asked for; the database still holds it as due or waiting."""
        self.outlook.done(host_of(target.url))
        if isinstance(target, PageTarget):
            self._entries.pop(target.entry, None)
            self._again.leave(target)
        else:
            self._polls.leave(target.source)

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host."""
        return await self._hosts.get(name)

    async def remember(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        now = self._pipeline.clock()
        if host.next_allowed_at is not None:
            self.outlook.waits(host.name, max(host.next_allowed_at - now, timedelta()))
        await self._hosts.remember(host, now)

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:
        """Take a feed's answer; return the pages of its new entries, or the sitemaps that belong to it."""
        try:
            polled = await self._polls.take(target, answer, at)
            looks = await self._writer.ahead(self._store.looks_due, at) if polled.edited else ()
        finally:
            self.outlook.done(host_of(target.url))
        return [*self.pages(polled.waiting), *polled.more, *self.again(looks)]

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """Take a page's answer through to its deals."""
        try:
            if self._again.has(target):
                name, outcome = target.url, await self._again.take(target, answer, at)
            else:
                entry = self._entries[target.entry]
                name, outcome = entry.address, await self._take_page(entry, answer, at)
        finally:
            self.outlook.done(host_of(target.url))
            self._entries.pop(target.entry, None)  # not before: until it is read, the database says that it waits
            self._again.leave(target)
        log.info("%s: %s", name, outcome)
        self._pipeline.progress.done("page", name, outcome)

    async def _take_page(self, entry: LedgerEntry, answer: Answer, at: datetime) -> str:
        if not isinstance(answer, Body):
            return await self._page_failed(entry, answer, at)
        try:
            page, reading = await self._workers.call(
                tasks.SECONDS, tasks.take_page, answer.content, answer.final_url, answer.content_type, entry.entry
            )
            found = Found(page, answer.final_url)
        except NotAnArticleError as error:
            teaser, reading = teaser_of(error, entry.entry), None
            if teaser is None:
                reason = f"{error.kind}: {error}"
                self._pipeline.tally.dropped += 1
                await self._writer.call(self._store.record_dropped, entry.id, "not read", reason)
                return reason
            found = Found(teaser, entry.entry.link, error.kind)
        except TaskFailedError as error:
            return await self._page_failed(entry, Refused(Fault(error.fault, str(error))), at)
        try:
            article = await self._writer.call(self._keep_page, entry, found, Validators.of(answer), at, reading)
        except Exception as error:  # where nothing at all can be stored, accounting for it fails as well
            log.exception("%s cannot be kept", entry.address)
            return await self._page_failed(entry, Refused(internal_error(error)), at)
        if article is None:
            self._pipeline.tally.duplicates += 1
            return "duplicate"
        self._pipeline.tally.articles += 1
        self._pipeline.tally.dropped += reading is not None  # it is no deal, and that was stored with it
        return reading.reason if reading is not None else await self.read(article)

    async def _page_failed(self, entry: LedgerEntry, answer: Gone | NotModified | Refused, at: datetime) -> str:
        refused = refusal(answer)
        again = page_retry_at(entry.attempts, refused.fault, refused.retry_at, at)
        await self._writer.call(self._store.record_failure, entry.id, refused.fault, again)
        self._pipeline.tally.faults.append((entry.address, refused.fault))
        return str(refused.fault)

    def _keep_page(
        self, entry: LedgerEntry, found: Found, held: Validators, at: datetime, reading: Reading | None
    ) -> Article | None:
        """Store a page as an article, or join its entry to the article that holds the same text already.

        A reading that stands already goes with it: that of an article that is no deal.
        """
        page, final = found.page, canonical(found.url)
        sign = None if found.behind else signature(words(page.text))
        claimed = believed_address(final, address_of(page.canonical or "") or None, same_site)
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
            published_at=page.published_at,
            modified_at=page.modified_at,
            behind=found.behind,
        )
        if reading is not None:
            self._store.record_dismissed(entry.id, article, sign, READER_VERSION, reading)
            return article
        return self._store.record_article(entry.id, article, sign, held)

    async def read(self, article: Article) -> str:
        """Read a stored article, if it was not read yet, and place its deals; return the outcome in words.

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
            return str(internal_error(error))
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
