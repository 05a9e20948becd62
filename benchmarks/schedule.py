"""How long new items wait to be found, and for how many requests: our schedule against fixed and published ones.

    make bench-schedule

Invented sources (benchmarks/histories.py) publish for half a year; everybody begins with a source of which nothing is
known, and learning counts. A poll sees the newest WINDOW items, is never refused, and costs one request. An item's
delay runs from when it appears to the poll that finds it; what is not found by the end has waited until then. Ours is
the code that runs (crawler/polling.py), with its jitter. The others:

- fixed: a poll every so many minutes, for all sources alike;
- weekly count: seven days / (items of the last week x factor), from 5 minutes to 24 hours, as Miniflux does it;
- steps: ten minutes longer after a poll that brought nothing new, sixty shorter after one that did, from 5 minutes to
  24 hours. How the share of seen items decides is told differently; of sixteen ways to read it this did best here.

To compare is to give everybody the same number of requests: each is asked once as it is published, and once with its
one setting (the interval, the factor, the longest interval) such that it spends no fewer than ours. The first table has
one setting for all sources, as an installation would have; in the second each of the others gets the setting that suits
every single source, which nobody could know beforehand. The histories and our constants come from the same hand; the
seeds here are not those that the constants were chosen with.
"""

from __future__ import annotations

import statistics
import time
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.histories import DAYS, HISTORIES, START, history
from crawler.polling import Held, after_news, after_unchanged
from news.article import Feed
from news.fetch import Body, NotModified

WINDOW = 35
END = START + timedelta(days=DAYS)
SEEDS = range(100, 105)
SHORTEST, LONGEST = 5.0, 24 * 60.0
_TRIES = 14
_BODY = Body(b"", "https://n.example/feed")


@dataclass(frozen=True, slots=True)
class Poll:
    """What a poll saw: how many items there were so far, and those that are new."""

    now: datetime
    shown: int
    new: Sequence[datetime]

    @property
    def held(self) -> int:
        """How many items the feed holds."""
        return min(self.shown, WINDOW)


Decide = Callable[[Poll, Sequence[datetime]], datetime]
Make = Callable[[], Decide]
"""A schedule for one source: it is told what a poll saw, and says when the next is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a source cost and how many minutes its items waited; `lost` had left the feed before they were seen."""

    requests: int
    delays: tuple[float, ...]
    lost: int


def ours() -> Decide:
    """Return the schedule that runs."""
    feed = Feed("s", _BODY.final_url)

    def decide(poll: Poll, _: Sequence[datetime]) -> datetime:
        nonlocal feed
        if poll.new or feed.last_success_at is None:
            shares = len(poll.new) < poll.held
            feed = after_news(feed, _BODY, poll.now, Held("", poll.held, tuple(poll.new), shares=shares))
        else:
            feed = after_unchanged(feed, NotModified(), poll.now)
        return feed.next_poll_at or END

    return decide


def fixed(minutes: float) -> Make:
    """Return the schedule of a poll every so many minutes."""
    return lambda: lambda poll, _: poll.now + timedelta(minutes=minutes)


def weekly_count(factor: float) -> Make:
    """Return the schedule by the items of the last week."""

    def decide(poll: Poll, items: Sequence[datetime]) -> datetime:
        count = poll.shown - bisect_right(items, poll.now - timedelta(days=7))
        minutes = 7 * 24 * 60 / (count * factor) if count else LONGEST
        return poll.now + timedelta(minutes=min(max(minutes, SHORTEST), LONGEST))

    return lambda: decide


def steps(longest: float) -> Make:
    """Return the schedule by steps, with a longest interval in minutes."""

    def make() -> Decide:
        interval = min(60.0, longest)

        def decide(poll: Poll, _: Sequence[datetime]) -> datetime:
            nonlocal interval
            interval = min(max(interval + (-60 if poll.new else 10), SHORTEST), longest)
            return poll.now + timedelta(minutes=interval)

        return decide

    return make


def simulate(items: Sequence[datetime], decide: Decide) -> Outcome:
    """Play half a year of a source."""
    now, seen, requests, lost = START, 0, 0, 0
    delays: list[float] = []
    while now < END:
        requests += 1
        shown = bisect_right(items, now)
        first = max(seen, shown - WINDOW)
        lost += first - seen
        new = items[first:shown]
        delays += [(now - at) / timedelta(minutes=1) for at in new]
        seen = shown
        now = decide(Poll(now, shown, new), items)
    delays += [(END - at) / timedelta(minutes=1) for at in items[seen:]]
    return Outcome(requests, tuple(delays), lost)


