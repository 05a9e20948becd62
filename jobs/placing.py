"""Give every deal of a reading its story and deal, and decide who is told: load, rules, one transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from alerts.index import Index
from alerts.joined import as_one
from alerts.match import Means
from alerts.query import held_with
from alerts.subject import Subject
from alerts.tell import News, changes, event_changes, is_news, tell
from alerts.watch import followed
from jobs.context import Pipeline, internal_error
from lexicon import load_ontology
from lexicon.sentences import around, cut
from news.alert import Match, Search
from news.article import Article
from news.reading import Evidence, Reading, Terms
from news.step import StoryStep, Unplaced
from news.story import Change, Deal, DealEvent, Report
from stories.facts import party_keys
from stories.grouping import Placement, place
from stories.marks import marks_of
from stories.sketch import sketch
from stories.terms import absorb, in_context, located

log = logging.getLogger(__name__)

Asked = Index


def place_waiting(pipeline: Pipeline, article: int | None = None) -> None:
    """Place what stands in no story yet: the deals of one article, or all that a crash left."""
    waiting = pipeline.store.unplaced(article)
    asked = asked_for(pipeline, pipeline.store.searches() if waiting else ())
    moved = {article for item in waiting for article in _place(pipeline, item, asked)}
    for number in sorted(moved):
        for item in pipeline.store.unplaced(number):
            _place(pipeline, item, asked, moves=False)


def _place(pipeline: Pipeline, item: Unplaced, asked: Asked, *, moves: bool = True) -> tuple[int, ...]:
    """Place a deal of a reading; return the articles of which reports are to be placed again because of it."""
    try:
        step = step_of(pipeline, item, asked, moves=moves)
        deal = pipeline.store.record_story(step)
    except Exception as error:  # one deal that cannot be placed must not hold up the others; it is tried again
        log.exception("%s: deal %d cannot be placed", item.article.address, item.nth)
        pipeline.tally.faults.append((item.article.address, internal_error(error)))
        return ()
    pipeline.tally.deals += step.deal is None
    log.info("%s: %s, revision %d, %d tellings", item.article.address, deal.label, deal.revision, len(step.tellings))
    for other in step.joined:
        log.info("D%d became %s", other, deal.label)
    return tuple(article for article, _ in step.released)


def match_new_searches(pipeline: Pipeline) -> None:
    """Hold new and changed searches against all that is stored; the backlog block then shows what they found.

    So are those that were held with another version of the language or the ontology; of what that changes nobody is
    told.
    """
    store, versions = pipeline.store, held_with(load_ontology())
    waiting = {search.key for search in store.unmatched()}
    waiting |= {key for key, before in store.held_with().items() if before != versions}
    asked = asked_for(pipeline, [search for search in store.searches() if search.key in waiting])
    if asked.searches:
        store.record_matches(matching(pipeline, asked, store.deals()), asked.searches, versions)


def matching(pipeline: Pipeline, asked: Asked, deals: Iterable[Deal]) -> list[Match]:
    """Return what searches match among stored deals."""
    found: list[Match] = []
    for deal in deals:
        try:
            found += _matches(asked, deal, pipeline.store.articles_of(deal.id))
        except Exception as error:  # one deal that cannot be matched must not keep all digests back
            log.exception("%s cannot be matched", deal.label)
            pipeline.tally.faults.append((deal.label, internal_error(error)))
    return found


def asked_for(pipeline: Pipeline, searches: Iterable[Search]) -> Asked:
    """Return searches, ready to be asked of any deal; one that cannot be read is left out, and its fault recorded."""
    wanted = tuple(searches)
    if not wanted:
        return Index.of((), Means())
    lexicon = pipeline.lexicon
    asked, faults = pipeline.indexes.of(wanted, Means(lexicon.companies.key, pipeline.rates), lexicon.ontology)
    pipeline.tally.faults += (fault for fault in faults if fault not in pipeline.tally.faults)
    return asked


def step_of(pipeline: Pipeline, item: Unplaced, asked: Asked, *, moves: bool = True) -> StoryStep:
    """Return where a deal of a reading goes and who is told because of it; `moves` other reports may, for it."""
    store, key = pipeline.store, pipeline.lexicon.companies.key
    report = report_of(item)
    near, settled = store.deals_near(marks_of(report.terms, key, report.sketch))
    placement = place(report, near, key, settled=settled, moves=moves)
    was, event = placement.deal, _event(placement, report)
    family = (was.id, *placement.joined) if was else ()
    told = (report, *_reports(was)) if placement.joined and was else (report,)
    keys = tuple(sorted({name for each in told for name in party_keys(each.terms, key)}))
    told_anew = _told_anew(placement, event, report.terms)
    # On a source's first poll "now" is when we saw it: what a slow host holds back for days stays news.
    since = report.since or item.entry.seen_at
    fresh = is_news(event.announced, since, report.fetched_at, pipeline.settings.news_age)
    after = _after(placement, event, fresh, tells=bool(told_anew))
    found = _matches(asked, after, (*(a for deal in family for a in store.articles_of(deal)), item.article))
    new = {m.search for m in found}
    known = (replace(m, deal=after.id) for m in store.matches(family) if m.search not in new)
    follows = followed(after.id, report.terms, told_anew, keys, store.watches())
    earlier = [telling for deal in family for telling in store.tellings(deal=deal)]
    decided = tell(
        deal=replace(after, kept=_is_sure(event), news=_is_told(placement, after, fresh, told_anew)),
        changes=told_anew,
        reason=report.reason,
        matches=(*known, *found, *(m for _, m in follows)),
        searches=[*asked.searches, *(search for search, _ in follows)],
        earlier=earlier,
        now=pipeline.clock(),
    )
    open_ = [telling for telling in earlier if telling.id not in decided.superseded]
    waiting = as_one(open_, after) if placement.joined else ()
    return StoryStep(
        report=report,
        deal=was.id if was else None,
        story=placement.story.story if placement.story else None,
        terms=event.terms,
        announced=event.announced,
        revision=max((after.revision, *(t.revision for t in waiting))),
        kept=after.kept,
        news=after.news,
        late=after.late,
        keys=keys,
        matches=tuple(found),
        tellings=decided.tellings,
        superseded=decided.superseded,
        marks=marks_of(report.terms, key, report.sketch),
        joined=placement.joined,
        same=placement.same,
        released=tuple((each.article, each.nth) for each in placement.released),
        left=placement.left,
        waiting=waiting,
    )


def _reports(deal: Deal) -> list[Report]:
    return [report for event in deal.events for report in event.reports]


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
        sketch=sketch(article.text) if len(item.reading.deals()) == 1 else b"",
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
        kept=(deal.kept or _is_sure(event)) and not deal.rejected,
        news=deal.news or is_new,
        late=fresh.late if is_new else deal.late,
        events=events,
        rejected=deal.rejected,
    )


def _is_told(placement: Placement, after: Deal, fresh: News, told_anew: tuple[Change, ...]) -> bool:
    """Return whether this report is a reason to tell anyone of the deal.

    News is decided by the first report of an event. A recap months later is none, even for a recipient who was not told
    of the deal then; what it corrects or completes is.
    """
    if placement.deal is not None and placement.deal.rejected:
        return False
    if placement.story is None:
        return fresh.news
    return after.news and (fresh.news or bool(told_anew))


def _matches(asked: Asked, deal: Deal, articles: Sequence[Article]) -> list[Match]:
    return [] if deal.rejected else asked.matches(Subject.of(deal, articles))
