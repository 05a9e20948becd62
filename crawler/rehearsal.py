"""A month of polling in a minute, and nobody is asked: the crawl as it is, on a clock that runs ahead.

Everything that decides is real: when a feed is due, the queues of hosts, their pauses, robots.txt, redirects,
validators. Only Scrapy's downloader is replaced, by publishers who are played here. They publish a few items on working
days, and each has its bad days: too many requests, a server that is down, no answer, a move. Their log is what counts.
"""

from __future__ import annotations

import asyncio
import json
import random
import selectors
from bisect import bisect_right
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urldefrag, urlsplit

from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Request, Response

from crawler.crawl import crawl_by
from crawler.diary import Diary
from crawler.manners import Asked
from crawler.settings import CrawlSettings
from news.article import Feed
from news.fetch import Host, Target

DAYS = 30
LOOKS = 600.0
"""Seconds between two looks at what is due, where nothing is; no feed becomes due sooner after its poll."""
_INCIDENTS = ("busy", "busy until", "down", "down until", "error", "silence", "detour", "robots down")
_LONGEST_INCIDENT = 18.0  # hours
_ITEMS = 20


class SimulatedLoop(asyncio.SelectorEventLoop):
    """An event loop whose time passes at once: where it would wait for a timer, its clock jumps there."""

    def __init__(self) -> None:
        """Begin at zero."""
        self._passed = 0.0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """Return the seconds that have passed on this loop's clock."""
        return self._passed

    def jump(self, seconds: float) -> None:
        """Let time pass."""
        self._passed += seconds


