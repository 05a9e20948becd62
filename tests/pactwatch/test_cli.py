from __future__ import annotations

import fcntl
import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from news import errors
from pactwatch.cli import VERBS, status_of
from tests.pactwatch.conftest import Pact

ROOT = Path(__file__).parents[2]
COMMAND = str(Path(sys.executable).parent / "pactwatch")


def all_verbs() -> list[tuple[str, click.Command]]:
    """Return every verb with its words, those of groups among them."""
    found = []
    for verb in VERBS:
        command = importlib.import_module(f"pactwatch.commands.{verb}").command
        found.append((verb, command))
        if isinstance(command, click.Group):
            found += [(f"{verb} {name}", inner) for name, inner in command.commands.items()]
    return found


def test_every_verb_has_help_and_stands_in_the_operations_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()

    assert [name for name, command in all_verbs() if not command.help] == []
    assert [name for name, _ in all_verbs() if f"pactwatch {name}" not in page] == []


def test_every_option_has_help_and_stands_in_the_operations_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    options = [(name, o) for name, verb in all_verbs() for o in verb.params if isinstance(o, click.Option)]

    assert [(name, option.name) for name, option in options if not option.help] == []
    assert [(name, option.opts) for name, option in options if f"`{option.opts[0]}" not in page] == []


def test_help_lists_the_verbs_that_there_are_and_no_other(pact: Pact) -> None:
    modules = {path.stem for path in (ROOT / "pactwatch" / "commands").glob("*.py")} - {"__init__"}
    listed = pact("--help").output.split("Commands:")[1]

    assert set(VERBS) == modules
    assert [line.split()[0] for line in listed.splitlines() if line[2:3].isalpha()] == list(VERBS)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.ConfigurationError("config.yaml", ()), 2),
        (errors.QuerySyntaxError("a", 0, "no"), 2),
        (errors.AddressError("no"), 2),
        (errors.AnotherRunError("another"), 75),
        (errors.StorageError("no"), 1),
    ],
)
def test_errors_have_their_exit_status(error: errors.PactwatchError, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize("arguments", [["runn"], ["run", "--nope"], ["deals"], ["read", "no-such-file"]])
def test_wrong_usage_is_exit_status_2(pact: Pact, arguments: list[str]) -> None:
    assert "Error" in pact(*arguments, status=2).stderr or "Usage" in pact(*arguments, status=2).output


def test_no_configuration_says_how_to_get_one(pact: Pact) -> None:
    said = pact("status", status=2).stderr

    assert "pactwatch init" in said
    assert "Traceback" not in said


def test_a_database_that_cannot_be_opened_is_one_clear_line(pact: Pact) -> None:
    Path("config.yaml").write_text("database: /nowhere/at/all.db\n")

    said = pact("db", "upgrade", status=1).stderr

    assert said == "pactwatch: database: the folder /nowhere/at does not exist; create it or name another\n"


def in_process(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HOME": str(folder)}
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=folder,
        env=environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_run_without_a_contact_names_the_line_to_add(tmp_path: Path) -> None:
    in_process(tmp_path, "init")

    done = in_process(tmp_path, "run")

    assert done.returncode == 2
    assert "`contact: you@example.org`" in done.stderr
    assert not (tmp_path / "pactwatch.db").exists()


def test_a_run_beside_another_is_75_and_says_so_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("contact: me@example.org\n")
    with (tmp_path / "pactwatch.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)

        done = in_process(tmp_path, "run")

    assert done.returncode == 75
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert "another run is at work" in line
    assert "nothing done" in line


def test_a_quiet_run_with_nothing_to_do_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("contact: me@example.org\n")

    done = in_process(tmp_path, "run", "--quiet")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("verb", ["--help", "read"])
def test_help_and_read_start_without_the_heavy_libraries(tmp_path: Path, verb: str) -> None:
    program = (
        "import sys\nsys.argv = ['pactwatch', sys.argv[1]]\nfrom pactwatch.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({'scrapy', 'sqlalchemy', 'twisted', 'rich', 'jobs', 'storage'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, verb], input="", capture_output=True, text=True, cwd=tmp_path, check=True
    )

    assert done.stdout.splitlines()[-1] == "[]"
