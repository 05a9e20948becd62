"""What a person says of a deal, taken in: load, rules, one transaction; and who is told that it was wrong.

A run may be at work meanwhile: what people say is laid over a deal each time it is loaded, so that nothing that a run
writes at the same moment undoes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.corrected import tell_correction
from alerts.subject import Subject
from alerts.tell import Told, tell
from digest.headline import sentence
from jobs.context import Pipeline
from jobs.differing import NOTHING, moved
from jobs.placing import asked_for, step_of
from news.alert import Match, Telling
from news.article import Article
from news.errors import CorrectionError
from news.reading import Reading, Terms
from news.step import Correction, CorrectionStep, Merged, RereadDeal, StoryStep, Unplaced
from news.story import Change, Deal, DealEvent
from stories.corrections import ADDED, as_corrected, as_read, is_kept, merged, standing_on, taken_apart
from stories.facts import party_keys
from stories.marks import marks_of


@dataclass(frozen=True, slots=True)
class By:
    """Who says something, when, and why."""

    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Setting:
    """A field that a person sets, as it was written, and the terms that hold its value."""

    field: str
    value: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of it: the corrections with their ids, the deal as it is now, what changed, and who is told of it."""

    said: tuple[Correction, ...]
    deal: Deal
    changes: tuple[Change, ...] = ()
    told: tuple[str, ...] = ()


def reject(pipeline: Pipeline, deal: Deal, by: By) -> Corrected:
    """Say that a deal is none: no card, no line and no alert from now on, whatever articles come.

    Raises CorrectionError where somebody has said so already.
    """
    if deal.rejected:
        raise CorrectionError(f"{deal.label} is rejected already")
    said = _said(deal, "reject", by)
    after = replace(deal, rejected=True, kept=False)
    change = Change("deal", _name(deal), f"no deal: {by.why}")
    return _record(pipeline, (said,), after, (change,), by, untold=f"rejected by {by.who}: {by.why}")


def set_fields(pipeline: Pipeline, deal: Deal, event: DealEvent, settings: Sequence[Setting], by: By) -> Corrected:
    """Say what fields of an event of a deal are."""
    said = tuple(
        replace(_said(deal, "set", by), field=s.field, value=s.value, story=event.story, terms=s.terms)
        for s in settings
    )
    after = as_corrected(deal, said)
    return _record(pipeline, said, after, _changes(deal, after), by)


def merge(pipeline: Pipeline, keep: Deal, gone: Deal, by: By) -> Corrected:
    """Say that two deals are one; the one that was told first stays, else the older. Raises CorrectionError."""
    if keep.id == gone.id:
        raise CorrectionError(f"{keep.label} is one deal already")
    keep, gone = sorted((keep, gone), key=lambda deal: _told_first(pipeline, deal))
    theirs = standing_on(pipeline.store.corrections(gone.id), [event.story for event in gone.events])
    one, how = merged(keep, gone, theirs)
    said = replace(_said(gone, "merge", by), value=keep.label, undo=how)
    moves = [(number, _home(one, story, how)) for number, story in how.corrections]
    home = dict(moves)
    after = as_corrected(one, [replace(c, story=home.get(c.id, c.story)) for c in theirs])
    became = RereadDeal(replace(gone, merged_into=keep.id, events=()), (), (), f"it became {keep.label}")
    step = _step(pipeline, (said,), after, Told(), "")
    waited = _waited(pipeline, step.deals[0], pipeline.store.tellings(deal=gone.id), by.at)
    step = replace(step, deals=(*step.deals, became), moved=tuple(moves), tellings=waited)
    return Corrected(pipeline.store.record_correction(step), after, told=tuple(t.recipient for t in waited))


