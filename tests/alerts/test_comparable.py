"""Which deals of the archive a deal is held against."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from alerts.comparable import MOST, comparable
from news.reading import Terms
from news.story import Deal
from tests.digest.samples import DAY, LICENCE, deal, money, named

OWN = deal(100, LICENCE, "A")
EARLIER = date(2026, 1, 5)


def other(number: int, terms: Terms = LICENCE, day: date = EARLIER) -> Deal:
    """Return a deal of the archive."""
    return deal(number, terms, "B", day=day)


@pytest.mark.parametrize(
    "unlike",
    [
        replace(LICENCE, stage=named("Phase 2")),
        replace(LICENCE, stage=None),
        replace(LICENCE, modalities=(named("vaccine"),)),
        replace(LICENCE, modalities=()),
        replace(LICENCE, status="rumoured"),
    ],
)
def test_only_deals_of_the_same_stage_and_modality_are_compared(unlike: Terms) -> None:
    assert comparable(OWN, [other(1, unlike), other(2)]) == (other(2),)


def test_names_are_compared_as_people_read_them() -> None:
    assert comparable(OWN, [other(1, replace(LICENCE, stage=named("phase 1"), modalities=(named("NK-cell engager"),)))])


def test_a_deal_is_not_compared_with_itself_nor_with_what_came_after() -> None:
    assert comparable(OWN, [OWN, other(2, day=date(2026, 11, 30)), replace(other(3), kept=False)]) == ()


def test_those_that_state_an_upfront_come_first_then_the_newest() -> None:
    silent, old = other(1, replace(LICENCE, upfront=None), day=DAY), other(2)
    newer = other(3, replace(LICENCE, upfront=money("1", "€1")), day=date(2026, 5, 5))

    assert comparable(OWN, [silent, old, newer]) == (newer, old, silent)
    assert len(comparable(OWN, [other(number) for number in range(1, 9)])) == MOST
