"""A store without a database: deals found by their marks, reports placed one by one as jobs/ does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime

from news.story import Deal, DealEvent, Report
from stories.grouping import Placement, place
from stories.marks import marks_of
from stories.terms import absorb

Key = Callable[[str], str]
_SEEN = datetime(2026, 11, 24, tzinfo=UTC)


class Newsstand:
    """Deals as they stand after the reports so far."""

    def __init__(self, key: Key) -> None:
        """Begin empty."""
        self.deals: dict[int, Deal] = {}
        self._key = key
        self._marks: dict[int, set[int]] = {}
        self._became: dict[int, int] = {}
        self._number = 0

    def hears(self, report: Report, *, moves: bool = True) -> None:
        """Place a report, then again those that it released."""
        marks = marks_of(report.terms, self._key)  # styles share words: by text all would be near all
        near = {self._now(deal) for mark in marks for deal in self._marks.get(mark, ())}
        found = place(report, [self.deals[n] for n in near], self._key, moves=moves)
        number = self._take(report, found)
        for mark in marks:
            self._marks.setdefault(mark, set()).add(number)
        for released in found.released:
            self.hears(released, moves=False)

    def stories(self) -> frozenset[frozenset[int]]:
        """Return which articles tell the same story."""
        events = (event for deal in self.deals.values() for event in deal.events)
        return frozenset(frozenset(report.article for report in event.reports) for event in events)

    def families(self) -> frozenset[frozenset[int]]:
        """Return which articles tell of the same deal."""
        told = ([r.article for event in deal.events for r in event.reports] for deal in self.deals.values())
        return frozenset(frozenset(articles) for articles in told)

    def _take(self, report: Report, found: Placement) -> int:
        left = {event.story: event for event in found.left}
        for deal in self.deals.values():
            events = (left.get(event.story, event) for event in deal.events)
            self.deals[deal.id] = replace(deal, events=tuple(events))
        for other in found.joined:
            assert found.deal is not None
            del self.deals[other]
            self._became[other] = found.deal.id
        self._number += 1
        story = found.story or DealEvent(self._number, report.terms, report.announced)
        day, terms = min(story.announced, report.announced), absorb(story.terms, report.terms)
        reports = sorted((*story.reports, report), key=lambda r: (r.article, r.nth))
        event = DealEvent(story.story, terms, day, tuple(reports))
        deal = found.deal or Deal(self._number, 1, _SEEN, kept=True, news=True, late=False, events=())
        self.deals[deal.id] = replace(deal, events=_with(deal.events, event))
        return deal.id

    def _now(self, deal: int) -> int:
        while deal in self._became:
            deal = self._became[deal]
        return deal


def _with(events: Iterable[DealEvent], event: DealEvent) -> tuple[DealEvent, ...]:
    others = (each for each in events if each.story != event.story)
    return tuple(sorted((*others, event), key=lambda each: (each.announced, each.story)))
