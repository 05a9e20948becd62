"""Whole readings: the shape of the user's article, shuffled, and texts of every kind."""

import random
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.reader import ArticleText, examine, read
from news.reading import Evidence, Reading
from tests.deals.articles import EXPANDED, EXPANDED_TITLE, RELEASE, RELEASE_TITLE, lexicon, reading, roles, terms

_SHUFFLED = [tuple(random.Random(seed).sample(EXPANDED, len(EXPANDED))) for seed in range(4)]  # noqa: S311  # an order, not a secret
_OLD_FIRST = (EXPANDED[5], *EXPANDED[:5], *EXPANDED[6:])


@pytest.mark.parametrize("parts", [EXPANDED, _OLD_FIRST, *_SHUFFLED])
def test_an_expansion_is_read_as_one_in_whatever_order_its_paragraphs_stand(parts: tuple[str, ...]) -> None:
    text = "\n\n".join(parts)

    found = reading(EXPANDED_TITLE, text)

    assert (found.keep, found.kind) == (True, "license")
    assert terms(EXPANDED_TITLE, text).event == "expansion"
    assert roles(EXPANDED_TITLE, text) == {"Norvane": "licensee", "Liriope Pharma": "licensor"}


def test_a_date_that_stands_alone_is_the_day_of_announcement() -> None:
    announced = terms(EXPANDED_TITLE, "\n\n".join(EXPANDED)).announced

    assert announced is not None
    assert (announced.on, announced.source) == (date(2026, 11, 21), "text")


def test_a_release_gives_its_parties_without_suffix_and_ticker() -> None:
    assert roles(RELEASE_TITLE, RELEASE) == {"Halmar Therapeutics": "licensor", "Orsted Bio": "licensee"}


def test_a_brief_of_one_sentence_is_read() -> None:
    title = "Orsted Bio licenses Halmar’s myeloma antibody"
    text = (
        "Orsted Bio has licensed worldwide rights to HLM-21, an antibody for multiple myeloma, "
        "from Halmar Therapeutics for "
        "$20 million upfront, up to $300 million in milestones and royalties."
    )

    assert reading(title, text).keep
    assert roles(title, text) == {"Orsted Bio": "licensee", "Halmar Therapeutics": "licensor"}


def test_the_same_article_is_read_the_same_way() -> None:
    assert reading(RELEASE_TITLE, RELEASE) == reading(RELEASE_TITLE, RELEASE)


def _evidence(value: object) -> list[Evidence]:
    """Return every Evidence within a value of the vocabulary."""
    if isinstance(value, Evidence):
        return [value, *_evidence(value.more)]
    if isinstance(value, tuple):
        return [one for item in value for one in _evidence(item)]
    slots = getattr(value, "__dataclass_fields__", {})
    return [one for name in slots for one in _evidence(getattr(value, name))]


def _check(title: str, text: str) -> Reading:
    found = read(ArticleText(title, text), lexicon())
    assert not (found.keep and found.perhaps)
    assert (found.terms is not None) == (found.keep or found.perhaps)
    for one in _evidence(found.terms) + _evidence(found.also):
        assert one.quote == (title if one.field == "title" else text)[one.start : one.end]
    return found


_TELLING = (
    "Halmar Therapeutics Orsted Bio Inc. (NASDAQ: HLMR) and & § ’s 's “ ” ( ) license "
    "agreement with from grants to will receive "
    "$20 million upfront up to €1bn milestones option exercised terminated rights 2016 Nov. "
    "19, -- About The \n \n\n ; § 研究 é"
)
_WORDS = st.sampled_from(_TELLING.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=12), st.lists(_WORDS, max_size=60))
def test_no_mixture_of_telling_words_breaks_the_reader(title: list[str], text: list[str]) -> None:
    _check(" ".join(title), " ".join(text))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=400))
def test_no_text_breaks_the_reader(title: str, text: str) -> None:
    _check(title, text)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(RELEASE.split(". ")), min_size=1, max_size=8))
def test_every_quote_is_cut_out_of_the_text(parts: list[str]) -> None:
    _check(RELEASE_TITLE, ". ".join(parts))


@pytest.mark.parametrize(
    "worst",
    [
        "Halmar Therapeutics and " * 40_000,
        "license agreement with " * 40_000,
        "A" * 1_000_000,
        "( " * 500_000,
        "“Aa, Bb & Cc, " * 70_000,
        "$1 million up to " * 60_000,
        "x.\n\n" * 250_000,
        "’s" * 500_000,
    ],
    ids=["names", "agreements", "one word", "brackets", "lists", "sums", "paragraphs", "possessives"],
)
def test_the_time_for_the_worst_text_grows_with_its_length_and_not_faster(worst: str) -> None:
    quarter, whole = _cpu_seconds(worst[:50_000]), _cpu_seconds(worst)

    assert whole < 10 * max(quarter, 0.05), "four times the text; quadratic would be sixteen times the time"


def _cpu_seconds(text: str) -> float:
    """Return what reading a text costs; of a megabyte the reader takes the first 200,000 characters."""
    start = time.process_time()
    _check(RELEASE_TITLE, text)
    return time.process_time() - start


def test_a_headline_that_settles_it_is_judged_the_same_with_and_without_the_parties() -> None:
    title = "Halmar Therapeutics Reports Third Quarter Financial Results"
    text = (
        f"{title} and recalls its licence agreement with Orsted Bio, which paid an upfront payment of $20 million. " * 4
    )
    article = ArticleText(title, text, language="en")

    whole = examine(article, lexicon())

    assert whole.judged is not None
    assert whole.told is not None
    assert whole.judged.ruled
    assert whole.told.people.candidates
    assert whole.reading == read(article, lexicon())
