"""Sitemaps to entries: sitemap.xml, the news sitemaps of search engines, and the index of several; packed or not. Pure.

sitemaps.org/protocol.html names the elements, and so does the news extension (sitemap-news/0.9) for an article's title
and date. A sitemap lists a whole site: what is new in it is what its dates or the ledger do not know yet. Of an index
only the few sitemaps are read in which news can stand.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from crawler.dates import from_iso, from_mail_form
from crawler.feeds import MAX_ENTRIES, refuse_pages
from crawler.markup import local_name, text_in, xml_of
from crawler.text import LONGEST_TITLE, name, plain, short, storable, web_link
from crawler.unpacking import TooLargeError, UnpackingError, unpack
from news.address import host
from news.article import Entry, Gap, ParsedFeed
from news.errors import AddressError, FeedParseError

MAX_BYTES = 50 * 1024 * 1024
"""Unpacked; the protocol allows no more."""
MOST_PARTS = 3
"""So many sitemaps of an index are read with a poll."""
OVERLAP = timedelta(days=2)
"""Dates in an index may be those of another zone, or of a day before what it leads to was written."""
MOST_MISSED = 100
_PACKED = b"\x1f\x8b"
_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]", re.IGNORECASE)
_NEWS = re.compile(r"news|press|release|post|article|story|stories|blog|media", re.IGNORECASE)
_NO_NEWS = re.compile(
    r"image|video|categor|tag|author|user|product|page[-_s.]|taxonom|archive|event|attachment|static", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_SAME_DATES = 5
"""Where so many pages all bear the same date, it is that of the sitemap and not of any of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """A sitemap that an index names, and when it was changed, where the index says so."""

    url: str
    changed: datetime | None = None
    timed: bool = False
    """Whether that is said to the second: a bare day does not tell whether anything came since the last poll."""


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """What an index of sitemaps holds."""

    parts: tuple[Part, ...]


def is_sitemap(content: bytes) -> bool:
    """Return whether bytes look like a sitemap or an index, packed ones by what the first of them unpack to."""
    return bool(_ROOT.search(_head(content)))


def parse(content: bytes, url: str) -> ParsedFeed | SitemapIndex:
    """Return what a sitemap's bytes hold; raises FeedParseError and nothing else.

    `url` is where the bytes came from. Entries are the newest first; those without a title have an empty one.
    """
    content = unpacked(content)
    refuse_pages(content)
    root = xml_of(content)
    kind = "" if root is None else local_name(root)
    if kind == "sitemapindex":
        return SitemapIndex(tuple(_parts(root, url)))
    if kind != "urlset":
        raise FeedParseError("not a sitemap", "neither a urlset nor a sitemapindex")
    return _parsed(root, url)


def followed(index: SitemapIndex, since: datetime | None) -> tuple[Part, ...]:
    """Return the few sitemaps of an index in which something can stand that came since the last poll, None at first.

    Those named for news go first, then the latest by their dates, then by the numbers in their names; those of pictures
    or authors never do while others are there. Where all dates are older than the last poll, nothing is followed.
    """
    parts = {part.url: part for part in index.parts}.values()
    fit = [part for part in parts if not _NO_NEWS.search(_file(part.url))] or list(parts)
    if since is not None:
        fit = [part for part in fit if part.changed is None or part.changed >= since - OVERLAP]
    return tuple(sorted(fit, key=_rank, reverse=True)[:MOST_PARTS])


def tells_of_changes(parts: Sequence[Part]) -> bool:
    """Return whether an index that stays as it is says that these sitemaps did so too."""
    return all(part.timed for part in parts)


def missed(entries: Sequence[Entry], gap: Gap | None) -> tuple[Entry, ...]:
    """Return what a gap may have hidden: the newest of the pages that bear a date within it, or a day around it."""
    if gap is None:
        return ()
    day = timedelta(days=1)
    within = (each for each in entries if each.published and gap.since - day <= each.published <= gap.at + day)
    return tuple(islice(within, MOST_MISSED))


