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
from typing import Literal

from deals.money import Sum
from news.reading import MoneyField

Label = Literal["upfront", "equity", "near_term", "option_fee", "milestones", "total", "other"]

_LABELS = re.compile(
    r"(?P<option_fee>\boption(?:[- ]exercise)?\s(?:fees?|payments?|price)\b|\b(?:exercise|opt[- ]in)\s(?:fees?|"
    r"payments?|price)\b|"
    r"\bexercis\w+\s(?:of\s)?(?:(?:its|the|an|each|this|that|any|their|such)\s)?(?:\w+\s)?(?:options?|rights?)\b|"
    r"\bfees? for exercis\w+\b|\bif it exercises\b|"
    r"\b(?:on|upon|at) (?:option )?exercise\b|\bopt(?:s|ed|ing)? in\b)"
    r"|(?P<near_term>\bnear[- ]term\b|\bguaranteed\b|\bcontinuation payments?\b|\banniversary\b|\bmaintenance fees?\b)"
    r"|(?P<upfront>\bup[- ]?front\b|\bup[- ]front\b|\bfront[- ]end\b|\b(?:initial|signing|signature|immediate|down|"
    r"one[- ]time|one[- ]off|"
    r"first|entry|lump[- ]sum)\s(?:(?:cash|license|licence|signing|lump[- ]sum|non-?refundable|"
    r"net)\s)?(?:payments?|fees?|bonus|sums?|money|"
    r"considerations?|outlay)\b|\b(?:at|on|upon|after) (?:the )?(?:signing|signature|execution|start)\b|\bat "
    r"once\b|\bimmediately\b|"
    r"\bright away\b|(?<=[nmd\d] )now\b|\b(?:licen[sc]e|licensing|access|technology access|exclusivity) (?:issue "
    r")?fees?\b|\bup-?front\b)"
    r"|(?P<milestones>\bmilestones?\b|\bbio-?bucks?\b|\b(?:contingent|success[- ](?:based|dependent)|performance[- "
    r"]based|earn-?out|"
    r"downstream|event[- ]based|development|regulatory|sales|commercial|commerciali[sz]ation)(?:-related)? "
    r"(?:payments?|bonuses)\b|"
    r"\b(?:attainment|achievement) of (?:[a-z]+ ){0,6}(?:milestones?|net sales|sales)\b|\bcontingent (?:up)?on\b|"
    r"\bearn-?outs?\b|\b(?:development|regulatory|clinical|commercial|sales) (?:and (?:\w+ )?)?(?:goals|events|"
    r"objectives)\b)"
    r"|(?P<equity>\b(?:buys?|bought|purchas\w+)\s(?:[\w’'-]+\s){0,4}?(?:stock|shares)\b|\bequity\b|\b(?:common|"
    r"ordinary|preferred|newly[- ]issued|new|its|of|in)\s(?:\w+\s)?(?:stock|"
    r"shares)\b|\bstake\b|"
    r"\binvestments?(?= of)|\bsubscri(?:be|bes|ption)\b|\bconvertible notes?\b|\bprivate placement\b|\bshare "
    r"(?:purchase|subscription)\b|\bstock (?:purchase|investment)\b)"
    r"|(?P<total>\b(?:in )?total(?:l?ing|s)?\b|\baggregate\b|\bworth\b|\bvalued?\b|\bdeal value\b|\boverall\b|"
    r"\bpackage\b|\bcombined\b|"
    r"\baltogether\b|\bin all\b|\bfrom (?:the|this|today[’']s|these) (?:deal|agreement|pact|alliance|"
    r"collaboration)s?\b|"
    r"(?:(?<=illion )|(?<=\dm )|(?<=bn )|(?<=\d[MB] )|(?<=mln ))(?:[a-z-]+ ){0,2}(?:deal|pact|agreement|"
    r"collaboration|partnership|alliance|tie-up|transaction|accord|contract)\b)"
    r"|(?P<other>\brevenues?\b|\bturnover\b|\b(?:annual|net|global|worldwide|product|peak|u\.?s\.?|estimated) "
    r"(?:\w+ )?sales\b|\bmarkets?\b(?! rights)|"
    r"\bgross proceeds\b|\bunderwrit\w+\b|\boffering\b|\brais(?:ed|ing|e)\b|\bseries [a-e]\b|\bfinancing\b|"
    r"\bgrants?\b|\bmarket (?:cap|value)\w*\b|\bvaluation\b|"
    r"\bper (?:\w+ )?share\b|\ba share\b|"
    r"\bapiece\b|\bloans?\b|\bdebt\b|\bcharges?\b|\bearnings\b|\blos(?:s|ses)\b|\bprofits?\b|\bacqui(?:re|red|"
    r"sition)\b|\bbuyout\b|\bcost(?:s|ing)?\b|"
    r"\bexpenses?\b|\bfund(?:ed|s)?\b|\bpatients?\b|\bdeaths?\b|\bcash (?:position|runway|balance|and cash)\b|"
    r"\bcash equivalents\b|\bforecast\w*\b|"
    r"\bguidance\b|\bexpected to (?:reach|grow|hit)\b|\bdamages\b|\bfine\b|\bsettle\w*\b|\bipo\b|\bbudget\b|"
    r"\bsold\b|\bsales of\b)",
    re.IGNORECASE,
)
_TIE_AHEAD = re.compile(
    r"(?:[’']?s)?\s?(?:(?:payments?|fees?|sums?|amounts?|investments?|considerations?|values?|money|funding|cash|"
    r"in cash|proceeds|stake|"
    r"potentially|by [A-Z][\w-]+|to [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}|from [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}|"
    r"at|for)\s?){0,4}"
    r"(?:,\s)?(?:\(|:|of|totall?ing|worth|valued at|amounting to|equal to|in the (?:amount|sum) of|is|are|was|will "
    r"be|that (?:may|could) total|to)\W{0,2}"
    r"(?:(?:up to|as much as|approximately|about|around|over|more than|in excess of|an?|the|additional|further|"
    r"another|total|aggregate|of|"
    r"at least|potentially|nearly|roughly|not|exceeding|some|combined)\W{1,2}){0,6}\W?$"
)
_TIE_BEHIND = re.compile(
    r"(?![\s,]*(?:and|or|plus)\b)[\s-]?(?:\([^()]{0,60}\)\s?)?(?:,\s)?(?:in|as|of|for|from|on|upon|at|up|by way of|"
    r"consisting of|comprising|including|through|tied to|linked to|"
    r"depending on|via|subject to)?\s?(?:(?:an?|the|its|their|total|aggregate|potential|possible|additional|"
    r"further|future|other|cash|"
    r"non-?refundable|initial|various|certain|specified|pre-?specified|pre-?defined|development(?:al)?|"
    r"pre-?clinical|clinical|regulatory|"
    r"commercial(?:i[sz]ation)?|sales(?:-based)?|net|approval|launch|research|combined|success(?:ful)?|achieve\w*|"
    r"and|or|based|related|one-time|"
    r"one|per|each|every|target|program(?:me)?|candidate|indication|upfront|near-term|contingent|payments?|fees?|"
    r"R&D|discovery|tiered|launch|the achievement of|achievement|of|performance|product|"
    r"specific|manufacturing|mid-stage|late-stage|aggregated?|reaching|meeting|hitting|in)[,/\s-]{1,2}){0,14}$",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"[;:—]|,|\s[-–]{1,2}\s|\b(?:and|plus|while|but|with|as well as|in addition|which|who|whereas|if|when)\b",
    re.IGNORECASE,
)
_JOIN = re.compile(
    r"[\s,/]*(?:(?:payments?|fees?|money|cash|sums?|amounts?|considerations?|investments?|proceeds|and|or|plus|as "
    r"well as|&|an?|the|its|potential|"
    r"further|future|additional|possible|development(?:al)?|pre-?clinical|clinical|regulatory|"
    r"commercial(?:i[sz]ation)?|sales(?:-based)?|approval|"
    r"research|launch|near-term|upfront|contingent|success-based|option|exercise|license|licence|in|based|related|"
    r"tiered|initial|"
    r"consisting of|any)[\s,/]*){0,12}",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_REACH = 160
_FARTHEST = 14.0
_FARTHEST_OTHER = 4.5
_FAR = 10.0
_LISTED = re.compile(r",?\s(?:and|or|plus|as well as)\s(?:up to )?|,\s(?:up to )?")
_NEW_CLAUSE = re.compile(r"\s(?:could|may|will|would|might|can|are|is|come|run|follow)\b")
_CLAUSE = re.compile(r"[,;:]|\band\b")
_INSERTED = re.compile(r",[^,;]{1,80},")
_INCLUDING = re.compile(r"\b(?:including|consisting|comprising|comprised)\b")
_RESPECTIVELY = re.compile(r"[^.;]{0,12}\brespectively\b")


@dataclass(frozen=True, slots=True)
class Place:
    """A label in a text."""

    label: Label
    start: int
    end: int


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
    foreign: bool = False
    """Whether the words round the sum speak of markets, revenues and the like."""
    behind: int = 0
    ahead: int = 0
    """Between these places no other sum stands."""


def labels(text: str) -> tuple[Place, ...]:
    """Return the labels in a text, in order."""
    return tuple(Place(_group(match), match.start(), match.end()) for match in _LABELS.finditer(text))


def _group(match: re.Match[str]) -> Label:
    found: Label = match.lastgroup  # type: ignore[assignment]  # every group of _LABELS is named after a label
    return found


def bind(text: str, sums: Sequence[Sum]) -> tuple[Bound, ...]:
    """Return each sum of a sentence with the labels that it is tied to."""
    if not sums:
        return ()
    places = labels(text)
    bound: list[Bound] = []
    for first, last in _lists(text, sums):
        behind = sums[first - 1].end if first else 0
        ahead = sums[last + 1].start if last + 1 < len(sums) else len(text)
        near = [place for place in places if place.start >= behind - 1 and place.end <= ahead]
        outer = [place for place in near if place.end <= sums[first].start or place.start >= sums[last].end - 1]
        outer = [place for place in outer if not _is_claimed(text, place, behind, ahead, sums[first : last + 1])]
        listed = sums[first : last + 1]
        whole = (sums[first].start, sums[last].end)
        foreign = any(place.label == "other" and _cost(text, *whole, place) <= _FAR for place in outer)
        found = _in_turn(text, listed, outer) or [_bind(text, item, listed, outer) for item in listed]
        bound.extend(replace(item, foreign=foreign, behind=behind, ahead=ahead) for item in found)
    return tuple(bound)


def _is_claimed(text: str, place: Place, behind: int, ahead: int, listed: Sequence[Sum]) -> bool:
    """Whether a label belongs to the sum before or behind: "$25 million upfront and milestones of $400 million"."""
    if place.end <= listed[0].start:
        between = text[max(behind, place.start - _REACH) : place.start] if behind else "."
        return place.label != "total" and _TIE_BEHIND.match(between) is not None
    between = text[place.end : min(ahead, place.end + _REACH)] if ahead < len(text) else "."
    return _TIE_AHEAD.match(between) is not None


def _lists(text: str, sums: Sequence[Sum]) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of sums that stand in one list: "$10 million, $50 million and $20 million"."""
    first = 0
    for number in range(1, len(sums) + 1):
        if number < len(sums) and _LISTED.fullmatch(text, sums[number - 1].end, sums[number].start):
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
    costs = sorted(((_cost(text, *whole, place), place.start, place) for place in near), key=lambda entry: entry[:2])
    costs = [entry for entry in costs if entry[0] <= (_FARTHEST_OTHER if entry[2].label == "other" else _FARTHEST)]
    if not costs:
        return Bound(item, (), _FARTHEST, item.start, item.end, len(listed) > 1)
    cost, _, first = costs[0]
    if first.label == "total":
        first = next((place for _, _, place in costs[1:] if _is_of(text, first, place)), first)
    if first.label == "upfront":  # "on exercise it owes $100 million upfront"
        first = next((place for place in near if _is_exercise(text, place, item)), first)
    shared = [first.label, *_joined(text, first, near, item)]
    if any(_is_including(text, place, first, item) for place in near):
        shared = ["total"]
    start, end = min(item.start, first.start), max(item.end, first.end)
    return Bound(item, tuple(dict.fromkeys(shared)), cost, start, end, len(listed) > 1)


def _is_exercise(text: str, place: Place, item: Sum) -> bool:
    """Whether the clause of a sum begins with the exercise of an option."""
    between = text[place.end : item.start]
    return place.label == "option_fee" and place.end <= item.start and len(between) < 60 and not _CLAUSE.search(between)


def _is_of(text: str, total: Place, place: Place) -> bool:
    """Whether a total is the total of a payment: "development milestones may come to a total of …"."""
    if place.label not in {"milestones", "equity", "option_fee"} or place.end > total.start:
        return False
    between = text[place.end : total.start]
    return len(between) < 60 and (text[place.start].lower() == "a" or not _CLAUSE.search(between))


def _is_including(text: str, total: Place, first: Place, item: Sum) -> bool:
    """Whether the nearest label is only a part of a total: "the total including milestones can be up to …"."""
    if total.label != "total" or total.end > first.start:
        return False
    if first.start < item.start:
        return _INCLUDING.search(text, total.end, first.start) is not None
    tied = total.end <= item.start and _TIE_AHEAD.match(text[total.end : item.start]) is not None
    return tied and first.label == "milestones" and _INCLUDING.search(text, item.end, first.start) is not None


def _cost(text: str, start: int, end: int, place: Place) -> float:
    """Return how far a label is from a sum: words between, and more for every clause that begins between."""
    weak = 1.5 if place.label == "total" else 0.0
    if place.end <= start:
        between = text[max(place.end, start - _REACH) : start]
        if start - place.end > _REACH:
            return 2 * _FARTHEST
        if _TIE_AHEAD.match(between):
            return 0.4 + weak / 5
        between = _INSERTED.sub(" ", between)
        return 1.0 + weak + len(_WORDS.findall(between)) + 3 * len(_BREAK.findall(between))
    if place.start - end > _REACH:
        return 2 * _FARTHEST
    between = text[end : place.start]
    if _TIE_BEHIND.match(between):
        return 0.2 + weak / 5 + len(between) / 1000
    return 1.0 + weak + len(_WORDS.findall(between)) + 3 * len(_BREAK.findall(between))


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
                len(between) > _REACH
                or not _JOIN.fullmatch(between)
                or ("," in between and _NEW_CLAUSE.match(text, right.end))
            ):
                break
            if beside[place].label != "other":
                yield beside[place].label
            last = beside[place]
            place += step


def field_of(bound: Bound) -> MoneyField | None:
    """Return the payment that a sum is, by the labels that share it; None where they take it out of the agreement."""
    names = [label for label in bound.labels if label != "total"]
    if not bound.labels or bound.labels[0] == "other" or (bound.labels[0] == "total" and bound.foreign):
        return None
    if not names:
        return "total"
    if "upfront" in names and "near_term" in names:
        return "near_term"
    if "upfront" in names and "milestones" in names:
        return "total"
    if "upfront" in names and "equity" in names:
        return "upfront"
    first = names[0]
    return None if first == "other" else first
