"""Find what a site has to be watched: from its address to its feeds, its sitemap, or its page of news.

Fewer than twenty requests, one after the other, with the manners of a crawl; it ends with the first kind that is found.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from crawler import discovery, reactor
from crawler.crawl import crawl
from crawler.settings import CrawlSettings
from crawler.sitemaps import SitemapIndex, followed
from jobs import tasks
from jobs.workers import Workers, workers
from news.article import Fault, ParsedFeed, Source
from news.errors import TaskFailedError
from news.fetch import Answer, Body, FeedTarget, Gone, Refused, Target
from pactwatch.probing import Asking, Found, Hosts, found_of, robots_words, unprepared
from storage import Store

MOST_SITEMAPS = 3
_GONE = frozenset({"http 404", "http 410"})
_FORMS = ("feed", "sitemap", "listing")


@dataclass(frozen=True, slots=True)
class _Lead:
    """An address to look at; `of` is the index that led to it."""

    url: str
    of: str = ""


class _Sink(Asking):
    """Follows leads one by one."""

    def __init__(self, source: Source, hosts: Hosts, pool: Workers, user_agent: str) -> None:
        super().__init__(hosts)
        self.found: list[Found] = []
        self.fault = Fault("not asked", "the crawl ended before it was asked")
        self._source = source
        self._pool = pool
        self._user_agent = user_agent
        self._listing: Found | None = None
        self._named: tuple[str, ...] = ()
        self._leads: deque[_Lead] = deque()
        self._lead = _Lead(source.url)
        self._front = source.url
        self._stages = self._all_stages()
        self._seen = {source.url}

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:  # noqa: ARG002  # the Sink's signature
        """Look at an answer and go on to the next lead."""
        if isinstance(answer, Body):
            await self._look(answer)
        elif target.url == self._front and not self._retreats(_fault(answer)):
            return ()  # a site that does not answer is asked for nothing else
        return self._next()

    def _retreats(self, fault: Fault) -> bool:
        """Go back from a page that is gone to the site's front page; return whether there was a way back."""
        root = urljoin(self._front, "/")
        if self._front == self._source.url:
            self.fault = fault
        if fault.name not in _GONE or self._front.rstrip("/") == root.rstrip("/"):
            return False
        self._front = root
        self._seen.add(root)
        self._leads.append(_Lead(root))
        return True

    async def left(self, target: Target) -> None:  # noqa: ARG002  # the Sink's signature
        """Note that the host wants to be left alone for now."""
        if not self.found:
            self.fault = Fault("not asked", "the host wants to be left alone for now (Retry-After)")

    def ended(self) -> tuple[Found, ...]:
        """Return what was found, the best first; where there is nothing, the fault alone."""
        found = self.found or ([self._listing] if self._listing else [])
        return tuple(sorted(found, key=_rank)) or (Found(self._source, fault=self.fault),)

    def _next(self) -> Sequence[Target]:
        while not self._leads:
            stage = next(self._stages, None)
            if stage is None or self.found:
                return ()
            self._leads.extend(_Lead(url) for url in stage if url not in self._seen)
            self._seen.update(stage)
        self._lead = self._leads.popleft()
        return [FeedTarget(self._source.key, self._lead.url)]

    def _all_stages(self) -> Iterator[Sequence[str]]:
        """Give where to look, the likeliest first; each is looked at only where those before held nothing."""
        url = self._front
        yield self._named
        for address in discovery.well_known(url):
            yield (address,)
        if self._listing is not None and urlsplit(url).path.strip("/"):
            return  # the list of a section says better what is meant than a map of the whole site
        host = self.hosts.of(url)
        sitemaps = discovery.sitemaps_in(host.robots or b"" if host else b"", url)
        for address in (sitemaps or tuple(urljoin(url, f"/{name}") for name in discovery.SITEMAPS))[:MOST_SITEMAPS]:
            yield (address,)

    async def _look(self, answer: Body) -> None:
        """See what an address answered."""
        try:
            examined = await self._pool.call(
                tasks.SECONDS, tasks.examine, answer.content, answer.final_url, answer.content_type
            )
        except TaskFailedError as error:
            examined = discovery.Examined(fault=Fault(error.fault, str(error)))
        lead, held = self._lead, examined.found
        if lead.url == self._front:
            self._named = examined.feeds
            if lead.url == self._source.url:
                self.fault = examined.fault or self.fault
        if isinstance(held, SitemapIndex):
            if not lead.of:
                self._leads.extendleft(_Lead(part.url, lead.url) for part in followed(held, None)[:1])
        elif held is not None and held.form == "listing":
            if lead.url == self._front:
                self._listing = self._found(lead.url, answer, held)
        elif held is not None and not self._is_known(held):
            self.found.append(self._found(lead.of or lead.url, answer, held))

    def _found(self, url: str, answer: Body, held: ParsedFeed) -> Found:
        moved = answer.moved_to if not self._lead.of else None
        source = replace(self._source, url=moved or url)
        return found_of(source, answer, held, robots_words(self.hosts.of(url), self._user_agent))

    def _is_known(self, held: ParsedFeed) -> bool:
        """Return whether another address holds the same, or there is nothing in it at all."""
        titles = discovery.headlines(held)
        return not held.entries or any(each.headlines == titles for each in self.found)


def find(source: Source, settings: CrawlSettings, store: Store | None) -> tuple[Found, ...]:
    """Return what an address, or the site that it belongs to, has to be watched, the best first.

    Where there is nothing, the one that is returned has a fault. A process can do this once.
    """
    found: list[Found] = []

    async def main() -> int:
        with workers(1, unprepared) as pool:
            sink = _Sink(source, Hosts(store), pool, settings.user_agent)
            await crawl(_each([FeedTarget(source.key, source.url)]), sink, settings)
            found.extend(sink.ended())
        return 0

    reactor.run(main)
    return tuple(found)


async def _each(targets: Iterable[Target]) -> AsyncIterator[Target]:
    for target in targets:
        yield target


def _rank(found: Found) -> tuple[int, bool]:
    """Return what comes first: a feed, and of several that of the news and not of what readers say of them."""
    return _FORMS.index(found.form or "listing"), discovery.is_of_comments(found.source.url, found.title)


def _fault(answer: Answer) -> Fault:
    if isinstance(answer, Refused):
        return answer.fault
    return (
        Fault("http 410", "it is gone for good") if isinstance(answer, Gone) else Fault("http 304", "it is no answer")
    )
