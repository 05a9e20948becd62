"""Which texts are queries, what they mean, and what is said about the others."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import lexicon
from alerts.amounts import CURRENCIES
from alerts.condition import (
    And,
    Asked,
    Comparison,
    Concept,
    Condition,
    Dated,
    Figure,
    Known,
    Lead,
    NamedField,
    Near,
    Not,
    Or,
    PartyField,
    Phrase,
    Same,
    State,
    asks_for_something,
)
from alerts.query import Query, parse
from lexicon.text import fold
from news.errors import QuerySyntaxError
from news.reading import DEAL_KINDS, MONEY_FIELDS, STATUSES

ONTOLOGY = lexicon.load().ontology
A, B, C = Phrase("a"), Phrase("b"), Phrase("c")


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ('"NK cell engager"', Phrase("NK cell engager")),
        ("“NK cell engager”", Phrase("NK cell engager")),
        ("Sanofi", Phrase("Sanofi")),
        ("a b", And((A, B))),
        ("a AND b AND c", And((A, B, C))),
        ("a OR b", Or((A, B))),
        ("a AND (b OR c)", And((A, Or((B, C))))),
        ("a AND NOT b", And((A, Not(B)))),
        ("a NOT b", And((A, Not(B)))),
        ("NOT a AND b", And((Not(A), B))),
        ("a AND NOT (b OR c)", And((A, Not(Or((B, C)))))),
        ("(a)", A),
        ('title:a body:"b c"', And((Phrase("a", "title"), Phrase("b c", "body")))),
        ("licensee:Sanofi", Asked("licensee", "Sanofi")),
        ("Party: Sanofi", Asked("party", "Sanofi")),
        ("type:licence", Asked("type", "license")),
        ('type:"joint venture"', Asked("type", "joint-venture")),
        ("status:rumored", Asked("status", "rumoured")),
        ("language:EN", Asked("language", "en")),
        ("upfront >= 20m EUR", Figure("upfront", ">=", Decimal(20_000_000), "EUR")),
        ("upfront>=€20m", Figure("upfront", ">=", Decimal(20_000_000), "EUR")),
        ("upfront ≥ EUR 20 million", Figure("upfront", ">=", Decimal(20_000_000), "EUR")),
        ("total > $1.35bn a", And((Figure("total", ">", Decimal(1_350_000_000), "USD"), A))),
        ("near-term < 1,500,000 CHF", Figure("near_term", "<", Decimal(1_500_000), "CHF")),
        ("royalties > 10", Figure("royalty", ">", Decimal(10), "%")),
        ("royalty <= 12.5%", Figure("royalty", "<=", Decimal("12.5"), "%")),
        ("upfront:undisclosed", Known("upfront", "undisclosed")),
        ("royalty:disclosed", Known("royalty", "stated")),
        ("announced > 2026-01-01", Dated(">", date(2026, 1, 1))),
        ("concept:nk-cell-engager", Concept("nk-cell-engager")),
        ("upfront:stated", Known("upfront", "stated")),
        ("a upfront:none", And((A, Known("upfront", "none")))),
        ("engag*", Phrase("engag*")),
        ('title:"NK cell engag*"', Phrase("NK cell engag*", "title")),
        ("asset:pembro*", Asked("asset", "pembro*")),
        ("a NEAR/5 b", Near((A, B), 5)),
        ("a NEAR/5 b NEAR/5 c", Near((A, B, C), 5)),
        ("a SAME b SAME c", Same((A, B, C))),
        ("a SAME (b NEAR/2 c)", Same((A, Near((B, C), 2)))),
        ("(a SAME b) AND c", And((Same((A, B)), C))),
        ("a NEAR/5 (b OR c)", Near((A, Or((B, C))), 5)),
        ("LEAD/50 a", Lead(A, 50)),
        ("LEAD/50(a OR b)", Lead(Or((A, B)), 50)),
        ("LEAD/50 a NEAR/5 b", Near((Lead(A, 50), B), 5)),
        ("NOT LEAD/50 a b", And((Not(Lead(A, 50)), B))),
    ],
)
def test_a_query_means(text: str, condition: Condition) -> None:
    assert parse(text, ONTOLOGY) == Query(condition)


def test_without_an_ontology_only_the_form_of_a_concept_is_checked() -> None:
    assert parse("concept:whatever") == Query(Concept("whatever"))


words_ = (
    st.text(min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: bool(fold(t).text) and not set(t) & set('"“”»«*'))
)
comparisons = st.sampled_from(get_args(Comparison))
numbers = st.decimals(0, 10**12, places=2).map(abs)
stems = st.from_regex(r"[A-Za-z]{4,8}\*", fullmatch=True)


def _places(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    reach = st.integers(1, 100)
    return st.one_of(st.builds(Near, several, reach), several.map(Same), st.builds(Lead, inner, reach), several.map(Or))


in_texts: st.SearchStrategy[Condition] = st.recursive(
    st.one_of(
        st.builds(Phrase, st.one_of(words_, stems), st.sampled_from([None, "title", "body"])),
        st.builds(Concept, st.sampled_from(sorted(ONTOLOGY.concepts))),
    ),
    _places,
    max_leaves=4,
)
leaves: st.SearchStrategy[Condition] = st.one_of(
    in_texts,
    st.builds(Phrase, words_, st.sampled_from([None, "title", "body"])),
    st.builds(Asked, st.sampled_from([*get_args(NamedField), *get_args(PartyField), "source"]), words_),
    st.builds(Asked, st.just("type"), st.sampled_from(DEAL_KINDS)),
    st.builds(Asked, st.just("status"), st.sampled_from(STATUSES)),
    st.builds(Figure, st.sampled_from(MONEY_FIELDS), comparisons, numbers, st.sampled_from(["", *sorted(CURRENCIES)])),
    st.builds(Figure, st.just("royalty"), comparisons, st.decimals(0, 100, places=2).map(abs), st.just("%")),
    st.builds(Known, st.sampled_from([*MONEY_FIELDS, "royalty"]), st.sampled_from(get_args(State))),
    st.builds(Dated, comparisons, st.dates()),
    st.builds(Concept, st.sampled_from(sorted(ONTOLOGY.concepts))),
)


def _compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


conditions = st.recursive(leaves, _compound, max_leaves=6).filter(asks_for_something)


@given(conditions)
def test_a_query_reads_back_as_it_was_printed(condition: Condition) -> None:
    query = Query(condition)

    assert parse(str(query), ONTOLOGY) == query


_PIECES = (
    *(
        '"',
        "“",
        "”",
        "«",
        "(",
        ")",
        " ",
        ":",
        ">",
        ">=",
        "=",
        "!",
        "*",
        "-",
        "AND",
        "OR",
        "NOT",
        "NEAR/3",
        "SAME",
        "LEAD/9",
        "engag*",
    ),
    *("title:", "party:", "concept:", "upfront", "royalty", "announced", "20m", "EUR", "10%", "2026-01-01", "NK", "a"),
)


def read(text: str) -> Query | QuerySyntaxError:
    """Return what parsing ends in; anything else than these two passes through and fails the test."""
    try:
        return parse(text, ONTOLOGY)
    except QuerySyntaxError as error:
        return error


@settings(max_examples=300)
@given(st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)))
def test_any_text_is_a_query_or_a_syntax_error_with_a_place(text: str) -> None:
    result = read(text)

    if isinstance(result, Query):
        assert read(str(result)) == result
        assert list(_leaves(result.condition))
    else:
        assert 0 <= result.position <= len(result.query)
        assert result.reason


def _leaves(condition: Condition) -> Iterator[Condition]:
    if isinstance(condition, Not | Lead):
        return _leaves(condition.part)
    if isinstance(condition, And | Or | Near | Same):
        return chain.from_iterable(map(_leaves, condition.parts))
    return iter((condition,))
