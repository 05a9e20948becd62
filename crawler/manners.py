"""Judge a log of requests by the rules of good manners. Pure, and apart from the code that is to obey them.

Each rule has a name and says where it stands. It looks at what hosts were asked and what they had answered until then,
and at nothing else: what the crawler believes of a host, and what it meant to do, does not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from protego import Protego

from crawler.answers import freshness, retry_after
from news.address import host

DAY = timedelta(days=1)
NEARLY_A_DAY = timedelta(hours=23)
NEVER = datetime.min.replace(tzinfo=UTC)
ROUNDING = timedelta(seconds=0.002)
"""How exactly clocks, and what is computed from them, are told apart."""
LEAST_BACKOFF = timedelta(minutes=5)
"""Asking again sooner after a fault is asking again at once."""
_CONDITIONS = {"if-none-match": "etag", "if-modified-since": "last-modified"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as its host's log has it: when it began, when its answer ended, and what both of them said.

    Names of headers are in lower case. A status of 0 stands for no answer; `body` is kept of robots.txt only. `feed` is
    the source that was polled, also by way of a redirect; empty for pages and rules.
    """

    url: str
    at: datetime
    until: datetime
    status: int
    sent: Mapping[str, str] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    feed: str = ""

    @property
    def is_robots(self) -> bool:
        """Whether it asked for the rules of a host."""
        return urlsplit(self.url).path == "/robots.txt"


