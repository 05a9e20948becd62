"""Put what a publisher changed in the place of what its article said: load, rules, one transaction.

The version before is kept. The deals that the article tells follow what it says now; whoever was told a value that is
another now hears it once, was and is. A deal that it tells only now is placed afterwards, as one of a new article is:
what a crash leaves between the two is taken up by the next run.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.corrected import tell_correction
from alerts.tell import Told, is_news, tell
from deals.version import READER_VERSION
from digest.headline import sentence
from jobs.context import Pipeline
from jobs.differing import moved
from jobs.following import Again, after, is_of_others, is_rejected, places, standing
from jobs.placing import Asked, asked_for, place_waiting, report_of
from jobs.restated import Texts, restated
from lexicon.text import words
from news.alert import Telling
from news.article import Article, LedgerEntry
from news.reading import Reading
from news.step import RereadDeal, Unplaced
from news.story import Change, Deal, DealEvent, Report
from news.version import Changed, Looked, Version
from stories.articles import signature
from stories.corrections import ADDED
from stories.facts import party_keys
from stories.marks import marks_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Turn:
    """An article as it was and as it is now, both read by today's rules; `control` is the reading of what it was."""

    before: Article
    now: Article
    control: Reading
    reading: Reading
    entry: LedgerEntry
    looked: Looked

    @property
    def texts(self) -> Texts:
        return Texts.of(self.before, self.now)


@dataclass(frozen=True, slots=True)
class _Followed:
    """A deal as it is now, what of it is other than was told, and who hears that."""

    item: RereadDeal
    changes: tuple[Change, ...]
    told: Told


def replace_version(
    pipeline: Pipeline, before: Article, now: Article, readings: tuple[Reading, Reading], looked: Looked
) -> tuple[Change, ...]:
    """Store an article as its publisher changed it, with what follows; return what is told of it as a correction.

    `readings` are those of both by today's rules: what they alone read otherwise than it was told is no correction.
    """
    store = pipeline.store
    deals = store.deals_of_article(now.id)
    known = {report.nth: report for _, _, report in places(deals, now.id) if report.nth < ADDED}
    control, reading = (_in_places(pipeline, each, known) for each in readings)
    turn = _Turn(before, now, control, reading, store.first_entry(now.id), looked)
    again = Again(now.id, _staying(pipeline, turn, deals), reading.reason, "its publisher changed it", now, known)
    asked = asked_for(pipeline, store.searches())
    followed = [_followed(pipeline, asked, turn, deal, again) for deal in deals if not is_rejected(pipeline, deal)]
    changes = tuple(change for each in followed for change in each.changes)
    earlier = store.versions([now.id])
    version = Version(
        article=now.id,
        nth=len(earlier),
        title=before.title,
        text=before.text,
        fetched_at=earlier[-1].replaced_at if earlier else before.fetched_at,
        replaced_at=looked.at,
        changes=changes,
    )
    step = Changed(
        version,
        now,
        None if now.behind else signature(words(now.text)),
        reading,
        looked if reading.deals() else replace(looked, due_at=None),
        tuple(each.item for each in followed),
        tuple(telling for each in followed for telling in each.told.tellings),
        tuple(number for each in followed for number in each.told.superseded),
    )
    store.record_change(step, READER_VERSION)
    log.info(
        "%s was changed by its publisher: %d corrections, %d tellings", now.address, len(changes), len(step.tellings)
    )
    place_waiting(pipeline, now.id)
    return changes


def _in_places(pipeline: Pipeline, reading: Reading, known: dict[int, Report]) -> Reading:
    """Return the reading with its deals in the places in which their parties stood before.

    In a round-up of several deals one may be put in front or taken out.
    """
    key, left = pipeline.lexicon.companies.key, list(reading.deals())
    if len(left) < 2 and len(known) < 2:
        return reading
    slots: dict[int, int] = {}
    for nth, report in sorted(known.items()):
        mine = set(party_keys(report.terms, key))
        shares = [len(mine.intersection(party_keys(terms, key))) for terms in left]
        free = [n for n in range(len(left)) if n not in slots.values() and shares[n]]
        if nth < len(left) and free:
            slots[nth] = max(free, key=lambda n: (shares[n], n == nth))
    rest = iter([n for n in range(len(left)) if n not in slots.values()])
    ordered = [left[slots[nth] if nth in slots else next(rest)] for nth in range(len(left))]
    if not ordered:
        return reading
    return replace(reading, kind=ordered[0].kind, terms=ordered[0], also=tuple(ordered[1:]))


