"""One crawl: Scrapy downloads, the gate decides when, the sink takes what comes. No spider sees the store."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Request, Response

from crawler.answers import Redirect, answer_of, fault_of
from crawler.credentials import closed, masked, opened
from crawler.fence import Fence, fenced
from crawler.gate import Gate
from crawler.line import Ask
from crawler.settings import CrawlSettings
from crawler.unpacking import ACCEPTED, unpacked
from news.article import Fault
from news.fetch import Answer, PageTarget, Refused, Sink, Target

log = logging.getLogger(__name__)

GRACE = 5.0
"""Seconds that requests under way are given when a crawl is told to stop."""
_FEED_TYPES = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_CONDITIONAL = frozenset({"If-None-Match", "If-Modified-Since"})
_REFUSED = Fault("address refused", "it leads into a private network that network.allow does not name")
_PAGE_TYPES = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class CrawlStats:
    """Requests made (robots.txt and redirects among them), and targets left for another time."""

    requests: int
    left: int


class Spider(scrapy.Spider):
    """Hands Scrapy's downloader to `work`, and ends with it."""

    name = "pactwatch"

    def __init__(self, work: Callable[[Callable[[Request], Awaitable[Response]]], Awaitable[None]]) -> None:
        """Take the work; it is given a function that downloads."""
        super().__init__()
        self._work = work

    async def start(self) -> AsyncIterator[Any]:
        """Do the work; it makes its requests itself, so none is yielded."""
        engine = self.crawler.engine
        if engine is None:
            raise RuntimeError("Scrapy starts a spider with its engine running")
        await self._work(engine.download_async)
        no_requests: tuple[Request, ...] = ()
        for request in no_requests:
            yield request


class _Crawl:
    """One crawl at work."""

    def __init__(
        self, targets: AsyncIterator[Target], sink: Sink, settings: CrawlSettings, stop: asyncio.Event, fence: Fence
    ) -> None:
        self._targets = targets
        self._sink = sink
        self._settings = settings
        self._stop = stop
        self._fence = fence
        self._gate: Gate | None = None
        self._download: Callable[[Request], Awaitable[Response]] | None = None
        self.failure: BaseException | None = None

    async def work(self, download: Callable[[Request], Awaitable[Response]]) -> None:
        self._download = download
        self._gate = gate = Gate(self._fetch, self._sink, self._settings)
        whole = asyncio.create_task(self._all(gate))
        stopped = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait({whole, stopped}, return_when=asyncio.FIRST_COMPLETED)
            if not whole.done():
                whole.cancel()
                gate.close()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(gate.done(), GRACE)
            elif not whole.cancelled():
                self.failure = whole.exception()
        finally:
            stopped.cancel()
            await gate.abandon()

    async def _all(self, gate: Gate) -> None:
        async for target in self._targets:
            gate.ask(self._ask(target))
        await gate.done()

    def ended(self) -> CrawlStats:
        """Return what was done; raises what a sink raised first, or what broke the crawl itself."""
        gate = self._gate
        error = (gate.error if gate else None) or self.failure
        if error is not None:
            raise error
        return CrawlStats(gate.requests, gate.dropped) if gate else CrawlStats(0, 0)

    def _ask(self, target: Target) -> Ask:
        async def dropped() -> None:
            await self._sink.left(target)

        if isinstance(target, PageTarget):
            page = target

            async def fetched(answer: Answer) -> None:
                await self._sink.fetched(page, answer, self._settings.clock())

            headers = (("Accept", _PAGE_TYPES), *_validators(page))
            return Ask(page.url, headers, fetched, dropped, validators_from=page.validators_from or page.url)
        feed = target

        async def polled(answer: Answer) -> None:
            for page in await self._sink.polled(feed, answer, self._settings.clock()):
                if self._gate is not None:
                    self._gate.ask(self._ask(page))

        headers = (("Accept", _FEED_TYPES), *_validators(target))
        origin = target.validators_from or target.url
        return Ask(target.url, headers, polled, dropped, credentials=target.credentials, validators_from=origin)

    async def _fetch(self, ask: Ask) -> Answer | Redirect:
        """Make one request through Scrapy and name what came of it."""
        # A validator belongs to the address that gave it, which may lie behind a redirect, and means nothing to others.
        known = ask.validators_from is not None and _same(ask.url, ask.validators_from)
        asked = {name: value for name, value in ask.headers if known or name not in _CONDITIONAL}
        try:
            response = await self._response(ask, asked)
        except Exception as error:  # noqa: BLE001  # whatever it does to Scrapy, it costs that address only
            fault = _REFUSED if self._fence.has_refused(ask.url) else masked(fault_of(error), ask.credentials)
            log.info("%s: %s", ask.url, fault.name)
            return Refused(fault)
        answer = answer_of(
            response,
            self._settings.clock(),
            conditional=not _CONDITIONAL.isdisjoint(asked),
            moved_to=ask.url if ask.hops and ask.permanent else None,
        )
        return replace(answer, to=closed(answer.to, ask.credentials)) if isinstance(answer, Redirect) else answer

    async def _response(self, ask: Ask, headers: Mapping[str, str]) -> Response:
        """Return what an address answers, its body unpacked; raises what Scrapy raises."""
        if self._download is None:
            raise RuntimeError("the crawl has not begun")
        request = Request(
            opened(ask.url, ask.credentials),
            headers={
                "User-Agent": self._settings.user_agent,
                "Accept-Encoding": ACCEPTED,
                **headers,
                **dict(ask.credentials.headers if ask.credentials else ()),
            },
            # From connecting to the last byte; Scrapy reads its own setting in a middleware that is not in use here.
            meta={"download_timeout": self._settings.timeout},
            dont_filter=True,
        )
        response = await self._download(request)
        coding = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        body = await unpacked(response.body, coding, self._settings.max_bytes) if response.status == 200 else b""
        # The address as it was asked for: not as Scrapy writes it, and without what opens it.
        return response.replace(url=ask.url, body=body)


