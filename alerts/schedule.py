"""When a recipient's digest is due: the windows that a schedule cuts out of time.

A window lies between two scheduled instants that follow each other, and is delivered by the first run after it closed.
Times of day are those of the recipient's time zone. Where clocks go forward over one, it comes as much later as the
clocks were moved; where they go back over one, it comes once, the first time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from news.alert import Quiet, Recipient, When

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])\Z")
_SPAN = re.compile(r"(\S+?)\s*[-–]\s*(\S+)\Z")
_ALLOWED = 'write each-run, immediate, or times of day with days, such as "07:30 mon-fri" or "08:00,17:00 daily"'
_HOURS = 'write two times of day, such as "22:00-07:00"'
_TWO_WEEKS = 16
"""Days to look back for two instants of a weekly schedule, with one to spare on either side for time zones."""


@dataclass(frozen=True, slots=True)
class Window:
    """The time that one digest covers, in UTC."""

    start: datetime
    end: datetime


def due_window(when: When, time_zone: str, closed: datetime | None, added_at: datetime, now: datetime) -> Window | None:
    """Return the window that closed last, if it is still to be delivered.

    `closed` is until when windows were closed so far: this one begins there, so that no moment lies between two and
    none in two of them, whatever the schedule was before and however long nothing ran. `added_at` is since when the
    recipient is known: windows that closed before are none of theirs. Schedules of other modes than "times" have no
    windows of their own.
    """
    instants = [i for i in _instants(when, time_zone, _around(now, time_zone, -_TWO_WEEKS, 1)) if i <= now]
    if len(instants) < 2:
        return None
    end = instants[-1]
    if end <= added_at or (closed is not None and closed >= end):
        return None
    return Window(max(instants[-2], added_at) if closed is None else closed, end)


def next_window(when: When, time_zone: str, now: datetime) -> datetime | None:
    """Return when the next window closes, in UTC; None for a schedule that goes by runs and not by the clock."""
    coming = _instants(when, time_zone, _around(now, time_zone, -1, _TWO_WEEKS))
    return next((instant for instant in coming if instant > now), None)


def is_quiet(recipient: Recipient, at: datetime) -> bool:
    """Return whether a moment lies in the hours in which no message leaves for a recipient."""
    if recipient.quiet is None:
        return False
    clock = at.astimezone(ZoneInfo(recipient.time_zone)).time()
    return covers(recipient.quiet, clock)


def covers(quiet: Quiet, clock: time) -> bool:
    """Return whether quiet hours hold a time of day; the end does not belong to them."""
    if quiet.start <= quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def midnight(time_zone: str, now: datetime) -> datetime:
    """Return when the day of a time zone began, in UTC."""
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return datetime.combine(today, time(), tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def parse_quiet(text: str) -> Quiet:
    """Return the quiet hours that a text of the configuration means; ValueError says what is allowed."""
    found = _SPAN.match(text.strip())
    if found is None:
        raise ValueError(f"{text!r} are no hours: {_HOURS}")
    start, end = _time(found[1], _HOURS), _time(found[2], _HOURS)
    if start == end:
        raise ValueError(f"{text!r} is the whole day; {_HOURS}")
    return Quiet(start, end)


def say_quiet(quiet: Quiet) -> str:
    """Return quiet hours as they are written in the configuration."""
    return f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"


def parse_when(text: str) -> When:
    """Return the schedule that a text of the configuration means; ValueError says what is allowed."""
    parts = text.lower().replace(",", " ").split()
    if parts == ["each-run"]:
        return When("each-run")
    if parts == ["immediate"]:
        return When("immediate")
    clock = [part for part in parts if ":" in part]
    if not clock or parts[: len(clock)] != clock:
        raise ValueError(f"{text!r} is no schedule: {_ALLOWED}")
    times = {_time(part) for part in clock}
    return When("times", tuple(sorted(times)), _weekdays(parts[len(clock) :]))


def say_when(when: When) -> str:
    """Return a schedule as it is written in the configuration; `parse_when` reads it back."""
    if when.mode != "times":
        return when.mode
    times = ",".join(f"{each:%H:%M}" for each in when.times)
    days = sorted(when.weekdays)
    if len(days) == len(_DAYS):
        return f"{times} daily"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{times} {_DAYS[days[0]]}-{_DAYS[days[-1]]}"
    return f"{times} {','.join(_DAYS[day] for day in days)}"


def _instants(when: When, time_zone: str, days: list[date]) -> list[datetime]:
    """Return the scheduled instants of some days in UTC, in order, each once."""
    if when.mode != "times":
        return []
    zone = ZoneInfo(time_zone)
    scheduled = {
        datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
        for day in days
        if day.weekday() in when.weekdays
        for clock in when.times
    }
    return sorted(scheduled)


def _around(now: datetime, time_zone: str, first: int, last: int) -> list[date]:
    today = now.astimezone(ZoneInfo(time_zone)).date()
    return [today + timedelta(days=number) for number in range(first, last + 1)]


def _time(word: str, allowed: str = _ALLOWED) -> time:
    found = _TIME.match(word)
    if found is None:
        raise ValueError(f"{word!r} is no time of day: {allowed}")
    return time(int(found[1]), int(found[2]))


def _weekdays(words: list[str]) -> frozenset[int]:
    if not words or words == ["daily"]:
        return frozenset(range(7))
    days: set[int] = set()
    for word in words:
        first, dash, last = word.partition("-")
        start = _day(first)
        end = _day(last) if dash else start
        days.update((start + step) % 7 for step in range((end - start) % 7 + 1))
    return frozenset(days)


def _day(word: str) -> int:
    for number, (short, name) in enumerate(zip(_DAYS, _NAMES, strict=True)):
        if word in {short, name}:
            return number
    raise ValueError(f"{word!r} is no day of the week: {_ALLOWED}")
