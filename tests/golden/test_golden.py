"""Articles of our own that were once read wrongly, or could be; `pactwatch golden` makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lexicon import Lexicon
from pactwatch.cases import Case, cases_in, known_in

FOLDER = Path(__file__).parent / "cases"
CASES = cases_in(FOLDER)
KNOWN = known_in(FOLDER)


def known(case: Case) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(reason=KNOWN[case.name], strict=True)] if case.name in KNOWN else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name, marks=known(case)) for case in CASES])
def test_the_case_is_read_as_expected(case: Case, lexicon: Lexicon) -> None:
    assert case.differences(lexicon) == ()


def test_every_case_that_is_known_to_be_read_wrongly_is_there_and_has_its_reason() -> None:
    assert set(KNOWN) <= {case.name for case in CASES}
    assert all(KNOWN.values())


def test_no_file_lies_about_without_its_other_half() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {case.name for case in CASES}
    assert len(list(FOLDER.iterdir())) == 2 * len(CASES)
