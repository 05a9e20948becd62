"""The judge of manners: each rule sees what breaks it, and nothing else does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from crawler.manners import OF_FEEDS, OF_HOSTS, Asked, Promise, score
from crawler.rehearsal import SimulatedLoop, rehearse
from crawler.settings import CrawlSettings
from news.article import Feed
from news.fetch import Host

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SETTINGS = CrawlSettings("ada@reader.example")
PROMISE = Promise(SETTINGS.user_agent, SETTINGS.delay)
FEED, PAGE, ROBOTS = "https://news.example/feed", "https://news.example/page", "https://news.example/robots.txt"


def asked(minutes: float, url: str, status: int = 200, said: dict[str, str] | None = None, **others: Any) -> Asked:  # noqa: ANN401  # what Asked takes
    """Return a request so many minutes from now that takes a second."""
    at = NOW + timedelta(minutes=minutes)
    sent = {"user-agent": PROMISE.user_agent} | others.pop("sent", {})
    feed = "news" if url.startswith(FEED) else ""
    return Asked(url, at, at + timedelta(seconds=1), status, sent, said or {}, feed=others.pop("feed", feed), **others)


def rules(status: int = 404, body: bytes = b"", minutes: float = 0) -> Asked:
    """Return a request for the rules."""
    return asked(minutes, ROBOTS, status, body=body)


BREACHES: dict[str, Sequence[Asked]] = {
    "one request at a time per host": [rules(), asked(0.01, FEED)],
    "a pause after every answer": [rules(), asked(0.05, FEED)],
    "Crawl-delay": [rules(200, b"User-agent: *\nCrawl-delay: 60"), asked(0.9, FEED)],
    "Retry-After, for all of a host": [rules(), asked(1, FEED, 503, {"retry-after": "600"}), asked(9, PAGE)],
    "no retry at once": [rules(), asked(1, FEED, 500), asked(5, FEED)],
    "conditional when a validator is known": [rules(), asked(1, FEED, said={"etag": '"1"'}), asked(60, FEED)],
    "validators to where they came from": [
        rules(),
        asked(1, FEED, said={"etag": '"1"'}),
        asked(60, FEED + "/new", sent={"if-none-match": '"1"'}),
    ],
    "no poll while the answer is fresh": [
        rules(),
        asked(1, FEED, said={"cache-control": "max-age=3600"}),
        asked(59, FEED),
    ],
    "nothing after 410": [rules(), asked(1, FEED, 410), asked(600, FEED)],
    "robots.txt known before, for a day": [asked(1, FEED)],
    "robots.txt obeyed": [rules(200, b"User-agent: pactwatch\nDisallow: /page"), asked(1, PAGE)],
    "robots.txt asked for once a day": [rules(), asked(1, FEED), rules(minutes=600)],
    "who asks, and whom to write to": [rules(), asked(1, FEED, sent={"user-agent": "Mozilla/5.0"})],
}


@pytest.mark.parametrize("rule", BREACHES)
def test_what_breaks_a_rule_is_seen_and_breaks_no_other(rule: str) -> None:
    scores = score(BREACHES[rule], PROMISE)

    broken = {each.rule: each.breach for each in scores if each.breach}
    also = {"a pause after every answer"} if rule == "one request at a time per host" else set()
    assert set(broken) == {rule} | also
    assert broken[rule] == BREACHES[rule][-1]
    assert next(each for each in scores if each.rule == rule).kept == next(e for e in scores if e.rule == rule).of - 1


def test_every_rule_is_put_to_the_test() -> None:
    assert [name for name, _, _ in (*OF_HOSTS, *OF_FEEDS)] == [each.rule for each in score([], PROMISE)]
    assert set(BREACHES) == {name for name, _, _ in (*OF_HOSTS, *OF_FEEDS)}


def test_the_documentation_names_every_rule_with_a_test_that_there_is() -> None:
    text = (ROOT / "docs" / "manners.md").read_text("utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("| ")][1:]
    tests = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))

    assert [row[:2] for row in rows[:13]] == [[name, source] for name, source, _ in (*OF_HOSTS, *OF_FEEDS)]
    assert [name for _, _, name in rows if f"def {name}(" not in tests] == []


@pytest.mark.parametrize(
    "log",
    [
        [rules(503), asked(1, PAGE)],
        [rules(0), asked(1, PAGE)],
        [rules(), asked(24 * 60 + 1, PAGE)],
    ],
)
def test_rules_out_of_reach_and_rules_of_yesterday_do_not_count(log: Sequence[Asked]) -> None:
    assert {each.rule for each in score(log, PROMISE) if each.breach} == {"robots.txt known before, for a day"}


def test_a_date_to_come_again_counts_like_seconds() -> None:
    date = format_datetime(NOW + timedelta(minutes=30), usegmt=True)
    early, late = ([rules(), asked(1, FEED, 429, {"retry-after": date}), asked(m, FEED)] for m in (29, 30))

    assert {each.rule for each in score(early, PROMISE) if each.breach} == {"Retry-After, for all of a host"}
    assert not any(each.breach for each in score(late, PROMISE))


def test_a_good_month_of_one_source_breaks_nothing() -> None:
    minutes = count(1, 60)
    log = [
        rules(200, b"User-agent: *\nDisallow: /private\nCrawl-delay: 10"),
        asked(next(minutes), FEED, said={"etag": '"1"', "last-modified": "x"}),
        asked(next(minutes), FEED, 304, sent={"if-none-match": '"1"', "if-modified-since": "x"}),
        asked(next(minutes), FEED, 301, sent={"if-none-match": '"1"', "if-modified-since": "x"}),
        asked(122, FEED + "/new", said={"etag": '"2"'}),
        asked(next(minutes), FEED, 301),
        asked(182, FEED + "/new", 304, sent={"if-none-match": '"2"'}),
    ]

    assert not any(each.breach for each in score(log, PROMISE))
    assert score(log, PROMISE)[0].of == 6


def test_a_rehearsed_week_meets_every_kind_of_trouble_and_breaks_no_rule() -> None:
    feeds = [Feed(f"s{n}", f"https://host{n * 2 // 3}.example/feed{n}") for n in range(12)]

    log = rehearse(feeds, {}, SETTINGS, NOW, days=7)

    assert {0, 200, 301, 302, 304, 404, 429, 500, 503} <= {each.status for each in log}
    assert [each for each in score(log, PROMISE) if each.breach] == []
    assert all(each.of for each in score(log, PROMISE) if each.rule != "nothing after 410")
    assert {each.feed for each in log} == {"", *(feed.source for feed in feeds)}


def test_a_rehearsal_plays_what_is_known_of_a_source_and_of_its_host() -> None:
    hosts = {"news.example": Host("news.example", None, b"User-agent: *\nDisallow: /private", 200, NOW)}
    known = Feed("open", FEED, last_modified="x", last_success_at=NOW)
    log = rehearse([known, Feed("closed", "https://news.example/private")], hosts, SETTINGS, NOW, days=2)

    polls = [each for each in log if each.feed]
    assert {each.feed for each in polls} == {"open"}
    assert "etag" not in {name for each in polls for name in each.said}
    assert any("if-modified-since" in each.sent for each in polls)


def test_a_rehearsal_ends_alike_each_time() -> None:
    feeds = [Feed(f"s{n}", f"https://host{n}.example/feed") for n in range(3)]

    assert rehearse(feeds, {}, SETTINGS, NOW, days=2) == rehearse(feeds, {}, SETTINGS, NOW, days=2)


def test_a_simulated_loop_that_waits_for_nobody_says_so() -> None:
    loop = SimulatedLoop()
    try:
        with pytest.raises(RuntimeError, match="no timer"):
            loop.run_until_complete(loop.create_future())
    finally:
        loop.close()
