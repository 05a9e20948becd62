"""Where a site may have its news: what its page and its robots.txt say, and addresses that many sites use. Pure.

A page names its feeds in `<link rel="alternate">` (RSS Advisory Board, "RSS Autodiscovery"; HTML, 4.6.6.1), robots.txt
its sitemaps (sitemaps.org/protocol.html, "Specifying the Sitemap location in your robots.txt file").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler import forms, listings
from crawler.pages import tree_of
from crawler.text import LONGEST_TITLE, plain, short, web_link
from news.address import same_site
from news.article import Fault, ParsedFeed
from news.errors import AddressError, FeedParseError, NotAnArticleError

MOST_NAMED = 6
"""So many feeds that a page names are asked for; some name one for each of their sections."""
WELL_KNOWN = ("feed", "rss", "rss.xml", "atom.xml", "feed.xml")
"""What WordPress, Drupal, Ghost, Hugo, Jekyll and many that are written by hand use."""
SITEMAPS = ("news-sitemap.xml", "sitemap_news.xml", "sitemap.xml")
_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|feed\+json|rdf\+xml)|text/xml", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario", re.IGNORECASE)
_LINKED = re.compile(r"(?:^|[/._-])(?:rss|feeds?|atom)(?:$|[/._-])", re.IGNORECASE)
_NEWS = re.compile(r"news|press|release", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Examined:
    """What an address answers: what it holds, or why it holds nothing; and the feeds that a page names."""

    found: forms.Parsed | None = None
    fault: Fault | None = None
    feeds: tuple[str, ...] = ()


def examine(content: bytes, url: str, content_type: str) -> Examined:
    """Return what bytes are that came from an address of which nothing is known; raises nothing.

    Of a page that is no feed and no sitemap, it is the list of headlines, where it has one.
    """
    try:
        return Examined(forms.parse(content, url, content_type))
    except FeedParseError as error:
        fault = Fault(error.fault, str(error))
    if fault.name != "html instead of a feed":
        return Examined(fault=fault)
    try:
        examined = Examined(fault=fault, feeds=_named(tree_of(content, content_type), url))
    except NotAnArticleError:
        return Examined(fault=fault)
    try:
        return replace(examined, found=listings.parse(content, url, content_type))
    except FeedParseError:
        return examined


def well_known(url: str) -> tuple[str, ...]:
    """Return the addresses at which a site often has its feed; of a section's address, its own goes first."""
    section = urlsplit(url).path.strip("/")
    own = (f"{url.partition('?')[0].partition('#')[0].rstrip('/')}/feed",) if section else ()
    return tuple(dict.fromkeys((*own, *(urljoin(url, f"/{name}") for name in WELL_KNOWN))))[: len(WELL_KNOWN)]


def sitemaps_in(robots: bytes, url: str) -> tuple[str, ...]:
    """Return the sitemaps of an address's site that its robots.txt names, those of news first."""
    named = Protego.parse(robots.decode("utf-8", "replace")).sitemaps
    links = dict.fromkeys(filter(None, (web_link(link, url) for link in named)))
    own = [link for link in links if _same_site(link, url)]
    return tuple(sorted(own, key=lambda link: not _NEWS.search(urlsplit(link).path)))


def is_of_comments(url: str, title: str) -> bool:
    """Return whether a feed is that of what readers say."""
    return bool(_COMMENTS.search(f"{urlsplit(url).path} {title}"))


def headlines(parsed: ParsedFeed, most: int = 3) -> tuple[str, ...]:
    """Return the titles of the newest entries; of one without a title, what its address says."""
    dated = [entry for entry in parsed.entries if entry.published is not None]
    newest = sorted(dated, key=lambda entry: str(entry.published), reverse=True) or parsed.entries
    return tuple(entry.title or _said_by(entry.link) for entry in newest[:most])


def _named(root: Any, url: str) -> tuple[str, ...]:  # noqa: ANN401  # lxml has no types
    """Return the feeds that a page names: those of its head, else those that it links to; those of comments last."""
    base = next((str(each.get("href")) for each in root.iter("base") if each.get("href")), "")
    base = web_link(base, url) or url
    heads = [
        (str(link.get("href") or ""), plain(link.get("title") or ""))
        for link in root.iter("link")
        if "alternate" in (link.get("rel") or "").lower().split() and _TYPES.match((link.get("type") or "").strip())
    ]
    links = heads or [
        (str(link.get("href")), plain(" ".join(link.itertext())))
        for link in root.iter("a")
        if _LINKED.search(str(link.get("href") or ""))
    ]
    leads = [(web_link(href, base), short(title, LONGEST_TITLE)) for href, title in links]
    leads.sort(key=lambda lead: is_of_comments(*lead))
    return tuple(_distinct(address for address, _ in leads))[:MOST_NAMED]


def _distinct(addresses: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(filter(None, addresses))


def _same_site(link: str, url: str) -> bool:
    try:
        return same_site(link, url)
    except AddressError:
        return False


def _said_by(link: str) -> str:
    """Return the words in the last part of an address."""
    last = urlsplit(link).path.rstrip("/").rpartition("/")[2]
    words = re.sub(r"[-_+]+|%20", " ", re.sub(r"\.\w{2,5}$", "", last)).strip()
    return short(plain(words), LONGEST_TITLE) or link
