"""The same work on a schedule, until SIGTERM: APScheduler ticks, pure functions over stored rows decide what is due.

One crawl stays open and is fed; polling, taking up leftovers and delivering are separate ticks on one event loop, so
that no slow host delays a digest.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawler.crawl import crawl
from jobs.context import Pipeline, Tally
from jobs.delivering import deliver
from jobs.feeding import feed_after
from jobs.run import due_feeds, summarise
from jobs.signals import stop_on_signals
from jobs.sink import PipelineSink
from jobs.tasks import prepare
from jobs.workers import workers
from jobs.writer import Writer, writer
from lexicon import Lexicon
from news.fetch import Target

log = logging.getLogger(__name__)

POLL_SECONDS = 30
DELIVER_SECONDS = 10
TAKE_UP_SECONDS = 300
"""Between two looks for what is not read or placed because storing it failed once."""
FORGET_HOURS = 24


class Daemon:
    """The daemon at work: what its ticks share."""

    def __init__(self, pipeline: Pipeline, sink: PipelineSink, write: Writer) -> None:
        """Start a first round now; a round is what `run` is to those who are told with each run."""
        self._pipeline = pipeline
        self._sink = sink
        self._write = write
        self._queue: asyncio.Queue[Target | None] = asyncio.Queue()
        self._delivering = asyncio.Lock()
        self._accounted = Tally()
        self._round = pipeline.clock()
        self._number = pipeline.store.begin_run(self._round)

    async def targets(self) -> AsyncIterator[Target]:
        """Give the open crawl its targets, until `close`."""
        while (target := await self._queue.get()) is not None:
            yield target

    def close(self) -> None:
        """End the open crawl once it has done what it was given."""
        self._queue.put_nowait(None)

    async def poll(self) -> None:
        """Queue the feeds that are due, the pages that wait, and the articles that are to be fetched once more."""
        store, now = self._pipeline.store, self._pipeline.clock()
        # What the store said holds until the next await only: then an answer under way may change it.
        self._ask(self._sink.polls(due_feeds(await self._write.call(store.feeds), now, None)))
        self._ask(self._sink.pages(await self._write.call(store.waiting, now)))
        self._ask(self._sink.again(await self._write.call(store.looks_due, now)))

    def _ask(self, targets: Iterable[Target]) -> None:
        for target in targets:
            self._queue.put_nowait(target)

    async def deliver(self) -> None:
        """Deliver what is due; a round ends when nothing is open that is worth waiting for, or at its limit."""
        async with self._delivering:
            now = self._pipeline.clock()
            until = self._round + self._pipeline.settings.run_limit
            round_ends = now >= until or not self._sink.outlook.worth_waiting(now, until)
            await deliver(self._pipeline, self._write, self._round, run_ends=round_ends)
            if round_ends:
                await self._write.call(self._next_round, now)

    def _next_round(self, now: datetime) -> None:
        """Account for the round that ended and begin the next.

        Rounds that brought nothing are accounted for as one, however many they are: most polls find nothing new.
        """
        store, tally = self._pipeline.store, self._pipeline.tally
        self._round = now
        if tally == self._accounted:
            return
        feed_after(self._pipeline)
        self.account()
        if any((tally.entries, tally.articles, tally.duplicates, tally.dropped, tally.deals, tally.sent)):
            tally.clear()
            self._accounted = Tally()
            self._number = store.begin_run(now)

    def account(self) -> None:
        """Note what was done since the last round that brought something."""
        tally = self._pipeline.tally
        self._pipeline.store.end_run(self._number, summarise(self._pipeline, self._round, 0))
        self._accounted = replace(tally, faults=list(tally.faults))

    async def forget(self) -> None:
        """Let go of texts that are older than `keep_text`, and of messages that are older than `keep_mail`."""
        store, settings, now = self._pipeline.store, self._pipeline.settings, self._pipeline.clock()
        await self._write.call(store.forget_texts, now - settings.keep_text)
        await self._write.call(store.forget_messages, now - settings.keep_mail)


async def daemon(pipeline: Pipeline, load: Callable[[], Lexicon]) -> int:
    """Work until SIGTERM or SIGINT, then finish what is under way and return 0.

    Raises AnotherRunError when a run or another daemon holds the database's lock.
    """
    stop = asyncio.Event()
    store = pipeline.store
    with (
        stop_on_signals(stop),
        store.lock(),
        writer() as write,
        workers(pipeline.settings.workers, partial(prepare, load)) as pool,
    ):
        store.release_leases()
        sink = PipelineSink(pipeline, pool, write)
        work = Daemon(pipeline, sink, write)
        await work.deliver()  # what a night's downtime missed goes out first, in one mail
        await sink.take_up()
        # A tick that comes late is still made, and one that lasts is not made twice; neither is worth a warning.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        usual = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=usual)
        scheduler.add_job(work.poll, "interval", seconds=POLL_SECONDS, next_run_time=pipeline.clock())
        scheduler.add_job(work.deliver, "interval", seconds=DELIVER_SECONDS)
        scheduler.add_job(sink.take_up, "interval", seconds=TAKE_UP_SECONDS)
        scheduler.add_job(work.forget, "interval", hours=FORGET_HOURS, next_run_time=pipeline.clock())
        scheduler.start()
        log.info("pactwatch is watching %d sources", len(store.sources()))
        try:
            await crawl(work.targets(), sink, pipeline.settings.crawl, stop)
        except Exception as error:
            if not stop.is_set():
                raise
            log.warning("of what went wrong since the start, the first was: %s", error)
        finally:
            scheduler.pause()
            await work.deliver()  # after one that is under way: cut off, its message would be sent a second time
            scheduler.shutdown(wait=False)
        await write.call(work.account)
    log.info("stopped")
    return 0
