"""Many phrases looked for in one text at once: a dictionary over folded words, the longest phrase at each place wins.

Plurals make no difference, nor do case, hyphens and accents (`lexicon.text.fold`), nor a short parenthesis inside a
phrase: "natural killer (NK) cell engagers" holds "natural killer cell engager".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from lexicon.text import REMEMBERED, Folded, fold

_PARENTHESIS = re.compile(r"[(\[][^()\[\]]{1,40}[)\]]")
_KEPT_PLURALS = ("ss", "us", "is", "as", "os")
_NO_PLURALS = frozenset({"AIDS", "SARS", "MERS", "ARDS"})
_PARTICULAR = re.compile(r"[A-Z0-9][x×][A-Z0-9]|AIDS|SARS|MERS|ARDS")
"""What no plain phrase holds: acronyms that end in an s, and the sign of `_COMPOUNDS`."""
_COMPOUNDS = re.compile(r"(?<=[A-Z0-9])[x×](?=[A-Z]{2}|CD\d|\d-)")
"""The sign between the targets of a bispecific: "PD-1xVEGF"."""


@lru_cache(maxsize=REMEMBERED)
def singular(word: str) -> str:
    """Return a folded word without its plural s; words that only look like plurals keep theirs."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_KEPT_PLURALS):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into folded singular words, with the place of each in the original text."""

    original: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    aside: frozenset[int]
    """The words that stand in a short parenthesis."""

    @classmethod
    def of(cls, text: str | Folded) -> Words:
        """Return the words of a text, which may be folded already."""
        folded = fold(_COMPOUNDS.sub(" ", text)) if isinstance(text, str) else text
        found, starts = folded.text.split(), folded.starts
        ends = accumulate(len(word) + 1 for word in found)
        spans = tuple((starts[end - 1 - len(word)], starts[end - 2] + 1) for word, end in zip(found, ends, strict=True))
        original = text if isinstance(text, str) else folded.original
        return cls(
            original,
            tuple(_singular(word, original[start:end]) for word, (start, end) in zip(found, spans, strict=True)),
            spans,
            frozenset(_aside(original, spans)),
        )


def _aside(text: str, spans: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """Yield the numbers of the words inside short parentheses."""
    number = 0
    for match in _PARENTHESIS.finditer(text):
        while number < len(spans) and spans[number][0] < match.start():
            number += 1
        while number < len(spans) and spans[number][1] <= match.end():
            yield number
            number += 1


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase found: its key in the table, and its place in the original text."""

    key: str
    start: int
    end: int


class Phrases:
    """A table of phrases: folded singular words (joined by spaces) → the value that the phrase stands for."""

    def __init__(self, table: Iterable[str]) -> None:
        """Index the phrases; each is a key as `phrase_key` returns it."""
        self._lengths: dict[str, tuple[int, ...]] = {}
        lengths: dict[str, set[int]] = {}
        self._keys = frozenset(table)
        for key in self._keys:
            first, *rest = key.split(" ")
            lengths.setdefault(first, set()).add(1 + len(rest))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}

    def find(self, words: Words) -> Iterator[Found]:
        """Yield the phrases in a text, the longest at each place, overlaps included."""
        for place, word in enumerate(words.words):
            sizes = self._lengths.get(word)
            if sizes is None:
                continue
            found = self._longest(words, place, sizes)
            if found is not None:
                yield found

    def _longest(self, words: Words, place: int, sizes: tuple[int, ...]) -> Found | None:
        numbers = _without_asides(words, place, sizes[0])
        for size in sizes:
            key = " ".join(words.words[place : place + size])
            if key in self._keys and place + size <= len(words.words):
                return _found(key, words, place, place + size - 1)
            if numbers is not None and size <= len(numbers):
                key = " ".join(words.words[number] for number in numbers[:size])
                if key in self._keys:
                    return _found(key, words, place, numbers[size - 1])
        return None


def _found(key: str, words: Words, first: int, last: int) -> Found:
    """Return the place of a phrase; a parenthesis that opens in it is closed in it: "Lp(a)"."""
    start, end = words.spans[first][0], words.spans[last][1]
    inside = words.original[start:end]
    if words.original[end : end + 1] == ")" and inside.count("(") > inside.count(")"):
        end += 1
    return Found(key, start, end)


def _without_asides(words: Words, place: int, size: int) -> list[int] | None:
    """Return the numbers of the next words outside parentheses, or None where there is no parenthesis to leave out."""
    if place in words.aside or not any(number in words.aside for number in range(place, place + size)):
        return None
    numbers = [n for n in range(place, min(len(words.words), place + size + 8)) if n not in words.aside]
    return numbers[:size]


@lru_cache(maxsize=REMEMBERED)
def phrase_key(text: str) -> str:
    """Return the form under which a phrase stands in a table: its folded singular words, joined by spaces."""
    if _PARTICULAR.search(text):
        return " ".join(Words.of(text).words)
    return " ".join(singular(word) for word in fold(text).text.split())


def _singular(word: str, written: str) -> str:
    """Return a folded word without its plural s, unless what is written is an acronym that ends in one: "AIDS"."""
    return word if written in _NO_PLURALS else singular(word)
