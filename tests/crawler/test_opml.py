"""Lists of feeds from other readers, and our own on their way back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.opml import Outline, read, write
from news.errors import FeedParseError

NESTED = """\
<?xml version="1.0" encoding="windows-1252"?>
<opml version="1.0"><head><title>Café</title></head><body>
<outline text="Pharma"><outline text="Deals"><outline type="rss" text="Café & Cie" xmlUrl="https://a.example/f?x=1&y=2"
  htmlUrl="https://a.example"/></outline>
<OUTLINE title="Shouted" XMLURL="https://b.example/feed"/></outline>
<outline text="a page" type="link" url="https://c.example/"/><outline text="no address" xmlUrl=""/>
</body></opml>"""


def test_nested_lists_in_odd_encodings_with_bare_ampersands_are_read() -> None:
    assert read(NESTED.encode("cp1252")) == (
        Outline("Café & Cie", "https://a.example/f?x=1&y=2", group="Deals"),
        Outline("Shouted", "https://b.example/feed", group="Pharma"),
    )


@pytest.mark.parametrize("content", [b"", b"{}", b"<rss/>", b"<html><body>opml</body></html>", b"\x00" * 50])
def test_what_is_no_opml_says_so(content: bytes) -> None:
    with pytest.raises(FeedParseError, match="no OPML"):
        read(content)


def test_entities_of_a_hostile_list_stay_small_and_no_file_is_read() -> None:
    bomb = (
        b'<!DOCTYPE o [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b'<!ENTITY f SYSTEM "file:///etc/hostname">]><opml><body>'
        + b'<outline text="&j;" xmlUrl="https://a.example/"/><outline text="x" xmlUrl="https://b.example/">&f;</outline>'
        + b"</body></opml>"
    )

    assert all(len(outline.title) <= 400 for outline in read(bomb))


_WORD = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)
_FORMS = st.sampled_from([None, "sitemap", "listing"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.builds(Outline, _WORD, _WORD, _WORD, st.just("own"), _WORD, _FORMS, _WORD), max_size=5))
def test_what_is_written_is_read_back(outlines: list[Outline]) -> None:
    assert list(read(write(outlines, "mine"))) == outlines


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.binary(max_size=100).map(lambda some: b"<opml><outline xmlUrl='" + some)))
def test_any_bytes_give_outlines_or_one_error(content: bytes) -> None:
    try:
        found = read(content)
    except FeedParseError:
        return
    assert all(outline.url for outline in found)
