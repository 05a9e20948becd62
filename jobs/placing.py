"""Give every deal of a reading its story and deal, and decide who is told: load, rules, one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from alerts.match import match
from alerts.query import Query, parse
from alerts.subject import Subject
from alerts.tell import News, changes, event_changes, is_news, tell
from jobs.context import Pipeline, internal_error
from lexicon.sentences import around, cut
from news.alert import Match, Search
from news.article import Article
from news.reading import Evidence, Reading, Terms
from news.step import StoryStep, Unplaced
from news.story import Change, Deal, DealEvent, Report
from stories.grouping import Placement, party_keys, place
from stories.terms import absorb, in_context, located

log = logging.getLogger(__name__)

Asked = Sequence[tuple[Search, Query]]


def place_waiting(pipeline: Pipeline, article: int | None = None) -> None:
    """Place what stands in no story yet: the deals of one article, or all that a crash left."""
    waiting = pipeline.store.unplaced(article)
    asked = asked_for(pipeline, pipeline.store.searches()) if waiting else ()
    for item in waiting:
        try:
            _place(pipeline, item, asked)
        except Exception as error:  # one deal that cannot be placed must not hold up the others; it is tried again
            log.exception("%s: deal %d cannot be placed", item.article.address, item.nth)
            pipeline.tally.faults.append((item.article.address, internal_error(error)))


def _place(pipeline: Pipeline, item: Unplaced, asked: Asked) -> None:
    step = step_of(pipeline, item, asked)
    deal = pipeline.store.record_story(step)
    pipeline.tally.deals += step.deal is None
    log.info("%s: %s, revision %d, %d tellings", item.article.address, deal.label, deal.revision, len(step.tellings))


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
        try:
            found += _matches(pipeline, asked, deal, pipeline.store.articles_of(deal.id))
        except Exception as error:  # one deal that cannot be matched must not keep all digests back
            log.exception("%s cannot be matched", deal.label)
            pipeline.tally.faults.append((deal.label, internal_error(error)))
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
    was, event = placement.deal, _event(placement, report)
    told_anew = _told_anew(placement, event, report.terms)
    # On a source's first poll "now" is when we saw it: what a slow host holds back for days stays news.
    since = report.since or item.entry.seen_at
    fresh = is_news(event.announced, since, report.fetched_at, pipeline.settings.news_age)
    after = _after(placement, event, fresh, tells=bool(told_anew))
    found = _matches(pipeline, asked, after, (*(store.articles_of(was.id) if was else ()), item.article))
    new = {m.search for m in found}
    decided = tell(
        deal=replace(after, kept=_is_sure(event), news=_is_told(placement, after, fresh, told_anew)),
        changes=told_anew,
        reason=report.reason,
        matches=(*(m for m in store.matches((was.id,) if was else ()) if m.search not in new), *found),
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


def within(reading: Reading, pipeline: Pipeline) -> Reading:
    """Return the reading as the configuration wants it: kinds that are not kept are dropped, and said to be."""
    keep, told = pipeline.settings.keep, reading.deals()
    kept = [terms for terms in told if terms.kind in keep]
    if len(kept) == len(told):
        return reading
    if not kept:
        reason = f"{reading.kind} is not among the kinds that `keep:` names; {reading.reason}"
        return replace(reading, keep=False, perhaps=False, terms=None, also=(), reason=reason)
    return replace(reading, kind=kept[0].kind, terms=kept[0], also=tuple(kept[1:]))


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
        terms=located(in_context(terms, _sentence_in(article)), article.address),
    )


def _sentence_in(article: Article) -> Callable[[Evidence], str]:
    spans = cut(article.text)
    return lambda e: article.title if e.field == "title" else around(article.text, spans, e.start, e.end)


def _event(placement: Placement, report: Report) -> DealEvent:
    """Return the event that a report tells, with the report taken in."""
    known = placement.story
    if known is None:
        return DealEvent(0, report.terms, report.announced, (report,))
    terms, day = absorb(known.terms, report.terms), min(known.announced, report.announced)
    return DealEvent(known.story, terms, day, (*known.reports, report))


def _is_sure(event: DealEvent) -> bool:
    """Return whether any article is sure of an event; else it is a line under "Perhaps", however sure the deal is."""
    return any(report.kept for report in event.reports)


def _told_anew(placement: Placement, event: DealEvent, terms: Terms) -> tuple[Change, ...]:
    """Return what an article changes of what is known of its deal and is worth telling."""
    deal, story = placement.deal, placement.story
    if deal is None:
        return ()
    if story is None:
        return event_changes(deal, terms)
    others = tuple(e for e in deal.events if e.story != story.story)
    if others and _is_sure(event) and not _is_sure(story):
        return event_changes(replace(deal, events=others), terms)
    return changes(story, terms)


def _after(placement: Placement, event: DealEvent, fresh: News, *, tells: bool) -> Deal:
    """Return the deal with the event taken in; its revision goes up when something of it is to be told."""
    deal, story = placement.deal, placement.story
    first_seen = event.reports[-1].fetched_at
    if deal is None:
        return Deal(0, 1, first_seen, _is_sure(event), fresh.news, fresh.late, (event,))
    others = (e for e in deal.events if story is None or e.story != story.story)
    events = tuple(sorted((*others, event), key=lambda e: e.announced))
    tells = tells or story is None or (_is_sure(event) and not _is_sure(story))
    is_new = story is None and fresh.news
    return Deal(
        id=deal.id,
        revision=deal.revision + tells,
        first_seen=deal.first_seen,
        kept=deal.kept or _is_sure(event),
        news=deal.news or is_new,
        late=fresh.late if is_new else deal.late,
        events=events,
    )


def _is_told(placement: Placement, after: Deal, fresh: News, told_anew: tuple[Change, ...]) -> bool:
    """Return whether this report is a reason to tell anyone of the deal.

    News is decided by the first report of an event. A recap months later is none, even for a recipient who was not told
    of the deal then; what it corrects or completes is.
    """
    if placement.story is None:
        return fresh.news
    return after.news and (fresh.news or bool(told_anew))


def _matches(pipeline: Pipeline, asked: Asked, deal: Deal, articles: Sequence[Article]) -> list[Match]:
    subject = Subject.of(deal, articles)
    key, rates = pipeline.lexicon.companies.key, pipeline.rates
    found = (match(search.key, query, subject, key, rates) for search, query in asked)
    return [m for m in found if m is not None]
