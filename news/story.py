"""From readings to deals: which articles tell the same news, and what is known of an agreement over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from news.reading import Evidence, Terms


@dataclass(frozen=True, slots=True)
class Report:
    """One deal of one article's reading: what a story is made of.

    `nth` counts the deals of the reading from 0. `announced` always has a day: the first sight where nothing else is
    known. `since` is the last successful poll of the source before this one, None on its first. `sketch` is the
    signature of the article's text (stories/sketch.py), empty where it tells of several deals or too little.
    """

    article: int
    nth: int
    address: str
    source: str
    outlet: str
    title: str
    fetched_at: datetime
    announced: date
    since: datetime | None
    kept: bool
    reason: str
    terms: Terms
    sketch: bytes = b""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One outlet telling one story, by its earliest article.

    `day` is the one it is dated; `at` the hour in UTC, None where only the day is known; `seen_at` when it was first
    seen here.
    """

    story: int
    outlet: str
    source: str
    address: str
    title: str
    day: date
    at: datetime | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class DealEvent:
    """What happened to an agreement on one day, with the terms that belong to it alone."""

    story: int
    terms: Terms
    announced: date
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True)
class Deal:
    """The agreement that stories report. `events` are in the order in which they were announced; the last one is told.

    `kept` is False while all that tells of it is "perhaps". `news` is decided when the deal is first stored, and again
    only by a new event or a step up in status; `late` marks news that an outage hid. `merged_into` points to the deal
    that this one turned out to be. `rejected` says that a person said that it is none.
    """

    id: int
    revision: int
    first_seen: datetime
    kept: bool
    news: bool
    late: bool
    events: tuple[DealEvent, ...]
    merged_into: int | None = None
    rejected: bool = False

    @property
    def latest(self) -> DealEvent:
        """The event that a reader is told about."""
        return self.events[-1]

    @property
    def label(self) -> str:
        """The id as people see and type it."""
        return f"D{self.id}"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a new revision tells: what it was, what it is, and the words behind both."""

    field: str
    was: str
    now: str
    evidence_was: Evidence | None = None
    evidence_now: Evidence | None = None
