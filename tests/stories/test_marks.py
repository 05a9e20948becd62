"""The marks by which a report finds the deals that it may belong to."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from news.reading import Terms
from stories.marks import CROWD, marks_of, nearest
from stories.sketch import sketch
from tests.stories.reports import LICENCE, named, parties

TEXT = " ".join(f"word{n}" for n in range(100))


def key(name: str) -> str:
    """Fold a company's name, as the lexicon does in the product."""
    return name.casefold()


def marks(terms: Terms, text: str = "") -> set[int]:
    return set(marks_of(terms, key, sketch(text)))


def test_two_reports_of_the_same_parties_share_a_mark_whatever_they_are_about() -> None:
    assert marks(LICENCE) & marks(replace(LICENCE, assets=(), targets=()))


def test_a_shortened_name_is_found_by_its_first_word() -> None:
    assert marks(LICENCE) & marks(replace(LICENCE, assets=(), targets=(), parties=parties("Borealis", "Northpoint")))


def test_one_party_and_the_asset_are_enough_and_so_is_the_target() -> None:
    one = replace(LICENCE, parties=parties("Northpoint Bio"))

    assert marks(LICENCE) & marks(replace(one, targets=()))
    assert marks(LICENCE) & marks(replace(one, assets=()))


def test_one_party_alone_finds_nothing_or_a_large_company_would_find_all_its_deals() -> None:
    assert marks(replace(LICENCE, assets=(), targets=(), parties=parties("Northpoint Bio"))) == set()


def test_the_asset_of_another_company_is_no_mark_in_common() -> None:
    assert not marks(LICENCE) & marks(replace(LICENCE, parties=parties("Zelkova", "Harrow")))


def test_a_copy_that_names_nobody_is_found_by_its_text() -> None:
    nobody = Terms("license")

    assert marks(LICENCE, TEXT) & marks(nobody, f"{TEXT} and so on")
    assert marks(nobody, "") == set()


def test_a_list_of_forty_names_makes_no_thousand_marks() -> None:
    many = [f"Company{n}" for n in range(40)]
    long = replace(LICENCE, parties=LICENCE.parties * 20, assets=named(*many), targets=named(*many))

    assert len(marks(long, TEXT)) < 150


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=20), max_size=12), st.binary(max_size=80))
def test_marks_of_whatever_is_read_are_sorted_numbers_that_a_database_holds(names: list[str], signature: bytes) -> None:
    found = marks_of(replace(LICENCE, assets=named(*names), parties=parties(*names[:3])), key, signature)

    assert list(found) == sorted(set(found))
    assert all(0 <= mark < 2**63 for mark in found)


def test_what_few_deals_have_outweighs_what_a_crowd_has() -> None:
    crowd = list(range(1000, 1000 - CROWD, -1))
    bearers = dict.fromkeys(range(6), crowd) | {77: [3, 5]}

    found = nearest(bearers)

    assert {3, 5} <= set(found)
    assert len(found) == 40
    assert found == sorted(found)
    assert max(crowd) in found, "of what weighs the same the newest counts"


def test_the_nearest_do_not_depend_on_the_order_in_which_marks_are_asked_for() -> None:
    chance = random.Random(3)  # noqa: S311  # a fixed draw, nothing secret
    bearers = {mark: chance.sample(range(500), 50) for mark in range(20)}
    other = dict(reversed(bearers.items()))

    assert nearest(bearers) == nearest(other)
    assert nearest({}) == []
