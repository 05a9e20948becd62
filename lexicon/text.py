"""Text as people mean it: one folded form in which case, hyphens, accents, Greek letters and marks make no difference.

Folding keeps a map back to the original, so that whatever is found in the folded form can be quoted exactly. Words are
separated by single spaces: "NK-cell", "NK cell" and "NK  Cell" fold alike, and so do "IFN-γ" and "IFN-gamma".
`squash` goes one step further for codes, where writers also drop the hyphen: "B7-H3", "B7 H3" and "B7H3" are one.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma",
    "ς": "sigma", "τ": "tau", "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "µ": "mu",
}  # fmt: skip
_DROPPED = frozenset("®™©℠*\u00ad\u200b\u200c\u200d\ufeff")
_PLAIN = re.compile(r"[A-Za-z0-9]++(?: [A-Za-z0-9]++)*+")
_APOSTROPHES = frozenset("'’‘`´ʼ")
REMEMBERED = 4096
"""Names come again and again in an article: so many of what was last asked for are kept."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text: `text`, and for each of its characters the place of the original character in `starts`."""

    original: str
    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the original of a non-empty stretch of the folded text."""
        return self.starts[start], self.starts[end - 1] + 1


@lru_cache(maxsize=8192)
def _fold_character(character: str) -> str:
    """Return what one character folds to: letters and digits, a space, or nothing."""
    if character in _DROPPED:
        return ""
    greek = _GREEK.get(character.lower())
    if greek:
        return greek
    decomposed = unicodedata.normalize("NFKD", character.casefold()).casefold()  # a bold 𝐀 has its case inside
    plain = "".join(c for c in decomposed if not unicodedata.combining(c) and c not in _APOSTROPHES)
    return "".join(_GREEK.get(c, c) if c.isalnum() else " " for c in plain) if plain else ""


def fold(text: str) -> Folded:
    """Return the folded form of a text; linear in its length."""
    return _fold_name(text) if len(text) <= _LONGEST_NAME else _fold(text)


@lru_cache(maxsize=REMEMBERED)
def _fold_name(name: str) -> Folded:
    return _fold(name)


def _fold(text: str) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    open_word = False
    place = 0
    length = len(text)
    while place < length:
        run = _PLAIN.match(text, place)
        if run is not None:  # most of a text: words that only change their case
            letters.append(run.group().lower())
            starts.extend(range(place, run.end()))
            open_word = True
            place = run.end()
            continue
        character = text[place]
        if character in _APOSTROPHES:
            place = _skip_possessive(text, place, length)
            continue
        if open_word and character.lower() in _GREEK:
            letters.append(" ")  # TNFα is TNF-α
            starts.append(place)
        for folded in _fold_character(character):
            if folded != " " or open_word:
                letters.append(folded)
                starts.append(place)
                open_word = folded != " "
        place += 1
    if letters and not open_word:
        letters.pop()
        starts.pop()
    return Folded(text, "".join(letters), tuple(starts))


def _skip_possessive(text: str, place: int, length: int) -> int:
    """Return where to go on after an apostrophe: behind a possessive 's, else behind the mark itself."""
    follows = text[place + 1] if place + 1 < length else ""
    after = text[place + 2] if place + 2 < length else ""
    return place + 2 if follows in {"s", "S"} and not after.isalnum() else place + 1


_IS_GREEK = re.compile(f"[{''.join(_GREEK)}]", re.IGNORECASE)
_APOSTROPHE = re.compile(f"[{''.join(sorted(_APOSTROPHES))}](?:[sS](?![^\\W_]))?")


class _Table(dict[int, str]):
    """What each character folds to, filled in as they come."""

    def __missing__(self, code: int) -> str:
        """Fold a character that was not asked for before."""
        folded = _fold_character(chr(code))
        if len(self) < REMEMBERED:
            self[code] = folded
        return folded


_TABLE = _Table()


def words(text: str) -> list[str]:
    """Return the folded words of a text: those of `fold`, which also keeps their places and takes twice as long."""
    if _IS_GREEK.search(text):  # it begins a word of its own
        return fold(text).text.split()
    return _APOSTROPHE.sub("", text).translate(_TABLE).split()


def title_key(title: str) -> str:
    """Return the form under which two titles are compared."""
    return fold(title).text


def squash(text: str) -> str:
    """Return the form under which codes and symbols are compared: folded, without any space."""
    return fold(text).text.replace(" ", "")
