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
_TAILS = frozenset(_TAILS_WORDS.split())
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
    found: dict[str, Organisation] = {}
    # Full names first, so that a short name finds the one it belongs to wherever it stands.
    for run in sorted(runs, key=_fullness):
        _add(found, run, lexicon)
    kept = [
        one
        for one in found.values()
        if one.signs & (STRONG | {"possessive", "slot", "speaks", "headline"}) or len(one.mentions) > 2
    ]
    for one in kept:
        one.mentions.sort(key=lambda mention: (mention.field == "title", mention.start))
    kept.sort(key=lambda one: (one.mentions[0].field == "title", one.mentions[0].start))
    return tuple(kept[:_MOST])


def _fullness(run: Run) -> tuple[bool, int, int]:
    strong = bool(run.signs & {"suffix", "ticker", "defined", "known"}) or (bool(run.signs & {"head", "public"}))
    return not strong, -len(run.name.split()), run.mention.start


def _add(found: dict[str, Organisation], run: Run, lexicon: Lexicon) -> None:
    """Add a run to the organisation that it names, which may be new."""
    words = tuple(fold(without_suffix(run.name)).text.split())
    if not words:
        return
    known = "known" in run.signs
    one = _owner(found.values(), words, known=known) or found.get(lexicon.companies.key(run.name))
    if one is None and "common" in run.signs:
        return
    if one is None:
        one = found[lexicon.companies.key(run.name)] = Organisation(_shown(run.name, lexicon))
    one.mentions.append(run.mention)
    one.signs |= run.signs - {"common"}
    one.forms.add(words)
    if known:
        one.forms.add(tuple(fold(one.name).text.split()))
    if run.alias:
        one.forms.add(tuple(fold(run.alias).text.split()))


def _shown(name: str, lexicon: Lexicon) -> str:
    """Return the name as shown: the table's, also where the article adds "Therapeutics" to the same first word."""
    shown = lexicon.companies.canonical(name)
    if lexicon.companies.known(name):
        return shown
    first = shown.split(" ")
    bare = " ".join(word for number, word in enumerate(first) if number == 0 or word.lower() not in HEADS)
    table = lexicon.companies.canonical(bare)
    return table if lexicon.companies.known(bare) and first[0].lower() in table.lower().split() else shown


def _owner(found: Iterable[Organisation], words: tuple[str, ...], *, known: bool) -> Organisation | None:
    """Return the organisation of which these words are a form, a beginning or a shortened form."""
    shortened = None
    for one in found:
        if words in one.forms:
            return one
        if shortened is None and any(_is_short_for(words, form, known=known) for form in one.forms):
            shortened = one
    return shortened


def _is_short_for(words: tuple[str, ...], form: tuple[str, ...], *, known: bool) -> bool:
    """Whether words stand for a longer form: "Innate" for "Innate Pharma", also within it and shortened."""
    if len(words) > len(form):
        return words[: len(form)] == form and all(word in HEADS or word in _TAILS for word in words[len(form) :])
    if len(words[0]) < 3:
        return False
    if known:
        return words == form[: len(words)] and all(word in HEADS for word in form[len(words) :])
    if len(words[0]) < 5 and len(words) == 1:
        return form[0] == words[0]
    return any(
        form[at] == words[0] and all(whole.startswith(part) for part, whole in zip(words, form[at:], strict=False))
        for at in range(min(2, len(form) - len(words) + 1))
    )
