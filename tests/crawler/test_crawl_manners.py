"""How hosts are treated, as their own logs tell it."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from news.fetch import FeedTarget, Host, PageTarget, Refused, Target
from tests.crawler.conftest import Crawling
from tests.crawler.recorder import Recorder
from tests.servers.http import Reply, Seen, Site, moved, web

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
DELAY = 0.1
CLOSED = b"User-agent: *\nDisallow: /private/\n\nUser-agent: pactwatch\nDisallow: /ours/\n"


def robots(text: bytes) -> Reply:
    """Return a robots.txt."""
    return Reply(text, headers={"Content-Type": "text/plain"})


def gaps(seen: Sequence[Seen]) -> list[float]:
    """Return the seconds between each answer and the arrival of the next request; below zero they would overlap."""
    return [later.at - earlier.until for earlier, later in pairwise(seen)]


def paths(site: Site) -> list[str]:
    """Return what a host was asked for, in order."""
    return [seen.path for seen in site.seen()]


def test_a_host_is_asked_one_thing_at_a_time_with_the_delay_between_all_of_them(crawling: Crawling, site: Site) -> None:
    feed = site.serve("/feed", Reply(b"<rss/>", pace=0.01))
    pages = [site.serve(f"/page/{n}", Reply(b"page" * 20, pace=0.01)) for n in range(3)]
    old = site.serve("/old", moved(site.serve("/new", Reply(b"<rss/>"))))

    recorder = crawling(
        FeedTarget("a", feed), FeedTarget("b", old), sink=Recorder({feed: pages, old: [site.url("/4")]}), delay=DELAY
    )

    assert len(recorder.answers) == 6
    assert sorted(paths(site)) == ["/4", "/feed", "/new", "/old", "/page/0", "/page/1", "/page/2", "/robots.txt"]
    assert min(gaps(site.seen())) >= DELAY


def test_the_delay_holds_over_runs(crawling: Crawling, site: Site) -> None:
    recorder = Recorder()
    for number in range(3):
        crawling(PageTarget(number, site.url(f"/{number}")), sink=recorder, delay=DELAY)

    assert len(site.seen()) == 4
    assert min(gaps(site.seen())) >= DELAY


def test_a_crawl_delay_longer_than_ours_holds_from_the_first_page_on(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", robots(b"User-agent: *\nCrawl-delay: 0.4\n"))

    crawling(PageTarget(1, site.url("/a")), PageTarget(2, site.url("/b")), delay=0.01)

    assert len(site.seen()) == 3
    assert min(gaps(site.seen())) >= 0.4


def test_a_crawl_delay_shorter_than_ours_changes_nothing(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", robots(b"User-agent: *\nCrawl-delay: 0.01\n"))

    crawling(PageTarget(1, site.url("/a")), PageTarget(2, site.url("/b")), delay=DELAY)

    assert min(gaps(site.seen())) >= DELAY


def test_a_host_that_is_slow_or_wants_long_pauses_makes_nobody_else_wait(
    crawling: Crawling, site: Site, other: Site
) -> None:
    slow = site.serve("/feed", Reply(b"<rss/>", hold="headers"))
    with web() as patient:
        patient.serve("/robots.txt", robots(b"User-agent: *\nCrawl-delay: 300\n"))
        quick = [FeedTarget(str(n), other.url(f"/{n}")) for n in range(10)]
        targets: list[Target] = [FeedTarget("slow", slow), PageTarget(1, patient.url("/a")), *quick]
        crawl = crawling.begin(targets, recorder := Recorder(), delay=0.01)

        site.held()
        other.asked(11)

        crawling.stop()
        site.release()
        stats = crawl.result(20)
    assert stats.left == 1
    assert recorder.dropped == [patient.url("/a")]
    assert set(recorder.answers) == {slow, *(target.url for target in quick)}


def test_no_more_requests_are_under_way_than_the_bound_on_all_hosts_allows(crawling: Crawling) -> None:
    with contextlib.ExitStack() as stack:
        sites = [stack.enter_context(web()) for _ in range(6)]
        pages = [PageTarget(n, site.serve("/", Reply(b"0" * 160, pace=0.02))) for n, site in enumerate(sites)]

        crawling(*pages, concurrency=2, delay=0.01)

        seen = [seen for site in sites for seen in site.seen()]
        at_once = [sum(one.at <= each.at < one.until for one in seen) for each in seen]
    assert len(seen) == 12
    assert max(at_once) == 2


def test_robots_txt_is_obeyed_by_our_name_or_by_the_rule_for_all(crawling: Crawling, site: Site, other: Site) -> None:
    site.serve("/robots.txt", robots(CLOSED))
    other.serve("/robots.txt", robots(CLOSED.replace(b"pactwatch", b"somebody")))
    ours, private = site.url("/ours/a"), other.url("/private/a")

    recorder = crawling(PageTarget(1, ours), PageTarget(2, private), PageTarget(3, other.url("/ours/a")))

    assert recorder.fault(ours) == recorder.fault(private) == "robots.txt disallows"
    assert paths(site) == ["/robots.txt"]
    assert paths(other) == ["/robots.txt", "/ours/a"]


def test_a_redirect_obeys_the_rules_of_the_host_it_leads_to(crawling: Crawling, site: Site, other: Site) -> None:
    other.serve("/robots.txt", robots(CLOSED))
    url = site.serve("/a", moved(other.url("/ours/a")))

    assert crawling(PageTarget(1, url)).fault(url) == "robots.txt disallows"
    assert paths(other) == ["/robots.txt"]


def test_robots_txt_is_asked_for_once_a_day(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", robots(CLOSED))
    recorder = Recorder()
    for hours in (0, 23, 25):
        moment = NOW + timedelta(hours=hours)
        crawling(
            FeedTarget("a", site.url("/a")), FeedTarget("b", site.url("/b")), sink=recorder, clock=lambda m=moment: m
        )

    assert [path for path in paths(site) if path == "/robots.txt"] == ["/robots.txt"] * 2
    assert paths(site)[5] == "/robots.txt"
    assert recorder.hosts[site.name].robots == CLOSED


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_allows_everything(crawling: Crawling, site: Site, status: int) -> None:
    site.serve("/robots.txt", Reply(status=status))
    url = site.serve("/a", Reply(b"page"))

    assert crawling(PageTarget(1, url)).body(url).content == b"page"


@pytest.mark.parametrize("reply", [Reply(status=500), Reply(status=503), Reply(status=429)])
def test_a_robots_txt_that_cannot_be_had_allows_nothing(crawling: Crawling, site: Site, reply: Reply) -> None:
    site.serve("/robots.txt", reply)
    pages = [PageTarget(n, site.url(f"/{n}")) for n in range(3)]

    recorder = crawling(*pages)

    assert {recorder.fault(page.url) for page in pages} == {"robots.txt unavailable"}
    assert paths(site) == ["/robots.txt"]


def test_a_host_that_does_not_answer_for_its_robots_txt_is_not_asked_for_more(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", Reply(b"User-agent: *", reset=True, cut=3))
    url = site.url("/a")

    assert crawling(PageTarget(1, url)).fault(url) == "connection lost"
    assert paths(site) == ["/robots.txt"]


def test_a_host_that_had_no_robots_txt_to_give_is_asked_again_after_five_minutes(
    crawling: Crawling, site: Site
) -> None:
    site.serve("/robots.txt", Reply(status=503), robots(b""))
    url, recorder = site.serve("/a", Reply(b"page")), Recorder()
    for minutes, fault in ((0, True), (4, True), (6, False)):
        moment = NOW + timedelta(minutes=minutes)
        crawling(PageTarget(1, url), sink=recorder, clock=lambda m=moment: m)
        assert isinstance(recorder.answers[url], Refused) == fault

    assert paths(site) == ["/robots.txt", "/robots.txt", "/a"]


def test_a_robots_txt_that_has_moved_to_another_host_counts_for_the_first(
    crawling: Crawling, site: Site, other: Site
) -> None:
    other.serve("/rules", robots(CLOSED))
    site.serve("/robots.txt", moved(other.url("/rules")))
    url = site.url("/ours/a")

    assert crawling(PageTarget(1, url)).fault(url) == "robots.txt disallows"
    assert paths(other) == ["/rules"]


def test_a_robots_txt_that_leads_in_circles_is_none(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", moved(site.url("/robots.txt")))
    url = site.serve("/a", Reply(b"page"))

    assert crawling(PageTarget(1, url), delay=0.01).body(url).content == b"page"


def test_hosts_whose_rules_point_at_each_other_do_not_wait_for_ever(
    crawling: Crawling, site: Site, other: Site
) -> None:
    site.serve("/robots.txt", moved(other.url("/robots.txt")))
    other.serve("/robots.txt", moved(site.url("/robots.txt")))

    recorder = crawling(PageTarget(1, site.url("/a")), PageTarget(2, other.url("/b")), delay=0.01)

    assert set(recorder.answers) == {site.url("/a"), other.url("/b")}


def test_of_a_huge_robots_txt_half_a_megabyte_is_kept_and_obeyed(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", robots(CLOSED + b"# more\n" * 200_000 + b"User-agent: *\nDisallow: /\n"))
    recorder = Recorder()

    crawling(PageTarget(1, site.url("/ours/a")), PageTarget(2, site.url("/a")), sink=recorder)

    assert recorder.fault(site.url("/ours/a")) == "robots.txt disallows"
    assert recorder.fault(site.url("/a")) == "http 404"
    assert len(recorder.hosts[site.name].robots or b"") == 512 * 1024


def test_a_host_that_said_when_to_come_again_is_left_alone_until_then(crawling: Crawling, site: Site) -> None:
    recorder = Recorder()
    recorder.hosts[site.name] = Host(site.name, next_allowed_at=NOW + timedelta(hours=1))
    url = site.url("/a")

    crawling(PageTarget(1, url), sink=recorder, clock=lambda: NOW)

    assert recorder.dropped == [url]
    assert recorder.stats.left == 1
    assert site.connections == 0


def test_a_clock_that_was_years_ahead_once_does_not_close_a_host(crawling: Crawling, site: Site) -> None:
    recorder, later = Recorder(), NOW + timedelta(days=900)
    recorder.hosts[site.name] = Host(site.name, later, b"User-agent: *\nDisallow: /", 200, later)

    crawling(PageTarget(1, site.serve("/a", Reply(b"a"))), sink=recorder, clock=lambda: NOW)

    assert [seen.path for seen in site.seen()] == ["/robots.txt", "/a"]
    assert recorder.hosts[site.name].next_allowed_at == NOW + timedelta(seconds=0.05)


def test_retry_after_makes_what_else_is_queued_for_the_host_wait_for_another_run(
    crawling: Crawling, site: Site, other: Site
) -> None:
    busy = site.serve("/busy", Reply(status=503, headers={"Retry-After": "7200"}))

    recorder = crawling(FeedTarget("s", busy), PageTarget(1, site.url("/b")), PageTarget(2, other.url("/c")))

    assert recorder.fault(busy) == "http 503"
    assert recorder.dropped == [site.url("/b")]
    assert set(recorder.answers) == {busy, other.url("/c")}


def test_a_robots_txt_on_a_host_that_wants_to_be_left_alone_leaves_its_pages_for_another_run(
    crawling: Crawling, site: Site, other: Site
) -> None:
    recorder = Recorder()
    recorder.hosts[other.name] = Host(other.name, next_allowed_at=NOW + timedelta(hours=1))
    site.serve("/robots.txt", moved(other.url("/rules")))

    crawling(PageTarget(1, site.url("/a")), sink=recorder, clock=lambda: NOW)

    assert recorder.dropped == [site.url("/a")]
    assert other.connections == 0


def test_a_429_without_a_time_gives_its_host_a_quarter_of_an_hour(crawling: Crawling, site: Site) -> None:
    busy, url = site.serve("/busy", Reply(status=429)), site.url("/b")

    recorder = crawling(FeedTarget("s", busy), PageTarget(1, url), clock=lambda: NOW)

    assert recorder.fault(busy) == "http 429"
    assert recorder.dropped == [url]
    assert recorder.hosts[site.name].next_allowed_at == NOW + timedelta(minutes=15)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("value", ["3600", "Tue, 24 Nov 2026 09:00:00 GMT"])
def test_a_retry_after_of_robots_txt_holds_for_all_of_its_host_and_is_told(
    crawling: Crawling, site: Site, status: int, value: str
) -> None:
    site.serve("/robots.txt", Reply(status=status, headers={"Retry-After": value}))
    url, soon, recorder = site.url("/a"), NOW + timedelta(hours=1), Recorder()

    crawling(FeedTarget("s", url), sink=recorder, clock=lambda: NOW)
    answer = recorder.answers.pop(url)
    crawling(FeedTarget("s", url), sink=recorder, clock=lambda: soon - timedelta(minutes=6))

    assert isinstance(answer, Refused)
    assert (answer.fault.name, answer.retry_at) == ("robots.txt unavailable", soon)
    assert recorder.dropped == [url]
    assert recorder.hosts[site.name].next_allowed_at == soon
    assert paths(site) == ["/robots.txt"]


def test_what_the_rules_refuse_is_refused_without_waiting(crawling: Crawling, site: Site) -> None:
    recorder = Recorder()
    recorder.hosts[site.name] = Host(site.name, NOW + timedelta(hours=1), CLOSED, 200, NOW)
    url = site.url("/ours/a")

    crawling(PageTarget(1, url), sink=recorder, clock=lambda: NOW)

    assert recorder.fault(url) == "robots.txt disallows"
    assert site.connections == 0


def test_why_a_host_did_not_answer_is_still_known_in_the_next_run(crawling: Crawling, site: Site) -> None:
    site.serve("/robots.txt", Reply(b"User-agent: *", reset=True, cut=3))
    url, recorder = site.url("/a"), Recorder()
    for _ in range(2):
        crawling(PageTarget(1, url), sink=recorder)
        assert recorder.fault(url) == "connection lost"

    assert paths(site) == ["/robots.txt"]
