"""Where a site's news may be: what its page and its robots.txt say."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.discovery import MOST_NAMED, examine, headlines, is_of_comments, sitemaps_in, well_known
from crawler.sitemaps import SitemapIndex
from news.article import Entry, ParsedFeed
from tests.crawler.test_listings import LIST

URL = "https://ledger.example/press/"


def named(head: str) -> tuple[str, ...]:
    """Return the feeds that are found in a page."""
    return examine(f"<html><head>{head}</head><body><p>Words</p></body></html>".encode(), URL, "text/html").feeds


@pytest.mark.parametrize("kind", ["application/rss+xml", "Application/Atom+XML", "application/feed+json"])
def test_a_page_names_its_feeds_in_its_head(kind: str) -> None:
    assert named(f"<link rel='alternate home' type='{kind}' href='../feed'>") == ("https://ledger.example/feed",)


def test_feeds_of_comments_come_last_and_translations_are_no_feeds() -> None:
    head = (
        "<base href='https://cdn.example/x/'>"
        "<link rel=alternate type=application/rss+xml title='Comments' href=comments/feed>"
        "<link rel=alternate hreflang=de href=/de/><link rel=alternate type=application/rss+xml title=News href=feed>"
        "<link rel=alternate type=application/rss+xml href=feed>"
    )

    assert named(head) == ("https://cdn.example/x/feed", "https://cdn.example/x/comments/feed")
    assert is_of_comments("https://cdn.example/x/comments/feed", "")


def test_without_a_head_the_feeds_that_a_page_links_to_count_up_to_a_handful() -> None:
    links = "".join(f"<a href='/rss/{n}'>RSS</a>" for n in range(20)) + "<a href='/feedback'>Tell us</a>"

    assert named(links) == tuple(f"https://ledger.example/rss/{n}" for n in range(MOST_NAMED))


def test_a_page_with_headlines_is_a_list_and_still_no_feed() -> None:
    found = examine(LIST, URL, "text/html")

    assert isinstance(found.found, ParsedFeed)
    assert found.found.form == "listing"
    assert found.fault is not None
    assert found.fault.name == "html instead of a feed"


def test_sitemaps_and_what_is_nothing_are_told_apart() -> None:
    assert isinstance(examine(b"<sitemapindex></sitemapindex>", URL, "").found, SitemapIndex)
    nothing = examine(b"words", URL, "text/plain")
    assert (nothing.found, nothing.fault is not None) == (None, True)


def test_well_known_addresses_are_a_handful_and_a_sections_own_comes_first() -> None:
    assert well_known("https://ledger.example/")[:2] == ("https://ledger.example/feed", "https://ledger.example/rss")
    assert well_known(URL + "?page=2")[0] == "https://ledger.example/press/feed"
    assert len(well_known(URL)) == 5


def test_sitemaps_of_the_same_site_are_taken_from_robots_those_of_news_first() -> None:
    robots = b"Sitemap: https://ledger.example/sitemap.xml\nSitemap: /news.xml\nSitemap: https://other.example/s.xml\n"

    assert sitemaps_in(robots, URL) == ("https://ledger.example/news.xml", "https://ledger.example/sitemap.xml")


def test_headlines_are_the_newest_titles_and_what_addresses_say_where_there_are_none() -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC) for day in (2, 9, 5)]
    dated = tuple(Entry(str(day.day), "", f"of {day.day}", published=day) for day in days)
    untitled = (Entry("x", "https://ledger.example/2026/harrow-and_northpoint-sign.html", ""),)

    assert headlines(ParsedFeed("", "", dated), 2) == ("of 9", "of 5")
    assert headlines(ParsedFeed("", "", untitled)) == ("harrow and northpoint sign",)


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"<html><link rel=alternate type=application/rss+xml href='", b"<a href='"]),
)
def test_any_bytes_are_examined_without_an_error(content: bytes, begin: bytes) -> None:
    found = examine(begin + content, URL, "text/html")

    assert found.found is not None or found.fault is not None
    assert all(url.startswith("http") for url in found.feeds)
    assert all(url.startswith("https://ledger.example/") for url in sitemaps_in(b"Sitemap: " + content, URL))
