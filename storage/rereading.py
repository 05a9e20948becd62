"""Stored articles that are read again, and what follows from that for their deals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, exists, func, or_, select, update

from news.article import Article, LedgerEntry
from news.contract import reading_from_json, reading_to_json
from news.reading import UNREAD, Reading
from news.step import ReadArticle, Reread, RereadDeal
from news.story import Deal, DealEvent
from storage.articles import BY_VERSION, article_of, decision_of
from storage.base import Database, batches
from storage.codecs import why_to_json
from storage.deals import deals_of, report_row, story_row, write_step
from storage.engine import insert
from storage.joining import write_marks
from storage.ledger import ledger_entry
from storage.tables import (
    articles,
    deal_keys,
    deals,
    entries,
    matches,
    metadata,
    readings,
    reports,
    searches,
    stories,
    tellings,
)

_DERIVED = frozenset({"stories", "deal_keys", "deal_marks", "matches", "tellings"})
"""Tables whose rows follow from readings; any other row that names a deal is somebody's word on it."""
_READ = ("kept", "perhaps", "dropped", "not read")


class Rereading(Database):
    """Articles and their readings, to be read again."""

    def article(self, number: int) -> Article | None:
        """Return an article by its id; a text that was let go is empty."""
        with self._read() as connection:
            return next(iter(article_of(connection, select(articles).where(articles.c.id == number))), None)

    def first_entry(self, article: int) -> LedgerEntry:
        """Return the entry that brought an article."""
        query = select(entries).where(entries.c.article == article).order_by(entries.c.id).limit(1)
        with self._read() as connection:
            return ledger_entry(connection.execute(query).mappings().one())

    def read_articles(self, after: int, since: datetime | None, limit: int) -> tuple[ReadArticle, ...]:
        """Return read articles whose texts are still there, by id from `after` on, at most `limit`.

        `since` leaves out those fetched before, but for those that could not be read.
        """
        there = articles.c.text.is_not(None) & exists().where(readings.c.article == articles.c.id)
        query = select(articles).where(articles.c.id > after, there, _from(since)).order_by(articles.c.id).limit(limit)
        with self._read() as connection:
            found = article_of(connection, query)
            latest: dict[int, Reading] = {}
            for some in batches([article.id for article in found]):
                rows = select(readings).where(readings.c.article.in_(some)).order_by(*BY_VERSION)
                for row in connection.execute(rows).mappings():
                    latest[row["article"]] = reading_from_json(row["reading"])
        return tuple(ReadArticle(article, latest[article.id]) for article in found)

    def readable(self, since: datetime | None) -> tuple[int, int]:
        """Return how many read articles can be read again, and of how many the text was let go."""
        read = exists().where(readings.c.article == articles.c.id)
        query = select(func.count(articles.c.text), func.count()).where(read, _from(since))
        with self._read() as connection:
            there, whole = connection.execute(query).one()
        return there, whole - there

    def deals_of_article(self, article: int) -> tuple[Deal, ...]:
        """Return the deals that an article tells of."""
        told = select(stories.c.deal).join(reports, reports.c.story == stories.c.id)
        with self._read() as connection:
            found = connection.scalars(told.where(reports.c.article == article).distinct().order_by(stories.c.deal))
            return deals_of(connection, found.all())

    def is_spoken_of(self, deal: int) -> bool:
        """Return whether anybody was told of a deal, or said something about it: then it is not to be forgotten."""
        told = (tellings.c.deal == deal) & (tellings.c.state == "told")
        named = [column == deal for column in _naming(deals) if column.table.name not in _DERIVED]
        with self._read() as connection:
            return any(connection.scalar(select(exists().where(condition))) for condition in (told, *named))

    def record_readings(self, found: Sequence[tuple[int, Reading]], version: str) -> None:
        """Put readings of articles that tell of no deal in the place of their old ones, all in one transaction."""
        with self._write() as connection:
            for article, reading in found:
                replace_reading(connection, article, reading, version)

    def record_reread(self, step: Reread, version: str) -> None:
        """Put a reading in the place of the old one, with what follows for its deals; done twice it is done once."""
        with self._write() as connection:
            replace_reading(connection, step.article, step.reading, version)
            for item in step.deals:
                rewrite_deal(connection, step.article, item)
            for moved in step.moved:
                write_step(connection, moved)


