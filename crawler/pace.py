"""Say when to look at a source again, from its rhythm. Pure: `now` is an argument.

A request has a price, PRICE, in items times hours of waiting. For items that come at a steady rate, polls at intervals
of sqrt(2 PRICE / rate) make the sum of waiting and requests least. Where the rate changes, the same sum is least when
one looks as soon as the items to be expected since the last look outweigh those to be expected until the next one:
expected >= sqrt(2 PRICE rate), with the rate of that very moment. So a peak is waited out and looked at when it is
over, quiet hours cost next to nothing, and all sources share one price: a request goes where it saves most waiting.
"""

from __future__ import annotations

import math
from datetime import datetime, timedelta

from crawler.rhythm import BURST_FADES, LEVEL_FADES, experience, hour_of_week, hours
from crawler.shape import Shape
from news.rhythm import PARTS, WEEK, Rhythm

PRICE = 0.07
"""What a request may cost: so many items one hour late."""
FLOOR = timedelta(minutes=10)
CEILING = timedelta(days=1)
SMALL_WINDOW = 10
"""A feed of fewer items holds all that its source has, not only the newest."""

_ITEMS, _HOURS = 0.5, 2.0
"""Of a source without history it is assumed that it brought half an item in two hours: it is looked at hourly."""
_PARTS_NEED = 12.0
"""So many releases weigh as much as the assumption that all parts of an hour are alike."""


def until_next(rhythm: Rhythm | None, now: datetime, *, window: int | None = None) -> timedelta:
    """Return how long to wait after a poll at `now`, between FLOOR and CEILING.

    `window` is how many items the feed holds: not more than half of them are let come before the next look.
    """
    start = hours(now)
    most = window / 2 if window is not None and window >= SMALL_WINDOW else math.inf
    waits = _crossing(_Rate(rhythm or Rhythm(start, start), start), start, most)
    return min(max(timedelta(hours=waits), FLOOR), CEILING)


class _Rate:
    """The rate at which items are to be expected, an hour at a time."""

    def __init__(self, rhythm: Rhythm, now: float) -> None:
        """Take what is known at `now`; where items come in bursts, one that is under way adds to what is usual."""
        passed = max(now - rhythm.at, 0.0)
        known = rhythm.level * math.exp2(-passed / LEVEL_FADES) + _ITEMS
        mean = known / (experience(rhythm, now) + _HOURS)
        lately = rhythm.recent * math.exp2(-passed / BURST_FADES) * math.log(2) / BURST_FADES
        bursts = min(max(rhythm.crowded, 0.0) / (rhythm.apart + 1.0), 1.0)
        self._usual = WEEK * mean
        self._burst = bursts * max(lately - mean, 0.0)
        self._now = now
        self._shape = Shape(rhythm.week, rhythm.trust)
        exact = sum(rhythm.parts)
        self.parts = [PARTS * (count + _PARTS_NEED / PARTS) / (exact + _PARTS_NEED) for count in rhythm.parts]
        self.least = min(self.parts)

    def usual(self, at: float) -> float:
        """Return the items an hour to be expected in the hour of `at`, but for bursts."""
        return self._usual * self._shape.of(hour_of_week(at))

    def burst(self, at: float) -> float:
        """Return the items an hour that a burst under way still brings."""
        return self._burst * math.exp2((self._now - at) / BURST_FADES)


def _crossing(rate: _Rate, start: float, most: float) -> float:
    """Return after how many hours what is to be expected outweighs the rate, or `most` items are to be expected."""
    longest = CEILING.total_seconds() / 3600
    expected, at = 0.0, start
    while at - start < longest:
        end = math.floor(at) + 1.0
        usual, burst = rate.usual(at), rate.burst(at)
        by_then = expected + usual + burst
        if at > start and by_then < min(most, math.sqrt(2 * PRICE * (usual * rate.least + burst))):
            expected, at = by_then, end  # a whole hour, and in none of its parts is it enough
            continue
        found, expected = _within(rate, at, end, (usual, burst, expected), most)
        if found is not None:
            return found - start
        at = end
    return longest


def _within(
    rate: _Rate, at: float, end: float, known: tuple[float, float, float], most: float
) -> tuple[float | None, float]:
    """Return when the crossing is between `at` and `end`, None where it is not, and what is expected by then."""
    usual, burst, expected = known
    while at < end - 1e-9:
        part = int(at % 1 * PARTS + 1e-6) % PARTS
        until = min(math.floor(at) + (part + 1) / PARTS, end)
        now = usual * rate.parts[part] + burst
        enough = min(math.sqrt(2 * PRICE * now), most)
        if expected >= enough:
            return at, expected
        if expected + now * (until - at) >= enough:
            return at + (enough - expected) / now, enough
        expected += now * (until - at)
        at = until
    return None, expected