def play(names: Iterable[str], make: Make) -> dict[str, Outcome]:
    """Play some sources with every seed and return the outcomes by name, requests being those of one seed."""
    found = {}
    for name in names:
        each = [simulate(history(name, seed), make()) for seed in SEEDS]
        requests = round(sum(outcome.requests for outcome in each) / len(each))
        delays = tuple(delay for outcome in each for delay in outcome.delays)
        found[name] = Outcome(requests, delays, sum(outcome.lost for outcome in each))
    return found


def spent(outcomes: dict[str, Outcome]) -> int:
    """Return how many requests were made."""
    return sum(outcome.requests for outcome in outcomes.values())


def with_requests(names: Sequence[str], scale: Scale, budget: int) -> tuple[float, dict[str, Outcome]]:
    """Return a schedule's setting, and what comes of it, that makes no fewer requests than `budget`, and hardly more.

    `scale` is a schedule with a setting that makes as many requests as it can, and one that makes too few.
    """
    schedule, most, least = scale
    found = play(names, schedule(most))
    for _ in range(_TRIES):
        middle = (most * least) ** 0.5
        tried = play(names, schedule(middle))
        if spent(tried) >= budget:
            most, found = middle, tried
        else:
            least = middle
    return most, found


Scale = tuple[Callable[[float], Make], float, float]
FIXED: Scale = (fixed, SHORTEST, LONGEST)
COUNT: Scale = (weekly_count, 1e4, 1e-3)
STEPS: Scale = (steps, SHORTEST, LONGEST)


def line(title: str, outcomes: dict[str, Outcome]) -> str:
    """Return a row of the first table."""
    delays = sorted(delay for outcome in outcomes.values() for delay in outcome.delays)
    each = [statistics.fmean(outcome.delays) for outcome in outcomes.values()]
    lost = sum(outcome.lost for outcome in outcomes.values()) / len(SEEDS)
    numbers = (spent(outcomes) / DAYS, statistics.fmean(delays), statistics.median(delays), _p95(delays))
    return f"{title:<34}" + "".join(f"{n:>9.1f}" for n in (*numbers, statistics.fmean(each), lost))


def cell(outcome: Outcome) -> str:
    """Return mean, median and 95th percentile of one source's delays."""
    delays = sorted(outcome.delays)
    return f"{statistics.fmean(delays):>8.1f}{statistics.median(delays):>6.0f}{_p95(delays):>6.0f}"


def _p95(delays: Sequence[float]) -> float:
    return delays[int(0.95 * (len(delays) - 1))]


def whole(mine: dict[str, Outcome]) -> None:
    """Print the first table: one setting for all sources."""
    names, budget = list(HISTORIES), spent(mine)
    interval, at_ours = with_requests(names, FIXED, budget)
    factor, counted = with_requests(names, COUNT, budget)
    longest, stepped = with_requests(names, STEPS, budget)
    rows = {
        "pactwatch": mine,
        "every hour": play(names, fixed(60)),
        f"every {interval:.0f} minutes": at_ours,
        "weekly count, as published": play(names, weekly_count(1)),
        f"weekly count, factor {factor:.2f}": counted,
        "steps, as published": play(names, steps(LONGEST)),
        f"steps, at most {longest:.0f} minutes": stepped,
    }
    print(
        f"One setting for all {len(names)} sources; delays in minutes, of all items (per source: mean of their means)"
    )
    print(f"{'':<34}{'req/day':>9}{'mean':>9}{'median':>9}{'p95':>9}{'/source':>9}{'lost':>9}")
    for title, outcomes in rows.items():
        print(line(title, outcomes))


def single(mine: dict[str, Outcome]) -> None:
    """Print the second table: each source by itself, the others with the setting that suits it."""
    print("\nEach source by itself, the others set to spend as much on it; delays in minutes: mean, median, p95")
    print(f"{'':<15}{'req/day':>8}" + "".join(f"{t:>20}" for t in ("pactwatch", "fixed", "weekly count", "steps")))
    behind = []
    for name, outcome in mine.items():
        others = [with_requests([name], each, outcome.requests)[1][name] for each in (FIXED, COUNT, STEPS)]
        print(f"{name:<15}{outcome.requests / DAYS:>8.1f}{cell(outcome)}" + "".join(map(cell, others)))
        least = min(statistics.fmean(other.delays) for other in others)
        if statistics.fmean(outcome.delays) > least:
            behind.append(f"{name} ({statistics.fmean(outcome.delays) / least - 1:+.1%})")
    print(f"\nbehind the best of the others, by mean delay: {', '.join(behind) or 'nowhere'}")


def main() -> None:
    """Print both tables."""
    began = time.perf_counter()
    mine = play(HISTORIES, ours)
    polls = spent(mine) * len(SEEDS)
    print(f"{polls} polls decided in {time.perf_counter() - began:.0f} s; seeds {SEEDS.start} to {SEEDS.stop - 1}\n")
    whole(mine)
    single(mine)


if __name__ == "__main__":
    main()
