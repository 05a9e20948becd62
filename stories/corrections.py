"""What people say of deals, laid over what was read: it wins over every reading, and can be taken back.

The terms of an event are those of its reports with what people set on top; `read_anew` gives them without that layer.
Two deals that become one keep all their reports; where both tell the same news, their events become one too, and
`Merged` remembers how they stood.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from typing import get_args

from news.reading import STATUSES, Role, Terms
from news.step import Correction, Merged
from news.story import Deal, DealEvent, Report
from stories.terms import absorb

ROLES: tuple[Role, ...] = get_args(Role)
ADDED = 1000
"""From this number on a report is a person's: no reading holds so many deals, and none takes its place."""
_SAME_NEWS = timedelta(days=10)


def as_corrected(deal: Deal, said: Iterable[Correction]) -> Deal:
    """Return a deal as people say that it is; `said` are all corrections of it and of its events, in their order."""
    standing = [correction for correction in said if correction.undone_at is None]
    rejected = any(c.verb == "reject" and c.deal == deal.id for c in standing)
    if not standing or not (rejected or any(c.terms for c in standing)):
        return deal
    events = (_corrected(event, [c for c in standing if c.story == event.story]) for event in deal.events)
    return replace(deal, events=in_order(events), rejected=rejected, kept=deal.kept and not rejected)


def _corrected(event: DealEvent, said: Sequence[Correction]) -> DealEvent:
    for correction in said:
        if correction.verb == "set" and correction.terms is not None:
            event = replace(event, terms=with_field(event.terms, correction.field, correction.terms))
    day = event.terms.announced
    dated = day is not None and any(c.field == "announced" for c in said)
    return replace(event, announced=day.on) if day is not None and dated else event


def with_field(terms: Terms, field: str, said: Terms) -> Terms:
    """Return terms in which one field, or the parties of one role, are as they were said to be."""
    if field not in ROLES:
        return replace(terms, **{field: getattr(said, field)})
    named = {party.name.casefold() for party in said.parties}
    others = (p for p in terms.parties if p.role != field and p.name.casefold() not in named)
    return replace(terms, parties=(*others, *said.parties))


def in_order(events: Iterable[DealEvent]) -> tuple[DealEvent, ...]:
    """Return events in the order in which they were announced."""
    return tuple(sorted(events, key=lambda event: (event.announced, event.story)))


def read_anew(event: DealEvent) -> DealEvent:
    """Return an event with the terms that its reports give, whatever people said of them."""
    terms = reduce(absorb, (report.terms for report in event.reports))
    return replace(event, terms=terms, announced=min(report.announced for report in event.reports))


def as_read(event: DealEvent, field: str) -> DealEvent:
    """Return an event with one field as its reports have it; the others stay as they are told."""
    read = read_anew(event)
    name = "parties" if field in ROLES else field
    terms = replace(event.terms, **{name: getattr(read.terms, name)})
    return replace(event, terms=terms, announced=read.announced if name == "announced" else event.announced)


def is_kept(events: Iterable[DealEvent]) -> bool:
    """Return whether any article is sure of a deal."""
    return any(report.kept for event in events for report in event.reports)


def merged(keep: Deal, gone: Deal, said: Iterable[Correction]) -> tuple[Deal, Merged]:
    """Return the deal that two become, and how the second stood; `said` are the corrections of its events.

    What was told of either counts as told of the one: its revision is the higher of both.
    """
    events = {event.story: event for event in keep.events}
    moved: dict[int, int] = {}
    for event in gone.events:
        same = next((known for known in keep.events if _same_news(known, event)), None)
        if same is None:
            events[event.story] = event
            continue
        moved[event.story] = same.story
        known = events[same.story]
        both = (*known.reports, *event.reports)
        terms, day = absorb(known.terms, event.terms), min(known.announced, event.announced)
        events[same.story] = DealEvent(same.story, terms, day, both)
    snapshot = Merged(
        stories=tuple(event.story for event in gone.events),
        reports=tuple((r.article, r.nth, e.story) for e in gone.events if e.story in moved for r in e.reports),
        corrections=tuple((c.id, c.story) for c in said if c.story in moved),
    )
    one = replace(
        keep,
        revision=max(keep.revision, gone.revision),
        first_seen=min(keep.first_seen, gone.first_seen),
        kept=keep.kept or gone.kept,
        news=keep.news or gone.news,
        late=keep.late and gone.late,
        events=in_order(events.values()),
    )
    return one, snapshot


def taken_apart(one: Deal, gone: Deal, how: Merged) -> tuple[Deal, Deal]:
    """Return the two deals that a merge made one; `gone` is the second as a row knows it, without events."""
    home = {(article, nth): story for article, nth, story in how.reports}
    stays: list[DealEvent] = []
    leaves: dict[int, list[Report]] = {}
    for event in one.events:
        if event.story in how.stories:
            leaves.setdefault(event.story, []).extend(event.reports)
            continue
        mine = tuple(r for r in event.reports if (r.article, r.nth) not in home)
        stays.append(event if mine == event.reports else read_anew(replace(event, reports=mine)))
        for report in event.reports:
            if (story := home.get((report.article, report.nth))) is not None:
                leaves.setdefault(story, []).append(report)
    again = (read_anew(DealEvent(s, r[0].terms, r[0].announced, tuple(r))) for s, r in leaves.items())
    events = in_order(again)
    apart = replace(gone, merged_into=None, events=events, kept=is_kept(events), revision=one.revision)
    return replace(one, events=in_order(stays), kept=is_kept(stays)), apart


def standing_on(said: Iterable[Correction], stories: Collection[int]) -> tuple[Correction, ...]:
    """Return the corrections of events that stand."""
    return tuple(c for c in said if c.undone_at is None and c.story in stories)


def _same_news(one: DealEvent, other: DealEvent) -> bool:
    """Return whether two events, which a person says are of one deal, are the same one."""
    settled = [STATUSES.index(e.terms.status) >= STATUSES.index("announced") for e in (one, other)]
    near = abs(one.announced - other.announced) <= _SAME_NEWS
    return near and one.terms.event == other.terms.event and settled[0] == settled[1]
