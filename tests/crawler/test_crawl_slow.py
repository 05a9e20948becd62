"""Hosts that are slow, however many they are, and connections that end without a word."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta

from news.fetch import PageTarget
from tests.crawler.conftest import Crawling
from tests.crawler.recorder import Recorder
from tests.servers.http import Reply, Site, web

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_slow_hosts_step_aside_however_many_they_are(crawling: Crawling, site: Site) -> None:
    """All of the places are taken by hosts that do not answer, and the quick one is asked all the same."""
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(web()) for _ in range(4)]
        silent = [PageTarget(n, each.serve("/robots.txt", Reply(hold="headers"))) for n, each in enumerate(slow)]
        quick = PageTarget(9, site.serve("/", Reply(b"quick")))
        targets = [*silent, quick]
        crawl = crawling.begin(targets, recorder := Recorder(), concurrency=2, slow_after=0.05, timeout=60.0)

        for each in slow:
            each.held()
        site.asked(2)

        for each in slow:
            each.release()
        crawl.result(20)
    assert recorder.body(quick.url).content == b"quick"


def test_no_more_step_aside_than_may(crawling: Crawling) -> None:
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(web()) for _ in range(6)]
        pages = [PageTarget(n, site.serve("/", Reply(b"0" * 160, pace=0.02))) for n, site in enumerate(sites)]

        crawling(*pages, concurrency=2, slow=1, slow_after=0.05, delay=0.01)

        seen = [seen for site in sites for seen in site.seen()]
        at_once = [sum(one.at <= each.at < one.until for one in seen) for each in seen]
    assert max(at_once) == 3


def test_a_kept_connection_that_swallows_a_request_is_not_tried_again_at_once(crawling: Crawling, site: Site) -> None:
    """Twisted would make the same request anew within a millisecond."""
    url = site.serve("/a", Reply(status=0, reset=True))

    recorder = crawling(PageTarget(1, url), delay=0.01)

    assert recorder.fault(url) in {"connection failed", "connection lost"}
    assert [seen.path for seen in site.seen()] == ["/robots.txt", "/a"]


def test_a_host_that_does_not_answer_any_more_is_left_alone_before_all_of_its_queue_has_waited(
    crawling: Crawling, site: Site
) -> None:
    pages = [PageTarget(n, site.serve(f"/{n}", Reply(hold="headers"))) for n in range(30)]

    recorder = crawling(*pages, clock=lambda: NOW, timeout=0.2, delay=0.01)

    assert len(site.seen()) == 1 + 4
    assert {recorder.fault(page.url) for page in pages[:4]} == {"timeout"}
    assert recorder.dropped == [page.url for page in pages[4:]]
    assert recorder.hosts[site.name].next_allowed_at == NOW + timedelta(minutes=15)
