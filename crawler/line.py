"""The queue of one host: one request at a time, a pause after every answer, and the host's rules before its pages."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from crawler.answers import LONGEST_WAIT, Redirect
from crawler.credentials import kept
from crawler.robots import Rules, is_available, is_known, learnt
from crawler.settings import CrawlSettings
from news.article import Fault
from news.fetch import Answer, Credentials, Host, Refused, Sink

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=5)
"""A host that may not be asked for longer than this is left for another time."""

REST = timedelta(minutes=15)
"""How long a host is left alone that asks for fewer requests and does not say when (429, RFC 6585, 4), or that does not
answer any more."""
MOST_SILENCES = 4
"""After so many time-outs in a row the rest of a host's queue does not wait for them, one after the other."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request: `then` takes the answer, `dropped` hears that it was not made.

    `hops` counts the redirects on its way so far and `permanent` says whether all of them were. `robots_of` is the host
    whose robots.txt it is for, None for feeds and pages. `credentials` are added where the request is made. Conditional
    headers go to `validators_from` only.
    """

    url: str
    headers: tuple[tuple[str, str], ...]
    then: Callable[[Answer], Awaitable[None]]
    dropped: Callable[[], Awaitable[None]]
    hops: int = 0
    permanent: bool = True
    robots_of: str | None = None
    credentials: Credentials | None = None
    validators_from: str | None = None


class Ways(Protocol):
    """What a line needs of the gate that it belongs to."""

    sink: Sink
    settings: CrawlSettings
    closing: asyncio.Event

    def ask(self, ask: Ask) -> None:
        """Queue a request."""
        ...

    def follow(self, ask: Ask) -> None:
        """Queue what a redirect makes of a request."""
        ...

    async def request(self, ask: Ask) -> Answer | Redirect | None:
        """Make a request; None when the gate closed first."""
        ...

    def finish(self, ask: Ask, answer: Answer) -> None:
        """Hand an answer over."""
        ...

    def drop(self, ask: Ask) -> None:
        """Let a request go."""
        ...


class Line:
    """The queue of one host and the work on it."""

    def __init__(self, name: str, gate: Ways) -> None:
        """Begin with nothing queued and nothing known."""
        self._gate = gate
        self._host = Host(name)
        self._rules: Rules | None = None
        self._asking_rules = False
        self._not_before: datetime | None = None  # when robots.txt may be asked for again, where its host said so
        self._answered_at: datetime | None = None
        self._silences = 0
        self._first: deque[Ask] = deque()  # robots.txt, of this host or of one that redirects here
        self._queue: deque[Ask] = deque()
        self._news = asyncio.Event()

    def put(self, ask: Ask) -> None:
        """Queue a request; those for robots.txt come first."""
        (self._queue if ask.robots_of is None else self._first).append(ask)
        self._news.set()

    def clear(self) -> None:
        """Drop what is queued."""
        for ask in (*self._first, *self._queue):
            self._gate.drop(ask)
        self._first.clear()
        self._queue.clear()
        self._news.set()

    async def work(self) -> None:
        """Work the queue off, one request at a time, until nothing is left to do; raises what the sink raises."""
        self._host = _believed(await self._gate.sink.host(self._host.name), self._gate.settings.clock())
        while (ask := await self._next()) is not None:
            before = self._host
            try:
                served = await self._serve(ask)
            except BaseException:
                self._gate.drop(ask)
                raise
            if not served:
                self._gate.drop(ask)
                self.clear()
            elif self._host is not before:
                await self._gate.sink.remember(self._host)

    async def _next(self) -> Ask | None:
        """Wait for the next request, None when nothing is left; before the first page of a host come its rules."""
        while True:
            if self._first:
                return self._first.popleft()
            if self._queue and is_known(self._host, self._gate.settings.clock()):
                return self._queue.popleft()
            if not self._queue and not self._asking_rules:
                return None
            self._news.clear()
            if not self._asking_rules:
                self._asking_rules = True
                self._gate.ask(self._robots_ask(self._queue[0].url))
            await self._news.wait()

    async def _pause(self) -> bool:
        """Wait until the host may be asked again; False when that is too far off, or the gate closes first."""
        until = self._host.next_allowed_at
        wait = until - self._gate.settings.clock() if until is not None else timedelta()
        if wait > PATIENCE:
            log.info("%s wants to be left alone until %s", self._host.name, until)
            return False
        if wait > timedelta():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._gate.closing.wait(), wait.total_seconds())
        return not self._gate.closing.is_set()

    async def _serve(self, ask: Ask) -> bool:
        """Make a request and hand its answer over; False when it was not made."""
        refused = None if ask.robots_of else self._refusal(ask.url)
        if refused is not None:
            self._gate.finish(ask, refused)
            return True
        answer = await self._gate.request(ask) if await self._pause() else None
        if answer is None:
            return False
        self._rest(answer)
        if not isinstance(answer, Redirect):
            self._gate.finish(ask, answer)
        elif ask.hops >= self._gate.settings.max_redirects:
            fault = Fault("redirect loop", f"more than {ask.hops} redirects, at {answer.to}")
            self._gate.finish(ask, Refused(fault))
        else:
            self._gate.follow(_redirected(ask, answer))
        return True

    def _robots_ask(self, url: str) -> Ask:
        parts = urlsplit(url.strip())
        robots = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"

        async def forgotten() -> None:
            self._asking_rules = False
            self.clear()  # nothing may be fetched without rules, and they are not to be had now

        return Ask(robots, (("Accept", "text/plain"),), self._learn, forgotten, robots_of=self._host.name)

    async def _learn(self, answer: Answer) -> None:
        """Take the answer to robots.txt, remember it, and let the queue go on."""
        self._not_before = answer.retry_at if isinstance(answer, Refused) else None
        self._host = learnt(self._host, answer, self._gate.settings.clock())
        self._rules = None
        self._asking_rules = False
        if self._answered_at is not None:
            self._keep_away(self._answered_at)  # the delay that was just read holds from robots.txt on
        self._news.set()
        await self._gate.sink.remember(self._host)

    def _refusal(self, url: str) -> Refused | None:
        """Return why the rules do not let an address be fetched."""
        refusal = self._current_rules().refusal(url)
        return replace(refusal, retry_at=self._not_before) if refusal and not is_available(self._host) else refusal

    def _current_rules(self) -> Rules:
        if self._rules is None:
            self._rules = Rules(self._host, self._gate.settings.user_agent)
        return self._rules

    def _rest(self, answer: Answer | Redirect) -> None:
        """Note when the host may be asked again: after its own delay or ours, or when it says so itself."""
        self._answered_at = now = self._gate.settings.clock()
        self._keep_away(now)
        name = answer.fault.name if isinstance(answer, Refused) else ""
        self._silences = self._silences + 1 if name == "timeout" else 0
        until = answer.retry_at if isinstance(answer, Refused) else None
        if until is None and (name == "http 429" or self._silences >= MOST_SILENCES):
            until = now + REST
        if until is not None:
            self._host = replace(self._host, next_allowed_at=max(self._host.next_allowed_at or now, until))

    def _keep_away(self, since: datetime) -> None:
        """Do not ask again before the delay that began at `since` is over."""
        allowed = since + timedelta(seconds=max(self._gate.settings.delay, self._current_rules().delay))
        self._host = replace(self._host, next_allowed_at=max(self._host.next_allowed_at or allowed, allowed))


def _believed(host: Host, now: datetime) -> Host:
    """Return a host without a moment that nobody can have asked for: the clock was ahead when it was noted."""
    at = host.next_allowed_at
    return host if at is None or at <= now + LONGEST_WAIT else replace(host, next_allowed_at=None)


def _redirected(ask: Ask, answer: Redirect) -> Ask:
    """Return the request that a redirect makes of another."""
    return replace(
        ask,
        url=answer.to,
        hops=ask.hops + 1,
        permanent=ask.permanent and answer.permanent,
        credentials=kept(ask.url, answer.to, ask.credentials),
    )
