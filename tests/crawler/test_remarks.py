"""What is odd about a feed is named, and what is not odd is not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.remarks import later, remarks, way
from news.article import Entry
from news.fetch import Body

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ENTRY = Entry("1", "https://news.example/1", "One", published=NOW)
PLAIN = "<rss><channel><title>News</title><item><title>Ünes</title><link>https://news.example/1</link></item></channel></rss>"
ODD: dict[str, tuple[str | bytes, str]] = {
    "breaks off": (PLAIN[:-20], "broken xml"),
    "an ampersand alone": (PLAIN.replace("News", "R & D"), "broken xml"),
    "latin-1 as utf-8": (PLAIN.encode("latin-1"), "wrong encoding"),
    "an unknown encoding": ("<?xml version='1.0' encoding='klingon'?>" + PLAIN.replace("Ü", "U"), "wrong encoding"),
    "nul": (PLAIN.replace("News", "Ne\0ws"), "nul bytes"),
    "an entity": ("<!DOCTYPE rss [<!ENTITY a 'b'>]>" + PLAIN.replace("News", "&a;"), "entities"),
    "an outer entity": ("<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + PLAIN, "entities"),
    "a relative link": (PLAIN.replace("https://news.example", ""), "relative links"),
    "a script": (PLAIN.replace("News", "&lt;script&gt;"), "script in a title"),
    "a script in CDATA": (PLAIN.replace("News", "<![CDATA[News <script>]]>"), "script in a title"),
    "depth": (PLAIN.replace("News", "<a>" * 200 + "</a>" * 200), "deep nesting"),
}
FINE: dict[str, str | bytes] = {
    "plain": PLAIN,
    "latin-1 that says so": ("<?xml version='1.0' encoding='iso-8859-1'?>" + PLAIN).encode("latin-1"),
    "utf-16": ("<?xml version='1.0' encoding='utf-16'?>" + PLAIN).encode("utf-16"),
    "utf-8 with a mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "a DOCTYPE": '<!DOCTYPE rss PUBLIC "-//N//DTD" "http://my.example/rss-0.91.dtd">' + PLAIN,
    "JSON": '{"version": "https://jsonfeed.org/version/1.1", "items": []}',
}


@pytest.mark.parametrize("case", ODD)
def test_what_is_odd_is_named_and_nothing_else(case: str) -> None:
    content, name = ODD[case]

    assert remarks(content.encode() if isinstance(content, str) else content, [ENTRY]) == (name,)


@pytest.mark.parametrize("case", FINE)
def test_what_is_as_it_should_be_gets_no_remark(case: str) -> None:
    content = FINE[case]

    assert remarks(content.encode() if isinstance(content, str) else content, [ENTRY]) == ()


def test_entries_without_dates_and_feeds_without_entries_are_remarked_on() -> None:
    undated = Entry("2", "", "Two")

    assert remarks(PLAIN.encode(), [undated, undated]) == ("no dates",)
    assert remarks(PLAIN.encode(), [ENTRY, undated]) == ()
    assert remarks(PLAIN.encode(), []) == ("no entries",)


def test_a_date_is_to_come_when_no_time_zone_explains_it() -> None:
    assert later([None, NOW, NOW + timedelta(hours=14)], NOW) == ()
    assert later([NOW, NOW + timedelta(days=2)], NOW) == ("dates to come",)


def test_a_feed_that_came_from_elsewhere_is_remarked_on() -> None:
    here, there = "https://news.example/feed", "https://new.example/feed"

    assert way(Body(b"", here), here) == ()
    assert way(Body(b"", there, moved_to=there), here) == ("moved",)
    assert way(Body(b"", there), here) == ("elsewhere for now",)


def test_a_billion_laughs_cost_nothing() -> None:
    levels = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    bomb = f"<!DOCTYPE rss [<!ENTITY a0 'ha'>{levels}]>" + PLAIN.replace("News", "&a11;" * 100)

    assert remarks(bomb.encode(), [ENTRY]) == ("entities",)


def test_a_megabyte_of_white_space_in_a_link_is_looked_through_once() -> None:
    padded = PLAIN.replace("<title>", f"<link>{' ' * 1_000_000}</link><title>", 1)
    began = time.process_time()

    remarks(padded.encode(), [ENTRY])

    assert time.process_time() - began < 2


@settings(max_examples=150)
@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: f"<rss>{text}</rss>".encode("utf-8", "replace")))
def test_any_bytes_get_remarks_and_no_error(content: bytes) -> None:
    assert all(remarks(content, []))
