"""What worker processes run: pure functions of bytes or text. Each process holds the lexicon it was prepared with."""

from __future__ import annotations

from collections.abc import Callable

from crawler.feeds import parse
from crawler.pages import extract
from deals.reader import ArticleText, read
from lexicon import Lexicon
from news.article import Article, Page, ParsedFeed
from news.reading import Reading

SECONDS = 20.0
"""How long one task may take; a hundred times what the longest honest input needs."""

_lexicon: Lexicon | None = None


def prepare(load: Callable[[], Lexicon]) -> None:
    """Load the lexicon into this process, once."""
    global _lexicon  # noqa: PLW0603  # a worker process has no other place to keep what its tasks share
    _lexicon = load()


def parse_feed(content: bytes, url: str, content_type: str) -> ParsedFeed:
    """Return what a feed's bytes hold; raises FeedParseError."""
    return parse(content, url, content_type)


def extract_page(content: bytes, url: str, content_type: str) -> Page:
    """Return the text of a page; raises NotAnArticleError."""
    return extract(content, url, content_type)


def read_article(article: Article) -> Reading:
    """Return what an article says."""
    if _lexicon is None:
        raise RuntimeError("prepare() has not run in this process")
    text = ArticleText(
        title=article.title,
        text=article.text,
        url=article.address,
        published=article.published,
        published_from=article.published_from,
        language=article.language,
    )
    return read(text, _lexicon)
