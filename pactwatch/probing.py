"""Ask feeds once, outside the pipeline but with all its manners: for `sources add`, `sources check`, `doctor`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from crawler import reactor
from crawler.crawl import crawl
from crawler.settings import CrawlSettings
from jobs import tasks
from jobs.workers import Workers, workers
from lexicon import load
from news.article import Fault, Source
from news.errors import FeedParseError, TaskFailedError
from news.fetch import Answer, Body, FeedTarget, Gone, Host, PageTarget, Refused, Target
from pactwatch.console import count
from storage import Store


@dataclass(frozen=True, slots=True)
class Found:
    """What a source answered: a feed, or a fault."""

    source: Source
    title: str = ""
    language: str = ""
    entries: int = 0
    newest: datetime | None = None
    fault: Fault | None = None

    @property
    def words(self) -> str:
        """The answer as a person is told it."""
        if self.fault is not None:
            return f"{self.fault.name}: {self.fault.message}"
        dated = f", the newest of {self.newest:%Y-%m-%d}" if self.newest else ""
        return f"a feed of {count(self.entries, 'entry', 'entries')}{dated}"


@dataclass(slots=True)
class _Hosts:
    """What is remembered of hosts: in the database where there is one, so that its delays hold here too."""

    store: Store | None
    seen: dict[str, Host] = field(default_factory=dict)

    def recall(self, name: str) -> Host:
        if name not in self.seen:
            self.seen[name] = self.store.host(name) if self.store else Host(name)
        return self.seen[name]

    def keep(self, host: Host) -> None:
        self.seen[host.name] = host
        if self.store:
            self.store.remember_host(host)


class _Sink:
    """Takes answers and says what they hold; asks for no pages."""

    def __init__(self, sources: Sequence[Source], hosts: _Hosts, pool: Workers) -> None:
        self.found: dict[str, Found] = {}
        self._sources = {source.key: source for source in sources}
        self._hosts = hosts
        self._pool = pool

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[PageTarget]:  # noqa: ARG002  # the Sink's signature
        source = self._sources[target.source]
        self.found[source.key] = await self._judge(source, answer)
        return ()

    async def _judge(self, source: Source, answer: Answer) -> Found:
        if isinstance(answer, Refused):
            return Found(source, fault=answer.fault)
        if isinstance(answer, Gone):
            return Found(source, fault=Fault("http 410", "the publisher says that this feed is gone for good"))
        if not isinstance(answer, Body):
            return Found(source, fault=Fault("http 304", "it answers as if we had asked before"))
        try:
            feed = await self._pool.call(
                tasks.SECONDS, tasks.parse_feed, answer.content, answer.final_url, answer.content_type
            )
        except (FeedParseError, TaskFailedError) as error:
            return Found(source, fault=Fault(error.fault, str(error)))
        newest = max((e.published for e in feed.entries if e.published), default=None)
        return Found(source, feed.title, feed.language, len(feed.entries), newest)

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """No page is ever asked for."""

    async def left(self, target: Target) -> None:
        """Note that the host wants to be left alone for now."""
        if isinstance(target, FeedTarget):
            fault = Fault("not asked", "the host wants to be left alone for now (Retry-After)")
            self.found[target.source] = Found(self._sources[target.source], fault=fault)

    async def host(self, name: str) -> Host:
        return self._hosts.recall(name)

    async def remember(self, host: Host) -> None:
        self._hosts.keep(host)


def probe(sources: Sequence[Source], settings: CrawlSettings, store: Store | None) -> list[Found]:
    """Ask every source once and return what each answered, in their order. A process can do this once."""
    found: dict[str, Found] = {}

    async def main() -> int:
        with workers(1, partial(tasks.prepare, load)) as pool:
            sink = _Sink(sources, _Hosts(store), pool)
            await crawl(_targets(sources), sink, settings)
            found.update(sink.found)
        return 0

    reactor.run(main)
    unanswered = Fault("not asked", "the crawl ended before it was asked")
    return [found.get(source.key, Found(source, fault=unanswered)) for source in sources]


async def _targets(sources: Sequence[Source]) -> AsyncIterator[Target]:
    for source in sources:
        yield FeedTarget(source.key, source.url)
