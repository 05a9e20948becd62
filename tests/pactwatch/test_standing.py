"""`sources standing`: who had the stories first, from what is stored."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import pactwatch.standing
from tests.jobs.house import LICENCE, NOW, TODAY, House, sum_of
from tests.pactwatch.conftest import Pact
from tests.pactwatch.test_correct import CONFIG
from tests.stories.reports import named


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pactwatch.standing, "now_utc", lambda: NOW + timedelta(days=1))


def told(folder: Path) -> None:
    """Have two outlets tell a story, the courier a day later, and the ledger another one alone."""
    Path("config.yaml").write_text(CONFIG, "utf-8")
    made = House(folder)
    with made.store:
        made.configure("ledger", "courier")
        made.hears(replace(LICENCE, upfront=sum_of(25)), on=TODAY - timedelta(days=1))
        made.hears(replace(LICENCE, upfront=sum_of(25)), source="courier")
        made.hears(replace(LICENCE, assets=named("NPB-900")))


def test_the_source_that_was_first_most_often_stands_at_the_top(pact: Pact, tmp_path: Path) -> None:
    told(tmp_path)

    ledger, courier = json.loads(pact("sources", "standing", "--json").stdout)

    assert (ledger["source"], ledger["told"], ledger["first"], ledger["alone"]) == ("ledger", 2, 2, 1)
    assert ledger["hours_behind"] is None
    assert (courier["source"], courier["told"], courier["first"], courier["alone"]) == ("courier", 1, 0, 0)
    assert courier["hours_behind"] == 8.0, "the ledger's is of the day before, told by midnight"


def test_a_person_sees_it_as_a_table(pact: Pact, tmp_path: Path) -> None:
    told(tmp_path)

    lines = pact("sources", "standing").stdout.splitlines()

    assert lines[0].split() == ["source", "told", "first", "alone", "behind", "name"]
    assert lines[1].split() == ["ledger", "2", "2", "1", "-", "Ledger"]
    assert lines[2].split()[:4] == ["courier", "1", "0", "0"]


def test_where_nothing_was_told_that_is_said_and_nothing_is_made(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG, "utf-8")

    assert "no story was told in the last 7 days" in pact("sources", "standing", "--days", "7").stderr
    assert pact("sources", "standing", "--json").stdout == "[]\n"
    assert not Path("pactwatch.db").exists()
