"""Who follows a deal is told what becomes of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from alerts.watch import followed
from news.alert import Watch
from news.reading import Party
from news.story import Change
from tests.jobs.house import LICENCE, NOW, TODAY, WORDS, House
from tests.stories.reports import EXPANSION, named

ELSE = "nothing that the search asks for " * 20


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


def test_a_watcher_is_told_of_an_expansion_that_no_search_matches(house: House) -> None:
    house.hears(LICENCE, text=ELSE)
    assert house.tellings() == []
    house.store.watch(1, "me", house.now)
    house.later(days=2)

    house.hears(replace(LICENCE, event="expansion", assets=named("NPB-202")), text=ELSE, on=house.now.date())

    (telling,) = house.pending()
    assert (telling.kind, telling.searches) == ("first", ("watch:D1",))
    assert len(house.run_ends()) == 1


@pytest.mark.parametrize("event", ["option-exercise", "milestone", "termination"])
def test_a_watcher_who_has_the_card_gets_the_event_as_an_update(house: House, event: str) -> None:
    house.hears(LICENCE)
    house.run_ends()
    house.search = replace(house.search, query="nothing-like-it")
    house.configure("ledger")
    house.store.watch(1, "me", house.now)
    house.later(days=12)

    house.hears(replace(LICENCE, event=event), text=ELSE, on=house.now.date(), since=house.now)  # type: ignore[arg-type]

    assert house.tellings()[-1] == ("update", "pending", 2)


def test_another_article_of_the_same_news_is_not_told_to_a_watcher(house: House) -> None:
    house.hears(LICENCE, text=ELSE)
    house.store.watch(1, "me", house.now)

    house.hears(LICENCE, text=ELSE)

    assert house.tellings() == []


def test_who_watches_no_more_is_told_no_more(house: House) -> None:
    house.hears(LICENCE, text=ELSE)
    house.store.watch(1, "me", house.now)
    assert house.store.unwatch(1, "me")
    house.later(days=2)

    house.hears(replace(LICENCE, event="termination"), text=ELSE, on=house.now.date())

    assert house.tellings() == []
    assert not house.store.unwatch(1, "me")


def test_a_watch_is_kept_once_and_knows_the_parties(house: House) -> None:
    house.hears(LICENCE)

    assert house.store.watch(1, "me", NOW)
    assert not house.store.watch(1, "me", NOW)
    (watch,) = house.store.watches()
    assert (watch.deal, watch.recipient, watch.since) == (1, "me", NOW)
    assert len(watch.parties) == 2


WATCH = Watch(7, "ada", NOW, frozenset({"northpoint bio", "borealis pharma"}))
BOTH = ("borealis pharma", "northpoint bio")
HAPPENED = (Change("event", "new", "expansion"),)


@pytest.mark.parametrize(
    ("deal", "event", "changes", "parties", "told"),
    [
        (7, "expansion", HAPPENED, (), True),
        (7, "new", (Change("status", "rumoured", "announced"),), (), True),
        (7, "new", (Change("upfront", "undisclosed", "EUR 5m"),), BOTH, False),
        (9, "expansion", HAPPENED, BOTH, True),
        (9, "expansion", HAPPENED, ("northpoint bio", "roche"), False),
        (0, "termination", (), BOTH, True),
        (0, "new", (), BOTH, False),
    ],
)
def test_a_watch_is_about_events_of_the_deal_and_between_its_parties(
    deal: int, event: str, changes: tuple[Change, ...], parties: tuple[str, ...], *, told: bool
) -> None:
    terms = replace(EXPANSION, event=event)  # type: ignore[arg-type]

    found = followed(deal, terms, changes, parties, [WATCH])

    assert [(search.key, search.to, match.deal) for search, match in found] == [("watch:D7", ("ada",), deal)] * told


def test_a_new_agreement_between_the_same_parties_is_none_of_the_watched_deal(house: House) -> None:
    house.hears(LICENCE, text=ELSE)
    house.store.watch(1, "me", house.now)
    others = (*LICENCE.parties, Party("Marrow Labs", "partner", WORDS))

    house.hears(replace(LICENCE, assets=named("NPB-900"), parties=others), text=ELSE, on=TODAY)

    assert len(house.store.deals()) == 2
    assert house.tellings() == []


def test_a_watch_of_a_recipient_who_is_gone_is_silent(house: House) -> None:
    house.hears(LICENCE)
    house.store.watch(1, "me", NOW)
    house.store.configure([], [], [], NOW)

    assert house.store.watches() == ()


def test_a_search_of_the_database_lives_beside_those_of_the_file(house: House) -> None:
    mine = replace(house.search, key="mine", origin="database", owner="me")
    house.store.save_search(mine, NOW)
    house.configure("ledger")

    assert [(s.key, s.origin) for s in house.store.searches()] == [("mine", "database"), ("nk", "file")]
    assert [opened.key for opened in house.store.open_backlogs("me")] == ["mine"]
    assert house.store.end_search("mine")
    assert not house.store.end_search("nk"), "the file's are ended in the file"


def test_a_stored_search_that_cannot_be_read_is_a_fault_and_holds_up_nobody(house: House) -> None:
    house.store.save_search(replace(house.search, key="broken", query="a AND b OR c", origin="database"), NOW)

    house.hears(LICENCE)

    assert len(house.pending()) == 1
    ((name, fault),) = house.pipeline.tally.faults
    assert (name, fault.name) == ("search broken", "search refused")


def test_what_searches_were_held_with_is_kept(house: House) -> None:
    house.store.record_matches([], house.store.searches(), "language 2; target 3")

    assert house.store.held_with() == {"nk": "language 2; target 3"}
