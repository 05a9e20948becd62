r"""Expressions for texts in small letters: as quick as exact ones, as forgiving as those that ignore case.

    lowered(r"\b(?:agree|collab)\w+") -> Lowered        to be matched with `text.lower()`: .search .match .finditer .sub

Most of a hundred signs are not in a text, and Python tries an expression at every letter before it says so. Whatever
matches holds one of a few words, though ("agree", "collab"): they are found in the expression itself, and where a text
has none of them, nothing is tried. The answers are those of `re`, only sooner.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants as kinds  # type: ignore[attr-defined]  # private: see `needed`
from re import _parser as parser  # type: ignore[attr-defined]  # private: see `needed`
from typing import Any

_ESCAPE_OR_CAPITAL = re.compile(r"\\.|[A-Z]")
_SETS, _MOST, _SHORTEST = 3, 60, 2
"""So many sets of so many words at most, and so many letters at least, are worth looking for first."""

Words = frozenset[str]


class Lowered:
    """A compiled expression, and the words of which each of its matches holds one (none where none are known)."""

    __slots__ = ("needs", "pattern")

    def __init__(self, expression: str) -> None:
        """Compile an expression of small letters."""
        self.pattern = re.compile(expression)
        self.needs = needed(expression)

    def match(self, text: str) -> re.Match[str] | None:
        """Return the match at the beginning of a text."""
        return self.pattern.match(text) if self.may_match(text) else None

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match in a text."""
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Return the matches in a text, in order."""
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def sub(self, put: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return a text with its matches replaced."""
        return self.pattern.sub(put, text) if self.may_match(text) else text

    def may_match(self, text: str) -> bool:
        """Whether a text holds the words without which nothing matches."""
        for words in self.needs:
            for word in words:  # as any() it takes twice as long, and much of all time is spent here
                if word in text:
                    break
            else:
                return False
        return True


def lowered(expression: str) -> Lowered:
    """Return the expression in small letters, to be matched with `text.lower()`."""
    return Lowered(
        _ESCAPE_OR_CAPITAL.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].lower(), expression)
    )


def needed(expression: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words, of each of which every match of an expression holds at least one; () where none is known.

    They are read off the tree that Python's own parser makes of it. What the tree may come to hold in a later version,
    and is not known here, counts as holding no word: that is always right, and only slower.
    """
    ranked = sorted(filter(_is_worth_it, _wanted(parser.parse(expression))), key=_frequency)
    return tuple(tuple(sorted(words, key=_length)) for words in dict.fromkeys(ranked[:_SETS]))


def _wanted(items: Sequence[Any]) -> list[Words]:
    """Return sets of words, of each of which any match of a sequence holds one."""
    found: list[Words] = []
    letters: list[str] = []
    for kind, value in items:
        if kind is kinds.LITERAL:
            letters.append(chr(value))
            continue
        found.append(frozenset({"".join(letters)}))
        letters.clear()
        found.extend(_inside(kind, value))
    return [*found, frozenset({"".join(letters)})]


def _inside(kind: object, value: Any) -> list[Words]:  # noqa: ANN401  # each kind of node has values of its own
    if kind is kinds.SUBPATTERN:
        return _wanted(value[-1])
    if kind is kinds.BRANCH:
        branches = [_best(_wanted(each)) for each in value[1]]
        return [frozenset().union(*branches)] if all(branches) else []
    repeated = kind in {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT} and value[0] > 0
    return _wanted(value[2]) if repeated else []


def _best(sets: Sequence[Words]) -> Words:
    """Return the words that stand in the fewest texts: few and long ones; none where all are too short or too many."""
    return min(filter(_is_worth_it, sets), key=_frequency, default=frozenset())


def _is_worth_it(words: Words) -> bool:
    return 0 < len(words) <= _MOST and all(len(word) >= _SHORTEST for word in words)


def _frequency(words: Words) -> tuple[float, list[str]]:
    """Return how often one of the words is to be expected, as a figure to compare."""
    return sum(4.0 ** -len(word) for word in words), sorted(words)


def _length(word: str) -> tuple[int, str]:
    return len(word), word
