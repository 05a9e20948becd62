"""Publishing histories for benchmarks/schedule.py: when the items of an invented source appear, seeded and in UTC."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DAYS = 182
START = datetime(2026, 1, 5, tzinfo=UTC)
"""A Monday. Half a year from here both Europe's and America's clocks are put forward."""

History = Callable[[random.Random], list[datetime]]


def steady_wire(draw: random.Random) -> list[datetime]:
    """Return forty items a day at any minute of day and night: nothing is there to be learnt but the rate."""
    return list(_poisson(draw, START, DAYS, 40 / 24))


def newswire(draw: random.Random) -> list[datetime]:
    """Return press releases on New York's working days from six to six, most on the hour or the half hour."""
    found = []
    for day in _working_days():
        for _ in range(_count(draw, 45)):
            minute = draw.choice([0] * 5 + [30] * 3 + [5, 15, 45, draw.randrange(60)])
            hour = draw.choice([7, 8, 8, 9, 9, 16, 16, *range(6, 18)])
            found.append(_local(day, time(hour, minute, draw.randrange(50)), "America/New_York"))
    return found


def weekday_paper(draw: random.Random) -> list[datetime]:
    """Return a trade paper: eight items on London's working days between eight and six, a few at a weekend."""
    found = []
    for day in _all_days():
        for _ in range(_count(draw, 8 if day.weekday() < 5 else 0.3)):
            at = time(draw.randrange(8, 18), draw.randrange(60), draw.randrange(60))
            found.append(_local(day, at, "Europe/London"))
    return found


def seven_sharp(draw: random.Random) -> list[datetime]:
    """Return a listed company: on half of Zurich's working days its releases appear at 07:00 sharp."""
    return [
        _local(day, time(7), "Europe/Zurich") + timedelta(seconds=second)
        for day in _working_days()
        if draw.random() < 0.5
        for second in range(draw.choice([1, 1, 1, 2, 3]))
    ]


def newsroom(draw: random.Random) -> list[datetime]:
    """Return a biotech: two releases a week on Boston's working days, most at seven, eight or at the market's close."""
    found = []
    for day in _working_days():
        if draw.random() < 0.4:
            hour = draw.choice([7, 7, 7, 8, 8, 16, draw.randrange(9, 16)])
            minute = draw.choice([0, 0, 0, 5, 30])
            found.append(_local(day, time(hour, minute, draw.randrange(60)), "America/New_York"))
    return found


def bursty(draw: random.Random) -> list[datetime]:
    """Return days of quiet, then eight to twenty-five items within three hours, at any time of day and night."""
    return [
        at + timedelta(minutes=180 * draw.random())
        for at in _poisson(draw, START, DAYS, 1 / (24 * 4))
        for _ in range(draw.randrange(8, 26))
    ]


def weekly(draw: random.Random) -> list[datetime]:
    """Return a weekly column on Thursday afternoon, give or take ten minutes."""
    return [
        _local(day, time(14, 30), "Europe/London") + timedelta(minutes=draw.uniform(-10, 10))
        for day in _working_days()
        if day.weekday() == 3
    ]


def monthly(draw: random.Random) -> list[datetime]:
    """Return a society's journal: an item a month on a working day, at some hour of work."""
    found, last = [], 0
    for day in _working_days():
        if day.month != last and draw.random() < 0.15:
            found.append(_local(day, time(draw.randrange(9, 17), draw.randrange(60)), "Europe/Paris"))
            last = day.month
    return found


def dead(draw: random.Random) -> list[datetime]:
    """Return a paper that publishes three items a working day for a month and then nothing any more."""
    return [at for at in revived(draw) if at < START + timedelta(days=30)]


def revived(draw: random.Random) -> list[datetime]:
    """Return three items a working day for two months, silence for two and a half, and then as before."""
    quiet = (START + timedelta(days=60), START + timedelta(days=135))
    found = [
        _local(day, time(draw.randrange(8, 18), draw.randrange(60)), "Europe/Berlin")
        for day in _working_days()
        for _ in range(_count(draw, 3))
    ]
    return [at for at in found if not quiet[0] <= at < quiet[1]]


HISTORIES: dict[str, History] = {
    "steady wire": steady_wire,
    "newswire": newswire,
    "weekday paper": weekday_paper,
    "07:00 sharp": seven_sharp,
    "newsroom": newsroom,
    "bursty": bursty,
    "weekly": weekly,
    "monthly": monthly,
    "dead": dead,
    "revived": revived,
}


@cache
def history(name: str, seed: int) -> list[datetime]:
    """Return when the items of a source appear, oldest first."""
    draw = random.Random(f"{name} {seed}")  # noqa: S311  # a simulation wants to be repeated, not to be secret
    end = START + timedelta(days=DAYS)
    return sorted(at for at in HISTORIES[name](draw) if START <= at < end)


def _poisson(draw: random.Random, start: datetime, days: float, an_hour: float) -> Iterator[datetime]:
    at = start + timedelta(hours=draw.expovariate(an_hour))
    while at < start + timedelta(days=days):
        yield at
        at += timedelta(hours=draw.expovariate(an_hour))


def _count(draw: random.Random, mean: float) -> int:
    return sum(1 for _ in _poisson(draw, START, 1, mean / 24))


def _all_days() -> list[date]:
    return [(START + timedelta(days=number)).date() for number in range(DAYS)]


def _working_days() -> list[date]:
    return [day for day in _all_days() if day.weekday() < 5]


def _local(day: date, at: time, zone: str) -> datetime:
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
