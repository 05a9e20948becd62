"""An installation of pactwatch for a benchmark: its configuration, its database, hosts whose robots.txt is known."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from news.fetch import Host
from storage import Store

DATABASE = "bench.db"


def installed(folder: Path, config: str, hosts: Iterable[str]) -> list[str]:
    """Write the configuration, `config` with what all have in common, and the database; return the command that runs.

    Each of the `hosts` (address:port) is kept as one that has no robots.txt, so that nobody asks for it.
    """
    path = folder / "config.yaml"
    path.write_text(f"time_zone: UTC\ndatabase: {DATABASE}\nrun_limit: 60m\n{config}")
    command = str(Path(sys.executable).parent / "pactwatch")
    subprocess.run([command, "db", "upgrade", "--config", str(path)], check=True, stdout=subprocess.DEVNULL)
    with Store.open(str(folder / DATABASE)) as store:
        for host in hosts:
            store.remember_host(Host(host, None, b"", 404, datetime.now(UTC)))
    return [command, "run", "--now", "--config", str(path)]
