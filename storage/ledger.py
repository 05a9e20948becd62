"""Polling state and the ledger: every entry ever seen, with what became of it and why."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, Update, bindparam, func, or_, select, update

from news.article import WALLS, Decision, Entry, Fault, Feed, LedgerEntry
from news.fetch import Host
from news.step import FirstPoll, NewEntry
from news.version import Item
from storage.again import ask_again
from storage.base import Database, add_all_new, batches, picked, upsert
from storage.codecs import feed_from_row, feed_to_row
from storage.tables import articles, entries, feeds, hosts, sources


class Ledger(Database):
    """Feeds, hosts, entries."""

    def feeds(self) -> tuple[Feed, ...]:
        """Return the polling states of the active sources, by key."""
        query = _active_feeds().order_by(feeds.c.source)
        with self._read() as connection:
            return tuple(feed_from_row(row) for row in connection.execute(query).mappings())

    def feed(self, source: str) -> Feed | None:
        """Return the polling state of one active source."""
        with self._read() as connection:
            row = connection.execute(_active_feeds().where(feeds.c.source == source)).mappings().first()
            return None if row is None else feed_from_row(row)

    def host(self, name: str) -> Host:
        """Return what is remembered of a host; a fresh one when nothing is."""
        with self._read() as connection:
            row = connection.execute(select(hosts).where(hosts.c.name == name)).mappings().first()
            return Host(name) if row is None else Host(**row)

    def hosts(self, names: Sequence[str]) -> dict[str, Host]:
        """Return what is remembered of hosts, by their names; of some it may be nothing."""
        found: dict[str, Host] = {}
        with self._read() as connection:
            for some in batches(names):
                rows = connection.execute(select(hosts).where(hosts.c.name.in_(some))).mappings()
                found |= {row["name"]: Host(**row) for row in rows}
        return found

    def remember_host(self, host: Host) -> None:
        """Keep what was learnt of a host."""
        self.remember_hosts((host,))

    def remember_hosts(self, learnt: Sequence[Host]) -> None:
        """Keep what was learnt of several hosts."""
        names = ("name", "next_allowed_at", "robots", "robots_status", "robots_at")
        with self._write() as connection:
            upsert(connection, hosts, *({name: getattr(host, name) for name in names} for host in learnt))

    def hosts_to_spare(self, since: datetime) -> tuple[Host, ...]:
        """Return the hosts that may not be asked again before a moment after `since`."""
        with self._read() as connection:
            rows = connection.execute(select(hosts).where(hosts.c.next_allowed_at > since)).mappings()
            return tuple(Host(**row) for row in rows)

    def ledger(
        self, source: str, guids: Collection[str], addresses: Collection[str], titles: Collection[str]
    ) -> tuple[LedgerEntry, ...]:
        """Return the source's entries with one of these guids, canonical addresses or title keys."""
        found: dict[int, LedgerEntry] = {}
        lots = zip_longest(*(batches(sorted(values)) for values in (guids, addresses, titles)), fillvalue=())
        with self._read() as connection:
            for lot in lots:
                asked = dict(zip(("guids", "addresses", "titles"), lot, strict=True))
                rows = connection.execute(_known(), {"source": source, **asked}).mappings()
                found |= {row["id"]: ledger_entry(row) for row in rows if row["id"] not in found}
        return tuple(found[key] for key in sorted(found))

    def record_polls(self, polls: Sequence[tuple[str, Feed]]) -> None:
        """Store the states of feeds whose polls brought no entries, each with the address at which it was polled.

        What was configured to another address meanwhile, or is watched no more, is left as it is.
        """
        rows = [
            {f"new_{name}": value for name, value in feed_to_row(feed).items()} | {"at": url} for url, feed in polls
        ]
        with self._write() as connection:
            connection.execute(_repoll(), rows)

    def record_poll(self, feed: Feed, new: Sequence[NewEntry], items: Sequence[Item] = ()) -> tuple[LedgerEntry, ...]:
        """Store a feed's state and its new entries; return those among them whose pages are to be fetched.

        An entry whose (source, guid) is known already is left as it is. `items` are those of kept articles: where one
        of them is not what it was, its page is to be fetched again.
        """
        with self._write() as connection:
            upsert(connection, feeds, feed_to_row(feed))
            if items and feed.last_polled_at is not None:
                ask_again(connection, items, feed.last_polled_at)
            fresh = add_all_new(connection, entries, [_entry_row(feed.source, item) for item in new])
            found: list[LedgerEntry] = []
            for some in batches(fresh if any(item.decision == "waiting" for item in new) else ()):
                query = select(entries).where(entries.c.id.in_(some), entries.c.decision == "waiting")
                found += [ledger_entry(row) for row in connection.execute(query.order_by(entries.c.id)).mappings()]
            return tuple(found)

    def waiting(self, now: datetime, limit: int | None = None) -> tuple[LedgerEntry, ...]:
        """Return the entries whose pages are still to be fetched, of active sources, oldest sight first."""
        query = (
            _waiting(select(entries)).where(or_(entries.c.not_before.is_(None), entries.c.not_before <= now))
        ).order_by(entries.c.id)
        with self._read() as connection:
            return tuple(ledger_entry(row) for row in connection.execute(query.limit(limit)).mappings())

    def waiting_count(self) -> int:
        """Return how many pages are still to be fetched, now or later."""
        with self._read() as connection:
            return connection.scalar(_waiting(select(func.count()).select_from(entries))) or 0

    def record_failure(self, entry: int, fault: Fault, not_before: datetime | None) -> None:
        """Account for a page that was not got: to be tried again at `not_before`, or given up where that is None."""
        values: dict[str, Any] = {"attempts": entries.c.attempts + 1, "not_before": not_before}
        if not_before is None:
            values |= {"decision": "failed", "reason": str(fault)}
        with self._write() as connection:
            waits = (entries.c.id == entry) & (entries.c.decision == "waiting")
            connection.execute(update(entries).where(waits).values(values))

    def record_dropped(self, entry: int, decision: Decision, reason: str) -> None:
        """Account for an entry of which nothing comes."""
        with self._write() as connection:
            decide(connection, entry, decision, reason)

    def walls(self, since: datetime) -> tuple[tuple[str, str, int], ...]:
        """Return how many pages of each active source stood behind which wall, of those seen since then."""
        behind = (
            select(articles.c.source, articles.c.behind, func.count())
            .join(sources, sources.c.key == articles.c.source)
            .where(sources.c.active, articles.c.behind.is_not(None), articles.c.fetched_at >= since)
            .group_by(articles.c.source, articles.c.behind)
        )
        # Of what was not read at all the ledger has the reason, which begins with the wall.
        unread = (
            select(entries.c.source, entries.c.reason, func.count())
            .join(sources, sources.c.key == entries.c.source)
            .where(sources.c.active, entries.c.decision == "not read", entries.c.article.is_(None))
            .where(entries.c.seen_at >= since)
            .group_by(entries.c.source, entries.c.reason)
        )
        found: Counter[tuple[str, str]] = Counter()
        with self._read() as connection:
            for source, why, number in (*connection.execute(behind), *connection.execute(unread)):
                found[source, why.partition(":")[0]] += number
        return tuple((source, wall, number) for (source, wall), number in sorted(found.items()) if wall in WALLS)

    def first_poll(self, source: str) -> FirstPoll:
        """Return how the first poll of a source went; a page that failed once is not waited for."""
        first = (entries.c.source == source) & entries.c.since.is_(None)
        counts = select(entries.c.decision, func.count()).where(first).group_by(entries.c.decision)
        untried = first & (entries.c.decision == "waiting") & (entries.c.attempts == 0)
        with self._read() as connection:
            found = {row[0]: row[1] for row in connection.execute(counts)}
            waiting = connection.scalar(select(func.count()).where(untried)) or 0
            polled = connection.scalar(select(feeds.c.last_success_at).where(feeds.c.source == source))
        unread = found.get("not fetched", 0)
        return FirstPoll(source, sum(found.values()) - unread, unread, waiting, polled is not None)

    def faults(self) -> tuple[tuple[str, Fault], ...]:
        """Return the active sources whose last poll failed."""
        return tuple((feed.source, feed.fault) for feed in self.feeds() if feed.fault is not None)


