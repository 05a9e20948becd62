"""One run on a newsroom in which everything goes wrong, next to five healthy sources."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from news.article import Feed
from tests.acceptance.installation import Installation
from tests.faults.newsroom import FAULTS, HEALTHY, NAMED, SECRET, Newsroom, names, newsroom
from tests.faults.outcome import TIMEOUT, Ended, Entry, configure, entries, feeds, remarks, rows, run, write, written
from tests.faults.rounds import SETTINGS
from tests.servers.http import Seen, Site

ROOT = Path(__file__).parents[2]
WRITE = "PACTWATCH_WRITE_FAULTS"
RECORDED = {fault.key: (fault.recorded, fault.stored) for fault in (*FAULTS, *NAMED)}
SEEN_TWICE = ("churning-guids", "tracking")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it all, before the second poll of some sources and after it.

    `alone` and `together` are how many seconds the healthy hosts needed without the others and beside them.
    """

    room: Newsroom
    ended: Ended
    states: dict[str, Feed]
    stored: dict[str, list[Entry]]
    again: dict[str, list[Entry]]
    alone: float
    together: float
    left: list[int]
    remarked: dict[str, str]
    lines: list[str]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Outcome]:
    """Run once on the healthy sources alone, once on all, once more on some, and once with a name server of our own."""
    folder = tmp_path_factory.mktemp("secret")
    (folder / "file").write_text(SECRET)
    alone, whole, named = (Installation(tmp_path_factory.mktemp(name), 0) for name in ("alone", "whole", "named"))
    with newsroom((folder / "file").as_uri()) as room:
        configure(alone, room, room.healthy)
        run(alone)
        configure(whole, room, [*room.healthy, *(fault.key for fault in FAULTS)])
        before = {key: len(site.seen()) for key, site in room.healthy.items()}
        ended = run(whole)
        first = [seen for key, site in room.healthy.items() for seen in site.seen()[: before[key]]]
        second = [seen for key, site in room.healthy.items() for seen in site.seen()[before[key] :]]
        states, stored = feeds(whole), {key: entries(whole, key) for key in room.sources}
        twice = run(whole, "--now", *SEEN_TWICE)
        configure(named, room, [fault.key for fault in NAMED])
        third = run(named, command=(sys.executable, "-m", "tests.faults.launch", json.dumps(names(room))))
        states |= {fault.key: feeds(named)[fault.key] for fault in NAMED}
        stored |= {fault.key: entries(named, fault.key) for fault in NAMED}
        yield Outcome(
            room=room,
            ended=ended,
            states=states,
            stored=stored,
            again={key: entries(whole, key) for key in SEEN_TWICE},
            alone=span(first),
            together=span(second),
            left=[*whole.processes(), *named.processes()],
            remarked=remarks(ended.printed, twice.printed),
            lines=[*rows(whole, FAULTS, ended.printed, twice.printed), *rows(named, NAMED, third.printed)],
        )


def span(seen: Iterable[Seen]) -> float:
    """Return the seconds from the first request to the end of the last answer."""
    seen = list(seen)
    return max(each.until for each in seen) - min(each.at for each in seen)


def titles(found: Iterable[Entry]) -> str:
    """Return the titles of entries, one a line."""
    return "\n".join(entry.title for entry in found)


def test_the_run_did_its_work_and_said_what_failed(outcome: Outcome) -> None:
    assert outcome.ended.status == 0, outcome.ended.printed
    assert "Traceback" not in outcome.ended.printed
    assert "not confirmed, as they have never answered" in outcome.ended.printed


def test_every_item_of_the_healthy_is_read(outcome: Outcome) -> None:
    found = [entry for key in outcome.room.healthy for entry in outcome.stored[key]]

    assert [entry.decision for entry in found] == ["kept"] * HEALTHY * 2
    assert not any(outcome.states[key].fault for key in outcome.room.healthy)


def test_every_fault_is_recorded_under_its_own_name(outcome: Outcome) -> None:
    found = {}
    for key in RECORDED:
        fault = outcome.states[key].fault
        found[key] = (fault.name if fault else "", len(outcome.stored[key]))

    assert found == RECORDED


def test_what_can_be_read_all_the_same_is_remarked_on(outcome: Outcome) -> None:
    assert outcome.remarked == {fault.key: fault.remarked for fault in FAULTS if fault.remarked}


