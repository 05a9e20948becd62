"""Page bytes to an article: its text without furniture, its title, author, date and its own claim of address. Pure.

trafilatura finds the text (see docs/adr/0006); the publisher's own JSON-LD body takes its place only when the two agree
about the length, because many a JSON-LD body is a teaser. Furniture that survives both (login boxes, share bars,
newsletter boxes, lists of related stories) is cut here by what it says, paragraph by paragraph, and only at the edges
of the text or where it can be nothing else. A page that holds no article is refused with the reason.
"""

from __future__ import annotations

import contextlib
import json
import logging
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import lxml.etree
from htmldate import find_date
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from crawler.furniture import is_wall, trim
from crawler.text import LONGEST_TITLE, plain, short, storable, web_link
from lexicon.text import words
from news.article import Page
from news.errors import NotAnArticleError

# They remark on every page that they cannot read; the reason stands in the ledger.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

LEAST_WORDS = 25
_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Reportage|Report|Scholarly|Medical\w*)?Article|BlogPosting|WebPage", re.IGNORECASE
)
_LONGEST_SITE_NAME = 4
"""Words."""
_LATIN = re.compile(r"iso[-_]?8859[-_]?1|latin-?1|(?:us-)?ascii", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:(?:article|written|posted|reported|reporting|story) )?by\b[:\s]*", re.IGNORECASE)
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def extract(content: bytes, url: str, content_type: str) -> Page:
    """Return the article of a page; raises NotAnArticleError with the reason and nothing else."""
    if content_type and not re.search(r"html|xml|text/plain", content_type, re.IGNORECASE):
        raise NotAnArticleError(f"it is {content_type.partition(';')[0].strip()}, no web page")
    tree = tree_of(content, content_type)
    ld = _json_ld(tree, url)
    found = _extracted(tree, url)
    extracted = storable(found.text or "").strip() if found is not None else ""
    if found is None or not extracted:
        raise NotAnArticleError("no text was found on the page")
    title = _title(tree, ld, found)
    body = _body(extracted, ld)
    text = trim(body, title)
    length = len(text.split())
    if is_wall(text, length):
        raise NotAnArticleError("a login or subscription wall")
    if length < LEAST_WORDS:
        raise NotAnArticleError(f"only {length} words of text")
    return Page(
        title=short(title, LONGEST_TITLE),
        text=text,
        author=short(_author(ld, found), LONGEST_TITLE),
        published=_published(tree, ld, found, url),
        language=_language(tree),
        canonical=_canonical(tree, url),
    )


def tree_of(content: bytes, content_type: str) -> Any:  # noqa: ANN401  # lxml has no types
    """Parse a page once, in the encoding that its header declares, else in the one that its bytes suggest.

    Raises NotAnArticleError.
    """
    declared = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    page: str | bytes = content
    if declared:
        # Browsers read Latin-1 and ASCII as windows-1252 (encoding.spec.whatwg.org), and publishers rely on it.
        encoding = "cp1252" if _LATIN.fullmatch(declared[1]) else declared[1]
        with contextlib.suppress(LookupError, ValueError):
            page = content.decode(encoding, "replace")
    try:
        tree = load_html(page)
    except (lxml.etree.LxmlError, ValueError, AssertionError, RecursionError) as error:
        raise NotAnArticleError("the page cannot be parsed") from error
    if tree is None:
        raise NotAnArticleError("the page cannot be parsed")
    return tree


def _extracted(tree: Any, url: str) -> Document | None:  # noqa: ANN401  # lxml has no types
    try:
        found = bare_extraction(
            tree, url=url, fast=True, with_metadata=True, include_comments=False, include_tables=False
        )
    except (
        lxml.etree.LxmlError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        AssertionError,
        RecursionError,
    ) as error:
        # trafilatura lets the errors of its parts through on pages that are broken enough.
        raise NotAnArticleError("no text could be extracted") from error
    return found if isinstance(found, Document) else None