def decide(connection: Connection, entry: int, decision: Decision, reason: str, article: int | None = None) -> None:
    """Write what became of an entry."""
    values: dict[str, Any] = {"decision": decision, "reason": reason}
    if article is not None:
        values["article"] = article
    connection.execute(update(entries).where(entries.c.id == entry).values(values))


def ledger_entry(row: RowMapping) -> LedgerEntry:
    """Return an entry as the ledger keeps it."""
    entry = Entry(**picked(row, "guid", "link", "title", "summary", "author", "published"))
    rest = ("id", "source", "address", "seen_at", "since", "decision", "reason", "article", "attempts", "not_before")
    return LedgerEntry(entry=entry, **picked(row, *rest))


def _waiting(query: Select[Any]) -> Select[Any]:
    active = select(sources.c.key).where(sources.c.active)
    return query.where(entries.c.decision == "waiting", entries.c.article.is_(None), entries.c.source.in_(active))


@functools.cache
def _known() -> Select[Any]:
    """Return the query for a source's entries by what tells them; each part of it has an index of its own."""
    here = entries.c.source == bindparam("source")
    told = {"guids": entries.c.guid, "addresses": entries.c.address, "titles": entries.c.title_key}
    return select(entries).where(
        or_(*(here & column.in_(bindparam(name, expanding=True)) for name, column in told.items()))
    )


@functools.cache
def _repoll() -> Update:
    """Return the statement that stores a feed's state, if it is still the feed that was polled."""
    active = select(sources.c.key).where(sources.c.active)
    same = (feeds.c.source == bindparam("new_source")) & (feeds.c.url == bindparam("at")) & feeds.c.source.in_(active)
    return update(feeds).where(same).values({column.name: bindparam(f"new_{column.name}") for column in feeds.c})


def _active_feeds() -> Select[Any]:
    return select(feeds).join(sources, sources.c.key == feeds.c.source).where(sources.c.active)


def _entry_row(source: str, new: NewEntry) -> dict[str, Any]:
    names = ("address", "title_key", "seen_at", "since", "decision", "reason")
    entry = {name: getattr(new.entry, name) for name in ("guid", "link", "title", "summary", "author", "published")}
    return {"source": source, "attempts": 0, **entry, **{name: getattr(new, name) for name in names}}
