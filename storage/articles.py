"""Articles and their readings."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Update, bindparam, exists, func, select, update

from news.article import Article, Decision
from news.contract import reading_from_json, reading_to_json
from news.reading import Reading
from news.step import Unplaced
from news.version import Validators
from storage.again import first_look, no_look
from storage.base import Database, add_new, batches, picked, upsert
from storage.ledger import decide, ledger_entry
from storage.tables import articles, entries, readings, refetches, reports, versions

_ARTICLE = (
    "id", "address", "source", "outlet", "title", "fetched_at", "author", "published", "published_from", "language",
    "published_at", "modified_at",
)  # fmt: skip

BY_VERSION = (func.length(readings.c.version), readings.c.version)
"""Readings from the oldest reader's to the newest's: versions are numbers, and "10" comes after "9"."""


class Articles(Database):
    """The pages behind entries, each stored once, and what they say."""

    def same_article(self, address: str, signature: str | None) -> Article | None:
        """Return the article with this address, else the one with the same text."""
        with self._read() as connection:
            found = article_of(connection, _first_with("address"), {"value": address})
            if not found and signature is not None:
                found = article_of(connection, _first_with("signature"), {"value": signature})
            return next(iter(found), None)

    def record_article(
        self, entry: int, article: Article, signature: str | None, validators: Validators | None = None
    ) -> Article:
        """Store an article and join its entry to it; the entry waits on, to be read.

        An address that is known already keeps its article. `validators` are those that came with the page.
        """
        with self._write() as connection:
            stored = _store(connection, entry, article, signature)
            first_look(connection, stored.id, stored.fetched_at, validators or Validators())
            return stored

    def record_dismissed(
        self, entry: int, article: Article, signature: str | None, version: str, reading: Reading
    ) -> None:
        """Store an article that is no deal, and its reading with it; else as `record_article`."""
        with self._write() as connection:
            stored = _store(connection, entry, article, signature)
            _record_reading(connection, stored.id, version, reading)

    def record_duplicate(self, entry: int, article: int, reason: str) -> None:
        """Account for an entry whose article is stored already."""
        with self._write() as connection:
            decide(connection, entry, "duplicate", reason, article)

    def unread(self) -> tuple[Article, ...]:
        """Return the articles that no reader has read yet, oldest first; their entries wait for that."""
        waits = select(entries.c.article).where(entries.c.decision == "waiting", entries.c.article.is_not(None))
        query = select(articles).where(articles.c.id.in_(waits), ~_is_read(), articles.c.text.is_not(None))
        with self._read() as connection:
            return article_of(connection, query.order_by(articles.c.id))

    def record_reading(self, article: int, version: str, reading: Reading) -> None:
        """Store what an article says, and with it what became of the entries that waited for that."""
        with self._write() as connection:
            _record_reading(connection, article, version, reading)
            if not (reading.keep or reading.perhaps):
                no_look(connection, article)

    def unplaced(self, article: int | None = None) -> tuple[Unplaced, ...]:
        """Return the deals of readings that stand in no story yet, of one article or all, oldest article first."""
        # What a person added beside the deals of a reading has a higher number than any of them.
        mine = (reports.c.article == readings.c.article) & (reports.c.nth < readings.c.deals)
        placed = select(func.count()).where(mine).scalar_subquery()
        # Most readings hold no deal: the first condition lets an index pass over them, an ORDER BY would not.
        query = select(readings).where(readings.c.deals > 0, readings.c.deals > placed)
        if article is not None:
            query = query.where(readings.c.article == article)
        found: list[Unplaced] = []
        with self._read() as connection:
            for row in sorted(connection.execute(query).mappings().all(), key=lambda row: row["article"]):
                found += _unplaced(connection, row)
        return tuple(found)

    def forget_texts(self, before: datetime) -> int:
        """Let go of the texts fetched before that were read; signatures, readings and titles stay. Return how many.

        The texts of earlier versions go with that of their article.
        """
        old = (articles.c.fetched_at < before) & articles.c.text.is_not(None) & _is_read()
        with self._write() as connection:
            gone = connection.scalars(update(articles).where(old).values(text=None).returning(articles.c.id)).all()
            for some in batches(gone):
                connection.execute(update(versions).where(versions.c.article.in_(some)).values(text=None))
                connection.execute(update(refetches).where(refetches.c.article.in_(some)).values(due_at=None))
            return len(gone)


def article_of(
    connection: Connection, query: Select[Any], asked: Mapping[str, Any] | None = None
) -> tuple[Article, ...]:
    """Return the articles that a query finds, with the ids of their entries; `asked` fills in the query."""
    rows = connection.execute(query, asked).mappings().all()
    joined: dict[int, list[int]] = {row["id"]: [] for row in rows}
    for some in batches(list(joined)):
        for article, entry in connection.execute(_pairs(), {"numbers": some}):
            joined[article].append(entry)
    return tuple(
        Article(
            **picked(row, *_ARTICLE),
            text=row["text"] or "",
            behind=row["behind"] or "",
            entries=tuple(joined[row["id"]]),
        )
        for row in rows
    )


def _store(connection: Connection, entry: int, article: Article, signature: str | None) -> Article:
    """Write an article and join its entry to it; return it as it is stored."""
    row = {name: getattr(article, name) for name in (*_ARTICLE, "text") if name != "id"}
    row["behind"] = article.behind or None
    number = add_new(connection, articles, {**row, "signature": signature})
    known = () if number else article_of(connection, _first_with("address"), {"value": article.address})
    stored = known[0] if known else replace(article, id=number or 0, entries=())
    connection.execute(_join(), {"entry": entry, "number": stored.id})
    return replace(stored, entries=tuple(sorted({*stored.entries, entry})))


def _record_reading(connection: Connection, article: int, version: str, reading: Reading) -> None:
    row = {"article": article, "version": version, "deals": len(reading.deals())}
    upsert(connection, readings, {**row, "reading": reading_to_json(reading, article)})
    decided = {"decided": decision_of(reading), "because": reading.reason}
    connection.execute(_judge(), {"number": article, **decided})


def latest_reading(connection: Connection, article: int) -> Reading | None:
    """Return the reading of an article by the newest reader that read it."""
    query = select(readings.c.reading).where(readings.c.article == article)
    found = connection.scalar(query.order_by(*(column.desc() for column in BY_VERSION)))
    return None if found is None else reading_from_json(found)


def _is_read() -> ColumnElement[bool]:
    return exists().where(readings.c.article == articles.c.id)


# To build a statement anew takes longer than to run it: what every page needs is built once.


@functools.cache
def _first_with(column: str) -> Select[Any]:
    """Return the query for the oldest article with a `value` in a column."""
    return select(articles).where(articles.c[column] == bindparam("value")).order_by(articles.c.id).limit(1)


@functools.cache
def _pairs() -> Select[Any]:
    """Return the query for the entries that are joined to the articles with some `numbers`."""
    wanted = entries.c.article.in_(bindparam("numbers", expanding=True))
    return select(entries.c.article, entries.c.id).where(wanted).order_by(entries.c.id)


@functools.cache
def _join() -> Update:
    """Return the statement that joins an `entry` to the article with a `number`."""
    return update(entries).where(entries.c.id == bindparam("entry")).values(article=bindparam("number"))


@functools.cache
def _judge() -> Update:
    """Return the statement that says what became of the entries that waited for the article with a `number`."""
    waits = (entries.c.article == bindparam("number")) & (entries.c.decision == "waiting")
    return update(entries).where(waits).values(decision=bindparam("decided"), reason=bindparam("because"))


def decision_of(reading: Reading) -> Decision:
    """Return what became of an article, by its reading."""
    if reading.not_read:
        return "not read"
    return "kept" if reading.keep else "perhaps" if reading.perhaps else "dropped"


def _unplaced(connection: Connection, row: RowMapping) -> list[Unplaced]:
    """Return the deals of one reading that have no report yet."""
    number = row["article"]
    done = set(connection.scalars(select(reports.c.nth).where(reports.c.article == number)))
    first = select(entries).where(entries.c.article == number).order_by(entries.c.id).limit(1)
    entry = connection.execute(first).mappings().one()
    article = article_of(connection, select(articles).where(articles.c.id == number))[0]
    reading = reading_from_json(row["reading"])
    return [Unplaced(article, reading, nth, ledger_entry(entry)) for nth in range(row["deals"]) if nth not in done]
