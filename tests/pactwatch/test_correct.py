"""`deals show`, and what people say of a deal: the real command on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from news.reading import Evidence, Money, Party
from tests.jobs.house import LICENCE, WORDS, House, sum_of
from tests.pactwatch.conftest import Pact
from tests.servers.postgres import Postgres, postgres

CONFIG = """\
contact: me@example.org
sources: [{key: ledger, name: Ledger, url: "https://ledger.example/feed", language: en}]
searches: {nk: {query: '"NK cell engager"', to: [me]}}
recipients: {me: {email: me@example.org}}
"""
BY = ("--by", "ana", "--why", "the release says so")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with postgres(tmp_path_factory.mktemp("pg")) as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, pact: Pact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[House]:
    """Give an installation with two deals: D1 told by two outlets that contradict each other, and D2."""
    del pact  # it made the folder the current one
    Path("config.yaml").write_text(CONFIG, "utf-8")
    address = ""
    if request.param == "postgresql":
        running: Postgres = request.getfixturevalue("server")
        address = running.database()
        monkeypatch.setenv("PACTWATCH_DATABASE", address)
    made = House(tmp_path, address=address)
    with made.store:
        made.configure("ledger", "courier")
        milestones = sum_of(300_000_000)
        made.hears(replace(LICENCE, upfront=quoted("EUR 25m upfront", 25_000_000), milestones=milestones))
        made.later(hours=1)
        other = replace(LICENCE, upfront=quoted("EUR 30m upfront", 30_000_000), milestones=milestones)
        made.hears(other, source="courier", text="Northpoint Bio and Harrow Pharma agree on NPB-101. " * 8)
        yield made


def quoted(words: str, amount: int) -> Money:
    return replace(sum_of(amount), evidence=Evidence(words, 0, len(words)))


def shown(pact: Pact, number: str = "D1") -> str:
    return pact("deals", "show", number).stdout


def sets(pact: Pact, *fields: str) -> str:
    return pact("deals", "set", "D1", *fields, *BY).stdout


@pytest.mark.usefixtures("house")
def test_show_has_the_timeline_the_sources_with_times_and_both_sides_of_a_contradiction(pact: Pact) -> None:
    said = shown(pact)

    assert re.search(r"24 Nov 2026 +ANNOUNCED  Harrow Pharma licenses NPB-101 from Northpoint Bio", said)
    assert "! 24 Nov 2026, Courier contradicts upfront: EUR 30m" in said
    assert re.search(r"Upfront +EUR 25m \(about USD [\d.]+m\)  \[contradicted\]\n +“.+” – Ledger\n +! EUR 30m\n", said)
    assert "Ledger, 24 Nov 2026 · had it first · seen Tue 24 Nov 2026, 08:00 UTC" in said
    assert "Milestones        EUR 300m" in said
    assert "– Ledger, Courier" in said.replace("\n                      ", " ")
    assert max(map(len, said.splitlines())) <= 100
    (event,) = json.loads(pact("deals", "show", "D1", "--json").stdout)["timeline"]
    upfront = next(term for term in event["terms"] if term["field"] == "upfront")
    assert (upfront["contradicted"], [v["value"] for v in upfront["values"]]) == (True, ["EUR 25m", "EUR 30m"])


@pytest.mark.usefixtures("house")
def test_what_is_set_is_shown_with_who_and_why_and_can_be_taken_back(pact: Pact) -> None:
    done = sets(pact, "upfront=up to EUR 20m", "royalties=8-14%", "licensor=Ostara Immune", "modalities=NKCE")
    assert "upfront: EUR 25m -> up to EUR 20m" in done
    assert "pactwatch deals undo C4" in done

    said = shown(pact)
    assert "up to EUR 20m" in said
    assert "corrected by ana: the release says so" in said
    assert "C1                ana set upfront to up to EUR 20m: the release says so" in said
    assert re.search(r"Royalties +8% to 14%", said)
    assert "NK cell engager" in said

    pact("deals", "undo", "C1", "--by", "bo", "--why", "a slip")
    said = shown(pact)
    assert re.search(r"Upfront +EUR 25m", said)
    assert "[taken back]" in said
    assert "bo took C1 back: a slip" in said


@pytest.mark.usefixtures("house")
def test_a_rejected_deal_is_listed_as_such_until_that_is_taken_back(pact: Pact) -> None:
    pact("deals", "reject", "D1", *BY)
    assert pact("deals", "list").stdout.splitlines()[1].split()[2] == "rejected"
    pact("deals", "undo", "C1", *BY)
    assert pact("deals", "list").stdout.splitlines()[1].split()[2] == "news"


def test_a_merged_deal_is_shown_under_both_ids(pact: Pact, house: House) -> None:
    parties = (Party("Oakmere Labs", "licensor", WORDS), Party("Tarnfield Pharma", "licensee", WORDS))
    house.hears(replace(LICENCE, parties=parties, assets=()), text="Oakmere and Tarnfield sign. " * 20)
    assert shown(pact, "D2") != shown(pact, "D1")

    pact("deals", "merge", "D1", "D2", *BY)
    assert shown(pact, "D2") == shown(pact, "D1")
    pact("deals", "undo", "C1", *BY)
    assert shown(pact, "D2").startswith("D2  Tarnfield Pharma licenses")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("house", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["set", "D1", "upfront=lots"], "upfront: 'lots' is no sum; write EUR 25m"),
        (["set", "D1", "royalties=14-8%"], "royalties: '14-8%' is no rate: the lower end stands first"),
        (["set", "D1", "upfrnt=EUR 5m"], "'upfrnt' is no field of a deal; the fields are kind"),
        (["set", "D1", "upfront"], "upfront: it is FIELD=VALUE, such as upfront=EUR 25m"),
        (["set", "D1", "upfront="], "upfront: it is empty"),
        (["set", "D1", "total=EUR 5m", "total=EUR 6m"], "total is set twice"),
        (["set", "D1", "announced=soon"], "announced: 'soon' is no day; write 2026-11-24"),
        (["set", "D1", "announced=2999-01-01"], "announced: 2999-01-01 has not come yet"),
        (["set", "D1", "total=EUR 5m", "--event", "7"], "--event 7: D1 has 1 (1 announced)"),
        (["set", "D99", "total=EUR 5m"], "there is no deal D99"),
        (["reject", "one"], "'one' is no id of a deal"),
        (["merge", "D1", "D1"], "D1 is one deal already"),
        (["add", "https://ledger.example/never"], "is not among the stored articles"),
        (["add", "https://ledger.example/1"], "tells of D1 already"),
        (["undo", "C99"], "there is no correction C99"),
        (["undo", "last"], "'last' is no id of a correction"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_ends_in_one_clear_line(pact: Pact, arguments: list[str], words: str) -> None:
    said = pact("deals", *arguments, *BY, status=2).stderr

    assert words in said
    assert len(said.strip().splitlines()) == 1
    assert "Corrections" not in shown(pact)


@pytest.mark.usefixtures("house")
def test_a_correction_needs_a_reason(pact: Pact) -> None:
    assert "--why" in pact("deals", "reject", "D1", status=2).stderr
    assert "--why: say why" in pact("deals", "reject", "D1", "--why", " ", status=2).stderr
