"""Digests through a mail server that fails now and then, sent by a process that is killed again and again.

`python -m tests.jobs.storm send FOLDER PORT SINCE` is that process: it composes and sends until nothing waits. Its
clock runs five thousand times as fast as that of the machine, so that waits of minutes and hours pass.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP

from crawler.settings import CrawlSettings
from digest.smtp import SmtpOutlet, SmtpSettings
from jobs.context import Pipeline, Settings
from jobs.delivering import deliver
from jobs.writer import writer
from news.alert import Recipient, Search, When
from storage import Store
from tests.jobs.house import LICENCE, NOW, House, lexicon
from tests.servers.smtp import HOST, Command, Mailbox, mail_server
from tests.stories.reports import parties

ROOT = Path(__file__).parents[2]
SPEED = 5000
PATIENCE = 6.0
"""Seconds that the sender waits for an answer: so long that a machine with much to do is not taken for a server that
hangs."""
FAULTS = 0.1
"""Of ten messages one meets a fault."""
SEARCH = '"NK cell engager"'
_LABEL = re.compile(r"\bD(\d+)\b")


@dataclass(frozen=True, slots=True)
class Storm:
    """What came of it: how many digests, deals and kills; copies of a message beyond the first; what went wrong."""

    digests: int
    deals: int
    kills: int
    faults: Counter[str]
    twice: int
    seconds: float
    wrong: tuple[str, ...]

    def __str__(self) -> str:
        """Say it in some lines."""
        faults = ", ".join(f"{number} x {name}" for name, number in sorted(self.faults.items()))
        window = self.faults["taken, hangs up"] + self.faults["taken, hangs"]
        return (
            f"{self.digests} digests with {self.deals} tellings of deals in {self.seconds:.0f} s\n"
            f"faults of the server: {faults}\n"
            f"kill -9 of the sender: {self.kills}\n"
            f"messages that came twice, with the same Message-ID and bytes: {self.twice}"
            f" (answers that were lost on the way: {window})\n"
            f"recipients who lack a deal or have one in two messages: {len(self.wrong)}"
        )


class Faulty(Mailbox):
    """A mailbox that does something wrong with one message of ten, at random."""

    __slots__ = ("_dice", "suffered", "well")

    def __init__(self, port: int, store: Path | None = None) -> None:
        """Begin with the same faults every time."""
        super().__init__(port, store)
        self.suffered: Counter[str] = Counter()
        self.well = False
        self._dice = random.Random(417)  # noqa: S311  # no secret: the same weather every time

    async def _reply(self, server: SMTP, command: Command, usual: str) -> str:
        if self.well or command == "EHLO" or self._dice.random() >= FAULTS / 3:
            return usual
        fault = self._dice.choice(["says 451", "hangs up", "hangs"])
        taken = command == "DATA" and fault != "says 451"
        self.suffered[f"taken, {fault}" if taken else f"{fault} before DATA" if command != "DATA" else fault] += 1
        if command == "DATA" and fault == "says 451":  # what is said no to is not kept
            self.raw.pop()
            self.envelopes.pop()
        if fault == "hangs":
            await _gone()
        elif fault == "hangs up" and server.transport is not None:
            server.transport.close()
        return "451 4.3.0 later" if fault == "says 451" else usual


async def _gone() -> None:
    """Wait until the sender has given up, or was killed: the server then cancels what it does for it."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(asyncio.Event().wait(), 60)


def storm(folder: Path, readers: int, rounds: int, deals: int, kills: int) -> Storm:
    """Send `readers` × `rounds` digests of so many new deals each; kill the sender so often in each round."""
    dice, begun, killed = random.Random(7), time.time(), 0  # noqa: S311  # no secret
    house = House(folder)
    people = [Recipient(f"r{n}", f"r{n}@desk.example", When("each-run")) for n in range(readers)]
    search = Search("nk", SEARCH, tuple(reader.key for reader in people))
    with house.store, _faulty() as mailbox:
        house.store.configure(house.store.sources(), [search], people, house.now)
        for reader in people:
            house.store.close_backlogs(house.store.open_backlogs(reader.key), ())
        told = 0
        for _ in range(rounds):
            for _ in range(deals):
                told += 1
                house.hears(replace(LICENCE, parties=parties(f"Zelkova{told} Bio", f"Harrow{told} Pharma"), assets=()))
            for _ in range(kills):
                killed += _killed(folder, mailbox.port, begun, dice.uniform(0.0, 1.5))
            with _sender(folder, mailbox.port, begun) as process:
                ended = process.wait(900)
                assert ended == 0, f"the sender ended with {ended}"
            house.now = NOW + (time.time() - begun) * timedelta(seconds=SPEED)
        known = {deal.id for deal in house.store.deals()}
        return _judged(mailbox, people, known, killed, time.time() - begun)


def _judged(mailbox: Faulty, people: list[Recipient], known: set[int], kills: int, took: float) -> Storm:
    """Hold what arrived against what was to be told."""
    copies: dict[str, list[bytes]] = defaultdict(list)
    for raw, message in zip(mailbox.raw, mailbox.messages, strict=True):
        copies[str(message["Message-ID"])].append(raw)
    found: dict[str, Counter[int]] = defaultdict(Counter)
    for message in {str(m["Message-ID"]): m for m in mailbox.messages}.values():
        found[str(message["To"])].update(_deals(message))
    wrong = [reader.key for reader in people if found[reader.email] != Counter(known)]
    wrong += [identity for identity, each in copies.items() if len(set(each)) > 1]
    twice = sum(len(each) - 1 for each in copies.values())
    return Storm(len(copies), sum(map(len, found.values())), kills, mailbox.suffered, twice, took, tuple(wrong))


def _deals(message: EmailMessage) -> set[int]:
    """Return the deals whose cards stand in a message, by their labels."""
    part = message.get_body(("plain",))
    return set() if part is None else {int(number) for number in _LABEL.findall(str(part.get_content()))}


@contextlib.contextmanager
def _faulty() -> Iterator[Faulty]:
    with mail_server(kind=Faulty) as mailbox:
        assert isinstance(mailbox, Faulty)
        yield mailbox


@contextlib.contextmanager
def _sender(folder: Path, port: int, begun: float) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.jobs.storm", "send", str(folder), str(port), str(begun)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        yield process


def _killed(folder: Path, port: int, begun: float, after: float) -> bool:
    """Let a sender begin, and kill it after some seconds; return whether it was still at work."""
    with _sender(folder, port, begun) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(after)
        at_work = process.poll() is None
        if at_work:
            os.kill(process.pid, signal.SIGKILL)
        return at_work


def send(folder: Path, port: int, begun: float) -> None:
    """Compose and send, as a run does, until nothing waits any more."""
    settings = SmtpSettings(HOST, port, "none", "pactwatch@example.org", timeout=PATIENCE, limit=2 * PATIENCE)

    def clock() -> datetime:
        return NOW + (time.time() - begun) * timedelta(seconds=SPEED)

    async def work(store: Store) -> None:
        known = Settings(CrawlSettings("me@example.org"))
        pipeline = Pipeline(store, lexicon, known, clock, SmtpOutlet(settings))
        with writer() as write:
            started = clock()
            await deliver(pipeline, write, started, run_ends=True)
            while store.unsent():
                await asyncio.sleep(0.05)
                await deliver(pipeline, write, started, run_ends=False)

    with Store.open(str(folder / "pactwatch.db")) as store, store.lock():
        store.release_leases()
        sys.stdout.write("begins\n")
        sys.stdout.flush()
        asyncio.run(work(store))


if __name__ == "__main__":
    send(Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
