"""What comes of a request: the answer's bytes and headers, or a fault under a name."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from news.fetch import Body, FeedTarget, Gone, NotModified, PageTarget, Refused
from tests.crawler.conftest import Crawling
from tests.servers.http import Reply, Site, moved

ETAG = 'W/"a,b\'c"'
DATE = "Tue, 24 Nov 2026 07:00:00 GMT"


def test_a_body_comes_with_what_the_answer_says_about_it(crawling: Crawling, site: Site) -> None:
    headers = {"Content-Type": "application/rss+xml; charset=utf-8", "Cache-Control": "public, max-age=600"}
    url = site.serve("/feed", Reply(b"<rss/>", etag=ETAG, last_modified=DATE, headers=headers))

    body = crawling(FeedTarget("s", url)).body(url)

    assert body == Body(b"<rss/>", url, "application/rss+xml; charset=utf-8", ETAG, DATE, max_age=timedelta(minutes=10))


def test_validators_are_sent_back_verbatim_and_bring_a_304(crawling: Crawling, site: Site) -> None:
    url = site.serve("/feed", Reply(b"<rss/>", etag=ETAG, last_modified=DATE, headers={"Cache-Control": "max-age=60"}))

    answer = crawling(FeedTarget("s", url, ETAG, DATE)).answers[url]

    assert answer == NotModified(timedelta(minutes=1))
    assert site.seen("/feed")[0].headers["If-None-Match"] == ETAG
    assert site.seen("/feed")[0].headers["If-Modified-Since"] == DATE


def test_validators_do_not_follow_a_redirect(crawling: Crawling, site: Site, other: Site) -> None:
    new = other.serve("/feed", Reply(b"<rss/>", etag=ETAG))
    old = site.serve("/feed", moved(new))

    assert crawling(FeedTarget("s", old, ETAG, DATE)).body(old).content == b"<rss/>"
    assert "If-None-Match" in site.seen("/feed")[0].headers
    assert not {"If-None-Match", "If-Modified-Since"} & set(other.seen("/feed")[0].headers)


def test_a_feed_behind_a_redirect_is_asked_conditionally_where_it_is(
    crawling: Crawling, site: Site, other: Site
) -> None:
    """RFC 9110, 13.1: the condition is about the resource that is asked for, which the one on the way is not."""
    there = other.serve("/feed", Reply(b"<rss/>", etag=ETAG, last_modified=DATE))
    here = site.serve("/feed", moved(there, 302))
    target = FeedTarget("s", here, ETAG, DATE, validators_from=crawling(FeedTarget("s", here)).body(here).final_url)

    assert crawling(target).answers[here] == NotModified()
    assert not {"If-None-Match", "If-Modified-Since"} & set(site.seen("/feed")[-1].headers)
    assert other.seen("/feed")[-1].headers["If-None-Match"] == ETAG


def test_a_304_behind_a_permanent_redirect_says_where_the_feed_has_moved(
    crawling: Crawling, site: Site, other: Site
) -> None:
    there = other.serve("/feed", Reply(b"<rss/>", etag=ETAG))
    here = site.serve("/feed", moved(there, 301))

    assert crawling(FeedTarget("s", here, ETAG, validators_from=there)).answers[here] == NotModified(moved_to=there)


def test_validators_fit_their_address_however_it_is_written(crawling: Crawling, site: Site) -> None:
    site.serve("/f%C3%A9ed?a=%7Bb", Reply(b"<rss/>", etag=ETAG))
    written = site.url("/féed?a={b#top")
    wired = site.url("/f%C3%A9ed?a=%7Bb")

    assert crawling(FeedTarget("s", written)).body(written).final_url == written, "it came from where it was asked for"
    for origin in (None, written, wired):
        target = FeedTarget("s", written, ETAG, validators_from=origin)
        assert crawling(target).answers[written] == NotModified()


def test_a_304_that_nobody_asked_for_is_a_fault(crawling: Crawling, site: Site) -> None:
    url = site.serve("/page", Reply(status=304))

    assert crawling(PageTarget(1, url)).fault(url) == "http 304"


def test_every_request_says_who_asks_and_whom_to_write_to(crawling: Crawling, site: Site) -> None:
    crawling(FeedTarget("s", site.serve("/feed", moved(site.url("/new")))))

    agents = {seen.path: seen.headers["User-Agent"] for seen in site.seen()}

    assert set(agents) == {"/robots.txt", "/feed", "/new"}
    assert all(a.startswith("pactwatch/") and a.endswith(" (+ada@reader.example)") for a in agents.values())


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_read_in_both_forms(crawling: Crawling, site: Site, status: int, form: str) -> None:
    now = datetime(2026, 11, 24, 8, tzinfo=UTC)
    value = "3600" if form == "seconds" else format_datetime(now + timedelta(hours=1), usegmt=True)
    url = site.serve("/feed", Reply(status=status, headers={"Retry-After": value}))

    recorder = crawling(FeedTarget("s", url), clock=lambda: now)

    answer = recorder.answers[url]
    assert isinstance(answer, Refused)
    assert answer.retry_at == now + timedelta(hours=1)
    assert "09:00 UTC" in answer.fault.message
    assert recorder.hosts[site.name].next_allowed_at == now + timedelta(hours=1)


def test_410_is_gone_and_404_is_a_fault(crawling: Crawling, site: Site) -> None:
    gone, lost = site.serve("/gone", Reply(status=410)), site.url("/lost")

    recorder = crawling(FeedTarget("a", gone), PageTarget(1, lost))

    assert recorder.answers[gone] == Gone()
    assert recorder.fault(lost) == "http 404"


@pytest.mark.parametrize(
    ("first", "second", "remembered"), [(301, 308, True), (308, 301, True), (301, 302, False), (307, 301, False)]
)
def test_a_move_is_remembered_only_when_it_was_permanent_throughout(
    crawling: Crawling, site: Site, other: Site, first: int, second: int, *, remembered: bool
) -> None:
    end = other.serve("/end", Reply(b"<rss/>"))
    old = site.serve("/old", moved(site.serve("/on", moved(end, second)), first))

    body = crawling(FeedTarget("s", old)).body(old)

    assert body.final_url == end
    assert body.moved_to == (end if remembered else None)


def test_a_redirect_may_be_relative_and_beyond_ascii(crawling: Crawling, site: Site) -> None:
    site.serve("/neu/%C3%BCber%20uns", Reply(b"here"))
    old = site.serve("/alt/page", moved("../neu/über uns".encode().decode("latin-1")))

    assert crawling(PageTarget(1, old)).body(old).content == b"here"


def test_redirects_in_a_circle_end(crawling: Crawling, site: Site) -> None:
    url = site.serve("/a", moved(site.url("/b")))
    site.serve("/b", moved(url))

    recorder = crawling(PageTarget(1, url), max_redirects=3, delay=0.01)

    assert recorder.fault(url) == "redirect loop"
    assert len(site.seen()) == 1 + 1 + 3


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_bodies_are_unpacked(crawling: Crawling, site: Site, coding: str) -> None:
    url = site.serve("/feed", Reply(b"<rss/>" * 1000, coding=coding))

    assert crawling(FeedTarget("s", url)).body(url).content == b"<rss/>" * 1000


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_a_small_answer_cannot_unpack_into_a_large_one(crawling: Crawling, site: Site, coding: str) -> None:
    url = site.serve("/bomb", Reply(b"0" * 3_000_000, coding=coding))

    assert crawling(FeedTarget("s", url), max_bytes=1_000_000).fault(url) == "too large"


NOISE = bytes(i * i % 251 for i in range(5000))
FAULTS = {
    "/large": (Reply(b"0" * 200_000), "too large"),
    "/endless": (Reply(b"0" * 50_000, endless=True), "too large"),
    "/cut": (Reply(b"0" * 1000, cut=10), "connection lost"),
    "/reset": (Reply(b"0" * 1000, cut=10, reset=True), "connection lost"),
    "/slow": (Reply(b"0" * 1000, pace=0.1), "timeout"),
    "/silent": (Reply(b"late", hold="headers"), "timeout"),
    "/stalled": (Reply(b"half of it", hold="body"), "timeout"),
    "/endless-headers": (
        Reply(b"X-Filler: more and more\r\n" * 500, head=b"HTTP/1.1 200 OK\r\n", endless=True),
        "too large",
    ),
    "/endless-waiting": (
        Reply(b"HTTP/1.1 100 Continue\r\n\r\n" * 500, head=b"HTTP/1.1 100 Continue\r\n\r\n", endless=True),
        "too large",
    ),
    "/long-header": (Reply(b"0" * 10_000, head=b"HTTP/1.1 200 OK\r\nX-Filler: ", endless=True), "too large"),
    "/half-gzip": (Reply(gzip.compress(NOISE, mtime=0)[:-20], headers={"Content-Encoding": "gzip"}), "broken answer"),
    "/no-gzip": (Reply(b"garbage garbage", headers={"Content-Encoding": "gzip"}), "broken answer"),
    "/no-br": (Reply(b"garbage garbage", headers={"Content-Encoding": "br"}), "broken answer"),
    "/no-zstd": (Reply(b"garbage garbage", headers={"Content-Encoding": "zstd"}), "broken answer"),
    "/file": (moved("file:///etc/hostname"), "address refused"),
    "/script": (moved("javascript:alert(1)"), "address refused"),
    "/unclosed": (moved("http://[::1"), "address refused"),
    "/endless-way": (moved(f"/{'x' * 3000}"), "address refused"),
    "/nowhere": (Reply(status=301), "http 301"),
    "/teapot": (Reply(status=418), "http 418"),
    "/odd": (Reply(status=599), "http 599"),
    "/empty": (Reply(status=204), "http 204"),
}


def test_every_failure_has_its_name_and_costs_its_own_target_only(crawling: Crawling, site: Site, other: Site) -> None:
    bad = {site.serve(path, reply): name for path, (reply, name) in FAULTS.items()}
    good = other.serve("/feed", Reply(b"<rss/>"))
    targets = [PageTarget(number, url) for number, url in enumerate(bad)]

    recorder = crawling(*targets, FeedTarget("s", good), timeout=0.5, max_bytes=100_000, delay=0.01)

    assert {url: recorder.fault(url) for url in bad} == bad
    assert recorder.body(good).content == b"<rss/>"


GARBAGE = (
    b"garbage\r\n\r\n",
    b"\0" * 100,
    b"HTTP/1.1\r\n\r\n",
    b"HTTP/1.1 abc OK\r\n\r\n",
    b"HTTP/9.9.9 200 OK\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 5000,
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nabc",
    b"HTTP/1.1 99999999999999999999 OK\r\n\r\n",
    b"HTTP/1.1 301 Moved\r\nLocation: \xff\xfe://\r\n\r\n",
    b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
    b"SSH-2.0-OpenSSH_9.6\r\n",
)


def test_whatever_a_server_says_becomes_a_fault(crawling: Crawling, site: Site, other: Site) -> None:
    bad = [site.serve(f"/{n}", Reply(b"\r\n", head=head)) for n, head in enumerate(GARBAGE)]
    good = other.serve("/feed", Reply(b"<rss/>"))
    targets = [PageTarget(number, url) for number, url in enumerate(bad)]

    recorder = crawling(*targets, FeedTarget("s", good), timeout=2.0, delay=0.01)

    assert all(recorder.fault(url) for url in bad)
    assert recorder.body(good).content == b"<rss/>"


def test_a_header_may_be_long(crawling: Crawling, site: Site) -> None:
    url = site.serve("/feed", Reply(b"<rss/>", headers={"Set-Cookie": "a" * 60_000}))

    assert crawling(FeedTarget("s", url)).body(url).content == b"<rss/>"


def test_a_host_that_cannot_be_reached_is_told_as_that(crawling: Crawling, site: Site) -> None:
    targets = {
        "http://nowhere.invalid/feed": "dns",
        "http://a..b/feed": "dns",
        f"http://{'a' * 70}.example/feed": "dns",
        "http://127.1.0.254:10/feed": "connection refused",
        f"https://{site.name}/feed": "tls",
        "news.example/feed": "address refused",
    }

    recorder = crawling(*(FeedTarget(url, url) for url in targets))

    assert {url: recorder.fault(url) for url in targets} == targets
