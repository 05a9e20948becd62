"""The names of the months in English, long and short: `number_of(name) -> 1..12`, and `MONTH` for a pattern."""

from __future__ import annotations

_NAMES = (
    "january jan",
    "february feb",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_NUMBERS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
MONTH = "|".join(sorted(_NUMBERS, key=len, reverse=True))


def number_of(name: str) -> int:
    """Return the number of a month, January being 1; raises KeyError for anything but a name that `MONTH` finds."""
    return _NUMBERS[name.lower()]
