"""The columns of an export: what a deal is in a row, each cell with the type of its column.

A sum has five cells of its own and one for its quote, because a figure without its currency, its "up to" or its words
is none. What is not mentioned is empty; what is said to exist without a sum is "undisclosed".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from digest.dollars import Dollars
from digest.headline import sentence
from digest.wording import MONEY_LABELS, clean, link, shorten
from news.alert import Match
from news.reading import MONEY_FIELDS, Evidence, Money, MoneyField, Named, Terms
from news.story import Deal

Cell = str | Decimal | int | bool | date | datetime | tuple[str, ...] | None
Type = Literal["text", "list", "link", "amount", "percent", "number", "day", "moment", "yes/no"]
LONGEST = 2000
"""Characters of a cell: a quote is a sentence, and a spreadsheet takes some thirty thousand."""
BETWEEN = "; "
"""Between the names of a list, where a cell holds one text only."""
FORMULA = re.compile("[=+\\-@\t＝＋－＠]")
"""How a text begins that a spreadsheet takes for a formula; full-width signs count in some locales."""


@dataclass(frozen=True, slots=True)
class Row:
    """A deal, what matched it, and its sums in US dollars."""

    deal: Deal
    matches: tuple[Match, ...]
    dollars: Dollars

    @property
    def terms(self) -> Terms:
        """The terms of the event that is told."""
        return self.deal.latest.terms


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `about` says what stands in it, `of` gives its cell, None where there is nothing to say."""

    name: str
    type: Type
    about: str
    of: Callable[[Row], Cell]


def cells(row: Row) -> Iterator[tuple[Column, Cell]]:
    """Yield a row's cells in the order of the columns; text is on one line and without control characters."""
    for column in COLUMNS:
        value = column.of(row)
        if isinstance(value, str):
            value = shorten(value, LONGEST) or None
        elif isinstance(value, tuple):
            value = tuple(filter(None, map(clean, value)))
        yield column, value


def _state(row: Row) -> str:
    if not row.deal.kept:
        return "perhaps"
    return "news" if row.deal.news else "archive"


def _parties(role: str) -> Callable[[Row], Cell]:
    return lambda row: tuple(party.name for party in row.terms.parties if party.role == role)


def _names(of: Callable[[Terms], Sequence[Named]]) -> Callable[[Row], Cell]:
    return lambda row: tuple(named.name for named in of(row.terms))


def _name(of: Callable[[Terms], Named | None]) -> Callable[[Row], Cell]:
    def name(row: Row) -> Cell:
        named = of(row.terms)
        return None if named is None else named.name

    return name


def _words(evidence: Evidence) -> str:
    return evidence.context or evidence.quote


def _first_link(row: Row) -> str:
    return next(filter(None, (link(report.address) for report in row.deal.latest.reports)), "")


def _outlets(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(report.outlet for event in row.deal.events for report in event.reports))


def _money(field: MoneyField) -> Iterator[Column]:
    """Yield the columns of one kind of payment."""
    label = MONEY_LABELS[field].lower()

    def of(pick: Callable[[Money], Cell]) -> Callable[[Row], Cell]:
        def cell(row: Row) -> Cell:
            money: Money | None = getattr(row.terms, field)
            return None if money is None else pick(money)

        return cell

    def dollars(row: Row) -> Cell:
        money: Money | None = getattr(row.terms, field)
        if money is not None and money.currency == "USD":
            return money.amount
        return row.dollars[field].about if field in row.dollars else None

    yield Column(
        field, "amount", f"{label}, in units of its currency; the upper end of a range", of(lambda m: m.amount)
    )
    yield Column(f"{field}_low", "amount", "the lower end, where a range is given", of(lambda m: m.low))
    yield Column(f"{field}_currency", "text", "its currency (ISO 4217)", of(lambda m: m.currency))
    yield Column(f"{field}_usd", "amount", "in US dollars at the rate of the day, rounded where converted", dollars)
    yield Column(f"{field}_is", "text", "stated, up to, or undisclosed; “per program” and so on; “check”", of(_is))
    yield Column(f"{field}_quote", "text", "the words behind it", of(lambda m: _words(m.evidence)))


def _is(money: Money) -> str:
    said = "undisclosed" if not money.disclosed else "up to" if money.up_to else "stated"
    per = f"per {money.per}" if money.per else ""
    return ", ".join(filter(None, [said, per, "summed" if money.summed else "", "check" if money.check else ""]))


def _royalties(name: Literal["low", "high", "wording", "quote"]) -> Callable[[Row], Cell]:
    def cell(row: Row) -> Cell:
        royalties = row.terms.royalties
        if royalties is None:
            return None
        return {
            "low": royalties.low,
            "high": royalties.high,
            "wording": royalties.wording,
            "quote": _words(royalties.evidence),
        }[name]

    return cell


COLUMNS: tuple[Column, ...] = (
    Column("id", "text", "the deal’s id, for `pactwatch deals show`", lambda row: row.deal.label),
    Column("announced", "day", "when its latest event was announced", lambda row: row.deal.latest.announced),
    Column("deal", "text", "who does what with whom", lambda row: sentence(row.terms)),
    Column("kind", "text", "license, option, collaboration …", lambda row: row.terms.kind),
    Column("event", "text", "new, expansion, termination …", lambda row: row.terms.event),
    Column("status", "text", "rumoured, non-binding, announced or closed", lambda row: row.terms.status),
    Column("licensors", "list", "who gives rights", _parties("licensor")),
    Column("licensees", "list", "who gets rights", _parties("licensee")),
    Column("partners", "list", "who does neither, or both", _parties("partner")),
    Column("assets", "list", "products and programmes", _names(lambda t: t.assets)),
    Column("targets", "list", "targets", _names(lambda t: t.targets)),
    Column("modalities", "list", "modalities", _names(lambda t: t.modalities)),
    Column("indications", "list", "indications", _names(lambda t: t.indications)),
    Column("stage", "text", "the stage of development", _name(lambda t: t.stage)),
    Column("territory", "text", "where the rights hold", _name(lambda t: t.territory)),
    *(column for field in MONEY_FIELDS for column in _money(field)),
    Column("royalties_low", "percent", "the lowest rate", _royalties("low")),
    Column("royalties_high", "percent", "the highest rate", _royalties("high")),
    Column("royalties", "text", "the article’s own wording", _royalties("wording")),
    Column("royalties_quote", "text", "the words behind it", _royalties("quote")),
    Column(
        "title",
        "text",
        "the first article’s headline",
        lambda row: next((r.title for r in row.deal.latest.reports), ""),
    ),
    Column("url", "link", "the first article’s address", _first_link),
    Column("outlets", "list", "who told it", _outlets),
    Column("searches", "list", "the saved searches that it matches", lambda row: tuple(m.search for m in row.matches)),
    Column("state", "text", "news, archive or perhaps", _state),
    Column("late", "yes/no", "whether an outage hid it at first", lambda row: row.deal.late),
    Column("revision", "number", "goes up when something that is told changes", lambda row: row.deal.revision),
    Column("first_seen", "moment", "when it became known here (UTC)", lambda row: row.deal.first_seen),
)
