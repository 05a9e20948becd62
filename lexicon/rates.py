"""Sums in US dollars, at the reference rate that the European Central Bank gave for a day.

    rates.usd(money, day) -> Converted | None        .amount .low .about .about_low .rate .on

The bank publishes on working days: the rate is that of the day, else the last one before it, else the first one after
it. There is no conversion where the nearest is more than REACH away, where the bank does not know the currency, where
there is no sum, or where the sum is in US dollars already. A conversion stands beside a sum and never replaces it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from news.reading import Money

REACH = timedelta(days=35)
"""How far from the day a rate may be; every working day has one, so that only a ceased currency needs it."""
_BASE, _DOLLARS, _DAY = "EUR", "USD", "Date"
_THREE, _TWO = Context(prec=3, rounding=ROUND_HALF_EVEN), Context(prec=2, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Converted:
    """A sum in US dollars: `rate` dollars were one unit of the sum's currency on the day `on`.

    `amount` and `low` are exact, in units; `about` and `about_low` are what is shown of them.
    """

    money: Money
    rate: Decimal
    on: date

    @property
    def amount(self) -> Decimal:
        """The sum itself."""
        return (self.money.amount or Decimal()) * self.rate

    @property
    def low(self) -> Decimal | None:
        """The lower end, where the text gives a range."""
        return None if self.money.low is None else self.money.low * self.rate

    @property
    def about(self) -> Decimal:
        """The sum, rounded as it is shown."""
        return _rounded(self.amount, self.money.amount or Decimal())

    @property
    def about_low(self) -> Decimal | None:
        """The lower end, rounded as it is shown."""
        return None if self.money.low is None else _rounded(self.money.low * self.rate, self.money.low)


@dataclass(frozen=True, slots=True)
class Rates:
    """The bank's table: a row a day, the oldest first, each beginning with its day; units of a currency for one euro.

    A row is taken apart only when its day is asked for: that makes loading cheap.
    """

    _columns: Mapping[str, int]
    _rows: tuple[str, ...]

    @classmethod
    def of(cls, table: str) -> Rates:
        """Return the rates of a table in the bank's form (a column of days, then one a currency).

        Raises ValueError where the first line does not name such columns.
        """
        header, *rows = table.splitlines() or [""]
        columns = {name.strip(): number for number, name in enumerate(header.split(",")) if name.strip()}
        if columns.get(_DAY) != 0 or _DOLLARS not in columns:
            raise ValueError(f"no table of exchange rates: its first line is {header[:60]!r}, not 'Date,USD,…'")
        return cls(columns, tuple(sorted(row for row in rows if row.strip())))

    def usd(self, money: Money, day: date) -> Converted | None:
        """Return a payment in US dollars at the rate of a day, None where it needs none or there is none."""
        if not is_foreign(money):
            return None
        for row in self._near(day):
            dollars, units = self._rate(row, _DOLLARS), self._rate(row, money.currency or "")
            if dollars and units:
                return Converted(money, dollars / units, _day_of(row))
        return None

    def _near(self, day: date) -> Iterator[str]:
        """Yield the rows within reach: the day's own and those before it, the latest first, then those behind it."""
        place = bisect_right(self._rows, day, key=_day_of)
        longest = REACH.days + 1
        yield from (row for row in self._rows[max(0, place - longest) : place][::-1] if day - _day_of(row) <= REACH)
        yield from (row for row in self._rows[place : place + longest] if _day_of(row) - day <= REACH)

    def _rate(self, row: str, currency: str) -> Decimal | None:
        """Return how many units of a currency a row gives for one euro."""
        if currency == _BASE:
            return Decimal(1)
        column = self._columns.get(currency, 0)
        cells = row.split(",")
        cell = cells[column].strip() if 0 < column < len(cells) else ""
        return Decimal(cell) if cell[:1].isdigit() else None


Source = Callable[[], Rates]
"""Whoever may need rates is given this, so that only who shows a foreign sum waits for them."""


def is_foreign(money: Money) -> bool:
    """Whether a payment is a sum in another currency than US dollars."""
    return money.amount is not None and money.currency not in {None, _DOLLARS}


def _day_of(row: str) -> date:
    return date.fromisoformat(row[:10])


def _rounded(amount: Decimal, original: Decimal) -> Decimal:
    """Return an amount in three digits where its original has as many or it begins with 1 or 2, else in two.

    Either way it is within two per cent of the exact one, which two digits of "EUR 10m" would not be.
    """
    precise = len(original.normalize().as_tuple().digits) > 2
    leading = amount.as_tuple().digits[0] if amount else 0
    return amount.normalize(_THREE if precise or leading < 3 else _TWO)
