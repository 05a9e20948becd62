"""What every step of the pipeline is given: the store, the knowledge, the settings and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

from crawler.settings import CrawlSettings
from digest.compose import Message
from jobs.asking import Indexes
from lexicon import Lexicon, load_rates
from lexicon.rates import Source as RatesSource
from news.alert import Delivery, Digest, Way
from news.article import Fault
from news.fetch import Access
from news.reading import DEAL_KINDS, Kind
from storage import Store

Clock = Callable[[], datetime]


class Outlet(Protocol):
    """Where deliveries go: an SMTP server, or the terminal and a folder where no mail is configured."""

    @property
    def sender(self) -> str:
        """The address that messages come from."""
        ...

    def send(self, delivery: Delivery) -> str:
        """Hand a message over and return the answer; raises DeliveryError."""
        ...


class WayOut(Protocol):
    """A way out beside the mail: chat, a webhook."""

    def compose(self, digest: Digest, identity: str) -> Message:
        """Return what is frozen into the outbox: the same bytes for the same digest; `identity` is the Message-ID."""
        ...

    def send(self, delivery: Delivery) -> str:
        """Hand a message over within some minutes and return the answer; raises DeliveryError."""
        ...


class Progress(Protocol):
    """Who watches a run: a progress bar on a terminal, nobody under cron."""

    def planned(self, polls: int, pages: int) -> None:
        """So many requests more are to be made."""
        ...

    def done(self, what: Literal["poll", "page"], name: str, outcome: str) -> None:
        """One of them has been made and this became of it."""
        ...


class Unwatched:
    """Nobody watches."""

    def planned(self, polls: int, pages: int) -> None:
        """Ignore it."""

    def done(self, what: Literal["poll", "page"], name: str, outcome: str) -> None:
        """Ignore it."""


@dataclass(frozen=True, slots=True)
class Feeds:
    """Where the feeds of the searches are written; `base` is the address of that folder, "" where none is known."""

    folder: Path
    base: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """The part of the configuration that the pipeline needs; DESIGN's defaults.

    `access` is by the sources' keys. `stop` is the https page or the e-mail address at which readers stop their mails,
    "" where there is none. `keep_mail` is how long the bytes of messages are kept.
    """

    crawl: CrawlSettings
    news_age: timedelta = timedelta(days=7)
    backlog: Literal["summary", "none", "all"] = "summary"
    first_fetch: int = 30
    keep_text: timedelta = timedelta(days=90)
    perhaps: bool = True
    run_limit: timedelta = timedelta(minutes=10)
    keep: frozenset[Kind] = frozenset(DEAL_KINDS)
    workers: int = 2
    access: Mapping[str, Access] = field(default_factory=dict)
    stop: str = ""
    keep_mail: timedelta = timedelta(days=90)
    feeds: Feeds | None = None


def internal_error(error: Exception) -> Fault:
    """Return the fault of a mistake of ours, or of a database that refused one thing."""
    return Fault("internal error", f"{type(error).__name__}: {error}")


@dataclass(slots=True)
class Tally:
    """What a run has done so far; the one thing in the pipeline that changes in place."""

    polled: int = 0
    unchanged: int = 0
    requests: int = 0
    entries: int = 0
    articles: int = 0
    duplicates: int = 0
    kept: int = 0
    perhaps: int = 0
    dropped: int = 0
    deals: int = 0
    sent: int = 0
    unsent: int = 0
    faults: list[tuple[str, Fault]] = field(default_factory=list)

    def clear(self) -> None:
        """Begin anew."""
        fresh = Tally()
        for each in fields(self):
            setattr(self, each.name, getattr(fresh, each.name))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """One installation at work. `load` gives the knowledge, the same at every call; most polls never ask for it."""

    store: Store
    load: Callable[[], Lexicon]
    settings: Settings
    clock: Clock
    outlet: Outlet
    progress: Progress = field(default_factory=Unwatched)
    ways: Mapping[Way, WayOut] = field(default_factory=dict)
    rates: RatesSource = load_rates
    tally: Tally = field(default_factory=Tally)
    indexes: Indexes = field(default_factory=Indexes)

    @property
    def lexicon(self) -> Lexicon:
        """The bundled knowledge."""
        return self.load()