class _Jumping(selectors.SelectSelector):
    """Waits for nothing: what is simulated comes from nowhere but timers."""

    def __init__(self, loop: SimulatedLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise RuntimeError("a rehearsal waits for something that no timer brings")
        self._loop.jump(timeout)
        return super().select(0)


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that a publisher does for a while."""

    kind: str
    begins: datetime
    ends: datetime


@dataclass(slots=True)
class Publisher:
    """One source as it is played: what it publishes, what it says about it, and what goes wrong there."""

    url: str
    source: str
    has_etag: bool
    has_date: bool
    max_age: int
    moves_at: datetime | None
    gone_at: datetime | None
    published: list[datetime] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)

    def incident(self, at: datetime) -> Incident | None:
        """Return what goes wrong at a moment."""
        return next((each for each in self.incidents if each.begins <= at < each.ends), None)

    def newest(self, at: datetime) -> int:
        """Return how many items had been published by then."""
        return bisect_right(self.published, at)

    def feed(self, count: int) -> bytes:
        """Return the newest items as a JSON Feed."""
        first = max(count - _ITEMS, 0)
        site = urlsplit(self.url)
        items = [
            {
                "id": str(n),
                "url": f"{site.scheme}://{site.netloc}/rehearsed/{n}",
                "title": f"Item {n}",
                "date_published": self.published[n].isoformat(),
            }
            for n in reversed(range(first, count))
        ]
        return json.dumps(
            {"version": "https://jsonfeed.org/version/1.1", "title": "Rehearsed", "items": items}
        ).encode()


def play(feed: Feed, begins: datetime, days: int) -> Publisher:
    """Return the publisher of a feed: with the validators that it was seen to give, else by a throw of dice."""
    dice = random.Random(feed.source)  # noqa: S311  # the same month at every rehearsal
    unknown = feed.last_success_at is None
    publisher = Publisher(
        url=_as_sent(feed.url),
        source=feed.source,
        has_etag=dice.random() < 0.6 if unknown else feed.etag is not None,
        has_date=dice.random() < 0.6 if unknown else feed.last_modified is not None,
        max_age=dice.choice((0, 0, 300, 3600)),
        moves_at=begins + timedelta(days=dice.uniform(0, days)) if dice.random() < 0.2 else None,
        gone_at=begins + timedelta(days=dice.uniform(days / 2, days)) if dice.random() < 0.05 else None,
    )
    a_day = dice.choice((0.2, 1, 3, 12))
    moment = begins - timedelta(days=7)
    while moment < begins + timedelta(days=days):
        moment += timedelta(days=dice.expovariate(a_day))
        if moment.weekday() < 5:
            publisher.published.append(moment)
    for kind in dice.sample(_INCIDENTS, 4):
        start = begins + timedelta(days=dice.uniform(0, days))
        publisher.incidents.append(Incident(kind, start, start + timedelta(hours=dice.uniform(0.2, _LONGEST_INCIDENT))))
    return publisher


class Stage:
    """All publishers, and the log of what they were asked."""

    def __init__(self, publishers: Iterable[Publisher], hosts: Mapping[str, Host], settings: CrawlSettings) -> None:
        """Put them on; `hosts` are what is known of real ones, whose rules are played where they are known."""
        self.log: list[Asked] = []
        self._settings = settings
        self._hosts = hosts
        self._by_url = {publisher.url: publisher for publisher in publishers}
        self._by_url |= {_moved(publisher.url): publisher for publisher in self._by_url.values()}
        self._by_url |= {_elsewhere(publisher.url): publisher for publisher in list(self._by_url.values())}
        self._by_host: dict[str, Publisher] = {}
        for publisher in self._by_url.values():
            self._by_host.setdefault(urlsplit(publisher.url).netloc, publisher)
        self._dice = random.Random(0)  # noqa: S311  # likewise

    async def download(self, request: Request) -> Response:
        """Answer a request as its publisher would, after a while, and note it down."""
        begun, url = self._settings.clock(), urldefrag(request.url).url
        await asyncio.sleep(self._dice.uniform(0.05, 1.5))
        sent = {str(name).lower(): str(value) for name, value in request.headers.to_unicode_dict().items()}
        status, said, body = self._answer(url, sent)
        if not status:
            await asyncio.sleep(self._settings.timeout)
        ended = self._settings.clock()
        is_robots = urlsplit(url).path == "/robots.txt"
        self.log.append(Asked(url, begun, ended, status, sent, said, body if is_robots else b"", self._source(url)))
        if not status:
            raise DownloadTimeoutError(url)
        return Response(url, status=status, headers=said, body=body)

    def _source(self, url: str) -> str:
        return self._by_url[url].source if url in self._by_url else ""

    def _answer(self, url: str, sent: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        now, parts = self._settings.clock(), urlsplit(url)
        publisher = self._by_host[parts.netloc]
        incident = publisher.incident(now)
        if parts.path == "/robots.txt":
            return (503, {}, b"") if incident and incident.kind == "robots down" else self._robots(parts.netloc)
        if incident and incident.kind in _FAILURES:
            status, headers = _FAILURES[incident.kind], {}
            if incident.kind in {"busy", "down"}:
                headers = {"retry-after": str(int((incident.ends - now).total_seconds()) + 1)}
            elif incident.kind != "error":
                headers = {"retry-after": format_datetime(incident.ends + timedelta(seconds=1), usegmt=True)}
            return status, headers if status else {}, b""
        publisher = self._by_url.get(url, publisher)
        return (
            self._feed(publisher, url, sent) if url in self._by_url else (200, {"content-type": "text/html"}, b"page")
        )

    def _feed(self, publisher: Publisher, url: str, sent: Mapping[str, str]) -> tuple[int, dict[str, str], bytes]:
        now = self._settings.clock()
        if publisher.gone_at is not None and now >= publisher.gone_at:
            return 410, {}, b""
        if url == publisher.url and publisher.moves_at is not None and now >= publisher.moves_at:
            return 301, {"location": _moved(url)}, b""
        incident = publisher.incident(now)
        if url != _elsewhere(publisher.url) and incident and incident.kind == "detour":
            return 302, {"location": _elsewhere(publisher.url)}, b""
        count = publisher.newest(now)
        said = {"content-type": "application/feed+json"}
        if publisher.max_age:
            said["cache-control"] = f"max-age={publisher.max_age}"
        if publisher.has_etag:
            said["etag"] = f'"{url.rpartition("/")[2][:20]}-{count}"'
        if publisher.has_date and count:
            said["last-modified"] = format_datetime(publisher.published[count - 1], usegmt=True)
        known = {sent.get("if-none-match"), sent.get("if-modified-since")} - {None}
        if known & {said.get("etag"), said.get("last-modified")}:
            return 304, said, b""
        return 200, said, publisher.feed(count)

    def _robots(self, netloc: str) -> tuple[int, dict[str, str], bytes]:
        """Return the rules that are known of a host; every fifth of the others wants ten seconds between requests."""
        host = self._hosts.get(netloc.lower())
        if host is not None and host.robots is not None and host.robots_status:
            return host.robots_status, {}, host.robots
        wants = random.Random(netloc).random() < 0.2  # noqa: S311  # likewise
        return (200, {}, b"User-agent: *\nCrawl-delay: 10\n") if wants else (404, {}, b"")


_FAILURES = {"busy": 429, "busy until": 429, "down": 503, "down until": 503, "error": 500, "silence": 0}


def _as_sent(url: str) -> str:
    """Return an address as it goes over the wire; one that is none is never asked for."""
    try:
        return urldefrag(Request(url).url).url
    except ValueError:
        return url


def _moved(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}moved=1"


def _elsewhere(url: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}elsewhere=1"


def rehearse(
    feeds: Iterable[Feed], hosts: Mapping[str, Host], settings: CrawlSettings, begins: datetime, days: int = DAYS
) -> list[Asked]:
    """Poll feeds for so many days and return the publishers' log; takes some seconds for a hundred of them."""
    loop = SimulatedLoop()
    on_stage = replace(settings, clock=lambda: begins + timedelta(seconds=loop.time()))
    feeds = list(feeds)
    stage = Stage((play(feed, begins, days) for feed in feeds), hosts, on_stage)
    diary = Diary((Feed(feed.source, feed.url) for feed in feeds), {}, on_stage.clock)
    try:
        loop.run_until_complete(
            crawl_by(stage.download, _due(diary, on_stage, begins + timedelta(days=days)), diary, on_stage)
        )
    finally:
        loop.close()
    return stage.log


async def _due(diary: Diary, settings: CrawlSettings, end: datetime) -> AsyncIterator[Target]:
    """Give what is due, when it is due, until the end."""
    while (now := settings.clock()) < end:
        for target in diary.due(now):
            yield target
        soon = diary.next_due()
        wait = LOOKS if soon is None else min(max((soon - now).total_seconds(), 0.1), LOOKS)
        await asyncio.sleep(wait)
