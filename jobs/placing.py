"""Give every deal of a reading its story and deal, and decide who is told: load, rules, one transaction."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from alerts.match import match
from alerts.query import Query, parse
from alerts.subject import Subject
from alerts.tell import changes, event_changes, is_news, tell
from jobs.context import Pipeline
from news.alert import Match, Search
from news.article import Article
from news.step import StoryStep, Unplaced
from news.story import Change, Deal, DealEvent, Report
from stories.grouping import Placement, party_keys, place
from stories.terms import absorb, located

log = logging.getLogger(__name__)

Asked = Sequence[tuple[Search, Query]]


def place_waiting(pipeline: Pipeline, article: int | None = None) -> None:
    """Place what stands in no story yet: the deals of one article, or all that a crash left."""
    waiting = pipeline.store.unplaced(article)
    asked = asked_for(pipeline, pipeline.store.searches()) if waiting else ()
    for item in waiting:
        step = step_of(pipeline, item, asked)
        deal = pipeline.store.record_story(step)
        pipeline.tally.deals += step.deal is None
        log.info(
            "%s: %s, revision %d, %d tellings", item.article.address, deal.label, deal.revision, len(step.tellings)
        )


def match_new_searches(pipeline: Pipeline) -> None:
    """Hold new and changed searches against all that is stored; the backlog block then shows what they found."""
    store = pipeline.store
    asked = asked_for(pipeline, store.unmatched())
    if asked:
        store.record_matches(matching(pipeline, asked, store.deals()), [search for search, _ in asked])


def matching(pipeline: Pipeline, asked: Asked, deals: Iterable[Deal]) -> list[Match]:
    """Return what searches match among stored deals."""
    found: list[Match] = []
    for deal in deals:
        found += _matches(asked, deal, pipeline.store.articles_of(deal.id))
    return found


def asked_for(pipeline: Pipeline, searches: Iterable[Search]) -> Asked:
    """Return searches with their queries parsed; the configuration has seen to it that they can be."""
    return [(search, parse(search.query, pipeline.lexicon.ontology)) for search in searches]


def step_of(pipeline: Pipeline, item: Unplaced, asked: Asked) -> StoryStep:
    """Return where a deal of a reading goes and who is told because of it."""
    store, key = pipeline.store, pipeline.lexicon.companies.key
    report = report_of(item)
    keys = party_keys(report.terms, key)
    placement = place(report, store.deals_with(keys), key)
    was, told_anew = placement.deal, _told_anew(placement, report)
    event = _event(placement, report)
    after = _after(pipeline, placement, report, event, told_anew)
    known = (was.id,) if was else ()
    found = _matches(asked, after, (*(store.articles_of(was.id) if was else ()), item.article))
    new = {m.search for m in found}
    decided = tell(
        # A new event of which we are not sure is a line under "Perhaps", however sure we are of the deal itself.
        deal=after if placement.story else replace(after, kept=report.kept),
        changes=told_anew,
        reason=report.reason,
        matches=(*(m for m in store.matches(known) if m.search not in new), *found),
        searches=[search for search, _ in asked],
        earlier=store.tellings(deal=was.id) if was else (),
        now=pipeline.clock(),
    )
    return StoryStep(
        report=report,
        deal=was.id if was else None,
        story=placement.story.story if placement.story else None,
        terms=event.terms,
        announced=event.announced,
        revision=after.revision,
        kept=after.kept,
        news=after.news,
        late=after.late,
        keys=keys,
        matches=tuple(found),
        tellings=decided.tellings,
        superseded=decided.superseded,
    )


def report_of(item: Unplaced) -> Report:
    """Return what a story is made of; the day of announcement falls back to the article's, then to the first sight."""
    article, terms = item.article, item.reading.deals()[item.nth]
    today = article.fetched_at.date()
    day = terms.announced.on if terms.announced else article.published or today
    return Report(
        article=article.id,
        nth=item.nth,
        address=article.address,
        source=article.source,
        outlet=article.outlet,
        title=article.title,
        fetched_at=article.fetched_at,
        announced=min(day, today),
        since=item.entry.since,
        kept=item.reading.keep,
        reason=item.reading.reason,
        terms=located(terms, article.address),
    )


def _told_anew(placement: Placement, report: Report) -> tuple[Change, ...]:
    """Return what a report changes of what is known of its deal and is worth telling."""
    if placement.story is not None:
        return changes(placement.story, report.terms)
    return event_changes(placement.deal, report.terms) if placement.deal else ()


def _event(placement: Placement, report: Report) -> DealEvent:
    """Return the event that a report tells, with the report taken in."""
    known = placement.story
    if known is None:
        return DealEvent(0, report.terms, report.announced, (report,))
    terms, day = absorb(known.terms, report.terms), min(known.announced, report.announced)
    return DealEvent(known.story, terms, day, (*known.reports, report))


def _after(
    pipeline: Pipeline, placement: Placement, report: Report, event: DealEvent, told_anew: tuple[Change, ...]
) -> Deal:
    """Return the deal with the event taken in."""
    was = placement.deal
    if was is None or placement.story is None:
        fresh = is_news(report.announced, report.since, report.fetched_at, pipeline.settings.news_age)
        news, late = fresh.news, fresh.late
    else:
        news, late = was.news, was.late
    if was is None:
        return Deal(0, 1, report.fetched_at, report.kept, news, late, (event,))
    others = (e for e in was.events if placement.story is None or e.story != placement.story.story)
    events = tuple(sorted((*others, event), key=lambda e: e.announced))
    tells = bool(told_anew) or placement.story is None or (report.kept and not was.kept)
    return Deal(was.id, was.revision + tells, was.first_seen, was.kept or report.kept, news, late, events)


def _matches(asked: Asked, deal: Deal, articles: Sequence[Article]) -> list[Match]:
    subject = Subject.of(deal, articles)
    found = (match(search.key, query, subject) for search, query in asked)
    return [m for m in found if m is not None]
