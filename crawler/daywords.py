"""Days as pages write them beside their headlines: in figures, and in words of five languages. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janvier enero gennaio",
            "february feb februar février févr fevrier febrero febbraio",
            "march mar märz maerz mars marzo",
            "april apr avril avr abril aprile",
            "may mai mayo maggio",
            "june jun juni juin junio giugno",
            "july jul juli juillet juil julio luglio",
            "august aug août aout agosto",
            "september sept sep septembre septiembre settembre",
            "october oct oktober okt octobre octubre ottobre",
            "november nov novembre noviembre",
            "december dec dezember dez décembre déc diciembre dicembre",
        ),
        1,
    )
    for word in words.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<!\w)(?:(?P<y1>20\d\d)[-./](?P<m1>\d\d?)[-./](?P<d1>\d\d?)"
    rf"|(?P<d2>\d\d?)\.\s?(?P<m2>\d\d?)\.\s?(?P<y2>20\d\d)"
    rf"|(?P<a3>\d\d?)/(?P<b3>\d\d?)/(?P<y3>20\d\d)"
    rf"|(?P<m4>{_MONTH})\.?\s(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y4>20\d\d)"
    rf"|(?P<d5>\d\d?)(?:st|nd|rd|th|er|\.)?[\s-](?:de\s)?(?P<m5>{_MONTH})\.?,?[\s-](?:de\s)?(?P<y5>20\d\d))(?!\w|\.\d)",
    re.IGNORECASE,
)


def day_in(text: str) -> datetime | None:
    """Return the first day that stands in a text, at midnight in UTC; one that may be two (5/6/2026) is none."""
    for match in _DAY.finditer(text):
        year, month, day = _parts({name[0]: value for name, value in match.groupdict().items() if value})
        try:
            return datetime(year, month, day, tzinfo=UTC)
        except ValueError:
            continue
    return None


def _parts(said: dict[str, str]) -> tuple[int, int, int]:
    """Return year, month and day, zeros where they are not certain."""
    year = int(said["y"])
    if "a" in said:
        one, other = int(said["a"]), int(said["b"])
        if one == other or other > 12:
            return year, one, other
        return (year, other, one) if one > 12 else (year, 0, 0)
    month = said["m"]
    return year, int(month) if month.isdigit() else _MONTHS[month.lower()], int(said["d"])
