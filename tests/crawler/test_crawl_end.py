"""How a crawl ends: by itself, by being told to, or although a sink cannot take something."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import AsyncIterator

import pytest

from crawler.crawl import CrawlStats
from crawler.settings import CrawlSettings
from news.fetch import FeedTarget, PageTarget, Target
from tests.crawler.conftest import Crawling, Reactor
from tests.crawler.recorder import Recorder
from tests.servers.http import Reply, Site, web
from tests.waiting import wait_until

QUICK = 20


def test_a_crawl_without_targets_ends_at_once(crawling: Crawling) -> None:
    assert crawling().stats == CrawlStats(requests=0, left=0)


def test_requests_are_counted_with_robots_txt_and_redirects(crawling: Crawling, site: Site) -> None:
    assert crawling(PageTarget(1, site.url("/a"))).stats == CrawlStats(requests=2, left=0)


def test_one_host_with_ninety_pages_and_long_pauses_beside_quick_hosts(crawling: Crawling, site: Site) -> None:
    """The quick hosts are done while the patient one has barely begun; stopping leaves the rest, and says of what."""
    site.serve("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 10\n"))
    pages = [site.url(f"/page/{n}") for n in range(90)]
    with contextlib.ExitStack() as stack:
        quick = [stack.enter_context(web()) for _ in range(QUICK)]
        feeds = [quick_site.serve("/feed", Reply(b"<rss/>")) for quick_site in quick]
        recorder = Recorder({feed: [feed.replace("feed", "page")] for feed in feeds})
        targets = [PageTarget(n, url) for n, url in enumerate(pages)]
        begun = time.monotonic()
        crawl = crawling.begin([*targets, *(FeedTarget(feed, feed) for feed in feeds)], recorder)

        for quick_site in quick:
            quick_site.asked(3)
        crawling.stop()
        stats = crawl.result(10)

        assert time.monotonic() - begun < 9  # less than one pause of the patient host, and the grace is not used up
    assert len(recorder.answers) == QUICK * 2
    assert [seen.path for seen in site.seen()] == ["/robots.txt"]
    assert sorted(recorder.dropped) == sorted(pages)
    assert stats == CrawlStats(requests=QUICK * 3 + 1, left=90)


def test_the_next_crawl_takes_up_what_was_left(crawling: Crawling, site: Site) -> None:
    recorder = Recorder()
    pages = [PageTarget(n, site.serve(f"/{n}", Reply(b"page", hold="body"))) for n in range(3)]
    crawl = crawling.begin(pages, recorder)
    site.held()
    crawling.stop()
    site.release()
    assert crawl.result(10).left == 2

    again = crawling(*(page for page in pages if page.url in recorder.dropped), sink=recorder)

    assert again.stats.left == 0
    assert set(recorder.answers) == {page.url for page in pages}


def test_what_is_under_way_is_finished_when_it_can_be_in_a_few_seconds(crawling: Crawling, site: Site) -> None:
    url = site.serve("/a", Reply(b"whole", hold="body"))
    crawl = crawling.begin([PageTarget(1, url)], recorder := Recorder())
    site.held()
    crawling.stop()
    site.release()
    stats = crawl.result(10)

    assert recorder.body(url).content == b"whole"
    assert stats.left == 0


def test_what_is_still_under_way_after_the_grace_is_let_go_and_said_to_be(
    crawling: Crawling, site: Site, other: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.crawl.GRACE", 0.2)
    stalled = site.serve("/a", Reply(b"half of it", hold="body"))
    endless = other.serve("/b", Reply(b"drop", endless=True, pace=0.05))
    crawl = crawling.begin([PageTarget(1, stalled), PageTarget(2, endless)], recorder := Recorder(), timeout=60.0)
    site.held()
    other.asked(2)
    crawling.stop()

    assert crawl.result(10) == CrawlStats(requests=4, left=2)
    assert sorted(recorder.dropped) == sorted([stalled, endless])


def test_an_open_stream_of_targets_is_served_until_it_is_stopped(
    crawling: Crawling, reactor: Reactor, site: Site
) -> None:
    queue: asyncio.Queue[Target] = asyncio.Queue()

    async def stream() -> AsyncIterator[Target]:
        while True:
            yield await queue.get()

    crawl = crawling.begin(stream(), recorder := Recorder(), delay=0.01)
    for number in range(3):  # each comes when the host has nothing queued any more
        reactor.loop.call_soon_threadsafe(queue.put_nowait, PageTarget(number, site.url(f"/{number}")))
        site.asked(1, f"/{number}")
    crawling.stop()

    assert crawl.result(10) == CrawlStats(requests=4, left=0)
    assert len(recorder.answers) == 3


def test_a_host_without_work_costs_an_open_crawl_nothing(crawling: Crawling, reactor: Reactor, site: Site) -> None:
    queue: asyncio.Queue[Target] = asyncio.Queue()

    async def stream() -> AsyncIterator[Target]:
        while True:
            yield await queue.get()

    recorder = Recorder()
    crawl = crawling.begin(stream(), recorder, delay=0.01, resolve=lambda _: [site.address])
    for number in range(40):
        target = PageTarget(number, site.url("/", host=f"host-{number}.example"))
        reactor.loop.call_soon_threadsafe(queue.put_nowait, target)

    wait_until(lambda: len(recorder.answers) == 40, "all hosts have answered")
    wait_until(lambda: len(asyncio.all_tasks(reactor.loop)) < 20, "fewer tasks are left than there are hosts")
    crawling.stop()
    assert crawl.result(10).left == 0


def test_a_sink_that_cannot_take_one_answer_stops_no_other_and_is_heard_at_the_end(
    crawling: Crawling, site: Site, other: Site
) -> None:
    bad, good, far = site.url("/bad"), site.url("/good"), other.url("/far")
    recorder = Recorder(broken=[bad])

    with pytest.raises(LookupError, match="/bad"):
        crawling(PageTarget(1, bad), PageTarget(2, good), PageTarget(3, far), sink=recorder)

    assert set(recorder.answers) == {good, far}


@pytest.mark.parametrize("broken", ["{}", "remember {}"])
def test_a_sink_that_knows_nothing_of_one_host_stops_no_other(
    crawling: Crawling, site: Site, other: Site, broken: str
) -> None:
    recorder = Recorder(broken=[broken.format(site.name)])
    here, there = [site.url(f"/{n}") for n in range(3)], other.url("/far")

    with pytest.raises(LookupError):
        crawling(*(PageTarget(n, url) for n, url in enumerate([*here, there])), sink=recorder)

    assert there in recorder.answers
    assert {*recorder.answers, *recorder.dropped} == {*here, there}


def test_targets_that_break_off_end_the_crawl_with_their_error(crawling: Crawling, site: Site) -> None:
    async def stream() -> AsyncIterator[Target]:
        yield PageTarget(1, site.serve("/a", Reply(b"page", hold="headers")))
        raise LookupError("no more")

    with pytest.raises(LookupError, match="no more"):
        crawling.begin(stream(), Recorder()).result(10)


def test_a_delay_of_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="no pause"):
        CrawlSettings("ada@reader.example", delay=0)


PROGRAM = """
import sys
from crawler.crawl import crawl
from crawler.reactor import run
from crawler.settings import CrawlSettings
from ipaddress import ip_network
from news.fetch import PageTarget
from tests.crawler.recorder import Recorder

async def main() -> int:
    async def targets():
        yield PageTarget(1, sys.argv[1])
    recorder = Recorder()
    await crawl(targets(), recorder, CrawlSettings("ada@reader.example", 0.01, allow=(ip_network("127.1.0.0/16"),)))
    print(recorder.body(sys.argv[1]).content.decode())
    if len(sys.argv) > 2:
        raise LookupError(sys.argv[2])
    return 7

sys.exit(run(main))
"""


def run_program(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program above in a process of its own that takes every warning for an error."""
    command = [sys.executable, "-W", "error", "-c", PROGRAM, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_a_process_that_crawls_ends_with_its_value_and_without_a_warning(site: Site) -> None:
    ended = run_program(site.serve("/a", Reply(b"a page")))

    assert (ended.returncode, ended.stdout, ended.stderr) == (7, "a page\n", "")


def test_a_process_that_crawls_ends_with_the_error_of_its_work(site: Site) -> None:
    ended = run_program(site.serve("/a", Reply(b"a page")), "what went wrong")

    assert ended.returncode == 1
    assert ended.stderr.endswith("LookupError: what went wrong\n")