def add(pipeline: Pipeline, article: Article, terms: Terms, value: str, by: By) -> Corrected:
    """Say that an article tells a deal; its place and who hears of it follow as for a deal that was read.

    Raises CorrectionError where it tells one already.
    """
    store = pipeline.store
    known = store.deals_of_article(article.id)
    if known:
        raise CorrectionError(f"{article.address} tells of {known[0].label} already; `deals set` mends what is wrong")
    reading = Reading(True, False, 1.0, article.language, terms.kind, f"added by {by.who}: {by.why}", terms=terms)
    asked = asked_for(pipeline, store.searches())
    step = _numbered(step_of(pipeline, Unplaced(article, reading, 0, store.first_entry(article.id)), asked))
    deal = store.record_story(step)
    story = next(e.story for e in deal.events if any(r.article == article.id and r.nth == ADDED for r in e.reports))
    said = store.correct(replace(_said(deal, "add", by), value=value, story=story))
    return Corrected((said,), deal, told=tuple(telling.recipient for telling in step.tellings))


def undo(pipeline: Pipeline, correction: Correction, by: By) -> Corrected:
    """Take back what a person said. Raises CorrectionError where that was done, or cannot be done."""
    if correction.verb == "undo":
        raise CorrectionError(f"C{correction.id} took something back; say that again instead")
    if correction.undone_at is not None:
        raise CorrectionError(f"C{correction.id} was taken back already")
    deal = pipeline.store.deal(correction.deal)
    if deal is None:
        raise CorrectionError(f"the deal of C{correction.id} is not there any more")
    said = replace(_said(deal, "undo", by), field=correction.verb, value=f"C{correction.id}", story=correction.story)
    if correction.undo is not None:
        return _part(pipeline, deal, correction, correction.undo, said)
    still = [c for c in pipeline.store.corrections(deal.id) if c.id != correction.id]
    plain = replace(deal, rejected=False, events=tuple(_without(e, correction, by) for e in deal.events))
    after = as_corrected(replace(plain, kept=is_kept(plain.events)), still)
    changes = _changes(deal, after)
    if correction.verb == "reject":
        changes = (Change("deal", f"no deal: {correction.why}", _name(after)),)
    elif correction.verb == "add" and not after.kept:
        changes = (Change("deal", _name(deal), f"no deal: {by.why}"),)
    return _record(pipeline, (said,), after, changes, by, undone=correction)


def _part(pipeline: Pipeline, deal: Deal, correction: Correction, how: Merged, said: Correction) -> Corrected:
    """Make two deals of the one that a merge made of them."""
    gone = pipeline.store.row_of(correction.deal)
    if gone is None or gone.merged_into is None:
        raise CorrectionError(f"D{correction.deal} is a deal of its own already")
    one, other = taken_apart(deal, gone, how)
    if not one.events or not other.events:
        raise CorrectionError(f"C{correction.id} cannot be taken back: of {deal.label} nothing would be left")
    home = dict(how.corrections)
    still = [replace(c, story=home.get(c.id, c.story)) for c in pipeline.store.corrections(deal.id)]
    other = as_corrected(other, still)
    step = _step(pipeline, (said,), as_corrected(one, still), Told(), "")
    apart = _follows(pipeline, other, "")
    step = replace(step, deals=(*step.deals, apart), undone=correction.id, moved=how.corrections)
    return Corrected(pipeline.store.record_correction(step), other)


def _record(
    pipeline: Pipeline,
    said: tuple[Correction, ...],
    after: Deal,
    changes: tuple[Change, ...],
    by: By,
    *,
    untold: str = "",
    undone: Correction | None = None,
) -> Corrected:
    """Store what a person said, the deal as it is now, and who is told of the difference."""
    store = pipeline.store
    after = replace(after, revision=after.revision + bool(changes))
    earlier = store.tellings(deal=after.id)
    told = tell_correction(deal=after, changes=changes, earlier=earlier, now=by.at)
    step = _step(pipeline, said, after, told, untold)
    if undone is not None:
        waited = _waited(pipeline, step.deals[0], earlier, by.at) if undone.verb == "reject" else ()
        step = replace(step, undone=undone.id, tellings=(*step.tellings, *waited))
    stored = store.record_correction(step)
    return Corrected(stored, after, changes, tuple(dict.fromkeys(t.recipient for t in step.tellings)))


