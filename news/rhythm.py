"""How a source publishes, learnt from when its items came: compact enough to stand in its feed's row."""

from __future__ import annotations

from dataclasses import dataclass

WEEK = 168
PARTS = 12
"""An hour has so many parts of five minutes."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What is known of a source's habit as of `at`; older counts weigh less. Times are hours since 1970 (UTC).

    A release is a moment at which items came, however many. `level` counts items and `recent` those of the last hours;
    `week` counts releases by hour of the week (Monday 0:00 is 0), `parts` by five minutes of the hour, and `trust` is
    what speaks for the guesses of crawler/shape.py. `crowded` says how many releases came closer upon another than
    chance explains, and `apart` how many could have. `releases` is how many there ever were, `streak` how many the last
    burst had, `last` when the last one was and `longest` the longest silence between two.
    """

    since: float
    at: float
    level: float = 0.0
    recent: float = 0.0
    crowded: float = 0.0
    apart: float = 0.0
    trust: tuple[float, float] = (1.0, -1.0)
    streak: int = 0
    releases: int = 0
    last: float | None = None
    longest: float = 0.0
    week: tuple[float, ...] = (0.0,) * WEEK
    parts: tuple[float, ...] = (0.0,) * PARTS
