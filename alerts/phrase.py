"""Find a phrase in a text as a person means it, and the place of the original words.

Case, hyphens, accents, plurals, possessives, Greek letters and marks make no difference (lexicon.phrases.Words), nor
does a parenthesis inside. Beyond that a code matches however it is spaced: "B7-H3", "B7 H3" and "B7H3" are one, and so
are "co-development" and "codevelopment"; words that a space parts are only joined where a letter meets a digit. A
phrase does not run on over the end of a sentence, as far as punctuation and capitals show one. A word that ends in *
stands for every word that begins so: "engag*" is engager, engagers and engaging.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from lexicon.phrases import Words
from lexicon.text import fold
from news.reading import Evidence, Field

_BREAK = re.compile(r"[.!?][\"'”’)\]]*\s|\n\s*\n")
_ABBREVIATION = 3
"""Up to so many letters before a full stop are taken for an abbreviation: "Inc.", "St.", "U.S."."""
PIECES = 5
"""So many words may be written as one."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A title or a text of one article, made ready to be searched; two are the same only where they are one object."""

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a phrase; those whose numbers are in `stems` are only the beginning of a word."""

    words: Words
    stems: frozenset[int]

    @classmethod
    def of(cls, phrase: str) -> Wanted:
        """Return what a phrase asks for."""
        words = Words.of(phrase)
        stems = frozenset(n for n, (_, end) in enumerate(words.spans) if phrase[end : end + 1] == "*")
        if stems:
            full = (written(words, n) if n in stems else word for n, word in enumerate(words.words))
            words = replace(words, words=tuple(full))
        return cls(words, stems)


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Where in a passage something stands: the numbers of its first and of its last word."""

    first: int
    last: int


@lru_cache(maxsize=4096)
def variants(phrase: str) -> tuple[Wanted, ...]:
    """Return the phrase, and without its parentheses where it has some; nothing for one without a word."""
    whole = Wanted.of(phrase)
    words = whole.words
    kept = [number for number in range(len(words.words)) if number not in words.aside]
    if not words.words:
        return ()
    if not words.aside or not kept:
        return (whole,)
    rest = (f"{phrase[slice(*words.spans[n])]}{'*' if n in whole.stems else ''}" for n in kept)
    return whole, Wanted.of(" ".join(rest))


def stretches(phrase: str, passage: Passage) -> Iterator[Stretch]:
    """Yield the places of a phrase in a passage, as words."""
    for wanted in variants(phrase):
        yield from standing(wanted, passage)


def standing(wanted: Wanted, passage: Passage) -> Iterator[Stretch]:
    """Yield the places of the words of a phrase in a passage, from the first on."""
    for first in _beginnings(wanted, passage):
        last = _follow(wanted, passage, first)
        if last is not None:
            yield Stretch(first, last)


def quoted(stretch: Stretch, passage: Passage) -> Evidence:
    """Return the original words of a stretch; "(NK) cell engager" is quoted with both its parentheses."""
    start, end = passage.words.spans[stretch.first][0], passage.words.spans[stretch.last][1]
    return passage.evidence(start - _lacks_opening(passage.text, start, end), end)


def find(phrase: str, passage: Passage) -> Iterator[Evidence]:
    """Yield the places of a phrase in a passage."""
    yield from (quoted(stretch, passage) for stretch in stretches(phrase, passage))


@lru_cache(maxsize=16384)
def is_like(phrase: str, name: str) -> bool:
    """Return whether a name is or holds a phrase."""
    return any(True for _ in find(phrase, name_passage(name)))


@lru_cache(maxsize=4096)
def name_passage(name: str) -> Passage:
    """Return a name as a passage; names come again and again."""
    return Passage.of(name)