def _staying(pipeline: Pipeline, turn: _Turn, deals: Sequence[Deal]) -> list[Report]:
    """Return the article's reports that stay in their stories, as they are now.

    One whose parties are all others goes: it is placed anew. Where nobody else tells of its event, it stays as it was:
    of which deal the article tells now is then not certain.
    """
    key = pipeline.lexicon.companies.key
    known = {report.nth: (event, report) for _, event, report in places(deals, turn.now.id)}
    stay: list[Report] = []
    for nth in range(len(turn.reading.deals())):
        if nth not in known:
            continue
        event, was = known[nth]
        report = replace(report_of(Unplaced(turn.now, turn.reading, nth, turn.entry)), since=was.since)
        mine, theirs = (set(party_keys(each.terms, key)) for each in (report, was))
        if not is_of_others(report, event, key) and not (mine and theirs and mine.isdisjoint(theirs)):
            stay.append(report)
        elif all(each.article == turn.now.id for each in event.reports):
            stay.append(was)
    return stay


def _followed(pipeline: Pipeline, asked: Asked, turn: _Turn, deal: Deal, again: Again) -> _Followed:
    """Return a deal with what its article says now, and who is told of the difference."""
    item = after(pipeline, asked, deal, again, standing(pipeline, deal.id))
    now = item.deal
    changes = _changes(pipeline, turn, deal, now)
    is_other = bool(changes) or now.kept != deal.kept
    now = replace(now, revision=deal.revision + is_other)
    key = pipeline.lexicon.companies.key
    own = (mark for r in again.reports for mark in marks_of(r.terms, key, r.sketch) if _has(now, r))
    item = replace(item, deal=now, marks=tuple(sorted({*item.marks, *own})))
    return _Followed(item, changes, _told(pipeline, asked, turn, item, changes) if now.events else Told())


def _has(deal: Deal, report: Report) -> bool:
    return any(report in event.reports for event in deal.events)


def _changes(pipeline: Pipeline, turn: _Turn, was: Deal, now: Deal) -> tuple[Change, ...]:
    """Return what of a deal is other than it was told, those of an earlier event with its day."""
    if was.kept and not any(r.kept for event in now.events for r in event.reports) and not turn.reading.deals():
        # What is read whole for the first time is no retraction, nor what today's rules take for none either way.
        is_taken_back = bool(turn.control.deals()) and not turn.before.behind
        retracted = f"no deal: {turn.now.outlet} changed its article ({turn.reading.reason})"
        return (Change("deal", sentence(was.latest.terms) or "a deal", retracted),) if is_taken_back else ()
    before = {event.story: event for event in was.events}
    found: list[Change] = []
    for event in now.events:
        if (known := before.get(event.story)) is None:
            continue
        told = restated(known.terms, event.terms, turn.texts, pipeline.lexicon.companies.key)
        told = tuple(change for change in told if change.field in _reread(turn, event))
        is_latest = event.story == now.latest.story
        found += told if is_latest else [replace(c, field=f"{c.field} of {event.announced}") for c in told]
    return tuple(found)


def _reread(turn: _Turn, event: DealEvent) -> set[str]:
    """Return the fields of an event that today's rules read otherwise in the article than in what it was."""
    pairs = ((r.nth, r.terms) for r in event.reports if r.article == turn.now.id and r.nth < len(turn.control.deals()))
    return {change.field for nth, terms in pairs for change in moved(turn.control.deals()[nth], terms)}


def _told(pipeline: Pipeline, asked: Asked, turn: _Turn, item: RereadDeal, changes: tuple[Change, ...]) -> Told:
    """Return who hears of it: those who were told how it was, and those whose searches match only now."""
    deal, now = item.deal, pipeline.clock()
    earlier = [_as_lapsed(telling, item.untold) for telling in pipeline.store.tellings(deal=deal.id)]
    corrected = tell_correction(deal=deal, changes=changes, earlier=earlier, now=now)
    heard = {telling.recipient for telling in corrected.tellings}
    since = turn.entry.since or turn.entry.seen_at
    fresh = is_news(deal.latest.announced, since, turn.looked.at, pipeline.settings.news_age)
    first = tell(
        deal=replace(deal, news=deal.news and fresh.news),
        changes=(),
        reason="" if deal.kept else deal.latest.reports[-1].reason,
        matches=item.matches,
        searches=asked.searches,
        earlier=earlier,
        now=now,
    )
    whose = {telling.id: telling.recipient for telling in earlier}
    return Told(
        (*corrected.tellings, *(t for t in first.tellings if t.recipient not in heard)),
        (*corrected.superseded, *(number for number in first.superseded if whose[number] not in heard)),
    )


def _as_lapsed(telling: Telling, untold: str) -> Telling:
    """Return a telling as it is once what was still to be told of its deal is told no more."""
    return replace(telling, state="suppressed") if untold and telling.state == "pending" else telling
