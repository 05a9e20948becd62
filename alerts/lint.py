"""Say what is odd about a search that can be read: parts that never matter, short stems, and what a sample shows.

    lint(query) -> (Remark, …)                from the query alone: certain
    lint(query, sample, means) -> (Remark, …) also what a sample of deals shows: a field that none of them has, a stem
                                              of many words, a NOT that took none of them away, a match of a third

A remark never keeps a search from being saved. A sample of fewer than FEWEST deals shows nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

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
    printed,
)
from alerts.figures import figure
from alerts.match import TERMS, Means, evaluate, plain_values
from alerts.phrase import is_like, stretches
from alerts.query import Query
from alerts.refused import SHORTEST_STEM
from alerts.subject import Subject

FEWEST = 30
"""Deals that a sample has at least."""
MANY_WORDS = 12
"""A stem that stands for so many words or more is worth a remark."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Remark:
    """Something odd: the part of the query, as it is printed, and what is said of it."""

    part: str
    said: str


def lint(query: Query, sample: Sequence[Subject] = (), means: Means | None = None) -> tuple[Remark, ...]:
    """Return what is odd about a query, each remark once; `means` are those of the matcher."""
    found = [*_within(query.condition), *_stems(query.condition)]
    if len(sample) >= FEWEST:
        found += _shown_by(query, sample, means or Means())
    return tuple(dict.fromkeys(found))


def _within(condition: Condition) -> Iterator[Remark]:
    """Yield the remarks that follow from a condition alone."""
    if isinstance(condition, And):
        yield from _of_and(condition)
    elif isinstance(condition, Or):
        yield from _idle(condition.parts, "adds nothing to", wider=True)
    for part in _parts(condition):
        yield from _within(part)


def _of_and(condition: And) -> Iterator[Remark]:
    denied = [part.part for part in condition.parts if isinstance(part, Not)]
    asked = [part for part in condition.parts if not isinstance(part, Not)]
    yield from _idle(asked, "is asked already by", wider=False)
    for part in denied:
        shown = printed(Not(part))
        against = next((other for other in asked if covers(part, other)), None)
        if against is not None:
            yield Remark(shown, f"takes away all that {printed(against)} finds: the search can never match")
        other = next((other for other in asked if _exclude(part, other)), None)
        if other is not None:
            yield Remark(shown, f"can never matter: {printed(other)} excludes it already")
        wider = next((other for other in denied if other != part and covers(other, part)), None)
        if wider is not None:
            yield Remark(shown, f"can never matter: {printed(Not(wider))} excludes it already")


def _idle(parts: Sequence[Condition], said: str, *, wider: bool) -> Iterator[Remark]:
    """Yield the parts beside which another makes no difference: in OR the wider one stays, in AND the narrower."""
    for number, part in enumerate(parts):
        for place, other in enumerate(parts):
            does = covers(other, part) if wider else covers(part, other)
            if number != place and does and (part != other or number > place):
                yield Remark(printed(part), f"{said} {printed(other)}")
                break


def covers(wide: Condition, narrow: Condition) -> bool:  # noqa: PLR0911  # a line for each kind of condition
    """Return whether whatever matches `narrow` matches `wide` too; False where that cannot be told from the query."""
    if wide == narrow:
        return True
    if isinstance(narrow, Or):
        return all(covers(wide, part) for part in narrow.parts)
    if isinstance(wide, And):
        return all(covers(part, narrow) for part in wide.parts)
    if isinstance(wide, Or):
        return any(covers(part, narrow) for part in wide.parts)
    if isinstance(narrow, And | Near | Same):
        return any(covers(wide, part) for part in narrow.parts)
    if isinstance(narrow, Lead):
        return covers(wide, narrow.part)
    if isinstance(wide, Phrase) and isinstance(narrow, Phrase):
        return wide.where in {None, narrow.where} and "*" not in narrow.text and is_like(wide.text, narrow.text)
    return False


