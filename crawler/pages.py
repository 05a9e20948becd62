"""Page bytes to an article: its text without furniture, its title, author, date and its own claim of address. Pure.

trafilatura finds the text (see docs/adr/0006); the publisher's own JSON-LD body takes its place only when the two agree
about the length, because many a JSON-LD body is a teaser. Furniture that survives both (login boxes, share bars,
newsletter boxes, lists of related stories) is cut here by what it says, paragraph by paragraph, and only at the edges
of the text or where it can be nothing else. A page that holds no article is refused with the reason.
"""

from __future__ import annotations

import json
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
from crawler.text import plain
from news.article import Page
from news.errors import NotAnArticleError

LEAST_WORDS = 25
_ARTICLE_TYPES = re.compile(
    r"(?:News|Blog|Reportage|Report|Scholarly|Medical\w*)?Article|BlogPosting|WebPage", re.IGNORECASE
)
_SITE_SUFFIX = re.compile(r"\s+[|–—-]\s+[^|–—-]{2,40}$")


def extract(content: bytes, url: str, content_type: str) -> Page:
    """Return the article of a page; raises NotAnArticleError with the reason and nothing else."""
    if content_type and not re.search(r"html|xml|text/plain", content_type, re.IGNORECASE):
        raise NotAnArticleError(f"it is {content_type.partition(';')[0].strip()}, no web page")
    tree = _tree(content, content_type)
    ld = _json_ld(tree)
    found = _extracted(tree, url)
    if found is None or not found.text:
        raise NotAnArticleError("no text was found on the page")
    title = _title(tree, ld, found)
    body = _body(found.text, ld)
    text = trim(body, title)
    words = len(text.split())
    if is_wall(text, words):
        raise NotAnArticleError("a login or subscription wall")
    if words < LEAST_WORDS:
        raise NotAnArticleError(f"only {words} words of text")
    return Page(
        title=title,
        text=text,
        author=(found.author or "").strip(),
        published=_published(tree, ld, found, url),
        language=_language(tree),
        canonical=_canonical(tree),
    )


def _tree(content: bytes, content_type: str) -> Any:  # noqa: ANN401  # lxml has no types
    """Parse a page once, in the encoding that its header declares, else in the one that its bytes suggest."""
    declared = re.search(r"charset=[\"']?([\w-]+)", content_type)
    try:
        page: str | bytes = content.decode(declared[1], "replace") if declared else content
    except LookupError:
        page = content
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


def _json_ld(tree: Any) -> dict[str, Any]:  # noqa: ANN401  # lxml has no types
    """Return the JSON-LD node of the page's article, empty where there is none."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            kinds = node.get("@type")
            kind = kinds[0] if isinstance(kinds, list) and kinds else kinds
            if isinstance(kind, str) and _ARTICLE_TYPES.fullmatch(kind) and node.get("headline"):
                return node
    return {}


def _nodes(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if isinstance(data, list) and depth < 5:
        for item in data[:50]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        if "@graph" in data:
            yield from _nodes(data["@graph"], depth + 1)


def _body(text: str, ld: dict[str, Any]) -> str:
    """Return the paragraphs of the text; the JSON-LD body only where both say about as much."""
    paragraphs = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    claimed = ld.get("articleBody")
    if isinstance(claimed, str) and "\n" in claimed and 0.5 < len(claimed) / len(paragraphs) < 2:
        lines = "\n\n".join(plain(line) for line in claimed.split("\n") if line.strip())
        return lines or paragraphs
    return paragraphs


def _title(tree: Any, ld: dict[str, Any], found: Document) -> str:  # noqa: ANN401  # lxml has no types
    """Return the headline: the one <h1> where it agrees with the metadata, else theirs without the site's name."""
    headings = [plain(" ".join(h.itertext())) for h in tree.iterfind(".//h1")]
    headline = ld.get("headline")
    claimed = plain(headline) if isinstance(headline, str) else plain(found.title or "")
    for heading in headings:
        if heading and (len(headings) == 1 or heading in claimed or claimed in heading):
            return heading
    return _SITE_SUFFIX.sub("", claimed)


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


def _canonical(tree: Any) -> str | None:  # noqa: ANN401  # lxml has no types
    links = (link for link in tree.iterfind(".//link") if (link.get("rel") or "").lower() == "canonical")
    return next((str(link.get("href")) for link in links if link.get("href")), None)
