"""Reports and deals for tests: short to write, one place to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from news.reading import Evidence, Money, Named, Party, Role, Terms
from news.story import Deal, DealEvent, Report
from stories.sketch import sketch

DAY = date(2026, 11, 20)
WORDS = Evidence("words", 0, 5)


def money(amount: float, currency: str = "EUR") -> Money:
    """Return a stated payment."""
    return Money(WORDS, Decimal(str(amount)), currency)


def parties(*names: str) -> tuple[Party, ...]:
    """Return two parties as licensor and licensee."""
    roles: tuple[Role, ...] = ("licensor", "licensee", "partner")
    return tuple(Party(name, role, WORDS) for name, role in zip(names, roles, strict=False))


def named(*names: str) -> tuple[Named, ...]:
    """Return named things."""
    return tuple(Named(name, WORDS) for name in names)


def report(number: int, terms: Terms, *, on: date = DAY, kept: bool = True, text: str = "") -> Report:
    """Return the report of article `number`."""
    return Report(
        article=number,
        nth=0,
        address=f"https://n{number}.example/a",
        source=f"s{number}",
        outlet=f"Outlet {number}",
        title="Borealis and Northpoint sign",
        fetched_at=datetime(2026, 11, 24, tzinfo=UTC),
        announced=on,
        since=None,
        kept=kept,
        reason="a licence",
        terms=terms,
        sketch=sketch(text),
    )


def deal(number: int, *events: tuple[Terms, date]) -> Deal:
    """Return a known deal with its events, each told by one article."""
    told = [report(1000 + number * 10 + n, terms, on=on) for n, (terms, on) in enumerate(events)]
    made = tuple(DealEvent(number * 10 + n, r.terms, r.announced, (r,)) for n, r in enumerate(told))
    return Deal(number, 1, datetime(2026, 11, 24, tzinfo=UTC), kept=True, news=True, late=False, events=made)


LICENCE = Terms(
    "license",
    parties=parties("Northpoint Bio", "Borealis Pharma"),
    upfront=money(25_000_000),
    assets=named("NPB-101"),
    targets=named("B7-H3"),
)
EXPANSION = replace(LICENCE, event="expansion", upfront=money(40_000_000), assets=named("NPB-202"), targets=())
