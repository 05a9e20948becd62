"""Read a saved search: words and phrases, AND OR NOT and parentheses, fields, figures, days.

    query    = operand { ("AND" | "OR" | nothing, which is AND) operand }      one kind of them on a level
    operand  = "NOT" operand | "(" query ")" | word | "phrase"
             | field ":" (word | "phrase")                                     party:Sanofi, concept:nk-cell-engager
             | figure comparison number | "announced" comparison day           upfront >= 20m EUR

Whatever is not of this form is refused with its place and with what to write; nothing is ignored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from alerts.condition import RESERVED, And, Condition, Not, Or, Phrase, asks_for_something, printed
from alerts.fields import COMPARED, compared, field_value, known_fields
from lexicon.ontology import Ontology
from lexicon.text import fold
from news.errors import QuerySyntaxError

LONGEST = 2000
"""Characters that a query may have."""
MOST_WORDS = 30
"""Words that a phrase may have."""
DEEPEST = 30
"""Parentheses and NOTs that may stand inside each other."""
_OPENING = '"“”„«»'
_WORD = re.compile(rf"[^\s(){_OPENING}<>=≥≤]+")
_COMPARISON = re.compile(r" *([<>=!≥≤]+) *")
_NUMBER = re.compile(r" +[$€£¥]?\d")
_MARKS = frozenset("-‐‑–—'’`´ʼ&/.,+%®™©℠_$€£¥@#:")
_FOREIGN = {
    "*": "a word's end in * is not known: write the word out, plurals are found anyway",
    "?": "? is not known: write the word out",
    "-": 'a minus is not known: write NOT before the word, or "-word" in quotes',
    "+": "a plus is not known: words side by side must all be there anyway",
    "&": "& is not known here: write AND",
    "|": "| is not known: write OR",
    "!": "! is not known: write NOT",
}


@dataclass(frozen=True, slots=True)
class Query:
    """A saved search, read; `str()` prints one that reads back as the same."""

    condition: Condition

    def __str__(self) -> str:
        """Return the query in its plain form, every AND written."""
        return printed(self.condition)


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
            plain, plain.find("NOT"), "this is true of all that is not excluded: name something that must be there"
        )
    return Query(condition)


class _Parser:
    """Reads a query from left to right; `at` is how far."""

    def __init__(self, text: str, ontology: Ontology | None) -> None:
        self.text = text
        self.at = 0
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
        parts = [self._operand(depth)]
        kind: Literal["AND", "OR"] | None = None
        while not self.ended() and self.text[self.at] != ")":
            start = self.at
            word = self._word_ahead()
            joint: Literal["AND", "OR"] = "OR" if word == "OR" else "AND"
            if kind not in {None, joint}:
                raise self.error("AND and OR are mixed: put parentheses around what belongs together", start)
            kind = joint
            if word in {"AND", "OR"}:
                self.at += len(word)
            parts.append(self._operand(depth))
        if kind is None:
            return parts[0]
        return And(tuple(parts)) if kind == "AND" else Or(tuple(parts))

    def _operand(self, depth: int) -> Condition:
        if self.ended():
            raise self.error("something is missing at the end: write a word, or a phrase in double quotes")
        if depth > DEEPEST:
            raise self.error(f"this is nested more than {DEEPEST} deep: make it simpler")
        character = self.text[self.at]
        if character == "(":
            return self._parenthesis(depth)
        if character in _OPENING:
            return Phrase(self._quoted())
        word = self._word_ahead()
        if word == "NOT":
            self.at += len(word)
            return Not(self._operand(depth + 1))
        if not word or word in {"AND", "OR"}:
            raise self.error(f"something is missing before {word or character}: write a word or a phrase")
        return self._word(word)

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
            return field_value(self.text, name.lower(), *self._value(rest), self._ontology)
        self.at += len(word)
        comparison = _COMPARISON.match(self.text, self.at)
        if comparison:
            condition, self.at = compared(self.text, start, word, comparison)
            return condition
        if word.lower() in COMPARED and _NUMBER.match(self.text, self.at):
            raise self.error(
                f"{word} wants a comparison, such as {word} >= 20m EUR; the word itself goes in quotes", start
            )
        self._check(word, start)
        return Phrase(word)

    def _value(self, rest: str) -> tuple[str, int]:
        """Read what a field is asked for; return it and its place."""
        if not rest and self.ended():
            raise self.error("the field is asked for nothing: write a word or a phrase behind the colon")
        start = self.at
        if not rest and self.text[start] in _OPENING:
            return self._quoted(), start
        rest = rest or self._word_ahead()
        if not rest or rest in {"AND", "OR", "NOT"}:
            raise self.error("the field is asked for nothing: write one word, or one phrase in double quotes")
        self._check(rest, start)
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
        if not fold(phrase).text:
            raise self.error("the phrase holds no letter and no digit: write words between the quotes", start)
        if len(phrase.split()) > MOST_WORDS:
            raise self.error(f"the phrase has more than {MOST_WORDS} words: search for less of it", start)
        if "*" in phrase:
            raise self.error(_FOREIGN["*"], self.text.find("*", start))
        return phrase

    def _check(self, word: str, start: int) -> None:
        """Refuse what looks like the syntax of another search engine."""
        if RESERVED.match(word):
            said = f"write {word.upper()}" if word.lower() in {"and", "or", "not"} else f"{word} is not known here"
            raise self.error(f'{said}; to look for the word itself, write "{word}" in quotes', start)
        for number, character in enumerate(word):
            strange = not (character.isalnum() or character in _MARKS or fold(f"a{character}").text != "a")
            if strange or (number == 0 and character in "-+&/") or word[number : number + 2] == "..":
                other = f'{character} is not known here: put the words in double quotes, as in "{word}"'
                raise self.error(_FOREIGN.get(character, other), start + number)
        if not fold(word).text:
            raise self.error("this holds no letter and no digit: write a word, or a phrase in double quotes", start)
