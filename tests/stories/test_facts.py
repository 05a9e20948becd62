"""What of a report decides where it belongs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.facts import facts_of, is_same_party, names, region_of, shared
from tests.stories.reports import LICENCE, named, report


def test_a_brand_and_the_name_in_its_brackets_are_both_names_of_the_asset() -> None:
    assert names(replace(LICENCE, assets=named("Clenavo (NPB-101)")), "assets") == {"clenavo", "npb101"}


@pytest.mark.parametrize(
    ("written", "inside"),
    [
        ("Japan", {"japan"}),
        ("mainland China, Hong Kong and Macau", {"china", "hongkong", "macau"}),
        ("Greater China", {"china", "hongkong", "macau", "taiwan"}),
        ("the U.S. and Canada", {"us", "canada"}),
        ("South Korea", {"korea"}),
    ],
)
def test_a_territory_is_the_countries_it_names(written: str, inside: set[str]) -> None:
    assert region_of(written) == inside


@pytest.mark.parametrize(
    "written", ["worldwide", "global excluding Japan", "ex-China", "all countries outside Asia", ""]
)
def test_the_world_and_what_is_left_out_of_it_are_no_region_that_could_differ(written: str) -> None:
    assert region_of(written) == frozenset()


def test_a_continent_and_a_country_in_it_have_something_in_common() -> None:
    assert region_of("Europe") & region_of("Germany and France")
    assert region_of("Asia-Pacific") & region_of("Taiwan")
    assert not region_of("Latin America") & region_of("Greater China")


def test_a_name_is_the_same_when_an_outlet_leaves_its_last_words_out_and_not_when_it_only_begins_alike() -> None:
    assert is_same_party("ostara", "ostara immune")
    assert is_same_party("ostara immune", "ostara")
    assert not is_same_party("ostara", "ostaralis")


def test_parties_in_common_are_counted_once_however_they_are_written() -> None:
    assert shared({"ostara", "pfizer"}, {"ostara immune", "pfizer"}) == 2
    assert shared({"ostara", "ostara immune"}, {"ostara immune"}) == 1
    assert shared(set(), {"pfizer"}) == 0


@settings(max_examples=60, deadline=None)
@given(st.sets(st.text("ab ", max_size=5), max_size=4), st.sets(st.text("ab ", max_size=5), max_size=4))
def test_what_two_have_in_common_is_the_same_from_either_side(mine: set[str], theirs: set[str]) -> None:
    assert shared(mine, theirs) == shared(theirs, mine) <= min(len(mine), len(theirs))


def test_talks_are_not_settled_and_what_is_announced_is() -> None:
    rumour = replace(LICENCE, status="rumoured")

    assert not facts_of(report(1, rumour), str.casefold).settled
    assert facts_of(report(1, LICENCE), str.casefold).settled
