from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.money import sums, vague


def read(text: str) -> list[tuple[int, str]]:
    return [(int(item.amount), item.currency) for item in sums(text)]


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("€1.35bn", 1_350_000_000, "EUR"),
        ("EUR 25 million", 25_000_000, "EUR"),
        ("US$ 30m", 30_000_000, "USD"),
        ("$1.2 billion", 1_200_000_000, "USD"),
        ("USD 95 million", 95_000_000, "USD"),
        ("RMB 500 million", 500_000_000, "CNY"),
        ("¥20 billion", 20_000_000_000, "JPY"),
        ("JPY20bn", 20_000_000_000, "JPY"),
        ("CHF 300m", 300_000_000, "CHF"),
        ("SEK110M", 110_000_000, "SEK"),
        ("DKK 75 billion", 75_000_000_000, "DKK"),
        ("AU$5m", 5_000_000, "AUD"),
        ("A$6 million", 6_000_000, "AUD"),
        ("C$7m", 7_000_000, "CAD"),
        ("NZ$1m", 1_000_000, "NZD"),
        ("HK$2m", 2_000_000, "HKD"),
        ("S$3.5m", 3_500_000, "SGD"),
        ("£161 million", 161_000_000, "GBP"),
        ("₩100 billion", 100_000_000_000, "KRW"),
        ("KRW 5bn", 5_000_000_000, "KRW"),
        ("₹151 crore", 1_510_000_000, "INR"),
        ("Rs 20 lakh", 2_000_000, "INR"),
        ("25 million euros", 25_000_000, "EUR"),
        ("1.2 billion dollars", 1_200_000_000, "USD"),
        ("5 million Canadian dollars", 5_000_000, "CAD"),
        ("110 million kronor", 110_000_000, "SEK"),
        ("6 million stg", 6_000_000, "GBP"),
        ("1.2 mln dlrs", 1_200_000, "USD"),
        ("thirty million dollars", 30_000_000, "USD"),
        ("seven million five hundred thousand dollars", 7_500_000, "USD"),
        ("half a billion dollars", 500_000_000, "USD"),
        ("a million euros", 1_000_000, "EUR"),
        ("$25M", 25_000_000, "USD"),
        ("$25MM", 25_000_000, "USD"),
        ("$30 mn", 30_000_000, "USD"),
        ("$250k", 250_000, "USD"),
        ("$250,000", 250_000, "USD"),
        ("€1,350 million", 1_350_000_000, "EUR"),
        ("€1,35 billion", 1_350_000_000, "EUR"),
        ("EUR 25 000 000", 25_000_000, "EUR"),
        ("EUR 1.350.000", 1_350_000, "EUR"),
        ("a $50-million fund", 50_000_000, "USD"),
        ("a 25-million-euro payment", 25_000_000, "EUR"),
        ("$5 million CAD", 5_000_000, "CAD"),
        ("25 Mio. EUR", 25_000_000, "EUR"),
        ("NOK 90 mill.", 90_000_000, "NOK"),
        ("US$25 mil", 25_000_000, "USD"),
        ("MSEK 110", 110_000_000, "SEK"),
        ("110 MSEK", 110_000_000, "SEK"),
        ("SEKm 110", 110_000_000, "SEK"),
        ("€m 25", 25_000_000, "EUR"),
        ("five mln dlrs", 5_000_000, "USD"),
        ("90 million crowns", 90_000_000, "SEK"),
        ("90 million Danish crowns", 90_000_000, "DKK"),
        ("NTD 90 million", 90_000_000, "TWD"),
        ("NT$90 million", 90_000_000, "TWD"),
        ("US dollars 30 million", 30_000_000, "USD"),
        ("EUR 25,000,000", 25_000_000, "EUR"),
        ("EUR 100.000", 100_000, "EUR"),
        ("5.2 billion won", 5_200_000_000, "KRW"),
        ("one point two billion dollars", 1_200_000_000, "USD"),
        ("two and a half million euros", 2_500_000, "EUR"),
        ("a quarter of a billion dollars", 250_000_000, "USD"),
        ("three quarters of a million pounds", 750_000, "GBP"),
    ],
)
def test_a_sum_is_read_however_it_is_written(text: str, amount: int, currency: str) -> None:
    assert read(f"It pays {text} at once.") == [(amount, currency)]


def test_a_scraper_that_lost_the_spaces_hides_no_sum() -> None:
    assert read("will receive$75 millionconsisting of an upfront payment") == [(75_000_000, "USD")]


@pytest.mark.parametrize(
    "text",
    [
        "$40-45 million",
        "between $40 and $45 million",
        "$40 million to $45 million",
        "$40m–$45m",
        "40 to 45 million dollars",
    ],
)
def test_a_range_is_one_sum_with_a_lower_end(text: str) -> None:
    item = sums(f"It pays {text} now")[0]

    assert (item.low, item.amount) == (Decimal(40_000_000), Decimal(45_000_000))


@pytest.mark.parametrize("text", ["raised from $10 million to $20 million", "$45 million and $40 million"])
def test_two_sums_are_no_range(text: str) -> None:
    assert [item.low for item in sums(text)] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "up to $5m",
        "as much as about $5m",
        "more than $5m",
        "in excess of $5m",
        "potentially $5m",
        "$5m or more",
        "$5m+",
        "$5m-plus",
        "Up to $5m",
    ],
)
def test_a_limit_is_seen(text: str) -> None:
    assert [item.up_to for item in sums(text)] == [True]


