"""The smallest change of a search after which it would match a deal: for "why did this not find it?".

    nearest(query, subject, means) -> Nearest | None      .query .changes; None where nothing of the query would be left

Each part that is not as asked is replaced by the nearest thing that is (alerts.instead), else left out, which counts
as a larger change; of an OR the part that takes the smallest change. What comes out has been held against the deal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alerts.condition import And, Condition, Leaf, Not, Or, asks_for_something, printed
from alerts.instead import instead
from alerts.match import Means, Verdict, evaluate
from alerts.query import Query
from alerts.subject import Subject

_LEFT_OUT = 4
"""What it costs to leave a part out; what is put in its place costs less."""


@dataclass(frozen=True, slots=True)
class Change:
    """One part of a search, what it becomes ("" where it is left out), and why."""

    was: str
    now: str
    why: str = ""

    def __str__(self) -> str:
        """Return the change as a person says it."""
        said = f"{self.now} instead of {self.was}" if self.now else f"without {self.was}"
        return f"{said} ({self.why})" if self.why else said


@dataclass(frozen=True, slots=True)
class Nearest:
    """A query that matches, and what of the other one was changed for that."""

    query: Query
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Mended:
    """A part as it would have to be, None where it is left out, and what that costs."""

    condition: Condition | None
    cost: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mender:
    """Mends the parts of one query for one deal."""

    subject: Subject
    means: Means

    def mend(self, verdict: Verdict, *, wanted: bool) -> _Mended:
        """Return the smallest change of a part after which it has the truth that is wanted."""
        condition = verdict.condition
        if verdict.truth is wanted:
            return _Mended(condition)
        if isinstance(condition, Not):
            inside = self.mend(verdict.parts[0], wanted=not wanted)
            if inside.condition is None:
                return _left_out(verdict)
            return _Mended(Not(inside.condition), inside.cost, inside.changes)
        if isinstance(condition, And | Or):
            several = isinstance(condition, And) == wanted
            return self._each(verdict, wanted=wanted) if several else self._one(verdict, wanted=wanted)
        return self._leaf(condition, verdict) if wanted else _left_out(verdict)

    def _each(self, verdict: Verdict, *, wanted: bool) -> _Mended:
        """Return a part all of whose parts have to be mended: those of an AND, or of an OR that must not be true."""
        mended = [self.mend(part, wanted=wanted) for part in verdict.parts]
        kept = tuple(each.condition for each in mended if each.condition is not None)
        changes = tuple(change for each in mended for change in each.changes)
        made = _joined(verdict.condition, kept)
        return _left_out(verdict) if made is None else _Mended(made, sum(each.cost for each in mended), changes)

    def _one(self, verdict: Verdict, *, wanted: bool) -> _Mended:
        """Return a part of which one part has to be mended, the one that takes the smallest change."""
        tries = [(number, self.mend(part, wanted=wanted)) for number, part in enumerate(verdict.parts)]
        able = [(number, each) for number, each in tries if each.condition is not None]
        if not able:
            return _left_out(verdict)
        best, mended = min(able, key=lambda found: found[1].cost)
        parts = (mended.condition if n == best else part.condition for n, part in enumerate(verdict.parts))
        made = _joined(verdict.condition, tuple(part for part in parts if part is not None))
        return _Mended(made, mended.cost, mended.changes)

    def _leaf(self, leaf: Leaf, verdict: Verdict) -> _Mended:
        for other, why in instead(leaf, self.subject):
            if evaluate(Query(other), self.subject, self.means).truth:
                cost = 1 if type(other) is type(leaf) else 2
                return _Mended(other, cost, (Change(printed(leaf), printed(other), why),))
        return _left_out(verdict)


def nearest(query: Query, subject: Subject, means: Means) -> Nearest | None:
    """Return the query nearest to one, of those that match a deal, itself where it does."""
    mended = _Mender(subject, means).mend(evaluate(query, subject, means), wanted=True)
    if mended.condition is None or not asks_for_something(mended.condition):
        return None
    found = Query(mended.condition)
    return Nearest(found, mended.changes) if evaluate(found, subject, means).truth else None


def _left_out(verdict: Verdict) -> _Mended:
    return _Mended(None, _LEFT_OUT, (Change(printed(verdict.condition), "", verdict.note),))


def _joined(like: Condition, parts: Iterable[Condition]) -> Condition | None:
    """Return parts joined as a condition joins its own; a single one stands by itself."""
    kept = tuple(parts)
    if len(kept) < 2:
        return kept[0] if kept else None
    return And(kept) if isinstance(like, And) else Or(kept)
