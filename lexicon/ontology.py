"""The ontology: modalities, targets and indications, each with the ways in which people write it.

    ontology.find(text) -> (Mention(concept, start, end), …)   longest form at each place, per kind, in order
    ontology.concept("nk-cell-engager") -> Concept | None
    ontology.named("NKCE") -> (Concept, …)                      the concepts that have exactly this form

`text` may be a string, a `Folded` or `Words` (so that a text is folded once); places are in the original text.
Acronyms without a digit (MET, ICOS, AAV) are found in capitals only, so that "met" is no target; "Lp(a)" only with its
parenthesis. A stock exchange's code before a colon ("OTC: ABCD") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from lexicon.phrases import Found, Phrases, Words, phrase_key
from lexicon.tables import forms, rows
from lexicon.text import Folded

Kind = Literal["modality", "target", "indication"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_CODE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


@dataclass(frozen=True, slots=True)
class Concept:
    """One modality, target or indication: its id, its name as shown, and every form that it is written in."""

    id: str
    kind: Kind
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names a concept: `text[start:end]` are the words, in code points."""

    concept: Concept
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ontology:
    """All concepts, and the tables in which their forms are looked up."""

    concepts: Mapping[str, Concept]
    _keys: Mapping[Kind, Mapping[str, Concept]]
    _capitals: frozenset[tuple[Kind, str]]
    _bracketed: frozenset[tuple[Kind, str]]
    _phrases: Mapping[Kind, Phrases]

    @classmethod
    def of(cls, tables: Mapping[Kind, str]) -> Ontology:
        """Return the ontology that the tables hold (columns: id, name, other forms).

        Raises ValueError naming the line where an id or a form stands twice.
        """
        concepts: dict[str, Concept] = {}
        keys: dict[Kind, dict[str, Concept]] = {}
        capitals: set[tuple[Kind, str]] = set()
        bracketed: set[tuple[Kind, str]] = set()
        for kind, table in tables.items():
            keys[kind] = {}
            for number, (identity, name, others) in rows(table, 3):
                if identity in concepts:
                    raise ValueError(f"{kind}, line {number}: the id {identity!r} stands twice")
                concept = Concept(identity, kind, name, (name, *forms(others)))
                concepts[identity] = concept
                _enter(concept, keys[kind], capitals, f"{kind}, line {number}")
                bracketed |= {(kind, phrase_key(form)) for form in concept.forms if len(form) <= 6 and "(" in form}
        _enter_variants(keys)
        return cls(
            concepts,
            keys,
            frozenset(capitals),
            frozenset(bracketed),
            {kind: Phrases(table) for kind, table in keys.items()},
        )

    def concept(self, identity: str) -> Concept | None:
        """Return the concept with this id."""
        return self.concepts.get(identity)

    def named(self, form: str) -> tuple[Concept, ...]:
        """Return the concepts, of any kind, that are written in this form."""
        key = phrase_key(form)
        return tuple(table[key] for table in self._keys.values() if key in table)

    def find(self, text: str | Folded | Words) -> tuple[Mention, ...]:
        """Return every mention in a text: of each kind the longest forms that do not overlap, in order of place."""
        words = text if isinstance(text, Words) else Words.of(text)
        found = [mention for kind in self._keys for mention in self._find(kind, words)]
        return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))

    def _find(self, kind: Kind, words: Words) -> Iterator[Mention]:
        table = self._keys[kind]
        behind = 0
        for found in self._phrases[kind].find(words):
            if found.start < behind:
                continue
            if not self._is_written(kind, found, words.original):
                continue
            yield Mention(table[found.key], found.start, found.end)
            behind = found.end

    def _is_written(self, kind: Kind, found: Found, text: str) -> bool:
        """Whether the words at a place are written as the form has to be, where case or a parenthesis decides."""
        written = text[found.start : found.end]
        if (kind, found.key) in self._capitals:
            return _in_capitals(written) and text[found.end : found.end + 1] != ":"
        return (kind, found.key) not in self._bracketed or "(" in written


def _enter(concept: Concept, keys: dict[str, Concept], capitals: set[tuple[Kind, str]], place: str) -> None:
    for form in concept.forms:
        key = phrase_key(form)
        other = keys.setdefault(key, concept)
        if other is not concept:
            raise ValueError(f"{place}: {form!r} is a form of {other.id!r} already")
        if " " not in key and form.isupper() and form.isalpha():
            capitals.add((concept.kind, key))


def _enter_variants(keys: Mapping[Kind, dict[str, Concept]]) -> None:
    """Add to each target's codes the form without a hyphen and the form with one, where nothing else is called so."""
    table = keys.get("target")
    if table is None:
        return
    for key, concept in list(table.items()):
        if any(letter.isdigit() for letter in key) and len(key) <= 12:
            table.setdefault(key.replace(" ", ""), concept)
            table.setdefault(_CODE.sub(" ", key), concept)


def _in_capitals(written: str) -> bool:
    """Whether a word is written in capitals, a plural s aside."""
    return written.removesuffix("s").isupper()
