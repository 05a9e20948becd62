"""A month of polling real servers, on a clock that jumps to when something is due: what their logs say of us."""

from __future__ import annotations

import contextlib
import time
from bisect import bisect_right
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from crawler.diary import Diary
from crawler.manners import Asked, Promise, Score, score
from news.article import Feed
from news.fetch import Host, Target
from tests.crawler.conftest import SETTINGS, Crawling
from tests.servers.http import Reply, Seen, Site, moved, web

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
MONTH = timedelta(days=30)
DELAY = 0.01
DEADLINE = 120.0
SELDOM = "<ttl>240</ttl>"
"""Most ask to be polled six times a day at most, so that a month is soon over."""


class Clock:
    """Goes as fast as any clock, and jumps when it is told to."""

    def __init__(self) -> None:
        """Begin now."""
        self._begun = time.monotonic()
        self._jumps: list[tuple[float, timedelta]] = [(self._begun, timedelta())]

    def __call__(self) -> datetime:
        """Return the time."""
        return self.at(time.monotonic())

    def at(self, moment: float) -> datetime:
        """Return what this clock showed at a moment of the machine's."""
        _, ahead = self._jumps[bisect_right(self._jumps, moment, key=lambda jump: jump[0]) - 1]
        return NOW + timedelta(seconds=moment - self._begun) + ahead

    def jump(self, to: datetime) -> None:
        """Show this time from here on, unless it is past."""
        moment = time.monotonic()
        ahead = self._jumps[-1][1] + max(to - self.at(moment), timedelta())
        self._jumps.append((moment, ahead))


@dataclass(frozen=True, slots=True)
class Publisher:
    """A source: its address, and all addresses that are asked on its behalf."""

    url: str
    also: tuple[str, ...] = ()


def feed(number: int, head: str = "", **reply: object) -> Reply:
    """Return a feed whose newest item is so many days old as the month is, one per number."""
    items = "".join(
        f"<item><title>Item {n}</title><guid isPermaLink='false'>{n}</guid>"
        f"<pubDate>{format_datetime(NOW + timedelta(days=n))}</pubDate></item>"
        for n in range(number, max(number - 10, -10), -1)
    )
    text = f"<?xml version='1.0'?><rss version='2.0'><channel><title>News</title>{head}{items}</channel></rss>"
    return Reply(text.encode(), **reply)  # type: ignore[arg-type]  # a test's own arguments


