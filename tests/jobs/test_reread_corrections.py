"""What people said of a deal, when its articles are read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from news.step import Correction
from tests.jobs.house import LICENCE, NOW, House, sum_of
from tests.jobs.test_reread import DEAL, again


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


@pytest.mark.parametrize(("verb", "field"), [("set", "upfront"), ("set", "licensor"), ("reject", "")])
def test_what_a_person_said_of_a_deal_wins(house: House, verb: str, field: str) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    house.store.correct(Correction(0, 1, verb, field, "20", "ana", NOW, "I asked them"))
    before = house.store.deals()[0].latest.terms

    outcome = again(house, apply=True)

    after = house.store.deals()[0].latest.terms
    assert outcome.kept_words == (f"D1 {verb} {field}".rstrip(),)
    if verb == "reject":
        assert after == before
    else:
        same = "parties" if field == "licensor" else field
        assert getattr(after, same) == getattr(before, same)
        assert after.milestones is not None


def test_a_rejected_deal_keeps_its_articles_whatever_they_say_now(house: House) -> None:
    house.hears(LICENCE, text=DEAL)
    house.hears(LICENCE, text=DEAL.replace("Harrow", "Tarnfield").replace("Northpoint", "Oakmere"))
    house.store.correct(Correction(0, 1, "reject", "", "", "ana", NOW, "it is none"))
    before = house.store.deals()

    again(house, apply=True)

    assert house.store.deals() == before
    assert again(house).found == ()


def test_a_correction_that_was_taken_back_does_not_count(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    house.store.correct(Correction(0, 1, "set", "upfront", "20", "ana", NOW, "a slip", undone_at=NOW))

    again(house, apply=True)

    upfront = house.store.deals()[0].latest.terms.upfront
    assert upfront is not None
    assert upfront.amount == 25_000_000