@dataclass(frozen=True, slots=True)
class Score:
    """How often a rule applied, how often it was obeyed, and the first request that did not."""

    rule: str
    source: str
    of: int
    kept: int
    breach: Asked | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What we say about ourselves: our User-Agent, and the least pause in seconds between two requests to a host."""

    user_agent: str
    delay: float


Verdicts = Iterable[tuple[Asked, bool]]
Rule = Callable[[Sequence[Asked], Promise], Verdicts]


def score(log: Iterable[Asked], promise: Promise) -> tuple[Score, ...]:
    """Return for each rule how it was obeyed; the log may be in any order."""
    hosts: dict[str, list[Asked]] = defaultdict(list)
    feeds: dict[str, list[Asked]] = defaultdict(list)
    for asked in sorted(log, key=lambda asked: asked.at):
        hosts[host(asked.url)].append(asked)
        if asked.feed:
            feeds[asked.feed].append(asked)
    of_hosts = tuple(_scored(*rule, hosts.values(), promise) for rule in OF_HOSTS)
    return of_hosts + tuple(_scored(*rule, feeds.values(), promise) for rule in OF_FEEDS)


def _scored(rule: str, source: str, judge: Rule, logs: Iterable[Sequence[Asked]], promise: Promise) -> Score:
    verdicts = [verdict for log in logs for verdict in judge(log, promise)]
    breaches = [asked for asked, kept in verdicts if not kept]
    return Score(rule, source, len(verdicts), len(verdicts) - len(breaches), next(iter(breaches), None))


def _one_at_a_time(log: Sequence[Asked], _: Promise) -> Verdicts:
    return ((later, later.at >= earlier.until) for earlier, later in pairwise(log))


def _pause(log: Sequence[Asked], promise: Promise) -> Verdicts:
    least = timedelta(seconds=promise.delay)
    return ((later, later.at - earlier.until >= least - ROUNDING) for earlier, later in pairwise(log))


def _crawl_delay(log: Sequence[Asked], promise: Promise) -> Verdicts:
    wanted, before = 0.0, NEVER
    for asked in log:
        if wanted:
            yield asked, asked.at - before >= timedelta(seconds=wanted) - ROUNDING
        if asked.is_robots and asked.status:
            wanted = float(_rules(asked).crawl_delay(_name(promise)) or 0.0)
        before = asked.until


def _retry_after(log: Sequence[Asked], _: Promise) -> Verdicts:
    """Look at every request for which the host had named a time before."""
    not_before = NEVER
    for asked in log:
        if not_before != NEVER:
            yield asked, asked.at >= not_before - ROUNDING
        if asked.status in {429, 503}:
            # A date has no fractions of a second, and seconds count from when the answer was read.
            not_before = max(not_before, retry_after(asked.said.get("retry-after"), asked.until) or NEVER)


def _not_at_once(log: Sequence[Asked], _: Promise) -> Verdicts:
    failed: dict[str, datetime] = {}
    for asked in log:
        if asked.url in failed:
            yield asked, asked.at - failed.pop(asked.url) >= LEAST_BACKOFF
        if asked.status == 0 or asked.status >= 400:
            failed[asked.url] = asked.until


def _conditional(log: Sequence[Asked], _: Promise) -> Verdicts:
    """Look at every poll of the address that gave the body which is held, if it gave a validator with it."""
    held: tuple[str, Mapping[str, str]] = ("", {})
    for asked in log:
        url, validators = held
        if asked.url == url and validators:
            yield asked, all(asked.sent.get(name) == value for name, value in validators.items())
        if asked.status == 200:
            held = asked.url, {name: asked.said[said] for name, said in _CONDITIONS.items() if asked.said.get(said)}


def _own_validators(log: Sequence[Asked], _: Promise) -> Verdicts:
    given: dict[str, set[str]] = defaultdict(set)
    for asked in log:
        sent = {asked.sent[name] for name in _CONDITIONS if name in asked.sent}
        if sent:
            yield asked, sent <= given[asked.url]
        given[asked.url] |= {asked.said[name] for name in _CONDITIONS.values() if name in asked.said}


def _fresh(log: Sequence[Asked], _: Promise) -> Verdicts:
    until = NEVER
    for asked in log:
        if until != NEVER:
            yield asked, asked.at >= until - ROUNDING
        lasts = freshness(asked.said.get("cache-control"), asked.said.get("expires"), asked.until)
        until = asked.until + min(lasts, DAY) if asked.status in {200, 304} and lasts else NEVER


def _gone(log: Sequence[Asked], _: Promise) -> Verdicts:
    gone = False
    for asked in log:
        if gone or asked.status == 410:
            yield asked, not gone
        gone = gone or asked.status == 410


def _robots_known(log: Sequence[Asked], _: Promise) -> Verdicts:
    """Rules are those of the last day; a host whose robots.txt is out of reach is asked for nothing else (2.3.1.4)."""
    rules: Asked | None = None
    for asked in log:
        if asked.is_robots:
            rules = asked
        else:
            reached = rules is not None and 200 <= rules.status < 500 and rules.status != 429
            yield asked, reached and rules is not None and asked.at - rules.until <= DAY + ROUNDING


def _robots_obeyed(log: Sequence[Asked], promise: Promise) -> Verdicts:
    rules = Protego.parse("")
    for asked in log:
        if asked.is_robots:
            rules = _rules(asked)
        else:
            yield asked, rules.can_fetch(asked.url, _name(promise))


def _robots_seldom(log: Sequence[Asked], _: Promise) -> Verdicts:
    last: Asked | None = None
    for asked in log:
        if not asked.is_robots:
            continue
        reached = last is not None and 200 <= last.status < 500 and last.status != 429
        yield asked, last is None or asked.at - last.until >= (NEARLY_A_DAY if reached else LEAST_BACKOFF) - ROUNDING
        last = asked


def _honest(log: Sequence[Asked], promise: Promise) -> Verdicts:
    return ((asked, asked.sent.get("user-agent") == promise.user_agent) for asked in log)


def _rules(asked: Asked) -> Protego:
    return Protego.parse(asked.body.decode("utf-8", "replace") if asked.status == 200 else "")


def _name(promise: Promise) -> str:
    return promise.user_agent.partition("/")[0]


OF_HOSTS: tuple[tuple[str, str, Rule], ...] = (
    ("one request at a time per host", "RFC 9112, 9.4", _one_at_a_time),
    ("a pause after every answer", "network.delay", _pause),
    ("Crawl-delay", "robots.txt", _crawl_delay),
    ("Retry-After, for all of a host", "RFC 9110, 10.2.3", _retry_after),
    ("no retry at once", "RFC 9110, 9.2.2", _not_at_once),
    ("robots.txt known before, for a day", "RFC 9309, 2.3, 2.4", _robots_known),
    ("robots.txt obeyed", "RFC 9309, 2.2", _robots_obeyed),
    ("robots.txt asked for once a day", "RFC 9309, 2.4", _robots_seldom),
    ("who asks, and whom to write to", "RFC 9110, 10.1.5", _honest),
)
OF_FEEDS: tuple[tuple[str, str, Rule], ...] = (
    ("conditional when a validator is known", "RFC 9110, 13.1", _conditional),
    ("validators to where they came from", "RFC 9110, 8.8", _own_validators),
    ("no poll while the answer is fresh", "RFC 9111, 4.2", _fresh),
    ("nothing after 410", "RFC 9110, 15.5.11", _gone),
)
