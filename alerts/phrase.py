"""Find a phrase in a text as a person means it, and the place of the original words.

Case, hyphens, accents, plurals, possessives, Greek letters and marks make no difference (lexicon.phrases.Words), nor
does a parenthesis inside. Beyond that a code matches however it is spaced: "B7-H3", "B7 H3" and "B7H3" are one, and so
are "co-development" and "codevelopment"; words that a space parts are only joined where a letter meets a digit. A
phrase does not run on over the end of a sentence, as far as punctuation and capitals show one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lexicon.phrases import Words
from news.reading import Evidence, Field

_BREAK = re.compile(r"[.!?][\"'”’)\]]*\s|\n\s*\n")
_ABBREVIATION = 3
"""Up to so many letters before a full stop are taken for an abbreviation: "Inc.", "St.", "U.S."."""
_PIECES = 4
"""So many words may be written as one."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A title or a text of one article, made ready to be searched."""

    text: str
    field: Field
    url: str
    words: Words
    places: dict[str, tuple[int, ...]]
    vocabulary: tuple[str, ...]

    @classmethod
    def of(cls, text: str, field: Field = "text", url: str = "") -> Passage:
        """Return the passage that a text is."""
        words = Words.of(text)
        places: dict[str, list[int]] = {}
        for number, word in enumerate(words.words):
            places.setdefault(word, []).append(number)
        numbers = {word: tuple(found) for word, found in places.items()}
        return cls(text, field, url, words, numbers, tuple(sorted(numbers)))

    def evidence(self, start: int, end: int) -> Evidence:
        """Return a place of the passage as evidence."""
        return Evidence(self.text[start:end], start, end, self.field, url=self.url)


@lru_cache(maxsize=4096)
def phrase_words(phrase: str) -> Words:
    """Return the words of a phrase; a phrase without any is found nowhere."""
    return Words.of(phrase)


def find(phrase: str, passage: Passage) -> Iterator[Evidence]:
    """Yield the places of a phrase in a passage."""
    for wanted in _variants(phrase_words(phrase)):
        for first in _beginnings(wanted, passage):
            last = _follow(wanted, passage, first)
            if last is not None:
                start, end = passage.words.spans[first][0], passage.words.spans[last][1]
                # "(NK) cell engager" is quoted with both its parentheses.
                yield passage.evidence(start - _lacks_opening(passage.text, start, end), end)


def is_like(phrase: str, name: str) -> bool:
    """Return whether a name is or holds a phrase."""
    return any(True for _ in find(phrase, Passage.of(name)))


def _lacks_opening(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "(" and text.count(")", start, end) > text.count("(", start, end)


def _variants(words: Words) -> Iterator[Words]:
    """Yield the phrase itself, and without its parentheses where it has some."""
    if not words.words:
        return
    yield words
    kept = [number for number in range(len(words.words)) if number not in words.aside]
    if words.aside and kept:
        yield Words.of(" ".join(words.original[slice(*words.spans[number])] for number in kept))


def _beginnings(wanted: Words, passage: Passage) -> list[int]:
    """Return where a phrase may begin: at its first word, at a part of it, or at a word that it is a part of."""
    first = wanted.words[0]
    found: set[int] = set()
    for word in (*_alike(first), *(first[:size] for size in range(1, len(first)))):
        found.update(passage.places.get(word, ()))
    if len(wanted.words) > 1:
        at = bisect_left(passage.vocabulary, first)
        while at < len(passage.vocabulary) and passage.vocabulary[at].startswith(first):
            found.update(passage.places[passage.vocabulary[at]])
            at += 1
    return sorted(found)


def _follow(wanted: Words, passage: Passage, first: int) -> int | None:
    """Return the number of the last word, where the whole phrase stands at `first`."""
    size, text = len(wanted.words), passage.words
    waiting, seen = [(0, first)], {(0, first)}
    while waiting:
        matched, here = waiting.pop()
        for ahead, after in _steps(wanted, matched, text, here):
            if ahead == size:
                return after - 1
            for onward in (after, _beyond_aside(text, after)):
                if (ahead, onward) not in seen and onward < len(text.words) and not _parted(text, after, onward):
                    seen.add((ahead, onward))
                    waiting.append((ahead, onward))
    return None


def _steps(wanted: Words, matched: int, text: Words, here: int) -> Iterator[tuple[int, int]]:
    """Yield how far the next word or words of phrase and text are the same: the numbers of the words behind them."""
    mine, theirs = wanted.words[matched], text.words[here]
    if theirs in _alike(mine):
        yield matched + 1, here + 1
    ahead, after = matched + 1, here + 1
    while mine != theirs and max(ahead - matched, after - here) <= _PIECES:
        if theirs.startswith(mine) and _joins(wanted, ahead):
            mine += wanted.words[ahead]
            ahead += 1
        elif mine.startswith(theirs) and _joins(text, after):
            theirs += text.words[after]
            after += 1
        else:
            return
    if mine == theirs and max(ahead - matched, after - here) > 1:
        yield ahead, after


def _joins(words: Words, number: int) -> bool:
    """Return whether a word may be written as one with the word before it."""
    if number >= len(words.words):
        return False
    gap = words.original[words.spans[number - 1][1] : words.spans[number][0]]
    if not any(character.isspace() for character in gap):
        return True
    return gap.isspace() and words.words[number - 1][-1].isdigit() != words.words[number][0].isdigit()


def _beyond_aside(text: Words, number: int) -> int:
    """Return the number of the first word behind the parenthesis that begins at a word, else the word's own."""
    if number not in text.aside or number - 1 in text.aside:
        return number
    while number in text.aside:
        number += 1
    return number


def _parted(text: Words, after: int, onward: int) -> bool:
    """Return whether a sentence ends before either side of what lies between two words."""
    return any(_ends(text, number) for number in {after, onward})


def _ends(text: Words, number: int) -> bool:
    start, end = text.spans[number - 1][1], text.spans[number][0]
    gap = _BREAK.search(text.original, start, end)
    if gap is None:
        return False
    short = len(text.words[number - 1]) <= _ABBREVIATION
    return "\n" in gap[0] or not (short or text.original[end].islower())


def _alike(word: str) -> tuple[str, ...]:
    """Return the singulars that a folded word may have: "viruses" is cut to "viruse", which is "virus" too."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word, f"{word}e")
    if word.endswith(("se", "xe", "ze", "che", "she")):
        return (word, word[:-1])
    return (word,)
