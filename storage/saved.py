"""Searches that are kept in the database, the versions that searches were held with, and deals that are watched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select, update

from news.alert import Search, Watch
from storage.base import Database
from storage.engine import insert
from storage.joining import last_of
from storage.setup import search_of, take_search
from storage.tables import backlogs, deal_keys, deals, recipients, searches, watches


class Saved(Database):
    """What people change by themselves, beside the file of the configuration."""

    def search(self, key: str) -> Search | None:
        """Return an active search."""
        query = select(searches).where(searches.c.key == key, searches.c.active)
        with self._read() as connection:
            row = connection.execute(query).mappings().first()
            return None if row is None else search_of(row)

    def save_search(self, search: Search, now: datetime) -> None:
        """Store a search of the database, a new one or a changed one; it opens a backlog as one of the file does."""
        with self._write() as connection:
            old = connection.execute(select(searches).where(searches.c.key == search.key)).mappings().first()
            for item in take_search(connection, search, old, now):
                row = {"recipient": item.recipient, "cause": item.cause, "key": item.key, "added_at": now}
                connection.execute(insert(connection, backlogs).values(**row, closed=False).on_conflict_do_nothing())

    def end_search(self, key: str) -> bool:
        """Make a search of the database inactive; return whether there was one."""
        mine = (searches.c.key == key) & (searches.c.origin == "database") & searches.c.active
        with self._write() as connection:
            return connection.execute(update(searches).where(mine).values(active=False)).rowcount > 0

    def held_with(self) -> dict[str, str]:
        """Return with which versions each active search was last held against all deals, by key; "" is not known."""
        query = select(searches.c.key, searches.c.held_with).where(searches.c.active).order_by(searches.c.key)
        with self._read() as connection:
            return {row.key: row.held_with for row in connection.execute(query)}

    def watch(self, deal: int, recipient: str, now: datetime) -> bool:
        """Note that a recipient follows a deal; return whether that is new."""
        row = {"deal": deal, "recipient": recipient, "since": now}
        with self._write() as connection:
            made = insert(connection, watches).values(row).on_conflict_do_nothing().returning(watches.c.deal)
            return connection.scalar(made) is not None

    def unwatch(self, deal: int, recipient: str) -> bool:
        """Note that a recipient follows a deal no more, nor what became part of it; return whether that was so."""
        with self._write() as connection:
            now = _merged(connection)
            same = {deal, *(old for old in now if last_of(old, now) == deal)}
            gone = watches.delete().where(watches.c.deal.in_(same), watches.c.recipient == recipient)
            return connection.execute(gone).rowcount > 0

    def watches(self, *, recipient: str | None = None) -> tuple[Watch, ...]:
        """Return who follows which deal, active recipients only; a deal that became another is that other."""
        query = select(watches).join(recipients, recipients.c.key == watches.c.recipient).where(recipients.c.active)
        if recipient is not None:
            query = query.where(watches.c.recipient == recipient)
        with self._read() as connection:
            rows = connection.execute(query.order_by(watches.c.deal, watches.c.recipient)).all()
            now = _merged(connection) if rows else {}
            found = [(last_of(row.deal, now), row.recipient, row.since) for row in rows]
            parties = _parties(connection, {deal for deal, _, _ in found})
        return tuple(Watch(*each, frozenset(parties.get(each[0], ()))) for each in found)


def _merged(connection: Connection) -> dict[int, int]:
    """Return into which deals others were merged."""
    query = select(deals.c.id, deals.c.merged_into).where(deals.c.merged_into.is_not(None))
    return {row.id: row.merged_into for row in connection.execute(query)}


def _parties(connection: Connection, of: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in connection.execute(select(deal_keys).where(deal_keys.c.deal.in_(sorted(of)))):
        found.setdefault(row.deal, set()).add(row.key)
    return found
