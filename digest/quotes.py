"""Cut the words behind a figure, or around words that matched, down to one sentence, and find them in it.

Mails quote a sentence per figure at most. Evidence may be longer (or the figure alone); what is shown always holds the
figure's own words, where they are numerals.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from digest.wording import clean

LONGEST = 320
"""Characters of a quote that are shown; longer sentences are cut around the figure."""
_RANGE = 12
"""Characters between the two ends of a range, such as "percent to"."""
_SCALES = tuple(Decimal(10**power) for power in (0, 3, 4, 6, 7, 8, 9, 12))
_FIGURE = re.compile(
    r"(?:(?:\b[A-Z]{1,3})?[$€£¥]\s?|\b(?:EUR|USD|GBP|CHF|JPY|CNY|RMB|DKK|SEK|NOK|AUD|CAD|KRW|HKD|INR)\s?)?"
    r"(?P<number>\d{1,3}(?:[.,'’ ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    r"(?:\s?(?:millions?|billions?|thousand|trillion|mn?|bn?|mio\.?|mrd\.?|M€|percent|%|億円?|万|亿)(?!\w))?"
    r"(?:\s?(?:[$€£¥]|(?:euros?|dollars?|pounds?|EUR|USD|GBP|CHF)\b))?",
    re.IGNORECASE,
)
_END = re.compile(r"(?<=[.!?])[”\"’)\]]*\s+(?=[A-Z0-9“\"‘(])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Inc|Ltd|Corp|Co|Dr|Mr|Ms|Mrs|Prof|No|Nos|vs|ca|approx|St|Jr|Sr|cf|e\.g|i\.e)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A sentence around a figure or other words that are marked, in three pieces; `figure` is "" where none is."""

    before: str
    figure: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return the words as they stood."""
        return f"{self.before}{self.figure}{self.after}"


def excerpt(quote: str, amounts: Collection[Decimal] | None = ()) -> Excerpt:
    """Return the sentence of a quote that holds one of the amounts (units or percent); else its first sentence.

    None stands for any amount that is written as money.
    """
    text = clean(quote)
    return _pieces(text, *_find(text, amounts))


def around(text: str, words: str) -> Excerpt:
    """Return the sentence of a cleaned text in which words stand, with the words as what is marked of it."""
    start = text.find(words)
    if start < 0:
        return Excerpt("", words)
    return _pieces(text, start, start + len(words))


def _pieces(text: str, start: int, end: int) -> Excerpt:
    """Return the sentence around a stretch of a text, in three pieces."""
    first, last = _sentence(text, start)
    first, last = min(first, start), max(last, end)
    left, right = _window(text, first, last, start, end)
    before = ("…" if left > first else "") + text[left:start]
    return Excerpt(before, text[start:end], text[end:right] + ("…" if right < last else ""))


def _find(text: str, amounts: Collection[Decimal] | None) -> tuple[int, int]:
    """Return the place of the figure: of those with the right value the one written most like money; else (0, 0)."""
    written = list(_FIGURE.finditer(text))
    if amounts is None:
        found = [m for m in written if len(m[0]) > len(m["number"])]
    else:
        found = [m for m in written if not _values(m["number"]).isdisjoint(amounts)]
    best = max(found, key=lambda m: len(m[0]) - len(m["number"]), default=None)
    if best is None:
        return 0, 0
    # "from 8% to 14%": both ends of a range are the figure.
    end = max(m.end() for m in found if best.start() <= m.start() <= best.end() + _RANGE)
    return best.start(), end


def _values(number: str) -> set[Decimal]:
    """Return what a numeral may stand for: 1.350 is 1.35 or 1350, in units up to trillions."""
    bare = re.sub(r"['’ ]", "", number)
    readings = {bare.replace(",", ""), bare.replace(".", "").replace(",", ".")}
    values: set[Decimal] = set()
    for reading in readings:
        try:
            values.update(Decimal(reading) * scale for scale in _SCALES)
        except InvalidOperation:
            continue
    return values


def _sentence(text: str, place: int) -> tuple[int, int]:
    """Return the bounds of the sentence around an offset."""
    start = 0
    for boundary in _END.finditer(text):
        if _ABBREVIATION.search(text[start : boundary.start()]):
            continue
        if boundary.start() > place:
            return start, boundary.start() + len(boundary[0].rstrip())
        start = boundary.end()
    return start, len(text)


def _window(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Return the part of [first, last) that is shown: at most LONGEST characters with the figure in them."""
    if last - first <= LONGEST:
        return first, last
    left = max(first, min(start - LONGEST // 2, last - LONGEST))
    right = min(last, max(left + LONGEST, end))
    if left > first:
        left = text.find(" ", left, start) + 1 or left
    if right < last:
        right = max(text.rfind(" ", end, right), end) if " " in text[end:right] else right
    return left, right
