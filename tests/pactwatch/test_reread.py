from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jobs.differing import difference
from jobs.reread import Found, Outcome
from news.article import Article
from news.reading import Reading
from news.step import Correction
from pactwatch.rereading import lines, to_json
from tests.jobs.house import LICENCE, NOW, House, sum_of
from tests.jobs.test_reread import NO_DEAL
from tests.pactwatch.conftest import Pact
from tests.pactwatch.test_commands import CONFIG
from tests.pactwatch.test_read import DEAL


@pytest.fixture
def house(pact: Pact, tmp_path: Path) -> House:  # noqa: ARG001  # `pact` makes the folder the current one
    """Give an installation with a deal whose upfront is read otherwise today, and one that is none."""
    Path("config.yaml").write_text(CONFIG)
    made = House(tmp_path)
    made.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    made.hears(replace(LICENCE, event="termination"), text=NO_DEAL)
    return made


def found(pact: Pact, *arguments: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    return json.loads(pact("reread", "--json", *arguments).stdout)


@pytest.mark.usefixtures("house")
def test_the_diff_shows_what_was_and_is_with_quotes_and_what_is_kept_no_longer(pact: Pact) -> None:
    said = pact("reread").stdout

    assert said.splitlines()[0] == "2 stored texts read with today's rules"
    assert "1 article kept no longer\n- Harrow and Northpoint, part 2\n" in said
    assert "now dropped: " in said
    upfront = next(line for line in said.splitlines() if line.strip().startswith("upfront"))
    assert upfront.split(maxsplit=1)[1] == "EUR 20m → EUR 25m"
    assert "“words” → “upfront payment of €25 million”" in said
    assert "1 article changed (" in said
    assert said.endswith("nothing is stored yet: `pactwatch reread --apply` stores this, and mails nothing\n")


@pytest.mark.usefixtures("house")
def test_nothing_is_stored_until_it_is_applied_and_then_nothing_differs(pact: Pact) -> None:
    before = found(pact)

    assert [(d["deals"], d["was"]["decision"], d["now"]["decision"]) for d in before["differences"]] == [
        (["D1"], "kept", "kept"),
        (["D1"], "kept", "dropped"),
    ]
    assert before["fields"]["upfront"] == 1
    assert found(pact, "--apply") == {**before, "applied": True}, "what was shown before was not stored by that"
    assert pact("reread", "--apply").stdout.endswith("2 articles unchanged\nnothing to store\n")


def test_what_is_pending_is_still_sent_by_the_next_run_and_not_by_the_reread(pact: Pact, house: House) -> None:
    assert pact("reread", "--apply").stdout.endswith("stored; nothing was mailed\n")

    assert house.store.deliveries() == ()
    assert len(house.pending()) == 1
    assert not Path("digests").exists()


def test_since_is_a_day_and_what_people_said_is_named(pact: Pact, house: House) -> None:
    house.store.correct(Correction(0, 1, "set", "upfront", "EUR 20m", "ana", NOW, "I asked them"))

    assert "0 stored texts read" in pact("reread", "--since", "2030-01-01").stdout
    assert "stays as it was corrected: D1 set upfront" in pact("reread", "--apply").stdout


def test_texts_that_are_gone_are_counted(pact: Pact, house: House) -> None:
    house.later(days=1)
    house.store.forget_texts(house.now)

    assert pact("reread").stdout.splitlines()[0] == (
        "0 stored texts read with today's rules; of 2 more articles the text was let go (keep_text)"
    )


def test_a_question_makes_no_database(pact: Pact, tmp_path: Path) -> None:
    Path("config.yaml").write_text(CONFIG)

    assert pact("reread").stdout == "0 stored texts read with today's rules\n\n0 articles unchanged\n"
    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


@pytest.mark.usefixtures("house")
def test_a_day_that_is_none_is_wrong_usage(pact: Pact) -> None:
    assert "--since" in pact("reread", "--since", "yesterday", status=2).stderr


def test_applying_waits_for_no_run(pact: Pact, house: House) -> None:
    with house.store.lock():
        assert "another" in pact("reread", "--apply", status=75).stderr.lower()


def test_a_field_counts_once_whichever_deal_of_an_article_it_is_of() -> None:
    was = Reading(True, False, 0.9, "en", "license", "it says so", terms=LICENCE, also=(LICENCE,))
    other = replace(LICENCE, upfront=sum_of(20_000_000))
    article = Article(1, "https://ledger.example/1", "ledger", "Ledger", "Two deals", "", NOW)
    outcome = Outcome(
        read=1, found=(Found(article, (1, 2), difference(was, replace(was, terms=other, also=(other,)))),)
    )

    assert to_json(outcome)["fields"] == {"upfront": 2}
    assert "1 article changed (upfront 2)" in "\n".join(lines(outcome, applied=False))
