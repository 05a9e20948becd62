"""The command in this process: `pact` runs a verb in a folder of its own."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pactwatch.cli import main

Pact = Callable[..., Result]


@pytest.fixture
def pact(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pact]:
    """Give the command, in an empty folder with an empty home; what it does to the root logger is undone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    root = logging.getLogger()
    handlers, level = root.handlers, root.level

    def call(*arguments: str, status: int = 0, given: str | bytes | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=given)
        assert result.exit_code == status, result.output
        return result

    yield call
    root.handlers = handlers
    root.setLevel(level)
