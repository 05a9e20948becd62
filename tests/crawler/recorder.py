"""The tests' side of a crawl: a sink that keeps what it is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from crawler.crawl import CrawlStats
from news.fetch import Answer, Body, FeedTarget, Host, PageTarget, Refused, Target


class Recorder:
    """A sink. `pages` names the pages that a feed's answer leads to, `broken` what makes it raise."""

    def __init__(self, pages: Mapping[str, Sequence[str]] | None = None, broken: Sequence[str] = ()) -> None:
        """Begin with nothing known."""
        self.answers: dict[str, Answer] = {}
        self.dropped: list[str] = []
        self.hosts: dict[str, Host] = {}
        self.stats = CrawlStats(0, 0)
        self._pages = pages or {}
        self._broken = broken

    def body(self, url: str) -> Body:
        """Return the answer to an address, which is a body."""
        answer = self.answers[url]
        assert isinstance(answer, Body), answer
        return answer

    def fault(self, url: str) -> str:
        """Return the name of the fault that an address answered with."""
        answer = self.answers[url]
        assert isinstance(answer, Refused), answer
        return answer.fault.name

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[PageTarget]:
        """Take a feed's answer."""
        del at
        self._take(target.url, answer)
        return [PageTarget(number, url) for number, url in enumerate(self._pages.get(target.url, ()))]

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """Take a page's answer."""
        del at
        self._take(target.url, answer)

    def _take(self, url: str, answer: Answer) -> None:
        if url in self._broken:
            raise LookupError(url)
        self.answers[url] = answer

    async def left(self, target: Target) -> None:
        """Take a target that was let go."""
        self.dropped.append(target.url)

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host."""
        if name in self._broken:
            raise LookupError(name)
        return self.hosts.get(name, Host(name))

    async def remember(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        if f"remember {host.name}" in self._broken:
            raise LookupError(host.name)
        self.hosts[host.name] = host
