"""What is known of a deal over time, and which article says what of it: values held against each other, none dropped.

Theory: the terms of an event are what its first articles said and what later ones completed. An article that comes
later can repeat a value, fill in what no earlier one mentioned, state a figure that was said to be undisclosed (that is
a new fact, and told), or contradict what was stated. A contradiction overwrites nothing: both values are kept, each
with the articles that state it, and the one that is told stands first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from lexicon.text import squash
from news.reading import MONEY_FIELDS, Evidence, Money, Named, Party, Royalties, Terms
from news.story import Deal, DealEvent, Report
from stories.terms import absorb, same_money

Value = Money | Royalties | Party | Named
Key = Callable[[str], str]
"""The form under which two names of a company are one."""

_LISTS = ("assets", "targets", "modalities", "indications")
_SINGLE = ("stage", "territory")
_STEPS = {
    "expansion": "expanded",
    "amendment": "amended",
    "option-exercise": "option exercised",
    "milestone": "milestone",
    "termination": "terminated",
    "closing": "closed",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """A value and the articles that state it, in the order in which they came; without any, a person set it."""

    value: Value
    places: tuple[tuple[Report, Evidence], ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """All that is stated in one field, what is told first; `contradicted` where two articles cannot both be right.

    `told` is False for a name that articles have and that is not among what is told.
    """

    field: str
    statements: tuple[Statement, ...]
    contradicted: bool = False
    told: bool = True


@dataclass(frozen=True, slots=True)
class Addition:
    """What an article that was not the first brought to a field of its event."""

    report: Report
    field: str
    what: Literal["fills in", "states", "contradicts"]
    value: Value


def step(terms: Terms) -> str:
    """Return what happened: rumoured, announced, expanded, amended, option exercised, milestone, terminated, closed."""
    return _STEPS.get(terms.event, terms.status)


def stated(event: DealEvent, key: Key) -> tuple[Stated, ...]:
    """Return what is stated of an event, field by field in the order of the contract."""
    found = [Stated(name, tuple(_all(event, name, key))) for name in (*MONEY_FIELDS, "royalties", *_SINGLE)]
    singles = {s.field: Stated(s.field, s.statements, _contradict(s.statements)) for s in found if s.statements}
    several = [s for name in ("parties", *_LISTS) for s in _each(event, name, key)]
    figures = [singles[name] for name in (*MONEY_FIELDS, "royalties") if name in singles]
    return (*_of(several, "parties"), *figures, *_of(several, *_LISTS), *(singles[n] for n in _SINGLE if n in singles))


def _of(found: Sequence[Stated], *fields: str) -> list[Stated]:
    return [each for each in found if each.field in fields]


def additions(event: DealEvent, key: Key) -> tuple[Addition, ...]:
    """Return what the later articles of an event added to the first or said against it, in their order.

    A contradiction is named once for each value, with the article that states it first.
    """
    found: list[Addition] = []
    reports = in_turn(event.reports)
    for number, report in enumerate(reports[1:], 1):
        known = reduce(absorb, (earlier.terms for earlier in reports[:number]))
        said_before = [earlier.terms for earlier in reports[:number]]
        for name in (*MONEY_FIELDS, "royalties", *_SINGLE):
            found += _addition(report, name, known, said_before, key)
    return tuple(found)


def in_turn(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return reports in the order in which we saw them."""
    return tuple(sorted(reports, key=lambda report: (report.fetched_at, report.article, report.nth)))


def _addition(report: Report, name: str, known: Terms, before: Sequence[Terms], key: Key) -> Iterator[Addition]:
    new, old = getattr(report.terms, name), getattr(known, name)
    if new is None:
        return
    if old is None:
        yield Addition(report, name, "fills in", new)
    elif _is_open(old) and not _is_open(new):
        yield Addition(report, name, "states", new)
    elif not any(v is not None and agree(v, new, key) for v in (old, *(getattr(t, name) for t in before))):
        yield Addition(report, name, "contradicts", new)


def related(deal: Deal, others: Sequence[Deal], keys: Callable[[Terms], Sequence[str]]) -> tuple[Deal, ...]:
    """Return the other deals between the same two or more parties, in the order in which they were announced."""

    def parties(one: Deal) -> set[str]:
        return {k for event in one.events for k in keys(event.terms)}

    mine = parties(deal)
    same = (other for other in others if other.id != deal.id and len(mine & parties(other)) >= 2)
    return tuple(sorted(same, key=lambda other: (other.latest.announced, other.id)))


def agree(one: Value, other: Value, key: Key) -> bool:
    """Return whether two values of a field may both be right: the same, or one of them said in words only."""
    if isinstance(one, Money) and isinstance(other, Money):
        if not (one.disclosed and other.disclosed):
            return not (one.disclosed or other.disclosed)
        return one.per == other.per and same_money(one, other)
    if isinstance(one, Royalties) and isinstance(other, Royalties):
        return all(a is None or b is None or a == b for a, b in ((one.low, other.low), (one.high, other.high)))
    if isinstance(one, Party) and isinstance(other, Party):
        return one.role == other.role and key(one.name) == key(other.name)
    return isinstance(one, Named) and isinstance(other, Named) and squash(one.name) == squash(other.name)


def _all(event: DealEvent, name: str, key: Key) -> Iterator[Statement]:
    """Yield the different values of a field that has one, what is told first."""
    given = [(report, getattr(report.terms, name)) for report in in_turn(event.reports)]
    told = getattr(event.terms, name)
    values: list[Value] = [] if told is None else [told]
    for _, value in given:
        if value is not None and not any(agree(known, value, key) for known in values):
            values.append(value)
    for number, value in enumerate(values):
        mine = [(r, v.evidence) for r, v in given if v is not None and _first_agreeing(values, v, key) == number]
        yield Statement(value, tuple(mine))


def _first_agreeing(values: Sequence[Value], value: Value, key: Key) -> int:
    return next(number for number, known in enumerate(values) if agree(known, value, key))


def _each(event: DealEvent, name: str, key: Key) -> Iterator[Stated]:
    """Yield the names of a field that has several, one by one: what is told, then what only single articles name."""
    said = [(report, value) for report in in_turn(event.reports) for value in getattr(report.terms, name)]
    told = {_name(value, key) for value in getattr(event.terms, name)}
    names: dict[str, list[Value]] = {}
    for value in (*getattr(event.terms, name), *(value for _, value in said)):
        known = names.setdefault(_name(value, key), [])
        if not any(agree(other, value, key) for other in known):
            known.append(value)
    for written, values in names.items():
        found = (
            Statement(value, tuple((report, v.evidence) for report, v in said if agree(value, v, key)))
            for value in values
        )
        yield Stated(name, tuple(found), contradicted=len(values) > 1, told=written in told)


def _name(value: Party | Named, key: Key) -> str:
    return key(value.name) if isinstance(value, Party) else squash(value.name)


def _contradict(statements: Sequence[Statement]) -> bool:
    """Return whether two statements cannot both be right; "undisclosed" contradicts no figure."""
    return sum(not _is_open(statement.value) for statement in statements) > 1


def _is_open(value: Value) -> bool:
    """Return whether a value only says that there is something, not how much."""
    if isinstance(value, Money):
        return not value.disclosed
    return isinstance(value, Royalties) and value.low is None and value.high is None
