"""Why a search matches or not, and the smallest change after which it would."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from alerts.explain import explain
from alerts.match import Means, match
from alerts.nearest import nearest
from alerts.query import Query, parse
from alerts.subject import Subject
from lexicon import load_rates
from news.reading import Evidence, Named, Royalties
from tests.alerts.cases import article, told
from tests.alerts.shapes import LEXICON, queries, subjects
from tests.stories.reports import DAY, LICENCE, money, named

MEANS = Means(LEXICON.companies.key, load_rates)
TEXT = (
    "Northpoint licenses a natural killer (NK) cell engager to Borealis. It binds B7H3 on tumours, engaging two cells."
)
DEAL = replace(
    LICENCE,
    modalities=(Named("NK cell engager", Evidence("natural killer (NK) cell engager", 22, 54)),),
    royalties=Royalties("8 to 12%", Evidence("8 to 12%", 0, 8), Decimal(8), Decimal(12)),
    milestones=None,
    equity=None,
    total=money(300_000_000, "USD"),
    targets=named("B7-H3"),
)
SUBJECT = Subject.of(told((DEAL, DAY)), [article(TEXT, title="Borealis and Northpoint sign")])


def read(text: str) -> Query:
    return parse(text, LEXICON.ontology)


def lines(text: str) -> list[str]:
    return [str(line) for line in explain(read(text), SUBJECT, MEANS).lines]


def test_every_part_has_a_line_with_its_truth_and_the_words_that_were_found() -> None:
    assert lines('"NK cell engager" AND NOT (licensee:Sanofi OR upfront > 30m EUR)') == [
        "yes     AND",
        'yes       "NK cell engager"  “(NK) cell engager”',
        "yes       NOT",
        "no          OR",
        "no            licensee:Sanofi  licensee: Borealis Pharma",
        "no            upfront > 30m EUR",
    ]


def test_what_stands_in_several_places_is_counted_and_what_a_place_wants_is_shown_by_its_parts() -> None:
    assert lines("cell") == ["yes     cell  “cell”, “cells”"]
    assert lines("Borealis SAME engager")[0] == "yes     SAME  “engager to Borealis”"
    assert lines("Borealis SAME tumour") == [
        "no      SAME",
        "yes       Borealis  “Borealis”, 2 times",
        "yes       tumour  “tumours”",
    ]


def test_a_concept_says_which_version_it_comes_from_and_a_figure_why_it_cannot_be_known() -> None:
    (concept,) = lines("concept:nk-cell-engager")
    assert concept.endswith(LEXICON.ontology.versions["modality"])
    (unknown,) = lines("upfront >= 1m VND")
    assert unknown == f"unknown upfront >= 1m VND  EUR cannot be compared with VND: there is no rate of VND for {DAY}"


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ("engagement", "engage*"),
        ("tumor", "tumour"),
        ("Borealos", "borealis"),
        ("title:engager", "engager"),
        ('"engager cell"', "engager NEAR/1 cell"),
        ('"T cell engager"', '"cell engager"'),
        ('"Borealis cell engager"', '"cell engager"'),
        ('"engager tumours"', "engager NEAR/7 tumours"),
        ("licenses NEAR/2 engager", "licenses NEAR/6 engager"),
        ("Borealis SAME tumours", "Borealis NEAR/5 tumours"),
        ("LEAD/4 (tumours)", "LEAD/15 tumours"),
        ("licensor:Borealis", "licensee:Borealis"),
        ("licensee:Sanofi", 'licensee:"Borealis Pharma"'),
        ("concept:t-cell-engager", 'modality:"NK cell engager"'),
        ("type:option", "type:license"),
        ("language:de", "language:en"),
        ("upfront > 25m EUR", "upfront >= 25m EUR"),
        ("upfront >= 40m USD", "upfront >= 25m EUR"),
        ("upfront < 20m USD", "upfront <= 25m EUR"),
        ("royalty > 20%", "royalty >= 12%"),
        ("royalty < 5%", "royalty <= 8%"),
        ("upfront:undisclosed", "upfront:stated"),
        ("announced > 2026-12-01", "announced >= 2026-11-20"),
        ("cell AND vaccine", "cell"),
        ("cell AND NOT engager", "cell"),
        ("cell AND NOT (engager OR vaccine)", "cell AND NOT vaccine"),
        ("cell AND (vaccine OR Roche OR licensor:Borealis)", "cell AND (vaccine OR Roche OR licensee:Borealis)"),
        ("cell AND milestones > 1m EUR", "cell"),
    ],
)  # fmt: skip
def test_the_smallest_change_that_would_have_matched(search: str, wanted: str) -> None:
    found = nearest(read(search), SUBJECT, MEANS)

    assert found is not None
    assert str(found.query) == str(read(wanted))


def test_a_change_says_what_becomes_of_what_and_why() -> None:
    found = nearest(read("licensor:Borealis AND cell AND vaccine"), SUBJECT, MEANS)

    assert found is not None
    assert [str(change) for change in found.changes] == [
        "licensee:Borealis instead of licensor:Borealis (in another role)",
        "without vaccine",
    ]


def test_where_nothing_of_a_search_would_be_left_no_change_is_proposed() -> None:
    assert nearest(read("vaccine AND radioligand"), SUBJECT, MEANS) is None


def test_a_search_that_matches_needs_no_change() -> None:
    found = nearest(read("cell"), SUBJECT, MEANS)

    assert found is not None
    assert found.changes == ()


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(queries(), subjects())
def test_what_is_proposed_matches_and_can_be_saved_as_it_is_printed(query: Query, subject: Subject) -> None:
    found = nearest(query, subject, MEANS)

    if found is not None and found.changes:
        assert not match("s", query, subject, MEANS.key, MEANS.rates)
        assert match("s", read(str(found.query)), subject, MEANS.key, MEANS.rates)
