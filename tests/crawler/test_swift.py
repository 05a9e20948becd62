"""The fast pass says of a feed what feedparser says of the whole document, or that it is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import feeds, swift
from crawler.feeds import parse, parse_at_once
from news.article import ParsedFeed
from news.errors import FeedParseError

BASE = "https://news.example/rss/all.xml"
MAIL = "Mon, 23 Nov 2026 10:30:00 +0100"
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:a="http://www.w3.org/2005/Atom"'
)
PLAIN = f"""<title>Norvela licenses <![CDATA[B7-H3 & more]]></title><link>https://news.example//a?x=1&amp;y=2</link>
<guid>https://news.example/1</guid><dc:creator>Ada</dc:creator><dc:creator>Ada Reed</dc:creator><category>A</category>
<pubDate>{MAIL}</pubDate><description>&lt;p&gt;EUR 10m&lt;/p&gt;</description><content:encoded>More</content:encoded>
<slash:comments>3</slash:comments><!-- a remark --><enclosure url="/x.mp3" type="audio/mpeg" length="1"/>"""
OTHERS = (
    "<media:title>Another title</media:title><title>One</title>",
    "<title>One</title><title>Two</title>",
    "<title>One <b>bold</b> word</title>",
    "<image><title>Of an image</title><url>/i.png</url></image><title>One</title>",
    "<foo><title>Inner</title></foo><title>Outer</title>",
    "<title>One</title><x:y xmlns:x='urn:x'>z</x:y>",
    "<description>One</description><summary>Two</summary>",
    "<title type='base64'>T25l</title>",
)


def rss(*items: str, head: str = "", tail: str = "", declared: str = "utf-8") -> str:
    """Return a feed of these items."""
    inside = "\n".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0" {SPACES}><channel><title>News</title>'
        f"<language>en</language><ttl>30</ttl>{head}{inside}{tail}</channel></rss>"
    )


def atom(*entries: str) -> str:
    """Return a feed of these entries."""
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb"><title>News</title><id>f</id>{inside}</feed>'


def rdf(*items: str) -> str:
    """Return an RSS 1.0 feed of these items."""
    inside = "".join(f'<item rdf:about="https://news.example/{n}">{item}</item>' for n, item in enumerate(items))
    return (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>'
        f'<channel rdf:about="https://news.example/"><title>News</title></channel>{inside}</rdf:RDF>'
    )


def whole(content: bytes, content_type: str) -> ParsedFeed | str:
    """Return what feedparser makes of the whole document, with nothing of the fast pass."""
    try:
        feeds.refuse_pages(content)
        return feeds._settled(content, feeds._read_whole(content, BASE, content_type))
    except FeedParseError as error:
        return str(error)


def quickly(content: bytes, content_type: str) -> ParsedFeed | str:
    """Return what is made of it as it is used."""
    try:
        return parse(content, BASE, content_type)
    except FeedParseError as error:
        return str(error)


def sure(content: str | bytes, content_type: str = "") -> list[bool] | None:
    """Return of which items the fast pass is sure, None where it is not of the document."""
    found = swift.items(content.encode() if isinstance(content, str) else content, content_type)
    return None if found is None else [item.says is not None for item in found]


PERSON = "<author><name>Ada Reed</name><email>ada@news.example</email><uri>/ada</uri></author>"
ENTRY = (
    f"<title type='html'>&lt;b&gt;One&lt;/b&gt;</title><link rel='self' href='/s'/><link href='/a/1'/>"
    f"<id>tag:1</id>{PERSON}"
    "<contributor><name>Bo</name></contributor><published>2026-11-23T10:30:00+01:00</published>"
    "<updated>2026-11-24T00:00:00Z</updated><summary>Words</summary>"
    "<content type='html'>&lt;p&gt;More&lt;/p&gt;</content>"
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (rss(PLAIN, PLAIN.replace("/1<", "/2<")), [True, True]),
        (rss("<title>Only a title</title>", "<guid isPermaLink='false'>n-1</guid>"), [True, True]),
        (atom(ENTRY, "<id>https://news.example/2</id><title>No link</title>"), [True, True]),
        (rdf("<title>One</title><link>/1</link><dc:date>2026-11-23T10:30Z</dc:date>", "<title/>"), [True, True]),
        (rss("<title>CafÃ© and café</title><description>\x93quoted\x94 &#147;more&#148;</description>"), [True]),
        (rss("<title>One</title><pubDate>23 Nov 26 10:30 EST</pubDate>", "<pubDate>never</pubDate>"), [True, True]),
        (rss("<title>One</title><a:link href='https://news.example/2'/><link>/1</link>"), [True]),
    ],
    ids=["rss", "bare", "atom", "rdf", "mended", "dates", "links"],
)
def test_what_the_fast_pass_reads_is_what_feedparser_reads(document: str, expected: list[bool]) -> None:
    content = document.encode()

    assert sure(content) == expected
    assert quickly(content, "") == whole(content, "")


@pytest.mark.parametrize("other", OTHERS)
def test_an_item_that_is_not_plain_is_left_to_feedparser_and_the_others_are_not(other: str) -> None:
    content = rss(PLAIN, other, PLAIN).encode()

    assert sure(content) == [True, False, True]
    assert quickly(content, "") == whole(content, "")


@pytest.mark.parametrize(
    ("content", "content_type"),
    [
        (rss("<title>é</title>", declared="iso-8859-1").encode("latin-1"), ""),
        (rss("<title>é</title>").encode(), "text/xml; charset=iso-8859-1"),
        (rss("<title>é</title>").encode("utf-16"), ""),
        (rss(PLAIN, tail="<title>A later title</title>").encode(), ""),
        (rss(PLAIN, head="<item/>").encode(), ""),
        (rss(PLAIN).replace("<rss", "<!DOCTYPE rss [<!ENTITY e 'x'>]><rss").encode(), ""),
        (rss(PLAIN).replace("</channel>", "").encode(), ""),
        (rss(PLAIN).replace("<channel>", "<channel xml:base='https://elsewhere.example/'>").encode(), ""),
        (rss("<link xml:base='https://elsewhere.example/'>/a</link>", "<link>/a</link>").encode(), ""),
        (rss(PLAIN).replace("xmlns:content", "xmlns:dc2='urn:x' xmlns:slash2", 1).encode(), ""),
    ],
    ids=["declared", "charset", "utf-16", "behind", "empty", "doctype", "broken", "base", "lasting", "undeclared"],
)
def test_a_document_that_the_fast_pass_is_not_sure_of_is_read_whole(content: bytes, content_type: str) -> None:
    assert sure(content, content_type) is None
    assert quickly(content, content_type) == whole(content, content_type)
    assert parse_at_once(content, BASE, content_type) is None


def test_a_byte_order_mark_moves_no_item() -> None:
    content = b"\xef\xbb\xbf" + rss(PLAIN, OTHERS[2], PLAIN).encode()

    assert quickly(content, "") == whole(content, "")


def test_a_long_feed_and_one_with_an_item_that_is_not_plain_go_to_a_worker() -> None:
    assert parse_at_once(rss(PLAIN).encode(), BASE, "") == whole(rss(PLAIN).encode(), "")
    assert parse_at_once(rss(PLAIN, OTHERS[0]).encode(), BASE, "") is None
    assert parse_at_once(rss(*[PLAIN] * 200).encode(), BASE, "") is None


PIECES = (
    *OTHERS, PLAIN, ENTRY, PERSON, "text", "<link xml:base='https://elsewhere.example/'>/a</link>",
    "<title>A</title>", "<link>/a</link>", "<link href='/b'/>", "<summary/>",
    "<guid>g</guid>", "<id> x </id>", "<guid isPermaLink='false'>h</guid>", "<description>d</description>",
    "<content>c</content>", "<content:encoded>e</content:encoded>", "<source url='/s'>S</source>",
    "<author>b@news.example (Bo)</author>", f"<pubDate>{MAIL}</pubDate>", "<dc:date>2026-11-23</dc:date>",
    "<updated>x</updated>", "<comments>/c</comments>",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=5).map("".join), max_size=4), st.sampled_from([rss, atom, rdf])
)
def test_items_put_together_at_random_are_read_alike(made: list[str], form: object) -> None:
    assert callable(form)
    content = form(*made).encode()

    assert quickly(content, "") == whole(content, "")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_feed_of_which_bytes_were_changed_is_read_alike_or_refused_alike(data: st.DataObject) -> None:
    content = bytearray(rss(PLAIN, OTHERS[2], PLAIN).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    assert quickly(bytes(content), "") == whole(bytes(content), "")
