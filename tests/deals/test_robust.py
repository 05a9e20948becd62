"""No text breaks the reader, makes it slow, or is read in two ways; what pactwatch writes itself, it reads back."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lexicon as bundled
from alerts.amounts import say_amount, say_money
from deals.currencies import CODES
from deals.language import language_of, not_read
from deals.money import sums, vague
from deals.reader import ArticleText, read
from lexicon.phrases import Words
from lexicon.sentences import cut
from lexicon.text import fold
from news.contract import reading_from_json, reading_to_json
from news.reading import MONEY_FIELDS, Evidence, Money, Reading
from tests.deals.articles import EXPANDED, EXPANDED_TITLE, RELEASE, RELEASE_TITLE, lexicon

WORDS = Evidence("words", 0, 5)
_NAMES = [f"{a}{b} {c}" for a in ("Hal", "Ost", "Nor") for b in ("mar", "vane", "aris") for c in ("Bio", "AG", "Ltd.")]
_RANDOM = random.Random(7)  # noqa: S311  # an order, not a secret
WORST = {
    "parentheses": "(",
    "nested": "([{",
    "letters": "a a a ",
    "capitals": "A A A ",
    "names": "".join(f"{_RANDOM.choice(_NAMES)}{_RANDOM.choice((' and ', ', ', ' & ', ' with '))}" for _ in range(500)),
    "suffixes": "Co., Ltd., Inc. ",
    "tickers": "(NASDAQ: A) ",
    "short names": "(the “A”) ",
    "dollars": "$1 $1 $1 ",
    "ranges": "$1-",
    "signs": "$€£¥",
    "codes": "EUR USD ",
    "up to": "up to up to ",
    "digits": "1",
    "thousands": "1,000",
    "percent": "5% to 6% of ",
    "numerals": "thirty million ",
    "years": "in 2016 and ",
    "dates": "Nov. 19, 2026 ",
    "alternating": "aBaB",
    "camel": "AbcDef",
    "codes of drugs": "AB-1",
    "hyphens": "co-non-",
    "marks": "Abc® ",
    "zero width": "\u200b\u200d",
    "right to left": "\u202eשלום ",
    "combining": "e\u0301\u0308",
    "surrogates": "\ud800\udfff",
    "beyond the basic plane": "𝐀𝟏😀",
    "greek": "αβγ-",
    "newlines": "\n",
    "empty paragraphs": " \n\n",
    "headings": "About A\n\n",
    "quotation marks": "“A,” ",
    "full stops": ". ",
    "glued": "end.Begin",
    "apostrophes": "’s ",
    "of": "University of the ",
    "grants": "grants to and receives from ",
    "terms": "upfront payment of royalties on milestones under ",
    "targets": "anti-CD3xCD19 targeting ",
    "places": "worldwide excluding China and ",
}


def _is_linear(work: Callable[[str], object], piece: str, size: int) -> bool:
    """Whether work on a text four times as long takes less than eight times as long: quadratic would be sixteen.

    Measured again where it seems not to be, with a text that differs: another program may have come between, and what
    was computed once may be remembered.
    """
    for attempt in "123":
        few, many = (attempt + piece * (length // len(piece) + 1) for length in (size, 4 * size))
        if _cpu_seconds(work, many) < 8 * max(_cpu_seconds(work, few), 0.03):
            return True
    return False


def _cpu_seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


@pytest.mark.parametrize("piece", WORST.values(), ids=WORST)
def test_reading_takes_as_long_as_the_text_is_and_not_longer(piece: str) -> None:
    opening = RELEASE.partition("\n\n")[0]

    assert _is_linear(lambda text: read(ArticleText(RELEASE_TITLE, f"{opening} {text}"), lexicon()), piece, 5_000)


@pytest.mark.parametrize("name", ["parentheses", "camel", "newlines", "combining"])
@pytest.mark.parametrize(
    "work",
    [fold, Words.of, cut, sums, vague, lambda text: (language_of("", text), not_read("", text, "en"))],
    ids=["folding", "words", "sentences", "sums", "hints", "language"],
)
def test_what_the_reader_is_made_of_bears_a_megabyte(work: Callable[[str], object], name: str) -> None:
    """The reader itself looks at 200,000 characters."""
    assert _is_linear(work, WORST[name], 250_000)


_PHRASES = (
    *(part for text in (*EXPANDED, RELEASE) for part in text.split(". ")),
    "Halmar Therapeutics AG (SIX: HLMR)",
    "Orsted Bio Ltd. (“Orsted”)",
    "natural killer (NK) cell engager",
    "an upfront payment of €25 million ($27 million)",
    "up to $1.35bn in milestones",
    "tiered royalties from high single-digit to 14%",
    "between 40 and 45 million euros per target",
    "under a 2016 agreement worth US$ 30m",
    "outside Greater China",
    "in a Phase 1/2 study of HLM-21 in relapsed multiple myeloma",
    "has exercised its option",
    "terminated the collaboration with",
    "About Halmar Therapeutics\n\n",
    "* A round-up of deals:\n\n",
)
_NOISE = st.text(max_size=8) | st.sampled_from(
    [
        "\n",
        "\n\n",
        "\u200b",
        "\u202e",
        "e\u0301",
        "\ud800",
        "\udc00",
        "“",
        "(",
        "§0§",
        "\0",
        "\u2028",
        "İ",
        "ﬁ",
        "ß",
        "\ufeff",
    ]
)
_MIXED = st.lists(st.sampled_from(_PHRASES) | _NOISE, max_size=30)
_BETWEEN = st.sampled_from([" ", ". ", "\n\n", "", ", "])


def _evidence(value: object) -> list[Evidence]:
    """Return every Evidence within a value of the vocabulary."""
    if isinstance(value, Evidence):
        return [value, *_evidence(value.more)]
    if isinstance(value, tuple):
        return [one for item in value for one in _evidence(item)]
    fields = getattr(value, "__dataclass_fields__", {})
    return [one for name in fields for one in _evidence(getattr(value, name))]


def _read(title: str, text: str) -> Reading:
    return read(ArticleText(title, text), lexicon())


@settings(max_examples=60, deadline=None)
@given(_MIXED, _MIXED, _BETWEEN)
def test_every_quote_is_cut_out_of_its_field_whatever_stands_between(
    title: list[str], text: list[str], between: str
) -> None:
    fields = {"title": between.join(title), "text": between.join((EXPANDED[4], *text, RELEASE))}

    found = _evidence(_read(fields["title"], fields["text"]))

    assert [one for one in found if one.quote != fields[one.field][one.start : one.end] or one.start >= one.end] == []


@settings(max_examples=40, deadline=None)
@given(_MIXED, _BETWEEN)
def test_a_reading_keeps_the_contract_and_comes_back_from_json(text: list[str], between: str) -> None:
    found = _read(RELEASE_TITLE, between.join((*text, RELEASE)))

    assert 0 <= found.score <= 1
    assert not (found.keep and found.perhaps)
    assert (found.terms is not None) == (found.keep or found.perhaps)
    assert found.reason
    assert reading_from_json(reading_to_json(found, 1)) == found
    for terms in found.deals():
        for name in MONEY_FIELDS:
            money = getattr(terms, name)
            assert money is None or (money.amount is None) == (money.currency is None)
            assert money is None or money.low is None or money.low < money.amount


@settings(max_examples=15, deadline=None)
@given(_MIXED, _MIXED)
def test_a_reading_is_a_function_of_its_input_only(text: list[str], other: list[str]) -> None:
    """Neither what was read before nor which copy of the lexicon it is makes a difference."""
    article = ArticleText(EXPANDED_TITLE, "\n\n".join((*text, *EXPANDED)))
    first = read(article, lexicon())

    _read("Another", " ".join(other))

    assert read(article, lexicon()) == first
    assert read(article, _second_copy()) == first


_COPIES: list[bundled.Lexicon] = []


def _second_copy() -> bundled.Lexicon:
    if not _COPIES:
        _COPIES.append(bundled.load())
    return _COPIES[0]


_MAGNITUDES = st.sampled_from([3, 6, 6, 9])
_AMOUNTS = st.builds(lambda digits, power: Decimal(digits).scaleb(power), st.integers(1, 9999), _MAGNITUDES)


@given(_AMOUNTS, st.sampled_from(sorted(CODES)), st.booleans())
def test_a_sum_that_an_update_or_a_query_says_is_read_back(amount: Decimal, currency: str, up_to: bool) -> None:  # noqa: FBT001  # hypothesis gives arguments by place
    said = say_money(Money(WORDS, amount, currency, up_to=up_to))

    (found,) = sums(f"Ostara will receive {said} upfront.")
    (queried,) = sums(f"Ostara will receive {say_amount(amount, currency)} upfront.")

    assert (found.amount, found.currency, found.low, found.up_to) == (amount, currency, None, up_to)
    assert (queried.amount, queried.currency) == (amount, currency)


@given(_AMOUNTS, st.integers(1, 99), st.sampled_from(sorted(CODES)))
def test_a_range_that_an_update_says_is_read_back(amount: Decimal, percent: int, currency: str) -> None:
    low = (amount * percent / 100).quantize(Decimal(1000)) or Decimal(1000)
    if low >= amount:
        return
    said = say_money(Money(WORDS, amount, currency, low=low))

    (found,) = sums(f"Ostara will receive {said} upfront.")

    assert (found.low, found.amount, found.currency) == (low, amount, currency)


def test_letters_of_every_kind_are_read_without_an_error() -> None:
    """Every code point up to the surrogates, and samples beyond, among words that make the rules look at them."""
    points = [*range(0x3000), *range(0xD7F0, 0xE010), *range(0xFE00, 0x10000), *range(0x1D400, 0x1D800, 7), 0x10FFFF]
    text = "".join(f"{chr(point)}{string.ascii_uppercase[point % 26]}" for point in points)

    for start in range(0, len(text), 5_000):
        _read(RELEASE_TITLE, f"{RELEASE} Orsted pays ${text[start : start + 5_000]} million upfront.")
