"""Sums of money as people write and read them: "20m EUR" in a query, "up to EUR 1.35bn" in an update.

A sum is shortened only where that is the same number, so that what is printed reads back as what it was.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from alerts.meant import meant
from news.errors import QuerySyntaxError
from news.reading import Money, Royalties

_CODES = (
    "AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN MYR NOK NZD PHP PLN RON "
    "RUB SAR SEK SGD THB TRY TWD UAH USD VND ZAR"
)
CURRENCIES = frozenset(_CODES.split())
_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_SCALES = {
    "": 0, "k": 3, "thousand": 3, "m": 6, "mn": 6, "mm": 6, "million": 6, "b": 9, "bn": 9, "billion": 9,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(?P<before>US\$|[$€£¥]|[A-Za-z]{3}(?=[ \d]))? *"
    r"(?P<number>(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?)"
    r"(?: *(?P<scale>thousand|million|billion|mn|mm|bn|[kmb])(?![A-Za-z]))?"
    r"(?P<percent> *%)?(?: *(?P<after>[A-Z]{3}|[a-z]{3})(?![\w-]))?",
    re.IGNORECASE,
)
_UNITS = ((9, "bn"), (6, "m"))
_PER = {"program": "programme"}
_OPERATORS = frozenset({"AND", "NOT"})
_ASK = "write a code such as EUR, USD, GBP, CHF, JPY or CNY"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a query gives it: in units, with an ISO 4217 code or "%" where one is written."""

    number: Decimal
    unit: str
    end: int


def read_amount(query: str, at: int) -> Amount:
    """Return the amount that stands in a query at a place; raises QuerySyntaxError."""
    found = _AMOUNT.match(query, at)
    if found is None or query[found.end() : found.end() + 1] not in {"", " ", ")", "("}:
        raise QuerySyntaxError(query, min(at, len(query)), 'this is no number: write one such as "20m EUR" or "10%"')
    end, after = found.end(), found["after"]
    if after and after.upper() not in CURRENCIES:
        if after.isupper() and after not in _OPERATORS:
            place = found.start("after")
            raise QuerySyntaxError(query, place, f"{_unknown(after)}; before a word write AND")
        end, after = found.start("after"), None  # the next word of the query
    units = [unit for unit in (_currency(query, found.start(), found["before"]), after and after.upper()) if unit]
    if found["percent"]:
        units.append("%")
    if len(units) > 1:
        raise QuerySyntaxError(query, found.start(), f"{' and '.join(units)} contradict each other: write one of them")
    number = Decimal(found["number"].replace(",", "")).scaleb(_SCALES[(found["scale"] or "").lower()])
    return Amount(number, units[0] if units else "", end)


def say_amount(number: Decimal, unit: str) -> str:
    """Return an amount as a query has it: "20m EUR", "1.35bn USD", "10%"."""
    return f"{short(number)}%" if unit == "%" else f"{short(number)} {unit}".strip()


def short(number: Decimal) -> str:
    """Return a number as people write it, shortened only to the same number: "25m", "1.35bn", "1,234,567"."""
    for power, unit in _UNITS:
        scaled = number.scaleb(-power)
        if scaled >= 1 and scaled == round(scaled, 3):
            return f"{_plain(scaled)}{unit}"
    return _plain(number)


def say_money(money: Money) -> str:
    """Return a payment as an update tells it: "up to EUR 1.35bn per programme"; "undisclosed" without a sum."""
    if money.amount is None:
        return "undisclosed"
    said = f"{money.currency or ''} {short(money.amount)}".strip()
    if money.low is not None and money.low != money.amount:
        said = f"{money.currency or ''} {_range(money.low, money.amount)}".strip()
    elif money.up_to:
        said = f"up to {said}"
    return f"{said} per {_PER.get(money.per, money.per)}" if money.per else said


def _range(low: Decimal, high: Decimal) -> str:
    """Return a range; "0.5m to 1.2m" where the lower end alone would be written out in full."""
    begun, ended = short(low), short(high)
    scaled = low.scaleb(-6)
    if ended.endswith("m") and not begun.endswith("m") and scaled == round(scaled, 3):
        begun = f"{_plain(scaled)}m"
    return f"{begun} to {ended}"


def say_royalties(royalties: Royalties) -> str:
    """Return royalties as an update tells them: "8% to 12%"; "undisclosed" without a rate."""
    rates = [rate for rate in (royalties.low, royalties.high) if rate is not None]
    return " to ".join(dict.fromkeys(f"{_plain(rate)}%" for rate in rates)) or "undisclosed"


def _plain(number: Decimal) -> str:
    """Return a number in full, without an exponent and without zeros that say nothing."""
    said = f"{number:,f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _currency(query: str, at: int, written: str | None) -> str:
    if not written:
        return ""
    code = _SIGNS.get(written.upper()) or written.upper()
    if code not in CURRENCIES:
        raise QuerySyntaxError(query, at, _unknown(written))
    return code


def _unknown(code: str) -> str:
    return f"unknown currency {code}: {meant(code, sorted(CURRENCIES)) or _ASK}"
