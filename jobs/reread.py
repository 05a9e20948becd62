"""Read the stored texts with today's rules: show what differs, and on request store it. Nothing is ever mailed.

Texts are read in lots, in worker processes as a run reads them. Storing goes article by article, in an order that a
crash cannot turn into mail: deals that are new are placed first, with nobody to be told; then, in one transaction, the
reading takes the place of the old one and the deals that the article tells follow it. An article whose reading is
today's already is passed over, so that a second reread goes on where a first one ended.

A deal keeps its id, its revision and whether it is news. One that no article tells of any more is forgotten, unless
somebody was told of it or said something about it: then it stays as it was told, and is not kept. What a person set or
rejected stays. A deal that is found now is told to nobody for that; whoever hears of it is told by the next article.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial, reduce

from deals.reader import READER_VERSION
from jobs import tasks
from jobs.context import Pipeline
from jobs.differing import Difference, difference
from jobs.placing import Asked, asked_for, matching, report_of, step_of, within
from jobs.tasks import prepare
from jobs.workers import workers
from lexicon import Lexicon
from news.article import Article, Fault
from news.contract import reading_from_json, reading_to_json
from news.errors import TaskFailedError
from news.reading import UNREAD, Reading, Terms
from news.step import Correction, ReadArticle, Reread, RereadDeal, StoryStep, Unplaced
from news.story import Deal, DealEvent, Report
from stories.corrections import ADDED
from stories.facts import party_keys
from stories.marks import marks_of
from stories.terms import absorb

log = logging.getLogger(__name__)

AT_ONCE = 100
_PARTIES = frozenset({"licensor", "licensee", "partner"})


@dataclass(frozen=True, slots=True)
class Found:
    """An article that says something else today, without its text, and the deals that it tells."""

    article: Article
    deals: tuple[int, ...]
    difference: Difference


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reread came to: counts of articles, and the differences in the order of the articles.

    `requoted` say the same with other quotes or another score, `gone` have no text any more, `mended` could not be read
    before and are read now, `failed` cannot be read now. `kept_words` names what people set and reading leaves alone.
    """

    read: int = 0
    unchanged: int = 0
    requoted: int = 0
    mended: int = 0
    gone: int = 0
    found: tuple[Found, ...] = ()
    failed: tuple[tuple[str, Fault], ...] = ()
    kept_words: tuple[str, ...] = ()


Watch = Callable[[int, int], None]
"""Is told how many of how many articles are done."""


Reader = Callable[[Article], Awaitable[Reading]]
"""Reads an article; raises TaskFailedError where it does not come back from it."""


@contextlib.contextmanager
def readers(size: int, load: Callable[[], Lexicon]) -> Iterator[Reader]:
    """Give what reads in worker processes, as a run does; `load` gives them the lexicon."""
    with workers(size, partial(prepare, load)) as pool:
        yield lambda article: pool.call(tasks.SECONDS, tasks.read_article, article)


async def reread(
    pipeline: Pipeline, reader: Reader, watch: Watch, *, since: datetime | None = None, apply: bool = False
) -> Outcome:
    """Read the stored texts again, those fetched `since` then; `apply` stores what differs.

    Raises AnotherRunError when it is to store and a run is at work, StorageError.
    """
    store = pipeline.store
    there, gone = store.readable(since)
    asked = asked_for(pipeline, store.searches()) if apply else None
    outcome, after = Outcome(gone=gone), 0
    with store.lock() if apply else contextlib.nullcontext():
        while lot := store.read_articles(after, since, AT_ONCE):
            after = lot[-1].article.id
            outcome = await _lot(pipeline, reader, lot, outcome, asked)
            watch(outcome.read, there)
    return outcome


