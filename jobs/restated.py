"""What a publisher changed in its article, and what of that is told to those who heard how it was. Pure.

Theory: told is what contradicts what was told (a figure, a party, a place, a date), what was undisclosed and is stated
now, a step up in status and another event. Silent is what only fills in, and what is said in other words. A reader sees
other values in other words now and then; so a value counts as changed only where its words are gone from the article,
or where those of the new one are new in it. Known exception: the roles of parties, which no single words carry; of
these only the swap of who gives and who takes is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jobs.differing import NOTHING, moved
from lexicon.text import squash, words
from news.article import Article
from news.reading import MONEY_FIELDS, STATUSES, Evidence, Terms
from news.story import Change
from stories.history import agree

Key = Callable[[str], str]
_FIGURES = frozenset({*(name.replace("_", " ") for name in MONEY_FIELDS), "royalties"})
_LISTS = frozenset({"assets", "targets", "modalities", "indications"})
_SINGLE = frozenset({"stage", "territory"})
_SIDES = frozenset({"licensor", "licensee"})
_CUT = 0.6
"""A text shorter than this share of the one we hold may be its beginning, with an invitation to subscribe behind it."""
_COMMON = 0.8
"""So much of such a text is then the beginning itself."""


@dataclass(frozen=True, slots=True)
class Texts:
    """An article's words as they were and as they are now, in the form in which quotes are looked for."""

    address: str
    before: str
    now: str

    @classmethod
    def of(cls, before: Article, now: Article) -> Texts:
        """Return those of two versions of an article."""
        return cls(now.address, *(squash(f"{each.title}\n{each.text}") for each in (before, now)))

    def lacks(self, evidence: Evidence | None) -> bool:
        """Return whether words that stood in this article stand there no more."""
        return evidence is not None and self._is_mine(evidence) and squash(evidence.quote) not in self.now

    def brings(self, evidence: Evidence | None) -> bool:
        """Return whether words are new in this article."""
        return evidence is not None and self._is_mine(evidence) and squash(evidence.quote) not in self.before

    def _is_mine(self, evidence: Evidence) -> bool:
        return evidence.url in {"", self.address}


def fingerprint(title: str, text: str) -> str:
    """Return what two versions of an article share that differ in case, spaces and punctuation only."""
    return hashlib.sha256("\n".join(" ".join(words(each)) for each in (title, text)).encode()).hexdigest()


def is_cut(before: str, now: str) -> bool:
    """Return whether a text is hardly more than the beginning of the one before: a wall that nobody announced."""
    old, new = words(before), words(now)
    if not new or len(new) >= _CUT * len(old):
        return False
    common = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new))
    return common >= _COMMON * len(new)


def restated(was: Terms, now: Terms, texts: Texts, key: Key) -> tuple[Change, ...]:
    """Return what is told of the terms of an event that one of its articles states anew; `key` names companies."""
    return tuple(
        change for change in moved(was, now) if change.was != NOTHING and _is_told(change, was, now, texts, key)
    )


def _is_told(change: Change, was: Terms, now: Terms, texts: Texts, key: Key) -> bool:
    if change.field in _FIGURES | _SINGLE:
        return _is_other_value(change, was, now, texts, key)
    if change.field == "announced":
        return texts.lacks(change.evidence_was) and texts.brings(change.evidence_now)
    if change.field == "parties":
        return _are_other_parties(was, now, texts, key)
    if change.field in _LISTS:
        gone, come = (_named(one, other, change.field) for one, other in ((was, now), (now, was)))
        return any(map(texts.lacks, gone)) and any(map(texts.brings, come))
    if change.field == "status":
        steps = STATUSES.index(now.status), STATUSES.index(was.status), STATUSES.index("announced")
        return steps[0] > steps[1] and steps[0] >= steps[2]
    return change.field == "event"


def _is_other_value(change: Change, was: Terms, now: Terms, texts: Texts, key: Key) -> bool:
    """Return whether the publisher changed a figure or a place; that one only disappeared is told of figures."""
    name = change.field.replace(" ", "_")
    old, new = getattr(was, name), getattr(now, name)
    if new is None:
        return change.field in _FIGURES and texts.lacks(change.evidence_was)
    return not agree(old, new, key) and (texts.lacks(change.evidence_was) or texts.brings(change.evidence_now))


def _are_other_parties(was: Terms, now: Terms, texts: Texts, key: Key) -> bool:
    """Return whether a party is gone from the article, or two have changed sides."""
    before, after = ({key(p.name): p for p in terms.parties} for terms in (was, now))
    if any(name not in after and texts.lacks(party.evidence) for name, party in before.items()):
        return True
    both = [(before[name].role, after[name].role) for name in before.keys() & after.keys()]
    return len([pair for pair in both if pair[0] != pair[1] and set(pair) == _SIDES]) > 1


def _named(terms: Terms, other: Terms, field: str) -> Iterator[Evidence]:
    """Yield the words of what one names and the other does not."""
    known = {squash(named.name) for named in getattr(other, field)}
    yield from (named.evidence for named in getattr(terms, field) if squash(named.name) not in known)