def _step(pipeline: Pipeline, said: tuple[Correction, ...], after: Deal, told: Told, untold: str) -> CorrectionStep:
    return CorrectionStep(said, (_follows(pipeline, after, untold),), told.tellings, told.superseded)


def _follows(pipeline: Pipeline, deal: Deal, untold: str) -> RereadDeal:
    """Return a deal with what follows from what it is now: keys and matches; nothing matches what is none."""
    key = pipeline.lexicon.companies.key
    keys = sorted({k for event in deal.events for k in party_keys(event.terms, key)})
    found = () if deal.rejected else _matches(pipeline, deal)
    lapsed = "" if found else "corrected: it matches no search any more"
    marks = sorted({mark for event in deal.events for mark in marks_of(event.terms, key)})
    return RereadDeal(deal, tuple(keys), tuple(found), untold or lapsed, tuple(marks))


def _matches(pipeline: Pipeline, deal: Deal) -> Sequence[Match]:
    """Return what matches a deal as it is now, though its articles may be stored as another's still."""
    store = pipeline.store
    numbers = sorted({report.article for event in deal.events for report in event.reports})
    articles = [article for article in map(store.article, numbers) if article is not None]
    return asked_for(pipeline, store.searches()).matches(Subject.of(deal, articles))


def _waited(pipeline: Pipeline, item: RereadDeal, theirs: Sequence[Telling], now: datetime) -> tuple[Telling, ...]:
    """Return those who were never told of `theirs` because of what people said, and are told of the deal now."""
    told = {t.recipient for t in pipeline.store.tellings(deal=item.deal.id) if t.state != "suppressed"}
    wait = {t.recipient for t in theirs if t.state != "told"} - {t.recipient for t in theirs if t.state == "told"}
    found = tell(
        deal=item.deal,
        changes=(),
        reason="" if item.deal.kept else item.deal.latest.reports[-1].reason,
        matches=item.matches,
        searches=pipeline.store.searches(),
        earlier=(),
        now=now,
    )
    return tuple(telling for telling in found.tellings if telling.recipient in wait - told)


def _changes(was: Deal, now: Deal) -> tuple[Change, ...]:
    """Return what is different in what was told; what was merely not mentioned is filled in silence."""
    before = {event.story: event for event in was.events}
    found: list[Change] = []
    for event in now.events:
        if (known := before.get(event.story)) is not None:
            told = [c for c in moved(known.terms, event.terms) if c.was != NOTHING]
            is_latest = event.story == now.latest.story
            found += told if is_latest else [replace(c, field=f"{c.field} of {event.announced}") for c in told]
    return tuple(found)


def _without(event: DealEvent, correction: Correction, by: By) -> DealEvent:
    """Return an event with the field of a correction as its articles have it; what was added is vouched for no more."""
    if event.story != correction.story:
        return event
    if correction.verb == "add":
        why = f"added, and taken back by {by.who}: {by.why}"
        back = (replace(r, kept=False, reason=why) if r.nth >= ADDED else r for r in event.reports)
        return replace(event, reports=tuple(back))
    return as_read(event, correction.field)


def _numbered(step: StoryStep) -> StoryStep:
    """Return a step whose report no reading of the article will ever take for its own."""
    return replace(step, report=replace(step.report, nth=ADDED))


def _told_first(pipeline: Pipeline, deal: Deal) -> tuple[bool, datetime, int]:
    told = [t.created_at for t in pipeline.store.tellings(deal=deal.id) if t.state == "told"]
    return (not told, min(told, default=deal.first_seen), deal.id)


def _home(one: Deal, story: int, how: Merged) -> int:
    """Return the event that an event of the other deal became."""
    mine = {(article, nth) for article, nth, of in how.reports if of == story}
    return next((e.story for e in one.events if any((r.article, r.nth) in mine for r in e.reports)), story)


def _name(deal: Deal) -> str:
    return sentence(deal.latest.terms) or deal.latest.terms.kind


def _said(deal: Deal, verb: str, by: By) -> Correction:
    return Correction(0, deal.id, verb, "", "", by.who, by.at, by.why)