def _lacks_opening(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "(" and text.count(")", start, end) > text.count("(", start, end)


def written(words: Words, number: int) -> str:
    """Return a folded word with its plural s, if it has one."""
    start, end = words.spans[number]
    original, word = words.original[start:end], words.words[number]
    return word if word in {original, original.lower()} else fold(original).text


def _beginnings(wanted: Wanted, passage: Passage) -> list[int]:
    """Return where a phrase may begin: at its first word, at a part of it, or at a word that it is a part of."""
    first = wanted.words.words[0]
    found: set[int] = set()
    for word in alike(first):
        found.update(passage.places.get(word, ()))
    openers = _openers(passage)
    for size in range(1, len(first)):
        found.update(openers.get(first[:size], ()))
    if 0 in wanted.stems or joins(wanted.words, 1):
        # The vocabulary holds singulars: "therapies*" is a beginning of what stands there as "therapy".
        begun = first[: max(1, len(first) - 3)] if 0 in wanted.stems else first
        at = bisect_left(passage.vocabulary, begun)
        while at < len(passage.vocabulary) and passage.vocabulary[at].startswith(begun):
            found.update(passage.places[passage.vocabulary[at]])
            at += 1
    return sorted(found)


def _follow(wanted: Wanted, passage: Passage, first: int) -> int | None:
    """Return the number of the last word, where the whole phrase stands at `first`."""
    size, text = len(wanted.words.words), passage.words
    waiting, seen = [(0, first)], {(0, first)}
    while waiting:
        matched, here = waiting.pop()
        for ahead, after in _steps(wanted, matched, text, here):
            if ahead == size:
                return after - 1
            for onward in (after, beyond_aside(text, after)):
                if (ahead, onward) not in seen and onward < len(text.words) and not _parted(text, after, onward):
                    seen.add((ahead, onward))
                    waiting.append((ahead, onward))
    return None


def _steps(wanted: Wanted, matched: int, text: Words, here: int) -> Iterator[tuple[int, int]]:
    """Yield how far the next word or words of phrase and text are the same: the numbers of the words behind them."""
    mine, theirs = wanted.words.words[matched], text.words[here]
    if theirs in alike(mine) and matched not in wanted.stems:
        yield matched + 1, here + 1
    ahead, after = matched + 1, here + 1
    while True:
        pieces = max(ahead - matched, after - here)
        is_stem = ahead - 1 in wanted.stems
        if mine == theirs or (is_stem and _is_begun(mine, theirs, text, after - 1)):
            if pieces > 1 or is_stem:
                yield ahead, after
            return
        if pieces >= PIECES:
            return
        if theirs.startswith(mine) and joins(wanted.words, ahead):
            mine += wanted.words.words[ahead]
            ahead += 1
        elif mine.startswith(theirs) and joins(text, after):
            theirs += text.words[after]
            after += 1
        else:
            return


def _is_begun(stem: str, theirs: str, text: Words, last: int) -> bool:
    """Return whether words of a text, the last of them in the plural too, begin with a stem."""
    return theirs.startswith(stem) or (theirs.removesuffix(text.words[last]) + written(text, last)).startswith(stem)


@lru_cache(maxsize=256)
def _openers(passage: Passage) -> dict[str, list[int]]:
    """Return the words that may be written as one with the word behind them, with their numbers."""
    found: dict[str, list[int]] = {}
    for number in joints(passage):
        found.setdefault(passage.words.words[number - 1], []).append(number - 1)
    return found


@lru_cache(maxsize=256)
def joints(passage: Passage) -> frozenset[int]:
    """Return the numbers of the words that may be written as one with the word before them."""
    words, original = passage.words, passage.words.original
    some: set[int] = set()
    for number, ((_, end), (start, _)) in enumerate(pairwise(words.spans), 1):
        # Behind a space a word is only joined where a digit is beside it.
        if original[end] != " " and " " not in original[end:start]:
            some.add(number)
    some.update(n + k for w in passage.vocabulary if not w.isalpha() for n in passage.places[w] for k in (0, 1))
    return frozenset(number for number in some if number and joins(words, number))


def joins(words: Words, number: int) -> bool:
    """Return whether a word may be written as one with the word before it."""
    if number >= len(words.words):
        return False
    gap = words.original[words.spans[number - 1][1] : words.spans[number][0]]
    if gap != " " and not gap.isspace():
        return not gap or gap.split() == [gap]
    return words.words[number - 1][-1].isdigit() != words.words[number][0].isdigit()


def beyond_aside(text: Words, number: int) -> int:
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


def alike(word: str) -> tuple[str, ...]:
    """Return the singulars that a folded word may have: "viruses" is cut to "viruse", which is "virus" too."""
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return (word, f"{word}e")
    if word.endswith(("se", "xe", "ze", "che", "she")):
        return (word, word[:-1])
    return (word,)
