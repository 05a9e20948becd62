"""Articles and their readings."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, exists, func, select, update

from news.article import Article, Decision
from news.contract import reading_from_json, reading_to_json
from news.reading import Reading
from news.step import Unplaced
from storage.base import Database, add_new, batches, picked, upsert
from storage.ledger import decide, ledger_entry
from storage.tables import articles, entries, readings, reports

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
            found = _first(connection, select(articles).where(articles.c.address == address))
            if found is None and signature is not None:
                found = _first(connection, select(articles).where(articles.c.signature == signature))
            return found

    def record_article(self, entry: int, article: Article, signature: str | None) -> Article:
        """Store an article and join its entry to it; the entry waits on, to be read.

        An address that is known already keeps its article.
        """
        row = {name: getattr(article, name) for name in (*_ARTICLE, "text") if name != "id"}
        row["behind"] = article.behind or None
        with self._write() as connection:
            number = add_new(connection, articles, {**row, "signature": signature})
            if number is None:
                number = connection.scalar(select(articles.c.id).where(articles.c.address == article.address))
            connection.execute(update(entries).where(entries.c.id == entry).values(article=number))
            return article_of(connection, select(articles).where(articles.c.id == number))[0]

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
        row = {"article": article, "version": version, "deals": len(reading.deals())}
        with self._write() as connection:
            upsert(connection, readings, {**row, "reading": reading_to_json(reading, article)})
            waits = (entries.c.article == article) & (entries.c.decision == "waiting")
            decided = {"decision": decision_of(reading), "reason": reading.reason}
            connection.execute(update(entries).where(waits).values(decided))

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
        """Let go of the texts fetched before that were read; signatures, readings and titles stay. Return how many."""
        old = (articles.c.fetched_at < before) & articles.c.text.is_not(None) & _is_read()
        with self._write() as connection:
            return connection.execute(update(articles).where(old).values(text=None)).rowcount


def article_of(connection: Connection, query: Select[Any]) -> tuple[Article, ...]:
    """Return the articles that a query finds, with the ids of their entries."""
    rows = connection.execute(query).mappings().all()
    joined: dict[int, list[int]] = {row["id"]: [] for row in rows}
    pairs = select(entries.c.article, entries.c.id).order_by(entries.c.id)
    for some in batches(list(joined)):
        for article, entry in connection.execute(pairs.where(entries.c.article.in_(some))):
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


def latest_reading(connection: Connection, article: int) -> Reading | None:
    """Return the reading of an article by the newest reader that read it."""
    query = select(readings.c.reading).where(readings.c.article == article)
    found = connection.scalar(query.order_by(*(column.desc() for column in BY_VERSION)))
    return None if found is None else reading_from_json(found)


def _is_read() -> ColumnElement[bool]:
    return exists().where(readings.c.article == articles.c.id)


def _first(connection: Connection, query: Select[Any]) -> Article | None:
    return next(iter(article_of(connection, query.order_by(articles.c.id).limit(1))), None)


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
