"""What differs between two readings of one article, in words. Pure.

Only what a reading says counts: other quotes for the same values, or another score, are no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.amounts import say_money, say_royalties
from digest.headline import sentence
from news.article import Decision
from news.reading import MONEY_FIELDS, Evidence, Reading, Terms
from news.story import Change
from storage.articles import decision_of

NOTHING = "not mentioned"
_LISTS = ("assets", "targets", "modalities", "indications")
_WORDS = ("kind", "event", "status")
_Said = tuple[str, Evidence | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an article says by two readers. `changes` are those of the deals that both of them read, in order."""

    was: Reading
    now: Reading
    changes: tuple[Change, ...]

    @property
    def decisions(self) -> tuple[Decision, Decision]:
        """Return what became of the article, and what becomes of it now."""
        return decision_of(self.was), decision_of(self.now)

    def __bool__(self) -> bool:
        """Whether anything of what is said differs."""
        return bool(self.changes) or self.decisions[0] != self.decisions[1]


def difference(was: Reading, now: Reading) -> Difference:
    """Return what differs between two readings."""
    before, after = was.deals(), now.deals()
    changes = [] if before or after else [_change("kind", (was.kind, None), (now.kind, None))]
    for number, (old, new) in enumerate(zip(before, after, strict=False)):
        changes += _of_terms(old, new, f"deal {number + 1}: " if number else "")
    if before and after:
        changes += [_change("deal", (_said(terms), None), (NOTHING, None)) for terms in before[len(after) :]]
        changes += [_change("deal", (NOTHING, None), (_said(terms), None)) for terms in after[len(before) :]]
    return Difference(was, now, tuple(change for change in changes if change.was != change.now))


def moved(old: Terms, new: Terms) -> tuple[Change, ...]:
    """Return what differs between the terms of one event, was and is."""
    return tuple(change for change in _of_terms(old, new, "") if change.was != change.now)


def _of_terms(old: Terms, new: Terms, prefix: str) -> Iterator[Change]:
    before, after = _values(old), _values(new)
    for name, said in before.items():
        yield _change(prefix + name, said, after[name])


def _change(field: str, was: _Said, now: _Said) -> Change:
    return Change(field, was[0], now[0], was[1], now[1])


def _values(terms: Terms) -> dict[str, _Said]:
    """Return what terms say, field by field in the order of the contract, each with its first quote."""
    found: dict[str, _Said] = {name: (getattr(terms, name), None) for name in _WORDS}
    day = terms.announced
    found["announced"] = (day.on.isoformat(), day.evidence) if day else (NOTHING, None)
    names = sorted(f"{party.name} ({party.role})" for party in terms.parties)
    found["parties"] = (", ".join(names) or NOTHING, terms.parties[0].evidence if terms.parties else None)
    stated = dict(terms.money())
    for name in MONEY_FIELDS:
        money = stated.get(name)
        found[name.replace("_", " ")] = (say_money(money), money.evidence) if money else (NOTHING, None)
    royalties = terms.royalties
    found["royalties"] = (say_royalties(royalties), royalties.evidence) if royalties else (NOTHING, None)
    for field in _LISTS:
        listed = getattr(terms, field)
        found[field] = (", ".join(sorted(n.name for n in listed)) or NOTHING, listed[0].evidence if listed else None)
    for field in ("stage", "territory"):
        named = getattr(terms, field)
        found[field] = (named.name, named.evidence) if named else (NOTHING, None)
    years = sorted({prior.year for prior in terms.prior if prior.year is not None})
    found["earlier agreements"] = (", ".join(map(str, years)) or NOTHING, None)
    return found


def _said(terms: Terms) -> str:
    return sentence(terms) or terms.kind
