"""Fetch kept articles once more: after a day, and when their feed says that they changed.

A page that is gone, behind a wall or led elsewhere changes nothing, and so does one that differs in its markup only.
What was fetched in vain is tried again as other pages are; nothing of that is a fault of a run, which has the article.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from crawler.polling import page_retry_at
from jobs import tasks
from jobs.context import Pipeline, internal_error
from jobs.placing import within
from jobs.polls import address_of
from jobs.replacing import replace_version
from jobs.restated import fingerprint, is_cut
from jobs.workers import Workers
from jobs.writer import Writer
from news.address import canonical, same_site
from news.article import Article, Fault, Page
from news.contract import reading_from_json, reading_to_json
from news.errors import NotAnArticleError, TaskFailedError
from news.fetch import Answer, Body, Gone, NotModified, PageTarget, Refused
from news.reading import Reading
from news.version import Look, Looked, Validators
from storage.again import AFTER
from stories.articles import believed_address

log = logging.getLogger(__name__)


class Refetching:
    """The second fetches of a crawl, by the entries that brought their articles."""

    def __init__(self, pipeline: Pipeline, workers: Workers, writer: Writer) -> None:
        """Take what all steps need."""
        self._pipeline = pipeline
        self._store = pipeline.store
        self._workers = workers
        self._writer = writer
        self._open: dict[int, Look] = {}

    def targets(self, looks: Iterable[Look]) -> list[PageTarget]:
        """Return articles as targets, with the validators of the pages that we hold; none that is under way."""
        fresh = [look for look in looks if look.entry.id not in self._open]
        self._open.update({look.entry.id: look for look in fresh})
        return [_target(look) for look in fresh]

    def has(self, target: PageTarget) -> bool:
        """Return whether a target is one of these."""
        return target.entry in self._open

    def leave(self, target: PageTarget) -> None:
        """Let go of a target; until it is answered and taken, the database says that it is due."""
        self._open.pop(target.entry, None)

    async def take(self, target: PageTarget, answer: Answer, at: datetime) -> str:
        """Take an answer through to the deals; return what came of it, in words."""
        look = self._open[target.entry]
        article = await self._writer.call(self._store.article, look.article)
        if article is None or not article.text:
            return "let go"
        if isinstance(answer, NotModified):
            return await self._stays(look, article, at, "unchanged")
        if not isinstance(answer, Body):
            return await self._failed(look, article, refusal(answer), at)
        try:
            page: Page = await self._workers.call(
                tasks.SECONDS, tasks.take_whole, answer.content, answer.final_url, answer.content_type
            )
            return await self._take(look, article, page, answer, at)
        except NotAnArticleError as error:
            return await self._stays(look, article, at, f"unchanged: {error.kind}: {error}")
        except TaskFailedError as error:
            return await self._failed(look, article, Refused(Fault(error.fault, str(error))), at)

    async def _take(self, look: Look, article: Article, page: Page, answer: Body, at: datetime) -> str:
        """Take a page; raises TaskFailedError where it cannot be read."""
        found = replace(
            article,
            title=page.title or article.title,
            text=page.text,
            author=page.author or article.author,
            language=page.language or article.language,
            published_at=article.published_at or page.published_at,
            modified_at=page.modified_at or article.modified_at,
            behind="",
        )
        held = Validators.of(answer)
        if fingerprint(found.title, found.text) == fingerprint(article.title, article.text):
            return await self._stays(look, article, at, "unchanged", held)
        if not _is_at(article, answer.final_url, page):
            return await self._stays(look, article, at, f"unchanged: it leads to {canonical(answer.final_url)} now")
        if is_cut(article.text, found.text):
            return await self._stays(look, article, at, "unchanged: only its beginning is there now")
        control, reading = await asyncio.gather(self._read(article), self._read(found))
        if reading.not_read:
            return await self._stays(look, article, at, f"unchanged: {reading.reason}")
        looked = Looked(article.id, at, "changed by its publisher", _next(article, at), validators=held)
        try:
            changes = await self._writer.call(
                replace_version, self._pipeline, article, found, (control, reading), looked
            )
        except Exception as error:  # where nothing at all can be stored, accounting for it fails as well
            log.exception("%s cannot be kept as it was changed", article.address)
            fault = internal_error(error)
            self._pipeline.tally.faults.append((article.address, fault))
            return await self._failed(look, article, Refused(fault), at)
        return f"changed by its publisher, {len(changes)} corrections"

    async def _read(self, article: Article) -> Reading:
        """Return what an article says, as the store would give it back."""
        reading = within(await self._workers.call(tasks.SECONDS, tasks.read_article, article), self._pipeline)
        return reading_from_json(reading_to_json(reading, article.id))

    async def _stays(
        self, look: Look, article: Article, at: datetime, outcome: str, held: Validators | None = None
    ) -> str:
        looked = Looked(look.article, at, outcome, _next(article, at), validators=held)
        await self._writer.call(self._store.record_look, looked)
        return outcome

    async def _failed(self, look: Look, article: Article, refused: Refused, at: datetime) -> str:
        again = page_retry_at(look.attempts, refused.fault, refused.retry_at, at) or _next(article, at)
        looked = Looked(look.article, at, f"not fetched: {refused.fault}", again, failed=True)
        await self._writer.call(self._store.record_look, looked)
        return str(refused.fault)


def refusal(answer: Gone | NotModified | Refused) -> Refused:
    """Return why a page did not come."""
    return answer if isinstance(answer, Refused) else Refused(Fault("http 410", "the page is gone"))


def _target(look: Look) -> PageTarget:
    held = look.validators
    return PageTarget(look.entry.id, look.entry.entry.link, held.etag, held.last_modified, held.origin)


def _next(article: Article, at: datetime) -> datetime | None:
    """Return when an article that was fetched `at` is due again: a day after its first fetch, if that is to come."""
    due = article.fetched_at + AFTER
    return due if at < due else None


def _is_at(article: Article, final_url: str, page: Page) -> bool:
    """Return whether a page is that of an article: publishers lead to their home page what they take back."""
    final = canonical(final_url)
    return article.address in {final, believed_address(final, address_of(page.canonical or "") or None, same_site)}
