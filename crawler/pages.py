"""Page bytes to an article: its text without furniture, and what the page says of itself. Pure.

A page is parsed once and can be read twice. `look` is cheap (crawler/glance.py): enough to see what a page is about,
and all that is done for the many that can be no deal. `whole` is exact: trafilatura finds the text (see docs/adr/0006
and 0011); the publisher's own JSON-LD body takes its place only when the two agree about the length, because many a
JSON-LD body is a teaser. Furniture that survives both is cut by what it says (crawler/furniture.py). A page without an
article is refused under the name of what it is instead (crawler/walls.py).
"""

from __future__ import annotations

import contextlib
import logging
import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import lxml.etree
from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from crawler import walls
from crawler.described import Described, author, canonical, dated, describe, language, modified, outlet, published
from crawler.furniture import trim
from crawler.glance import glance
from crawler.text import LONGEST_TITLE, plain, short, storable
from news.article import WALLS, Page
from news.errors import NotAnArticleError

# They remark on every page that they cannot read; the reason stands in the ledger.
for _library in ("trafilatura", "htmldate"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

LEAST_WORDS = 25
_LATIN = re.compile(r"iso[-_]?8859[-_]?1|latin-?1|(?:us-)?ascii", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page, parsed, with what it says of itself; `tree` is used up by `whole`."""

    tree: Any
    url: str
    described: Described


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a page shows: an article, and all sentences that the page holds beside it.

    `whole` says that nothing which could belong to the article stands in front of it or between its paragraphs.
    """

    page: Page
    said: str
    whole: bool


def extract(content: bytes, url: str, content_type: str) -> Page:
    """Return the article of a page; raises NotAnArticleError with the reason and nothing else.

    `url` is where the bytes came from, after redirects.
    """
    return whole(opened(content, url, content_type))


def opened(content: bytes, url: str, content_type: str) -> Opened:
    """Parse a page; raises NotAnArticleError."""
    if content_type and not re.search(r"html|xml|text/plain", content_type, re.IGNORECASE):
        raise NotAnArticleError("no web page", f"it is {content_type.partition(';')[0].strip()}")
    tree = tree_of(content, content_type)
    return Opened(tree, url, describe(tree, url))


def look(page: Opened) -> Look | None:
    """Return what a look shows of a page, None where only a closer one can tell whether it is an article.

    The day of publication is the one that the page's metadata give; it is not looked for elsewhere.
    """
    seen = glance(page.tree)
    text = trim(storable(seen.text), page.described.title)
    if len(text.split()) < 2 * LEAST_WORDS or walls.kind_of(page.tree, page.described, text, page.url) is not None:
        return None
    return Look(_page(page, text, published(page.described)[0]), seen.said, seen.whole)


def whole(page: Opened) -> Page:
    """Return the article of a page; raises NotAnArticleError with the reason and nothing else."""
    day = published(page.described)[0] or dated(page.tree, page.url)
    facts = _page(page, "", day)
    text = trim(_body(storable(_extracted(page).strip()), page.described), facts.title)
    facts = replace(facts, text=text)
    kind = walls.kind_of(page.tree, page.described, text, page.url)
    if kind is not None:
        raise NotAnArticleError(kind, walls.told(kind), facts if kind in WALLS else None)
    if not text:
        raise NotAnArticleError("no text", "no text was found on the page")
    if (length := len(text.split())) < LEAST_WORDS:
        raise NotAnArticleError("too short", f"only {length} words of text")
    return facts


def _page(page: Opened, text: str, day: date | None) -> Page:
    said = page.described
    return Page(
        title=short(said.title, LONGEST_TITLE),
        text=text,
        author=author(page.tree, said),
        published=day,
        language=language(page.tree, said),
        canonical=canonical(page.tree, page.url),
        published_at=published(said)[1],
        modified_at=modified(said),
        outlet=outlet(said),
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
        raise NotAnArticleError("no web page", "it cannot be parsed") from error
    if tree is None:
        raise NotAnArticleError("no web page", "it cannot be parsed")
    return tree


def _extracted(page: Opened) -> str:
    """Return the text that trafilatura finds; it works on a copy, as the page is looked at again afterwards."""
    try:
        found = bare_extraction(
            page.tree, url=page.url, fast=True, with_metadata=False, include_comments=False, include_tables=False
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
        raise NotAnArticleError("no text", "no text could be extracted") from error
    return (found.text or "") if isinstance(found, Document) else ""


def _body(text: str, page: Described) -> str:
    """Return the paragraphs of the text; the JSON-LD body only where both say about as much."""
    paragraphs = "\n\n".join(line.strip() for line in text.split("\n") if line.strip())
    claimed = page.node.get("articleBody")
    if isinstance(claimed, str) and "\n" in claimed and 0.5 < len(claimed) / max(1, len(paragraphs)) < 2:
        lines = "\n\n".join(plain(line) for line in claimed.split("\n") if line.strip())
        return lines or paragraphs
    return paragraphs
