"""Expressions that are tried only where a text has one of their words must answer as `re` does."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.patterns import Lowered, lowered, needed
from deals.signs import SIGNS
from tests.deals.articles import EXPANDED, RELEASE

_PIECES = sorted(
    {word for _, sign in SIGNS for words in sign.needs for word in words}
    | set(re.findall(r"\w+", " ".join((*EXPANDED, RELEASE)).lower()))
)
_TEXTS = st.lists(st.sampled_from(_PIECES) | st.text(max_size=3), max_size=40).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(_TEXTS)
def test_a_sign_is_found_where_its_expression_matches_and_nowhere_else(text: str) -> None:
    for name, sign in SIGNS:
        expected = sign.pattern.search(text)
        found = sign.search(text)
        assert (name, found and found.span()) == (name, expected and expected.span())
        assert [m.span() for m in sign.finditer(text)] == [m.span() for m in sign.pattern.finditer(text)]
        assert sign.sub("#", text) == sign.pattern.sub("#", text)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (r"\b(?:agree|collab)\w+", (("agree", "collab"),)),
        (r"licen[cs]e", (("licen",),)),
        (r"(?:in-)?licensed (?:to|from)", (("licensed ",), ("from", "to"))),
        (r"(?:grants? ){1,2}x", (("grant",),)),
        (r"(?:grants? )*\d+", ()),
        (r"(?:deal|\d+)s?", ()),
        (r"(?<=our )(?!old )deal", (("deal",),)),
        (r"\w", ()),
    ],
)
def test_the_words_that_a_match_needs_are_read_off_the_expression(
    expression: str, words: tuple[tuple[str, ...], ...]
) -> None:
    assert {frozenset(one) for one in needed(expression)} == {frozenset(one) for one in words}


def test_most_signs_have_words_that_are_looked_for_first() -> None:
    without = [name for name, sign in SIGNS if not sign.needs]

    assert len(without) * 10 < len(SIGNS), "else reading takes twice as long"


def test_an_expression_is_written_in_small_letters_and_keeps_its_classes() -> None:
    expression = lowered(r"\bPhase \d\S+ III\b")

    assert isinstance(expression, Lowered)
    assert expression.search("a phase 2/3 iii trial")
    assert expression.search("a phase 2 iii trial") is None
