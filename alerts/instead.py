"""What could be asked instead of a part of a search that a deal does not have: the nearest first.

instead(leaf, subject) -> (condition, why), …      candidates; whoever takes one tries it first
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from alerts.condition import (
    And,
    Asked,
    Comparison,
    Concept,
    Condition,
    Dated,
    Figure,
    Known,
    Lead,
    Leaf,
    NamedField,
    Near,
    Phrase,
    Same,
    ValueField,
)
from alerts.figures import figure
from alerts.match import TERMS, plain_values
from alerts.phrase import Passage, name_passage
from alerts.places import stretches_of
from alerts.refused import FARTHEST, LONGEST_LEAD, MOST_WORDS, SHORTEST_STEM
from alerts.subject import Subject
from news.reading import Money, Named, Royalties, Terms

Other = tuple[Condition, str]
_CONCEPTS: tuple[NamedField, ...] = ("modality", "target", "indication")
_ALIKE = 0.8
_CLOSE = 3
"""Words that stand so near each other are still one thing, written otherwise."""
_OPEN: dict[Comparison, Comparison] = {">": ">=", ">=": ">=", "<": "<=", "<=": "<=", "=": "="}


def instead(leaf: Leaf, subject: Subject) -> Iterator[Other]:
    """Yield what could stand in the place of a leaf, and why."""
    if isinstance(leaf, Phrase):
        yield from _words(leaf, subject)
    elif isinstance(leaf, Near | Same | Lead):
        yield from _places(leaf, subject)
    elif isinstance(leaf, Concept):
        for name in _CONCEPTS:
            if name in (leaf.version or name):
                yield from _values(name, subject)
    elif isinstance(leaf, Asked):
        yield from _fields(leaf, subject)
    elif isinstance(leaf, Figure | Known):
        yield from _figures(leaf, subject)
    else:
        yield from _days(leaf, subject)


def has(leaf: Condition, subject: Subject) -> str:
    """Return what a deal has where a leaf asks for something else: "licensee: Quillon"; "" for the others."""
    if isinstance(leaf, Asked):
        found = dict.fromkeys(_valued(leaf.name, subject))
        return f"{leaf.name}: {', '.join(found) or 'nothing'}"
    if isinstance(leaf, Dated):
        return f"announced: {', '.join(dict.fromkeys(event.announced.isoformat() for event in subject.events))}"
    return ""


def _words(leaf: Phrase, subject: Subject) -> Iterator[Other]:
    if leaf.where is not None:
        yield replace(leaf, where=None), f"it stands elsewhere than in the {leaf.where}"
    words = name_passage(leaf.text).words.words
    written = leaf.text.split()
    for number, word in enumerate(written):
        for other in _alike(word.rstrip("*"), subject):
            text = " ".join((*written[:number], other, *written[number + 1 :]))
            yield replace(leaf, text=text), f"the nearest to {word.rstrip('*')} there"
    if len(words) > 1:
        parts = tuple(Phrase(word, leaf.where) for word in written)
        yield from _nearer(parts, subject, _CLOSE)
        yield from _stretches(leaf, written, range(len(written) - 1, 1, -1))
        # Words that happen to stand somewhere say less than a part of the phrase does.
        yield from _nearer(parts, subject, FARTHEST)
        yield And(parts), "the words are there, far from each other"
        yield from _stretches(leaf, written, range(1, 2))


def _stretches(leaf: Phrase, written: Sequence[str], sizes: Iterable[int]) -> Iterator[Other]:
    """Yield what is left of a phrase when words at its ends are dropped."""
    for size in sizes:
        for first in range(len(written) - size + 1):
            text = " ".join(written[first : first + size])
            if any(letter.isalnum() for letter in text):
                yield replace(leaf, text=text), "so much of it is there"


def _alike(word: str, subject: Subject) -> Iterator[str]:
    """Yield the word of the texts that is spelt most like a word, and a stem that it has in common with one."""
    found = name_passage(word).words.words
    if len(found) != 1 or not found[0].isalpha() or len(found[0]) < SHORTEST_STEM:
        return
    vocabulary = {each for passage in subject.passages for each in passage.vocabulary}
    yield from difflib.get_close_matches(found[0], vocabulary, n=1, cutoff=_ALIKE)
    begun = max((_common(found[0], each) for each in vocabulary), default=0)
    if begun >= SHORTEST_STEM and 2 * begun >= len(found[0]):
        yield f"{found[0][:begun]}*"


def _common(one: str, other: str) -> int:
    """Return how many letters two words have in common at their beginning."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _places(leaf: Near | Same | Lead, subject: Subject) -> Iterator[Other]:
    if isinstance(leaf, Lead):
        lasts = (each.last + 1 for passage in subject.passages for each in stretches_of(leaf.part, passage))
        first = min(lasts, default=None)
        if first is not None and first <= LONGEST_LEAD:
            yield Lead(leaf.part, first), f"it is found at word {first}"
        yield leaf.part, "it is found further on"
        return
    there = tuple(part for part in leaf.parts if any(_stands(part, passage) for passage in subject.passages))
    if len(there) == len(leaf.parts):
        yield from _nearer(there, subject, FARTHEST)
        yield And(there), "all of it is there, further apart"
    elif len(there) > 1:
        yield from _nearer(there, subject, FARTHEST)
        yield And(there), "so much of it is there"
    elif there:
        yield there[0], "so much of it is there"


