"""Company names: one key for all the forms of a company, and the name under which it is shown.

companies.key(name, year) -> str      "Merck & Co., Inc." and "MSD" alike, never Merck KGaA; "" for an empty name
companies.canonical(name) -> str      the name as shown: "Takeda Pharmaceutical Company Limited" → "Takeda"
companies.known(name) -> bool         whether the bundled table has it
companies.country(name) -> str        the code of the country in which it sits; "" where not known
companies.is_large(name) -> bool      whether it is one of the large companies of the trade
companies.find(text) -> (Company(name, start, end), …)     the known companies that a text names, in order
without_suffix(name) -> str           "Ostara Immune SA" → "Ostara Immune"

Forms of one name are shown as that name. A former name or a subsidiary's has a line of its own and is shown as written,
but has its owner's key; one that was bought has it from that year on: Celgene was a company of its own until it became
part of Bristol Myers Squibb in 2019.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lexicon.phrases import Phrases, Words, phrase_key
from lexicon.tables import forms, rows
from lexicon.text import REMEMBERED, Folded, fold

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
    _owners: Mapping[str, tuple[str, int]]
    _about: Mapping[str, str]
    _phrases: Phrases

    @classmethod
    def of(cls, table: str) -> Companies:
        """Return the companies of a table (columns: name, other forms, country and "large", whose it is).

        Raises ValueError naming the line where a form belongs to two companies, or the owner who is not in the table.
        """
        names: dict[str, str] = {}
        lines = list(rows(table, 4, needed=1))
        read = [(number, name, (name, *forms(others))) for number, (name, others, _, _) in lines]
        about = {name: said for _, (name, _, said, _) in lines}
        owners = {name: _since(owner) for _, (name, _, _, owner) in lines if owner}
        if strangers := {owner for owner, _ in owners.values()} - about.keys():
            raise ValueError(f"owners without a line of their own: {', '.join(sorted(strangers))}")
        for number, name, written in read:
            for form in written:
                if names.setdefault(phrase_key(form), name) != name:
                    raise ValueError(f"line {number}: {form!r} is a form of {names[phrase_key(form)]!r} already")
        for _, name, written in read:
            for form in written:
                names.setdefault(_bare(form), name)
        names.pop("", None)
        return cls(names, owners, about, Phrases(names))

    def key(self, name: str, year: int | None = None) -> str:
        """Return one key for all forms of a company, as they were used in a year; "" for an empty name.

        Without a year, a company that another bought is one of its own.
        """
        known = self._known(name)
        if known is None:
            return _bare(name) or fold(name).text
        while (owner := self._owners.get(known)) is not None and owner[1] <= (year or 0):
            known = owner[0]
        return fold(known).text

    def country(self, name: str) -> str:
        """Return the code of the country in which a known company sits; "" where the table does not say."""
        return self._about.get(self._known(name) or "", "").partition(" ")[0]

    def is_large(self, name: str) -> bool:
        """Whether a company is one of the large ones of the trade."""
        return self._about.get(self._known(name) or "", "").endswith(" large")

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


def _since(owner: str) -> tuple[str, int]:
    """Return the owner and the year from which on it is that; 0 where it always was."""
    name, _, year = owner.partition(" from ")
    return name, int(year) if year else 0


@lru_cache(maxsize=REMEMBERED)
def without_suffix(name: str) -> str:
    """Return a name without the legal suffixes at its end: "Ostara Immune SA" is "Ostara Immune"."""
    name = name.strip(" ,;")
    while match := _TAIL.search(name):
        name = name[: match.start()].rstrip(" ,&")
    return name


@lru_cache(maxsize=REMEMBERED)
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