async def _lot(
    pipeline: Pipeline, reader: Reader, lot: Sequence[ReadArticle], outcome: Outcome, asked: Asked | None
) -> Outcome:
    """Return the outcome with one lot more; where `asked` is given, what differs in it is stored."""
    readings = await asyncio.gather(*(_read(pipeline, reader, item.article) for item in lot))
    failed = [(i.article.address, r) for i, r in zip(lot, readings, strict=True) if isinstance(r, Fault)]
    other = [(i, r) for i, r in zip(lot, readings, strict=True) if isinstance(r, Reading) and r != i.reading]
    differences = [(item, difference(item.reading, now)) for item, now in other]
    found = [_found(pipeline, item, d) for item, d in differences if d]
    words = [] if asked is None else _apply(pipeline, asked, other)
    return replace(
        outcome,
        read=outcome.read + len(lot),
        unchanged=outcome.unchanged + len(lot) - len(other) - len(failed),
        requoted=outcome.requoted + len(other) - len(found),
        mended=outcome.mended + sum(item.reading.reason.startswith(UNREAD) for item, _ in other),
        found=(*outcome.found, *found),
        failed=(*outcome.failed, *failed),
        kept_words=(*outcome.kept_words, *words),
    )


async def _read(pipeline: Pipeline, reader: Reader, article: Article) -> Reading | Fault:
    """Return what an article says today, as the store would give it back."""
    try:
        reading = await reader(article)
    except TaskFailedError as error:
        log.warning("%s cannot be read: %s", article.address, error)
        return Fault(error.fault, str(error))
    return reading_from_json(reading_to_json(within(reading, pipeline), article.id))


def _found(pipeline: Pipeline, item: ReadArticle, what: Difference) -> Found:
    told = pipeline.store.deals_of_article(item.article.id) if item.reading.deals() else ()
    return Found(replace(item.article, text=""), tuple(deal.id for deal in told), what)


def _apply(pipeline: Pipeline, asked: Asked, other: Iterable[tuple[ReadArticle, Reading]]) -> list[str]:
    """Store readings that differ; return what people said and what therefore stays as it is."""
    plain: list[tuple[int, Reading]] = []
    words: list[str] = []
    for item, now in other:
        if not now.deals() and not pipeline.store.deals_of_article(item.article.id):
            plain.append((item.article.id, now))
        else:
            words += _follow(pipeline, asked, item.article, now)
    pipeline.store.record_readings(plain, READER_VERSION)
    return words


@dataclass(frozen=True, slots=True)
class _Again:
    """What an article says now: its reports that stay in their stories, and the reading's reason."""

    article: int
    reports: Sequence[Report]
    reason: str


def _follow(pipeline: Pipeline, asked: Asked, article: Article, now: Reading) -> list[str]:
    """Store a reading and let the deals of its article follow it; return what people said of them."""
    store, key = pipeline.store, pipeline.lexicon.companies.key
    entry = store.first_entry(article.id)
    known = {nth: (deal, event) for deal, event, nth in _places(store.deals_of_article(article.id), article.id)}
    moved: list[StoryStep] = []
    stay: list[Report] = []
    for item in (Unplaced(article, now, nth, entry) for nth in range(len(now.deals()))):
        report = report_of(item)
        if item.nth not in known:
            store.record_story(_silent(pipeline, asked, item))
        elif _is_of_others(report, known[item.nth][1], key) and not _is_rejected(pipeline, known[item.nth][0]):
            moved.append(_silent(pipeline, asked, item))
            continue
        stay.append(report)
    again = _Again(article.id, stay, now.reason)
    followed: list[RereadDeal] = []
    words: list[str] = []
    for deal in store.deals_of_article(article.id):
        said = _standing(pipeline, deal.id)
        words += [f"{deal.label} {c.verb} {c.field}".rstrip() for c in said]
        if not _is_rejected(pipeline, deal):
            followed.append(_after(pipeline, asked, deal, again, said))
    store.record_reread(Reread(article.id, now, tuple(followed), tuple(moved)), READER_VERSION)
    return words


def _places(deals: Iterable[Deal], article: int) -> Iterator[tuple[Deal, DealEvent, int]]:
    """Yield the deals and events that an article tells, with the number of each among its deals."""
    for deal in deals:
        for event in deal.events:
            yield from ((deal, event, report.nth) for report in event.reports if report.article == article)