def _json_ld(tree: Any, url: str) -> dict[str, Any]:  # noqa: ANN401  # lxml has no types
    """Return the JSON-LD node of the page's article, empty where there is none.

    A page may describe other articles too: the one that gives this page's address, or says what a heading says, is it.
    """
    nodes = [node for script in tree.iterfind(".//script[@type='application/ld+json']") for node in _read(script.text)]
    articles = [node for node in nodes if _is_article(node)]
    headings = [plain(" ".join(heading.itertext())) for heading in tree.iterfind(".//h1")]
    for node in articles:
        if url in (node.get("url"), node.get("@id"), node.get("mainEntityOfPage")):
            return node
    spoken = (node for node in articles if any(_agree(plain(node["headline"]), heading) for heading in headings))
    return next(spoken, articles[0] if articles else {})


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return isinstance(node.get("headline"), str) and any(
        isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) for kind in kinds
    )


def _read(text: str | None) -> Iterator[dict[str, Any]]:
    """Give all nodes of a JSON-LD script that are not too deep to be meant."""
    try:
        yield from _nodes(json.loads(text or ""), 5)
    except (ValueError, RecursionError):
        return


def _nodes(data: object, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        data = data.get("@graph")
    if isinstance(data, list) and depth:
        for item in data[:50]:
            yield from _nodes(item, depth - 1)


def _body(text: str, ld: dict[str, Any]) -> str:
    """Return the paragraphs of the text; the JSON-LD body only where both say about as much."""
    paragraphs = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    claimed = ld.get("articleBody")
    if isinstance(claimed, str) and "\n" in claimed and 0.5 < len(claimed) / len(paragraphs) < 2:
        lines = "\n\n".join(plain(line) for line in claimed.split("\n") if line.strip())
        return lines or paragraphs
    return paragraphs


def _title(tree: Any, ld: dict[str, Any], found: Document) -> str:  # noqa: ANN401  # lxml has no types
    """Return the headline: the <h1> that says what the metadata says, or is too long for a site's name, else theirs."""
    headline = plain(str(ld.get("headline", "")))
    named = next(iter(_meta(tree, "og:title")), "") or tree.findtext(".//title") or found.title or ""
    claimed = headline or _SITE_SUFFIX.sub("", plain(named))
    headings = [text for text in (plain(" ".join(h.itertext())) for h in tree.iterfind(".//h1")) if text]
    if len(headings) == 1 and len(words(headings[0])) > _LONGEST_SITE_NAME:
        return headings[0]
    return next((heading for heading in headings if not claimed or _agree(heading, claimed)), claimed)


def _agree(one: str, other: str) -> bool:
    """Return whether two headlines share most words of the shorter one."""
    of_one, of_other = set(words(one)), set(words(other))
    return len(of_one & of_other) * 2 > min(len(of_one), len(of_other))


def _author(ld: dict[str, Any], found: Document) -> str:
    """Return the names of the authors, separated by semicolons: the metadata's own, else those of the byline."""
    given = ld.get("author")
    authors = given if isinstance(given, list) else [given]
    names = [author.get("name") if isinstance(author, dict) else author for author in authors]
    said = "; ".join(plain(name) for name in names if isinstance(name, str) and name.strip())
    return said or _BYLINE.sub("", plain(found.author or ""))


def _published(tree: Any, ld: dict[str, Any], found: Document, url: str) -> date | None:  # noqa: ANN401  # lxml has no types
    """Return the day of publication: the page's article node, its meta tags, else what htmldate finds."""
    values = [
        ld.get("datePublished"),
        *_meta(tree, "article:published_time", "datePublished", "date", "dc.date", "pubdate"),
    ]
    for value in values:
        day = _day(value)
        if day is not None:
            return day
    day = _day(found.date)
    if day is not None:
        return day
    try:
        return _day(find_date(tree, url=url, original_date=True, extensive_search=False))
    except (ValueError, TypeError, AttributeError, lxml.etree.LxmlError):
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def _meta(tree: Any, *names: str) -> list[str]:  # noqa: ANN401  # lxml has no types
    found = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in tree.iterfind(".//meta")
    }
    return [found[name.lower()] for name in names if found.get(name.lower())]


def _language(tree: Any) -> str:  # noqa: ANN401  # lxml has no types
    return (tree.get("lang") or "").strip().lower()[:2]


def _canonical(tree: Any, url: str) -> str | None:  # noqa: ANN401  # lxml has no types
    links = (link for link in tree.iterfind(".//link") if "canonical" in (link.get("rel") or "").lower().split())
    return next(filter(None, (web_link(str(link.get("href") or ""), url) for link in links)), None)
