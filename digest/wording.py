"""How a digest writes things down: days, lists, labels, and text that came from outside.

Sums are said as alerts/ says them, in an update's "was → is" and in the terms alike, and never rounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, tzinfo
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alerts import amounts
from news.address import canonical
from news.errors import AddressError
from news.reading import Money, Royalties

MONEY_LABELS: dict[str, str] = {
    "upfront": "Upfront",
    "equity": "Equity",
    "near_term": "Near-term payments",
    "option_fee": "Option fee",
    "milestones": "Milestones",
    "total": "Total",
}
KIND_LABELS: dict[str, str] = {
    "license": "Licence",
    "clinical-collaboration": "Clinical collaboration",
    "co-development": "Co-development",
    "co-commercialisation": "Co-commercialisation",
    "joint-venture": "Joint venture",
}
EVENT_LABELS: dict[str, str] = {"option-exercise": "Option exercise"}
STATUS_LABELS: dict[str, str] = {"non-binding": "Non-binding"}
ROLE_LABELS: dict[str, tuple[str, str]] = {
    "licensor": ("Licensor", "Licensors"),
    "licensee": ("Licensee", "Licensees"),
    "partner": ("Partner", "Partners"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the direction of all text after them: in a title they can make a mail read as what it is not."""


def clean(text: str) -> str:
    """Return text from outside on one line: no control characters, direction marks or lone surrogates."""
    text = _DIRECTION.sub("", text).encode("utf-8", "replace").decode()
    text = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join(text.split())


def shorten(text: str, longest: int) -> str:
    """Return cleaned text of at most `longest` characters, cut between words where there are any."""
    text = clean(text)
    if len(text) <= longest:
        return text
    head, _, _ = text[:longest].rpartition(" ")
    return f"{(head or text[: longest - 1])[: longest - 1].rstrip(' ,;:.-')}…"


def link(url: str) -> str:
    """Return an address that may be linked to, "" for anything but http and https."""
    try:
        return canonical(clean(url))
    except AddressError:
        return ""


def label(word: str, known: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a word of the reading contract as people write it: "near_term" is "Near term"."""
    word = clean(word)
    return known.get(word) or f"{word[:1].upper()}{word[1:]}".replace("_", " ")


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: "1 deal", "3 deals"."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def listed(names: Iterable[str], *, most: int = 3) -> str:
    """Return names as a list in words: "A, B and C"; beyond `most` the rest is counted."""
    found = [name for name in map(clean, names) if name]
    if len(found) > most:
        found = [*found[: most - 1], f"{len(found) - most + 1} more"]
    return " and ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def say_money(money: Money) -> str:
    """Return a payment in words, the same as an update has them: "up to EUR 1.35bn", "undisclosed"."""
    return clean(amounts.say_money(money))


def say_royalties(royalties: Royalties) -> str:
    """Return the rates where both ends are known, else the article's own wording, else what rate there is."""
    known = royalties.low is not None and royalties.high is not None
    return ("" if known else shorten(royalties.wording, 80)) or amounts.say_royalties(royalties)


def say_day(day: date) -> str:
    """Return a day, "22 Dec 2022", the same in every locale."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def say_days(first: date, last: date) -> str:
    """Return a stretch of days, without the year: "24 Nov", "17–23 Nov", "30 Nov – 6 Dec"."""
    begun, ended = (f"{day.day} {_MONTHS[day.month - 1]}" for day in (first, last))
    if (first.year, first.month) != (last.year, last.month):
        return f"{begun} – {ended}"
    return ended if first == last else f"{first.day}–{ended}"


def say_hour(moment: datetime, zone: tzinfo) -> str:
    """Return a moment in a zone that is named elsewhere: "Tue 24 Nov 2026, 07:30"."""
    local = moment.astimezone(zone)
    return f"{_WEEKDAYS[local.weekday()]} {say_day(local)}, {local:%H:%M}"


def say_time(moment: datetime, zone: tzinfo) -> str:
    """Return a moment in the reader's time zone, which is named: "Tue 24 Nov 2026, 07:30 Europe/Paris"."""
    return f"{say_hour(moment, zone)} {zone}"


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its IANA name; UTC, named so, where the system does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def join(parts: Sequence[str], between: str = " · ") -> str:
    """Return the parts that say something, in one line."""
    return between.join(part for part in parts if part)
