"""What is no feed is refused by name, and nothing that a publisher sends does harm."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.feeds import parse
from news.article import ParsedFeed
from news.errors import FeedParseError

FEED = """<?xml version="1.0"?>{}<rss version="2.0"><channel><title>News</title><item>
<title>Norvela &x;</title><description>{}</description></item><item><title>B &e8;</title></item></channel></rss>"""


def read(content: bytes | str, content_type: str = "") -> ParsedFeed:
    """Return what a feed holds."""
    return parse(content.encode() if isinstance(content, str) else content, "https://news.example/rss", content_type)


HTML = "<!doctype html><html><head><title>Newsroom</title></head><body><p>Welcome</p></body></html>"
CHALLENGE = "<!DOCTYPE html><html><title>Just a moment...</title><script>window._cf_chl_opt={}</script></html>"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty body"),
        (b" \r\n\t", "empty body"),
        (HTML, "html instead of a feed"),
        (f"<!-- rss -->{HTML}", "html instead of a feed"),
        (CHALLENGE, "challenge page"),
        ("not found", "not a feed"),
        ("<xml><a/></xml>", "not a feed"),
        ('{"error": "no such feed"}', "not a feed"),
        ('{"items": "none"}', "not a feed"),
        ('{"items": [', "not a feed"),
        ("{" * 100_000, "not a feed"),
        ('{"items": ' + "[" * 100_000, "not a feed"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
    ],
)
def test_what_is_no_feed_is_refused_by_name(content: bytes | str, fault: str) -> None:
    with pytest.raises(FeedParseError) as caught:
        read(content, "application/rss+xml")

    assert caught.value.fault == fault
    assert "\n" not in str(caught.value)


def test_a_feed_that_mentions_a_page_is_still_a_feed() -> None:
    assert len(read(FEED.format("", f"<![CDATA[{CHALLENGE}]]>")).entries) == 2


def test_an_answer_that_names_a_file_of_ours_does_not_read_it(tmp_path: Path) -> None:
    """The parser opens what it takes for the name of a file, and a publisher chooses the bytes."""
    private = tmp_path / "feed.xml"
    private.write_text(FEED.format("", ""))

    with pytest.raises(FeedParseError):
        read(str(private))


def test_entities_are_neither_fetched_nor_blown_up(tmp_path: Path) -> None:
    private = tmp_path / "secret"
    private.write_text("secret")
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    doctype = f'<!DOCTYPE r [<!ENTITY e0 "ha"><!ENTITY x SYSTEM "file://{private}">{bomb}]>'

    entries = read(FEED.format(doctype, "")).entries

    assert len(entries) == 2
    assert not any("secret" in entry.title or len(entry.title) > 1000 for entry in entries)


PIECES = """
<rss> <channel> <item> </item> <title> </title> <![CDATA[ ]]> <!-- <link> &amp; &#0; <entry> <pubDate> 2026 <?xml ?>
<feed\x20xmlns="http://www.w3.org/2005/Atom"> {"items":[ {"id": "\\ud800" ]} <!DOCTYPE <html> <guid> \x00 é 1e999 null
"""
ANYTHING = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from(PIECES.split()), max_size=25).map(lambda parts: "".join(parts).encode()),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING, st.one_of(st.just(""), st.text(max_size=30)))
def test_any_bytes_are_a_feed_or_refused_in_bounded_time(content: bytes, content_type: str) -> None:
    begun = time.process_time()
    try:
        feed = read(content, content_type)
    except FeedParseError:
        feed = ParsedFeed("", "", ())

    assert time.process_time() - begun < 5
    for entry in feed.entries:
        assert entry.guid
        assert entry.link == "" or entry.link.startswith(("http://", "https://"))
        everything = f"{entry.guid}{entry.link}{entry.title}{entry.summary}{entry.author}"
        assert "\0" not in everything
        assert everything.encode()
