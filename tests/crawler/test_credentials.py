"""Where what opens a source goes, and where it does not."""

from __future__ import annotations

import logging
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.credentials import closed, kept, masked, opened
from news.article import Fault
from news.fetch import Body, Credentials, FeedTarget
from tests.crawler.conftest import Crawling
from tests.crawler.recorder import Recorder
from tests.servers.http import Reply, Site, moved

HEADERS = Credentials(headers=(("Authorization", "Basic c2VjcmV0"), ("X-Key", "s3cret")))
TOKEN = Credentials(query=(("token", "s3 cret/&"),))
SENT = "token=s3%20cret%2F%26"


def asked(site: Site, path: str) -> list[bool]:
    """Return for each request to a path whether it brought the headers."""
    return [seen.headers.get("X-Key") == "s3cret" and "Authorization" in seen.headers for seen in site.seen(path)]


def test_headers_go_to_the_source_and_not_to_its_robots_txt(crawling: Crawling, site: Site) -> None:
    url = site.serve("/feed", Reply(b"<rss/>"))

    assert crawling(FeedTarget("s", url, credentials=HEADERS)).body(url).content == b"<rss/>"
    assert asked(site, "/feed") == [True]
    assert asked(site, "/robots.txt") == [False]


def test_headers_stay_on_their_host_and_do_not_come_back_by_a_detour(
    crawling: Crawling, site: Site, other: Site
) -> None:
    here = site.serve("/here", moved("/there", 302))
    site.serve("/there", moved(other.url("/away"), 302))
    other.serve("/away", moved(site.serve("/back", Reply(b"<rss/>")), 302))

    assert crawling(FeedTarget("s", here, credentials=HEADERS)).body(here).content == b"<rss/>"
    assert (asked(site, "/here"), asked(site, "/there"), asked(site, "/back")) == ([True], [True], [False])
    assert asked(other, "/away") == [False]


def test_the_pages_of_a_source_are_asked_for_without_its_credentials(crawling: Crawling, site: Site) -> None:
    url, page = site.serve("/feed", Reply(b"<rss/>")), site.serve("/page", Reply(b"page"))

    crawling(FeedTarget("s", url, credentials=HEADERS), sink=Recorder({url: [page]}))

    assert asked(site, "/page") == [False]


def test_a_token_is_asked_with_and_shown_nowhere(
    crawling: Crawling, site: Site, other: Site, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    site.serve(f"/feed?a=1&{SENT}", moved(f"/new?{SENT}&b=2"))
    site.serve(f"/new?b=2&{SENT}", Reply(b"<rss/>"))
    site.serve(f"/away?{SENT}", moved(other.url("/open")))
    other.serve("/open", Reply(b"<rss/>"))
    url, away, lost = site.url("/feed?a=1"), site.url("/away"), site.url("/lost")

    recorder = crawling(*(FeedTarget(u, u, credentials=TOKEN) for u in (url, away, lost)))

    assert recorder.answers[url] == Body(b"<rss/>", site.url("/new?b=2"), moved_to=site.url("/new?b=2"))
    assert recorder.body(away).final_url == other.url("/open")
    assert [seen.path for seen in other.seen()] == ["/robots.txt", "/open"]
    assert recorder.fault(lost) == "http 404"
    assert "s3" not in f"{caplog.text} {recorder.answers} {TOKEN!r} {FeedTarget('s', url, credentials=TOKEN)!r}"


@pytest.mark.parametrize(
    ("url", "to", "stays"),
    [
        ("http://a.example/x", "http://a.example/y", True),
        ("http://a.example/x", "https://a.example/y", True),
        ("https://a.example/x", "http://a.example/y", False),
        ("https://a.example/x", "https://www.a.example/x", False),
        ("https://a.example/x", "https://a.example:8443/x", False),
        ("https://a.example/x", "https://a.example@evil.example/x", False),
        ("https://a.example/x", "https://a.example.evil.example/x", False),
        ("https://a.example/x", "file:///etc/passwd", False),
        ("https://a.example/x", "//", False),
    ],
)
def test_credentials_go_with_a_redirect_to_the_same_host_only(url: str, to: str, *, stays: bool) -> None:
    assert kept(url, to, HEADERS) == (HEADERS if stays else None)


@settings(max_examples=100)
@given(st.text(max_size=30), st.text("abc/?&=#%26", max_size=20))
def test_an_address_is_opened_and_closed_again(value: str, tail: str) -> None:
    credentials, url = Credentials(query=(("key", value),)), f"https://a.example/{tail.replace('key', '')}"

    assert closed(opened(url, credentials), credentials) == closed(url, credentials)
    assert opened(opened(url, credentials), credentials) == opened(url, credentials)


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_to_log_in_that_repeats_the_address_does_not_repeat_what_opens_it(times: int) -> None:
    address = f"/feed?a=1&{SENT}"
    for _ in range(times):
        address = quote(address, safe="")

    assert closed(f"https://a.example/login?next={address}&b=2", TOKEN) == "https://a.example/login?b=2"
    assert (
        closed("https://a.example/login?next=%2Ffeed%3Fa%3D1", TOKEN) == "https://a.example/login?next=%2Ffeed%3Fa%3D1"
    )


def test_the_words_of_a_fault_do_not_hold_what_opens_the_source() -> None:
    fault = Fault("connection failed", f"GET https://a.example/?{SENT} with Basic c2VjcmV0")

    assert masked(fault, TOKEN).message == "GET https://a.example/?token=*** with Basic c2VjcmV0"
    assert masked(fault, HEADERS).message == f"GET https://a.example/?{SENT} with ***"
