"""`deals export`: what a spreadsheet and a program get, read back by the libraries that others use."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest

from digest.columns import COLUMNS
from news.reading import Named, Party
from tests.jobs.house import LICENCE, NOW, WORDS, House, sum_of
from tests.pactwatch.conftest import Pact

CONFIG = """\
contact: me@example.org
time_zone: Europe/Paris
sources: [{key: ledger, name: Ledger, url: "https://ledger.example/feed", language: en}]
searches: {nk: {query: '"NK cell engager"', to: [me]}, mesh: {query: surgery, to: [me]}}
recipients: {me: {email: me@example.org}}
"""
FORMULAS = ("=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", "Harrow; =1+1")


@pytest.fixture
def house(pact: Pact, tmp_path: Path) -> Iterator[House]:  # noqa: ARG001  # `pact` makes the folder the current one
    """Give an installation that knows a licence for EUR 25m (D1), and one of no stated terms a day later (D2)."""
    Path("config.yaml").write_text(CONFIG)
    made = House(tmp_path)
    with made.store:
        made.hears(replace(LICENCE, upfront=replace(sum_of(25_000_000), up_to=True), total=sum_of(None)))
        made.later(days=1)
        other = (Party("Kestrel Biosciences", "partner", WORDS), Party("Orindale", "partner", WORDS))
        made.hears(replace(LICENCE, parties=other, kind="collaboration"), on=made.now.date())
        yield made


def exported(pact: Pact, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in pact("deals", "export", "--format", "jsonl", *arguments).stdout.splitlines()]


def in_sheet(path: Path) -> list[dict[str, Any]]:
    names, *rows = openpyxl.load_workbook(path)["Deals"].iter_rows()
    return [dict(zip([cell.value for cell in names], row, strict=True)) for row in rows]


def hears(house: House, text: str) -> None:
    """Let a licence be read whose names are this text."""
    parties = (Party(text, "licensor", WORDS), Party("Harrow Pharma", "licensee", WORDS))
    house.hears(replace(LICENCE, parties=parties, assets=(Named(text, WORDS), Named(text, WORDS))))


@pytest.mark.usefixtures("house")
def test_json_lines_keep_the_type_of_every_column(pact: Pact) -> None:
    newer, older = exported(pact)

    assert list(older) == [column.name for column in COLUMNS]
    assert (older["id"], newer["id"]) == ("D1", "D2")
    assert (older["upfront"], older["upfront_currency"], older["upfront_is"]) == (25_000_000.0, "EUR", "up to")
    assert older["upfront_usd"] > older["upfront"]
    assert (older["total"], older["total_is"], older["milestones_is"]) == (None, "undisclosed", None)
    assert (older["licensors"], older["modalities"]) == (["Northpoint Bio"], ["NK cell engager"])
    assert (older["announced"], older["first_seen"]) == ("2026-11-24", "2026-11-24T08:00:00Z")
    assert (older["revision"], older["late"], older["searches"]) == (1, False, ["nk"])


@pytest.mark.usefixtures("house")
def test_csv_is_read_back_with_one_row_a_deal(pact: Pact) -> None:
    content = pact("deals", "export").stdout_bytes

    assert content.startswith(b"\xef\xbb\xbfid,announced,")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    assert [row["id"] for row in rows] == ["D2", "D1"]
    assert (rows[1]["upfront"], rows[1]["total"], rows[1]["total_is"]) == ("25000000", "", "undisclosed")
    assert (rows[0]["partners"], rows[0]["late"]) == ("Kestrel Biosciences; Orindale", "false")


@pytest.mark.usefixtures("house")
def test_a_workbook_holds_numbers_days_and_moments_and_explains_its_columns(pact: Pact) -> None:
    pact("deals", "export", "-o", "deals.xlsx")

    newer, older = in_sheet(Path("deals.xlsx"))
    assert (newer["id"].value, older["upfront"].value) == ("D2", 25_000_000)
    assert older["announced"].value == datetime(2026, 11, 24)  # noqa: DTZ001  # a spreadsheet knows no time zones
    assert older["first_seen"].value == NOW.replace(tzinfo=None)
    assert (older["late"].value, older["milestones"].value) == (False, None)
    assert older["url"].hyperlink.target == "https://ledger.example/1"
    about = openpyxl.load_workbook("deals.xlsx")["Columns"]
    assert [row[0].value for row in about.iter_rows(min_row=2)] == [column.name for column in COLUMNS]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_begins_a_formula(pact: Pact, house: House, text: str) -> None:
    hears(house, text)
    content = pact("deals", "export").stdout_bytes.decode("utf-8-sig")

    for separator in ",;\t":
        found = [cell for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator) for cell in row]
        assert [cell for cell in found if cell.strip(' "')[:1] in set("=+-@＝＋－＠")] == []
    first = next(csv.DictReader(io.StringIO(content, newline="")))
    assert first["licensors"].replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(pact: Pact, house: House, text: str) -> None:
    hears(house, text)
    pact("deals", "export", "-o", "deals.xlsx")

    for cells in in_sheet(Path("deals.xlsx")):
        assert {cell.data_type for cell in cells.values()} <= {"s", "n", "d", "b"}
    first = in_sheet(Path("deals.xlsx"))[0]["licensors"]
    assert first.value == text
    assert first.quotePrefix == (text[0] != "H")


@pytest.mark.usefixtures("house")
def test_since_takes_a_day_in_the_configured_zone_or_a_time_ago(pact: Pact) -> None:
    everything = ["D2", "D1"]

    assert [row["id"] for row in exported(pact, "--since", "2026-11-24")] == everything
    assert [row["id"] for row in exported(pact, "--since", "2026-11-25")] == ["D2"]
    assert exported(pact, "--since", "2026-11-26") == []
    long = (datetime.now().astimezone().date() - date(2026, 1, 1) + timedelta(days=1)).days
    assert [row["id"] for row in exported(pact, "--since", f"{max(long, 1)}d")] == everything


@pytest.mark.usefixtures("house")
def test_a_search_takes_what_it_matches(pact: Pact) -> None:
    assert [row["id"] for row in exported(pact, "--search", "nk")] == ["D2", "D1"]


def test_what_is_only_perhaps_a_deal_is_exported_when_asked_for(pact: Pact, house: House) -> None:
    house.hears(replace(LICENCE, parties=(Party("Quillon", "licensor", WORDS),)), kept=False)

    assert [row["id"] for row in exported(pact)] == ["D2", "D1"]
    assert next((row["id"], row["state"]) for row in exported(pact, "--perhaps")) == ("D3", "perhaps")


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--search", "nka"), "did you mean nk?"),
        (("--since", "yesterday"), "neither a day such as 2026-11-01 nor a time ago such as 7d"),
        (("-o", "deals.doc"), "name it with --format csv, xlsx or jsonl"),
        (("-o", "nowhere/deals.csv"), "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(pact: Pact, arguments: tuple[str, ...], said: str) -> None:
    assert said in pact("deals", "export", *arguments, status=2).stderr


def test_an_export_that_fails_leaves_the_old_file_as_it_was(pact: Pact, house: House) -> None:
    pact("deals", "export", "-o", "deals.csv")
    before = Path("deals.csv").read_bytes()
    house.store.close()
    Path("pactwatch.db").write_bytes(b"no database")

    pact("deals", "export", "-o", "deals.csv", status=1)

    assert Path("deals.csv").read_bytes() == before
    assert [path.name for path in Path.cwd().iterdir() if path.name.startswith(".deals")] == []
