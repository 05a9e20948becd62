"""What worker processes run: pure functions of bytes or text. Each process holds the lexicon it was prepared with."""

from __future__ import annotations

from collections.abc import Callable

from crawler import discovery, forms
from crawler.pages import extract
from deals.reader import ArticleText, read
from lexicon import Lexicon
from news.article import Article, Page, SourceForm
from news.reading import Reading

SECONDS = 20.0
"""How long one task may take; a hundred times what the longest honest input needs."""

_lexicon: Lexicon | None = None


def prepare(load: Callable[[], Lexicon]) -> None:
    """Load the lexicon into this process, once."""
    global _lexicon  # noqa: PLW0603  # a worker process has no other place to keep what its tasks share
    _lexicon = load()


def parse_source(content: bytes, url: str, content_type: str, form: SourceForm | None, links: str) -> forms.Parsed:
    """Return what a source's bytes hold, whatever its form; raises FeedParseError."""
    return forms.parse(content, url, content_type, form, links)


def examine(content: bytes, url: str, content_type: str) -> discovery.Examined:
    """Return what bytes are that came from an address of which nothing is known."""
    return discovery.examine(content, url, content_type)


def extract_page(content: bytes, url: str, content_type: str) -> Page:
    """Return the text of a page; raises NotAnArticleError."""
    return extract(content, url, content_type)


def read_article(article: Article) -> Reading:
    """Return what an article says."""
    if _lexicon is None:
        raise RuntimeError("prepare() has not run in this process")
    return read(ArticleText.of(article), _lexicon)
