"""What is asked of the crawler and what it brings back; the `Sink` is how the two sides speak."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from news.article import Fault, SourceForm


@dataclass(frozen=True, slots=True)
class Credentials:
    """What opens a source: headers and query parameters, as name and value.

    They are sent to the source's own host and to no other, and are part of no address and of nothing that is shown.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Access:
    """How a source is read: as what, by which of a page's links (a CSS selector), and with what it is opened.

    Where `form` is None, it is a feed or a sitemap, whichever its address answers; a listing page has to be named.
    `sitemap` is looked through for what a gap in the feed hid. The credentials are meant for the host of `origin`, the
    address in the configuration, wherever the source has moved since.
    """

    form: SourceForm | None = None
    links: str = ""
    sitemap: str = ""
    credentials: Credentials | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FeedTarget:
    """A feed to poll, with the validators of the body we hold and what opens it.

    `validators_from` is the address that gave the validators, None for `url`: they are sent to that one only, which a
    feed behind a redirect reaches after it. A `part` is not the source's own address, but a sitemap that it led to.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    credentials: Credentials | None = None
    validators_from: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class PageTarget:
    """The page of a ledger entry; where it is asked for again, with the validators of the one that we hold.

    They are sent to `validators_from` only, as those of a feed are.
    """

    entry: int
    url: str
    etag: str | None = None
    last_modified: str | None = None
    validators_from: str | None = None


Target = FeedTarget | PageTarget


@dataclass(frozen=True, slots=True)
class Body:
    """A 200: the bytes, decompressed, and what the answer says about itself.

    `moved_to` is set when the way there was 301 or 308 throughout. `max_age` is the lifetime by Cache-Control or
    Expires (RFC 9111).
    """

    content: bytes
    final_url: str
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    max_age: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """A 304: the body that we hold is still the one. `moved_to` as in `Body`."""

    max_age: timedelta | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Gone:
    """A 410: the publisher says that it will not come back."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Anything else: a named fault, and the moment before which we were told not to come again."""

    fault: Fault
    retry_at: datetime | None = None


Answer = Body | NotModified | Gone | Refused


@dataclass(frozen=True, slots=True)
class Host:
    """What we remember of a host between runs: when it may be asked again, and its robots.txt.

    `robots` is None when it was not fetched yet; `robots_status` 0 stands for no answer at all, and `robots` then holds
    the name of that fault and, on a second line, its words.
    """

    name: str
    next_allowed_at: datetime | None = None
    robots: bytes | None = None
    robots_status: int = 0
    robots_at: datetime | None = None


class Sink(Protocol):
    """The other side of a crawl. It is awaited on the event loop; nothing in it may block for long."""

    async def polled(self, target: FeedTarget, answer: Answer, at: datetime) -> Sequence[Target]:
        """Take a feed's answer; return the pages to fetch, and the sitemaps that it leads to."""
        ...

    async def fetched(self, target: PageTarget, answer: Answer, at: datetime) -> None:
        """Take a page's answer."""
        ...

    async def left(self, target: Target) -> None:
        """Hear that a target was not asked for after all: the crawl ended first, or its host wants to be left alone."""
        ...

    async def host(self, name: str) -> Host:
        """Return what is remembered of a host (a fresh `Host` when nothing is)."""
        ...

    async def remember(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        ...
