"""Say why a search matches a deal, or why not: the tree of its parts, the words found, the smallest change for a miss.

    explain(query, subject, means) -> Explained     .truth .lines .nearest

A line of the tree is a part with yes, no or unknown before it. Behind a part that is true stand the words that make it
so, with how often they are found; behind one that is not, what the deal has instead, or why it cannot be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from alerts.condition import And, Condition, Lead, Near, Not, Or, Same, joint, printed
from alerts.instead import has
from alerts.match import Means, Verdict, evaluate
from alerts.nearest import Nearest, nearest
from alerts.query import Query
from alerts.subject import Subject

_PLACES = 100
"""So many places of a part are counted."""
_SHOWN = 3
"""So many different words of them are shown."""
_SAID = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a query: how deep it stands, its truth, how it is printed, and what there is to say of it."""

    depth: int
    truth: bool | None
    part: str
    said: str = ""

    def __str__(self) -> str:
        """Return the line as it is printed."""
        said = f"  {self.said}" if self.said else ""
        return f"{_SAID[self.truth]:<8}{'  ' * self.depth}{self.part}{said}"


@dataclass(frozen=True, slots=True)
class Explained:
    """Whether a query matches a deal, its parts, and the nearest query that does, None where it is far from any."""

    truth: bool | None
    lines: tuple[Line, ...]
    nearest: Nearest | None


def explain(query: Query, subject: Subject, means: Means) -> Explained:
    """Return what each part of a query makes of a deal."""
    verdict = evaluate(query, subject, replace(means, most=_PLACES))
    closest = None if verdict.truth else nearest(query, subject, means)
    return Explained(verdict.truth, tuple(_lines(verdict, subject, 0)), closest)


def _lines(verdict: Verdict, subject: Subject, depth: int) -> Iterator[Line]:
    condition = verdict.condition
    said = "" if isinstance(condition, And | Or | Not) else _of_leaf(verdict, subject)
    yield Line(depth, verdict.truth, _called(condition), said)
    for part in verdict.parts:
        yield from _lines(part, subject, depth + 1)


def _called(condition: Condition) -> str:
    """Return a part as its line names it: what joins others by its joint, as they have lines of their own."""
    if isinstance(condition, And | Or | Near | Same):
        return joint(condition)
    if isinstance(condition, Not):
        return "NOT"
    return f"LEAD/{condition.words}" if isinstance(condition, Lead) else printed(condition)


def _of_leaf(verdict: Verdict, subject: Subject) -> str:
    if verdict.truth:
        words = list(dict.fromkeys(why.words for why in verdict.found if why.words))
        shown = ", ".join(f"“{' '.join(each.split())}”" for each in words[:_SHOWN])
        more = f" and {len(words) - _SHOWN} more" if len(words) > _SHOWN else ""
        times = f", {len(verdict.found)} times" if len(verdict.found) > max(len(words), 1) else ""
        said = f"{shown}{more}{times}"
    else:
        said = has(verdict.condition, subject)
    notes = [verdict.note, *(why.note for why in verdict.found)]
    return "; ".join(filter(None, dict.fromkeys((said, *notes))))
