"""All requests of a crawl pass here: one queue per host, and one bound over all of them.

Feeds, pages, redirects and robots.txt alike: a redirect is a new request in the queue of the host that it names. A
host that is slow, or that wants long pauses, makes nobody wait but itself: every host with something queued has a task
of its own (crawler/line.py), and only `concurrency` bounds them together. A host without work costs nothing: what was
learnt of it is with the sink.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from typing import Any

from crawler.answers import Redirect
from crawler.fence import objection
from crawler.line import Ask, Line
from crawler.settings import CrawlSettings
from news.address import host
from news.article import Fault
from news.fetch import Answer, Refused, Sink

log = logging.getLogger(__name__)

Fetch = Callable[[Ask], Awaitable[Answer | Redirect]]


class Gate:
    """`ask` queues a request, `done` waits for all, `close` drops what is queued, `abandon` what is under way."""

    def __init__(self, fetch: Fetch, sink: Sink, settings: CrawlSettings) -> None:
        """`fetch` makes a request and returns what came, never raises for the network's faults."""
        self.sink = sink
        self.settings = settings
        self.closing = asyncio.Event()
        self.requests = 0
        self.dropped = 0
        self.error: Exception | None = None
        """What a sink raised first."""
        self._fetch = fetch
        self._lines: dict[str, Line] = {}
        self.slots = asyncio.Semaphore(settings.concurrency)
        self.aside = 0
        self._open = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def closed(self) -> bool:
        """Whether no further request is released."""
        return self.closing.is_set()

    def ask(self, ask: Ask) -> None:
        """Queue a request with its host; an address that is none is refused at once."""
        self._open += 1
        self._quiet.clear()
        words = objection(ask.url)
        if words:
            self.finish(ask, Refused(Fault("address refused", words)))
            return
        if self.closed:
            self.drop(ask)
            return
        name = host(ask.url)
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = Line(name, self)
            self._spawn(self._work(name, line))
        line.put(ask)

    async def _work(self, name: str, line: Line) -> None:
        """Let a line work until it has nothing to do; what it cannot do because of the sink, it drops."""
        try:
            await line.work()
        except Exception as error:  # a host of which the sink cannot tell or keep anything must not stop the others
            log.exception("%s cannot be asked", name)
            self.error = self.error or error
        finally:
            del self._lines[name]
            line.clear()

    def follow(self, ask: Ask) -> None:
        """Queue what a redirect makes of a request that is open already."""
        self._open -= 1
        self.ask(ask)

    async def request(self, ask: Ask) -> Answer | Redirect | None:
        """Make one request, within the bound on all of them; None when the gate closed first."""
        await self.slots.acquire()
        place = _Place(self)
        slow = asyncio.get_running_loop().call_later(self.settings.slow_after, place.step_aside)
        try:
            if self.closed:
                return None
            self.requests += 1
            return await self._fetch(ask)
        finally:
            slow.cancel()
            place.leave()

    def finish(self, ask: Ask, answer: Answer) -> None:
        """Hand an answer over, beside the queues: taking it may last longer than the host's pause."""
        self._spawn(self._settle(partial(ask.then, answer)))

    def drop(self, ask: Ask) -> None:
        """Let a request go."""
        self.dropped += ask.robots_of is None
        self._spawn(self._settle(ask.dropped))

    async def done(self) -> None:
        """Wait until every request has been answered and taken."""
        await self._quiet.wait()

    def close(self) -> None:
        """Release no further request; what is queued is dropped and said to be."""
        self.closing.set()
        for line in self._lines.values():
            line.clear()

    async def abandon(self) -> None:
        """Close, cancel what is still under way, wait until that has happened, and say that it was let go."""
        under_way = tuple(self._tasks)
        self.close()
        for task in under_way:
            task.cancel()
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _settle(self, take: Callable[[], Awaitable[None]]) -> None:
        try:
            await take()
        except Exception as error:  # one target that cannot be taken must not stop the others
            log.exception("an answer could not be taken")
            self.error = self.error or error
        finally:
            self._open -= 1
            if not self._open:
                self._quiet.set()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Place:
    """Where a request under way stands: among the quick ones, or aside."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._aside = False

    def step_aside(self) -> None:
        """Let another request begin, if not too many stand aside already."""
        if self._gate.aside < self._gate.settings.slow:
            self._gate.aside += 1
            self._aside = True
            self._gate.slots.release()

    def leave(self) -> None:
        if self._aside:
            self._gate.aside -= 1
        else:
            self._gate.slots.release()
