"""The configuration as the database knows it: sources, searches, recipients, and what their addition opens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from news.alert import Examples, Match, Recipient, Search
from news.article import Source
from news.step import BacklogOpen
from storage.base import Database, picked
from storage.codecs import schedule_from_json, schedule_to_json, why_to_json
from storage.engine import insert
from storage.tables import backlogs, deliveries, feeds, matches, recipients, searches, sources


class Setup(Database):
    """What stands in config.yaml, and since when."""

    def configure(
        self, sources_: Sequence[Source], searches_: Sequence[Search], recipients_: Sequence[Recipient], now: datetime
    ) -> None:
        """Take the configuration in; what did not change stays as it is.

        What is configured no more becomes inactive and keeps its rows; to a recipient of whom that is true nothing goes
        out any more. A new address of a known source keeps its history; a new query of a known search is its next
        version and starts now, and so does a search that comes back. What was added opens a backlog.
        """
        with self._write() as connection:
            new_recipients = _take_recipients(connection, recipients_, now)
            new_sources = _take_sources(connection, sources_, now)
            opened = [BacklogOpen(r, "recipient", r, now) for r in new_recipients]
            opened += [
                BacklogOpen(r.key, "source", s, now)
                for s in new_sources
                for r in recipients_
                if r.key not in new_recipients
            ]
            opened += [o for o in _take_searches(connection, searches_, now) if o.recipient not in new_recipients]
            for item in opened:
                row = {"recipient": item.recipient, "cause": item.cause, "key": item.key, "added_at": now}
                connection.execute(insert(connection, backlogs).values(**row, closed=False).on_conflict_do_nothing())

    def sources(self) -> tuple[Source, ...]:
        """Return the active sources, by key."""
        query = select(sources).where(sources.c.active).order_by(sources.c.key)
        with self._read() as connection:
            return tuple(
                Source(r["key"], r["name"], r["url"], r["language"], r["kind"])
                for r in connection.execute(query).mappings()
            )

    def searches(self) -> tuple[Search, ...]:
        """Return the active searches, by key."""
        query = select(searches).where(searches.c.active).order_by(searches.c.key)
        with self._read() as connection:
            return tuple(search_of(r) for r in connection.execute(query).mappings())

    def unmatched(self) -> tuple[Search, ...]:
        """Return the active searches that the stored deals were not held against yet: new ones and changed ones."""
        with self._read() as connection:
            query = select(searches).where(searches.c.active, searches.c.matched_version != searches.c.version)
            return tuple(search_of(r) for r in connection.execute(query).mappings())

    def record_matches(self, found: Sequence[Match], of: Sequence[Search], held_with: str = "") -> None:
        """Store what searches match among the stored deals, in place of what their earlier versions matched.

        `held_with` names the versions of the language and of the ontology with which they were held against them.
        """
        with self._write() as connection:
            connection.execute(matches.delete().where(matches.c.search.in_([s.key for s in of])))
            for match in found:
                row = {"search": match.search, "deal": match.deal, "why": why_to_json(match.why)}
                connection.execute(matches.insert().values(row))
            for search in of:
                same = (searches.c.key == search.key) & (searches.c.version == search.version)
                values = {"matched_version": search.version, "held_with": held_with}
                connection.execute(update(searches).where(same).values(values))

    def recipients(self) -> tuple[Recipient, ...]:
        """Return the active recipients, by key."""
        query = select(recipients).where(recipients.c.active).order_by(recipients.c.key)
        with self._read() as connection:
            return tuple(
                Recipient(
                    r["key"], r["email"], time_zone=r["time_zone"], way=r["way"], **schedule_from_json(r["schedule"])
                )
                for r in connection.execute(query).mappings()
            )

    def added_at(self, recipient: str) -> datetime | None:
        """Return since when a recipient is known."""
        with self._read() as connection:
            found: datetime | None = connection.scalar(
                select(recipients.c.added_at).where(recipients.c.key == recipient)
            )
            return found

    def closed_until(self, recipient: str) -> datetime | None:
        """Return until when the windows of a recipient's digests were closed, with a message or without."""
        with self._read() as connection:
            found: datetime | None = connection.scalar(
                select(recipients.c.closed_until).where(recipients.c.key == recipient)
            )
            return found


def search_of(row: RowMapping) -> Search:
    """Return a search as its row has it."""
    names = ("key", "query", "urgent", "version", "since", "owner", "origin")
    examples = Examples(**{name: tuple(each) for name, each in (row["examples"] or {}).items()})
    return Search(**picked(row, *names), to=tuple(row["to"]), examples=examples)


