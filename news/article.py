"""From an address in the configuration to the text of a page: Source, Feed, Entry, Article."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from news.reading import DateFrom
from news.rhythm import Rhythm

SourceKind = Literal["trade", "wires", "newsrooms", "own"]
SourceForm = Literal["feed", "sitemap", "listing"]
"""What a source's address answers: a feed, a sitemap or the index of several, or a page that lists articles."""
Decision = Literal["waiting", "kept", "perhaps", "dropped", "not read", "duplicate", "not fetched", "failed"]
"""What became of an entry; `waiting` is the only one that a later run takes up."""

NoArticle = Literal[
    "paywall",
    "login wall",
    "consent wall",
    "robot check",
    "not found",
    "listing",
    "video",
    "too short",
    "no text",
    "no web page",
]
"""What a page that holds no article is instead."""
WALLS: frozenset[NoArticle] = frozenset({"paywall", "login wall", "consent wall", "robot check"})
"""What stands before an article: of such a one the feed's summary is read."""


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

    def __str__(self) -> str:
        """Return both, as they are told."""
        return f"{self.name}: {self.message}"


@dataclass(frozen=True, slots=True)
class Gap:
    """Items that came between `since` and `at` may be lost: the poll at `at` shared none with the one before.

    `backfill` says that the source's sitemap or archive is still to be looked through for them.
    """

    since: datetime
    at: datetime
    backfill: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """The polling state of a source.

    `next_poll_at` may be overridden by `run --now`, `not_before` (Retry-After) may not. `etag`, `last_modified`,
    `body_hash` and `items` (how many it holds; None: not known) belong to the last body that was stored, and the
    validators to the address that gave them, `validators_from` (None: to `url`). `interval` is what the publisher asks
    for between two polls, `skip_hours` and `skip_days` (GMT) when not to come. `at_most` is our own bound after a gap.
    `digests` tell the items of that body by their bytes (crawler/splitting.py).
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
    validators_from: str | None = None
    items: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    rhythm: Rhythm | None = None
    at_most: timedelta | None = None
    gap: Gap | None = None
    digests: bytes | None = None

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
    """What a feed's bytes hold: its entries, newest first where dated, and how often it asks to be polled.

    `skip_hours` (0 to 23) and `skip_days` (Monday is 0), both GMT, are when it asks not to be polled. A sitemap or a
    listing page, of which `form` tells, holds the same. `remarks` are the names of what is odd about it. `known` counts
    items that stand in it as they did last time and are not among the entries; `digests` are as in Feed.
    """

    title: str
    language: str
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    form: SourceForm = "feed"
    remarks: tuple[str, ...] = ()
    known: int = 0
    digests: bytes = field(default=b"", compare=False)


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
    """A page as extraction leaves it: text without furniture. `canonical` is the page's own claim, not yet believed.

    `published` is the day as the page writes it; `published_at` and `modified_at` are moments in UTC, known only where
    it writes a time with its zone. `outlet` is what the page calls its site.
    """

    title: str
    text: str
    author: str = ""
    published: date | None = None
    language: str = ""
    canonical: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The page behind an entry, stored once per text.

    `address` is the final address after redirects, normalised. `published` is the earliest credible day, and
    `published_from` says whether the page or the feed gave it; `published_at` and `modified_at` are the moments that
    the page itself gives. `behind` names the wall behind which the article stands where its text is no more than the
    feed's summary; it is "" for one that was read whole.
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
    published_at: datetime | None = None
    modified_at: datetime | None = None
    behind: str = ""
