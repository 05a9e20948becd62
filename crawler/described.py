"""What a page says about itself beside its text: in JSON-LD, in meta tags, in its headings and its byline. Pure.

The publisher's structured data come first. A page may describe other articles too: the JSON-LD node that gives this
page's address, or says what a heading says, is its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import lxml.etree
from htmldate import find_date

from crawler.dates import day_of, from_zoned
from crawler.text import LONGEST_TITLE, plain, short, web_link
from lexicon.text import words

_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Reportage|Report|Scholarly|Medical\w*)?Article|BlogPosting|WebPage", re.IGNORECASE
)
_LONGEST_SITE_NAME = 4
"""Words."""
_LONGEST_BYLINE = 120
"""Characters."""
_MOST_NODES = 200
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "pubdate",
    "dcterms.created",
    "dc.date.issued",
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author")
_BYLINE = re.compile(r"^(?:(?:article|written|posted|reported|reporting|story) )?by\b[:\s]*", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")
_NAMED = lxml.etree.XPath(
    ".//*[@rel='author' or @itemprop='author' or contains(@class, 'author') or contains(@class, 'Author')"
    " or contains(@class, 'byline') or contains(@class, 'Byline')]"
)


@dataclass(frozen=True, slots=True)
class Described:
    """What the page says of itself; `node` is its JSON-LD, `kinds` the types of all nodes, `meta` its tags by name."""

    title: str
    headings: tuple[str, ...]
    node: Mapping[str, Any]
    kinds: frozenset[str]
    meta: Mapping[str, str]


def describe(tree: Any, url: str) -> Described:  # noqa: ANN401  # lxml has no types
    """Return what a page says of itself."""
    nodes = list(_all_nodes(tree))
    headings = tuple(filter(None, (plain(" ".join(h.itertext())) for h in tree.iterfind(".//h1"))))
    node = _own([node for node in nodes if _is_article(node)], headings, url)
    meta: dict[str, str] = {}
    for tag in tree.iterfind(".//meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        meta[name] = tag.get("content") or meta.get(name, "")
    kinds = frozenset(kind for node in nodes for kind in _types(node))
    return Described(_title(tree, node, headings, meta), headings, node, kinds, meta)


def _own(articles: list[dict[str, Any]], headings: tuple[str, ...], url: str) -> dict[str, Any]:
    for node in articles:
        if url in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
            return node
    spoken = (node for node in articles if any(_agree(plain(node["headline"]), heading) for heading in headings))
    return next(spoken, articles[0] if articles else {})


def _types(node: dict[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _is_article(node: dict[str, Any]) -> bool:
    return isinstance(node.get("headline"), str) and any(_ARTICLE_TYPES.fullmatch(kind) for kind in _types(node))


def _all_nodes(tree: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # lxml has no types
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            yield from list(_nodes(json.loads(script.text or ""), 5))[:_MOST_NODES]
        except (ValueError, RecursionError):
            continue


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """Give all nodes of a JSON-LD script that are not too deep to be meant."""
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list) and depth:
        for item in data[:50]:
            yield from _nodes(item, depth - 1)


def _title(tree: Any, node: dict[str, Any], headings: tuple[str, ...], meta: Mapping[str, str]) -> str:  # noqa: ANN401  # lxml has no types
    """Return the headline: the <h1> that says what the metadata says, or is too long for a site's name, else theirs."""
    named = meta.get("og:title") or tree.findtext(".//title") or ""
    claimed = plain(str(node.get("headline", ""))) or _SITE_SUFFIX.sub("", plain(named))
    if len(headings) == 1 and len(words(headings[0])) > _LONGEST_SITE_NAME:
        return headings[0]
    return next((heading for heading in headings if not claimed or _agree(heading, claimed)), claimed)


def _agree(one: str, other: str) -> bool:
    """Return whether two headlines share most words of the shorter one."""
    of_one, of_other = set(words(one)), set(words(other))
    return len(of_one & of_other) * 2 > min(len(of_one), len(of_other))


def author(tree: Any, page: Described) -> str:  # noqa: ANN401  # lxml has no types
    """Return the names of the authors, separated by semicolons: the metadata's own, else those of the byline."""
    given = page.node.get("author")
    authors = given if isinstance(given, list) else [given]
    names = [author.get("name") if isinstance(author, dict) else author for author in authors]
    said = "; ".join(plain(name) for name in names if isinstance(name, str) and name.strip())
    tags = (plain(page.meta[name]) for name in _AUTHORS if page.meta.get(name))
    said = said or next((name for name in tags if not name.startswith(("http:", "https:"))), "")
    return short(said or _byline(tree), LONGEST_TITLE)


def _byline(tree: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return the name that an element gives which is marked as the author's, "" where none does or it says more."""
    for element in _NAMED(tree)[:20]:
        if element.tag in {"meta", "body", "html"}:
            continue
        said = _BYLINE.sub("", plain(" ".join(element.itertext()))).strip(" |,·")
        if said and len(said) <= _LONGEST_BYLINE and re.search(r"[^\W\d_]{2}", said):
            return said
    return ""


def published(page: Described) -> tuple[date | None, datetime | None]:
    """Return the day of publication as the page's metadata give it, and the moment where it has a zone."""
    values = _values(page, "datePublished", _PUBLISHED)
    return next((day for value in values if (day := day_of(value))), None), _moment(values)


def modified(page: Described) -> datetime | None:
    """Return the moment of the last change as the page's metadata give it, None where it has no zone."""
    return _moment(_values(page, "dateModified", _MODIFIED))


def _values(page: Described, field: str, tags: tuple[str, ...]) -> list[str]:
    given = page.node.get(field)
    found = [given if isinstance(given, str) else "", *(page.meta.get(name, "") for name in tags)]
    return [value for value in found if day_of(value)]


def _moment(values: list[str]) -> datetime | None:
    """Return the first moment; a day without an hour in front of it does not hide it, another day's does not count."""
    return next((at for value in values if value[:10] == values[0][:10] and (at := from_zoned(value))), None)


def dated(tree: Any, url: str) -> date | None:  # noqa: ANN401  # lxml has no types
    """Return the day that the page shows where its metadata give none, as far as one is found."""
    try:
        return day_of(find_date(tree, url=url, original_date=True, extensive_search=False) or "")
    except (AssertionError, ValueError, TypeError, AttributeError, lxml.etree.LxmlError):
        return None  # AssertionError: lxml's, for a page that is a frameset


def language(tree: Any, page: Described) -> str:  # noqa: ANN401  # lxml has no types
    """Return the two letters of the page's language, "" where it does not say."""
    said = tree.get("lang") or page.node.get("inLanguage") or page.meta.get("og:locale") or ""
    return said.strip().lower()[:2] if isinstance(said, str) else ""


def canonical(tree: Any, url: str) -> str | None:  # noqa: ANN401  # lxml has no types
    """Return the address that the page claims as its own, None where it claims none that can be fetched."""
    links = (link for link in tree.iterfind(".//link") if "canonical" in (link.get("rel") or "").lower().split())
    return next(filter(None, (web_link(str(link.get("href") or ""), url) for link in links)), None)


def outlet(page: Described) -> str:
    """Return what the page calls its site, "" where it does not say."""
    publisher = page.node.get("publisher")
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    said = page.meta.get("og:site_name") or (named if isinstance(named, str) else "")
    return short(plain(said), LONGEST_TITLE)
