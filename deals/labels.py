"""Which payment a sum is: the words beside it that name the payment, and how firmly they are tied to it.

    bind(text, sums) -> (Bound(sum, labels, cost, …), …)
    field_of(bound) -> the payment that its labels make it, or None

A sum goes to the nearest label that no other sum and no clause stands between; a preposition ties it ("an upfront
payment of $30 million", "$400 million in milestones"). Labels that are joined share the sum: "upfront and milestone
payments of up to $500 million" are a total. Words such as revenue, market, raised or per share take a sum out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from deals.money import Sum
from deals.paymentwords import JOIN, TIE_AHEAD, TIE_BEHIND, Label
from deals.ties import FARTHEST, REACH, Place, cost, is_claimed, is_list, is_near, labels
from news.reading import MONEY_FIELDS, MoneyField

_FARTHEST_OTHER = 4.5
_NEW_CLAUSE = re.compile(r"\s(?:could|may|will|would|might|can|are|is|come|run|follow)\b")
_CLAUSE = re.compile(r"[,;:]|\band\b")
_INCLUDING = re.compile(r"\b(?:including|consisting|comprising|comprised)\b")
_EXCEPT = re.compile(
    r"\b(?:apart from|excluding|not (?:including|counting)|before|besides|on top of|in addition to|without|plus)\s"
    r"(?:\w+\s){0,2}$"
)
_TIME = re.compile(r"(?:at|on|upon|after|from|now|today|immediately|right|straight)\b", re.IGNORECASE)
_EXERCISE = re.compile(r"exercis|\bopt(?!ion)", re.IGNORECASE)
_CONTAINS = re.compile(r"\s?[,(–—-]?\s?(?:including|inclusive of)\b")
_COUNTED_IN = re.compile(
    r"\b(?:including|counting|inclusive of|together with|^With)\s(?:the|an|its|this|all)?\s?$", re.IGNORECASE
)
_TOTAL_IN = re.compile(r"\sin\b")
_WAITING_FOR = re.compile(r",\s(?:[a-z]+(?:ed|ing)|payable|contingent|subject|due)\b[^,;]{0,80},")
_FOR_A_TOTAL = re.compile(r"\bfor an?\s$")
_RESPECTIVELY = re.compile(r"[^.;]{0,12}\brespectively\b")
_SHARED: tuple[tuple[set[str], MoneyField], ...] = (
    ({"upfront", "near_term", "milestones"}, "total"),
    ({"upfront", "near_term"}, "near_term"),
    ({"option_fee", "milestones"}, "milestones"),
    ({"upfront", "milestones"}, "total"),
    ({"upfront", "equity"}, "upfront"),
)
"""What a sum is that two payments share."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A sum and the payments that the words beside it name.

    `labels` are those that share the sum, the nearest first, empty where no label is near; `cost` says how loosely they
    are tied (under 1: by a preposition). `start` and `end` hold the sum and the nearest label.
    """

    sum: Sum
    labels: tuple[Label, ...]
    cost: float
    start: int
    end: int
    listed: bool = False
    """Whether the sum stands in a list of sums that share the labels."""
    foreign: str = ""
    """The words round the sum that speak of markets, revenues and the like."""
    behind: int = 0
    ahead: int = 0
    """Between these places no other sum stands."""


def bind(text: str, sums: Sequence[Sum]) -> tuple[Bound, ...]:
    """Return each sum of a sentence with the labels that it is tied to."""
    if not sums:
        return ()
    places = labels(text)
    bound: list[Bound] = []
    for first, last in _lists(text, sums, places):
        behind = sums[first - 1].end if first else 0
        ahead = sums[last + 1].start if last + 1 < len(sums) else len(text)
        near = [place for place in places if place.start >= behind - 1 and place.end <= ahead]
        outer = [place for place in near if place.end <= sums[first].start or place.start >= sums[last].end - 1]
        outer = [
            place
            for place in outer
            if not (place.label == "other" and _EXCEPT.search(text, max(0, place.start - REACH), place.start))
        ]
        outer = [place for place in outer if not is_claimed(text, place, behind, ahead, sums[first : last + 1])]
        listed = sums[first : last + 1]
        whole = (sums[first].start, sums[last].end)
        others = (p for p in outer if p.label == "other" and is_near(text, *whole, p))
        foreign = next((text[place.start : place.end] for place in others), "")
        found = _in_turn(text, listed, outer) or [_bind(text, item, listed, outer) for item in listed]
        bound.extend(replace(item, foreign=foreign, behind=behind, ahead=ahead) for item in found)
    return tuple(bound)


def _lists(text: str, sums: Sequence[Sum], places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of sums that stand in one list: "$10 million, $50 million and $20 million"."""
    first = 0
    for number in range(1, len(sums) + 1):
        if number < len(sums) and is_list(text, sums[number - 1], sums[number], places):
            continue
        yield first, number - 1
        first = number


def _in_turn(text: str, sums: Sequence[Sum], near: Sequence[Place]) -> list[Bound]:
    """Return the sums of a list with one label each where the text says "respectively"; empty where it does not."""
    before = [place for place in near if place.end <= sums[0].start and place.label not in {"total", "other"}]
    if len(sums) < 2 or len(before) < len(sums) or not _RESPECTIVELY.match(text, sums[-1].end):
        return []
    pairs = zip(sums, before[-len(sums) :], strict=True)
    return [Bound(item, (place.label,), 0.5, min(place.start, item.start), item.end) for item, place in pairs]


