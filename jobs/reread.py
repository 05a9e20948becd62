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
from functools import partial

from deals.version import READER_VERSION
from jobs import tasks
from jobs.context import Pipeline
from jobs.differing import Difference, difference
from jobs.following import Again, after, is_of_others, is_rejected, places, standing
from jobs.placing import Asked, asked_for, report_of, step_of, within
from jobs.tasks import prepare
from jobs.workers import workers
from lexicon import Lexicon
from news.article import Article, Fault
from news.contract import reading_from_json, reading_to_json
from news.errors import TaskFailedError
from news.reading import UNREAD, Reading
from news.step import ReadArticle, Reread, RereadDeal, StoryStep, Unplaced
from news.story import Report

log = logging.getLogger(__name__)

AT_ONCE = 100


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


def _follow(pipeline: Pipeline, asked: Asked, article: Article, now: Reading) -> list[str]:
    """Store a reading and let the deals of its article follow it; return what people said of them."""
    store, key = pipeline.store, pipeline.lexicon.companies.key
    entry = store.first_entry(article.id)
    known = {
        report.nth: (deal, event) for deal, event, report in places(store.deals_of_article(article.id), article.id)
    }
    moved: list[StoryStep] = []
    stay: list[Report] = []
    for item in (Unplaced(article, now, nth, entry) for nth in range(len(now.deals()))):
        report = report_of(item)
        if item.nth not in known:
            store.record_story(_silent(pipeline, asked, item))
        elif is_of_others(report, known[item.nth][1], key) and not is_rejected(pipeline, known[item.nth][0]):
            moved.append(_silent(pipeline, asked, item))
            continue
        stay.append(report)
    again = Again(article.id, stay, now.reason)
    followed: list[RereadDeal] = []
    words: list[str] = []
    for deal in store.deals_of_article(article.id):
        said = standing(pipeline, deal.id)
        words += [f"{deal.label} {c.verb} {c.field}".rstrip() for c in said]
        if not is_rejected(pipeline, deal):
            followed.append(after(pipeline, asked, deal, again, said))
    store.record_reread(Reread(article.id, now, tuple(followed), tuple(moved)), READER_VERSION)
    return words


def _silent(pipeline: Pipeline, asked: Asked, item: Unplaced) -> StoryStep:
    """Return the place of a deal with nobody to be told: no telling, no new revision; a rejected deal stays so."""
    step = step_of(pipeline, item, asked, moves=False)
    was = pipeline.store.deal(step.deal) if step.deal is not None else None
    step = replace(step, tellings=(), superseded=(), revision=was.revision if was else 1)
    if was is not None and is_rejected(pipeline, was):
        step = replace(step, kept=was.kept)
    return step
