from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactwatch.articles import Bad, Given, iso_day
from pactwatch.articles import given as given_lines
from tests.pactwatch.conftest import Pact

DEAL = (
    "Paris, 23 November 2026 – Harrow Pharma and Northpoint Bio announced today that they have entered into an "
    "exclusive licence agreement. Harrow Pharma receives worldwide rights to the NK cell engager NPB-101. "
    "Northpoint Bio will receive an upfront payment of €25 million and is eligible for up to €300 million in "
    "milestones, plus royalties."
)


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False)


def answers(output: str) -> list[dict[str, Any]]:
    return [json.loads(text) for text in output.splitlines()]


def test_what_comes_in_goes_out_in_its_order_under_its_id(pact: Pact) -> None:
    title = "Harrow Pharma licenses NK cell engager from Northpoint Bio"
    done = pact("read", given="\n".join([line(id="a", title=title, text=DEAL), line(id=7, title="The weather")]))

    first, second = answers(done.stdout)
    assert (first["id"], second["id"]) == ("a", 7)
    assert first["keep"] is True
    assert first["deal"]["upfront"]["amount"] == 25_000_000.0
    assert second["deal"] is None
    quote = first["deal"]["upfront"]["evidence"]
    assert {"title": title, "text": DEAL}[quote["in"]][quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize(
    ("bad", "identity", "error"),
    [
        ("nope", None, "line 2: not JSON: Expecting value (character 1)"),
        ("[1]", None, "line 2: not an object"),
        ("{}", None, "line 2: neither title nor text"),
        (line(id="x", title="", text=None), "x", "line 2: neither title nor text"),
        (line(id=5, title=["a"]), 5, "line 2: title is not a string"),
        (line(id=1.5, title="a"), None, "line 2: id is neither a string nor an integer"),
        (line(id=True, title="a"), None, "line 2: id is neither a string nor an integer"),
        (line(id="x", title="a", url=3), "x", "line 2: url is not a string"),
        ("[" * 100_000, None, "line 2: not JSON that can be read: maximum recursion depth exceeded"),
    ],
)
def test_a_bad_line_gives_its_error_in_its_place_and_the_rest_is_read(
    pact: Pact, bad: str, identity: object, error: str
) -> None:
    good = line(id="good", title="The weather")

    done = pact("read", given=f"{good}\n{bad}\n\n{good}\n", status=1)

    first, second, third = answers(done.stdout)
    assert second["id"] == identity
    assert second["error"].startswith(error)
    assert first["id"] == third["id"] == "good"


def test_bytes_that_are_no_text_are_a_bad_line(pact: Pact) -> None:
    (answer,) = answers(pact("read", given=b'{"id": 1, "title": "\xff"}', status=1).stdout)

    assert answer == {"id": None, "error": "line 1: not UTF-8 (byte 21)"}


def test_half_a_surrogate_pair_comes_back_as_it_was(pact: Pact) -> None:
    (answer,) = answers(pact("read", given='{"id": "\\ud800", "title": "a"}').stdout)

    assert answer["id"] == "\ud800"


def test_a_day_that_is_not_iso_counts_as_absent_with_a_warning(pact: Pact) -> None:
    done = pact("read", given=line(id=1, title="The weather", published="yesterday"))

    assert done.stderr == 'line 1: published "yesterday" is not ISO 8601 and counts as absent\n'
    assert answers(done.stdout)[0]["id"] == 1


def test_several_files_are_read_one_after_the_other_and_errors_name_theirs(pact: Pact) -> None:
    Path("a.jsonl").write_text(line(id=1, title="The weather"))
    Path("b.jsonl").write_text("nope")

    first, second = answers(pact("read", "a.jsonl", "b.jsonl", status=1).stdout)

    assert first["id"] == 1
    assert second["error"].endswith("(in b.jsonl)")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-24", date(2026, 11, 24)),
        ("2026-11-24T23:30:00-05:00", date(2026, 11, 24)),
        ("2026-11-24T08:00:00Z", date(2026, 11, 24)),
        ("20261124", date(2026, 11, 24)),
        ("Tue, 24 Nov 2026", None),
        ("2026", None),
        ("", None),
    ],
)
def test_iso_days(text: str, day: date | None) -> None:
    assert iso_day(text) == day


@settings(max_examples=100)
@given(
    st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"\n", b"")) | st.sampled_from([b"{}", b'{"title":"x"}']))
)
def test_every_line_that_is_not_empty_gives_exactly_one_answer(lines: list[bytes]) -> None:
    found = list(given_lines(lines, lambda _: None))

    assert len(found) == len([text for text in lines if text.strip(b" \t\r\n\xef\xbb\xbf")])
    assert all(isinstance(item, Given | Bad) for item in found)
