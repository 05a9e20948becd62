"""Compare what a deal pays with what a query asks, in the currency of the query at the rate of the deal's day.

A sum in another currency is converted through US dollars (lexicon.rates). Where there is no rate, nobody can say
whether it is more or less: the comparison is then neither true nor false, and says why.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from alerts.amounts import say_amount, short
from alerts.condition import Comparison, Figure, FigureField, Known
from lexicon.rates import Source
from news.reading import Evidence, Money, Royalties, Terms
from news.story import DealEvent

_COMPARE: dict[Comparison, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
_DOLLARS = "USD"
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a figure of an event is as asked; None where that cannot be known, and `note` says why.

    A note beside a figure that is as asked tells at which rate it was converted.
    """

    truth: bool | None
    evidence: Evidence | None = None
    note: str = ""


def hold(leaf: Figure | Known, event: DealEvent, rates: Source | None) -> Held:
    """Return whether a figure of an event is as asked, with the words that say it."""
    value = figure(event.terms, leaf.name)
    if isinstance(leaf, Known):
        state = "none" if value is None else "undisclosed" if _ends(value) is None else "stated"
        return Held(state == leaf.state, value.evidence if value else None)
    ends = _ends(value) if value else None
    if value is None or ends is None:
        return Held(truth=False, note=f"{leaf.name} is {'not mentioned' if value is None else 'undisclosed'}")
    note = ""
    if isinstance(value, Money) and leaf.unit not in {"", value.currency}:
        rate, note = _rate(value, leaf.unit, event.announced, rates)
        if rate is None:
            return Held(None, value.evidence, note)
        ends = (ends[0] * rate, ends[1] * rate)
        note = f"{value.currency} {short(value.amount or Decimal())} is {_said(ends[1], leaf.unit)} {note}"
    return Held(holds(leaf.comparison, *ends, leaf.number), value.evidence, note)


def figure(terms: Terms, name: FigureField) -> Money | Royalties | None:
    """Return what an agreement says of a payment or of royalties."""
    if name == "royalty":
        return terms.royalties
    value: Money | None = getattr(terms, name)
    return value


def holds(comparison: Comparison, low: Any, high: Any, than: Any) -> bool:  # noqa: ANN401  # numbers or days alike
    """Return whether some value from `low` to `high` compares so with another."""
    if comparison == "=":
        return bool(low <= than <= high)
    return _COMPARE[comparison](high if comparison in {">", ">="} else low, than)


def _ends(value: Money | Royalties) -> tuple[Decimal, Decimal] | None:
    """Return the lower and the upper end of what a figure says, the same where it gives one number."""
    upper = value.amount if isinstance(value, Money) else value.high
    ends = [end for end in (value.low, upper) if end is not None]
    return (min(ends), max(ends)) if ends else None


def _rate(value: Money, unit: str, day: date, rates: Source | None) -> tuple[Decimal | None, str]:
    """Return what one unit of a sum's currency is in another one on a day, and at which rate, or why there is none."""
    if rates is None:
        return None, f"{value.currency} cannot be compared with {unit}: no exchange rates are at hand"
    mine, its = (_in_dollars(value, currency or "", day, rates) for currency in (unit, value.currency))
    if not mine or not its:
        missing = unit if not mine else value.currency
        return None, f"{value.currency} cannot be compared with {unit}: there is no rate of {missing} for {day}"
    return its / mine, f"at the rate of {day}"


def _in_dollars(value: Money, currency: str, day: date, rates: Source) -> Decimal | None:
    """Return how many US dollars one unit of a currency was on a day, None where that is not known."""
    if currency == _DOLLARS:
        return Decimal(1)
    converted = rates().usd(Money(value.evidence, Decimal(1), currency), day)
    return converted.rate if converted else None


def _said(amount: Decimal, unit: str) -> str:
    return say_amount(amount.quantize(_CENT).normalize(), unit)
