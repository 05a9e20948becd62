"""The parts of a saved search, as values, and how they are printed as a query that reads back as the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from alerts.amounts import say_amount
from news.reading import MoneyField

Comparison = Literal[">", ">=", "<", "<=", "="]
TextField = Literal["title", "body"]
PlainField = Literal["source", "language", "type", "event", "status"]
PartyField = Literal["party", "licensor", "licensee"]
NamedField = Literal["asset", "target", "modality", "indication", "stage", "territory"]
ValueField = PlainField | PartyField | NamedField
FigureField = MoneyField | Literal["royalty"]
RESERVED = re.compile(r"(?:and|or|not|near|same|lead|xor|adj|within|[a-z]+/\d+)\Z", re.IGNORECASE)
"""Words that are operators, here or elsewhere: the word itself is asked for in quotes."""
_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in a title or a text; `where` narrows that to one of them."""

    text: str
    where: TextField | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """Any form of a concept of the ontology; `forms` is None where the query was read without one."""

    id: str
    name: str = field(default="", compare=False)
    forms: tuple[str, ...] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """A field that is asked for a value; `also` holds the ontology's names of the same thing."""

    name: ValueField
    value: str
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A payment compared with a sum in `unit` ("" for whichever currency it is in), royalties with a rate in "%"."""

    name: FigureField
    comparison: Comparison
    number: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A payment, or royalties, that the text says exist: with the figure or without it."""

    name: FigureField
    disclosed: bool


@dataclass(frozen=True, slots=True)
class Dated:
    """The day on which an event of the deal was announced."""

    comparison: Comparison
    day: date


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be true of the whole deal."""

    part: Condition


@dataclass(frozen=True, slots=True)
class And:
    """Conditions that must all be true of the deal."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Conditions of which one must be true of the deal."""

    parts: tuple[Condition, ...]


Leaf = Phrase | Concept | Asked | Figure | Disclosed | Dated
Condition = Leaf | Not | And | Or


def printed(condition: Condition) -> str:
    """Return a condition as a query."""
    if isinstance(condition, And | Or):
        return (" AND " if isinstance(condition, And) else " OR ").join(map(_nested, condition.parts))
    if isinstance(condition, Not):
        return f"NOT {_nested(condition.part)}"
    return _leaf(condition)


def _leaf(condition: Leaf) -> str:
    if isinstance(condition, Phrase):
        return f"{condition.where}:{_quoted(condition.text)}" if condition.where else _quoted(condition.text)
    if isinstance(condition, Concept):
        return f"concept:{_quoted(condition.id)}"
    if isinstance(condition, Asked):
        return f"{condition.name}:{_quoted(condition.value)}"
    if isinstance(condition, Disclosed):
        return f"{condition.name}:{'disclosed' if condition.disclosed else 'undisclosed'}"
    if isinstance(condition, Dated):
        return f"announced {condition.comparison} {condition.day.isoformat()}"
    return f"{condition.name} {condition.comparison} {say_amount(condition.number, condition.unit)}"


def _quoted(text: str) -> str:
    """Return text as a query has it: bare where it is one plain word, else in quotes."""
    return text if _SIMPLE.match(text) and not RESERVED.match(text) else f'"{text}"'


def _nested(part: Condition) -> str:
    return f"({printed(part)})" if isinstance(part, And | Or) else printed(part)


def asks_for_something(condition: Condition, *, denied: bool = False) -> bool:
    """Return whether a condition is never true of a deal of which nothing is known."""
    if isinstance(condition, Not):
        return asks_for_something(condition.part, denied=not denied)
    if isinstance(condition, And | Or):
        found = (asks_for_something(part, denied=denied) for part in condition.parts)
        # Denied, each is the other: NOT (a OR b) is NOT a AND NOT b.
        return any(found) if isinstance(condition, And) != denied else all(found)
    return not denied
