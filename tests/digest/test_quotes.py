"""The sentence behind a figure: short, whole where it can be, and with the figure in it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.quotes import LONGEST, excerpt
from digest.wording import clean
from tests.digest.samples import MODEST

LONG = "The companies, both of which are named at length here, agreed on many things and " * 6


@pytest.mark.parametrize(
    ("quote", "amount", "figure"),
    [
        ("an upfront payment of €25 million", "25000000", "€25 million"),
        ("25 people saw an upfront payment of €25 million", "25000000", "€25 million"),
        ("upfront of US$1.35bn in cash", "1350000000", "US$1.35bn"),
        ("eine Zahlung von 1,35 Milliarden", "1350000000", "1,35"),
        ("pays USD 1,234,567 now", "1234567", "USD 1,234,567"),
        ("receives 750 000 EUR at once", "750000", "750 000 EUR"),
        ("CHF 40m", "40000000", "CHF 40m"),
        ("an upfront payment of $25 million, $5 million of it in kind", "25000000", "$25 million"),
        ("an upfront payment", "25000000", ""),
        ("royalties of 12 percent", "12", "12 percent"),
    ],
)
def test_the_figure_is_found_as_it_was_written(quote: str, amount: str, figure: str) -> None:
    found = excerpt(quote, [Decimal(amount)])

    assert found.figure == figure
    assert str(found) == quote


def test_both_ends_of_a_range_are_the_figure() -> None:
    found = excerpt("royalties from 8% to 14% of sales", [Decimal(8), Decimal(14)])

    assert found.figure == "8% to 14%"


def test_only_the_sentence_with_the_figure_is_quoted() -> None:
    quote = "Talks began in 2019. Nordkap Inc. will pay Ostara €40 million at once. Its shares rose."

    assert str(excerpt(quote, [Decimal(40_000_000)])) == "Nordkap Inc. will pay Ostara €40 million at once."


def test_without_a_figure_the_first_sentence_is_quoted() -> None:
    assert str(excerpt("Terms were not disclosed. Shares rose.")) == "Terms were not disclosed."


def test_a_sentence_without_end_is_cut_around_the_figure() -> None:
    found = excerpt(f"{LONG}pays €40 million {LONG}", [Decimal(40_000_000)])

    assert found.figure == "€40 million"
    assert found.before.startswith("…")
    assert found.after.endswith("…")
    assert len(str(found)) <= LONGEST + 2


def test_a_part_of_a_sum_is_found_by_being_money() -> None:
    assert excerpt("from 2019 on up to €610 million in milestones", None).figure == "€610 million"


@MODEST
@given(st.text(max_size=900), st.lists(st.integers(0, 10**12).map(Decimal), max_size=3))
def test_an_excerpt_never_says_what_the_quote_does_not(quote: str, amounts: list[Decimal]) -> None:
    said = str(excerpt(quote, amounts))

    assert said.removeprefix("…").removesuffix("…") in clean(quote)
    assert len(said) <= LONGEST + 2


@MODEST
@given(st.integers(1, 9_999), st.sampled_from([("million", 6), ("billion", 9), ("m", 6), ("bn", 9)]), st.integers(0, 9))
def test_a_stated_figure_is_always_in_its_excerpt(whole: int, unit: tuple[str, int], tenth: int) -> None:
    word, power = unit
    written = f"€{whole}.{tenth} {word}"

    found = excerpt(f"{LONG}is {written} {LONG}", [Decimal(f"{whole}.{tenth}").scaleb(power)])

    assert found.figure == written
