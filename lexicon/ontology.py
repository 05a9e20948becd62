"""The ontology: modalities, targets and indications, each with the ways in which people write it.

    ontology.find(text) -> (Mention(concept, start, end), …)   longest form at each place, per kind, in order
    ontology.concept("nk-cell-engager") -> Concept | None
    ontology.named("NKCE") -> (Concept, …)                      the concepts that have exactly this form

`text` may be a string, a `Folded` or `Words` (so that a text is folded once); places are in the original text.
Acronyms without a digit (ICOS, AAV) are found in capitals only, those with a capital inside (BiKE, siRNA) only with
one, so that a bike is no engager; "Lp(a)" only with its parenthesis. A form that the table marks with ~ (~MET) counts
only as it is written there and beside a word that says what it is: "MET inhibitor", "anti-MET". A stock exchange's
code before a colon ("OTC: ABCD") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from lexicon.phrases import Found, Phrases, Words, phrase_key
from lexicon.tables import forms, rows
from lexicon.text import Folded

Kind = Literal["modality", "target", "indication"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_VERSION = re.compile(r"#[^\n]*?\bversion (\d+)\b")
"""The version of a table, in its first line."""
_CODE = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_UNSURE = "~"
"""Stands in the tables before a form that is a word or a common acronym too."""
_GREEK = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d"}
_BESIDE: Mapping[Kind, tuple[re.Pattern[str], re.Pattern[str]]] = {
    "target": (
        re.compile(
            r"(?:\banti-?|\btarget(?:s|ing)? (?:the )?|\bagainst (?:the )?|inhibitors? of |agonists? of |/|\()$"
        ),
        re.compile(
            r"[\s-](?:inhibit|antagonist|agonist|antibod|degrad|modulat|receptor|gene\b|mutat|mutant|amplif|protein|"
            r"enzyme|kinase|target|directed|positive|negative|alter|exon|fusion|express|overexpress|pathway|block|"
            r"bispecific|ligand|activat|cascade|ADC|CAR|TCR)|/[A-Zc]|\)"
        ),
    ),
    "modality": (
        re.compile(r"\($"),
        re.compile(r"[\s-](?:platform|technolog|therap|candidate|program|conjugate|molecule|drug|approach)|\)"),
    ),
    "indication": (re.compile(r"\($"), re.compile(r"\)|[\s-](?:patient|treatment|disease|therap)")),
}
"""What stands before or behind a form of each kind that is unsure, where it is meant."""
_LOOK = 24
_SHORT = 6
_CODE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Concept:
    """One modality, target or indication: its id, its name as shown, and every form that it is written in.

    `unsure` are the forms that mean it only where the words beside them say so.
    """

    id: str
    kind: Kind
    name: str
    forms: tuple[str, ...]
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names a concept: `text[start:end]` are the words, in code points."""

    concept: Concept
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Table:
    """The forms of one kind by their keys, and those that are written in a certain way: the letters that are asked."""

    keys: dict[str, Concept] = field(default_factory=dict)
    capitals: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    bracketed: set[str] = field(default_factory=set)
    unsure: dict[str, str] = field(default_factory=dict)

    def enter(self, concept: Concept, place: str) -> None:
        """Take in a concept's forms; raises ValueError where one is another's already."""
        for form in (*concept.forms, *concept.unsure):
            key = phrase_key(form)
            other = self.keys.setdefault(key, concept)
            if other is not concept:
                raise ValueError(f"{place}: {form!r} is a form of {other.id!r} already")
            if " " not in key and form.isalpha():
                (self.capitals if form.isupper() else self.inside if _has_capital(form) else set()).add(key)
            if len(form) <= _SHORT and "(" in form:
                self.bracketed.add(key)
        self.unsure.update((phrase_key(form), form) for form in concept.unsure)

    def enter_variants(self) -> None:
        """Add to codes the form without a hyphen, with one, and with a Greek letter's first letter: "IL4Ra"."""
        for key, concept in list(self.keys.items()):
            if not any(letter.isdigit() for letter in key) or key in self.unsure:
                continue
            start, _, last = key.rpartition(" ")
            brief = f"{start}{_GREEK[last]}" if start and last in _GREEK else key
            for variant in {key, brief}:
                if len(variant) <= _CODE_LENGTH:
                    self.keys.setdefault(variant, concept)
                    self.keys.setdefault(variant.replace(" ", ""), concept)
                    self.keys.setdefault(_CODE.sub(" ", variant), concept)

    def is_written(self, kind: Kind, found: Found, text: str) -> bool:
        """Whether the words at a place are written as the form has to be, where letters or what is beside decide."""
        written, key = text[found.start : found.end], found.key
        if key in self.unsure and not _is_meant(kind, self.unsure[key], written, found, text):
            return False
        if key in self.capitals:
            return written.removesuffix("s").isupper() and text[found.end : found.end + 1] != ":"
        if key in self.inside:
            return _has_capital(written)
        return key not in self.bracketed or "(" in written


