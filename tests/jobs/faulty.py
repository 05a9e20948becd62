"""Mail servers that each do one thing wrong, and what became of a digest there: the rows of docs/sending.md."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from digest.smtp import SmtpOutlet, SmtpSettings
from jobs.delivering import deliver
from jobs.writer import writer
from news.alert import Delivery
from tests.jobs.house import LICENCE, House
from tests.servers.smtp import HOST, PASSWORD, USER, Command, Mailbox, Security, mail_server

TABLE = Path(__file__).parents[2] / "docs" / "sending.md"
TIMEOUT, LIMIT = 0.3, 1.0
"""Seconds for an answer and for a conversation, in place of thirty and three hundred."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where to send, how, and what has arrived there so far."""

    port: int
    arrived: Callable[[], list[bytes]]
    security: Security = "none"
    password: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a server does wrong at first, and the server that does it."""

    does: str
    server: Callable[[], AbstractContextManager[Server]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a digest: the delivery after the first attempt, the copies by then, and those of a week later."""

    does: str
    first: Delivery
    last: Delivery
    copies: tuple[bytes, ...]
    later: tuple[bytes, ...]

    def row(self) -> str:
        """Return the outcome as a line of the table."""
        said = self.first.answer.replace(HOST, "mail.example")
        return f"| {self.does} | {self.first.state} | {_words(said)} | {self.got} |"

    @property
    def got(self) -> str:
        """What the recipient has, once the server works again."""
        if len(self.later) == 2:
            return "the digest twice, with one Message-ID"
        if len(self.later) == 1:
            return "the digest, at once" if self.copies else "the digest, once the server is well"
        return "nothing, until `digest resend`"


def faults(certificate: Path) -> list[Fault]:
    """Return all of them."""
    answers: list[tuple[str, Command, str]] = [
        ("takes the message (250)", "DATA", "250"),
        ("421 at EHLO", "EHLO", "421 4.3.2 shutting down"),
        ("451 to the sender", "MAIL", "451 4.3.0 later"),
        ("550 to the sender", "MAIL", "550 5.7.1 you may not send as that"),
        ("450 to the recipient", "RCPT", "450 4.2.0 greylisted"),
        ("550 to the recipient", "RCPT", "550 5.1.1 no such user"),
        ("554, it relays for nobody", "RCPT", "554 5.7.1 relay access denied"),
        ("452 to the message", "DATA", "452 4.3.1 disk full"),
        ("554 to the message", "DATA", "554 5.6.0 no thanks"),
        ("hangs up before DATA", "RCPT", ""),
        ("hangs up after DATA, and has the message", "DATA", ""),
    ]
    hangs: list[tuple[str, Command]] = [("hangs at EHLO", "EHLO"), ("hangs at RCPT", "RCPT")]
    return [
        *(Fault(does, _answering(command, words)) for does, command, words in answers),
        *(Fault(does, _hanging(command)) for does, command in hangs),
        Fault("hangs after DATA, and has the message", _hanging("DATA")),
        Fault("says nothing", lambda: _raw(lambda _: None)),
        Fault("sends a byte now and then, for ever", lambda: _raw(_trickle)),
        Fault("does not listen", _deaf),
        Fault("has no STARTTLS", lambda: _mailbox("starttls")),
        Fault("has a certificate that is not trusted", lambda: _mailbox("starttls", certificate)),
        Fault("wants a login that is another", lambda: _mailbox("none", certificate, "wrong-417")),
    ]


def suffer(house: House, fault: Fault) -> Outcome:
    """Send a digest to a server that does something wrong, then to one that works, and later once more."""
    house.hears(LICENCE)
    with fault.server() as server:
        send(house, server)
        (first,) = house.store.deliveries()
        copies = tuple(server.arrived())
    with mail_server() as well:
        for _ in range(14):
            house.later(hours=12)
            send(house, Server(well.port, lambda: well.raw))
        (last,) = house.store.deliveries()
        return Outcome(fault.does, first, last, copies, (*copies, *well.raw))


def send(house: House, server: Server) -> None:
    """Deliver what is due to a server."""
    user = USER if server.password else ""
    sender = house.outlet.sender
    given = SmtpSettings(HOST, server.port, server.security, sender, user, server.password, TIMEOUT, LIMIT)

    async def work() -> None:
        with writer() as write:
            await deliver(replace(house.pipeline, outlet=SmtpOutlet(given)), write, house.now, run_ends=True)

    asyncio.run(work())


def write(outcomes: Iterable[Outcome]) -> None:
    """Put what happened into the table in the documentation."""
    before, head, _ = TABLE.read_text("utf-8").partition("|---|---|---|---|\n")
    TABLE.write_text(before + head + "".join(outcome.row() + "\n" for outcome in outcomes), "utf-8")


def written() -> list[str]:
    """Return the lines of the table in the documentation."""
    return [line for line in TABLE.read_text("utf-8").splitlines() if line.startswith("|")][2:]


def _words(said: str) -> str:
    """Return an answer without the port, which is another with every run."""
    name, colon, rest = said.partition("mail.example:")
    return f"{name}mail.example{rest.lstrip('0123456789')}" if colon else said


@contextlib.contextmanager
def _answered(command: Command, words: str) -> Iterator[Server]:
    with mail_server() as mailbox:
        mailbox.answer(command, words)
        yield Server(mailbox.port, lambda: _taken(mailbox, command, words))


def _answering(command: Command, words: str) -> Callable[[], AbstractContextManager[Server]]:
    return lambda: _answered(command, words)


def _taken(mailbox: Mailbox, command: Command, words: str) -> list[bytes]:
    """Return what a server keeps: nothing of what it has said no to."""
    return [] if command == "DATA" and words[:1] in {"4", "5"} else mailbox.raw


@contextlib.contextmanager
def _stalling(command: Command) -> Iterator[Server]:
    with mail_server() as mailbox:
        mailbox.stall(command)
        yield Server(mailbox.port, lambda: mailbox.raw)


def _hanging(command: Command) -> Callable[[], AbstractContextManager[Server]]:
    return lambda: _stalling(command)


@contextlib.contextmanager
def _mailbox(
    security: Literal["none", "starttls"], certificate: Path | None = None, password: str = ""
) -> Iterator[Server]:
    spoken: Security = "starttls" if certificate is not None and security == "starttls" else "none"
    with mail_server(security=spoken, certificate=certificate) as mailbox:
        yield Server(mailbox.port, lambda: mailbox.raw, security, password or ("" if security == "none" else PASSWORD))


@contextlib.contextmanager
def _deaf() -> Iterator[Server]:
    with socket.create_server((HOST, 0)) as bound:
        port = bound.getsockname()[1]
    yield Server(port, list)


@contextlib.contextmanager
def _raw(talk: Callable[[socket.socket], None]) -> Iterator[Server]:
    """Give a server that takes connections and does nothing else, or says what it likes."""
    with socket.create_server((HOST, 0)) as bound:
        kept: list[socket.socket] = []

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = bound.accept()
                    kept.append(connection)
                    talk(connection)

        threading.Thread(target=listen, daemon=True).start()
        yield Server(bound.getsockname()[1], list)
        bound.shutdown(socket.SHUT_RDWR)
        for connection in kept:
            connection.close()


def _trickle(connection: socket.socket) -> None:
    """Send a byte of a greeting that never ends, often enough for every time-out of one answer."""
    pause = threading.Event()
    with contextlib.suppress(OSError):
        connection.sendall(b"220")
        while not pause.wait(TIMEOUT / 3):
            connection.sendall(b"-")
