"""From an address in the configuration to the text of a page: Source, Feed, Entry, Article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from news.reading import DateFrom

SourceKind = Literal["trade", "wires", "newsrooms", "own"]
Decision = Literal["waiting", "kept", "perhaps", "dropped", "not read", "duplicate", "not fetched", "failed"]
"""What became of an entry; `waiting` is the only one that a later run takes up."""


@dataclass(frozen=True, slots=True)
class Source:
    """An address in the configuration, known by its key for ever; the address itself may change."""

    key: str
    name: str
    url: str
    language: str = ""
    kind: SourceKind = "own"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went wrong with one feed, page or address: a short stable name and the words for a person."""

    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Feed:
    """The polling state of a source.

    `next_poll_at` may be overridden by `run --now`, `not_before` (Retry-After) may not. `etag`, `last_modified` and
    `body_hash` belong to the last body that was stored. `interval` is what the publisher asks for between two polls.
    """

    source: str
    url: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    interval: timedelta | None = None
    next_poll_at: datetime | None = None
    not_before: datetime | None = None
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    failures: int = 0
    fault: Fault | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    retired: bool = False

    @property
    def confirmed(self) -> bool:
        """Whether the source has ever answered."""
        return self.last_success_at is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a feed, as parsed: text is plain (no markup), `link` absolute, `published` in UTC or None."""

    guid: str
    link: str
    title: str
    summary: str = ""
    author: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a feed's bytes hold: its entries, newest first where dated, and how often it asks to be polled."""

    title: str
    language: str
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An entry as the ledger keeps it, for ever: what it was, when it was seen, what became of it and why.

    `address` is the canonical form of `entry.link`. `since` is the source's last successful poll before this one,
    None on its first: what is news is measured from it.
    """

    id: int
    source: str
    entry: Entry
    address: str
    seen_at: datetime
    since: datetime | None
    decision: Decision = "waiting"
    reason: str = ""
    article: int | None = None
    attempts: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page as extraction leaves it: text without furniture. `canonical` is the page's own claim, not yet believed."""

    title: str
    text: str
    author: str = ""
    published: date | None = None
    language: str = ""
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The page behind an entry, stored once per text.

    `address` is the final address after redirects, normalised. `published` is the earliest credible day, and
    `published_from` says whether the page or the feed gave it.
    """

    id: int
    address: str
    source: str
    outlet: str
    title: str
    text: str
    fetched_at: datetime
    author: str = ""
    published: date | None = None
    published_from: DateFrom = "first-seen"
    language: str = ""
    entries: tuple[int, ...] = field(default=())
