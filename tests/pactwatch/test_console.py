from __future__ import annotations

import io
import json
import logging
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch import logs
from pactwatch.config import Log
from pactwatch.console import length, one_line, table
from pactwatch.values import duration

EVIL = "Deal \x1b[31mred\r\nand \x07more"


@given(st.text())
def test_a_cell_is_one_line_that_steers_no_terminal(text: str) -> None:
    assert one_line(text).isprintable()
    assert len(one_line(text)) == len(text)


def test_in_a_pipe_a_table_is_plain_columns(capsys: pytest.CaptureFixture[str]) -> None:
    table(("id", "deal"), [("D1", "a"), ("D1234", EVIL)])

    assert capsys.readouterr().out.splitlines() == [
        "id     deal",
        "D1     a",
        "D1234  Deal  [31mred  and  more",
    ]


def test_on_a_terminal_a_table_keeps_to_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)

    table(("key", "deal"), [("innate-pharma", "[bold]Sanofi[/bold] licenses an NK cell engager " * 5)])

    lines = shown.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert "[bold]Sanofi" in shown.getvalue(), "what looks like markup is words"


@given(st.integers(1, 36500 * 86400))
def test_a_length_is_written_as_it_is_read(seconds: int) -> None:
    assert duration(length(timedelta(seconds=seconds))) == timedelta(seconds=seconds)


@pytest.fixture
def stderr(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Give what is logged; the root logger is as before afterwards."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    return written


def test_a_log_line_is_one_line_with_its_time_in_utc(stderr: io.StringIO) -> None:
    logs.start(Log())
    logging.getLogger("jobs.sink").info("a\nb %d", 1)
    logging.getLogger("jobs.sink").debug("not this")

    (line,) = stderr.getvalue().splitlines()
    at, level, *words = line.split()
    assert datetime.fromisoformat(at).tzinfo == UTC
    assert (level, words) == ("info", ["a", "|", "b", "1"])


def test_a_log_line_as_json_is_one_object(stderr: io.StringIO) -> None:
    logs.start(Log("debug", "json"))
    logging.getLogger("jobs.sink").warning("ä\n%s", "x")

    (line,) = stderr.getvalue().splitlines()
    assert json.loads(line) | {"at": ""} == {"at": "", "level": "warning", "logger": "jobs.sink", "message": "ä\nx"}


def test_what_libraries_say_below_a_warning_is_not_logged(stderr: io.StringIO) -> None:
    logs.start(Log("debug"))
    logging.getLogger("alembic.runtime.migration").info("Running upgrade")

    assert stderr.getvalue() == ""
