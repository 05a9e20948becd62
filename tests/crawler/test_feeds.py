"""Feeds of every dialect become the same entries. All companies are invented."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from crawler.feeds import MAX_ENTRIES, parse
from news.article import Entry, ParsedFeed

BASE = "https://news.example/rss/all.xml"
DAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LINK = "https://news.example/a/1"
TITLE = "Norvela licenses a B7-H3 antibody to Quantor"

RSS_2 = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>
<language>EN-gb</language><item><title>{TITLE}</title><link>{LINK}</link><guid isPermaLink="false">n-1</guid>
<author>Ada Reed</author><description>Upfront payment of EUR 10m.</description>
<pubDate>Mon, 23 Nov 2026 10:30:00 +0100</pubDate></item>
</channel></rss>"""
RSS_091 = f"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>News</title><language>en-gb</language><item><title>{TITLE}</title>
<link>{LINK}</link><description>Upfront payment of EUR 10m.</description></item></channel></rss>"""
RSS_1 = f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel rdf:about="https://news.example/"><title>News</title>
<dc:language>en-gb</dc:language><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
</channel><item rdf:about="{LINK}"><title>{TITLE}</title><link>{LINK}</link><dc:creator>Ada Reed</dc:creator>
<description>Upfront payment of EUR 10m.</description><dc:date>2026-11-23T09:30:00Z</dc:date></item></rdf:RDF>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-gb"><title>News</title><id>f</id><entry>
<title type="html">{TITLE}</title><id>n-1</id><link rel="self" href="/self"/><link href="/a/1"/>
<author><name>Ada Reed</name></author><published>2026-11-23T10:30:00+01:00</published>
<updated>2026-11-24T00:00:00Z</updated><summary>Upfront payment of EUR 10m.</summary></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "language": "en-GB",
        "items": [
            {
                "id": "n-1",
                "url": "/a/1",
                "title": TITLE,
                "content_html": "<p>Upfront payment of <b>EUR 10m</b>.</p>",
                "authors": [{"name": "Ada Reed"}],
                "date_published": "2026-11-23T10:30:00+01:00",
            }
        ],
    }
)


def rss(items: str, channel: str = "") -> bytes:
    """Return an RSS feed."""
    return f'<rss version="2.0"><channel><title>News</title>{channel}{items}</channel></rss>'.encode()


def read(content: bytes | str, content_type: str = "") -> ParsedFeed:
    """Return what a feed holds."""
    return parse(content.encode() if isinstance(content, str) else content, BASE, content_type)


def only(content: bytes | str, content_type: str = "") -> Entry:
    """Return the one entry of a feed."""
    (entry,) = read(content, content_type).entries
    return entry


@pytest.mark.parametrize(
    ("feed", "guid", "author", "published"),
    [
        (RSS_2, "n-1", "Ada Reed", DAY),
        (RSS_091, LINK, "", None),
        (RSS_1, LINK, "Ada Reed", DAY),
        (ATOM, "n-1", "Ada Reed", DAY),
    ],
    ids=["rss-2.0", "rss-0.91", "rss-1.0", "atom"],
)
def test_every_dialect_of_xml_gives_the_same_entry(
    feed: str, guid: str, author: str, published: datetime | None
) -> None:
    assert only(feed) == Entry(guid, LINK, TITLE, "Upfront payment of EUR 10m.", author, published)
    assert (read(feed).title, read(feed).language) == ("News", "en-gb")


def test_json_feed_gives_the_same_entry() -> None:
    assert only(JSON_FEED) == Entry("n-1", LINK, TITLE, "Upfront payment of EUR 10m .", "Ada Reed", DAY)
    assert (read(JSON_FEED).title, read(JSON_FEED).language) == ("News", "en-gb")


def test_an_entry_without_guid_is_known_by_its_link_and_without_that_by_its_words() -> None:
    linked = only(rss(f"<item><title>A</title><link>{LINK}</link></item>"))
    bare = [only(rss(f"<item><title>{title}</title></item>")) for title in ("A", "A", "B")]

    assert linked.guid == LINK
    assert bare[0].guid == bare[1].guid != bare[2].guid
    assert bare[0].link == ""


def test_a_guid_that_is_an_address_serves_as_the_link() -> None:
    assert only(rss(f"<item><title>A</title><guid>{LINK}</guid></item>")).link == LINK


def test_a_guid_that_stands_for_several_addresses_tells_nothing_apart() -> None:
    items = "".join(f"<item><title>{n}</title><link>{LINK}{n}</link><guid>same</guid></item>" for n in range(3))

    assert [entry.guid for entry in read(rss(items)).entries] == [f"{LINK}{n}" for n in range(3)]


def test_what_is_kept_for_ever_of_an_entry_has_a_bound() -> None:
    entry = only(rss(f"<item><title>{'ω ' * 9000}</title><description>{'A word. ' * 9000}</description></item>"))

    assert len(entry.title) <= 400
    assert len(entry.summary) <= 1000
    assert entry.summary.endswith("word.…")


def test_a_guid_too_long_for_an_index_is_kept_as_its_hash() -> None:
    one, other = (only(rss(f"<item><title>A</title><guid>{'x' * 9000}{n}</guid></item>")).guid for n in range(2))

    assert len(one) == len(other) == 64
    assert one != other


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("a/1", "https://news.example/rss/a/1"),
        ("//other.example/a", "https://other.example/a"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https://news.example/a?x=1&amp;y=2", "https://news.example/a?x=1&y=2"),
        ("javascript:alert(1)", ""),
        ("file:///etc/hostname", ""),
        ("data:text/html,x", ""),
        ("http://[::1", ""),
        (f"https://news.example/{'x' * 3000}", ""),
        (f"https://news.example/{'ω' * 500}", ""),
    ],
)
def test_links_become_absolute_addresses_that_can_be_fetched_or_none(link: str, expected: str) -> None:
    assert (
        only(rss(f"<item><title>A</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>")).link
        == expected
    )


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("<![CDATA[Norvela & Quantor]]>", "Norvela & Quantor"),
        ("<![CDATA[<b>Norvela</b> &amp; <i>Quantor</i>]]>", "Norvela & Quantor"),
        ("Norvela &amp;amp; Quantor", "Norvela & Quantor"),
        ("&lt;em&gt;IFN&lt;/em&gt;-&amp;gamma; deal", "IFN -γ deal"),
        ("Norvela & Quantor", "Norvela & Quantor"),
        ("p &lt; 0.05 for Norvela", "p < 0.05 for Norvela"),
        ("<![CDATA[A<script>steal()</script>B<!-- hidden -->C]]>", "A B C"),
        ("Norvela&#8217;s  \n deal\u202e", "Norvela’s deal"),
    ],
)
def test_titles_become_plain_words(title: str, expected: str) -> None:
    assert only(rss(f"<item><title>{title}</title><link>{LINK}</link></item>")).title == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 23 Nov 2026 10:30:00 +0100", DAY),
        ("Mon, 23 Nov 2026 04:30:00 EST", DAY),
        ("Mon,23 Nov 2026 9:30:00 GMT", DAY),
        ("2026-11-23T09:30:00Z", DAY),
        ("2026-11-23", DAY.replace(hour=0, minute=0)),
        ("Tue, 23 Nov 2126 09:30:00 GMT", DAY.replace(year=2126)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_in_many_forms_or_left_out(text: str, expected: datetime | None) -> None:
    assert only(rss(f"<item><title>A</title><pubDate>{text}</pubDate></item>")).published == expected


@pytest.mark.parametrize("text", ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00", "Mon, 23 Nov 2026 09:30:00 GMT"])
def test_json_feeds_may_write_dates_as_rss_does(text: str) -> None:
    assert only(json.dumps({"items": [{"id": 1, "date_published": text}]})).published == DAY


def test_what_was_updated_counts_only_where_nothing_else_is_said() -> None:
    entry = "<entry><id>1</id><title>A</title>{}<updated>2026-11-23T09:30:00Z</updated></entry>"
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{}</feed>'

    assert only(feed.format(entry.format(""))).published == DAY
    earlier = entry.format("<published>2026-11-01T00:00:00Z</published>")
    assert only(feed.format(earlier)).published == datetime(2026, 11, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("channel", "expected"),
    [
        ("<ttl>60</ttl>", timedelta(minutes=60)),
        ("<ttl> 5 </ttl>", timedelta(minutes=5)),
        ("<ttl>0</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<ttl>often</ttl>", None),
        ("<ttl>99999999999</ttl>", timedelta(days=30)),
        ("", None),
    ],
)
def test_a_ttl_is_in_minutes(channel: str, expected: timedelta | None) -> None:
    assert read(rss("", channel)).ttl == expected


def test_the_syndication_module_says_how_often_in_a_period() -> None:
    assert read(RSS_1).ttl == timedelta(hours=6)
    assert read(RSS_1.replace("<sy:updateFrequency>4</sy:updateFrequency>", "")).ttl == timedelta(days=1)
    assert read(RSS_1.replace(">4<", ">0<")).ttl == timedelta(days=1)
    assert read(RSS_1.replace("daily", "hourly").replace(">4<", ">1<")).ttl == timedelta(hours=1)


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "utf-8", ""),
        ("iso-8859-1", "iso-8859-1", ""),
        ("windows-1252", "windows-1252", "application/rss+xml"),
        ("utf-16", "utf-16", ""),
        ("iso-8859-1", "", "application/rss+xml; charset=iso-8859-1"),
        ("utf-8-sig", "utf-8", "application/rss+xml"),
    ],
)
def test_encodings_are_those_that_are_declared(encoding: str, declared: str, header: str) -> None:
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    feed = f"{head}{rss('<item><title>Café à Genève</title></item>').decode()}"

    assert only(feed.encode(encoding), header).title == "Café à Genève"


def test_an_empty_feed_is_a_feed() -> None:
    assert read(rss("")).entries == ()
    assert read('{"items": []}').entries == ()


def test_a_feed_that_breaks_off_gives_what_it_held() -> None:
    whole = rss("".join(f"<item><title>T{n}</title><link>{LINK}{n}</link></item>" for n in range(3)))

    assert [entry.title for entry in read(whole[:-60]).entries][:2] == ["T0", "T1"]


def test_a_feed_without_end_is_cut() -> None:
    items = [{"id": str(n), "url": f"{LINK}{n}"} for n in range(MAX_ENTRIES + 10)]

    assert len(read(json.dumps({"items": items})).entries) == MAX_ENTRIES


def test_a_json_feed_of_the_first_version_names_one_author() -> None:
    assert only('{"items": [{"id": 7, "author": {"name": "Ada"}, "title": "A"}, 5, null]}') == Entry(
        "7", "", "A", "", "Ada"
    )


def test_what_no_database_takes_is_left_out() -> None:
    entry = only('{"items": [{"id": "a\\u0000\\ud800b", "title": "A\\u0000\\udfffB", "url": "/a\\u0000\\ud800"}]}')

    assert entry == Entry("ab", "https://news.example/a", "AB")


def test_an_id_does_not_depend_on_where_the_feed_lives() -> None:
    """Atom asks for addresses as ids; those of feeds that give mere numbers must survive a move."""
    elsewhere = parse(ATOM.encode(), "https://new.example/feed", "").entries[0]

    assert elsewhere.guid == only(ATOM).guid == "n-1"
    assert elsewhere.link == "https://new.example/a/1"


def test_a_base_that_the_feed_names_holds_for_its_links() -> None:
    feed = ATOM.replace("<entry>", '<entry xml:base="https://other.example/b/">').replace('"/a/1"', '"a/1"')

    assert only(feed).link == "https://other.example/b/a/1"