@pytest.mark.parametrize(
    "text", ["about $5m", "approximately $5m", "hands over $5m", "a total of $5m", "over three years, $5m"]
)
def test_a_plain_or_rounded_sum_is_no_limit(text: str) -> None:
    assert [item.up_to for item in sums(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "€25 million ($27 million)",
        "302 million euros (about $444 million)",
        "US$ 20 mn (about Rs 151 crore)",
        "$7.25m (£4.3m)",
    ],
)
def test_the_same_sum_in_another_currency_is_not_told_twice(text: str) -> None:
    assert len(sums(text)) == 1


@pytest.mark.parametrize(
    "text", ["in 2016 won approval", "lost 25 pounds", "phase 2", "CD123", "Series B", "the 3 US sites", "$"]
)
def test_what_is_no_money_is_not_read(text: str) -> None:
    assert sums(text) == ()


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("CHF 14 million now and 180 million more", [14_000_000, 180_000_000]),
        ("$10 million upfront, 15 million on approval", [10_000_000, 15_000_000]),
        ("worth DKK 1.1 billion, of which 60 million is paid now", [1_100_000_000, 60_000_000]),
    ],
)
def test_a_sum_beside_another_shares_its_currency(text: str, amounts: list[int]) -> None:
    items = sums(text)

    assert [item.amount for item in items] == amounts
    assert len({item.currency for item in items}) == 1


@pytest.mark.parametrize(
    "text", ["$5m for 20 million patients", "$5m and 3 million shares", "$5 million in Mill Valley"]
)
def test_a_number_of_something_else_is_no_sum(text: str) -> None:
    assert [item.amount for item in sums(text)] == [5_000_000]


def test_an_article_before_a_sum_is_no_country() -> None:
    assert read("A $44 million deal") == [(44_000_000, "USD")]


def test_plain_signs_mean_what_the_article_says_that_they_mean() -> None:
    assert [item.currency for item in sums("$5m and ¥6m", dollar="CAD", yen="CNY")] == ["CAD", "CNY"]
    assert [item.currency for item in sums("5 million crowns and SEK 6m", crown="DKK")] == ["DKK", "SEK"]


@pytest.mark.parametrize(
    "text", ["a double-digit million euro amount", "a six-figure sum", "a multi-million dollar deal"]
)
def test_a_hint_is_no_sum(text: str) -> None:
    assert sums(text) == ()
    assert [text[start:end] for start, end in vague(text)] != []


SIGNS = {
    "$": "USD",
    "US$": "USD",
    "€": "EUR",
    "£": "GBP",
    "A$": "AUD",
    "HK$": "HKD",
    "CHF ": "CHF",
    "RMB ": "CNY",
    "₩": "KRW",
}
SIZES = {"": 1, " million": 10**6, "m": 10**6, " billion": 10**9, "bn": 10**9, " mln": 10**6, "M": 10**6}


@given(
    st.sampled_from(sorted(SIGNS)),
    st.decimals(min_value=1, max_value=999, places=2, allow_nan=False),
    st.sampled_from(sorted(SIZES)),
    st.sampled_from(["It pays {}.", "({})", "up to {} in all", "of{}, and", "“{}”"]),
)
def test_a_sum_that_is_written_reads_back(sign: str, number: Decimal, size: str, frame: str) -> None:
    written = f"{sign}{number}{size}"
    text = frame.format(written if frame != "of{}, and" else f" {written}")
    items = sums(text)

    assert [(item.amount, item.currency) for item in items] == [(number * SIZES[size], SIGNS[sign])]
    assert text[items[0].start : items[0].end] == written


WAYS: tuple[tuple[str, str, int], ...] = (
    ("EUR {} million", "EUR", 10**6),
    ("{} million euros", "EUR", 10**6),
    ("{} million Swiss francs", "CHF", 10**6),
    ("{} billion yen", "JPY", 10**9),
    ("{} Mio. EUR", "EUR", 10**6),
    ("{}m USD", "USD", 10**6),
    ("MSEK {}", "SEK", 10**6),
    ("{} MSEK", "SEK", 10**6),
    ("DKKm {}", "DKK", 10**6),
    ("€m {}", "EUR", 10**6),
    ("Rs {} crore", "INR", 10**7),
    ("US dollars {} million", "USD", 10**6),
    ("NT${}bn", "TWD", 10**9),
)


@given(st.sampled_from(WAYS), st.integers(1, 999), st.sampled_from(["Helvia pays {} now", "({})", "of {}, and more"]))
def test_a_sum_reads_back_in_whatever_way_it_is_written(way: tuple[str, str, int], number: int, frame: str) -> None:
    written, currency, size = way

    assert read(frame.format(written.format(number))) == [(number * size, currency)]


@given(st.text(alphabet=st.sampled_from("$€1,.0 mbn-(toandUSR") | st.characters(), max_size=120))
def test_sums_lie_in_the_text_in_order_whatever_it_is(text: str) -> None:
    items = sums(text)

    assert all(0 <= item.start < item.end <= len(text) for item in items)
    assert [item.start for item in items] == sorted(item.start for item in items)
    assert all(item.amount >= 0 for item in items)
