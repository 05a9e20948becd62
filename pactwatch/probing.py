"""Ask sources once, outside the pipeline but with all its manners: for `sources check`, `doctor`, `sources add`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from crawler import reactor
from crawler.crawl import crawl
from crawler.discovery import headlines
from crawler.robots import Rules, is_available
from crawler.settings import CrawlSettings
from jobs.gathering import Gathering, Taken
from jobs.workers import Workers, workers
from news.address import host as host_of
from news.article import Fault, Feed, ParsedFeed, Source, SourceForm
from news.errors import AddressError
from news.fetch import Access, Answer, Body, FeedTarget, Gone, Host, PageTarget, Refused, Target
from pactwatch.console import count
from storage import Store

_KINDS: Mapping[SourceForm, str] = {"feed": "a feed", "sitemap": "a sitemap", "listing": "a listing page"}


@dataclass(frozen=True, slots=True)
class Found:
    """What a source answered: what it is and holds, or a fault.

    `asks` is the least time between two polls that it asks for, `validators` are the headers by which it can say that
    nothing has changed, `robots` says what its host's robots.txt does. `moved_to` is set where it moved for good.
    """

    source: Source
    title: str = ""
    language: str = ""
    entries: int = 0
    newest: datetime | None = None
    fault: Fault | None = None
    form: SourceForm | None = None
    headlines: tuple[str, ...] = ()
    asks: timedelta | None = None
    validators: tuple[str, ...] = ()
    robots: str = ""
    moved_to: str | None = None

    @property
    def words(self) -> str:
        """The answer as a person is told it."""
        if self.fault is not None or self.form is None:
            return str(self.fault) if self.fault else "nothing"
        dated = f", the newest of {self.newest:%Y-%m-%d}" if self.newest else ""
        return f"{_KINDS[self.form]} of {count(self.entries, 'entry', 'entries')}{dated}"


@dataclass(slots=True)
class Hosts:
    """What is remembered of hosts: in the database where there is one, so that its delays hold here too."""

    store: Store | None
    seen: dict[str, Host] = field(default_factory=dict)

    def recall(self, name: str) -> Host:
        """Return what is known of a host."""
        if name not in self.seen:
            self.seen[name] = self.store.host(name) if self.store else Host(name)
        return self.seen[name]

    def keep(self, host: Host) -> None:
        """Remember a host."""
        self.seen[host.name] = host
        if self.store:
            self.store.remember_host(host)

    def of(self, url: str) -> Host | None:
        """Return what is known of the host of an address, None where that is none or was not asked."""
        try:
            return self.seen.get(host_of(url))
        except AddressError:
            return None


class Asking:
    """A sink that says what sources hold, asks for no pages, and keeps nothing but what it learns of hosts."""

    def __init__(self, hosts: Hosts) -> None:
        """Remember hosts there."""
        self.hosts = hosts

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """No page is ever asked for."""

    async def host(self, name: str) -> Host:
        """Return what is known of a host."""
        return self.hosts.recall(name)

    async def remember(self, host: Host) -> None:
        """Remember a host."""
        self.hosts.keep(host)


class _Sink(Asking):
    """Takes the answers of configured sources."""

    def __init__(
        self, sources: Sequence[Source], hosts: Hosts, pool: Workers, access: Mapping[str, Access], user_agent: str
    ) -> None:
        super().__init__(hosts)
        self.found: dict[str, Found] = {}
        self.gathering = Gathering(pool, access)
        self._sources = {source.key: source for source in sources}
        self._user_agent = user_agent

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:  # noqa: ARG002  # the Sink's signature
        source = self._sources[target.source]
        taken = await self.gathering.take(_feed(source), target, answer)
        if not isinstance(taken, Taken):
            return taken
        said = robots_words(self.hosts.of(source.url), self._user_agent)
        self.found[source.key] = found_of(source, taken.answer, taken.parsed, said)
        return ()

    async def left(self, target: Target) -> None:
        """Note that the host wants to be left alone for now."""
        if isinstance(target, FeedTarget):
            self.gathering.leave(target.source)
            fault = Fault("not asked", "the host wants to be left alone for now (Retry-After)")
            self.found[target.source] = Found(self._sources[target.source], fault=fault)


def unprepared() -> None:
    """Prepare a worker process for what needs no knowledge: to parse."""


def found_of(source: Source, answer: Answer, parsed: ParsedFeed | None, robots: str) -> Found:
    """Return what an answer and what was read in it say of a source."""
    if isinstance(answer, Refused):
        return Found(source, fault=answer.fault, robots=robots)
    if isinstance(answer, Gone):
        gone = Fault("http 410", "the publisher says that this feed is gone for good")
        return Found(source, fault=gone, robots=robots)
    if not isinstance(answer, Body):
        return Found(source, fault=Fault("http 304", "it answers as if we had asked before"), robots=robots)
    parsed = parsed or ParsedFeed("", "", (), form="sitemap")
    given = {"ETag": answer.etag, "Last-Modified": answer.last_modified}
    return Found(
        source,
        parsed.title,
        parsed.language,
        len(parsed.entries),
        max((e.published for e in parsed.entries if e.published), default=None),
        form=parsed.form,
        headlines=headlines(parsed),
        asks=max(filter(None, (parsed.ttl, answer.max_age)), default=None),
        validators=tuple(name for name, value in given.items() if value),
        robots=robots,
        moved_to=answer.moved_to,
    )


def robots_words(host: Host | None, user_agent: str) -> str:
    """Return what a host's robots.txt says to us, in a word or two."""
    if host is None or host.robots_at is None:
        return ""
    if not is_available(host):
        return "no answer"
    delay = Rules(host, user_agent).delay
    return f"{delay:g} s apart" if delay else ("none" if host.robots_status >= 400 else "allows it")


def probe(
    sources: Sequence[Source], access: Mapping[str, Access], settings: CrawlSettings, store: Store | None
) -> list[Found]:
    """Ask every source once and return what each answered, in their order. A process can do this once."""
    found: dict[str, Found] = {}

    async def main() -> int:
        with workers(1, unprepared) as pool:
            sink = _Sink(sources, Hosts(store), pool, access, settings.user_agent)
            await crawl(_targets(sources, sink.gathering), sink, settings)
            found.update(sink.found)
        return 0

    reactor.run(main)
    unanswered = Fault("not asked", "the crawl ended before it was asked")
    return [found.get(source.key, Found(source, fault=unanswered)) for source in sources]


async def _targets(sources: Sequence[Source], gathering: Gathering) -> AsyncIterator[Target]:
    for source in sources:
        yield gathering.target(_feed(source))


def _feed(source: Source) -> Feed:
    return Feed(source.key, source.url)
