"""A year of schedules in four time zones, with both changes of the clocks: every deal in exactly one message."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from alerts.due import Due, So, due
from alerts.schedule import Window, is_quiet, midnight, parse_quiet, parse_when
from news.alert import Recipient, Telling

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Paris", "America/New_York", "Australia/Sydney", "Asia/Kolkata")
CAP = 3
DOWN = (datetime(2026, 5, 4, 5, tzinfo=UTC), datetime(2026, 5, 13, 17, tzinfo=UTC))
"""Nine days in which nothing runs."""


def readers(zone: str) -> list[Recipient]:
    """Return recipients with all sorts of schedules; half past two is a time that clocks skip or repeat."""
    sorts = ("07:30 mon-fri", "02:30 daily", "08:00,17:00", "09:00 mon", "immediate", "each-run")
    plain = [Recipient(sort, "ana@desk.example", parse_when(sort), zone) for sort in sorts]
    night = parse_quiet("22:00-07:00")
    held = [
        Recipient(f"{sort}, held", "ana@desk.example", parse_when(sort), zone, quiet=night, at_most=CAP)
        for sort in ("immediate", "each-run", "17:00 daily")
    ]
    return [*plain, *held]


def deals(dice: random.Random, reader: Recipient) -> list[Telling]:
    """Return what becomes known in a year, in order: now and then several at once, a tenth of it urgent."""
    span = END - timedelta(days=20) - BEGIN
    moments = sorted(BEGIN + dice.random() * span for _ in range(500))
    moments += [moment + timedelta(seconds=dice.randrange(90)) for moment in moments[::25]]
    return [
        Telling(n, reader.key, n, 1, "first", "pending", at, urgent=dice.random() < 0.1)
        for n, at in enumerate(sorted(moments), 1)
    ]


def ticks(dice: random.Random) -> Iterator[datetime]:
    """Yield when something runs: at odd times, often on the days on which clocks change, not at all for a while."""
    now = BEGIN
    while now < END:
        changes = now.month in {3, 4, 10, 11} and now.day in {1, 4, 5, 8, 25, 29}
        now += timedelta(minutes=dice.randrange(5, 40) if changes else dice.randrange(60, 300))
        if not DOWN[0] < now < DOWN[1]:
            yield now


def year(reader: Recipient) -> tuple[list[Telling], list[tuple[datetime, Due]]]:
    """Let a year pass for a recipient; return what became known and what left when."""
    dice = random.Random(reader.key + reader.time_zone)  # noqa: S311  # no secret: a year that is the same every time
    known, left, closed = deals(dice, reader), [], None
    pending: list[Telling] = []
    waiting = list(reversed(known))
    composed: list[datetime] = []
    last = BEGIN
    for now in ticks(dice):
        while waiting and waiting[-1].created_at <= now:
            pending.append(waiting.pop())
        today = sum(at >= midnight(reader.time_zone, now) for at in composed[-2 * CAP :])
        run = None if reader.when.mode == "times" else Window(last, now)
        found, last = due(So(reader, pending, (), BEGIN, closed, run, today), now), now
        gone = {t.id for alert in found.alerts for t in alert} | {t.id for t in found.tellings}
        pending = [t for t in pending if t.id not in gone]
        composed += [now] * (len(found.alerts) + (reader.when.mode != "times" and bool(found.tellings)))
        closed = found.window.end if found.window is not None else closed
        left.append((now, found))
    return known, left


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("number", range(9))
def test_in_a_year_every_deal_is_in_exactly_one_message(zone: str, number: int) -> None:
    reader = readers(zone)[number]
    known, left = year(reader)

    told = Counter(t.id for _, each in left for message in (*each.alerts, each.tellings) for t in message)
    assert told == Counter(t.id for t in known)
    assert not any(is_quiet(reader, now) for now, each in left if each.alerts or each.window)
    days = Counter(
        now.astimezone(ZoneInfo(zone)).date()
        for now, each in left
        for _ in range(len(each.alerts) + (reader.when.mode != "times" and bool(each.tellings)))
    )
    assert not reader.at_most or max(days.values()) <= CAP


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_in_a_year_windows_lie_end_to_end_and_close_at_their_hour(zone: str, number: int) -> None:
    reader = readers(zone)[number]
    windows = [each.window for _, each in year(reader)[1] if each.window is not None]

    assert all(before.end == after.start for before, after in itertools.pairwise(windows))
    clocks = Counter(window.end.astimezone(ZoneInfo(zone)).time() for window in windows)
    moved = sum(number for clock, number in clocks.items() if clock not in reader.when.times)
    assert moved <= 1, "only where the clocks jump over it"
    assert all(window.end.astimezone(ZoneInfo(zone)).weekday() in reader.when.weekdays for window in windows)
    assert len(windows) > 300 * len(reader.when.times) * len(reader.when.weekdays) / 7
