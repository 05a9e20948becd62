"""What of a polled feed is new, and which pages are fetched."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from news.article import Entry, LedgerEntry
from news.step import NewEntry
from stories.entries import sort_out

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
AGE = timedelta(days=7)
Items = list[tuple[Entry, str, str]]


def items(count: int, *, guid: str = "g", address: str = "https://n.example/", at: datetime = NOW) -> Items:
    """Return a feed's items, the newest first, one a day."""
    return [
        (
            Entry(
                f"{guid}{n}",
                f"{address}{n}",
                f"Northpoint signs agreement number {n}",
                published=at - timedelta(days=n),
            ),
            f"{address}{n}",
            f"northpoint signs agreement number {n}",
        )
        for n in range(count)
    ]


def ledger(feed: Items) -> list[LedgerEntry]:
    """Return the ledger as it stands after a poll of `feed`."""
    return [LedgerEntry(n, "s", entry, address, NOW, None) for n, (entry, address, _) in enumerate(feed)]


def new_of(feed: Items, known: list[LedgerEntry], since: datetime | None = None) -> tuple[NewEntry, ...]:
    """Return what `sort_out` makes of a feed."""
    return sort_out(feed, known, title_key=str.lower, now=NOW, since=since, first_fetch=30, news_age=AGE)


def test_a_first_poll_fetches_the_newest_thirty_and_leaves_the_rest_in_the_ledger() -> None:
    new = new_of(items(400), [])

    assert [n.decision for n in new] == ["waiting"] * 30 + ["not fetched"] * 370
    assert "back-catalogue" in new[-1].reason


def test_the_newest_count_by_date_not_by_their_place_in_the_feed() -> None:
    new = new_of(list(reversed(items(31))), [])

    assert [n.entry.guid for n in new if n.decision == "not fetched"] == ["g30"]


def test_a_known_guid_is_not_new_even_under_another_address() -> None:
    known = ledger(items(3))

    assert new_of(items(3, address="https://elsewhere.example/"), known, since=NOW) == ()


def test_a_known_address_is_not_new_even_under_another_guid() -> None:
    known = ledger(items(3))

    assert new_of(items(3, guid="rebuilt-"), known, since=NOW) == ()


def test_an_item_that_stands_twice_in_one_feed_is_taken_once() -> None:
    assert len(new_of(items(1) * 2, [])) == 1


def test_a_feed_that_gives_all_items_new_guids_addresses_and_dates_brings_nothing() -> None:
    before = items(400)
    moved = [
        (Entry(f"n{n}", f"https://new.example/{n}", e.title, published=NOW), f"https://new.example/{n}", title)
        for n, (e, _, title) in enumerate(before)
    ]

    new = new_of(moved, ledger(before), since=NOW - timedelta(hours=1))

    assert {n.decision for n in new} == {"duplicate"}
    assert "new addresses; this is https://n.example/0" in new[0].reason


def test_a_new_story_among_moved_ones_is_still_fetched() -> None:
    before = items(10)
    moved = [
        (Entry(f"n{n}", f"https://new.example/{n}", e.title, published=NOW), f"https://new.example/{n}", title)
        for n, (e, _, title) in enumerate(before)
    ]
    fresh = (Entry("n99", "https://new.example/99", "Another", published=NOW), "https://new.example/99", "another")

    new = new_of([fresh, *moved], ledger(before), since=NOW)

    assert [n.entry.guid for n in new if n.decision == "waiting"] == ["n99"]


def test_one_title_seen_before_proves_nothing() -> None:
    known = ledger(items(20))
    again = (Entry("x", "https://n.example/x", known[3].entry.title, published=NOW), "https://n.example/x", "t")

    assert [n.decision for n in new_of([again], known, since=NOW)] == ["waiting"]


@pytest.mark.parametrize("title", ["", "Press release"])
def test_a_feed_whose_items_all_bear_one_title_has_not_moved(title: str) -> None:
    def titled(number: int) -> tuple[Entry, str, str]:
        address = f"https://n.example/{number}"
        return Entry(f"g{number}", address, title, published=NOW), address, title.lower()

    before, fresh = [titled(n) for n in range(20)], [titled(n) for n in range(20, 40)]

    assert {n.decision for n in new_of([*fresh, *before[:5]], ledger(before), since=NOW)} == {"waiting"}
    assert {n.decision for n in new_of(fresh, ledger(before), since=NOW)} == {"waiting"}


def test_a_feed_that_repeats_its_titles_every_week_has_not_moved() -> None:
    before = items(10)
    again = [
        (replace(entry, guid=f"w{n}", link=f"{address}-w"), f"{address}-w", title)
        for n, (entry, address, title) in enumerate(before)
    ]

    assert {n.decision for n in new_of([*again, *before], ledger(before), since=NOW)} == {"waiting"}


def test_old_items_that_a_feed_suddenly_shows_are_a_back_catalogue_and_new_ones_are_not() -> None:
    old = items(60, guid="o", address="https://n.example/o", at=NOW - timedelta(days=100))
    fresh = items(5, guid="f", address="https://n.example/f")

    new = new_of([*fresh, *old], [], since=NOW - timedelta(hours=1))

    assert [n.decision for n in new] == ["waiting"] * 35 + ["not fetched"] * 30


def test_an_undated_item_of_a_later_poll_is_fetched_behind_any_number_of_old_ones() -> None:
    old = items(60, at=NOW - timedelta(days=100))
    undated = (Entry("u", "https://n.example/u", "Undated"), "https://n.example/u", "undated")

    new = new_of([*old, undated], [], since=NOW)

    assert new[-1].entry.guid == "u"
    assert new[-1].decision == "waiting"


def test_an_item_without_an_address_fails_by_itself() -> None:
    nameless = [(Entry(f"u{n}", "", "No link"), "", "no link") for n in range(2)]

    new = new_of([*nameless, *items(1)], [])

    assert sorted(n.decision for n in new) == ["failed", "failed", "waiting"]
