"""Sums of other currencies in US dollars, in words: what stands beside them, and at which rate of which day.

The original stands first and is never replaced; nothing is converted in a subject or in what an update tells. Only what
is compared or added up over several deals is dollars alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal

from alerts.amounts import short
from digest.wording import say_day
from lexicon.rates import Converted, Source, is_foreign
from news.reading import Money, MoneyField
from news.story import DealEvent

_RATE = Context(prec=5)
"""As many digits as the bank gives for most currencies."""
_ADDED = Context(prec=3, rounding=ROUND_HALF_EVEN)
"""No more digits of what was added up: some of it is converted."""

Dollars = Mapping[MoneyField, Converted]


def in_dollars(event: DealEvent, rates: Source) -> Dollars:
    """Return the payments of an event in US dollars at the rates of its day; those without a rate are left out."""
    foreign = [(name, money) for name, money in event.terms.money() if is_foreign(money)]
    known = rates() if foreign else None
    found = ((name, known.usd(money, event.announced)) for name, money in foreign if known)
    return {name: converted for name, converted in found if converted is not None}


def usd(money: Money | None, event: DealEvent, rates: Source) -> Decimal | None:
    """Return a payment of an event in US dollars, exact, to compare it or add it up; None where that is not known."""
    if money is None or money.amount is None:
        return None
    if not is_foreign(money):
        return money.amount if money.currency else None
    converted = rates().usd(money, event.announced)
    return None if converted is None else converted.amount


def largest(event: DealEvent, rates: Source) -> Decimal:
    """Return the largest sum that an event states, in US dollars; 0 where it states none that can be compared."""
    return max((usd(money, event, rates) or Decimal() for _, money in event.terms.money()), default=Decimal())


def say_added(sums: Iterable[Decimal]) -> str:
    """Return what sums in US dollars come to, "USD 1.41bn"; "" for nothing."""
    total = sum(sums, Decimal())
    return f"USD {short(total.normalize(_ADDED))}" if total else ""


def say_dollars(converted: Converted | None) -> str:
    """Return a converted sum in words, "about USD 26.6m", without more digits than are sure; "" for none."""
    if converted is None:
        return ""
    ends = [converted.about_low, converted.about]
    return f"about USD {' to '.join(dict.fromkeys(short(end) for end in ends if end is not None))}"


def say_rates(converted: Iterable[Converted]) -> str:
    """Return the rates that were used, each with its day, in a line; "" where none was."""
    days: dict[str, dict[str, None]] = {}
    for each in converted:
        said = f"{each.money.currency} 1 = USD {each.rate.normalize(_RATE):f}"
        days.setdefault(say_day(each.on), {})[said] = None
    told = "; ".join(f"of {day}: {', '.join(said)}" for day, said in days.items())
    return f"In US dollars at the ECB’s rate {told}" if told else ""
