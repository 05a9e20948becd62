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
State = Literal["stated", "undisclosed", "none"]
RESERVED = re.compile(r"(?:and|or|not|near|same|lead|xor|adj|within|[a-z]+/\d+)\Z", re.IGNORECASE)
"""Words that are operators, here or elsewhere: the word itself is asked for in quotes."""
_SIMPLE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*\*?\Z")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand in a title or a text; `where` narrows that to one of them. "engag*" is any word so begun."""

    text: str
    where: TextField | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """Any form of a concept of the ontology; `forms` is None where the query was read without one.

    `version` says which table of the ontology, and which version of it, the forms come from.
    """

    id: str
    name: str = field(default="", compare=False)
    forms: tuple[str, ...] | None = field(default=None, compare=False)
    version: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Words of which each stands at most so many `words` from the stretch that those before it make, in any order.

    The parts of this, and of `Same` and `Lead`, are words alone: see `is_text`.
    """

    parts: tuple[Condition, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Same:
    """Words that stand in one sentence."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Lead:
    """Words that stand in a title or among the first `words` of a text."""

    part: Condition
    words: int


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
class Known:
    """What is known of a payment, or of royalties: the figure, only that there are some, or nothing at all."""

    name: FigureField
    state: State


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


TextLeaf = Phrase | Concept | Near | Same | Lead
Leaf = TextLeaf | Asked | Figure | Known | Dated
Condition = Leaf | Not | And | Or


def is_text(condition: Condition) -> bool:
    """Return whether a condition is about words at a place: what NEAR, SAME and LEAD can be asked of."""
    return isinstance(condition, TextLeaf) or (isinstance(condition, Or) and all(map(is_text, condition.parts)))


def printed(condition: Condition) -> str:
    """Return a condition as a query."""
    if isinstance(condition, And | Or | Near | Same):
        return f" {joint(condition)} ".join(map(nested, condition.parts))
    if isinstance(condition, Not):
        return f"NOT {nested(condition.part)}"
    if isinstance(condition, Lead):
        return f"LEAD/{condition.words} {nested(condition.part)}"
    return _leaf(condition)


def joint(condition: And | Or | Near | Same) -> str:
    """Return the word that joins the parts."""
    if isinstance(condition, Near):
        return f"NEAR/{condition.words}"
    return "AND" if isinstance(condition, And) else "OR" if isinstance(condition, Or) else "SAME"


def _leaf(condition: Phrase | Concept | Asked | Figure | Known | Dated) -> str:
    if isinstance(condition, Phrase):
        return f"{condition.where}:{_quoted(condition.text)}" if condition.where else _quoted(condition.text)
    if isinstance(condition, Concept):
        return f"concept:{_quoted(condition.id)}"
    if isinstance(condition, Asked):
        return f"{condition.name}:{_quoted(condition.value)}"
    if isinstance(condition, Known):
        return f"{condition.name}:{condition.state}"
    if isinstance(condition, Dated):
        return f"announced {condition.comparison} {condition.day.isoformat()}"
    return f"{condition.name} {condition.comparison} {say_amount(condition.number, condition.unit)}"


def _quoted(text: str) -> str:
    """Return text as a query has it: bare where it is one plain word, else in quotes."""
    return text if _SIMPLE.match(text) and not RESERVED.match(text) else f'"{text}"'


def nested(part: Condition) -> str:
    """Return a condition as it stands among others: in parentheses where it joins several itself."""
    return f"({printed(part)})" if isinstance(part, And | Or | Near | Same) else printed(part)


def asks_for_something(condition: Condition, *, denied: bool = False) -> bool:
    """Return whether a condition is never true of a deal of which nothing is known."""
    if isinstance(condition, Not):
        return asks_for_something(condition.part, denied=not denied)
    if isinstance(condition, And | Or):
        found = (asks_for_something(part, denied=denied) for part in condition.parts)
        # Denied, each is the other: NOT (a OR b) is NOT a AND NOT b.
        return any(found) if isinstance(condition, And) != denied else all(found)
    return denied == (isinstance(condition, Known) and condition.state == "none")
