"""Take what one more article says into what is known of an event; never let a figure be overwritten in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar

from news.reading import MONEY_FIELDS, STATUSES, Evidence, Money, Royalties, Terms

_T = TypeVar("_T")
_LISTS = ("assets", "targets", "modalities", "indications")
_SINGLE = ("announced", "royalties", "stage", "territory")


def located(value: _T, url: str) -> _T:
    """Return a copy in which every piece of evidence says which article it was cut from."""
    if isinstance(value, Evidence):
        return replace(value, url=url, more=tuple(located(e, url) for e in value.more))
    if isinstance(value, tuple):
        return type(value)(located(v, url) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: located(getattr(value, f.name), url) for f in fields(value)})
    return value


def in_context(terms: Terms, sentence: Callable[[Evidence], str]) -> Terms:
    """Return a copy in which each figure's evidence has its sentence beside it, where that says more than its quote."""

    def widened(evidence: Evidence) -> Evidence:
        around = sentence(evidence)
        more = tuple(widened(place) for place in evidence.more)
        return replace(evidence, context="" if around == evidence.quote else around, more=more)

    royalties = terms.royalties and replace(terms.royalties, evidence=widened(terms.royalties.evidence))
    figures: dict[str, object] = {n: replace(m, evidence=widened(m.evidence)) for n, m in terms.money()}
    return replace(terms, royalties=royalties, **figures)  # type: ignore[arg-type]  # sums under the names of sums


def absorb(known: Terms, more: Terms) -> Terms:
    """Return the event's terms with another article of the same story taken in.

    What the first article left open is filled; a sum that was said to exist undisclosed gives way to the sum itself,
    and royalties in words to their rates. A status only goes up. What is stated stays as it was first told: of two
    outlets that disagree the later one is not the truer one.
    """
    changes: dict[str, object] = {}
    for name in MONEY_FIELDS:
        old, new = getattr(known, name), getattr(more, name)
        if new is not None and (old is None or (not old.disclosed and new.disclosed)):
            changes[name] = new
    changes |= {n: getattr(more, n) for n in _SINGLE if getattr(known, n) is None and getattr(more, n) is not None}
    changes |= {n: getattr(more, n) for n in (*_LISTS, "prior") if not getattr(known, n) and getattr(more, n)}
    if len(known.parties) < 2 <= len(more.parties):
        changes["parties"] = more.parties
    if known.royalties and more.royalties and not _has_rate(known.royalties) and _has_rate(more.royalties):
        changes["royalties"] = more.royalties
    changes["status"] = max(known.status, more.status, key=STATUSES.index)
    if known.announced and more.announced and more.announced.on < known.announced.on:
        changes["announced"] = more.announced
    return replace(known, **changes)  # type: ignore[arg-type]  # the names and types are those of the same class


def _has_rate(royalties: Royalties) -> bool:
    return royalties.low is not None or royalties.high is not None


def agreeing(one: Terms, other: Terms) -> tuple[int, int]:
    """Return how many payments both state alike, and how many they state differently (to half a per cent)."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in MONEY_FIELDS)
    stated = [(a, b) for a, b in pairs if a is not None and b is not None and a.disclosed and b.disclosed]
    alike = sum(same_money(a, b) for a, b in stated)
    return alike, len(stated) - alike


def same_money(one: Money, other: Money) -> bool:
    """Return whether two stated sums are the same payment, rounding of newspapers allowed for."""
    if one.currency != other.currency or one.amount is None or other.amount is None:
        return False
    return abs(one.amount - other.amount) * 200 <= max(one.amount, other.amount)
