"""Hold a query against a deal, and say which words made it true."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from alerts.condition import (
    And,
    Asked,
    Comparison,
    Concept,
    Condition,
    Dated,
    Disclosed,
    Figure,
    Leaf,
    Not,
    Or,
    Phrase,
    printed,
)
from alerts.phrase import find, is_like
from alerts.query import Query
from alerts.subject import Subject
from lexicon.text import title_key
from news.alert import Match, Why
from news.reading import Evidence, Money, Named, Royalties, Terms

_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_TERMS = {
    "asset": "assets",
    "target": "targets",
    "modality": "modalities",
    "indication": "indications",
    "stage": "stage",
    "territory": "territory",
}
Found = tuple[str, Evidence | None]


def match(search: str, query: Query, subject: Subject, key: Callable[[str], str] = title_key) -> Match | None:
    """Return the match of the search with this key, or None.

    `key` gives one key to all names of a company (`lexicon.companies.key`); without it names are compared as written.
    Each part of the query that is true stands in `why` once, with the first place that makes it so; a part that is
    true because something is absent has no words and does not stand there.
    """
    why = _why(query.condition, subject, key, denied=False)
    return None if why is None else Match(search, subject.deal.id, tuple(dict.fromkeys(why)))


def _why(condition: Condition, subject: Subject, key: Callable[[str], str], *, denied: bool) -> tuple[Why, ...] | None:
    """Return what makes a condition (denied: its contrary) true, or None where it is not."""
    if isinstance(condition, Not):
        return _why(condition.part, subject, key, denied=not denied)
    if isinstance(condition, And | Or):
        found = [_why(part, subject, key, denied=denied) for part in condition.parts]
        true = [why for why in found if why is not None]
        enough = len(true) == len(found) if isinstance(condition, And) != denied else bool(true)
        return tuple(each for why in true for each in why) if enough else None
    words = next(_found(condition, subject, key), None)
    if denied:
        return None if words else ()
    return (Why(printed(condition), *words),) if words else None


def _found(leaf: Leaf, subject: Subject, key: Callable[[str], str]) -> Iterator[Found]:
    """Yield the words that make a condition true."""
    if isinstance(leaf, Phrase):
        yield from _in_texts(leaf.text, subject, {"title": "title", "body": "text"}.get(leaf.where or ""))
    elif isinstance(leaf, Concept):
        yield from _concept(leaf, subject)
    elif isinstance(leaf, Asked):
        yield from _value(leaf, subject, key)
    elif isinstance(leaf, Dated):
        for event in subject.events:
            if _holds(leaf.comparison, event.announced, event.announced, leaf.day):
                announced = event.terms.announced
                yield event.announced.isoformat(), announced.evidence if announced else None
    else:
        for event in subject.events:
            yield from _figure(leaf, event.terms)


def _in_texts(phrase: str, subject: Subject, field: str | None = None) -> Iterator[Found]:
    for passage in subject.passages:
        if field is None or passage.field == field:
            yield from ((evidence.quote, evidence) for evidence in find(phrase, passage))


def _concept(leaf: Concept, subject: Subject) -> Iterator[Found]:
    """Yield the places of a concept: forms that are acronyms count only where they are written as such."""
    if leaf.forms is None:
        raise ValueError(
            f"{printed(leaf)}: the query was read without an ontology, which is good for checking its syntax only"
        )
    for form in leaf.forms:
        for words, evidence in _in_texts(form, subject):
            if not _is_acronym(form) or _is_acronym(words):
                yield words, evidence
    for event in subject.events:
        terms = event.terms
        for named in (*terms.modalities, *terms.targets, *terms.indications):
            if title_key(named.name) == title_key(leaf.name):
                yield named.evidence.quote, named.evidence


def _is_acronym(form: str) -> bool:
    """Return whether a single word holds a capital behind its first letter: NKCE, BiKE, mRNA."""
    return " " not in form and any(letter.isupper() for letter in form[1:])


def _value(leaf: Asked, subject: Subject, key: Callable[[str], str]) -> Iterator[Found]:
    """Yield the words of the values that a field is asked for."""
    if leaf.name in {"party", "licensor", "licensee"}:
        for event in subject.events:
            yield from _parties(leaf, event.terms, key)
    elif leaf.name in _TERMS:
        for event in subject.events:
            yield from _named(leaf, getattr(event.terms, _TERMS[leaf.name]))
    else:
        wanted = title_key(leaf.value)
        yield from ((value, None) for value in _plain(leaf.name, subject) if title_key(value) == wanted)


def _plain(name: str, subject: Subject) -> Sequence[str]:
    if name == "source":
        return subject.sources
    if name == "language":
        return subject.languages
    if name == "status":
        # What a deal's status was is history; asked for is what it is.
        return (subject.deal.latest.terms.status,)
    return [event.terms.kind if name == "type" else event.terms.event for event in subject.events]


def _parties(leaf: Asked, terms: Terms, key: Callable[[str], str]) -> Iterator[Found]:
    wanted = key(leaf.value)
    for party in terms.parties:
        if leaf.name in {"party", party.role} and (key(party.name) == wanted or is_like(leaf.value, party.name)):
            yield party.evidence.quote, party.evidence


def _named(leaf: Asked, values: tuple[Named, ...] | Named | None) -> Iterator[Found]:
    for named in values if isinstance(values, tuple) else (values,):
        if named is not None and any(is_like(name, named.name) for name in (leaf.value, *leaf.also)):
            yield named.evidence.quote, named.evidence


def _figure(leaf: Figure | Disclosed, terms: Terms) -> Iterator[Found]:
    value: Money | Royalties | None
    value = terms.royalties if leaf.name == "royalty" else getattr(terms, leaf.name)
    if value is None:
        return
    low, high = _range(value)
    if isinstance(leaf, Disclosed):
        holds = leaf.disclosed == (high is not None)
    elif low is None or high is None:
        holds = False
    else:
        # Another currency is another number: nothing is converted here.
        written = value.currency if isinstance(value, Money) else "%"
        holds = leaf.unit in {"", written} and _holds(leaf.comparison, low, high, leaf.number)
    if holds:
        yield value.evidence.quote, value.evidence


def _range(value: Money | Royalties) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and the upper end of what a figure says, the same where it gives one number."""
    upper = value.amount if isinstance(value, Money) else value.high
    ends = [end for end in (value.low, upper) if end is not None]
    return (min(ends), max(ends)) if ends else (None, None)


def _holds(comparison: Comparison, low: Any, high: Any, than: Any) -> bool:  # noqa: ANN401  # numbers or days alike
    """Return whether some value from `low` to `high` compares so with another."""
    if comparison == "=":
        return bool(low <= than <= high)
    return _COMPARE[comparison](high if comparison in {">", ">="} else low, than)
