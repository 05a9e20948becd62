"""Read a saved search: words and phrases, AND OR NOT and parentheses, NEAR SAME LEAD, fields, figures, days.

    query    = operand { joint operand }           the joint is the same all along; parentheses keep two kinds apart
    joint    = "AND" | "OR" | "NEAR/" number | "SAME" | nothing, which is AND
    operand  = "NOT" operand | "LEAD/" number operand | "(" query ")" | text | field | figure | day
    text     = word | stem "*" | quote phrase quote
    field    = name ":" text
    figure   = name ( ">" | ">=" | "<" | "<=" | "=" ) number [ currency | "%" ]
             | name ":" ( "stated" | "undisclosed" | "none" )
    day      = "announced" ( ">" | ">=" | "<" | "<=" | "=" ) year "-" month "-" day

NEAR, SAME and LEAD take words, concepts and ORs of them. Whatever is not of this form is refused with its place and
with what to write (alerts.refused has the words); nothing is ignored. docs/searches.md is tested against this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from alerts.condition import And, Condition, Lead, Near, Not, Or, Phrase, Same, asks_for_something, is_text, printed
from alerts.fields import COMPARED, compared, field_value, known_fields
from alerts.refused import OPENING, check_phrase, check_word, mixed, not_words, reach_of
from lexicon.ontology import Ontology
from news.errors import QuerySyntaxError

LANGUAGE_VERSION = "2"
"""Goes up with every change after which a query may match something else."""
LONGEST = 2000
"""Characters that a query may have."""
DEEPEST = 30
"""Parentheses, NOTs and LEADs that may stand inside each other."""
_WORD = re.compile(rf"[^\s(){OPENING}<>=≥≤]+")
_COMPARISON = re.compile(r" *([<>=!≥≤]+) *")
_NUMBER = re.compile(r" +[$€£¥]?\d")
_JOINTS = re.compile(r"(?:AND|OR|SAME)\Z|NEAR(?:/|\Z)")
_LEAD = re.compile(r"LEAD(?:/|\Z)")


@dataclass(frozen=True, slots=True)
class Query:
    """A saved search, read; `str()` prints one that reads back as the same."""

    condition: Condition

    def __str__(self) -> str:
        """Return the query in its plain form, every AND written."""
        return printed(self.condition)


def held_with(ontology: Ontology) -> str:
    """Return the versions of what decides what a query matches: "language 2; modality 3; target 2"."""
    versions = (f"{kind} {version}" for kind, version in sorted(ontology.versions.items()))
    return "; ".join((f"language {LANGUAGE_VERSION}", *versions))


def parse(text: str, ontology: Ontology | None = None) -> Query:
    """Return the query that a text is; raises QuerySyntaxError for every other text.

    Without an ontology a `concept:` is only checked for its form, and the query cannot be matched.
    """
    plain = re.sub(r"\s", " ", text)
    if len(plain) > LONGEST:
        raise QuerySyntaxError(plain, LONGEST, f"the search is longer than {LONGEST} characters: make two of it")
    parser = _Parser(plain, ontology)
    if parser.ended():
        raise QuerySyntaxError(plain, 0, "the search is empty: write words, or a phrase in double quotes")
    condition = parser.level(0)
    if not parser.ended():
        raise parser.error("this parenthesis closes nothing: open it, or leave it out")
    if not asks_for_something(condition):
        raise QuerySyntaxError(
            plain, parser.excluded, "this is true of all that is not excluded: name something that must be there"
        )
    return Query(condition)


class _Parser:
    """Reads a query from left to right; `at` is how far, `excluded` where the first NOT or `:none` stands."""

    def __init__(self, text: str, ontology: Ontology | None) -> None:
        self.text = text
        self.at = 0
        self.excluded = 0
        self._ontology = ontology

    def ended(self) -> bool:
        """Skip spaces and return whether nothing follows."""
        while self.text[self.at : self.at + 1] == " ":
            self.at += 1
        return self.at >= len(self.text)

    def error(self, message: str, at: int | None = None) -> QuerySyntaxError:
        """Return the error that something is wrong at a place, by default here."""
        return QuerySyntaxError(self.text, self.at if at is None else at, message)

    def level(self, depth: int) -> Condition:
        """Read operands and what joins them, up to the end or a closing parenthesis."""
        starts, parts = [self._start()], [self._operand(depth)]
        kind = ""
        while not self.ended() and self.text[self.at] != ")":
            place = self.at
            joint = self._joint()
            if kind not in {"", joint}:
                raise self.error(mixed(kind, joint, parts), place)
            kind = joint
            starts.append(self._start())
            parts.append(self._operand(depth))
        if not kind:
            return parts[0]
        if kind in {"AND", "OR"}:
            return And(tuple(parts)) if kind == "AND" else Or(tuple(parts))
        for start, part in zip(starts, parts, strict=True):
            self._is_words(kind, part, start)
        return Same(tuple(parts)) if kind == "SAME" else Near(tuple(parts), int(kind.partition("/")[2]))

    def _joint(self) -> str:
        """Read what joins two operands; nothing is AND."""
        place, word = self.at, self._word_ahead()
        if not _JOINTS.match(word):
            return "AND"
        self.at += len(word)
        return f"NEAR/{reach_of(self.text, place, word)}" if word.startswith("NEAR") else word

    def _is_words(self, operator: str, part: Condition, start: int) -> None:
        if not is_text(part):
            raise self.error(not_words(operator, part), start)

    def _start(self) -> int:
        """Return where the next operand begins."""
        self.ended()
        return self.at

    def _operand(self, depth: int) -> Condition:
        if self.ended():
            raise self.error("something is missing at the end: write a word, or a phrase in double quotes")
        if depth > DEEPEST:
            raise self.error(f"this is nested more than {DEEPEST} deep: make it simpler")
        character = self.text[self.at]
        if character == "(":
            return self._parenthesis(depth)
        if character in OPENING:
            return Phrase(self._quoted())
        word = self._word_ahead()
        if word == "NOT":
            self.excluded = self.excluded or self.at
            self.at += len(word)
            return Not(self._operand(depth + 1))
        if _LEAD.match(word):
            return self._lead(word, depth)
        if not word or _JOINTS.match(word):
            raise self.error(f"something is missing before {word or character}: write a word or a phrase")
        return self._word(word)

    def _lead(self, word: str, depth: int) -> Lead:
        words = reach_of(self.text, self.at, word)
        self.at += len(word)
        start = self._start()
        part = self._operand(depth + 1)
        self._is_words(word, part, start)
        return Lead(part, words)

    def _parenthesis(self, depth: int) -> Condition:
        start = self.at
        self.at += 1
        if not self.ended() and self.text[self.at] == ")":
            raise self.error("the parentheses are empty: write something between them, or leave them out", start)
        inside = self.level(depth + 1)
        if self.ended():
            raise self.error("this parenthesis is not closed: add a ) where it ends", start)
        self.at += 1
        return inside

    def _word(self, word: str) -> Condition:
        """Read a bare word, or what it is the name of: a field or a figure."""
        start = self.at
        name, colon, rest = word.partition(":")
        if colon:
            self.at += len(name) + 1
            known_fields(self.text, start, name)
            value, place = self._value(name, rest)
            if value.lower() == "none":
                self.excluded = self.excluded or start
            return field_value(self.text, name.lower(), value, place, self._ontology)
        self.at += len(word)
        comparison = _COMPARISON.match(self.text, self.at)
        if comparison:
            condition, self.at = compared(self.text, start, word, comparison)
            return condition
        if word.lower() in COMPARED and _NUMBER.match(self.text, self.at):
            raise self.error(
                f"{word} wants a comparison, such as {word} >= 20m EUR; the word itself goes in quotes", start
            )
        check_word(self.text, word, start)
        return Phrase(word)

    def _value(self, name: str, rest: str) -> tuple[str, int]:
        """Read what a field is asked for; return it and its place."""
        if not rest and self.ended():
            raise self.error(f"{name}: is asked for nothing: write a word or a phrase behind the colon")
        start = self.at
        if not rest and self.text[start] in OPENING:
            return self._quoted(), start
        rest = rest or self._word_ahead()
        if not rest and self.text[start] == "(":
            raise self.error(f"{name}: takes one value: write ({name}:one OR {name}:other)")
        if not rest or rest == "NOT" or _JOINTS.match(rest) or _LEAD.match(rest):
            raise self.error(f"{name}: is asked for nothing: write a word or a phrase behind the colon")
        check_word(self.text, rest, start)
        self.at += len(rest)
        return rest, start

    def _word_ahead(self) -> str:
        found = _WORD.match(self.text, self.at)
        return found[0] if found else ""

    def _quoted(self) -> str:
        """Read a phrase in quotes, straight ones or those of word processors."""
        start = self.at
        closing = "«»" if self.text[start] in "«»" else '"“”'
        ends = [end for end in (self.text.find(mark, start + 1) for mark in closing) if end > 0]
        if not ends:
            raise self.error('this quote is not closed: add a " at the end of the phrase')
        self.at = min(ends) + 1
        phrase = " ".join(re.sub('["“”]', " ", self.text[start + 1 : self.at - 1]).split())
        check_phrase(self.text, phrase, start)
        return phrase
