"""Of a feed only what has changed is read: what comes of it is what the whole feed says of those items."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import splitting
from crawler.feeds import parse, parse_changed
from news.errors import FeedParseError

URL = "https://news.example/feed"
TYPE = "application/rss+xml"


def item(number: int, title: str = "", extra: str = "") -> str:
    """Return an item that the fast pass is sure of, or with `extra` is not."""
    return (
        f"<item><title>{title or f'Item {number}'}</title><link>https://news.example/{number}</link>"
        f"<guid isPermaLink='false'>g{number}</guid>{extra}</item>"
    )


def rss(*items: str, head: str = "", built: int = 0) -> bytes:
    """Return a feed of these items."""
    return (
        "<rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>News</title>"
        f"<lastBuildDate>{built}</lastBuildDate>{head}\n{chr(10).join(items)}\n</channel></rss>"
    ).encode()


def atom(*titles: str) -> bytes:
    """Return a feed in Atom."""
    inside = "".join(
        f"<entry><id>urn:{title}</id><title>{title}</title><link href='https://news.example/{title}'/></entry>"
        for title in titles
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>News</title>{inside}</feed>".encode()


def changed(before: bytes, after: bytes, url: str = URL) -> tuple[list[str], int] | None:
    """Return the titles that are read anew and how many items are known; None where the whole is to be read."""
    found = parse_changed(after, url, TYPE, parse(before, URL, TYPE).digests)
    return None if found is None else ([entry.title for entry in found.entries], found.known)


def test_only_what_is_new_or_was_edited_is_read() -> None:
    before = rss(item(1), item(2), item(3))

    assert changed(before, rss(item(4), item(1), item(2), built=1)) == (["Item 4"], 2)
    assert changed(before, rss(item(1), item(2, "Corrected"), item(3), built=2)) == (["Corrected"], 2)
    assert changed(before, rss(item(3), item(1))) == ([], 2)
    assert changed(atom("a", "b"), atom("c", "a", "b")) == (["c"], 2)


def test_an_item_of_which_the_fast_pass_is_not_sure_is_read_in_the_feeds_own_head() -> None:
    unsure = item(4, extra="<media:title>Of the picture</media:title>")

    assert changed(rss(item(1)), rss(unsure, item(1))) == (["Item 4"], 1)
    assert changed(rss(unsure, item(1)), rss(item(2), unsure, item(1))) == (["Item 2"], 2)


@pytest.mark.parametrize(
    "after",
    [
        rss(item(1), item(2), head="<language>de</language>"),
        rss(item(3), item(4)),
        rss("<!-- ", item(1), " -->", item(2)),
        rss(item(1), item(2, extra="<description><![CDATA[<item>x</item>]]></description>")),
        rss(item(1), item(2, extra="<description><![CDATA[</item><item>]]></description>")),
        rss(item(1)).replace(b"</item>", b"", 1),
        rss(),
        b"",
    ],
)
def test_where_more_than_items_has_changed_the_whole_is_read(after: bytes) -> None:
    assert changed(rss(item(1), item(2)), after) is None


def test_the_same_bytes_from_another_address_are_read_anew() -> None:
    assert changed(rss(item(1)), rss(item(1)), url="https://other.example/feed") is None


def test_a_feed_that_gives_one_guid_to_several_items_is_always_read_as_a_whole() -> None:
    assert parse(rss(item(1), item(2).replace("g2", "g1")), URL, TYPE).digests == b""


def test_a_broken_feed_is_always_read_as_a_whole() -> None:
    assert parse(rss(item(1), item(2)).replace(b"</channel>", b"<br>"), URL, TYPE).digests == b""


_ITEMS = st.lists(st.integers(1, 8), unique=True, max_size=8)


@given(_ITEMS, _ITEMS, st.sets(st.integers(1, 8)))
@settings(max_examples=60, deadline=None)
def test_what_is_read_of_a_part_is_what_the_whole_says(before: list[int], after: list[int], edited: set[int]) -> None:
    first = rss(*(item(n) for n in before))
    second = rss(*(item(n, "Edited" if n in edited else "") for n in after), built=1)
    whole = parse(second, URL, TYPE)
    found = parse_changed(second, URL, TYPE, parse(first, URL, TYPE).digests)
    known = [n for n in after if n in before and n not in edited]

    assert (found is not None) is bool(known)
    if found is not None:
        wanted = [entry for n, entry in zip(after, whole.entries, strict=True) if n not in known]
        assert (list(found.entries), found.known, found.digests) == (wanted, len(known), whole.digests)


@given(st.binary(max_size=300), st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_have_a_rest_or_none(content: bytes, table: bytes) -> None:
    found = splitting.rest(b"<item>" + content + b"</item>" + content, table, "")

    assert found is None or found.known > 0
    try:
        parse_changed(content, URL, TYPE, table)
    except FeedParseError as error:
        pytest.fail(f"raised {error}")


def test_a_hundred_thousand_tags_take_no_longer_than_once_through() -> None:
    assert splitting.spans(b"<item>" * 100_000) == []
    assert len(splitting.spans(b"<item ></item >" * 100_000)) == 100_000
