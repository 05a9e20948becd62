"""Sums in US dollars: known rates of the European Central Bank, and a small table of our own for the edges."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicon
from lexicon.rates import REACH, Converted, Rates, is_foreign
from news.reading import Evidence, Money

BANK = lexicon.load_rates()
FRIDAY = date(2022, 12, 23)
TABLE = """Date,USD,JPY,EEK,
2026-11-23,1.25,150,N/A,
2026-11-20,1.2,160,N/A,
2026-10-01,1.1,140,16,
"""
OURS = Rates.of(TABLE)
DAYS = st.dates(date(1998, 12, 1), date(2026, 10, 30))
SUMS = st.decimals(Decimal("0.01"), Decimal(10) ** 13, places=2)
CURRENCIES = st.sampled_from(["EUR", "JPY", "GBP", "CHF", "SEK", "AUD", "KRW", "DKK"])


def money(amount: str | Decimal | None, currency: str | None = "EUR", low: str | None = None) -> Money:
    return Money(
        Evidence("a sum", 0, 5),
        None if amount is None else Decimal(amount),
        currency,
        low=Decimal(low) if low else None,
    )


def converted(of: Money, day: date, rates: Rates = BANK) -> Converted:
    found = rates.usd(of, day)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("amount", "currency", "day", "dollars"),
    [
        ("25000000", "EUR", date(2022, 12, 22), "26582500"),  # 1.0633
        ("1", "EUR", date(1999, 1, 4), "1.1789"),  # the first rate of all
        ("1", "EUR", date(2008, 7, 15), "1.599"),  # the highest so far
        ("14042", "JPY", date(2022, 12, 22), "106.33"),
        ("0.88243", "GBP", date(2022, 12, 22), "1.0633"),
        ("7.4367", "DKK", date(2022, 12, 22), "1.0633"),
    ],
)
def test_a_sum_is_converted_at_the_banks_rate_of_its_day(amount: str, currency: str, day: date, dollars: str) -> None:
    found = converted(money(amount, currency), day)

    assert found.amount.quantize(Decimal("0.0001")) == Decimal(dollars)
    assert found.on == day


def test_a_weekend_and_a_holiday_have_the_rate_of_the_working_day_before() -> None:
    for days in (1, 2, 3):
        found = converted(money("1"), FRIDAY + timedelta(days))
        assert (found.rate, found.on) == (Decimal("1.0622"), FRIDAY)


def test_before_the_first_rate_the_first_one_serves_for_a_while() -> None:
    first = date(1999, 1, 4)

    assert converted(money("1"), first - REACH).on == first
    assert BANK.usd(money("1"), first - REACH - timedelta(1)) is None


def test_behind_the_last_rate_the_last_one_serves_for_a_while() -> None:
    last = date(2026, 11, 23)

    assert converted(money("1"), last + REACH, OURS).on == last
    assert OURS.usd(money("1"), last + REACH + timedelta(1)) is None


@pytest.mark.parametrize(
    ("currency", "last"),
    [
        ("RUB", date(2022, 3, 1)),  # suspended
        ("HRK", date(2022, 12, 30)),  # replaced by the euro
        ("EEK", date(2010, 12, 31)),
    ],
)
def test_a_currency_that_ceased_has_a_rate_for_thirty_five_days_more(currency: str, last: date) -> None:
    assert converted(money("1", currency), last + REACH).on == last
    assert BANK.usd(money("1", currency), last + REACH + timedelta(1)) is None


def test_the_rate_of_a_day_before_is_preferred_to_one_that_is_nearer_but_later() -> None:
    assert converted(money("1"), date(2026, 10, 31), OURS).on == date(2026, 10, 1)
    assert converted(money("1"), date(2026, 11, 10), OURS).on == date(2026, 11, 20), "none before is within reach"


@pytest.mark.parametrize("day", [date.min, date(1970, 1, 1), date(2090, 6, 1), date.max])
def test_far_days_have_no_rate(day: date) -> None:
    assert BANK.usd(money("1"), day) is None


@pytest.mark.parametrize("currency", ["TWD", "XXX", "Date", "", "eur", "N/A"])
def test_a_currency_that_the_bank_does_not_know_has_no_rate(currency: str) -> None:
    assert BANK.usd(money("1", currency), FRIDAY) is None


@pytest.mark.parametrize("of", [money("25000000", "USD"), money(None, None), money("1", None)])
def test_dollars_and_undisclosed_sums_are_not_converted(of: Money) -> None:
    assert not is_foreign(of)
    assert BANK.usd(of, FRIDAY) is None


def test_a_range_is_converted_at_both_ends() -> None:
    found = converted(money("45000000", "EUR", low="40000000"), date(2026, 11, 23), OURS)

    assert (found.low, found.amount) == (Decimal(50_000_000), Decimal(56_250_000))
    assert (found.about_low, found.about) == (Decimal(50_000_000), Decimal(56_000_000))


@pytest.mark.parametrize(
    ("amount", "about"),
    [
        ("10000000", "12500000"),  # begins with 1: three digits
        ("30000000", "38000000"),  # 37,500,000
        ("1350000000", "1690000000"),  # three digits, as the original has
        ("1234567890.50", "1540000000"),  # never more
    ],
)
def test_what_is_shown_has_two_or_three_digits(amount: str, about: str) -> None:
    found = converted(money(amount), date(2026, 11, 23), OURS)

    assert found.about == Decimal(about)


@given(SUMS, SUMS, CURRENCIES, DAYS)
def test_converting_keeps_the_order_and_is_positive(one: Decimal, other: Decimal, currency: str, day: date) -> None:
    less, more = (BANK.usd(money(amount, currency), day) for amount in sorted((one, other)))

    assert (less is None) == (more is None)
    if less is not None and more is not None:
        assert 0 < less.amount <= more.amount
        assert (one == other) == (less.amount == more.amount)


@given(SUMS, CURRENCIES, DAYS)
def test_what_is_shown_is_within_two_per_cent(amount: Decimal, currency: str, day: date) -> None:
    found = BANK.usd(money(amount, currency), day)

    if found is not None:
        assert abs(found.about - found.amount) <= found.amount * Decimal("0.02")
        assert len(found.about.normalize().as_tuple().digits) <= 3
        assert abs(found.on - day) <= REACH


@pytest.mark.parametrize("table", ["", "Date", "USD,JPY\n1,2", "Date,JPY\n2026-11-23,150", "<html>moved</html>"])
def test_what_is_no_table_of_rates_is_refused(table: str) -> None:
    with pytest.raises(ValueError, match="no table of exchange rates: its first line is"):
        Rates.of(table)


def test_a_table_may_stand_in_any_order_and_have_short_rows() -> None:
    rates = Rates.of("Date,USD,JPY\n2026-11-20,1.2\n2026-11-23,1.25,150\n\n")

    assert converted(money("1"), date(2026, 11, 21), rates).rate == Decimal("1.2")
    assert converted(money("150", "JPY"), date(2026, 11, 21), rates).on == date(2026, 11, 23)
