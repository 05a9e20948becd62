"""Hold a query against a deal: what each part of it makes of the deal, and which words made it true.

    evaluate(query, subject, means) -> Verdict        .condition .truth .found .parts .note
    match(search, query, subject, …) -> Match | None  the same, as the store keeps it

A verdict is a tree of the shape of the query. Its leaves are words, fields, figures and days, each true or false, or
None where it cannot be known (a sum in a currency without a rate): that is not matched, and neither is its contrary.
NEAR, SAME and LEAD are one leaf each; their `parts` say what was found of the words inside them, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from alerts.condition import (
    And,
    Asked,
    Concept,
    Condition,
    Dated,
    Figure,
    Known,
    Lead,
    Leaf,
    Near,
    Not,
    Or,
    Same,
    TextLeaf,
    printed,
)
from alerts.figures import hold, holds
from alerts.phrase import is_like, quoted
from alerts.places import stretches_of
from alerts.query import Query
from alerts.subject import Subject
from lexicon.rates import Source
from lexicon.text import title_key
from news.alert import Match, Why
from news.reading import Evidence, Named, Terms

TERMS = {
    "asset": "assets",
    "target": "targets",
    "modality": "modalities",
    "indication": "indications",
    "stage": "stage",
    "territory": "territory",
}
"""Under which name the terms of a deal have what a field asks for."""
Found = tuple[str, Evidence | None]


@dataclass(frozen=True, slots=True)
class Means:
    """What is needed to compare: `key` gives one key to all names of a company, `rates` the exchange rates.

    `most` is how many places of a leaf are looked for; one is enough to know that it is true.
    """

    key: Callable[[str], str] = title_key
    rates: Source | None = None
    most: int = 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a part of a query makes of a deal; `truth` is None where it cannot be known.

    `found` are the places that make a leaf true. `note` says what the words do not: why a figure is not as asked or
    cannot be known, at which rate it was converted, from which version of the ontology a form comes.
    """

    condition: Condition
    truth: bool | None
    found: tuple[Why, ...] = ()
    parts: tuple[Verdict, ...] = ()
    note: str = ""

    def leaves(self) -> Iterator[Verdict]:
        """Yield the leaves, from left to right."""
        if isinstance(self.condition, And | Or | Not):
            for part in self.parts:
                yield from part.leaves()
        else:
            yield self


Verdicts = dict[Condition, Verdict]


def match(
    search: str,
    query: Query,
    subject: Subject,
    key: Callable[[str], str] = title_key,
    rates: Source | None = None,
) -> Match | None:
    """Return the match of the search with this key, or None.

    `key` gives one key to all names of a company (`lexicon.companies.key`); without it names are compared as written.
    `rates` are needed where a query asks for a sum in another currency than the deal's. Each part of the query that is
    true stands in `why` once, with the first place that makes it so; a part that is true because something is absent
    has no words and does not stand there.
    """
    verdict = evaluate(query, subject, Means(key, rates))
    if not verdict.truth:
        return None
    return Match(search, subject.deal.id, reasons(verdict))


def reasons(verdict: Verdict) -> tuple[Why, ...]:
    """Return the words that make a query true, each part of it once."""
    return tuple(dict.fromkeys(_reasons(verdict, denied=False)))


def evaluate(query: Query, subject: Subject, means: Means, known: Verdicts | None = None) -> Verdict:
    """Return what each part of a query makes of a deal.

    `known` is filled with the verdicts of the leaves, which other queries about the same deal may have too.
    """
    return _judge(query.condition, subject, means, {} if known is None else known)


def _judge(condition: Condition, subject: Subject, means: Means, known: Verdicts) -> Verdict:
    if isinstance(condition, Not):
        part = _judge(condition.part, subject, means, known)
        return Verdict(condition, None if part.truth is None else not part.truth, parts=(part,))
    if isinstance(condition, And | Or):
        parts = tuple(_judge(part, subject, means, known) for part in condition.parts)
        return Verdict(
            condition, _joined((part.truth for part in parts), decides=isinstance(condition, Or)), parts=parts
        )
    verdict = known.get(condition)
    if verdict is None:
        verdict = known[condition] = _of_leaf(condition, subject, means)
    return verdict


