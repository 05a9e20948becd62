"""An installation without a network: a real store, the real lexicon, a clock that tests set, an outlet that keeps."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from crawler.settings import CrawlSettings
from jobs.context import Pipeline, Settings
from jobs.delivering import compose_due
from jobs.placing import place_waiting
from jobs.tasks import prepare
from lexicon import Lexicon, load
from news.alert import Delivery, Recipient, Search, Telling, When
from news.article import Article, Entry, Source
from news.reading import Evidence, Money, Named, Party, Reading, Terms
from news.step import NewEntry
from storage import Store

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TODAY = NOW.date()
WORDS = Evidence("words", 0, 5)
TEXT = "Harrow Pharma takes the NK cell engager NPB-101 of Northpoint Bio. " * 8
LICENCE = Terms(
    "license",
    parties=(Party("Northpoint Bio", "licensor", WORDS), Party("Harrow Pharma", "licensee", WORDS)),
    assets=(Named("NPB-101", WORDS),),
    modalities=(Named("NK cell engager", WORDS),),
)
"""A licence whose terms are not stated."""


def sum_of(amount: int | None) -> Money:
    """Return a payment in euros, undisclosed where there is no amount."""
    return Money(WORDS) if amount is None else Money(WORDS, Decimal(amount), "EUR")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon, loaded once for all tests of a process."""
    return load()


def prepared() -> None:
    """Prepare a worker process as the application does."""
    prepare(load)


@dataclass
class Keeper:
    """An outlet that keeps what it is given."""

    sender: str = "pactwatch@example.org"
    kept: list[Delivery] = field(default_factory=list)

    def send(self, delivery: Delivery) -> str:
        """Keep a message."""
        self.kept.append(delivery)
        return "250 kept"


class House:
    """One installation with the source "ledger" (more by `sources`), the recipient "me" and the search "nk"."""

    def __init__(self, folder: Path, *, when: When | None = None, urgent: bool = False, address: str = "") -> None:
        """Make it in a folder, or on the database at an address."""
        self.now = NOW - timedelta(days=1)
        self.me = Recipient("me", "me@example.org", when or When("each-run"), "UTC")
        self.search = Search("nk", '"NK cell engager"', ("me",), urgent=urgent)
        self.store = Store.open(address or str(folder / "pactwatch.db"))
        self.outlet = Keeper()
        settings = Settings(CrawlSettings("me@example.org"))
        self.pipeline = Pipeline(self.store, lexicon, settings, lambda: self.now, self.outlet)
        self._numbers = itertools.count(1)
        self.configure("ledger")
        self.store.close_backlogs(self.store.open_backlogs("me"), ())
        self.now = NOW

    def configure(self, *sources: str) -> None:
        """Take a configuration in."""
        known = [Source(key, key.title(), f"https://{key}.example/feed", "en") for key in sources]
        self.store.configure(known, [self.search], [self.me], self.now)

    def hears(
        self,
        terms: Terms,
        *,
        source: str = "ledger",
        on: date = TODAY,
        since: datetime | None = NOW - timedelta(hours=1),
        kept: bool = True,
        text: str = TEXT,
        waited: timedelta = timedelta(),
    ) -> Article:
        """Have an article read that tells of a deal, as a poll and, when its page has `waited`, a fetch bring it."""
        article = self.brings(terms, source=source, on=on, since=since, kept=kept, text=text, waited=waited)
        place_waiting(self.pipeline, article.id)
        return article

    def brings(
        self, terms: Terms, *, source: str, on: date, since: datetime | None, kept: bool, text: str, waited: timedelta
    ) -> Article:
        """Store an article that was read, and leave its place to whoever looks for what has none."""
        number = next(self._numbers)
        address = f"https://{source}.example/{number}"
        entry = Entry(f"g{number}", address, f"Harrow and Northpoint, part {number}")
        feed = self.store.feed(source)
        assert feed is not None
        new = NewEntry(entry, address, entry.title, seen_at=self.now - waited, since=since)
        (seen,) = self.store.record_poll(replace(feed, last_success_at=self.now), [new])
        made = Article(0, address, source, source.title(), entry.title, text, self.now, published=on)
        article = self.store.record_article(seen.id, made, f"sign {number}")
        reading = Reading(kept, not kept, 0.9, "en", terms.kind, "it says so", terms=terms)
        self.store.record_reading(article.id, "test", reading)
        return article

    def tellings(self) -> list[tuple[str, str, int]]:
        """Return kind, state and revision of all tellings."""
        return [(t.kind, t.state, t.revision) for t in self.store.tellings()]

    def pending(self) -> tuple[Telling, ...]:
        """Return what is still to be told."""
        return self.store.tellings(recipient="me", state="pending")

    def run_ends(self) -> list[Delivery]:
        """Compose what a run composes at its end; return the messages that are new in the outbox."""
        before = {delivery.id for delivery in self.store.deliveries()}
        compose_due(self.pipeline, self.now, run_ends=True)
        return [delivery for delivery in self.store.deliveries() if delivery.id not in before]

    def later(self, **lapse: float) -> None:
        """Let time pass."""
        self.now += timedelta(**lapse)
