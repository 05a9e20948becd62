"""What follows for the deals of an article that says something else: by a reader's new rules, or by its publisher.

A deal keeps its id and whether it is news. An event without reports is over, and so is a deal without events; one of
which somebody was told, or said something, stays as it was told and is not kept. What a person set or rejected stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from alerts.subject import Subject
from jobs.context import Pipeline
from jobs.placing import Asked, matching
from news.alert import Match
from news.article import Article
from news.reading import MONEY_FIELDS, Terms
from news.step import Correction, RereadDeal
from news.story import Deal, DealEvent, Report
from stories.corrections import ADDED
from stories.facts import party_keys
from stories.marks import marks_of
from stories.terms import absorb

_PARTIES = frozenset({"licensor", "licensee", "partner"})
_FIRST_TOLD = (*MONEY_FIELDS, "royalties", "stage", "territory")


@dataclass(frozen=True, slots=True)
class Again:
    """What an article says now: its reports that stay in their stories, and the reading's reason.

    `why` stands before the reason for which something is told no more. Where its publisher changed it, `text` is the
    article as it is now, and `was` are its reports as they were, by number: what others state first is not to give way
    to what it states only now.
    """

    article: int
    reports: Sequence[Report]
    reason: str
    why: str = "read again"
    text: Article | None = None
    was: Mapping[int, Report] = field(default_factory=dict)


def places(deals: Iterable[Deal], article: int) -> Iterator[tuple[Deal, DealEvent, Report]]:
    """Yield the deals and events that an article tells, with its report in each."""
    for deal in deals:
        for event in deal.events:
            yield from ((deal, event, report) for report in event.reports if report.article == article)


def is_of_others(report: Report, event: DealEvent, key: Callable[[str], str]) -> bool:
    """Return whether a report has no party in common with what other articles say of its event."""
    others = {k for r in event.reports if r.article != report.article for k in party_keys(r.terms, key)}
    mine = set(party_keys(report.terms, key))
    return bool(others and mine) and others.isdisjoint(mine)


def standing(pipeline: Pipeline, deal: int) -> tuple[Correction, ...]:
    """Return what people said of a deal and did not take back."""
    return tuple(c for c in pipeline.store.corrections(deal) if c.undone_at is None)


def is_rejected(pipeline: Pipeline, deal: Deal) -> bool:
    """Return whether a person said that a deal is none."""
    return any(c.verb == "reject" for c in standing(pipeline, deal.id))


def after(pipeline: Pipeline, asked: Asked, deal: Deal, again: Again, said: Sequence[Correction]) -> RereadDeal:
    """Return a deal as it is once an article says what it says now."""
    found = (_event(event, again, said) for event in deal.events)
    events = tuple(sorted((event for event in found if event.reports), key=lambda event: event.announced))
    over = not events
    if over and pipeline.store.is_spoken_of(deal.id):
        events = tuple(_as_told(event, again) for event in deal.events)
    now = replace(deal, events=events, kept=any(report.kept for event in events for report in event.reports))
    matches = () if over else _matches(pipeline, asked, now, again)
    lapsed = "not a deal any more" if over else "perhaps only" if deal.kept and not now.kept else ""
    lapsed = lapsed or ("" if matches else "it matches no search any more")
    key = pipeline.lexicon.companies.key
    keys = sorted({k for event in events for k in party_keys(event.terms, key)})
    marks = sorted({mark for event in events for mark in marks_of(event.terms, key)})
    return RereadDeal(now, tuple(keys), matches, f"{again.why}: {lapsed}" if lapsed else "", tuple(marks))


def _matches(pipeline: Pipeline, asked: Asked, deal: Deal, again: Again) -> tuple[Match, ...]:
    """Return what matches a deal; the text of an article that its publisher changed is not stored yet."""
    if again.text is None:
        return tuple(matching(pipeline, asked, [deal]))
    stored = pipeline.store.articles_of(deal.id)
    articles = [again.text if article.id == again.article else article for article in stored]
    return tuple(asked.matches(Subject.of(deal, articles)))


def _event(event: DealEvent, again: Again, said: Sequence[Correction]) -> DealEvent:
    """Return an event with what an article says of it now; without reports where that was all there was."""
    if all(report.article != again.article for report in event.reports):
        return event
    now = {report.nth: report for report in again.reports}
    mine = (report.article == again.article and report.nth < ADDED for report in event.reports)
    told = [now.get(r.nth) if is_mine else r for r, is_mine in zip(event.reports, mine, strict=True)]
    reports = tuple(report for report in told if report is not None)
    if not reports:
        return replace(event, reports=())
    terms = reduce(absorb, (report.terms for report in reports))
    for was in again.was.values():
        if any(r.article == was.article and r.nth == was.nth for r in event.reports):
            terms = _as_first_told(event.terms, terms, was.terms)
    terms = _as_said(event.terms, terms, said)
    return DealEvent(event.story, terms, min(report.announced for report in reports), reports)


def _as_first_told(was: Terms, now: Terms, mine: Terms) -> Terms:
    """Return terms in which what other articles stated stays, where one that is ahead of them states it only now."""
    told = absorb(was, now)
    return replace(now, **{name: getattr(told, name) for name in _FIRST_TOLD if getattr(mine, name) is None})


def _as_said(was: Terms, now: Terms, said: Sequence[Correction]) -> Terms:
    """Return terms in which the fields that a person set are as they were."""
    names = {"parties" if c.field in _PARTIES else c.field for c in said if c.verb == "set"}
    kept = {name: getattr(was, name) for name in sorted(names) if hasattr(was, name)}
    return replace(now, **kept)


def _as_told(event: DealEvent, again: Again) -> DealEvent:
    """Return an event as it was told, with its article no longer vouching for it."""
    why = f"told, and not a deal when it was read again: {again.reason}"
    reports = (replace(r, kept=False, reason=why) if r.article == again.article else r for r in event.reports)
    return replace(event, reports=tuple(reports))