@dataclass(frozen=True, slots=True)
class Ontology:
    """All concepts, and the tables in which their forms are looked up; `versions` are those that the tables state."""

    concepts: Mapping[str, Concept]
    versions: Mapping[Kind, str]
    _tables: Mapping[Kind, _Table]
    _phrases: Mapping[Kind, Phrases]

    @classmethod
    def of(cls, tables: Mapping[Kind, str]) -> Ontology:
        """Return the ontology that the tables hold (columns: id, name, other forms).

        Raises ValueError naming the line where an id or a form stands twice.
        """
        concepts: dict[str, Concept] = {}
        entered: dict[Kind, _Table] = {kind: _Table() for kind in tables}
        for kind, table in tables.items():
            for number, (identity, name, others) in rows(table, 3):
                if identity in concepts:
                    raise ValueError(f"{kind}, line {number}: the id {identity!r} stands twice")
                written = forms(others)
                concept = concepts[identity] = Concept(
                    identity,
                    kind,
                    name,
                    (name, *(form for form in written if not form.startswith(_UNSURE))),
                    tuple(form.removeprefix(_UNSURE) for form in written if form.startswith(_UNSURE)),
                )
                entered[kind].enter(concept, f"{kind}, line {number}")
        if "target" in entered:
            entered["target"].enter_variants()
        stated = {kind: _VERSION.match(table) for kind, table in tables.items()}
        versions = {kind: found[1] for kind, found in stated.items() if found}
        return cls(concepts, versions, entered, {kind: Phrases(table.keys) for kind, table in entered.items()})

    def concept(self, identity: str) -> Concept | None:
        """Return the concept with this id."""
        return self.concepts.get(identity)

    def named(self, form: str) -> tuple[Concept, ...]:
        """Return the concepts, of any kind, that are written in this form."""
        key = phrase_key(form)
        return tuple(table.keys[key] for table in self._tables.values() if key in table.keys)

    def find(self, text: str | Folded | Words) -> tuple[Mention, ...]:
        """Return every mention in a text: of each kind the longest forms that do not overlap, in order of place."""
        words = text if isinstance(text, Words) else Words.of(text)
        found = [mention for kind in self._tables for mention in self._find(kind, words)]
        return tuple(sorted(found, key=lambda mention: (mention.start, -mention.end)))

    def _find(self, kind: Kind, words: Words) -> Iterator[Mention]:
        table = self._tables[kind]
        behind = 0
        for found in self._phrases[kind].find(words):
            if found.start < behind or not table.is_written(kind, found, words.original):
                continue
            yield Mention(table.keys[found.key], found.start, found.end)
            behind = found.end


def _is_meant(kind: Kind, form: str, written: str, found: Found, text: str) -> bool:
    """Whether a form that is also a word stands for the concept: by its letters, and by what stands beside it."""
    if _has_capital(f" {form}") and written.removesuffix("s") != form:
        return False
    before, behind = _BESIDE[kind]
    return (
        behind.match(text, found.end) is not None
        or before.search(text, max(0, found.start - _LOOK), found.start) is not None
    )


def _has_capital(form: str) -> bool:
    """Whether there is a capital behind the first letter: "mRNA", "BiKE"."""
    return any(letter.isupper() for letter in form[1:])
