"""How a source's releases are spread over the hours of the week: three guesses, each trusted as far as it foretold.

The guesses are: any hour like any other; this day of the week and that hour of the day; this very hour of the week.
The finer one knows more where there is a habit and fools itself where there is none, so that after every release each
is held against what it had said before (the logarithm of the chance it gave). Pure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from news.rhythm import WEEK

MOST_TRUST = 6.0
"""More would take too long to be lost when a habit changes."""
_DAY_NEEDS, _HOUR_NEEDS, _WEEK_NEEDS = 4.0, 6.0, 4.0
"""So many releases weigh as much as what is assumed without them."""
_DAYS = (0.18,) * 5 + (0.05,) * 2
"""Companies and papers publish on working days ..."""
_DAY = tuple(0.055 if 6 <= hour < 22 else 0.015 for hour in range(24))
"""... and between Tokyo's afternoon and San Francisco's."""


class Shape:
    """The chance that a release falls into an hour of the week, by each guess and by all."""

    def __init__(self, week: Sequence[float], trust: Sequence[float]) -> None:
        """Take releases by hour of the week, and what speaks for the finer guesses."""
        self._week = week
        self._releases = sum(week)
        self._days, self._hours = _margins(week, self._releases)
        weights = [1.0, *map(math.exp, trust)]
        self._any, self._day, self._hour = (weight / sum(weights) for weight in weights)

    def by_day(self, hour: int) -> float:
        """Return the chance by day of the week and hour of the day."""
        return self._days[hour // 24] * self._hours[hour % 24]

    def by_hour(self, hour: int) -> float:
        """Return the chance by hour of the week."""
        return (self._week[hour] + _WEEK_NEEDS * self.by_day(hour)) / (self._releases + _WEEK_NEEDS)

    def of(self, hour: int) -> float:
        """Return the chance by all guesses, each by its trust."""
        return self._any / WEEK + self._day * self.by_day(hour) + self._hour * self.by_hour(hour)


def foretold(week: Sequence[float], trust: tuple[float, float], hour: int, weight: float) -> tuple[float, float]:
    """Return the trust in the finer guesses once a release has fallen into an hour, counted with a weight."""
    shape = Shape(week, trust)
    gains = (math.log(shape.by_day(hour) * WEEK), math.log(shape.by_hour(hour) * WEEK))
    by_day, by_hour = (
        min(max(score + weight * gain, -MOST_TRUST), MOST_TRUST) for score, gain in zip(trust, gains, strict=True)
    )
    return by_day, by_hour


def _margins(week: Sequence[float], releases: float) -> tuple[list[float], list[float]]:
    by_day = [sum(week[24 * day : 24 * day + 24]) for day in range(7)]
    by_hour = [sum(week[hour::24]) for hour in range(24)]
    # Neighbouring hours lend to each other: clocks are put forward and back.
    smooth = [(by_hour[hour - 1] + 2 * by_hour[hour] + by_hour[(hour + 1) % 24]) / 4 for hour in range(24)]
    days = [(n + _DAY_NEEDS * usual) / (releases + _DAY_NEEDS) for n, usual in zip(by_day, _DAYS, strict=True)]
    day = [(n + _HOUR_NEEDS * usual) / (releases + _HOUR_NEEDS) for n, usual in zip(smooth, _DAY, strict=True)]
    return days, day
