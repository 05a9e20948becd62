"""From deals to mail: saved searches, matches, tellings, deliveries, and the digest as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from news.reading import Evidence
from news.story import Change, Deal

TellingKind = Literal["first", "update", "perhaps", "archive"]
TellingState = Literal["pending", "told", "suppressed"]
DeliveryKind = Literal["digest", "alert", "heartbeat", "weekly"]
DeliveryState = Literal["pending", "leased", "sent", "refused", "failed"]
BacklogCause = Literal["source", "search", "recipient"]


@dataclass(frozen=True, slots=True)
class When:
    """A recipient's schedule: with every run, at once, or at times of day on weekdays (0 is Monday)."""

    mode: Literal["each-run", "immediate", "times"]
    times: tuple[time, ...] = ()
    weekdays: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told, where and when; `time_zone` is an IANA name."""

    key: str
    email: str
    when: When
    time_zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search. A changed query is a new `version`, which starts at `since`."""

    key: str
    query: str
    to: tuple[str, ...]
    urgent: bool = False
    version: int = 1
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """A part of a query and the words that made it true.

    `note` says what the words do not: the version of the ontology, the rate at which a sum was converted.
    """

    part: str
    words: str
    evidence: Evidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A search × a deal, with the words that made it true."""

    search: str
    deal: int
    why: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One recipient is to be told one revision of a deal.

    `id` is 0 until stored. `changes` is what an update tells. `reason` says why it is suppressed, or why a line under
    "Perhaps" is no card.
    """

    id: int
    recipient: str
    deal: int
    revision: int
    kind: TellingKind
    state: TellingState
    created_at: datetime
    searches: tuple[str, ...] = ()
    reason: str = ""
    urgent: bool = False
    changes: tuple[Change, ...] = ()
    delivery: int | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message in the outbox; (recipient, kind, window_start) is its natural key, `message` its frozen bytes."""

    id: int
    recipient: str
    kind: DeliveryKind
    window_start: datetime
    state: DeliveryState
    message_id: str
    subject: str
    message: bytes
    created_at: datetime
    attempts: int = 0
    not_before: datetime | None = None
    leased_until: datetime | None = None
    sent_at: datetime | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A deal as the digest shows it: the telling, the deal, and why it matched."""

    telling: Telling
    deal: Deal
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block: a headline with its link, nothing more."""

    deal: int
    title: str
    url: str
    outlet: str
    announced: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Backlog:
    """The block "Already out there": shown once after a source, a search or a recipient was added.

    `added` names what was added, as a person would say it. `found` counts the deals of which `lines` are the newest;
    `read` counts the entries that were looked into, `unread` the older ones that were not fetched.
    """

    added: tuple[str, ...]
    lines: tuple[Line, ...]
    found: int
    read: int
    unread: int


@dataclass(frozen=True, slots=True)
class Health:
    """What the digest's health line says: sources that fail, with their fault, and those never confirmed."""

    sources: int
    failing: tuple[tuple[str, str], ...] = ()
    unconfirmed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """The tellings of one delivery, as read: everything a message is composed of."""

    kind: DeliveryKind
    recipient: Recipient
    window_start: datetime
    composed_at: datetime
    cards: tuple[Card, ...] = ()
    perhaps: tuple[Line, ...] = ()
    backlog: Backlog | None = None
    health: Health | None = None
    in_reply_to: str | None = None
    covered: timedelta | None = None