def versions(polls: int, head: str = SELDOM, **reply: object) -> list[Reply]:
    """Return the answers to so many polls of a feed, in the course of which ten items come."""
    return [feed(n * 10 // polls, head, etag=f'"{n * 10 // polls}"', **reply) for n in range(polls)]


def busy(status: int, value: str) -> Reply:
    """Return an answer that asks for patience."""
    return Reply(status=status, headers={"Retry-After": value})


def _moved(site: Site, other: Site) -> Publisher:
    new = other.serve("/feed", *versions(200))
    return Publisher(site.serve("/feed", moved(new)), (new,))


def _detour(site: Site, other: Site) -> Publisher:
    new = other.serve("/feed", *versions(200))
    return Publisher(site.serve("/feed", moved(new, 302)), (new,))


def _wants_pauses(site: Site, _: Site) -> Publisher:
    site.serve("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.05", headers={"Content-Type": "text/plain"}))
    return Publisher(site.serve("/feed", *versions(100)))


def _rules_out_of_reach(site: Site, _: Site) -> Publisher:
    site.serve("/robots.txt", *[Reply(status=500)] * 3, busy(503, "7200"), Reply(status=404))
    return Publisher(site.serve("/feed", *versions(100)))


SOURCES: Mapping[str, Callable[[Site, Site], Publisher]] = {
    "etag": lambda s, _: Publisher(s.serve("/feed", *versions(200, head=""))),
    "date": lambda s, _: Publisher(s.serve("/feed", feed(1, SELDOM, last_modified=format_datetime(NOW, usegmt=True)))),
    "fresh": lambda s, _: Publisher(
        s.serve("/feed", *versions(100, head="", headers={"Cache-Control": "max-age=10000"}))
    ),
    "ttl": lambda s, _: Publisher(s.serve("/feed", *versions(100, head="<ttl>300</ttl>"))),
    "lost": lambda s, _: Publisher(s.url("/feed")),
    "gone": lambda s, _: Publisher(s.serve("/feed", *versions(5), Reply(status=410))),
    "moved": _moved,
    "detour": _detour,
    "busy": lambda s, _: Publisher(
        s.serve("/feed", *versions(5), busy(429, "200000"), busy(503, "4000"), feed(3, SELDOM))
    ),
    "away": lambda s, _: Publisher(
        s.serve("/feed", feed(0), busy(503, format_datetime(NOW + timedelta(days=9), usegmt=True)), *versions(50))
    ),
    "reset": lambda s, _: Publisher(s.serve("/feed", *versions(5), Reply(b"0" * 99, cut=9, reset=True), *versions(50))),
    "pauses": _wants_pauses,
    "no-rules": _rules_out_of_reach,
}


@dataclass(frozen=True, slots=True)
class Month:
    """The logs of all hosts, as one of simulated time; how they are judged; and what we knew in the end."""

    log: list[Asked]
    scores: dict[str, Score]
    diary: Diary

    def polls(self, source: str) -> list[Asked]:
        """Return the polls of a source."""
        return [asked for asked in self.log if asked.feed == source]


@pytest.fixture(scope="module")
def month(module_crawling: Crawling) -> Iterator[Month]:
    """Poll for a month."""
    with contextlib.ExitStack() as stack:
        hosts = {key: (stack.enter_context(web()), stack.enter_context(web())) for key in SOURCES}
        publishers = {key: make(*hosts[key]) for key, make in SOURCES.items()}
        clock = Clock()
        diary = Diary((Feed(key, publisher.url) for key, publisher in publishers.items()), {}, clock)
        crawl = module_crawling.begin(due(diary, clock), diary, delay=DELAY, clock=clock)
        crawl.result(DEADLINE)
        sources = {url: key for key, publisher in publishers.items() for url in (publisher.url, *publisher.also)}
        sites = [site for pair in hosts.values() for site in pair]
        log = [asked(site, seen, clock, sources) for site in sites for seen in site.seen()]
        scores = {each.rule: each for each in score(log, Promise(SETTINGS.user_agent, DELAY))}
        yield Month(sorted(log, key=lambda asked: asked.at), scores, diary)


async def due(diary: Diary, clock: Clock) -> AsyncIterator[Target]:
    """Give what is due, wait until all of it has come back, and jump to when the next is due."""
    while clock() < NOW + MONTH:
        for target in diary.due(clock()):
            yield target
        while diary.busy:
            await diary.came_back()
        soon = diary.next_due()
        if soon is None:
            return
        clock.jump(soon)


def asked(site: Site, seen: Seen, clock: Clock, sources: Mapping[str, str]) -> Asked:
    """Return a request of a host's log as the judge reads it."""
    reply, url = seen.reply, site.url(seen.path)
    said = {name.lower(): value for name, value in reply.headers.items()}
    said |= {name: value for name, value in (("etag", reply.etag), ("last-modified", reply.last_modified)) if value}
    status = 0 if reply.reset else reply.status
    sent = {name.lower(): value for name, value in seen.headers.items()}
    return Asked(url, clock.at(seen.at), clock.at(seen.until), status, sent, said, reply.body, sources.get(url, ""))


def test_no_rule_of_good_manners_was_broken(month: Month) -> None:
    assert {rule: each.breach for rule, each in month.scores.items() if each.breach} == {}
    assert all(each.of for each in month.scores.values())


def test_it_was_a_month_and_every_source_was_polled_in_it(month: Month) -> None:
    assert month.log[-1].at - month.log[0].at > MONTH - timedelta(days=2)
    assert {asked.feed for asked in month.log} == {"", *SOURCES}
    assert len(month.polls("etag")) > 100
    assert all(seen.sent["user-agent"] == SETTINGS.user_agent for seen in month.log)


def test_whoever_gave_a_validator_was_asked_with_it(month: Month) -> None:
    for source in ("etag", "date", "fresh", "ttl", "pauses", "no-rules"):
        polls = [each for each in month.polls(source) if each.status in {200, 304}]
        assert all("if-none-match" in each.sent or "if-modified-since" in each.sent for each in polls[1:]), source
        assert sum(each.status == 304 for each in polls) > len(polls) / 2, source


def test_what_publishers_wish_lengthens_the_interval(month: Month) -> None:
    for source, least in (("fresh", 10_000), ("ttl", 300 * 60)):
        polls = month.polls(source)
        assert min((b.at - a.at).total_seconds() for a, b in pairwise(polls)) >= least, source


def test_who_asked_for_patience_was_left_alone_for_so_long(month: Month) -> None:
    log = month.polls("busy")
    first = next(n for n, each in enumerate(log) if each.status == 429)
    second = next(n for n, each in enumerate(log) if each.status == 503)

    assert (log[first + 1].at - log[first].until).total_seconds() >= 200_000
    assert (log[second + 1].at - log[second].until).total_seconds() >= 4_000
    assert [each.at >= NOW + timedelta(days=9) for each in month.polls("away")[2:]].count(False) == 0


def test_a_source_that_is_gone_is_retired_and_a_lost_one_is_asked_less_and_less(month: Month) -> None:
    assert [each.status for each in month.polls("gone")].count(410) == 1
    assert month.polls("gone")[-1].status == 410
    assert month.diary.feeds["gone"].retired
    assert 20 < len(month.polls("lost")) < 60, "a day at most lies between two polls, and it is never given up"


def test_a_permanent_move_is_adopted_and_a_detour_is_taken_anew_each_time(month: Month) -> None:
    moved_to = month.diary.feeds["moved"].url

    assert [each.status for each in month.polls("moved")].count(301) == 3
    assert moved_to == month.polls("moved")[-1].url
    assert [each.status for each in month.polls("detour")].count(302) > 20
    assert month.diary.feeds["detour"].url == month.polls("detour")[0].url


def test_rules_are_asked_for_once_a_day_and_a_host_without_answer_gets_no_other_request(month: Month) -> None:
    host: Host = month.diary.hosts[month.diary.feeds["no-rules"].url.split("/")[2]]
    rules = [each for each in month.log if each.is_robots and host.name in each.url]

    assert [each.status for each in rules[:5]] == [500, 500, 500, 503, 404]
    assert rules[4].at - rules[3].until >= timedelta(hours=2)
    assert month.polls("no-rules")[0].at > rules[4].until
