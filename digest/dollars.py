"""Sums of other currencies in US dollars, in words: what stands beside them, and at which rate of which day.

The original stands first and is never replaced; nothing is converted in a subject or in what an update tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Context

from alerts.amounts import short
from digest.wording import say_day
from lexicon.rates import Converted, Source, is_foreign
from news.reading import MoneyField
from news.story import DealEvent

_RATE = Context(prec=5)
"""As many digits as the bank gives for most currencies."""

Dollars = Mapping[MoneyField, Converted]


def in_dollars(event: DealEvent, rates: Source) -> Dollars:
    """Return the payments of an event in US dollars at the rates of its day; those without a rate are left out."""
    foreign = [(name, money) for name, money in event.terms.money() if is_foreign(money)]
    known = rates() if foreign else None
    found = ((name, known.usd(money, event.announced)) for name, money in foreign if known)
    return {name: converted for name, converted in found if converted is not None}


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
