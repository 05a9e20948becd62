"""One queue per host: one request at a time to each, and a pause after every answer.

Feeds, pages, redirects and robots.txt all pass here. A host's rules (robots.txt) are fetched first, through the same
queue; a redirect is a new request in the queue of the host it names. A host that is slow, or that wants long pauses,
makes nobody wait but itself: every host has a task of its own, and only `concurrency` bounds them together.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from crawler.answers import Redirect
from crawler.robots import Rules, is_available, is_known
from crawler.settings import CrawlSettings
from news.address import canonical, host
from news.article import Fault
from news.errors import AddressError
from news.fetch import Answer, Body, Host, Refused, Sink

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=5)
"""A host that may not be asked for longer than this is left for another time."""
ROBOTS_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: `then` takes the answer, `dropped` hears that it was not made. `moved_to` as in news.fetch.Body."""

    url: str
    headers: tuple[tuple[str, str], ...]
    then: Callable[[Answer], Awaitable[None]]
    dropped: Callable[[], Awaitable[None]]
    hops: int = 0
    permanent: bool = True
    robots_of: str | None = None


Fetch = Callable[[Ask], Awaitable[Answer | Redirect]]


class Gate:
    """All requests of a crawl go through here; `ask` queues one, `done` waits for all, `close` drops what is queued."""

    def __init__(self, fetch: Fetch, sink: Sink, settings: CrawlSettings) -> None:
        """`fetch` makes a request and returns what came, never raises for the network's faults."""
        self._fetch = fetch
        self._sink = sink
        self._settings = settings
        self._lines: dict[str, _Line] = {}
        self._slots = asyncio.Semaphore(settings.concurrency)
        self._open = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed = False
        self.requests = 0
        self.dropped = 0
        self.errors: list[BaseException] = []

    def ask(self, ask: Ask) -> None:
        """Queue a request with its host; an address that is none is refused at once."""
        self._open += 1
        self._quiet.clear()
        try:
            name = host(ask.url)
            canonical(ask.url)
        except AddressError as error:
            self.finish(ask, Refused(Fault("address refused", str(error))))
            return
        if self.closed:
            self.drop(ask)
            return
        line = self._lines.get(name)
        if line is None:
            line = self._lines[name] = _Line(name, self)
            self._spawn(line.work())
        line.put(ask)

    def follow(self, ask: Ask) -> None:
        """Queue what a redirect makes of a request that is open already."""
        self._open -= 1
        self.ask(ask)

    async def done(self) -> None:
        """Wait until every request has been answered and taken."""
        await self._quiet.wait()

    def close(self) -> None:
        """Release no further request; what is queued is dropped and said to be."""
        self.closed = True
        for line in self._lines.values():
            line.clear()

    async def abandon(self) -> None:
        """Cancel what is still under way, and wait until that has happened."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def finish(self, ask: Ask, answer: Answer) -> None:
        """Hand an answer over, beside the queues: taking it may last longer than the host's pause."""
        self._spawn(self._settle(ask.then(answer)))

    def drop(self, ask: Ask) -> None:
        """Let a request go."""
        self.dropped += ask.robots_of is None
        self._spawn(self._settle(ask.dropped()))

    async def _settle(self, taking: Awaitable[None]) -> None:
        try:
            await taking
        except Exception as error:  # one target that cannot be taken must not stop the others
            log.exception("an answer could not be taken")
            self.errors.append(error)
        finally:
            self._open -= 1
            if not self._open:
                self._quiet.set()

    async def request(self, ask: Ask) -> Answer | Redirect:
        """Make one request, within the bound on all of them."""
        async with self._slots:
            self.requests += 1
            return await self._fetch(ask)

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host."""
        return await self._sink.host(name)

    async def remember(self, host_: Host) -> None:
        """Keep what was learnt of a host."""
        await self._sink.remember(host_)

    @property
    def settings(self) -> CrawlSettings:
        """Return how to crawl."""
        return self._settings

    def _spawn(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Line:
    """The queue of one host and the task that works it off."""

    def __init__(self, name: str, gate: Gate) -> None:
        self._gate = gate
        self._host = Host(name)
        self._rules: Rules | None = None
        self._asking_rules = False
        self._silence: Fault | None = None
        self._first: deque[Ask] = deque()  # robots.txt, of this host or of one that redirects here
        self._queue: deque[Ask] = deque()
        self._news = asyncio.Event()

    def put(self, ask: Ask) -> None:
        (self._queue if ask.robots_of is None else self._first).append(ask)
        self._news.set()

    def clear(self) -> None:
        for ask in (*self._first, *self._queue):
            self._gate.drop(ask)
        self._first.clear()
        self._queue.clear()

    async def work(self) -> None:
        """Work the queue off, one request at a time, for as long as the crawl lasts."""
        self._host = await self._gate.host(self._host.name)
        while True:
            ask = self._next()
            if ask is None:
                self._news.clear()
                await self._news.wait()
                continue
            if not await self._pause():
                self._gate.drop(ask)
                self.clear()
                continue
            await self._serve(ask)

    def _next(self) -> Ask | None:
        """Return the next request; before the first page of a host come its rules."""
        if self._first:
            return self._first.popleft()
        if not self._queue:
            return None
        now = self._gate.settings.clock()
        if not is_known(self._host, now):
            if not self._asking_rules:
                self._asking_rules = True
                self._gate.ask(self._robots_ask(self._queue[0].url))
                return self._first.popleft() if self._first else None
            return None
        return self._queue.popleft()

    def _robots_ask(self, url: str) -> Ask:
        parts = urlsplit(url)
        robots = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"

        async def forgotten() -> None:
            self._asking_rules = False

        return Ask(robots, (("Accept", "text/plain"),), self._learn, forgotten, robots_of=self._host.name)

    async def _learn(self, answer: Answer) -> None:
        """Take the answer to robots.txt, remember it, and let the queue go on."""
        status, body = 0, b""
        self._silence = answer.fault if isinstance(answer, Refused) else None
        if isinstance(answer, Body):
            status, body = 200, answer.content
        elif isinstance(answer, Refused) and answer.fault.name.startswith("http "):
            status = int(answer.fault.name.removeprefix("http "))
        elif not isinstance(answer, Refused):
            status = 404  # gone, or not modified without having been asked: there are no rules
        now = self._gate.settings.clock()
        self._host = replace(self._host, robots=body, robots_status=status, robots_at=now)
        self._rules = None
        self._asking_rules = False
        await self._gate.remember(self._host)
        self._news.set()

    async def _pause(self) -> bool:
        """Wait until the host may be asked again; False when that is too far off."""
        until = self._host.next_allowed_at
        wait = until - self._gate.settings.clock() if until is not None else timedelta()
        if wait > PATIENCE:
            log.info("%s wants to be left alone until %s", self._host.name, until)
            return False
        if wait > timedelta():
            await asyncio.sleep(wait.total_seconds())
        return not self._gate.closed

    async def _serve(self, ask: Ask) -> None:
        refused = None if ask.robots_of else self._refused_by_rules(ask.url)
        if refused is not None:
            self._gate.finish(ask, refused)
            return
        answer = await self._gate.request(ask)
        await self._rest(answer)
        if not isinstance(answer, Redirect):
            self._gate.finish(ask, answer)
        elif ask.hops >= self._gate.settings.max_redirects:
            self._gate.finish(ask, Refused(Fault("redirect loop", f"more than {ask.hops} redirects, at {answer.to}")))
        else:
            onward = replace(ask, url=answer.to, hops=ask.hops + 1, permanent=ask.permanent and answer.permanent)
            self._gate.follow(onward)

    def _refused_by_rules(self, url: str) -> Refused | None:
        if not is_available(self._host):
            if self._host.robots_status == 0 and self._silence is not None:
                return Refused(self._silence)  # the host cannot be reached at all: that is what to tell
            return Refused(Fault("robots.txt unavailable", "its server does not say what may be fetched"))
        if self._current_rules().allow(url):
            return None
        return Refused(Fault("robots.txt disallows", f"{self._host.name} does not want this address to be fetched"))

    def _current_rules(self) -> Rules:
        if self._rules is None:
            self._rules = Rules(self._host, self._gate.settings.user_agent)
        return self._rules

    async def _rest(self, answer: Answer | Redirect) -> None:
        """Remember when the host may be asked again: after its own delay or ours, or when it says so itself."""
        now = self._gate.settings.clock()
        own = self._current_rules().delay if is_available(self._host) else 0.0
        allowed = now + timedelta(seconds=max(self._gate.settings.delay, own))
        if isinstance(answer, Refused) and answer.retry_at is not None:
            allowed = max(allowed, answer.retry_at)
        self._host = replace(self._host, next_allowed_at=allowed)
        await self._gate.remember(self._host)