def _from(since: datetime | None) -> ColumnElement[bool]:
    """Return the condition that an article was fetched since then, or could not be read."""
    failed = exists().where((entries.c.article == articles.c.id) & entries.c.reason.startswith(UNREAD))
    return articles.c.id > 0 if since is None else or_(articles.c.fetched_at >= since, failed)


def replace_reading(connection: Connection, article: int, reading: Reading, version: str) -> None:
    """Put a reading in the place of all others of its article, and what it decides in its entries."""
    row = {"article": article, "version": version, "deals": len(reading.deals())}
    connection.execute(readings.delete().where(readings.c.article == article))
    connection.execute(readings.insert().values(**row, reading=reading_to_json(reading, article)))
    read = (entries.c.article == article) & entries.c.decision.in_(_READ)
    decided = {"decision": decision_of(reading), "reason": reading.reason}
    connection.execute(update(entries).where(read).values(decided))


def rewrite_deal(connection: Connection, article: int, item: RereadDeal) -> None:
    """Write a deal as it is now over what it was."""
    deal = item.deal
    told = connection.scalars(select(stories.c.id).where(stories.c.deal == deal.id)).all()
    still = [report.nth for event in deal.events for report in event.reports if report.article == article]
    mine = (reports.c.article == article) & reports.c.story.in_(told)
    connection.execute(reports.delete().where(mine, reports.c.nth.not_in(still)))
    for event in deal.events:
        _rewrite_event(connection, article, event)
    for story in set(told) - {event.story for event in deal.events}:
        _forget(connection, stories, story)
    if not deal.events:
        _forget(connection, deals, deal.id)
        return
    connection.execute(update(deals).where(deals.c.id == deal.id).values(kept=deal.kept))
    rewrite_followers(connection, item)


def rewrite_followers(connection: Connection, item: RereadDeal) -> None:
    """Write what follows from what a deal is now: its keys, its matches, and that nothing more is told of it."""
    number = item.deal.id
    connection.execute(deal_keys.delete().where(deal_keys.c.deal == number))
    for key in item.keys:
        connection.execute(insert(connection, deal_keys).values(key=key, deal=number).on_conflict_do_nothing())
    write_marks(connection, item.marks, number)
    _rewrite_matches(connection, item)
    if item.untold:
        pending = (tellings.c.deal == number) & (tellings.c.state == "pending")
        connection.execute(update(tellings).where(pending).values(state="suppressed", reason=item.untold))


def _rewrite_event(connection: Connection, article: int, event: DealEvent) -> None:
    values = story_row(event.terms, event.announced)
    connection.execute(update(stories).where(stories.c.id == event.story).values(values))
    for report in event.reports:
        if report.article == article:
            same = (reports.c.article == article) & (reports.c.nth == report.nth)
            connection.execute(update(reports).where(same).values(report_row(report)))


def _rewrite_matches(connection: Connection, item: RereadDeal) -> None:
    active = select(searches.c.key).where(searches.c.active)
    old = (matches.c.deal == item.deal.id) & matches.c.search.in_(active)
    connection.execute(matches.delete().where(old))
    for match in item.matches:
        row = {"search": match.search, "deal": item.deal.id, "why": why_to_json(match.why)}
        connection.execute(matches.insert().values(row))


def _forget(connection: Connection, table: Table, number: int) -> None:
    """Delete a row with the rows of other tables that name it."""
    for column in _naming(table):
        connection.execute(column.table.delete().where(column == number))
    connection.execute(table.delete().where(table.c.id == number))


def _naming(table: Table) -> list[Any]:
    """Return the columns of all tables that name rows of one, those of the latest tables first."""
    found = [column for other in reversed(metadata.sorted_tables) for column in other.c]
    return [column for column in found if any(key.column is table.c.id for key in column.foreign_keys)]
