"""Which deals a report may belong to, and which outlets told of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, bindparam, or_, select

from news.story import Deal, Sighting
from storage.base import batches
from storage.deals import Deals, deals_of
from storage.joining import last_of
from storage.tables import articles, corrections, deal_marks, deals, entries, reports, sources, stories
from stories.marks import CROWD, nearest
from stories.sightings import dated, in_order

_BEARERS = (
    select(deal_marks.c.deal)
    .where(deal_marks.c.mark == bindparam("mark"))
    .order_by(deal_marks.c.deal.desc())
    .limit(CROWD)
)


class Stories(Deals):
    """Stories as they are found and told."""

    def deals_near(self, marks: Collection[int]) -> tuple[tuple[Deal, ...], frozenset[int]]:
        """Return the deals that have one of these marks, and the ids of those about which a person has said something.

        One that became another is that other. Two that a person took apart again stay apart, so a merge counts though
        it was undone. Where many are near they are the nearest (stories/marks.py).
        """
        with self._read() as connection:
            bearers = {mark: list(connection.scalars(_BEARERS, {"mark": mark})) for mark in sorted(marks)}
            numbers = nearest(_as_they_are(connection, bearers))
            return deals_of(connection, numbers), _spoken_of(connection, numbers)

    def sightings(self, of: Collection[int]) -> dict[int, tuple[Sighting, ...]]:
        """Return the outlets that told of deals, by deal: of each story each source once, the first one first.

        A copy that is no article of its own, because its text was known already, counts for its outlet.
        """
        found: dict[int, list[Sighting]] = {number: [] for number in of}
        with self._read() as connection:
            for some in batches(sorted(found)):
                for row in connection.execute(_told(stories.c.deal.in_(some))).mappings():
                    found[row["deal"]].append(_sighting(row))
        return {number: in_order(told) for number, told in found.items()}

    def sightings_since(self, since: datetime) -> tuple[Sighting, ...]:
        """Return the outlets that told stories which were first seen since then, or that joined them since."""
        with self._read() as connection:
            rows = connection.execute(_told(articles.c.fetched_at >= since)).mappings()
            return in_order(_sighting(row) for row in rows)


def _as_they_are(connection: Connection, bearers: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """Return the deals that have marks, by mark, with each that became another replaced by that other."""
    became: dict[int, int] = {}
    open_ = {deal for found in bearers.values() for deal in found}
    while open_:
        following: set[int] = set()
        for some in batches(sorted(open_)):
            query = select(deals.c.id, deals.c.merged_into).where(
                deals.c.id.in_(some), deals.c.merged_into.is_not(None)
            )
            for number, into in connection.execute(query):
                became[number] = into
                following.add(into)
        open_ = following - set(became)
    return {mark: list(dict.fromkeys(last_of(deal, became) for deal in found)) for mark, found in bearers.items()}


def _spoken_of(connection: Connection, numbers: Sequence[int]) -> frozenset[int]:
    found: set[int] = set()
    for some in batches(numbers):
        about = corrections.c.deal.in_(some) & or_(corrections.c.undone_at.is_(None), corrections.c.verb == "merge")
        found.update(connection.scalars(select(corrections.c.deal).where(about)))
    labels = {name: number for number in numbers for name in (f"D{number}", str(number))}
    merges = select(corrections.c.value).where(corrections.c.verb == "merge")
    found.update(labels[value] for value in connection.scalars(merges) if value in labels)
    return frozenset(found)


def _told(condition: Any) -> Select[Any]:  # noqa: ANN401  # a condition of SQLAlchemy's, of several types
    """Return the query for the entries that brought the articles of stories."""
    columns = (
        stories.c.deal,
        reports.c.story,
        articles.c.address,
        articles.c.source.label("first_source"),
        articles.c.published.label("page"),
        articles.c.published_at,
        entries.c.source,
        entries.c.address.label("link"),
        entries.c.title,
        entries.c.published.label("feed"),
        entries.c.seen_at,
        sources.c.name.label("outlet"),
    )
    query = select(*columns).join_from(reports, stories, stories.c.id == reports.c.story)
    query = query.join(articles, articles.c.id == reports.c.article).join(entries, entries.c.article == articles.c.id)
    return query.join(sources, sources.c.key == entries.c.source).where(condition).order_by(entries.c.id)


def _sighting(row: RowMapping) -> Sighting:
    own = row["source"] == row["first_source"]
    page, hour = (row["page"], row["published_at"]) if own else (None, None)
    day, at = dated(page, hour, row["feed"], row["seen_at"])
    return Sighting(
        story=row["story"],
        outlet=row["outlet"],
        source=row["source"],
        address=row["address"] if own else row["link"] or row["address"],
        title=row["title"],
        day=day,
        at=at,
        seen_at=row["seen_at"],
    )
