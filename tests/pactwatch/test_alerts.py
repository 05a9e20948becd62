"""The verbs that say why a search matches, and those that follow a deal."""

from __future__ import annotations

from pathlib import Path

import pytest

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