def test_no_fault_holds_up_the_healthy_for_longer_than_a_time_out(outcome: Outcome) -> None:
    assert outcome.together < outcome.alone + TIMEOUT


def test_the_table_in_the_documentation_is_what_the_run_recorded(outcome: Outcome) -> None:
    if os.environ.get(WRITE):
        write(outcome.lines)

    assert written() == outcome.lines, f"write it anew with {WRITE}=1"


def test_nothing_is_left_behind_and_the_memory_stays_small(outcome: Outcome) -> None:
    assert outcome.left == []
    assert outcome.ended.memory < 600


def test_nobody_reached_the_canary(outcome: Outcome) -> None:
    assert outcome.room.canary.connections == 0
    assert outcome.room.faulty["name-to-canary"].connections == 0


def test_a_retry_after_is_kept_in_both_forms(outcome: Outcome) -> None:
    for key in ("busy-seconds", "busy-date", "down-seconds", "down-date"):
        state = outcome.states[key]
        assert state.not_before is not None, key
        assert state.last_polled_at is not None, key
        assert 3300 < (state.not_before - state.last_polled_at).total_seconds() <= 3600, key


def test_a_host_that_failed_was_not_asked_again_at_once(outcome: Outcome) -> None:
    for key in ("not-found", "gone", "busy-seconds", "down-date", "reset", "cut-off", "bad-gzip", "slow-headers"):
        site: Site = outcome.room.faulty[key]
        assert [seen.path for seen in site.seen()] == ["/robots.txt", "/feed.xml"], key
    assert [seen.path for seen in outcome.room.faulty["robots-down"].seen()] == ["/robots.txt"]
    assert [seen.path for seen in outcome.room.faulty["robots-closed"].seen()] == ["/robots.txt"]


def test_entities_are_not_expanded_and_nothing_comes_from_elsewhere(outcome: Outcome) -> None:
    for key in ("entity-bomb", "quadratic-bomb", "external-entity"):
        text = titles(outcome.stored[key])
        assert SECRET not in text
        assert len(text) < 5000, key
        assert "word word" not in text


def test_what_a_feed_writes_oddly_is_read_as_it_was_meant(outcome: Outcome) -> None:
    assert "Société Générale" in titles(outcome.stored["wrong-charset"])
    assert "\0" not in titles(outcome.stored["nul-bytes"])
    assert re.search(r"<|script|alert", titles(outcome.stored["script-titles"])) is None
    assert all(e.link.startswith("http://127.1.") for e in outcome.stored["relative-links"])
    assert {entry.decision for entry in outcome.stored["future-dates"]} == {"dropped"}


def test_pages_that_lead_into_a_closed_network_are_refused_one_by_one(outcome: Outcome) -> None:
    found = outcome.stored["pages-to-canary"]

    assert {(entry.decision, entry.reason.partition(":")[0]) for entry in found} == {("failed", "address refused")}


def test_new_guids_and_new_tracking_make_no_new_entries_of_old_items(outcome: Outcome) -> None:
    for key in SEEN_TWICE:
        assert len(outcome.room.faulty[key].seen("/feed.xml")) == 2, key
        assert [entry.guid for entry in outcome.again[key]] == [entry.guid for entry in outcome.stored[key]]


def test_rounds_of_faults_leave_nothing_in_the_process(tmp_path: Path) -> None:
    """The second round may hold what the first one did not; the third and the fourth hold no more."""
    with newsroom((tmp_path / "file").as_uri()) as room:
        addresses = [address for key, address in room.sources.items() if key not in {fault.key for fault in NAMED}]
        command = [sys.executable, "-m", "tests.faults.rounds", "4", *addresses]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
        connections = room.canary.connections

    rounds = [[int(number) for number in line.split()] for line in ended.stdout.splitlines()]
    memory, files, threads, tasks = zip(*rounds, strict=True)
    assert len(rounds) == 4
    assert files[3] == files[2] == files[1]
    assert tasks == (1, 1, 1, 1)
    assert memory[3] < memory[1] + 20
    assert max(threads) < SETTINGS.at_once + 10, "those that look names up are kept, and no more than these"
    assert connections == 0
