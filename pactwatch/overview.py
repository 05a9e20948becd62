"""Where an installation stands: what `status` shows and `doctor` judges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.schedule import due_window, next_window, say_when
from crawler.polling import due_at
from news.alert import Delivery, Recipient
from news.article import Feed
from news.step import RunSummary
from storage import Store

FOLLOWS_WITHIN = timedelta(minutes=30)
"""So soon after a digest's time a run should follow: a window is delivered by the first run after it closes."""
WALLS_FOR = timedelta(days=30)
"""For so long the articles behind walls are counted."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A recipient's digests: the schedule in words, the last that was sent, the next that is due by the clock."""

    key: str
    when: str
    pending: int
    last: datetime | None
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything that `status` shows; `open_run` began after the last one and has no end: at work, or killed."""

    last_run: RunSummary | None
    open_run: RunSummary | None
    feeds: tuple[Feed, ...]
    readers: tuple[Reader, ...]
    outbox: tuple[Delivery, ...]
    waiting: int
    walls: tuple[tuple[str, str, int], ...] = ()
    """Source, wall, and how many articles stood behind it in the last thirty days."""

    @property
    def failing(self) -> tuple[Feed, ...]:
        """The sources that answered once and now fail, and those that are gone."""
        return tuple(f for f in self.feeds if f.fault is not None and (f.confirmed or f.retired))

    @property
    def gaps(self) -> tuple[Feed, ...]:
        """The sources of which items may be lost."""
        return tuple(f for f in self.feeds if f.gap is not None)

    @property
    def unconfirmed(self) -> tuple[Feed, ...]:
        """The sources that were asked and have never answered."""
        return tuple(f for f in self.feeds if f.last_polled_at is not None and not f.confirmed and not f.retired)

    def due(self, now: datetime) -> tuple[int, datetime | None]:
        """Return how many sources are due, and when the next of the others is."""
        times = [due_at(feed) for feed in self.feeds if not feed.retired]
        later = [at for at in times if at is not None and at > now]
        return len(times) - len(later), min(later, default=None)


def overview(store: Store, recipients: Sequence[Recipient], now: datetime) -> Overview:
    """Load where an installation stands."""
    runs = store.last_runs(2)
    return Overview(
        last_run=next((run for run in runs if run.ended_at), None),
        open_run=runs[0] if runs and runs[0].ended_at is None else None,
        feeds=store.feeds(),
        readers=tuple(_reader(store, recipient, now) for recipient in recipients),
        outbox=store.unsent(),
        waiting=store.waiting_count(),
        walls=store.walls(now - WALLS_FOR),
    )


def _reader(store: Store, recipient: Recipient, now: datetime) -> Reader:
    return Reader(
        key=recipient.key,
        when=say_when(recipient.when),
        pending=len(store.tellings(recipient=recipient.key, state="pending")),
        last=store.last_sent(recipient.key),
        next=next_window(recipient.when, recipient.time_zone, now),
    )


def not_followed(
    recipients: Iterable[tuple[Recipient, datetime | None]],
    runs: Sequence[RunSummary],
    now: datetime,
    *,
    at_work: bool = False,
) -> list[tuple[Recipient, datetime]]:
    """Return whose last digest was due without a run in the half hour after, and when it was due.

    Each recipient comes with the moment since when it is known; nothing was due before that. `runs` are the newest
    first. A run that was under way counts, as a daemon's does; `at_work` says that the newest still is, and any other
    without an end was killed.
    """
    spans = [(run.started_at, run.ended_at or run.started_at) for run in runs]
    if at_work and spans:
        spans[0] = (spans[0][0], now)
    found = []
    for recipient, added_at in recipients:
        window = None if added_at is None else due_window(recipient.when, recipient.time_zone, None, added_at, now)
        if window is None or now < window.end + FOLLOWS_WITHIN:
            continue
        until = window.end + FOLLOWS_WITHIN
        if not any(began <= until and ended >= window.end for began, ended in spans):
            found.append((recipient, window.end))
    return found
