from __future__ import annotations

from pathlib import Path

import pytest

from lexicon import Lexicon
from news.article import Fault
from pactwatch.newsroom.outlets import FAULT
from pactwatch.newsroom.pieces import Piece
from pactwatch.newsroom.verdict import Verdict, judge
from storage import Store

EXPECTED_FAULT = (FAULT[0], Fault(FAULT[1], "an ordinary web page"))


def test_everything_as_expected_is_said_in_one_line() -> None:
    verdict = Verdict(60, 60, 1, 0, ())

    assert verdict.holds
    assert str(verdict) == "60 of 60 readings as expected, 1 fault as expected"


@pytest.mark.parametrize(
    ("verdict", "line"),
    [
        (Verdict(59, 60, 1, 0, ()), "59 of 60 readings as expected, 1 fault as expected"),
        (Verdict(60, 60, 0, 0, ()), "60 of 60 readings as expected, 0 faults as expected"),
        (Verdict(60, 60, 1, 2, ()), "60 of 60 readings as expected, 1 fault as expected, 2 not"),
    ],
)
def test_one_reading_less_or_another_fault_is_not_as_expected(verdict: Verdict, line: str) -> None:
    assert not verdict.holds
    assert str(verdict) == line


def test_what_was_never_read_and_what_was_not_foreseen_have_a_line_each(
    tmp_path: Path, pieces: tuple[Piece, ...], lexicon: Lexicon
) -> None:
    some = pieces[:2]
    addresses = {piece.name: f"http://127.0.0.2:1/{piece.name}" for piece in some}
    with Store.open(str(tmp_path / "empty.db")) as store:
        verdict = judge(store, some, addresses, lexicon, [("ledger", Fault("timeout", "no answer in 30 s"))])

    assert (verdict.readings, verdict.of, verdict.faults, verdict.others) == (0, 2, 0, 1)
    assert verdict.lines == (
        f"{some[0].name}: no reading: its address was never seen",
        f"{some[1].name}: no reading: its address was never seen",
        "fault not expected: ledger: timeout: no answer in 30 s",
        f"fault expected and not found: {FAULT[0]}: {FAULT[1]}",
    )


def test_the_expected_fault_alone_needs_no_line(tmp_path: Path, lexicon: Lexicon) -> None:
    with Store.open(str(tmp_path / "empty.db")) as store:
        verdict = judge(store, (), {}, lexicon, [EXPECTED_FAULT])

    assert verdict == Verdict(0, 0, 1, 0, ())
    assert verdict.holds
