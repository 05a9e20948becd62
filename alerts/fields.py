"""The fields of a saved search: what each may be asked for, and how it is asked."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

from alerts.amounts import read_amount
from alerts.condition import (
    Asked,
    Comparison,
    Concept,
    Dated,
    Figure,
    FigureField,
    Known,
    Leaf,
    NamedField,
    PartyField,
    Phrase,
    PlainField,
    State,
    TextField,
    ValueField,
)
from alerts.meant import meant
from lexicon.ontology import Ontology
from lexicon.text import title_key
from news.errors import QuerySyntaxError
from news.reading import DEAL_KINDS, KINDS, MONEY_FIELDS, STATUSES, DealEventName

_TEXTS: dict[str, TextField] = {name: name for name in get_args(TextField)}
_PLAIN: dict[str, PlainField] = {name: name for name in get_args(PlainField)}
_NAMES: dict[str, ValueField] = {name: name for kind in (PartyField, NamedField) for name in get_args(kind)}
_FIGURES: dict[str, FigureField] = {**{name: name for name in MONEY_FIELDS}, "royalty": "royalty"}
_FIGURES |= {"near-term": "near_term", "option-fee": "option_fee", "milestone": "milestones", "royalties": "royalty"}
COMPARED = frozenset({*_FIGURES, "announced"})
"""What is compared with a number or a day."""
FIELDS = (*_TEXTS, *_PLAIN, *_NAMES, "concept")
"""What is asked for with a colon."""
_VALUES: dict[str, tuple[str, ...]] = {"type": KINDS, "event": get_args(DealEventName), "status": STATUSES}
_ALIASES = {"licence": "license", "licensing": "license", "rumored": "rumoured", "rumour": "rumoured"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}\Z")
_COMPARISONS: dict[str, Comparison] = {">": ">", ">=": ">=", "≥": ">=", "<": "<", "<=": "<=", "≤": "<=", "=": "="}
_RANGE = re.compile(r" (?:to|and) +[$€£¥]?\d")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?=[ )(]|\Z)")
_LISTED = (
    f"the fields are {', '.join(f'{name}:' for name in FIELDS)} and, compared, "
    f"{', '.join(dict.fromkeys((*_FIGURES.values(), 'announced')))}"
)
_CALLED = {
    "company": "party", "companies": "party", "partner": "party", "buyer": "licensee", "acquirer": "licensee",
    "seller": "licensor", "owner": "licensor", "text": "body", "headline": "title", "feed": "source",
    "lang": "language", "kind": "type", "drug": "asset", "product": "asset", "disease": "indication", "phase": "stage",
    "region": "territory", "country": "territory", "date": "announced", "day": "announced",
    "price": "total", "value": "total",
}  # fmt: skip
"""What people call fields elsewhere."""
_STATES: dict[str, State] = {name: name for name in get_args(State)} | {"disclosed": "stated"}


def known_fields(query: str, at: int, name: str) -> None:
    """Raise QuerySyntaxError, which says what may be meant, where no field has this name."""
    if name.lower() in {*FIELDS, *COMPARED}:
        return
    other = _CALLED.get(name.lower())
    asked = f"did you mean {other}?" if other else meant(name, (*FIELDS, *COMPARED))
    listed = f"{_LISTED}; a word with a colon goes in quotes"
    raise QuerySyntaxError(query, at, f"unknown field {name}: {asked or listed}")


def field_value(query: str, name: str, value: str, at: int, ontology: Ontology | None) -> Leaf:
    """Return what `name:value` asks for; `at` is the place of the value."""
    if name in _TEXTS:
        return Phrase(value, _TEXTS[name])
    if name in _PLAIN:
        return Asked(_PLAIN[name], _plain(query, name, value, at))
    if name in _NAMES:
        kinds = ontology.named(value) if ontology is not None else ()
        return Asked(_NAMES[name], value, tuple(concept.name for concept in kinds if concept.kind == name))
    if name == "concept":
        return _concept(query, value, at, ontology)
    if name in _FIGURES and value.lower() in _STATES:
        return Known(_FIGURES[name], _STATES[value.lower()])
    example = "10%" if _FIGURES.get(name) == "royalty" else "20m EUR"
    states = ", ".join(f"{name}:{state}" for state in get_args(State)[:-1])
    wanted = "announced > 2026-01-31" if name == "announced" else f"{name} >= {example}, {states} or {name}:none"
    raise QuerySyntaxError(query, at, f"{name}:{value} is not known: write {wanted}")


def compared(query: str, start: int, name: str, comparison: re.Match[str]) -> tuple[Leaf, int]:
    """Return what `name comparison number` asks for, and where it ends; `comparison` is the match of the sign."""
    known_fields(query, start, name)
    name, at = name.lower(), comparison.end()
    if name not in COMPARED:
        raise QuerySyntaxError(query, comparison.start(1), f"{name} cannot be compared: write {name}:word")
    sign = _COMPARISONS.get(comparison[1])
    if sign is None:
        raise QuerySyntaxError(query, comparison.start(1), f"{comparison[1]} is not known: write one of > >= < <= =")
    if name == "announced":
        return _dated(query, sign, at)
    amount, figure = read_amount(query, at), _FIGURES[name]
    if _RANGE.match(query, amount.end):
        raise QuerySyntaxError(query, amount.end + 1, f"a range is two comparisons: write {name} >= … AND {name} <= …")
    if figure == "royalty":
        if amount.unit not in {"", "%"} or amount.number > 100:
            raise QuerySyntaxError(query, at, "royalties are a rate: write a percentage such as royalty > 10%")
        return Figure(figure, sign, amount.number, "%"), amount.end
    if amount.unit == "%":
        raise QuerySyntaxError(query, at, f"{name} is a sum: write one such as {name} >= 20m EUR")
    return Figure(figure, sign, amount.number, amount.unit), amount.end


def _plain(query: str, name: str, value: str, at: int) -> str:
    """Return a value as the deals have it; one of a closed list must be on it."""
    if name == "language" and not _LANGUAGE.match(value):
        raise QuerySyntaxError(query, at, f"{value} is no code of a language: write two letters, as in language:en")
    if name not in _VALUES:
        return value.lower() if name == "language" else value
    wanted = title_key(_ALIASES.get(value.lower(), value))
    found = next((known for known in _VALUES[name] if title_key(known) == wanted), None)
    if found is None:
        shown = DEAL_KINDS if name == "type" else _VALUES[name]
        hint = meant(value, shown) or f"write one of {', '.join(shown)}"
        raise QuerySyntaxError(query, at, f"unknown {name} {value}: {hint}")
    return found


def _concept(query: str, value: str, at: int, ontology: Ontology | None) -> Concept:
    if ontology is None:
        return Concept(value)
    concept = ontology.concept(value.lower())
    if concept is None:
        named = " or ".join(c.id for c in ontology.named(value))
        asked = f"did you mean {named}?" if named else meant(value, ontology.concepts, most=3)
        words = f'write the words instead, as in "{value}"'
        raise QuerySyntaxError(query, at, f"unknown concept {value}: {asked or words}")
    version = ontology.versions.get(concept.kind)
    said = f"ontology: {concept.kind}, version {version}" if version else ""
    return Concept(concept.id, concept.name, concept.forms, said)


def _dated(query: str, sign: Comparison, at: int) -> tuple[Dated, int]:
    found = _DAY.match(query, at)
    try:
        day = date.fromisoformat(found[1]) if found else None
    except ValueError:
        day = None
    if found is None or day is None:
        raise QuerySyntaxError(query, min(at, len(query)), "this is no day: write one such as 2026-01-31")
    return Dated(sign, day), found.end()
