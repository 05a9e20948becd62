"""Crawls run on the real reactor, and a process can start that only once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from ipaddress import ip_network
from typing import Any, TypeVar

import pytest

from crawler.crawl import CrawlStats, crawl
from crawler.reactor import run
from crawler.settings import CrawlSettings
from news.fetch import Sink, Target
from tests.crawler.recorder import Recorder
from tests.servers.http import DEADLINE, Site, web

T = TypeVar("T")
SETTINGS = CrawlSettings("ada@reader.example", delay=0.05, timeout=5.0, allow=(ip_network("127.1.0.0/16"),))
"""Only the addresses of tests/servers/http.py are open, and the delay is one that tests can wait for."""


class Reactor:
    """The running reactor of a test process."""

    def __init__(self) -> None:
        """Start it in a thread of its own, by crawler.reactor as `pactwatch run` does."""
        self._begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
        self._thread = threading.Thread(target=run, args=(self._main,))
        self._thread.start()
        self.loop, self._over = self._begun.result(DEADLINE)

    async def _main(self) -> int:
        over = asyncio.Event()
        self._begun.set_result((asyncio.get_running_loop(), over))
        await over.wait()
        return 0

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Start a coroutine on the reactor's loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self) -> None:
        """Stop it for good."""
        self.loop.call_soon_threadsafe(self._over.set)
        self._thread.join(DEADLINE)


@pytest.fixture(scope="session")
def reactor() -> Iterator[Reactor]:
    """One reactor for all tests of a process: they submit coroutines to it, and each crawl is one of Scrapy's own."""
    running = Reactor()
    yield running
    running.stop()


class Crawling:
    """Runs crawls with a Recorder as their sink."""

    def __init__(self, reactor: Reactor) -> None:
        """Use a reactor."""
        self._reactor = reactor
        self._stops: list[asyncio.Event] = []

    def begin(
        self,
        targets: Iterable[Target] | AsyncIterator[Target],
        sink: Sink,
        **settings: Any,  # noqa: ANN401  # what CrawlSettings takes
    ) -> Future[CrawlStats]:
        """Start a crawl with some settings of its own."""
        stop = asyncio.Event()
        self._stops.append(stop)
        stream = targets if isinstance(targets, AsyncIterator) else _each(targets)
        return self._reactor.begin(crawl(stream, sink, replace(SETTINGS, **settings), stop))

    def stop(self) -> None:
        """Tell the last crawl to stop."""
        self._reactor.loop.call_soon_threadsafe(self._stops[-1].set)

    def __call__(self, *targets: Target, sink: Recorder | None = None, **settings: Any) -> Recorder:  # noqa: ANN401  # likewise
        """Crawl to the end and return what came."""
        sink = sink or Recorder()
        sink.stats = self.begin(targets, sink, **settings).result(DEADLINE)
        return sink


async def _each(targets: Iterable[Target]) -> AsyncIterator[Target]:
    for target in targets:
        yield target


@pytest.fixture
def crawling(reactor: Reactor) -> Crawling:
    return Crawling(reactor)


@pytest.fixture(scope="module")
def module_crawling(reactor: Reactor) -> Crawling:
    """Crawl once for all tests of a module."""
    return Crawling(reactor)


@pytest.fixture
def site() -> Iterator[Site]:
    with web() as running:
        yield running


@pytest.fixture
def other() -> Iterator[Site]:
    with web() as running:
        yield running