def unpacked(content: bytes) -> bytes:
    """Return a sitemap as it was before it was packed (.gz); raises FeedParseError."""
    if not content.startswith(_PACKED):
        return content
    try:
        return unpack(content, ("gzip",), MAX_BYTES)
    except UnpackingError as error:
        raise FeedParseError("broken sitemap", f"its packed bytes cannot be read: {error}") from error
    except TooLargeError as error:
        raise FeedParseError("too large", "unpacked it is larger than any sitemap may be") from error


def _head(content: bytes) -> bytes:
    if not content.startswith(_PACKED):
        return content[:4000]
    try:
        return zlib.decompressobj(31).decompress(content[:20_000], 4000)
    except zlib.error:
        return b""


def _fields(element: Any) -> dict[str, str]:  # noqa: ANN401  # lxml has no types
    """Return the texts below an element by their names, the first of each."""
    found: dict[str, str] = {}
    for below in element.iter():
        key = local_name(below)
        text = text_in(below) if key else ""
        if text:
            parent = local_name(below.getparent()) if below is not element else ""
            found.setdefault(f"{parent}.{key}" if parent in {"image", "video"} else key, text)
    return found


def _parts(root: Any, url: str) -> Iterator[Part]:  # noqa: ANN401  # lxml has no types
    for element in root:
        said = _fields(element)
        address = web_link(said.get("loc", ""), url)
        if local_name(element) == "sitemap" and _has_host(address):
            changed = said.get("lastmod", "")
            yield Part(address, from_iso(changed), timed="T" in changed)


def _has_host(address: str) -> bool:
    """Return whether an address leads anywhere."""
    try:
        return bool(host(address))
    except AddressError:
        return False


def _parsed(root: Any, url: str) -> ParsedFeed:  # noqa: ANN401  # lxml has no types
    pages = [_fields(element) for element in root if local_name(element) == "url"]
    changes = {said["lastmod"] for said in pages if "lastmod" in said}
    trusted = len(changes) > 1 or len(pages) < _SAME_DATES
    entries = [entry for said in pages if (entry := _entry(said, url, trusted=trusted)) is not None]
    # Sitemaps grow at their end; where nothing is dated, what was written last is taken for the newest.
    entries.reverse()
    entries.sort(key=lambda entry: entry.published or datetime.min.replace(tzinfo=UTC), reverse=True)
    news = next((said for said in pages if "publication_date" in said), {})
    return ParsedFeed(
        title=short(plain(news.get("name", "")), LONGEST_TITLE),
        language=plain(news.get("language", "")).lower(),
        entries=tuple(entries[:MAX_ENTRIES]),
        form="sitemap",
    )


def _entry(said: dict[str, str], url: str, *, trusted: bool) -> Entry | None:
    """Return one page as an entry; when it was changed counts for when it was published where nothing else is said."""
    link = web_link(said.get("loc", ""), url)
    if not link:
        return None
    dates = [said.get("publication_date", ""), said.get("lastmod", "") if trusted else ""]
    published = next(filter(None, (from_iso(text) or from_mail_form(text) for text in dates)), None)
    title = said.get("title", "") if "publication_date" in said else ""
    return Entry(name(link), storable(link), short(plain(title), LONGEST_TITLE), published=published)


def _file(url: str) -> str:
    return url.partition("://")[2].partition("/")[2]


def _rank(part: Part) -> tuple[bool, bool, datetime, tuple[int, ...]]:
    """Return what is preferred: named for news, dated, the latest, the one with the greatest numbers."""
    file = _file(part.url)
    changed = part.changed or datetime.min.replace(tzinfo=UTC)
    numbers = tuple(int(digits[:12]) for digits in _DIGITS.findall(file))
    return bool(_NEWS.search(file)), part.changed is not None, changed, numbers
