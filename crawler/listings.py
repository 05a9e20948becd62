"""Listing pages to entries: the links of a page of news, named by a CSS selector or found by their likeness. Pure.

A page that lists articles repeats itself: its headlines stand at the same place of the markup, lead to addresses of the
same form, and are longer than what stands in a menu. The group of links of which that is most true is the list, and
what a date stands beside in it was published then.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from statistics import median
from typing import Any
from urllib.parse import urldefrag, urlsplit

import lxml.etree

from crawler.dates import from_iso
from crawler.daywords import day_in
from crawler.feeds import MAX_ENTRIES, refuse_challenge
from crawler.pages import tree_of
from crawler.selectors import xpath_of
from crawler.text import LONGEST_TITLE, name, plain, short, web_link
from news.article import Entry, ParsedFeed
from news.errors import FeedParseError, NotAnArticleError

LEAST_LINKS = 3
"""Fewer that are alike are no list."""
LEAST_LENGTH = 20
"""Characters. What is shorter names a section, not a story."""
_ENOUGH = 70
"""Characters. A longer headline is no surer sign."""
_MOST_LINKS = 20_000
_MOST_HEADED = 200
_LEVELS = 4
"""So many elements above a link tell its place."""
_MOST_NEAR = 400
"""Characters of an element that still belongs to one headline."""
_FURNITURE = frozenset({"nav", "footer", "header", "aside", "form", "select"})
_MORE = re.compile(
    r"(?:read|learn|find out|see|view|click)\s+(?:more|here|on|all|full)\b.*|more\b.{0,12}|continue reading.*|details|"
    r"weiterlesen.*|mehr\b.*|lire la suite.*|en savoir plus.*|leer más.*|download.*|pdf|\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class _Link:
    """A link of the page, with the longest of the words that lead there."""

    element: Any
    url: str
    words: str


def parse(content: bytes, url: str, content_type: str, links: str = "") -> ParsedFeed:
    """Return the articles that a page lists, in its order; raises FeedParseError and nothing else.

    `links` is a CSS selector of the links, or of elements that hold one each; without it the list is found.
    """
    try:
        root = tree_of(content, content_type)
        found = list(_chosen(root, url, links) if links else _found(root, url))
    except NotAnArticleError as error:
        raise FeedParseError("not a page", str(error)) from error
    except (lxml.etree.LxmlError, ValueError, RecursionError) as error:
        raise FeedParseError("not a page", f"the page cannot be read: {type(error).__name__}") from error
    if not found:
        refuse_challenge(content)
        if links:
            raise FeedParseError(
                "no links", f"nothing on the page is what `links: {links}` names; the page has changed"
            )
        raise FeedParseError("no list", "no list of headlines is found on the page; name its links with `links:`")
    group = {link.element for link in found}
    return ParsedFeed(
        title=short(plain(root.findtext(".//title") or ""), LONGEST_TITLE),
        language=(root.get("lang") or "").strip().lower()[:20],
        entries=tuple(_entry(link, group) for link in found[:MAX_ENTRIES]),
        form="listing",
    )


def _chosen(root: Any, url: str, links: str) -> Iterator[_Link]:  # noqa: ANN401  # lxml has no types
    """Give the links that a selector names, each address once."""
    named = (
        element if element.tag == "a" else next(element.iter("a"), None) for element in root.xpath(xpath_of(links))
    )
    yield from _merged(_links((element for element in named if element is not None), url))


def _found(root: Any, url: str) -> Sequence[_Link]:  # noqa: ANN401  # lxml has no types
    """Return the group of links that is most like a list of headlines, none where no group is like one."""
    groups: dict[tuple[str, str], list[_Link]] = defaultdict(list)
    outside = (element for element in root.iter("a") if not _is_furniture(element))
    for link in _links(outside, url):
        if not _is_same_page(link.url, url):
            groups[_place(link.element), _form(link.url)].append(link)
    lists = [_headed(merged) for group in groups.values() if len(merged := _merged(group)) >= LEAST_LINKS]
    best = max(lists, key=_likeness, default=[])
    return best if _length(best) >= LEAST_LENGTH else []


def _links(elements: Iterator[Any], url: str) -> Iterator[_Link]:
    for element in islice(elements, _MOST_LINKS):
        address = urldefrag(web_link(str(element.get("href") or ""), url))[0]
        if address:
            yield _Link(element, address, _words(element))


def _merged(links: Sequence[_Link] | Iterator[_Link]) -> list[_Link]:
    """Return each address once: of a picture, a headline and "read more" that lead there, the headline."""
    found: dict[str, _Link] = {}
    for link in links:
        known = found.get(link.url)
        if known is None:
            found[link.url] = link
        elif len(link.words) > len(known.words):
            known.element, known.words = link.element, link.words
    return list(found.values())


def _headed(links: list[_Link]) -> list[_Link]:
    """Return a group in which links that only say "read more" bear the headings beside them."""
    group = {link.element for link in links}
    for link in links[:_MOST_HEADED]:
        link.words = link.words or _heading(link.element, group)
    return links


def _words(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return what a link says: the heading in it, else its text, else what it is labelled with."""
    heading = next(element.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
    said = plain(" ".join((element if heading is None else heading).itertext()))
    if _MORE.fullmatch(said):
        said = plain(element.get("title") or element.get("aria-label") or "")
    return "" if _MORE.fullmatch(said) else short(said, LONGEST_TITLE)


def _is_furniture(element: Any) -> bool:  # noqa: ANN401  # lxml has no types
    """Return whether a link stands in a menu or a footer; the header of an article is none."""
    above = list(islice(element.iterancestors(), 40))
    in_article = any(each.tag == "article" for each in above)
    return any(each.tag in _FURNITURE and not (in_article and each.tag == "header") for each in above)


def _is_same_page(address: str, url: str) -> bool:
    return urldefrag(url)[0].rstrip("/") == address.rstrip("/")


def _place(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return where a link stands: the names and classes of what is around it, without what counts them."""
    around = (element, *islice(element.iterancestors(), _LEVELS))
    return "<".join(f"{each.tag}.{_classes(each)}" for each in around)


def _classes(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return an element's first class; the others are often those of its state or its turn."""
    first = next(iter((element.get("class") or "").split()), "")
    return _NUMBER.sub("#", first)


def _form(url: str) -> str:
    """Return the form of an address: its host and its folders, whatever their numbers."""
    parts = urlsplit(url)
    return f"{parts.netloc}{_NUMBER.sub('#', parts.path.rstrip('/').rpartition('/')[0])}"


def _length(links: Sequence[_Link]) -> float:
    return median(len(link.words) for link in links) if links else 0.0


def _likeness(links: Sequence[_Link]) -> float:
    """Return how much a group is like a list of headlines: many links, long and different words, dates beside them."""
    group = {link.element for link in links}
    dated = sum(_date(link.element, group) is not None for link in links[:10]) / min(len(links), 10)
    distinct = len({link.words for link in links}) / len(links)
    return min(len(links), 50) * min(_length(links), _ENOUGH) * distinct * (1 + dated)


def _entry(link: _Link, group: set[Any]) -> Entry:
    title = link.words
    if len(title) < LEAST_LENGTH:
        title = max(title, _heading(link.element, group), key=len)
    return Entry(name(link.url), link.url, title, published=_date(link.element, group))


def _heading(element: Any, group: set[Any]) -> str:  # noqa: ANN401  # lxml has no types
    """Return the heading near a link that says no more than "read more"."""
    for around in _near(element, group):
        heading = next(around.iter("h1", "h2", "h3", "h4", "h5", "h6"), None)
        if heading is not None:
            return short(plain(" ".join(heading.itertext())), LONGEST_TITLE)
    return ""


def _near(element: Any, group: set[Any]) -> Iterator[Any]:  # noqa: ANN401  # lxml has no types
    """Give what is around a link, as far out as no other link of its group is in it."""
    for around in islice(element.iterancestors(), 8):
        if any(other is not element and other in group for other in around.iter("a")):
            return
        yield around


def _date(element: Any, group: set[Any]) -> datetime | None:  # noqa: ANN401  # lxml has no types
    """Return the date beside a link: a <time>, else the first words near it that are a day."""
    for around in (element, *_near(element, group)):
        for stamp in around.iter("time"):
            moment = from_iso(str(stamp.get("datetime") or ""))
            if moment is not None:
                return moment
        text = plain(" ".join(islice(around.itertext(), 60)))
        day = day_in(text) if len(text) <= _MOST_NEAR else None
        if day is not None:
            return day
    beside = element.getparent()
    row = None if beside is None else beside.getprevious()
    return None if row is None or any(other in group for other in row.iter("a")) else day_in(_short_text(row))


def _short_text(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    return plain(" ".join(islice(element.itertext(), 20)))[:_MOST_NEAR]
