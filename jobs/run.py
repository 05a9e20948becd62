"""One run: deliver what closed, take up what was left, poll what is due, deliver again. What cron calls."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from functools import partial

from crawler.crawl import crawl
from crawler.polling import is_due
from jobs.context import Pipeline
from jobs.delivering import deliver
from jobs.feeding import feed_after
from jobs.signals import stop_on_signals
from jobs.sink import PipelineSink
from jobs.tasks import prepare
from jobs.workers import workers
from jobs.writer import Writer, writer
from lexicon import Lexicon
from news.article import Fault, Feed
from news.errors import PactwatchError
from news.fetch import Target
from news.step import RunSummary

log = logging.getLogger(__name__)

TICK = 1.0
"""Seconds between two looks at whether something is due while pages are still being fetched."""


async def run(pipeline: Pipeline, load: Callable[[], Lexicon], *, forced: frozenset[str] | None = None) -> RunSummary:
    """Do one run and return what it did.

    `forced` are the sources of `--now` (empty: all of them), None where nothing is forced. `load` gives the lexicon to
    worker processes. Raises AnotherRunError when another run holds the database's lock, StorageError when it fails.
    """
    store, started = pipeline.store, pipeline.clock()
    with store.lock():
        number = store.begin_run(started)
        store.release_leases()
        due = due_feeds(store.feeds(), started, forced)
        with writer() as write:
            await deliver(pipeline, write, started, run_ends=False)
            left = 0
            waits = store.waiting(started, limit=1) or store.looks_due(started, limit=1)
            if due or waits or store.unread() or store.unplaced():
                with workers(pipeline.settings.workers, partial(prepare, load)) as pool:
                    sink = PipelineSink(pipeline, pool, write)
                    await sink.take_up()
                    left = await _crawl(pipeline, sink, write, due, started)
            await write.call(store.forget_texts, started - pipeline.settings.keep_text)
            await write.call(store.forget_messages, started - pipeline.settings.keep_mail)
            await deliver(pipeline, write, started, run_ends=True)
            await write.call(feed_after, pipeline)
        summary = summarise(pipeline, started, left)
        store.end_run(number, summary)
    return summary


def due_feeds(feeds: Iterable[Feed], now: datetime, forced: frozenset[str] | None) -> list[Feed]:
    """Return the feeds to poll at `now`."""
    return [f for f in feeds if is_due(f, now, forced=forced is not None and (not forced or f.source in forced))]


async def _crawl(pipeline: Pipeline, sink: PipelineSink, write: Writer, due: list[Feed], started: datetime) -> int:
    """Poll and fetch until all is done or the run's limit is reached; return how many pages are left for the next."""
    stop = asyncio.Event()
    store = pipeline.store
    targets: list[Target] = [
        *sink.polls(due),
        *sink.pages(store.waiting(started)),
        *sink.again(store.looks_due(started)),
    ]
    ticking = asyncio.create_task(_tick(pipeline, sink, write, started, stop))
    ticking.add_done_callback(lambda _: stop.set())
    try:
        with stop_on_signals(stop):
            stats = await crawl(_each(targets), sink, pipeline.settings.crawl, stop)
    except PactwatchError:
        raise
    except Exception as error:  # noqa: BLE001  # a mistake of ours at one target, logged there with its trace: the run goes on
        pipeline.tally.faults.append(("pactwatch", Fault("internal error", f"{type(error).__name__}: {error}")))
        return 0
    finally:
        stop.set()
        await ticking  # never cancelled: a message under way would be sent, and sent again by the next run
    pipeline.tally.requests += stats.requests
    if stats.left:
        log.info("%d requests are left for the next run", stats.left)
    return stats.left


async def _each(targets: Iterable[Target]) -> AsyncIterator[Target]:
    for target in targets:
        yield target


async def _tick(pipeline: Pipeline, sink: PipelineSink, write: Writer, started: datetime, stop: asyncio.Event) -> None:
    """While the crawl goes on, deliver what becomes due, and end it at its limit.

    Once only such hosts are still open as cannot finish within this run, its digest goes out without them.
    """
    limit = started + pipeline.settings.run_limit
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), TICK)
        if stop.is_set():
            return
        now = pipeline.clock()
        run_ends = not sink.outlook.idle() and not sink.outlook.worth_waiting(now, limit)
        await deliver(pipeline, write, started, run_ends=run_ends)
        if now >= limit:
            stop.set()


def summarise(pipeline: Pipeline, started: datetime, left: int) -> RunSummary:
    """Return the run's tally as the store keeps it."""
    tally = pipeline.tally
    return RunSummary(
        started_at=started,
        ended_at=pipeline.clock(),
        polled=tally.polled,
        unchanged=tally.unchanged,
        requests=tally.requests,
        entries=tally.entries,
        articles=tally.articles,
        duplicates=tally.duplicates,
        kept=tally.kept,
        perhaps=tally.perhaps,
        dropped=tally.dropped,
        deals=tally.deals,
        sent=tally.sent,
        unsent=tally.unsent,
        left=left,
        faults=tuple(tally.faults),
    )
