"""What worker processes run: pure functions of bytes or text. Each process holds the lexicon it was prepared with.

What only some of them need is loaded with the first task that needs it: to read an article takes 20 MB of rules and
words, to extract a page 20 MB of libraries, and most polls find neither to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from crawler import forms
from lexicon import Lexicon
from news.article import Article, Entry, Page, SourceForm
from news.reading import Reading

if TYPE_CHECKING:
    from crawler.discovery import Examined

SECONDS = 20.0
"""How long one task may take; a hundred times what the longest honest input needs."""

_load: Callable[[], Lexicon] | None = None


def prepare(load: Callable[[], Lexicon]) -> None:
    """Take note of how this process gets its lexicon, once."""
    global _load  # noqa: PLW0603  # a worker process has no other place to keep what its tasks share
    _load = cache(load)


def parse_source(content: bytes, url: str, content_type: str, form: SourceForm | None, links: str) -> forms.Parsed:
    """Return what a source's bytes hold, whatever its form; raises FeedParseError."""
    return forms.parse(content, url, content_type, form, links)


def examine(content: bytes, url: str, content_type: str) -> Examined:
    """Return what bytes are that came from an address of which nothing is known."""
    from crawler import discovery  # noqa: PLC0415  # see above

    return discovery.examine(content, url, content_type)


def take_page(content: bytes, url: str, content_type: str, entry: Entry) -> tuple[Page, Reading | None]:
    """Return the article of a page, and its reading where a look shows that it is no deal: by its words, or by far.

    Only what may be one is extracted exactly, and still to be read. Raises NotAnArticleError.
    """
    from crawler.pages import look, opened, whole  # noqa: PLC0415  # see above
    from deals.dismissed import dismissed  # noqa: PLC0415  # see above
    from deals.reader import ArticleText, unlikely  # noqa: PLC0415  # see above

    page = opened(content, url, content_type)
    seen = look(page)
    if seen is not None:
        shown = seen.page
        day = shown.published
        article = ArticleText(
            shown.title or entry.title, shown.text, url, day, "page" if day else "first-seen", shown.language
        )
        beside = f"{entry.title}\n{entry.summary}\n{seen.said}"
        reading = dismissed(article, beside, _lexicon())
        if reading is None and seen.whole:
            reading = unlikely(article, _lexicon())
        if reading is not None:
            return seen.page, reading
    return whole(page), None


def take_whole(content: bytes, url: str, content_type: str) -> Page:
    """Return the article of a page, extracted exactly: what a version is held against. Raises NotAnArticleError."""
    from crawler.pages import opened, whole  # noqa: PLC0415  # see above

    return whole(opened(content, url, content_type))


def read_article(article: Article) -> Reading:
    """Return what an article says; what is read from a teaser says behind which wall the rest of it stands."""
    from deals.reader import ArticleText, read  # noqa: PLC0415  # see above

    reading = read(ArticleText.of(article), _lexicon())
    if not article.behind or reading.terms is None:
        return reading
    also = tuple(replace(terms, behind=article.behind) for terms in reading.also)
    return replace(reading, terms=replace(reading.terms, behind=article.behind), also=also)


def _lexicon() -> Lexicon:
    if _load is None:
        raise RuntimeError("prepare() has not run in this process")
    return _load()
