"""A real mail server on a loopback address that does what a test tells it to.

It takes mail and keeps it; or answers a command with what it was given, stalls before the answer until it is
released, hangs up; it takes a login and speaks STARTTLS or TLS with a certificate of its own.

`python -m tests.servers.smtp --port 0 --store FOLDER --stall` runs it as a process: it says where it listens, saves
what comes in, and SIGUSR1 releases it.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import ipaddress
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "desk", "open-sesame-417"
Command = Literal["EHLO", "MAIL", "RCPT", "DATA"]
Security = Literal["none", "starttls", "tls"]


@dataclass(slots=True)
class Mailbox:
    """What arrived, in the order of arrival, and what the server at `port` does with the next command of a kind.

    `readers` are answers to RCPT for single addresses.
    """

    port: int
    store: Path | None = None
    raw: list[bytes] = field(default_factory=list)
    envelopes: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    answers: dict[Command, str] = field(default_factory=dict)
    readers: dict[str, str] = field(default_factory=dict)
    _stalls: Command | None = None
    _released: threading.Event = field(default_factory=threading.Event)

    @property
    def messages(self) -> list[EmailMessage]:
        """Return the messages that arrived whole, whatever was answered."""
        return [message_from_bytes(content, policy=policy.default) for content in self.raw]

    def answer(self, command: Command, words: str) -> None:
        """Answer a command with these words from now on: "451 4.3.0 later"; "" hangs up, "250" goes on as usual."""
        self.answers[command] = words

    def stall(self, before: Command = "DATA") -> None:
        """From now on hold back the answer to a command until released."""
        self._released.clear()
        self._stalls = before

    def release(self) -> None:
        """Let every answer go, now and from now on."""
        self._stalls = None
        self._released.set()

    async def _reply(self, server: SMTP, command: Command, usual: str) -> str:
        if self._stalls == command:
            await asyncio.get_running_loop().run_in_executor(None, self._released.wait)
        words = self.answers.get(command, "250")
        if not words and server.transport is not None:
            server.transport.close()
        return usual if words in {"", "250"} else words

    async def handle_EHLO(  # noqa: D102, N802  # aiosmtpd's hook
        self, server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        words = await self._reply(server, "EHLO", "")
        return [words] if words else responses

    async def handle_MAIL(  # noqa: D102, N802  # aiosmtpd's hook
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._reply(server, "MAIL", "250 2.1.0 sender ok")

    async def handle_RCPT(  # noqa: D102, N802  # aiosmtpd's hook
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        if address in self.readers:
            return self.readers[address]
        return await self._reply(server, "RCPT", "250 2.1.5 recipient ok")

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: D102, N802  # aiosmtpd's hook
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        self.envelopes.append((envelope.mail_from or "", tuple(envelope.rcpt_tos)))
        self.raw.append(content)
        if self.store is not None:
            (self.store / f"{len(self.raw):04}.eml").write_bytes(content)
        return await self._reply(server, "DATA", "250 2.0.0 taken as 4711")


class _Bound(Controller):
    """Listens on a socket that is bound already: aiosmtpd's own probe does not know what port 0 became."""

    def __init__(
        self, mailbox: Mailbox, bound: socket.socket, security: Security, tls: ssl.SSLContext | None, *, unicode: bool
    ) -> None:
        at_once = tls if security == "tls" else None
        super().__init__(mailbox, hostname=HOST, port=mailbox.port, ssl_context=at_once, enable_SMTPUTF8=unicode)
        self._bound = bound
        if tls is not None:
            self.SMTP_kwargs |= {"authenticator": _authenticate, "auth_require_tls": security == "starttls"}
        if security == "starttls":
            self.SMTP_kwargs["tls_context"] = tls

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._bound, ssl=self.ssl_context)


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@contextlib.contextmanager
def mail_server(
    *,
    port: int = 0,
    store: Path | None = None,
    security: Security = "none",
    certificate: Path | None = None,
    unicode: bool = False,
    kind: type[Mailbox] = Mailbox,
) -> Iterator[Mailbox]:
    """Give a mailbox whose server listens until the end; with a certificate it takes the login of USER too.

    `unicode` lets it take addresses outside ASCII; `kind` is what keeps and answers.
    """
    tls = None
    if certificate is not None:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate)
    with socket.create_server((HOST, port)) as bound:
        mailbox = kind(bound.getsockname()[1], store)
        controller = _Bound(mailbox, bound, security, tls, unicode=unicode)
        controller.start()
        try:
            yield mailbox
        finally:
            mailbox.release()
            controller.stop()


def self_signed(folder: Path) -> Path:
    """Return a file with a new key and a certificate for the loopback address that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a mail server of the tests")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + built.public_bytes(serialization.Encoding.PEM))
    return path


def main() -> None:
    """Run a server as a process until SIGTERM."""
    parser = argparse.ArgumentParser(description="A mail server for tests.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--stall", action="store_true", help="hold back the answer to DATA until SIGUSR1")
    options = parser.parse_args()
    options.store.mkdir(parents=True, exist_ok=True)
    # Blocked in all threads and waited for: a handler runs in the main thread only, which a signal need not wake.
    awaited = {signal.SIGTERM, signal.SIGUSR1}
    signal.pthread_sigmask(signal.SIG_BLOCK, awaited)
    with mail_server(port=options.port, store=options.store) as mailbox:
        if options.stall:
            mailbox.stall()
        sys.stdout.write(f"listening on {HOST}:{mailbox.port}\n")
        sys.stdout.flush()
        while signal.sigwait(awaited) == signal.SIGUSR1:
            mailbox.release()


if __name__ == "__main__":
    main()