def _bind(text: str, item: Sum, listed: Sequence[Sum], near: Sequence[Place]) -> Bound:
    """Return a sum with the labels nearest to the list that it stands in, which is mostly the sum alone."""
    whole = (listed[0].start, listed[-1].end)
    if _CONTAINS.match(text, item.end):  # "$22 million, including an equity investment"
        near = [place for place in near if place.label != "equity" or place.end <= item.start]
    costs = sorted(((cost(text, *whole, place), place.start, place) for place in near), key=lambda entry: entry[:2])
    costs = [entry for entry in costs if entry[0] <= (_FARTHEST_OTHER if entry[2].label == "other" else FARTHEST)]
    if not costs:
        return Bound(item, (), FARTHEST, item.start, item.end, len(listed) > 1)
    if costs[0][2].label == "later":  # words that say when are weaker than any that say what
        costs.sort(key=lambda entry: (entry[0] > 1, entry[2].label == "later", *entry[:2]))
    far, _, first = costs[0]
    if first.label == "total":
        first = next((place for _, _, place in costs[1:] if _is_of(text, first, place)), first)
    if first.label == "upfront":  # "on exercise it owes $100 million upfront"
        first = next((place for place in near if _is_exercise(text, place, item)), first)
    shared = [first.label, *_joined(text, first, near, item)]
    if any(_is_including(text, place, first, item) for place in near):
        shared = ["total"]
    start, end = min(item.start, first.start), max(item.end, first.end)
    return Bound(item, tuple(dict.fromkeys(shared)), far, start, end, len(listed) > 1)


def _is_exercise(text: str, place: Place, item: Sum) -> bool:
    """Whether the clause of a sum begins with the exercise of an option."""
    between = text[place.end : item.start]
    if place.label != "option_fee" or not _EXERCISE.search(text, place.start, place.end):
        return False
    return place.end <= item.start and len(between) < 60 and not _CLAUSE.search(between)


def _is_of(text: str, total: Place, place: Place) -> bool:
    """Whether a total is the total of a payment: "development milestones may come to a total of …"."""
    if place.start >= total.end:  # "$2 billion total in anniversary payments"
        tied = TIE_BEHIND.match(text[total.end : place.start][:REACH]) is not None
        return place.label != "other" and _TOTAL_IN.match(text, total.end) is not None and tied
    if place.label not in {"milestones", "equity", "option_fee"}:
        return False
    between = _WAITING_FOR.sub("", text[place.end : total.start])  # "milestones, linked to approvals, may amount to …"
    if _COUNTED_IN.search(text, 0, place.start) or _FOR_A_TOTAL.search(between):
        return False
    return len(between) < 60 and (text[place.start].lower() == "a" or not _CLAUSE.search(between))


def _is_including(text: str, total: Place, first: Place, item: Sum) -> bool:
    """Whether the nearest label is only a part of a total: "the total including milestones can be up to …"."""
    if item.up_to and first.label in {"upfront", "milestones"}:
        if first.start >= item.end and _CONTAINS.match(text, item.end):
            return True
        if first.end <= item.start and _COUNTED_IN.search(text, 0, first.start):
            return True  # "including the upfront payment, up to $530 million"
    if first.label == "total" and total.end <= first.start and _COUNTED_IN.search(text, 0, total.start):
        return True  # "with milestones the total could swell to …"
    if total.label != "total" or total.end > first.start:
        return False
    if first.start < item.start:
        return _INCLUDING.search(text, total.end, first.start) is not None
    tied = total.end <= item.start and TIE_AHEAD.match(text[total.end : item.start]) is not None
    return tied and first.label == "milestones" and _INCLUDING.search(text, item.end, first.start) is not None


def _joined(text: str, first: Place, near: Sequence[Place], item: Sum) -> Iterator[Label]:
    """Yield the labels that stand in one list with the nearest: "upfront, option and milestone payments"."""
    beside = [place for place in near if (place.start >= item.end) == (first.start >= item.end)]
    number = beside.index(first)
    for step in (1, -1):
        last, place = first, number + step
        while 0 <= place < len(beside):
            left, right = (last, beside[place]) if step == 1 else (beside[place], last)
            between = text[left.end : right.start]
            if (
                len(between) > REACH
                or not JOIN.fullmatch(between)
                or ("," in between and _NEW_CLAUSE.match(text, right.end))
            ):
                break
            if beside[place].label not in {"other", "later"} and not _is_time(text, left, right):
                yield beside[place].label
            last = beside[place]
            place += step


def _is_time(text: str, left: Place, right: Place) -> bool:
    """Whether two labels stand side by side because one says when the other is paid: "an equity investment now"."""
    times = any(_TIME.match(text, place.start) is not None for place in (left, right) if place.label == "upfront")
    return times and not text[left.end : right.start].strip()


def field_of(bound: Bound) -> MoneyField | None:
    """Return the payment that a sum is, by the labels that share it; None where they take it out of the agreement.

    A sum that is only said to fall due later is a milestone.
    """
    names = ["milestones" if label == "later" else label for label in bound.labels if label != "total"]
    if not bound.labels or bound.labels[0] == "other" or (bound.labels[0] in {"total", "later"} and bound.foreign):
        return None
    if not names:
        return "total"
    both = next((field for shared, field in _SHARED if shared <= set(names)), names[0])
    return next((field for field in MONEY_FIELDS if field == both), None)
