"""How firmly a word that names a payment is tied to a sum, by what stands between them.

    labels(text) -> (Place(label, start, end), …)
    cost(text, start, end, place)     under 1: tied by a preposition; FARTHEST and more: not tied at all

A preposition ties ("an upfront payment of $30 million", "$400 million in milestones"); every word and every clause that
begins between them loosens. A label that another sum has claimed is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from deals.money import Sum
from deals.paymentwords import BREAK, LABELS, TIE_AHEAD, TIE_BEHIND, Label

REACH = 160
FARTHEST = 14.0
_WORDS = re.compile(r"\w+")
_FAR = 10.0
_LISTED = re.compile(r",?\s(?:and|or|plus|as well as)\s(?:up to )?|,\s(?:up to )?")
_INSERTED = re.compile(r",[^,;]{1,80},")
_ANOTHER_CLAUSE = re.compile(r";|,\s(?:and|but|while|yet)\s")
_PAYS_APART = re.compile(
    r"(?:\band|\bplus|\bwhile|,|;)\s(?:(?:will|would|shall|also|then|to)\s){0,3}(?:pays?|paid|hands?|gives?|receives?|gets?)\b"
)
_ANOTHER_THING = re.compile(
    r",?\s(?:plus|and|as well as|along with|with)\s|"
    r".*?(?:;|,\s(?:and|but|while)\s|(?:\band|\bplus|,)\s(?:\w+\s){0,2}[\d$€£])"
)
_THE_REST = re.compile(r"\s(?:and|plus)\s(?:the\s|an?\s)?(?:remaining|rest|another|further|additional)\b")
_AND = re.compile(r",|\b(?:and|or|plus)\b")
_A_PART = re.compile(
    r"\b(?:(?:whereof|of which) (?:an?|part|some|half|most|the)|"
    r"(?:part|third|half|quarter|some|most|rest) of (?:it|which|this|that))\b|\bof which \W?\d"
)
_OF_IT = re.compile(r"\sof (?:it|this|that|which|them)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A label in a text."""

    label: Label
    start: int
    end: int


@lru_cache(maxsize=64)  # each sum of a sentence asks for them
def labels(text: str) -> tuple[Place, ...]:
    """Return the labels in a text, in order."""
    return tuple(Place(_group(match), match.start(), match.end()) for match in LABELS.finditer(text))


def _group(match: re.Match[str]) -> Label:
    found: Label = match.lastgroup  # type: ignore[assignment]  # every group of LABELS is named after a label
    return found


def is_near(text: str, start: int, end: int, place: Place) -> bool:
    """Whether a label stands near a sum and in the same clause."""
    between = text[place.end : start] if place.end <= start else text[end : place.start]
    return cost(text, start, end, place) <= _FAR and _ANOTHER_CLAUSE.search(between) is None


def is_claimed(text: str, place: Place, behind: int, ahead: int, listed: Sequence[Sum]) -> bool:
    """Whether a label belongs to the sum before or behind: "$25 million upfront and milestones of $400 million"."""
    if place.end <= listed[0].start:
        own = text[place.end : listed[0].start][:REACH]
        if TIE_AHEAD.match(own) and not _AND.search(own):
            return False
        between = text[max(behind, place.start - REACH) : place.start] if behind else "."
        return place.label != "total" and TIE_BEHIND.match(between) is not None
    between = text[place.end : min(ahead, place.end + REACH)] if ahead < len(text) else "."
    own = text[listed[-1].end : place.start][:REACH]
    if TIE_BEHIND.match(own) and not _AND.search(own):
        return False
    return TIE_AHEAD.match(between) is not None


def is_list(text: str, one: Sum, other: Sum, places: Sequence[Place]) -> bool:
    """Whether two sums share their labels; not where the second has words of its own: "$4 million, and up to $26 …"."""
    if not _LISTED.fullmatch(text, one.end, other.start) or (other.up_to and not one.up_to):
        return False
    if LABELS.match(text, other.end + 1) or _OF_IT.match(text, other.end):
        return False
    ahead = {p.label for p in places if p.end <= one.start and TIE_AHEAD.match(text[p.end : one.start][:REACH])}
    behind = {p.label for p in places if p.start >= other.end and TIE_BEHIND.match(text[other.end : p.start][:REACH])}
    return not ahead or not behind or bool(ahead & behind)


def cost(text: str, start: int, end: int, place: Place) -> float:
    """Return how far a label is from a sum: words between, and more for every clause that begins between."""
    weak = 1.5 if place.label in {"total", "later"} else 0.0
    ahead = place.end <= start
    between = text[place.end : start] if ahead else text[end : place.start]
    if len(between) > REACH or _A_PART.search(between) or _is_apart(between, place, ahead=ahead):
        return 2 * FARTHEST
    if ahead and TIE_AHEAD.match(between):
        return 0.4 + weak / 5
    if not ahead and TIE_BEHIND.match(between):
        return 0.2 + weak / 5 + len(between) / 1000
    if ahead:
        between = _INSERTED.sub(" ", between)
    return 1.0 + weak + len(_WORDS.findall(between)) + 3 * len(BREAK.findall(between))


def _is_apart(between: str, place: Place, *, ahead: bool) -> bool:
    """Whether a label belongs to something else than a sum: to another sum, or to what is done besides."""
    if not ahead:
        return _ANOTHER_THING.match(between) is not None
    if ";" in between or _THE_REST.match(between):
        return True
    return place.label == "equity" and _PAYS_APART.search(between) is not None
