"""What a worker makes of a page: no deal is lost by looking before extracting."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.pages import extract
from deals.reader import ArticleText, read
from jobs import tasks
from lexicon import load
from news.article import Entry
from pactwatch.newsroom import pages
from pactwatch.newsroom.feeds import Item
from pactwatch.newsroom.outlets import OUTLETS
from pactwatch.newsroom.pieces import Piece
from pactwatch.newsroom.pieces import load as load_pieces

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "https://outlet.example/news/article"
HTML = "text/html; charset=utf-8"
_BY_KEY = {outlet.key: outlet for outlet in OUTLETS}
REST = "".join(
    f"<p>Of the {town} patients half took the drug for a year, by mouth, and half a tablet without it; the next results"
    " are due in the autumn, when the last of them has been seen again by the doctors.</p>"
    for town in ("Belgian", "Spanish", "French", "Danish", "Polish", "Irish")
)
LEAD = (
    "<p>Norvela Therapeutics has granted Quantor Bio an exclusive licence to NRV-204, the two companies said on Monday."
    " Quantor pays €25m upfront and royalties.</p>"
)


@pytest.fixture(autouse=True)
def _prepared() -> None:
    tasks.prepare(load)


def page_of(piece: Piece) -> bytes:
    """Return the page of an article as its outlet serves it."""
    published = piece.published(NOW)
    paragraphs = tuple(piece.text(published.date()).split("\n\n"))
    item = Item(piece.name, URL, piece.title, piece.author, published, paragraphs)
    return pages.article(pages.Frame(_BY_KEY[piece.outlet], "https://outlet.example", ()), item, URL)


def test_what_a_look_lets_go_is_kept_by_no_thorough_reading() -> None:
    let_go = []
    for piece in load_pieces():
        content = page_of(piece)
        _, reading = tasks.take_page(content, URL, HTML, Entry(URL, URL, piece.title))
        if reading is not None:
            exact = extract(content, URL, HTML)
            thorough = read(ArticleText(exact.title, exact.text, URL, exact.published, "page", "en"), load())
            let_go.append((piece.name, thorough.keep or thorough.perhaps))

    assert len(let_go) > 5
    assert [name for name, kept in let_go if kept] == []


@pytest.mark.parametrize(
    ("body", "is_let_go"),
    [
        (f"<article>{REST}</article>", True),
        (f"<div class='top'>{LEAD}</div><article>{REST}</article>", False),
        (f"<article>{LEAD}{REST}</article>", False),
    ],
    ids=["no word of a deal", "its first paragraph apart from the others", "a deal"],
)
def test_a_page_is_let_go_only_where_the_look_missed_nothing(body: str, is_let_go: bool) -> None:  # noqa: FBT001  # a case of a table
    content = f"<html lang='en'><body><h1>News of NRV-204 in the autumn</h1>{body}</body></html>".encode()

    _, reading = tasks.take_page(content, URL, HTML, Entry(URL, URL, ""))

    assert (reading is not None) is is_let_go
