"""Learn how a source publishes from when its items came, and notice when it falls silent. Pure: `now` is an argument.

What is learnt is a rate of items, its shape over the hours of the week (UTC) and over the hour, and whether items come
in bursts. Old experience fades: a source may change its habits, die, and come back. An item came when it says so, if
that lies between the poll before and this one; else some time between the two. A first poll learns from the dates of
everything it finds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from crawler.shape import foretold
from news.rhythm import PARTS, WEEK, Rhythm

LEVEL_FADES, SHAPE_FADES, BURST_FADES = 24.0 * 28, 24.0 * 56, 1.0
"""Hours after which experience counts half: of the rate, of its shape over the week, of a burst."""
CLOSE = 3.0
"""Releases less than so many hours apart may belong to one burst."""
LONGEST_HISTORY = 24.0 * 180
MOST_AT_ONCE = 10
"""So many items of one release count at most: more is an archive that was added, or a date that all items bear."""
_LEAST_RELEASES = 3
_SILENCE_FADES = 24.0 * 180
_MONDAY = 72  # hours: 1 January 1970 was a Thursday

SILENT_TIMES = 4
SILENT_LEAST = timedelta(days=2)
SILENT_HISTORY = 10
"""A source is silent when it has been so for that many times its longest silence, and at least two days; of one with
fewer releases too little is known."""


def hours(at: datetime) -> float:
    """Return a moment as hours since 1970."""
    return at.timestamp() / 3600


def hour_of_week(at: float) -> int:
    """Return the hour of the week (UTC) of a moment in hours since 1970; Monday 0:00 is 0."""
    return (int(at) + _MONDAY) % WEEK


def begun(published: Sequence[datetime | None], now: datetime) -> Rhythm:
    """Return what the items of a first poll tell of a source's habit: as far back as its oldest dated one."""
    end = hours(now)
    came = sorted(at for at in map(hours, filter(None, published)) if end - LONGEST_HISTORY <= at <= end)
    unknown = Rhythm(since=end, at=end)
    known = _with(replace(unknown, since=came[0]), came, came) if came else unknown
    return known if known.releases >= _LEAST_RELEASES else unknown


def learnt(rhythm: Rhythm, published: Sequence[datetime | None], since: datetime, now: datetime) -> Rhythm:
    """Return the rhythm with a poll taken in that found items; the poll before it was at `since`."""
    start, end = hours(since), hours(now)
    dates = [None if at is None else hours(at) for at in published]
    dated = sorted(at for at in dates if at is not None and start < at <= end)
    vague = min(len(dates) - len(dated), MOST_AT_ONCE)
    middle = [(start + end) / 2] * vague
    return _with(_faded(rhythm, end), sorted(dated + middle), dated)


def _faded(rhythm: Rhythm, now: float) -> Rhythm:
    """Return the rhythm as of `now`, without news."""
    passed = max(now - rhythm.at, 0.0)
    level, shape = math.exp2(-passed / LEVEL_FADES), math.exp2(-passed / SHAPE_FADES)
    return replace(
        rhythm,
        at=now,
        level=rhythm.level * level,
        recent=rhythm.recent * math.exp2(-passed / BURST_FADES),
        crowded=rhythm.crowded * shape,
        apart=rhythm.apart * shape,
        trust=(rhythm.trust[0] * shape, rhythm.trust[1] * shape),
        longest=rhythm.longest * math.exp2(-passed / _SILENCE_FADES),
        week=tuple(count * shape for count in rhythm.week),
        parts=tuple(count * shape for count in rhythm.parts),
    )


def _with(rhythm: Rhythm, came: Sequence[float], dated: Sequence[float]) -> Rhythm:
    """Return a rhythm of `rhythm.at` with items that came before it, oldest first; `dated` are those known exactly."""
    exact = frozenset(dated)
    rate = (rhythm.level + len(came)) / max(experience(rhythm, rhythm.at), 24.0)
    chance = 1 - math.exp(-rate * CLOSE)
    at_once = 0
    for at in came:
        at_once += 1
        if rhythm.last is None or at - rhythm.last >= 1 / PARTS:
            rhythm, at_once = _released(rhythm, at, chance, exact=at in exact), 1
        if at_once > MOST_AT_ONCE:
            continue
        age = rhythm.at - at
        rhythm = replace(
            rhythm,
            level=rhythm.level + math.exp2(-age / LEVEL_FADES),
            recent=rhythm.recent + math.exp2(-age / BURST_FADES),
        )
    return rhythm


def _released(rhythm: Rhythm, at: float, chance: float, *, exact: bool) -> Rhythm:
    """Return the rhythm with a release; by `chance` one comes soon after another at this source anyway."""
    weight = math.exp2((at - rhythm.at) / SHAPE_FADES)
    passed = math.inf if rhythm.last is None else at - rhythm.last
    close = passed < CLOSE
    streak = rhythm.streak + 1 if close else 1
    hour, part = hour_of_week(at), int(at % 1 * PARTS)
    first = rhythm.last is None
    return replace(
        rhythm,
        last=at,
        releases=rhythm.releases + 1,
        longest=rhythm.longest if first else max(rhythm.longest, passed),
        streak=streak,
        # Releases in a row say the same of the hours again and again: the first of them counts most.
        trust=foretold(rhythm.week, rhythm.trust, hour, weight / streak**2),
        crowded=rhythm.crowded + (0.0 if first else weight * (close - chance)),
        apart=rhythm.apart + (0.0 if first else weight * (1 - chance)),
        week=_raised(rhythm.week, hour, weight),
        parts=_raised(rhythm.parts, part, weight) if exact else rhythm.parts,
    )


def _raised(counts: tuple[float, ...], place: int, weight: float) -> tuple[float, ...]:
    return (*counts[:place], counts[place] + weight, *counts[place + 1 :])


def experience(rhythm: Rhythm, now: float) -> float:
    """Return for how many hours a source has been watched, faded as the rate is."""
    tau = LEVEL_FADES / math.log(2)
    return tau * (1 - math.exp(-max(now - rhythm.since, 0.0) / tau))


def silence(rhythm: Rhythm | None, now: datetime) -> tuple[datetime, timedelta] | None:
    """Return since when a source is silent and how long it used to be at most, or None while that is like it."""
    if rhythm is None or rhythm.last is None or rhythm.releases < SILENT_HISTORY:
        return None
    usual = timedelta(hours=rhythm.longest)
    last = datetime.fromtimestamp(rhythm.last * 3600, UTC)
    return (last, usual) if now - last >= max(usual * SILENT_TIMES, SILENT_LEAST) else None
