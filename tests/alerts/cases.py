"""Deals, articles and tellings for tests of alerts: short to write, one place to change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from news.alert import Match, Search, Telling, TellingKind, TellingState
from news.article import Article
from news.reading import Terms
from news.story import Change, Deal, DealEvent, Report
from tests.stories.reports import DAY, LICENCE, report

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
SEARCH = Search("nk", '"NK cell engager"', ("ada",))
ALL = Match("nk", 1, ())


def article(text: str = "", *, title: str = "", number: int = 1, source: str = "wire", language: str = "en") -> Article:
    """Return an article with its text, and the address that `telling_report` gives to its report."""
    address = f"https://n{number}.example/a"
    return Article(number, address, source, "The Wire", title, text, NOW, language=language)


def told(*events: tuple[Terms, date], reports: tuple[Report, ...] | None = None, kept: bool = True) -> Deal:
    """Return deal 1 with its events, each told by a report of its own where none are given."""
    made = tuple(
        DealEvent(n, terms, on, reports if reports is not None else (report(n, terms, on=on),))
        for n, (terms, on) in enumerate(events or ((LICENCE, DAY),), 1)
    )
    return Deal(1, len(made), NOW, kept=kept, news=True, late=False, events=made)


def telling(
    kind: TellingKind,
    state: TellingState = "told",
    *,
    revision: int = 1,
    number: int = 7,
    recipient: str = "ada",
    changes: tuple[Change, ...] = (),
    ago: timedelta = timedelta(days=2),
    urgent: bool = False,
) -> Telling:
    """Return a stored telling of deal 1."""
    return Telling(
        number, recipient, 1, revision, kind, state, NOW - ago, changes=changes, delivery=None, urgent=urgent
    )
