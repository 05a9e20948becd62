from __future__ import annotations

import io
import json
import logging
import re
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pactwatch import logs
from pactwatch.config import Log
from pactwatch.console import one_line, table

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
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)

    table(("key", "deal"), [("innate-pharma", "[bold]Sanofi[/bold] licenses an NK cell engager " * 5)])

    seen = re.sub(r"\x1b\[[0-9;]*m", "", shown.getvalue())
    assert max(map(len, seen.splitlines())) <= 80
    assert "[bold]Sanofi" in seen, "what looks like markup is words"


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    """Give the root logger, which is as before afterwards."""
    logger = logging.getLogger()
    monkeypatch.setattr(logger, "handlers", [])
    monkeypatch.setattr(logger, "level", logger.level)
    return logger


@pytest.mark.usefixtures("root")
def test_a_log_line_is_one_line_with_its_time_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(Log())
    logging.getLogger("jobs.sink").info("a\nb %d", 1)
    logging.getLogger("jobs.sink").debug("not this")

    (line,) = capsys.readouterr().err.splitlines()
    at, level, *words = line.split()
    assert datetime.fromisoformat(at).tzinfo == UTC
    assert (level, words) == ("info", ["a", "|", "b", "1"])


@pytest.mark.usefixtures("root")
def test_a_log_line_as_json_is_one_object(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(Log("debug", "json"))
    logging.getLogger("jobs.sink").warning("ä\n%s", "x")

    (line,) = capsys.readouterr().err.splitlines()
    assert json.loads(line) | {"at": ""} == {"at": "", "level": "warning", "logger": "jobs.sink", "message": "ä\nx"}


@pytest.mark.usefixtures("root")
def test_what_libraries_say_below_a_warning_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    logs.start(Log("debug"))
    logging.getLogger("alembic.runtime.migration").info("Running upgrade")

    assert capsys.readouterr().err == ""
