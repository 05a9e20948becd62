"""Company names: one key for all the forms of a company, and the name under which it is shown.

companies.key(name) -> str            "Merck & Co., Inc." and "MSD" alike, never Merck KGaA; "" for an empty name
companies.canonical(name) -> str      the name as shown: "Takeda Pharmaceutical Company Limited" → "Takeda"
companies.known(name) -> bool         whether the bundled table has it
companies.find(text) -> (Company(name, start, end), …)     the known companies that a text names, in order
without_suffix(name) -> str           "Ostara Immune SA" → "Ostara Immune"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lexicon.phrases import Phrases, Words, phrase_key
from lexicon.tables import forms, rows
from lexicon.text import Folded, fold

_LEGAL_FORMS = (
    "inc incorporated corp corporation co company ltd limited llc llp lp plc ag sa se nv bv ab as asa oyj oy "
    "aps kk "
    "gmbh kgaa kg spa srl sas sarl sl pty pte bhd sdn tbk pvt private public cyf ulc lllp pbc gk ohg mbh"
)
_SUFFIXES = frozenset(_LEGAL_FORMS.split())
_DOTTED = (("s", "a"), ("n", "v"), ("b", "v"), ("a", "s"), ("s", "p", "a"), ("k", "k"), ("s", "r", "l"), ("l", "p"))
_TAIL = re.compile(
    r"[\s,]+(?:inc|incorporated|corp|corporation|ltd|limited|llc|llp|l\.?p|plc|ag|s\.?a(?:\.?s)?|s\.e|se|n\.?v|"
    r"b\.?v|ab|"
    r"a/s|as|asa|oyj|oy|aps|k\.?k|gmbh|kgaa|s\.?p\.?a|s\.?r\.?l|pty|pte|pvt|(?:&\s*|and\s+)?co|company|pbc|ulc)\.?,?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Company:
    """A known company in a text: its name as shown, and the place of the words that name it."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Companies:
    """The table of companies: every folded form → the name as shown."""

    _names: Mapping[str, str]
    _phrases: Phrases

    @classmethod
    def of(cls, table: str) -> Companies:
        """Return the companies of a table (columns: name, other forms).

        Raises ValueError naming the line where a form belongs to two companies.
        """
        names: dict[str, str] = {}
        read = [(number, name, (name, *forms(others))) for number, (name, others) in rows(table, 2)]
        for number, name, written in read:
            for form in written:
                if names.setdefault(phrase_key(form), name) != name:
                    raise ValueError(f"line {number}: {form!r} is a form of {names[phrase_key(form)]!r} already")
        for _, name, written in read:
            for form in written:
                names.setdefault(_bare(form), name)
        names.pop("", None)
        return cls(names, Phrases(names))

    def key(self, name: str) -> str:
        """Return one key for all forms of a company; "" for an empty name."""
        known = self._known(name)
        if known is not None:
            return fold(known).text
        return _bare(name) or fold(name).text

    def canonical(self, name: str) -> str:
        """Return the name as shown: the table's, else the name without its legal suffix."""
        return self._known(name) or without_suffix(name)

    def known(self, name: str) -> bool:
        """Whether the table has the company."""
        return self._known(name) is not None

    def find(self, text: str | Folded | Words) -> tuple[Company, ...]:
        """Return the known companies that a text names with a capital letter, in order, without overlaps."""
        words = text if isinstance(text, Words) else Words.of(text)
        found: list[Company] = []
        for place in self._phrases.find(words):
            if found and place.start < found[-1].end:
                continue
            if _is_name(words.original[place.start : place.end]):
                found.append(Company(self._names[place.key], place.start, place.end))
        return tuple(found)

    def _known(self, name: str) -> str | None:
        """Return the table's name of a company, its legal suffixes dropped one by one."""
        found = self._names.get(phrase_key(name))
        return found if found is not None else self._names.get(_bare(name))


def without_suffix(name: str) -> str:
    """Return a name without the legal suffixes at its end: "Ostara Immune SA" is "Ostara Immune"."""
    name = name.strip(" ,;")
    while match := _TAIL.search(name):
        name = name[: match.start()].rstrip(" ,&")
    return name


def _bare(name: str) -> str:
    """Return the folded words of a name without a leading article and without legal suffixes."""
    words = fold(name).text.split()
    if words[:1] == ["the"]:
        words = words[1:]
    while len(words) > 1:
        dotted = next((d for d in _DOTTED if tuple(words[-len(d) :]) == d and len(words) > len(d)), None)
        if dotted is not None:
            words = words[: -len(dotted)]
        elif words[-1] in _SUFFIXES or words[-1] == "and":
            words = words[:-1]
        else:
            break
    return phrase_key(" ".join(words))


def _is_name(written: str) -> bool:
    """Whether the words are written as a name: they begin with a capital or a digit, or hold a capital."""
    return any(letter.isupper() for letter in written) and (written[0].isupper() or not written[0].islower())
