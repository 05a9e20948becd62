"""Deals for the ways out: many of them, a few at a time, and since when each revision has been known here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import func, select

from news.story import Deal
from storage.base import Database, batches
from storage.deals import deals_of
from storage.engine import insert
from storage.tables import deals, matches, revisions, searches, stories


class Selecting(Database):
    """Deals as exports and feeds take them."""

    def selected(
        self,
        *,
        search: str | None = None,
        since: datetime | None = None,
        perhaps: bool = False,
        limit: int | None = None,
    ) -> Iterator[Deal]:
        """Yield deals, the newest first, loading some hundreds at a time.

        `search` takes those of one active search only, `since` those that became known here at that moment or later,
        `perhaps` those too of which it is not sure that they are deals.
        """
        query = select(deals.c.id).where(deals.c.merged_into.is_(None)).order_by(deals.c.id.desc()).limit(limit)
        if not perhaps:
            query = query.where(deals.c.kept)
        if since is not None:
            query = query.where(deals.c.first_seen >= since)
        if search is not None:
            active = select(matches.c.deal).join(searches, searches.c.key == matches.c.search)
            query = query.where(deals.c.id.in_(active.where(searches.c.active, searches.c.key == search)))
        with self._read() as connection:
            numbers = connection.scalars(query).all()
        for some in batches(numbers):
            with self._read() as connection:
                found = deals_of(connection, some)
            yield from found

    def newest(self, search: str, limit: int) -> tuple[Deal, ...]:
        """Return the kept deals that an active search matches and of which something was announced last, that first."""
        told = select(stories.c.deal, func.max(stories.c.announced).label("on")).group_by(stories.c.deal).subquery()
        found = (
            select(deals.c.id)
            .join(matches, matches.c.deal == deals.c.id)
            .join(searches, searches.c.key == matches.c.search)
            .join(told, told.c.deal == deals.c.id)
            .where(searches.c.active, searches.c.key == search, deals.c.kept, deals.c.merged_into.is_(None))
            .order_by(told.c.on.desc(), deals.c.id.desc())
            .limit(limit)
        )
        with self._read() as connection:
            return deals_of(connection, connection.scalars(found).all())

    def revised_at(self, of: Sequence[Deal], now: datetime) -> dict[int, datetime]:
        """Return since when the revision of each of these deals has been known, by the deal's id.

        A first revision is as old as its deal. A later one that nobody asked for yet counts from `now`, which is kept:
        asked again, the answer is the same.
        """
        with self._write() as connection:
            for some in batches([d for d in of if d.revision > 1]):
                rows = [{"deal": d.id, "revision": d.revision, "at": now} for d in some]
                connection.execute(insert(connection, revisions).on_conflict_do_nothing(), rows)
            found = {
                (row.deal, row.revision): row.at
                for some in batches([d.id for d in of])
                for row in connection.execute(select(revisions).where(revisions.c.deal.in_(some)))
            }
        return {d.id: found.get((d.id, d.revision), d.first_seen) for d in of}