def _take_sources(connection: Connection, wanted: Sequence[Source], now: datetime) -> list[str]:
    """Upsert sources and their feeds; return the keys that were never seen before."""
    known = {row["key"]: row for row in connection.execute(select(sources)).mappings()}
    _retire(connection, sources, known, {s.key for s in wanted})
    new = [source for source in wanted if source.key not in known]
    if new:
        connection.execute(sources.insert(), [{**_source_row(source), "added_at": now} for source in new])
        connection.execute(feeds.insert(), [{"source": each.key, "url": each.url, **_fresh()} for each in new])
    for source in wanted:
        row = _source_row(source)
        old = known.get(source.key)
        if old is not None and any(old[name] != value for name, value in row.items()):
            connection.execute(update(sources).where(sources.c.key == source.key).values(row))
        if old is not None and old["url"] != source.url:
            # The validators belong to the old address; when it was last polled remains true.
            connection.execute(update(feeds).where(feeds.c.source == source.key).values(url=source.url, **_fresh()))
    return [source.key for source in new]


def _source_row(source: Source) -> dict[str, Any]:
    return {name: getattr(source, name) for name in ("key", "name", "url", "language", "kind")} | {"active": True}


def _fresh() -> dict[str, Any]:
    nothing = ("etag", "last_modified", "body_hash", "interval", "next_poll_at", "not_before", "moved_to")
    wishes = ("validators_from", "items", "skip_hours", "skip_days", "at_most", "digests")
    empty = dict.fromkeys((*nothing, *wishes, "fault_name", "fault_message"))
    return {**empty, "failures": 0, "moved_seen": 0, "retired": False}


def _take_searches(connection: Connection, wanted: Sequence[Search], now: datetime) -> list[BacklogOpen]:
    """Upsert searches; return the backlogs that new searches, new queries and new addressees open."""
    known = {row["key"]: row for row in connection.execute(select(searches)).mappings()}
    # One of the file takes the place of one of the database that has its key; the others are not the file's to end.
    files = {key: row for key, row in known.items() if row["origin"] == "file"}
    _retire(connection, searches, files, {s.key for s in wanted})
    return [each for search in wanted for each in take_search(connection, search, known.get(search.key), now)]


def take_search(connection: Connection, search: Search, old: RowMapping | None, now: datetime) -> list[BacklogOpen]:
    """Upsert a search, of which `old` is the row if there is one; return the backlogs that this opens."""
    # One that comes back has seen nothing of what was stored meanwhile.
    changed = old is None or old["query"] != search.query or not old["active"]
    examples = {name: list(each) for name, each in asdict(search.examples).items() if each}
    values: dict[str, Any] = {name: getattr(search, name) for name in ("query", "urgent", "owner", "origin")}
    values |= {"to": list(search.to), "active": True, "examples": examples or None}
    if old is None:
        made = {"version": 1, "since": now, "matched_version": 0, "held_with": ""}
        connection.execute(searches.insert().values(key=search.key, **made, **values))
    elif changed:
        again = {**values, "version": old["version"] + 1, "since": now}
        connection.execute(update(searches).where(searches.c.key == search.key).values(again))
    elif any(old[name] != value for name, value in values.items()):
        connection.execute(update(searches).where(searches.c.key == search.key).values(values))
    before = set() if changed or old is None else set(old["to"])
    return [BacklogOpen(r, "search", search.key, now) for r in search.to if r not in before]


def _take_recipients(connection: Connection, wanted: Sequence[Recipient], now: datetime) -> set[str]:
    """Upsert recipients; return the keys that were never seen before."""
    known = {row["key"]: row for row in connection.execute(select(recipients)).mappings()}
    gone = _retire(connection, recipients, known, {r.key for r in wanted})
    waits = deliveries.c.recipient.in_(gone) & (deliveries.c.state == "pending")
    given_up = {"state": "failed", "answer": "the recipient was taken out of the configuration"}
    connection.execute(update(deliveries).where(waits).values(given_up))
    for recipient in wanted:
        values = {
            "email": recipient.email,
            "schedule": schedule_to_json(recipient),
            "time_zone": recipient.time_zone,
            "way": recipient.way,
            "active": True,
        }
        old = known.get(recipient.key)
        if old is None:
            connection.execute(recipients.insert().values(key=recipient.key, added_at=now, **values))
        elif any(old[name] != value for name, value in values.items()):
            connection.execute(update(recipients).where(recipients.c.key == recipient.key).values(values))
    return {r.key for r in wanted} - set(known)


def _retire(connection: Connection, table: Any, known: dict[str, RowMapping], wanted: Collection[str]) -> list[str]:  # noqa: ANN401  # one of three tables
    gone = [key for key, row in known.items() if row["active"] and key not in wanted]
    if gone:
        connection.execute(update(table).where(table.c.key.in_(gone)).values(active=False))
    return gone
