"""How often, and when not, a feed asks to be polled: what its head says about itself. Pure.

RSS 2.0 `ttl` (minutes), the RSS 1.0 syndication module (`sy:updatePeriod`, `sy:updateFrequency`), and RSS 0.91's
`skipHours` and `skipDays` (GMT). What stands there and cannot be read is no wish.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from crawler.text import text_of

_PERIODS = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "yearly": 24 * 365}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOUR = re.compile(rb"<hour\s*>\s*(\d{1,2})\s*</hour", re.IGNORECASE)
_DAY = re.compile(rb"<day\s*>\s*(\w{6,9})\s*</day", re.IGNORECASE)
_LONGEST_LIST = 4000


def ttl(feed: Mapping[str, Any]) -> timedelta | None:
    """Return the least time between two polls that a feed's head asks for; the longer one where it says two."""
    said = [_minutes(text_of(feed, "ttl").strip()), _period(feed)]
    return max((wish for wish in said if wish), default=None)


def _minutes(text: str) -> timedelta | None:
    if not (text.isascii() and text.isdigit()):
        return None
    return timedelta(minutes=min(int(text[:7]), 60 * 24 * 30))


def _period(feed: Mapping[str, Any]) -> timedelta | None:
    hours = _PERIODS.get(text_of(feed, "sy_updateperiod").strip().lower())
    if hours is None:
        return None
    frequency = text_of(feed, "sy_updatefrequency").strip()
    times = int(frequency[:4]) if frequency.isascii() and frequency.isdigit() else 1
    return timedelta(hours=hours) / max(times, 1)


def skip_hours(feed: Mapping[str, Any], content: bytes) -> frozenset[int]:
    """Return the hours of the day (GMT, 0 to 23) in which a feed asks not to be polled.

    feedparser keeps the last `hour` of several only; that it saw any in the feed's head makes it worth looking for the
    others in the bytes. RSS 0.91 counted hours from 1 to 24: its 24 is midnight. All of them would be never: no wish.
    """
    if "skiphours" not in feed:
        return frozenset()
    hours = frozenset(int(hour) % 24 for hour in _HOUR.findall(_between(content, b"skiphours")) if int(hour) <= 24)
    return hours if len(hours) < 24 else frozenset()


def skip_days(feed: Mapping[str, Any], content: bytes) -> frozenset[int]:
    """Return the days of the week (GMT, Monday is 0) on which a feed asks not to be polled."""
    if "skipdays" not in feed:
        return frozenset()
    names = (day.decode("ascii", "replace").lower() for day in _DAY.findall(_between(content, b"skipdays")))
    days = frozenset(_DAYS.index(name) for name in names if name in _DAYS)
    return days if len(days) < 7 else frozenset()


def _between(content: bytes, name: bytes) -> bytes:
    """Return what stands in the first element of that name, cut off where it is longer than any honest list."""
    found = re.search(rb"<" + name + rb"\s*>", content, re.IGNORECASE)
    if found is None:
        return b""
    inside = content[found.end() : found.end() + _LONGEST_LIST]
    end = re.search(rb"</" + name, inside, re.IGNORECASE)
    return inside[: end.start()] if end else inside
