"""Sitemaps as publishers write them, and as those do who mean no good."""

from __future__ import annotations

import contextlib
import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import sitemaps
from crawler.sitemaps import OVERLAP, Part, SitemapIndex, followed, is_sitemap, missed, parse, tells_of_changes
from news.article import Entry, Gap, ParsedFeed
from news.errors import FeedParseError

URL = "https://ledger.example/sitemap.xml"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEWS = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://ledger.example/a</loc><image:image><image:loc>https://ledger.example/a.png</image:loc>
  <image:title>A picture</image:title></image:image>
  <news:news><news:publication><news:name>The Ledger</news:name><news:language>EN</news:language></news:publication>
  <news:publication_date>2026-11-24T07:00:00+01:00</news:publication_date>
  <news:title>Harrow &amp; Northpoint sign</news:title></news:news></url>
<url><loc>/b?x=1&y=2</loc><lastmod>2026-11-24T09:30:00Z</lastmod></url>
</urlset>"""


def urlset(*pages: tuple[str, str]) -> bytes:
    """Return a sitemap of addresses with their dates."""
    urls = (f"<url><loc>{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for loc, day in pages)
    return f"<urlset>{''.join(urls)}</urlset>".encode()


def index(*parts: tuple[str, str]) -> bytes:
    """Return an index of sitemaps with their dates."""
    maps = (f"<sitemap><loc>{loc}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</sitemap>" for loc, day in parts)
    return f"<sitemapindex>{''.join(maps)}</sitemapindex>".encode()


def parsed(content: bytes) -> ParsedFeed:
    found = parse(content, URL)
    assert isinstance(found, ParsedFeed)
    return found


def test_a_news_sitemap_gives_titles_dates_and_the_name_of_its_paper() -> None:
    found = parsed(NEWS.encode())

    assert (found.title, found.language, found.form) == ("The Ledger", "en", "sitemap")
    assert [(e.link, e.title, e.published) for e in found.entries] == [
        ("https://ledger.example/b?x=1&y=2", "", datetime(2026, 11, 24, 9, 30, tzinfo=UTC)),
        ("https://ledger.example/a", "Harrow & Northpoint sign", datetime(2026, 11, 24, 6, tzinfo=UTC)),
    ]


def test_a_packed_sitemap_is_the_same_sitemap() -> None:
    packed = gzip.compress(NEWS.encode())

    assert is_sitemap(packed)
    assert parse(packed, URL) == parse(NEWS.encode(), URL)


@pytest.mark.parametrize("content", [b"<rss><channel/></rss>", b"<html></html>", b"", b"\x1f\x8b", b'{"items": []}'])
def test_nothing_else_looks_like_a_sitemap(content: bytes) -> None:
    assert not is_sitemap(content)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"<html><p>a page</p></html>", "html instead of a feed"),
        (b"<html><title>Just a moment...</title></html>", "challenge page"),
        (b"<rss><channel/></rss>", "not a sitemap"),
        (b"", "not a sitemap"),
        (b"\x1f\x8bnothing", "broken sitemap"),
        (gzip.compress(NEWS.encode(), mtime=0)[:60], "broken sitemap"),
    ],
)
def test_what_is_none_has_a_name(content: bytes, fault: str) -> None:
    with pytest.raises(FeedParseError) as raised:
        parse(content, URL)

    assert raised.value.fault == fault


def test_a_bomb_of_packed_zeros_is_too_large() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join([packer.compress(bytes(1024 * 1024)) for _ in range(60)] + [packer.flush()])

    with pytest.raises(FeedParseError) as raised:
        parse(bomb, URL)

    assert raised.value.fault == "too large"


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = (
        b'<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b'<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    )

    found = parsed(bomb + urlset(("https://ledger.example/&j;", ""), ("https://ledger.example/&file;", "")))

    assert all(len(entry.link) < 40 for entry in found.entries)


def test_a_date_that_all_pages_share_is_the_sitemaps_and_not_theirs() -> None:
    pages = [(f"https://ledger.example/{n}", "2026-11-24") for n in range(9)]

    assert {entry.published for entry in parsed(urlset(*pages)).entries} == {None}
    assert parsed(urlset(*pages[:2])).entries[0].published == datetime(2026, 11, 24, tzinfo=UTC)


def test_entries_are_the_newest_first_and_of_undated_ones_those_that_were_written_last() -> None:
    found = parsed(
        urlset(("https://a.example/1", ""), ("https://a.example/2", ""), ("https://a.example/3", "2026-01-02"))
    )

    assert [entry.link[-1] for entry in found.entries] == ["3", "2", "1"]


def test_of_an_index_those_named_for_news_are_followed_and_pictures_never() -> None:
    names = ("image-sitemap.xml", "page-sitemap.xml", "author-sitemap.xml", "post-sitemap1.xml", "post-sitemap12.xml")
    found = parse(index(*((f"https://ledger.example/{name}", "") for name in names)), URL)

    assert isinstance(found, SitemapIndex)
    assert [part.url.rpartition("/")[2] for part in followed(found, None)] == [
        "post-sitemap12.xml",
        "post-sitemap1.xml",
    ]


def test_what_an_index_names_twice_is_followed_once() -> None:
    part = Part("https://ledger.example/news.xml", NOON)

    assert followed(SitemapIndex((part, part, part)), None) == (part,)


@pytest.mark.parametrize(
    "loc", ["http://led ger.example/a.xml", "http://%00/", "http://[::1", "http://a:99999/", "file:///a"]
)
def test_what_an_index_names_and_nobody_can_ask_for_is_passed_over(loc: str) -> None:
    held = parse(f"<sitemapindex><sitemap><loc>{loc}</loc></sitemap></sitemapindex>".encode(), URL)

    assert held == SitemapIndex(())


def test_cdata_that_never_ends_is_looked_through_once() -> None:
    began = time.process_time()

    with contextlib.suppress(FeedParseError):
        parse(b"<urlset>" + b"<![CDATA[" * 200_000, "https://ledger.example/")

    assert time.process_time() - began < 2


def test_the_latest_of_an_index_are_followed_and_none_that_is_older_than_the_last_poll() -> None:
    days = [NOON - timedelta(days=30 * n) for n in range(9)]
    found = parse(index(*((f"https://ledger.example/{n}.xml", day.isoformat()) for n, day in enumerate(days))), URL)

    assert isinstance(found, SitemapIndex)
    assert [part.changed for part in followed(found, None)] == days[:3]
    assert [part.changed for part in followed(found, NOON - timedelta(hours=1))] == days[:1]
    assert followed(found, NOON + OVERLAP + timedelta(hours=1)) == ()


def test_only_dates_with_a_time_say_that_nothing_has_changed() -> None:
    assert tells_of_changes([Part("https://a.example/1", NOON, timed=True)])
    assert not tells_of_changes([Part("https://a.example/1", NOON), Part("https://a.example/2", NOON, timed=True)])


def test_what_a_gap_hid_bears_a_date_within_it() -> None:
    days = {"early": -40, "before": -1, "within": 5, "after": 30, "late": 90}
    entries = [Entry(name, name, "", published=NOON + timedelta(hours=hours)) for name, hours in days.items()]
    undated = Entry("undated", "undated", "")

    found = missed([*entries, undated], Gap(NOON, NOON + timedelta(hours=12)))

    assert [entry.guid for entry in found] == ["before", "within", "after"]
    assert missed(entries, None) == ()


_PIECES = st.sampled_from(
    [b"<urlset>", b"</urlset>", b"<sitemapindex>", b"<sitemap>", b"<url>", b"<loc>", b"https://a.example/\xff",
     b"</loc>", b"<lastmod>2026-99-99T", b"<!DOCTYPE a [", b"<![CDATA[", b"&a;", b"]]>", b"\x00",
     b"\x1f\x8b", b"<news:title>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(_PIECES, max_size=20).map(b"".join)))
def test_any_bytes_give_entries_parts_or_one_error(content: bytes) -> None:
    for packed in (content, gzip.compress(content)):
        sitemaps.is_sitemap(packed)
        try:
            found = parse(packed, URL)
        except FeedParseError:
            continue
        if isinstance(found, SitemapIndex):
            followed(found, NOON)
        else:
            assert all(entry.link.startswith("http") for entry in found.entries)