def _nearer(parts: tuple[Condition, ...], subject: Subject, farthest: int) -> Iterator[Other]:
    """Yield the closest NEAR that holds, where one does that reaches so far."""
    low, high = 1, farthest
    if not _near(parts, high, subject):
        return
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _near(parts, middle, subject) else (middle + 1, high)
    yield Near(parts, low), f"they are {low} word{'s' * (low > 1)} apart"


def _near(parts: tuple[Condition, ...], words: int, subject: Subject) -> bool:
    return any(_stands(Near(parts, words), passage) for passage in subject.passages)


def _stands(part: Condition, passage: Passage) -> bool:
    return any(True for _ in stretches_of(part, passage))


def _fields(leaf: Asked, subject: Subject) -> Iterator[Other]:
    roles: tuple[ValueField, ...] = ("licensor", "licensee", "party")
    if leaf.name in roles:
        for role in roles:
            if role != leaf.name:
                yield replace(leaf, name=role), "in another role"
    yield from _values(leaf.name, subject)


def _values(name: ValueField, subject: Subject) -> Iterator[Other]:
    """Yield the values that a deal has in a field, as a query may ask for them."""
    for value in dict.fromkeys(_valued(name, subject)):
        plain = " ".join("".join(" " if letter in '"“”*' else letter for letter in value).split())
        if any(letter.isalnum() for letter in plain) and len(plain.split()) <= MOST_WORDS:
            yield Asked(name, plain), f"that is what it has under {name}"


def _valued(name: ValueField, subject: Subject) -> Iterable[str]:
    if name in {"party", "licensor", "licensee"}:
        every = (party for event in subject.events for party in event.terms.parties)
        return (party.name for party in every if name in {"party", party.role})
    if name in TERMS:
        return (named.name for event in subject.events for named in _named(event.terms, TERMS[name]))
    return plain_values(name, subject)


def _named(terms: Terms, field: str) -> tuple[Named, ...]:
    value: tuple[Named, ...] | Named | None = getattr(terms, field)
    return value if isinstance(value, tuple) else (value,) if value else ()


def _figures(leaf: Figure | Known, subject: Subject) -> Iterator[Other]:
    for event in subject.events:
        value = figure(event.terms, leaf.name)
        upper = value.amount if isinstance(value, Money) else value.high or value.low if value else None
        if value is None:
            if isinstance(leaf, Known):
                yield Known(leaf.name, "none"), f"no article mentions {leaf.name}"
        elif upper is None:
            yield Known(leaf.name, "undisclosed"), "nobody says how much"
        elif isinstance(leaf, Known):
            yield Known(leaf.name, "stated"), "it is stated"
        else:
            lower = value.low if value.low is not None and leaf.comparison in {"<", "<="} else upper
            unit = "%" if isinstance(value, Royalties) else value.currency or ""
            yield Figure(leaf.name, _OPEN[leaf.comparison], lower, unit), "that is what is stated"


def _days(leaf: Dated, subject: Subject) -> Iterator[Other]:
    days = sorted((event.announced for event in subject.events), reverse=leaf.comparison in {">", ">="})
    for day in days:
        yield Dated(_OPEN[leaf.comparison], day), "that is its day"
