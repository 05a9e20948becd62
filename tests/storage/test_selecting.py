"""What exports and feeds ask the store for, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from news.reading import Party
from storage import Store
from tests.jobs.house import LICENCE, NOW, WORDS, House

OTHERS = (Party("Kestrel Biosciences", "partner", WORDS), Party("Orindale", "partner", WORDS))
THIRD = (Party("Quillon", "partner", WORDS), Party("Akagi Yakuhin", "partner", WORDS))


@pytest.fixture
def filled(address: str, tmp_path: Path) -> Iterator[Store]:
    """Give a store with a deal of today (D1), an older one that was heard of later (D2), and a perhaps (D3)."""
    (tmp_path / "house").mkdir()
    house = House(tmp_path / "house")
    with house.store:
        house.hears(LICENCE)
        house.later(hours=1)
        house.hears(replace(LICENCE, kind="collaboration", parties=OTHERS), on=NOW.date() - timedelta(days=2))
        house.hears(replace(LICENCE, kind="collaboration", parties=THIRD), kept=False)
        with house.store.copy(address) as store:
            yield store


def test_selected_takes_the_newest_first_and_what_is_asked_for(filled: Store) -> None:
    def labels(**asked: object) -> list[str]:
        return [deal.label for deal in filled.selected(**asked)]  # type: ignore[arg-type]  # each call names its own

    assert labels() == ["D2", "D1"]
    assert labels(perhaps=True) == ["D3", "D2", "D1"]
    assert labels(limit=1) == ["D2"]
    assert labels(since=NOW + timedelta(minutes=1)) == ["D2"]
    assert labels(search="nk") == ["D2", "D1"]
    assert labels(search="another") == []


def test_newest_goes_by_the_day_of_the_announcement(filled: Store) -> None:
    assert [deal.label for deal in filled.newest("nk", 5)] == ["D1", "D2"]
    assert [deal.label for deal in filled.newest("nk", 1)] == ["D1"]


def test_a_revision_is_as_old_as_when_it_was_first_asked_for(filled: Store) -> None:
    first, second = filled.newest("nk", 5)
    revised = replace(second, revision=2)
    later, much_later = NOW + timedelta(days=1), NOW + timedelta(days=2)

    assert filled.revised_at([first], later) == {1: NOW}
    assert filled.revised_at([first, revised], later) == {1: NOW, 2: later}
    assert filled.revised_at([first, revised], much_later) == {1: NOW, 2: later}
    assert filled.revised_at([replace(second, revision=3)], much_later) == {2: much_later}
