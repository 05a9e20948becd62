"""What polling costs, against lemon24/reader, a loop of feedparser and a bare Scrapy crawl, in one run.

    make bench-polling

A thousand feeds of 35 items on hosts of their own (benchmarks/feedserver.py), 79 % with a validator. Three rounds:
cold, one new item in each feed, nothing new. Each poller runs in a process of its own and is measured from its start
to its end, workers included: CPU (user and system), wall, and the most memory that it and its children held at one
time (proportional set size, looked at ten times a second). All get the same answers, one poller after the other.

pactwatch is `pactwatch run --now` with a configuration of its own: the smallest delay, the server's network allowed,
and every robots.txt already in the database, as it is for a day after it was fetched. It fetches no page, because the
items are old news to it (`first_fetch: 0`); reader fetches none either. The last round runs twice, the better counts.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.feedserver import address
from benchmarks.installed import installed

ROUNDS = ("cold", "one new", "nothing new")
OTHERS = ("reader", "loop", "scrapy")
_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall in seconds, memory in MB, requests as the server counted them."""

    cpu: float
    wall: float
    memory: float
    asked: int
    unchanged: int


def main(count: int) -> None:
    """Run all rounds of all pollers and print the tables."""
    with tempfile.TemporaryDirectory(prefix="bench-polling-") as name, _serving(count) as port:
        folder = Path(name)
        (folder / "urls.txt").write_text("".join(f"http://{address(n)}:{port}/feed\n" for n in range(count)))
        pollers = {"pactwatch": _ours(folder, count, port), **_others(folder)}
        costs = {who: [] for who in pollers}  # type: dict[str, list[Cost]]
        for newer, title in enumerate(ROUNDS):
            _asked(port, "PUT", f"/round/{min(newer, 1)}")
            for who, command in pollers.items():
                tries = [_cost(command, port) for _ in range(2 if title == "nothing new" else 1)]
                costs[who].append(min(tries, key=lambda cost: cost.cpu))
                print(f"{title}: {who} done", file=sys.stderr)
        _tell(costs, count)


@contextlib.contextmanager
def _serving(count: int) -> Iterator[int]:
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks.feedserver", str(count)], stdout=subprocess.PIPE
    ) as server:
        try:
            assert server.stdout is not None
            yield int(server.stdout.readline())
        finally:
            server.terminate()


def _ours(folder: Path, count: int, port: int) -> list[str]:
    """Set up an installation whose robots.txt are known; return the command that polls all of its feeds."""
    sources = "\n".join(f'  - {{key: s{n}, url: "http://{address(n)}:{port}/feed"}}' for n in range(count))
    config = (
        "contact: bench@polling.example\nfirst_fetch: 0\nlog: {level: warning}\n"
        "searches:\nrecipients:\nnetwork: {allow: [127.1.0.0/16], delay: 0.01s}\n"
        f"sources:\n{sources}\n"
    )
    return installed(folder, config, (f"{address(number)}:{port}" for number in range(count)))


def _others(folder: Path) -> dict[str, list[str]]:
    """Return the commands of the others; reader is installed into an environment beside their data."""
    script = str(_HERE / "pollers.py")
    found = {who: [sys.executable, script, who, str(folder)] for who in OTHERS}
    kept = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "pactwatch-bench" / "reader"
    python = kept / "bin" / "python"
    try:
        if not (kept / "ready").exists():
            venv.create(kept, with_pip=True, clear=True)
            subprocess.run([str(python), "-m", "pip", "-q", "install", "reader", "sgmllib3k"], check=True)
            (kept / "ready").touch()
        subprocess.run([str(python), *found["reader"][1:]], check=True)
        found["reader"][0] = str(python)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"lemon24/reader cannot be installed here ({error}); the others go on without it", file=sys.stderr)
        del found["reader"]
    return found


def _cost(command: list[str], port: int) -> Cost:
    """Run a command to its end and return what it cost."""
    _asked(port, "GET", "/count")
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most, ended = 0.0, 0
    while not ended:
        most = max(most, sum(map(_memory, _tree(process.pid))))
        time.sleep(0.1)
        ended, status, usage = os.wait4(process.pid, os.WNOHANG)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command} ended with {process.returncode}")
    counted = json.loads(_asked(port, "GET", "/count"))
    if counted["other"]:
        raise SystemExit(f"{command} asked for {counted['other']} things that are no feeds")
    return Cost(usage.ru_utime + usage.ru_stime, wall, most, counted["asked"], counted["unchanged"])


def _tree(pid: int) -> Iterator[int]:
    yield pid
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _memory(pid: int) -> float:
    """Return a process's proportional set size in MB; one that has ended holds nothing."""
    with contextlib.suppress(OSError):
        found = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0
    return 0.0


def _asked(port: int, method: str, path: str) -> bytes:
    request = urllib.request.Request(f"http://127.1.0.1:{port}{path}", method=method)
    with urllib.request.urlopen(request, timeout=120) as answer:  # noqa: S310  # an address of our own server
        body: bytes = answer.read()
    return body


def _tell(costs: dict[str, list[Cost]], count: int) -> None:
    """Print what everybody spent, and how that compares with the goals."""
    print(f"{count} feeds, whole process and its children\n")
    print(f"{'':<14}" + "".join(f"{title:>34}" for title in ROUNDS))
    print(f"{'':<14}" + f"{'CPU s':>8}{'wall s':>8}{'MB':>6}{'200s':>6}{'304s':>6}" * len(ROUNDS))
    for who, rows in costs.items():
        cells = (f"{c.cpu:>8.1f}{c.wall:>8.1f}{c.memory:>6.0f}{c.asked - c.unchanged:>6}{c.unchanged:>6}" for c in rows)
        print(f"{who:<14}" + "".join(cells))
    ours, bare = costs["pactwatch"], costs["scrapy"]
    print(f"\n{'':<44}{'goal':>8}{'is':>8}")
    if "reader" in costs:
        for goal, title, mine, theirs in zip((1 / 3, 1 / 4, 0.6), ROUNDS, ours, costs["reader"], strict=True):
            _line(f"{title}: CPU to reader's", goal, mine.cpu / theirs.cpu)
        most = [max(cost.memory for cost in rows) for rows in (ours, costs["reader"])]
        _line("most memory to reader's", 3, most[0] / most[1])
    _line("nothing new: ms a feed beyond bare Scrapy", 1.5, (ours[2].cpu - bare[2].cpu) / count * 1000)
    for title, mine, theirs in zip(ROUNDS, ours, costs["loop"], strict=True):
        print(f"{f'{title}: CPU to the feedparser loop':<44}{'':>8}{mine.cpu / theirs.cpu:>8.2f}")


def _line(words: str, goal: float, found: float) -> None:
    print(f"{words:<44}{goal:>8.2f}{found:>8.2f}  {'reached' if found <= goal else 'missed'}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Measure polling against others.")
    arguments.add_argument("feeds", type=int, nargs="?", default=1000, help="How many feeds are served.")
    main(arguments.parse_args().feeds)