def _exclude(one: Condition, other: Condition) -> bool:
    """Return whether no deal can match both: a deal has one status, and a payment is there or is not."""
    if isinstance(one, Asked) and isinstance(other, Asked):
        return one.name == other.name == "status" and one.value != other.value
    if isinstance(one, Known) and isinstance(other, Known | Figure):
        return one.name == other.name and one.state == "none" and getattr(other, "state", "stated") != "none"
    return isinstance(other, Known) and isinstance(one, Figure) and one.name == other.name and other.state == "none"


def _parts(condition: Condition) -> tuple[Condition, ...]:
    if isinstance(condition, And | Or | Near | Same):
        return condition.parts
    return (condition.part,) if isinstance(condition, Not | Lead) else ()


def _leaves(condition: Condition) -> Iterator[Condition]:
    """Yield words, concepts, fields, figures and days, those inside NEAR, SAME and LEAD too."""
    parts = _parts(condition)
    if not parts:
        yield condition
    for part in parts:
        yield from _leaves(part)


def _stems(condition: Condition) -> Iterator[Remark]:
    for leaf in _leaves(condition):
        if isinstance(leaf, Phrase) and leaf.text.endswith("*") and len(leaf.text) == SHORTEST_STEM + 1:
            yield Remark(
                printed(leaf), "is a short stem: it stands for every word that begins so; a longer one is surer"
            )


def _shown_by(query: Query, sample: Sequence[Subject], means: Means) -> Iterator[Remark]:
    """Yield the remarks that follow from a sample."""
    size = len(sample)
    hits = [subject for subject in sample if evaluate(query, subject, means).truth]
    if 3 * len(hits) >= size:
        yield Remark(str(query), f"matches {len(hits)} of {size} deals, a third or more: ask for less")
    for leaf in dict.fromkeys(_leaves(query.condition)):
        if isinstance(leaf, Phrase) and leaf.text.endswith("*") and " " not in leaf.text:
            yield from _words_of(leaf, sample)
        name = _empty(leaf, sample)
        if name:
            yield Remark(printed(leaf), f"none of {size} deals has anything under {name}")
    yield from _without_effect(query, sample, means, hits)


def _words_of(leaf: Phrase, sample: Sequence[Subject]) -> Iterator[Remark]:
    """Yield how many words a stem stands for, where they are many."""
    found: dict[str, None] = {}
    for passage in (passage for subject in sample for passage in subject.passages):
        found.update((passage.words.words[each.first], None) for each in stretches(leaf.text, passage))
    if len(found) >= MANY_WORDS:
        shown = ", ".join(list(found)[:_SHOWN])
        yield Remark(printed(leaf), f"stands for {len(found)} different words: {shown}, …")


def _empty(leaf: Condition, sample: Sequence[Subject]) -> str:
    """Return the field that a leaf asks for where no deal has it, else ""."""
    if isinstance(leaf, Phrase | Concept | Dated) or (isinstance(leaf, Known) and leaf.state == "none"):
        return ""
    filled = any(_has(leaf, subject) for subject in sample)
    return "" if filled or not isinstance(leaf, Asked | Figure | Known) else leaf.name


def _has(leaf: Condition, subject: Subject) -> bool:
    if isinstance(leaf, Figure | Known):
        return any(figure(event.terms, leaf.name) is not None for event in subject.events)
    if not isinstance(leaf, Asked):
        return True
    if leaf.name in {"party", "licensor", "licensee"}:
        return any(leaf.name in {"party", party.role} for event in subject.events for party in event.terms.parties)
    if leaf.name in TERMS:
        return any(getattr(event.terms, TERMS[leaf.name]) for event in subject.events)
    return bool(plain_values(leaf.name, subject))


def _without_effect(
    query: Query, sample: Sequence[Subject], means: Means, hits: Collection[Subject]
) -> Iterator[Remark]:
    """Yield each NOT of the query's own level without which the sample would be matched just the same."""
    condition = query.condition
    if not isinstance(condition, And) or not hits:
        return
    for part in condition.parts:
        rest = tuple(other for other in condition.parts if other is not part)
        if isinstance(part, Not) and rest:
            found = sum(evaluate(Query(And(rest)), subject, means).truth is True for subject in sample)
            if found == len(hits):
                yield Remark(
                    printed(part), f"took away none of the {found} deals, of {len(sample)}, that the rest matches"
                )
