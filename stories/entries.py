"""Decide which items of a polled feed the ledger does not hold yet, and which of their pages to fetch.

An item is known again by its guid, else by its canonical address (some feeds make new guids at every build). A feed
that moves house gives all its items new guids *and* addresses; it is recognised as a whole, by titles that the ledger
holds for that source already, never item by item: two different stories may share a title, a whole feed does not.

A first poll is a back-catalogue with a few news on top: the newest `first_fetch` pages are fetched, the rest stands in
the ledger. Later polls fetch everything, except where a feed suddenly shows old items: those are a back-catalogue too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from news.article import Entry, LedgerEntry
from news.step import NewEntry

_MOVED_SHARE = 0.5
"""A feed has moved when more than this share of what looks new bears titles that its ledger holds already."""
_MOVED_LEAST = 5
_NO_DATE = datetime.min.replace(tzinfo=UTC)


def sort_out(
    entries: Iterable[tuple[Entry, str, str]],
    known: Sequence[LedgerEntry],
    *,
    title_key: Callable[[str], str],
    now: datetime,
    since: datetime | None,
    first_fetch: int,
    news_age: timedelta,
) -> tuple[NewEntry, ...]:
    """Return the items that are new to the ledger, newest first, each with the decision that its poll makes for it.

    `entries` are the feed's items with their canonical address (empty where there is none) and title key; `known` are
    the source's ledger entries that share a guid, an address or a title with one of them; `since` is the last
    successful poll, None on the first.
    """
    guids = {k.entry.guid for k in known}
    addresses = {k.address for k in known}
    entries = tuple(entries)
    titles = _left_behind(entries, known, title_key)
    fresh: list[tuple[Entry, str, str]] = []
    for entry, address, title in entries:
        if entry.guid in guids or address in addresses:
            continue
        guids.add(entry.guid)
        addresses.update({address} - {""})
        fresh.append((entry, address, title))
    fresh.sort(key=lambda item: item[0].published or _NO_DATE, reverse=True)
    seen_again = [title for _, _, title in fresh if title in titles]
    moved = len(set(seen_again)) >= _MOVED_LEAST and len(seen_again) > _MOVED_SHARE * len(fresh)
    oldest = _NO_DATE if since is None else since - news_age
    new: list[NewEntry] = []
    old = 0
    for entry, address, title in fresh:
        record = NewEntry(entry=entry, address=address, title_key=title, seen_at=now, since=since)
        if not address:
            new.append(_with(record, "failed", "no address: the item has no link that can be fetched"))
            continue
        if moved and title in titles:
            earlier = titles[title]
            new.append(
                _with(record, "duplicate", f"the feed gave all its items new addresses; this is {earlier.address}")
            )
            continue
        is_old = since is None or (entry.published is not None and entry.published < oldest)
        old += is_old
        if is_old and old > first_fetch:
            record = _with(record, "not fetched", f"back-catalogue: not among the {first_fetch} newest old entries")
        new.append(record)
    return tuple(new)


def _left_behind(
    entries: Sequence[tuple[Entry, str, str]], known: Sequence[LedgerEntry], title_key: Callable[[str], str]
) -> dict[str, LedgerEntry]:
    """Return the ledger's entries by title, but for untitled ones and those that the feed still holds as they were.

    A feed that moved has left them all behind; one that has two items of a title at once repeats its titles.
    """
    guids, addresses = {entry.guid for entry, _, _ in entries}, {address for _, address, _ in entries}
    still = {title_key(k.entry.title) for k in known if k.entry.guid in guids or k.address in addresses}
    found = {title_key(k.entry.title): k for k in known}
    return {title: k for title, k in found.items() if title and title not in still}


def _with(record: NewEntry, decision: Literal["duplicate", "not fetched", "failed"], reason: str) -> NewEntry:
    return replace(record, decision=decision, reason=reason)