def _same(url: str, other: str) -> bool:
    """Return whether two addresses ask for the same, as they go over the wire."""
    return url == other or urldefrag(Request(url).url).url == urldefrag(Request(other).url).url


def _validators(target: Target) -> list[tuple[str, str]]:
    """Return the conditional headers of a target (RFC 9110, 13.1.2 and 13.1.3), verbatim."""
    pairs = (("If-None-Match", target.etag), ("If-Modified-Since", target.last_modified))
    return [(name, value) for name, value in pairs if value]


async def crawl(
    targets: AsyncIterator[Target], sink: Sink, settings: CrawlSettings, stop: asyncio.Event | None = None
) -> CrawlStats:
    """Fetch all targets and what their answers ask for; end when all is done, or soon after `stop` is set.

    `targets` may stay open for as long as the process lives. An answer that the sink cannot take stops no other; the
    first such error is raised at the end.
    """
    fence = Fence(settings)
    work = _Crawl(targets, sink, settings, stop or asyncio.Event(), fence)
    # What Scrapy has to say about an answer is said here, once, as its fault.
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    with fenced(fence):
        await AsyncCrawlerRunner(_scrapy_settings(settings)).crawl(Spider, work=work.work)
    return work.ended()


async def crawl_by(
    download: Callable[[Request], Awaitable[Response]],
    targets: AsyncIterator[Target],
    sink: Sink,
    settings: CrawlSettings,
) -> CrawlStats:
    """Do the same with another way to download, to the end: a rehearsal, which asks nobody (crawler/rehearsal.py)."""
    work = _Crawl(targets, sink, settings, asyncio.Event(), Fence(settings))
    await work.work(download)
    return work.ended()


def _scrapy_settings(settings: CrawlSettings) -> dict[str, Any]:
    """Return Scrapy as a downloader and nothing else: what the gate does is switched off here."""
    return {
        "USER_AGENT": settings.user_agent,
        "CONCURRENT_REQUESTS": settings.at_once,
        "CONCURRENT_REQUESTS_PER_DOMAIN": settings.at_once,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOAD_HANDLERS_BASE": dict.fromkeys(("http", "https"), "crawler.downloads.DownloadHandler"),
        "SPIDER_MIDDLEWARES_BASE": {},
        "EXTENSIONS_BASE": {},
        "TELNETCONSOLE_ENABLED": False,
        "LOG_ENABLED": False,
        "STATS_DUMP": False,
    }
