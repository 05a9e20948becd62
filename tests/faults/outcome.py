"""What a run made of the newsroom, read from its database, and the table of it in docs/faults.md."""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import connect

from news.article import Feed
from storage import Store
from tests.acceptance.installation import COMMAND, Installation
from tests.faults.newsroom import Fault, Newsroom

TABLE = Path(__file__).parents[2] / "docs" / "faults.md"
TIMEOUT = 6.0
DELAY = 0.05
_REMARKED = re.compile(r"info ([\w-]+): .*; remarked: (.+)")
_CONFIG = """\
contact: someone@example.org
time_zone: UTC
network: {{allow: [127.1.0.0/16], delay: {delay}s, timeout: {timeout}s}}
sources:
{sources}
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that is over: exit status, what it printed, its memory in MiB, and from when to when it went on."""

    status: int
    printed: str
    memory: float
    began: float
    ended: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger holds of an entry."""

    guid: str
    link: str
    title: str
    decision: str
    reason: str


def configure(installed: Installation, room: Newsroom, keys: Iterable[str]) -> None:
    """Let an installation watch some of the newsroom's hosts, and nothing but the newsroom's network be open."""
    lines = "\n".join(f"  - {{key: {key}, name: {key}, url: '{room.sources[key]}'}}" for key in keys)
    text = _CONFIG.format(delay=DELAY, timeout=TIMEOUT, sources=lines)
    (installed.folder / "config.yaml").write_text(text, "utf-8")


def run(installed: Installation, *arguments: str, command: Sequence[str] = (COMMAND, "run")) -> Ended:
    """Do one `pactwatch run` to its end."""
    began, printed = time.monotonic(), installed.folder / "printed.txt"
    with printed.open("wb") as file:
        process = subprocess.Popen(
            [*command, *arguments], cwd=installed.folder, env=installed.environment, stdout=file, stderr=file
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Ended(process.returncode, printed.read_text("utf-8"), usage.ru_maxrss / 1024, began, time.monotonic())


def feeds(installed: Installation) -> dict[str, Feed]:
    """Return the state of each source."""
    with Store.open(str(installed.folder / "pactwatch.db")) as store:
        return {feed.source: feed for feed in store.feeds()}


def entries(installed: Installation, source: str) -> list[Entry]:
    """Return what the ledger holds of a source."""
    question = "SELECT guid, link, title, decision, reason FROM entries WHERE source = ? ORDER BY id"
    with closing(connect(installed.folder / "pactwatch.db")) as database:
        return [Entry(*row) for row in database.execute(question, (source,))]


def remarks(*printed: str) -> dict[str, str]:
    """Return what logs remark on each source, the last one where there are several."""
    return {name: words for text in printed for name, words in _REMARKED.findall(text)}


def rows(installed: Installation, faults: Iterable[Fault], *printed: str) -> list[str]:
    """Return the lines of the table for some faults, as runs that printed this recorded them."""
    states, remarked, lines = feeds(installed), remarks(*printed), []
    for fault in faults:
        state, found = states[fault.key], entries(installed, fault.key)
        reasons = sorted(
            {f"`{entry.reason.partition(':')[0]}`, its pages" for entry in found if entry.decision == "failed"}
        )
        name = f"`{state.fault.name}`" if state.fault else ", ".join(reasons)
        name = name or (f"`{remarked[fault.key]}`, a remark" if fault.key in remarked else "nothing")
        lines.append(f"| {fault.does} | {name} | {len(found)} | {_again(state)} |")
    return lines


def written() -> list[str]:
    """Return the lines of the table in the documentation."""
    return [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("|")][2:]


def write(lines: Iterable[str]) -> None:
    """Put these lines into the table in the documentation."""
    before, head, _ = TABLE.read_text("utf-8").partition("|---|---|---|---|\n")
    TABLE.write_text(before + head + "\n".join(lines) + "\n", "utf-8")


def _again(feed: Feed) -> str:
    if feed.retired:
        return "never"
    if feed.not_before is not None:
        return "when it said"
    return "later and later" if feed.fault else "as usual"
