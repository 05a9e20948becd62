"""Kept articles that are fetched again, and what follows where their publishers changed them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select, update

from news.reading import Reading
from news.story import Deal
from news.version import Changed, Look, Looked, Validators, Version
from storage.articles import latest_reading
from storage.base import Database, batches, picked
from storage.codecs import changes_from_json, changes_to_json
from storage.deals import insert_telling
from storage.engine import insert
from storage.ledger import ledger_entry
from storage.rereading import replace_reading, rewrite_deal
from storage.tables import articles, deals, entries, refetches, reports, sources, tellings, versions

_KEPT = ("kept", "perhaps")
_NOW = ("title", "text", "author", "language", "published_at", "modified_at")


class Versions(Database):
    """Second fetches, and the versions of articles."""

    def looks_due(self, now: datetime, limit: int | None = None) -> tuple[Look, ...]:
        """Return the kept articles of active sources whose pages are to be fetched again, what is longest due first."""
        active = select(sources.c.key).where(sources.c.active)
        query = (
            _looks()
            .join(articles, articles.c.id == refetches.c.article)
            .where(refetches.c.due_at <= now, articles.c.text.is_not(None))
            .where(entries.c.decision.in_(_KEPT), entries.c.source.in_(active))
            .order_by(refetches.c.due_at, refetches.c.article, entries.c.id)
            .limit(limit)
        )
        found: dict[int, Look] = {}
        with self._read() as connection:
            for row in connection.execute(query).mappings():
                found.setdefault(row["of_article"], _look(row))
        return tuple(found.values())

    def look(self, article: int) -> Look | None:
        """Return what is known of an article's second fetch, None where there is none."""
        query = _looks().where(refetches.c.article == article).order_by(entries.c.id).limit(1)
        with self._read() as connection:
            row = connection.execute(query).mappings().first()
            return None if row is None else _look(row)

    def reading_of(self, article: int) -> Reading | None:
        """Return what the newest reader made of an article."""
        with self._read() as connection:
            return latest_reading(connection, article)

    def record_look(self, looked: Looked) -> None:
        """Store what came of one more fetch of an article that stays as it is."""
        with self._write() as connection:
            _write_look(connection, looked)

    def record_change(self, step: Changed, version: str) -> None:
        """Store what an article says now, the version before, and what follows for its deals."""
        article, before = step.article, step.before
        with self._write() as connection:
            row = {name: getattr(before, name) for name in ("article", "nth", "title", "text")}
            row |= {"fetched_at": before.fetched_at, "replaced_at": before.replaced_at}
            made = insert(connection, versions).values(**row, changes=changes_to_json(before.changes))
            connection.execute(made.on_conflict_do_nothing())
            values = {name: getattr(article, name) for name in _NOW}
            values |= {"behind": article.behind or None, "signature": step.signature}
            connection.execute(update(articles).where(articles.c.id == article.id).values(values))
            replace_reading(connection, article.id, step.reading, version)
            for item in step.deals:
                rewrite_deal(connection, article.id, item)
                _rewrite_rest(connection, article.id, item.deal)
            gone = {"state": "suppressed", "reason": "replaced by what the publisher changed before it was sent"}
            replaced = tellings.c.id.in_(step.superseded) & (tellings.c.state == "pending")
            connection.execute(update(tellings).where(replaced).values(gone))
            for telling in step.tellings:
                insert_telling(connection, telling)
            _write_look(connection, step.looked)

    def versions(self, of: Collection[int]) -> tuple[Version, ...]:
        """Return the versions that the publishers of articles replaced, in their order; a text let go is empty."""
        found: list[Version] = []
        with self._read() as connection:
            for some in batches(sorted(of)):
                query = select(versions).where(versions.c.article.in_(some))
                rows = connection.execute(query.order_by(versions.c.article, versions.c.nth)).mappings()
                found += [_version(row) for row in rows]
        return tuple(found)


def _looks() -> Select[Any]:
    """Return the query for second fetches, each with the entries that its article has."""
    own = [refetches.c[name] for name in ("etag", "last_modified", "origin", "due_at", "looks", "looked_at", "outcome")]
    named = [refetches.c.article.label("of_article"), refetches.c.attempts.label("again")]
    return select(*named, *own, entries).join(entries, entries.c.article == refetches.c.article)


def _look(row: RowMapping) -> Look:
    return Look(
        article=row["of_article"],
        entry=ledger_entry(row),
        validators=Validators(row["etag"], row["last_modified"], row["origin"]),
        attempts=row["again"],
        **picked(row, "due_at", "looks", "looked_at", "outcome"),
    )


def _version(row: RowMapping) -> Version:
    own = picked(row, "article", "nth", "title", "fetched_at", "replaced_at")
    return Version(**own, text=row["text"] or "", changes=changes_from_json(row["changes"]))


def _write_look(connection: Connection, looked: Looked) -> None:
    values: dict[str, Any] = {"due_at": looked.due_at, "outcome": looked.outcome, "looked_at": looked.at}
    if looked.failed:
        values["attempts"] = refetches.c.attempts + 1
    else:
        values |= {"attempts": 0, "looks": refetches.c.looks + 1}
    if looked.validators is not None:
        held = looked.validators
        values |= {"etag": held.etag, "last_modified": held.last_modified, "origin": held.origin}
    connection.execute(update(refetches).where(refetches.c.article == looked.article).values(values))


def _rewrite_rest(connection: Connection, article: int, deal: Deal) -> None:
    """Write what another text changes of a deal beyond what another reading of the same text does."""
    connection.execute(update(deals).where(deals.c.id == deal.id).values(revision=deal.revision))
    for event in deal.events:
        for report in event.reports:
            if report.article == article:
                same = (reports.c.article == article) & (reports.c.nth == report.nth)
                connection.execute(update(reports).where(same).values(sketch=report.sketch))
