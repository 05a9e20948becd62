"""An installation as an operator has it: a folder with a config.yaml, and the command run as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

COMMAND = str(Path(sys.executable).parent / "pactwatch")
DEADLINE = 120.0
CONFIG = """\
contact: someone@example.org
database: pactwatch.db
time_zone: UTC
network: {{allow: [127.0.0.0/8], delay: 0.01s, timeout: 20s}}
sources:
{sources}
searches: {{nk-engagers: {{query: '"NK cell engager"', to: [me]}}}}
recipients: {{me: {{email: someone@example.org, when: each-run}}}}
mail: {{host: 127.0.0.1, port: {port}, security: none, from: pactwatch@example.org}}
"""


class Installation:
    """One folder; `configure` writes its config.yaml, the rest runs `pactwatch` in it."""

    def __init__(self, folder: Path, port: int) -> None:
        """Take an empty folder and the port of the mail server."""
        self.folder = folder
        self.port = port

    def configure(self, sources: Mapping[str, str], extra: str = "") -> None:
        """Write a configuration with these sources (key: address) and further lines."""
        lines = "\n".join(f"  - {{key: {key}, name: {key}, url: '{url}'}}" for key, url in sources.items())
        (self.folder / "config.yaml").write_text(CONFIG.format(sources=lines, port=self.port) + extra, "utf-8")

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command and return at once."""
        return subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    @property
    def environment(self) -> dict[str, str]:
        """Return what the command runs in; the variable marks its processes and their children as ours."""
        return {**os.environ, "HOME": str(self.folder), "INSTALLATION_OF_THE_TEST": str(self.folder)}

    def run(self, *arguments: str, status: int | None = 0) -> str:
        """Run the command to its end and return what it printed on both streams; check its exit status."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=DEADLINE)
        assert status is None or process.returncode == status, f"exit status {process.returncode}:\n{out}\n{err}"
        return out + err

    def json(self, *arguments: str) -> Any:  # noqa: ANN401  # whatever JSON holds
        """Run a command that prints JSON and return what it printed."""
        process = self.start(*arguments, "--json")
        out, err = process.communicate(timeout=DEADLINE)
        assert process.returncode == 0, err
        return json.loads(out)

    def processes(self) -> list[int]:
        """Return the processes of this installation that are alive (a zombie is not)."""
        mark = f"INSTALLATION_OF_THE_TEST={self.folder}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                alive = (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
                ours = mark in (folder / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if alive and ours:
                found.append(int(folder.name))
        return found
