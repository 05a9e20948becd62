"""Sums, as queries and updates have them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.amounts import CURRENCIES, Amount, read_amount, say_amount, say_money, say_royalties
from news.reading import Evidence, Money, Royalties

WORDS = Evidence("words", 0, 5)
MILLION = Decimal(10**6)


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money(WORDS), "undisclosed"),
        (Money(WORDS, 25 * MILLION, "EUR"), "EUR 25m"),
        (Money(WORDS, 1350 * MILLION, "EUR", up_to=True), "up to EUR 1.35bn"),
        (Money(WORDS, 300 * MILLION, "USD", low=100 * MILLION), "USD 100m to 300m"),
        (Money(WORDS, Decimal(1_234_567), "USD", per="target"), "USD 1,234,567 per target"),
        (Money(WORDS, Decimal("1234567.5"), "USD"), "USD 1,234,567.5"),
    ],
)
def test_a_payment_is_said_without_rounding(money: Money, said: str) -> None:
    assert say_money(money) == said


@pytest.mark.parametrize(
    ("low", "high", "said"), [(None, None, "undisclosed"), (8, 12, "8% to 12%"), (8, 8, "8%"), (None, 12, "12%")]
)
def test_royalties_are_said_as_rates(low: int | None, high: int | None, said: str) -> None:
    rates = [None if rate is None else Decimal(rate) for rate in (low, high)]

    assert say_royalties(Royalties("tiered", WORDS, *rates)) == said


@given(st.decimals(0, 10**14, places=3).map(abs), st.sampled_from(["", "%", *sorted(CURRENCIES)]))
def test_an_amount_reads_back_as_it_is_said(number: Decimal, unit: str) -> None:
    said = say_amount(number, unit)

    assert read_amount(said, 0) == Amount(number, unit, len(said))
