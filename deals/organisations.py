"""The runs of capitalised words of an article, gathered into organisations: full names, short names, known aliases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from deals.names import Mention, Run
from deals.namewords import HEADS
from lexicon import Lexicon
from lexicon.companies import without_suffix
from lexicon.text import fold

STRONG = frozenset({"known", "suffix", "head", "public", "ticker", "defined", "apposition", "before", "camel"})
_TAILS_WORDS = (
    "holding holdings group company corporation international usa us uk america north europe japan china inc ltd"
)
_NO_INITIAL = frozenset({"of", "for", "and", "the", "on", "holdings", "holding", "group", "company", "corporation"})
_TAILS = frozenset(_TAILS_WORDS.split())
_LANDS = frozenset({"usa", "us", "uk"})
_MOST = 60


@dataclass(slots=True)
class Organisation:
    """An organisation of an article: its name as shown, its places in order, and what shows that it is one."""

    name: str
    mentions: list[Mention] = field(default_factory=list)
    signs: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)


def gather(runs: Iterable[Run], lexicon: Lexicon) -> tuple[Organisation, ...]:
    """Return the organisations that runs name, in the order in which the article names them."""
    runs = list(runs)
    found = _Found()
    # Full names first, so that a short name finds the one it belongs to wherever it stands.
    for run in sorted(runs, key=_fullness):
        _add(found, run, lexicon)
    kept = [
        one
        for one in found.organisations
        if one.signs & (STRONG | {"possessive", "slot", "speaks", "headline"}) or len(one.mentions) > 2
    ]
    for one in kept:
        one.mentions.sort(key=lambda mention: (mention.field == "title", mention.start))
    kept.sort(key=lambda one: (one.mentions[0].field == "title", one.mentions[0].start))
    return tuple(kept[:_MOST])


class _Found:
    """The organisations found so far, in order, and the tables in which their forms are looked up."""

    def __init__(self) -> None:
        """Begin with none."""
        self.organisations: list[Organisation] = []
        self.by_key: dict[str, int] = {}
        self._by_form: dict[tuple[str, ...], int] = {}
        self._by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        self._by_initials: dict[tuple[str, ...], int] = {}

    def add(self, key: str, organisation: Organisation) -> int:
        """Take in a new organisation; return its number."""
        number = self.by_key[key] = len(self.organisations)
        self.organisations.append(organisation)
        return number

    def call(self, number: int, form: tuple[str, ...]) -> None:
        """Take in a form of an organisation."""
        if form in self.organisations[number].forms:
            return
        self.organisations[number].forms.add(form)
        self._by_form[form] = min(number, self._by_form.get(form, number))
        initials = "".join(word[0] for word in form if word not in _NO_INITIAL)
        if len(initials) > 2:
            self._by_initials.setdefault((initials,), number)
        for at in range(1, len(form) - 1) if len(form) > 3 else ():
            self._by_form.setdefault((form[at - 1], "".join(word[0] for word in form[at:])), number)
        for word in set(form[:2]):
            self._by_word.setdefault(word, []).append((number, form))

    def owner(self, words: tuple[str, ...], *, known: bool) -> int | None:
        """Return the first organisation of which these words are a form, else a beginning or a shortened form."""
        if words in self._by_form:
            return self._by_form[words]
        near = self._by_word.get(words[0], ())
        shortened = min((number for number, form in near if _is_short_for(words, form, known=known)), default=None)
        return self._by_initials.get(words) if shortened is None and not known else shortened


def _fullness(run: Run) -> tuple[bool, int, int]:
    strong = bool(run.signs & {"suffix", "ticker", "defined", "known"}) or (bool(run.signs & {"head", "public"}))
    return not strong, -len(run.name.split()), run.mention.start


def _add(found: _Found, run: Run, lexicon: Lexicon) -> None:
    """Add a run to the organisation that it names, which may be new."""
    words = tuple(fold(without_suffix(run.name)).text.split())
    if not words:
        return
    known = "known" in run.signs
    number = found.owner(words, known=known)
    if number is None:
        key = lexicon.companies.key(run.name)
        number = found.by_key.get(key)
        if number is None and "common" in run.signs:
            return
        number = found.add(key, Organisation(_shown(run.name, lexicon))) if number is None else number
    one = found.organisations[number]
    one.mentions.append(run.mention)
    one.signs |= run.signs - {"common"}
    found.call(number, words)
    if known:
        found.call(number, tuple(fold(one.name).text.split()))
    if run.alias:
        found.call(number, tuple(fold(run.alias).text.split()))


def _shown(name: str, lexicon: Lexicon) -> str:
    """Return the name as shown: the table's, also where the article adds "Therapeutics" to the same first word."""
    shown = lexicon.companies.canonical(name)
    if lexicon.companies.known(name):
        return shown
    first = shown.split(" ")
    bare = " ".join(w for number, w in enumerate(first) if number == 0 or w.lower() not in HEADS | _LANDS)
    table = lexicon.companies.canonical(bare)
    return table if lexicon.companies.known(bare) and first[0].lower() in table.lower().split() else shown


def _is_short_for(words: tuple[str, ...], form: tuple[str, ...], *, known: bool) -> bool:
    """Whether words stand for a longer form: "Innate" for "Innate Pharma", also within it and shortened."""
    if len(words) > len(form):
        return words[: len(form)] == form and all(word in HEADS or word in _TAILS for word in words[len(form) :])
    if len(words[0]) < 3 and words[0].isalpha():
        return False
    if known:
        return words == form[: len(words)] and all(word in HEADS or word in _TAILS for word in form[len(words) :])
    if len(words[0]) < 5 and len(words) == 1:
        return form[0] == words[0]
    return any(
        form[at] == words[0] and all(whole.startswith(part) for part, whole in zip(words, form[at:], strict=False))
        for at in range(min(2, len(form) - len(words) + 1))
    )
