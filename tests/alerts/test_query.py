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
    Disclosed,
    Figure,
    NamedField,
    Not,
    Or,
    PartyField,
    Phrase,
    asks_for_something,
)
from alerts.query import DEEPEST, LONGEST, MOST_WORDS, Query, parse
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
        ("upfront:undisclosed", Disclosed("upfront", disclosed=False)),
        ("royalty:disclosed", Disclosed("royalty", disclosed=True)),
        ("announced > 2026-01-01", Dated(">", date(2026, 1, 1))),
        ("concept:nk-cell-engager", Concept("nk-cell-engager")),
    ],
)
def test_a_query_means(text: str, condition: Condition) -> None:
    assert parse(text, ONTOLOGY) == Query(condition)


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ('"NK cell', 0, 'add a "'),
        ('a AND "', 6, 'add a "'),
        ('""', 0, "no letter"),
        ("a AND b OR c", 8, "parentheses"),
        ("a b OR c", 4, "parentheses"),
        ("(a OR b", 0, "not closed"),
        ("a)", 1, "closes nothing"),
        ("()", 0, "empty"),
        ("a AND", 5, "missing at the end"),
        ("AND a", 0, "missing before AND"),
        ("a OR OR b", 5, "missing before OR"),
        ("NOT a", 0, "must be there"),
        ("a OR NOT b", 5, "must be there"),
        ("NOT (a AND b)", 0, "must be there"),
        ("a or b", 2, "write OR"),
        ("licencee:Sanofi", 0, "did you mean licensee:"),
        ("colour:red", 0, "the fields are title:, body:, source:"),
        ("foo > 5", 0, "the fields are"),
        ("party:", 6, "asked for nothing"),
        ("party:AND a", 6, "asked for nothing"),
        ("party:(a OR b)", 6, "one phrase in double quotes"),
        ("type:lisence", 5, "write one of license"),
        ("event:sold", 6, "write one of new"),
        ("language:english", 9, "two letters"),
        ("concept:nkce", 8, "did you mean nk-cell-engager?"),
        ("concept:zzz", 8, 'write the words instead, as in "zzz"'),
        ("title > 5", 6, "write title:word"),
        ("upfront 20m", 0, "upfront >= 20m EUR"),
        ("upfront:20m", 8, "upfront >= 20m EUR"),
        ("upfront => 20m", 8, "write one of"),
        ("upfront != 20m", 8, "write one of"),
        ("upfront > lots", 10, "no number"),
        ("upfront >", 9, "no number"),
        ("upfront > 20m EUT", 14, "EUT is no currency"),
        ("upfront > XXX 20m", 10, "XXX is no currency"),
        ("upfront > $20m EUR", 10, "contradict"),
        ("upfront > 20%", 10, "is a sum"),
        ("royalty > 20m", 10, "are a rate"),
        ("royalty > 10 EUR", 10, "are a rate"),
        ("announced > 2026-02-30", 12, "no day"),
        ("announced > yesterday", 12, "no day"),
        ("announced:2026-01-01", 10, "announced > "),
        ("a NEAR/5 b", 2, "NEAR/5 is not known"),
        ("SAME a", 0, "SAME is not known"),
        ("LEAD/20 a", 0, "LEAD/20 is not known"),
        ("engag*", 5, "write the word out"),
        ('"NK cell*"', 8, "write the word out"),
        ("-a", 0, "write NOT"),
        ("a && b", 2, "write AND"),
        ("a || b", 2, "write OR"),
        ("a~2", 1, "not known"),
        ("[a", 0, "not known"),
        ("20m..50m", 3, "not known"),
        ("(" * (DEEPEST + 2) + "a", DEEPEST + 1, "simpler"),
        (f'"{"a " * (MOST_WORDS + 1)}"', 0, "search for less"),
        ("a " * LONGEST, LONGEST, "longer than"),
    ],
)
def test_what_is_no_query_is_refused_with_place_and_advice(text: str, position: int, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        parse(text, ONTOLOGY)

    assert (refused.value.position, said in refused.value.reason) == (position, True), refused.value.reason


def test_without_an_ontology_only_the_form_of_a_concept_is_checked() -> None:
    assert parse("concept:whatever") == Query(Concept("whatever"))


words_ = (
    st.text(min_size=1, max_size=12)
    .map(lambda t: " ".join(t.split()))
    .filter(lambda t: bool(fold(t).text) and not set(t) & set('"“”»«*'))
)
comparisons = st.sampled_from(get_args(Comparison))
numbers = st.decimals(0, 10**12, places=2).map(abs)
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Phrase, words_, st.sampled_from([None, "title", "body"])),
    st.builds(Asked, st.sampled_from([*get_args(NamedField), *get_args(PartyField), "source"]), words_),
    st.builds(Asked, st.just("type"), st.sampled_from(DEAL_KINDS)),
    st.builds(Asked, st.just("status"), st.sampled_from(STATUSES)),
    st.builds(Figure, st.sampled_from(MONEY_FIELDS), comparisons, numbers, st.sampled_from(["", *sorted(CURRENCIES)])),
    st.builds(Figure, st.just("royalty"), comparisons, st.decimals(0, 100, places=2).map(abs), st.just("%")),
    st.builds(Disclosed, st.sampled_from([*MONEY_FIELDS, "royalty"]), st.booleans()),
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
    *('"', "“", "”", "«", "(", ")", " ", ":", ">", ">=", "=", "!", "*", "-", "AND", "OR", "NOT", "NEAR/3", "SAME"),
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
    if isinstance(condition, Not):
        return _leaves(condition.part)
    if isinstance(condition, And | Or):
        return chain.from_iterable(map(_leaves, condition.parts))
    return iter((condition,))
