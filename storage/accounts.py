"""What was done and why: runs and explanations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select, update

from news.article import Decision, LedgerEntry
from news.step import Explanation, RunSummary
from storage.articles import article_of, latest_reading
from storage.base import Database
from storage.codecs import summary_from_json, summary_to_json
from storage.deals import deals_of
from storage.ledger import ledger_entry
from storage.tables import articles, entries, reports, runs, stories


class Accounts(Database):
    """Questions that people ask afterwards."""

    def begin_run(self, now: datetime) -> int:
        """Note that a run began; return its number."""
        with self._write() as connection:
            made = runs.insert().values(started_at=now, summary={}).returning(runs.c.id)
            number: int = connection.scalars(made).one()
            return number

    def end_run(self, run: int, summary: RunSummary) -> None:
        """Note what a run did."""
        values = {"ended_at": summary.ended_at, "summary": summary_to_json(summary)}
        with self._write() as connection:
            connection.execute(update(runs).where(runs.c.id == run).values(values))

    def last_runs(self, limit: int = 1) -> tuple[RunSummary, ...]:
        """Return the newest runs, the newest first; one that was killed has no end."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        with self._read() as connection:
            rows = connection.execute(query).mappings()
            return tuple(summary_from_json(r["summary"], r["started_at"], r["ended_at"]) for r in rows)

    def explain(self, address: str) -> Explanation:
        """Return all that is known of a canonical address, be it an entry's or an article's."""
        with self._read() as connection:
            own = select(articles.c.id).where(articles.c.address == address)
            query = select(entries).where(or_(entries.c.address == address, entries.c.article.in_(own)))
            rows = connection.execute(query.order_by(entries.c.id)).mappings().all()
            seen = tuple(ledger_entry(row) for row in rows)
            numbers = [e.article for e in seen if e.article is not None]
            if not numbers:
                return Explanation(address, seen, decision=_decision(seen))
            article = article_of(connection, select(articles).where(articles.c.id == numbers[0]))[0]
            reading = latest_reading(connection, article.id)
            told = select(stories.c.deal).join(reports, reports.c.story == stories.c.id)
            found = connection.scalars(told.where(reports.c.article == article.id).distinct()).all()
            return Explanation(address, seen, article, reading, deals_of(connection, found), _decision(seen))


def _decision(seen: tuple[LedgerEntry, ...]) -> Decision | None:
    """Return what became of an address: the weightiest decision among its entries."""
    order: tuple[Decision, ...] = (
        "kept",
        "perhaps",
        "dropped",
        "not read",
        "failed",
        "waiting",
        "not fetched",
        "duplicate",
    )
    return min((e.decision for e in seen), key=order.index, default=None)