def _is_of_others(report: Report, event: DealEvent, key: Callable[[str], str]) -> bool:
    """Return whether a report has no party in common with what other articles say of its event."""
    others = {k for r in event.reports if r.article != report.article for k in party_keys(r.terms, key)}
    mine = set(party_keys(report.terms, key))
    return bool(others and mine) and others.isdisjoint(mine)


def _standing(pipeline: Pipeline, deal: int) -> tuple[Correction, ...]:
    return tuple(c for c in pipeline.store.corrections(deal) if c.undone_at is None)


def _is_rejected(pipeline: Pipeline, deal: Deal) -> bool:
    return any(c.verb == "reject" for c in _standing(pipeline, deal.id))


def _silent(pipeline: Pipeline, asked: Asked, item: Unplaced) -> StoryStep:
    """Return the place of a deal with nobody to be told: no telling, no new revision; a rejected deal stays so."""
    step = step_of(pipeline, item, asked, moves=False)
    was = pipeline.store.deal(step.deal) if step.deal is not None else None
    step = replace(step, tellings=(), superseded=(), revision=was.revision if was else 1)
    if was is not None and _is_rejected(pipeline, was):
        step = replace(step, kept=was.kept)
    return step


def _after(pipeline: Pipeline, asked: Asked, deal: Deal, again: _Again, said: Sequence[Correction]) -> RereadDeal:
    """Return a deal as it is once an article says what it says now."""
    found = (_event(event, again, said) for event in deal.events)
    events = tuple(sorted((event for event in found if event.reports), key=lambda event: event.announced))
    over = not events
    if over and pipeline.store.is_spoken_of(deal.id):
        events = tuple(_as_told(event, again) for event in deal.events)
    now = replace(deal, events=events, kept=any(report.kept for event in events for report in event.reports))
    matches = () if over else tuple(matching(pipeline, asked, [now]))
    lapsed = "not a deal any more" if over else "perhaps only" if deal.kept and not now.kept else ""
    lapsed = lapsed or ("" if matches else "it matches no search any more")
    key = pipeline.lexicon.companies.key
    keys = sorted({k for event in events for k in party_keys(event.terms, key)})
    marks = sorted({mark for event in events for mark in marks_of(event.terms, key)})
    return RereadDeal(now, tuple(keys), matches, f"read again: {lapsed}" if lapsed else "", tuple(marks))


def _event(event: DealEvent, again: _Again, said: Sequence[Correction]) -> DealEvent:
    """Return an event with what an article says of it now; without reports where that was all there was."""
    if all(report.article != again.article for report in event.reports):
        return event
    now = {report.nth: report for report in again.reports}
    mine = (report.article == again.article and report.nth < ADDED for report in event.reports)
    told = [now.get(r.nth) if is_mine else r for r, is_mine in zip(event.reports, mine, strict=True)]
    reports = tuple(report for report in told if report is not None)
    if not reports:
        return replace(event, reports=())
    terms = _as_said(event.terms, reduce(absorb, (report.terms for report in reports)), said)
    return DealEvent(event.story, terms, min(report.announced for report in reports), reports)


def _as_said(was: Terms, now: Terms, said: Sequence[Correction]) -> Terms:
    """Return terms in which the fields that a person set are as they were."""
    names = {"parties" if c.field in _PARTIES else c.field for c in said if c.verb == "set"}
    kept = {name: getattr(was, name) for name in sorted(names) if hasattr(was, name)}
    return replace(now, **kept)


def _as_told(event: DealEvent, again: _Again) -> DealEvent:
    """Return an event as it was told, with its article no longer vouching for it."""
    why = f"told, and not a deal when it was read again: {again.reason}"
    reports = (replace(r, kept=False, reason=why) if r.article == again.article else r for r in event.reports)
    return replace(event, reports=tuple(reports))
