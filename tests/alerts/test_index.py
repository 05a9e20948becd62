"""The index finds exactly what holding every search against every deal finds."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.condition import Condition, Not, Or, Phrase
from alerts.index import Asked, Index
from alerts.match import Means, match
from alerts.needs import choices, needs, terms
from alerts.query import Query, parse
from alerts.subject import Subject
from lexicon import load_rates
from news.alert import Match, Search
from tests.alerts.cases import article, told
from tests.alerts.shapes import LEXICON, conditions, queries, subjects
from tests.stories.reports import DAY, LICENCE

MEANS = Means(LEXICON.companies.key, load_rates)
PLENTY = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def asked(*wanted: Query) -> list[Asked]:
    return [(Search(f"s{n}", str(query), ("ada",)), query) for n, query in enumerate(wanted)]


def one_by_one(searches: Sequence[Asked], subject: Subject) -> list[Match]:
    found = (match(search.key, query, subject, MEANS.key, MEANS.rates) for search, query in searches)
    return [each for each in found if each is not None]


@PLENTY
@given(st.lists(queries(), min_size=5, max_size=25), st.lists(subjects(), min_size=1, max_size=3))
def test_the_index_gives_what_brute_force_gives_and_in_its_order(wanted: list[Query], deals: list[Subject]) -> None:
    searches = asked(*wanted)
    index = Index.of(searches, MEANS)

    for subject in deals:
        assert index.matches(subject) == one_by_one(searches, subject)


@PLENTY
@given(st.lists(conditions(), min_size=8, max_size=25), subjects())
def test_whatever_is_true_of_a_deal_finds_all_that_it_needs_among_the_terms(
    wanted: list[Condition], subject: Subject
) -> None:
    offered = terms(subject, MEANS.key)
    for condition in wanted:
        if match("s", Query(condition), subject, MEANS.key, MEANS.rates):
            one = needs(condition, MEANS.key)
            assert one is None or one & offered
            assert all(each & offered for each in choices(condition, MEANS.key))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(queries(), min_size=2, max_size=4), subjects())
def test_or_never_loses_a_match(wanted: list[Query], subject: Subject) -> None:
    either = Query(Or(tuple(query.condition for query in wanted)))
    found = Index.of(asked(either, *wanted), MEANS).matches(subject)

    assert ("s0" in {each.search for each in found}) == (len(found) > 0)


def subject_of(text: str) -> Subject:
    return Subject.of(told((LICENCE, DAY)), [article(text)])


def candidates(index: Index, subject: Subject) -> list[str]:
    return [str(entry.query) for entry in index.candidates(terms(subject, MEANS.key))]


def test_only_a_search_whose_every_word_is_there_and_beside_its_neighbour_is_a_candidate() -> None:
    texts = ('"NK cell engager"', '"T cell engager"', "NK AND NOT cell", "NK AND radioligand", '"B7-H3 engager"')
    index = Index.of(asked(*map(parse, texts)), MEANS)

    assert candidates(index, subject_of("An NK cell, a cell engager.")) == ['"NK cell engager"', "NK AND NOT cell"]
    assert candidates(index, subject_of("An engager for the NK cell.")) == ["NK AND NOT cell"]
    assert candidates(index, subject_of("B7-H3, an engager of B7H3")) == []
    assert candidates(index, subject_of("a B7H3 engager")) == ['"B7-H3 engager"']


def test_of_ten_thousand_searches_a_handful_is_evaluated() -> None:
    names = [f"Company{number:05}" for number in range(10_000)]
    index = Index.of(asked(*(parse(f'"{name}" AND upfront > 1m EUR') for name in names)), MEANS)

    assert candidates(index, subject_of("Company00017 and Company04242 sign.")) == [
        "Company00017 AND upfront > 1m EUR",
        "Company04242 AND upfront > 1m EUR",
    ]


def test_a_search_for_days_alone_is_a_candidate_of_every_deal() -> None:
    index = Index.of(asked(parse("announced > 2020-01-01")), MEANS)

    assert [each.search for each in index.matches(subject_of("Nothing."))] == ["s0"]


def test_equal_queries_of_many_readers_are_evaluated_once_and_match_for_each() -> None:
    index = Index.of(asked(parse("NK"), parse("cell"), parse("NK")), MEANS)

    assert len(index.entries) == 2
    assert [each.search for each in index.matches(subject_of("NK cells"))] == ["s0", "s1", "s2"]


def test_what_is_true_only_without_a_word_is_found_without_it() -> None:
    condition = Or((Phrase("radioligand"), Not(Phrase("vaccine"))))

    assert Index.of(asked(Query(condition)), MEANS).matches(subject_of("An NK cell."))
