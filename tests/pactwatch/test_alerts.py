"""The verbs that say why a search matches, and those that follow a deal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jobs.placing import match_new_searches
from news.alert import Match, Search, Why
from tests.jobs.house import House
from tests.pactwatch.conftest import Pact
from tests.pactwatch.test_commands import CONFIG, house

__all__ = ["house"]
pytestmark = pytest.mark.usefixtures("house")


def test_explain_prints_the_tree_and_the_smallest_change(pact: Pact) -> None:
    said = pact("alerts", "explain", '"NK cell engager" AND licensor:Harrow', "D1").stdout.splitlines()

    assert said[0].startswith("D1 does not match: ")
    assert said[1:4] == [
        "  no      AND",
        '  yes       "NK cell engager"  “NK cell engager”, 8 times',
        "  no        licensor:Harrow  licensor: Northpoint Bio",
    ]
    assert said[4].endswith('would have matched: "NK cell engager" AND licensee:Harrow')


def test_explain_takes_an_address_and_the_key_of_a_saved_search(pact: Pact) -> None:
    said = pact("alerts", "explain", "nk", "https://ledger.example/1?utm_source=x").stdout

    assert said.startswith("D1 matches: ")


def test_an_article_that_is_no_deal_is_explained_by_its_words(pact: Pact) -> None:
    done = pact("alerts", "explain", "results", "https://ledger.example/trial")

    assert "yes     results  “Results”" in done.stdout
    assert "note: this is no deal, so that no search is held against it: results of a trial are no deal" in done.stderr


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("D9", "there is no deal D9"),
        ("https://ledger.example/gone", "it was not read; `pactwatch explain"),
        ("ledger", "no http or https address"),
    ],
)
def test_what_cannot_be_explained_says_why(pact: Pact, what: str, words: str) -> None:
    assert words in pact("alerts", "explain", "nk", what, status=2).stderr


def test_test_tells_weeks_overlap_and_the_mail_to_expect(pact: Pact) -> None:
    said = pact("alerts", "test", "harrow").stdout

    assert "hits per week" in said
    assert "overlap: nk finds 1 of these 1 too, and 1 in all" in said
    assert "expected mail to me: about 0 cards a week (1 deal in" in said
    assert "--to you: the recipients are me" in pact("alerts", "test", "harrow", "--to", "you", status=2).stderr


def test_a_deal_is_watched_once_and_until_it_is_not(pact: Pact) -> None:
    assert pact("deals", "watch", "D1").stdout == "me is told what becomes of D1\n"
    assert pact("deals", "watch", "1", "--to", "me").stdout == "me watches D1 already\n"
    assert pact("deals", "unwatch", "D1").stdout == "me watches D1 no more\n"
    assert pact("deals", "unwatch", "D1").stdout == "me did not watch D1\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [(["D9"], "there is no deal D9"), (["x"], "'x' is no id"), (["D1", "--to", "mee"], "did you mean me?")],
)
def test_a_watch_that_cannot_be_kept_says_why(pact: Pact, arguments: list[str], words: str) -> None:
    assert words in pact("deals", "watch", *arguments, status=2).stderr


def test_who_is_new_to_the_file_cannot_watch_before_a_run(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG.replace("recipients: {me:", "recipients: {ana: {email: a@example.org}, me:"))

    assert "ana is not in the database yet" in pact("deals", "watch", "D1", "--to", "ana", status=2).stderr


def listed(pact: Pact) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(pact("alerts", "list", "--json").stdout)
    return found


def test_a_search_of_the_database_is_asked_listed_and_ended_like_one_of_the_file(pact: Pact, house: House) -> None:
    before = Path("config.yaml").read_text()

    said = pact("alerts", "add", "harrow", "Harrow", "--in", "database", "--urgent").stdout

    assert said == "harrow is kept in the database and starts now: me will be told\n"
    assert Path("config.yaml").read_text() == before
    match_new_searches(house.pipeline)
    assert [(s["key"], s["kept_in"], s["owner"], s["urgent"], s["matches"]) for s in listed(pact)] == [
        ("nk", "file", "me", False, 1),
        ("harrow", "database", "me", True, 1),
    ]
    assert "in the database already" in pact("alerts", "add", "harrow", "Harrow", status=2).stderr
    assert pact("alerts", "remove", "harrow").stdout == "harrow is asked no more; what it matched stays told\n"
    assert [s["key"] for s in listed(pact)] == ["nk"]
    assert "there is no search 'harrow'" in pact("alerts", "remove", "harrow", status=2).stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nk", "NK"], "there is a search 'nk' already; change its query in"),
        (["Big Key", "NK"], "'Big Key'"),
        (["other", "licencee:Sanofi"], "unknown field licencee"),
        (["other", "NK", "--to", "ada@example.org"], "a new recipient goes into config.yaml first"),
        (["other", "NK", "--to", "mee"], "did you mean me?"),
        (["other", "NK", "--match", "a vaccine"], "a vaccine: must match, and does not"),
        (["other", "NK", "--not", "D1"], "D1: must not match, and does"),
        (["other", "NK", "--match", "D9"], "pactwatch: there is no deal D9"),
        (["other", "NK", "--match", "gopher://x"], "--match 'gopher://x'"),
    ],
)
def test_a_search_that_cannot_be_kept_in_the_database_says_why(pact: Pact, arguments: list[str], words: str) -> None:
    assert words in pact("alerts", "add", *arguments, "--in", "database", status=2).stderr
    assert [s["key"] for s in listed(pact)] == ["nk"]


def test_a_search_of_the_file_is_taken_out_there(pact: Pact) -> None:
    assert "nk stands in" in pact("alerts", "remove", "nk", status=2).stderr


def test_examples_are_kept_with_a_search_and_tried(pact: Pact) -> None:
    kept = ("--match", 'Harrow takes an "NK-cell engager"', "--match", "D1", "--not", "a vaccine: it's old")
    pact("alerts", "add", "engagers", '"NK cell engager"', *kept)

    assert listed(pact)[1]["examples"] == {"match": [kept[1], "D1"], "not": [kept[5]]}
    assert "3 examples of 2 searches, 0 broken" in pact("alerts", "check").stdout
    Path("config.yaml").write_text(
        Path("config.yaml").read_text().replace("a vaccine: it's old", "two NK cell engagers")
    )
    assert "engagers: two NK cell engagers: must not match, and does" in pact("alerts", "check", status=1).stdout


def test_an_example_whose_deal_is_not_here_is_named_and_not_broken(pact: Pact) -> None:
    there = Path("config.yaml").read_text()
    Path("config.yaml").write_text(there.replace("to: [me]}", "to: [me], examples: {match: [D77]}}"))

    said = pact("alerts", "check").stdout

    assert "nk: D77: not looked at: there is no deal D77" in said
    assert "1 example of 1 search, 0 broken" in said


def test_an_example_in_words_is_read_as_an_article(pact: Pact) -> None:
    words = "Harrow Pharma licensed NPB-101 from Northpoint Bio for an upfront payment of EUR 30 million."

    pact("alerts", "add", "big", "licensee:Harrow AND upfront > 20m EUR", "--match", words)

    assert (
        "must match, and does not" in pact("alerts", "add", "b", "upfront > 40m EUR", "--match", words, status=2).stderr
    )


def test_what_another_version_changes_is_listed_deal_by_deal(pact: Pact, house: House) -> None:
    store = house.store
    for key, query in (("other", "Harrow"), ("vaccine", "vaccine")):
        store.save_search(Search(key, query, ("me",), origin="database"), house.now)
    saved = [search for search in store.searches() if search.key != "nk"]
    store.record_matches([Match("vaccine", 1, (Why("vaccine", "vaccine"),))], saved, "language 1")

    lines = pact("alerts", "check").stdout.splitlines()

    assert [line.partition("; now")[0][:29].rstrip() for line in lines[1:]] == [
        "other: held with language 1",
        "  + D1  Harrow Pharma license",
        "vaccine: held with language 1",
        "  - D1  Harrow Pharma license",
    ]
    found = json.loads(pact("alerts", "check", "--json").stdout)
    assert found["changes"][0] == {"search": "other", "held_with": "language 1", "gained": ["D1"], "lost": []}


def test_the_next_run_holds_the_searches_with_todays_versions_and_tells_nobody(pact: Pact, house: House) -> None:
    store = house.store
    store.record_matches([], store.searches(), "language 1")
    told = store.tellings()
    assert "  + D1" in pact("alerts", "check").stdout

    match_new_searches(house.pipeline)

    assert pact("alerts", "check").stdout.splitlines()[-1].startswith("nothing changes: ")
    assert [match.search for match in store.matches([1])] == ["nk"]
    assert store.tellings() == told
