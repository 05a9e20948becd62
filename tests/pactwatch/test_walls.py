"""Walls are shown for what they are: article by article, and source by source."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from news.article import WALLS, Article, Entry
from news.reading import Reading
from news.step import NewEntry
from tests.jobs.house import House
from tests.pactwatch.conftest import Pact

CONFIG = """\
contact: me@example.org
sources: [{key: ledger, name: Ledger, url: "https://ledger.example/feed", language: en}]
recipients: {me: {email: me@example.org}}
"""
AT = datetime.now(UTC).replace(microsecond=0)
NO_DEAL = Reading(False, False, 0.02, "en", "trial", "results of a trial are no deal")


@pytest.fixture
def house(pact: Pact, tmp_path: Path) -> House:  # noqa: ARG001  # `pact` makes the folder the current one
    Path("config.yaml").write_text(CONFIG)
    return House(tmp_path)


def address(name: str) -> str:
    return f"https://ledger.example/{name}"


def brings(house: House, name: str, *, teaser_of: str = "", reason: str = "", at: datetime = AT) -> None:
    """Have the feed bring an entry, of which a teaser was read or nothing, for a reason."""
    feed = house.store.feed("ledger")
    assert feed is not None
    new = NewEntry(Entry(name, address(name), name), address(name), name, at, None)
    (entry,) = house.store.record_poll(replace(feed, last_success_at=at), [new])
    if reason:
        house.store.record_dropped(entry.id, "not read", reason)
        return
    made = Article(0, address(name), "ledger", "Ledger", name, "A teaser.", at, behind=teaser_of)
    house.store.record_dismissed(entry.id, made, None, "test", NO_DEAL)


@pytest.mark.parametrize("wall", sorted(WALLS))
def test_explain_names_the_wall_of_an_article_of_which_a_teaser_was_read(pact: Pact, house: House, wall: str) -> None:
    brings(house, "teaser", teaser_of=wall)

    said = pact("explain", address("teaser")).stdout
    assert f"behind a wall ({wall}): a teaser was read" in said
    assert "dropped: results of a trial are no deal" in said


@pytest.mark.parametrize("kind", [*sorted(WALLS), "not found", "listing", "video"])
def test_explain_names_what_a_page_is_that_was_not_read(pact: Pact, house: House, kind: str) -> None:
    brings(house, "nothing", reason=f"{kind}: it shows no article")

    found = json.loads(pact("explain", address("nothing"), "--json").stdout)
    assert (found["decision"], found["reason"]) == ("not read", f"{kind}: it shows no article")


def test_status_counts_by_source_what_stood_behind_walls_in_the_last_thirty_days(pact: Pact, house: House) -> None:
    brings(house, "a", teaser_of="paywall")
    brings(house, "b", reason="paywall: its text ends where one is asked to subscribe")
    brings(house, "c", reason="robot check: it asks to prove that one is no robot")
    brings(house, "d", reason="not found: it says so")
    brings(house, "e", teaser_of="paywall", at=AT - timedelta(days=40))
    brings(house, "f")

    assert json.loads(pact("status", "--json").stdout)["walls"] == [
        {"source": "ledger", "wall": "paywall", "articles": 2},
        {"source": "ledger", "wall": "robot check", "articles": 1},
    ]
    lines = [line.split() for line in pact("status").stdout.splitlines()]
    assert ["ledger", "paywall", "2"] in lines


def test_status_says_nothing_of_walls_where_none_were_met(pact: Pact, house: House) -> None:
    brings(house, "free")

    assert "behind walls" not in pact("status").stdout