def _of_leaf(condition: Leaf, subject: Subject, means: Means) -> Verdict:
    if isinstance(condition, Figure | Known):
        return _figure(condition, subject, means)
    places = islice(_found(condition, subject, means.key), means.most)
    found = tuple(dict.fromkeys(Why(printed(condition), *words) for words in places))
    if isinstance(condition, Near | Same | Lead):
        inside = (condition.part,) if isinstance(condition, Lead) else condition.parts
        # Only who asks for more than the first place wants to see what is inside.
        parts = tuple(_judge(part, subject, means, {}) for part in inside) if means.most > 1 else ()
        return Verdict(condition, bool(found), found, parts)
    if isinstance(condition, Concept) and found:
        found = tuple(Why(each.part, each.words, each.evidence, condition.version) for each in found)
        return Verdict(condition, truth=True, found=found, note=condition.version)
    return Verdict(condition, bool(found), found)


def _joined(truths: Iterable[bool | None], *, decides: bool) -> bool | None:
    """Return what AND (decided by a false part) or OR (by a true one) makes of its parts."""
    known = set(truths)
    if decides in known:
        return decides
    return None if None in known else not decides


def _reasons(verdict: Verdict, *, denied: bool) -> Iterator[Why]:
    """Yield the words of the true parts: denied, those of the parts whose contrary is."""
    if verdict.truth is denied or verdict.truth is None:
        return
    if isinstance(verdict.condition, Not):
        yield from _reasons(verdict.parts[0], denied=not denied)
    elif isinstance(verdict.condition, And | Or):
        for part in verdict.parts:
            yield from _reasons(part, denied=denied)
    elif not denied:
        yield from verdict.found


def _figure(leaf: Figure | Known, subject: Subject, means: Means) -> Verdict:
    """Return whether the figure of any event is as asked; that nothing is known of it must be so of all of them."""
    held = [hold(leaf, event, means.rates) for event in subject.events]
    if isinstance(leaf, Known) and leaf.state == "none":
        return Verdict(leaf, all(each.truth for each in held))
    found = tuple(
        Why(printed(leaf), each.evidence.quote, each.evidence, each.note)
        for each in held
        if each.truth and each.evidence
    )[: means.most]
    truth = _joined((each.truth for each in held), decides=True)
    notes = (each.note for each in held if each.truth is truth and each.note)
    return Verdict(leaf, truth, found, note="; ".join(dict.fromkeys(notes)))


def _found(leaf: Leaf, subject: Subject, key: Callable[[str], str]) -> Iterator[Found]:
    """Yield the words that make a condition true."""
    if isinstance(leaf, TextLeaf):
        yield from _in_texts(leaf, subject)
    elif isinstance(leaf, Asked):
        yield from _value(leaf, subject, key)
    elif isinstance(leaf, Dated):
        for event in subject.events:
            if holds(leaf.comparison, event.announced, event.announced, leaf.day):
                announced = event.terms.announced
                yield event.announced.isoformat(), announced.evidence if announced else None


def _in_texts(leaf: TextLeaf, subject: Subject) -> Iterator[Found]:
    for passage in subject.passages:
        for stretch in stretches_of(leaf, passage):
            evidence = quoted(stretch, passage)
            yield evidence.quote, evidence
    for event in subject.events if isinstance(leaf, Concept) else ():
        terms = event.terms
        for named in (*terms.modalities, *terms.targets, *terms.indications):
            if title_key(named.name) == title_key(leaf.name if isinstance(leaf, Concept) else ""):
                yield named.evidence.quote, named.evidence


def _value(leaf: Asked, subject: Subject, key: Callable[[str], str]) -> Iterator[Found]:
    """Yield the words of the values that a field is asked for."""
    if leaf.name in {"party", "licensor", "licensee"}:
        for event in subject.events:
            yield from _parties(leaf, event.terms, key)
    elif leaf.name in TERMS:
        for event in subject.events:
            yield from _named(leaf, getattr(event.terms, TERMS[leaf.name]))
    else:
        wanted = title_key(leaf.value)
        yield from ((value, None) for value in plain_values(leaf.name, subject) if title_key(value) == wanted)


def plain_values(name: str, subject: Subject) -> Sequence[str]:
    """Return what a deal has in a field that is not found in the words of an article."""
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
