"""From deals to mail: saved searches, matches, tellings, deliveries, and the digest as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from news.reading import Evidence
from news.story import Change, Deal, Sighting

TellingKind = Literal["first", "update", "perhaps", "archive"]
TellingState = Literal["pending", "told", "suppressed"]
DeliveryKind = Literal["digest", "alert", "heartbeat", "weekly"]
DeliveryState = Literal["pending", "leased", "sent", "refused", "failed"]
Origin = Literal["file", "database"]
BacklogCause = Literal["source", "search", "recipient"]
Way = Literal["mail", "webhook", "chat"]


@dataclass(frozen=True, slots=True)
class When:
    """A recipient's schedule: with every run, at once, or at times of day on weekdays (0 is Monday)."""

    mode: Literal["each-run", "immediate", "times"]
    times: tuple[time, ...] = ()
    weekdays: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the recipient's day in which no message leaves: from `start` until `end`, perhaps over midnight."""

    start: time
    end: time


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is told, where and when; `time_zone` is an IANA name.

    `email` is empty where the `way` is another than mail: what opens that way is a secret and stands nowhere here.
    `at_most` is how many messages a day may come at no time of the schedule (0: any number); `heartbeat` says that a
    digest with nothing in it is sent all the same; `weekly` is when a summary of what was told comes too.
    """

    key: str
    email: str
    when: When
    time_zone: str = "UTC"
    way: Way = "mail"
    quiet: Quiet | None = None
    at_most: int = 0
    heartbeat: bool = False
    weekly: When | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    """What a search must match, and what it must not: each a text, the address of an article, or a deal (D12)."""

    match: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search. A changed query is a new `version`, which starts at `since`.

    `owner` is the recipient whose search it is, "" where the first of `to` is. `origin` says where it is kept and
    changed: in the configuration's file, or in the database.
    """

    key: str
    query: str
    to: tuple[str, ...]
    urgent: bool = False
    version: int = 1
    since: datetime | None = None
    owner: str = ""
    origin: Origin = "file"
    examples: Examples = Examples()


@dataclass(frozen=True, slots=True)
class Watch:
    """A recipient follows a deal; `parties` are the keys of those who made it."""

    deal: int
    recipient: str
    since: datetime
    parties: frozenset[str] = frozenset()


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
    """A message in the outbox; (recipient, kind, window_start) is its natural key, `message` its frozen bytes.

    `way` is the recipient's when the message was composed: it says what the bytes are. Once they are let go `message`
    is empty, and `fingerprint` their SHA-256; it is None as long as they are there.
    """

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
    way: Way = "mail"
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """A deal as the digest shows it: the telling, the deal, why it matched.

    `comparable` are others to hold its terms against, `sightings` the outlets that told of it, in the order told.
    """

    telling: Telling
    deal: Deal
    matches: tuple[Match, ...]
    comparable: tuple[Deal, ...] = ()
    sightings: tuple[Sighting, ...] = ()


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
    """The tellings of one delivery, as read: everything a message is composed of.

    `stop` is an https or mailto address at which the recipient can stop the mails, "" where there is none.
    """

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
    stop: str = ""
