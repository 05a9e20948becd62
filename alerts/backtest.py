"""Try a search on the archive before it is saved: how often it would have matched, beside what, and how much mail.

    backtest(query, subjects, others, means, now=…, to=…) -> Backtest

Weeks begin on Mondays and go by the day of the latest event. A deal that several searches match is told once, so that
what a search adds to a reader's mail is what none of the reader's other searches finds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.index import Asked, Index
from alerts.match import Means
from alerts.query import Query
from alerts.subject import Subject
from news.alert import Match, Search
from news.story import Deal

WEEKS = 12
"""So many weeks, this one among them, are looked at for what is to be expected."""
_WEEK = timedelta(days=7)
_TRIED = ":"
"""The key of the search that is tried; no saved one has such a key."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """What an existing search has in common with the one that is tried: `both` of its `own` deals."""

    search: str
    own: int
    both: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """What a search would have done.

    `hits` are the deals with their matches, the newest first; `weeks` the Mondays of the last weeks with how many were
    announced in each. `new` counts those of these weeks that no other search of the same readers finds, `days` the days
    on which they were announced: so many mails there would be at one a day.
    """

    deals: int
    hits: tuple[tuple[Deal, Match], ...]
    weeks: tuple[tuple[date, int], ...]
    overlaps: tuple[Overlap, ...]
    new: int
    days: int

    @property
    def recent(self) -> int:
        """How many hits fall into the weeks."""
        return sum(count for _, count in self.weeks)


def backtest(
    query: Query,
    subjects: Sequence[Subject],
    others: Sequence[Asked],
    means: Means,
    *,
    now: datetime,
    to: Collection[str],
) -> Backtest:
    """Return what a query would have matched of an archive; `to` are those who would be told of it."""
    index = Index.of(((Search(_TRIED, str(query), ()), query), *others), means)
    found = {subject.deal.id: {m.search: m for m in index.matches(subject)} for subject in subjects}
    deals = sorted((subject.deal for subject in subjects), key=lambda d: (d.latest.announced, d.id), reverse=True)
    hits = tuple((deal, found[deal.id][_TRIED]) for deal in deals if _TRIED in found[deal.id])
    mondays = _mondays(now.date(), min((deal.latest.announced for deal in deals), default=now.date()))
    mine = {search.key for search, _ in others if set(search.to) & set(to)}
    recent = [deal for deal, _ in hits if deal.latest.announced >= mondays[0]]
    new = [deal for deal in recent if mine.isdisjoint(found[deal.id])]
    return Backtest(
        deals=len(deals),
        hits=hits,
        weeks=tuple((day, sum(day <= d.latest.announced < day + _WEEK for d in recent)) for day in mondays),
        overlaps=tuple(_overlaps(found.values(), [search.key for search, _ in others])),
        new=len(new),
        days=len({deal.latest.announced for deal in new}),
    )


def _mondays(today: date, oldest: date) -> list[date]:
    """Return the Mondays of the last weeks in which the archive has anything, this week's last."""
    this = today - timedelta(days=today.weekday())
    weeks = min(WEEKS, max(1, (this - (oldest - timedelta(days=oldest.weekday()))) // _WEEK + 1))
    return [this - _WEEK * back for back in reversed(range(weeks))]


def _overlaps(found: Collection[Collection[str]], keys: Sequence[str]) -> list[Overlap]:
    """Return the searches that have a deal in common with the one that is tried, most of them first."""
    listed = [
        Overlap(key, sum(key in each for each in found), sum(key in each and _TRIED in each for each in found))
        for key in keys
    ]
    return sorted((each for each in listed if each.both), key=lambda each: (-each.both, each.search))
