"""What must be there for a query to be true, so that an index over the queries finds the few that may match a deal.

    needs(condition, key) -> frozenset | None     one of these must be among the terms of the deal; None: cannot be told
    choices(condition, key) -> (frozenset, …)     the same, all of them that are known: each by itself will do
    terms(subject, key) -> frozenset              the terms of a deal

A query may only match where the two have something in common (or where it needs None). The terms are those that
alerts.offered names, words and pairs of words, and the values of fields behind "name=" or "name:". Of a phrase one pair
is enough, the longest; of an AND the part with the rarest terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from alerts.condition import (
    And,
    Asked,
    Concept,
    Condition,
    Dated,
    Figure,
    Known,
    Lead,
    Near,
    Not,
    Or,
    Phrase,
    Same,
)
from alerts.figures import figure
from alerts.match import TERMS, plain_values
from alerts.offered import needed, needed_words, offered
from alerts.phrase import name_passage
from alerts.subject import Subject
from lexicon.text import title_key
from news.reading import MONEY_FIELDS, Named, Terms

Key = Callable[[str], str]
Needs = frozenset[str] | None
_COMMON = frozenset({"source", "language", "status", "type", "event"})
"""Fields that have one of a few values."""


def needs(condition: Condition, key: Key = title_key) -> Needs:  # noqa: PLR0911  # one for each kind of condition
    """Return terms of which one must be there for a condition to be true; None where it may be true without any."""
    if isinstance(condition, Phrase):
        return needed(condition.text)
    if isinstance(condition, Concept):
        forms = frozenset().union(*map(needed, condition.forms or ()))
        return forms | {f"concept={title_key(condition.name)}"}
    if isinstance(condition, Asked):
        return _of_field(condition, key)
    if isinstance(condition, Figure | Known):
        return None if isinstance(condition, Known) and condition.state == "none" else frozenset({f"{condition.name}="})
    if isinstance(condition, Or):
        found = [needs(part, key) for part in condition.parts]
        return None if None in found else frozenset().union(*(each for each in found if each is not None))
    if isinstance(condition, And | Near | Same):
        told = [each for each in (needs(part, key) for part in condition.parts) if each is not None]
        return max(told, key=rarity, default=None)
    if isinstance(condition, Lead):
        return needs(condition.part, key)
    assert isinstance(condition, Not | Dated)  # noqa: S101  # nothing else is left, as mypy knows
    return None


def choices(condition: Condition, key: Key = title_key) -> tuple[frozenset[str], ...]:
    """Return all that is known of what a condition needs: sets as those of `needs`, each of which is one by itself."""
    if isinstance(condition, Phrase):
        return needed_words(condition.text)
    if isinstance(condition, And | Near | Same):
        return tuple(dict.fromkeys(each for part in condition.parts for each in choices(part, key)))
    if isinstance(condition, Lead):
        return choices(condition.part, key)
    one = needs(condition, key)
    return () if one is None else (one,)


def terms(subject: Subject, key: Key = title_key) -> frozenset[str]:
    """Return all terms of a deal."""
    events = (_of_terms(event.terms, key) for event in subject.events)
    named = ("source", "language", "status", "type", "event")
    values = (f"{name}={title_key(value)}" for name in named for value in plain_values(name, subject))
    return frozenset().union(*map(offered, subject.passages), *events, values)


def rarity(needed_: frozenset[str]) -> tuple[int, int]:
    """Return how rare a set of terms is likely to be, the rarer the more: few of them, and none that is common."""
    return min(map(_letters, needed_), default=99), -len(needed_)


def _letters(term: str) -> int:
    """Return how many letters tell a term from others; what most deals have in a field counts as one."""
    name, sign, value = term.partition("=")
    if sign:
        return 1 if name in _COMMON or not value else len(value)
    return len(term.rpartition(":")[2].removesuffix("*"))


def _of_field(asked: Asked, key: Key) -> frozenset[str]:
    if asked.name in {"party", "licensor", "licensee"}:
        words = {f"{asked.name}:{word}" for word in needed(asked.value)}
        return frozenset({*words, f"{asked.name}={key(asked.value)}"})
    if asked.name in TERMS:
        names = (asked.value, *asked.also)
        return frozenset(f"{asked.name}:{word}" for name in names for word in needed(name))
    return frozenset({f"{asked.name}={title_key(asked.value)}"})


def _of_terms(terms_: Terms, key: Key) -> Iterator[str]:
    for party in terms_.parties:
        words = offered(name_passage(party.name))
        for name in ("party", party.role):
            yield f"{name}={key(party.name)}"
            yield from (f"{name}:{word}" for word in words)
    for name, field in TERMS.items():
        value: tuple[Named, ...] | Named | None = getattr(terms_, field)
        for named in value if isinstance(value, tuple) else (value,) if value else ():
            yield from (f"{name}:{word}" for word in offered(name_passage(named.name)))
            yield f"concept={title_key(named.name)}"
    for name in MONEY_FIELDS:
        if figure(terms_, name) is not None:
            yield f"{name}="
    if terms_.royalties is not None:
        yield "royalty="
