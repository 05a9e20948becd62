"""A real mail server on a loopback address that keeps what it is sent: where the demo's digests arrive."""

from __future__ import annotations

import contextlib
import socket
from asyncio import AbstractServer
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_HOST = "127.0.0.1"


@dataclass(slots=True)
class Mailbox:
    """What arrived, by address, in the order of arrival; `port` is where the server listens."""

    port: int
    mails: dict[str, list[EmailMessage]] = field(default_factory=dict)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: ARG002, N802  # aiosmtpd's hook
        """Take a message in."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        for address in envelope.rcpt_tos:
            mail = message_from_bytes(content, policy=policy.default)
            self.mails.setdefault(address, []).append(mail)
        return "250 2.0.0 It is in the box"


class _Bound(Controller):
    """Listens on a socket that is bound already: aiosmtpd's own probe does not know what port 0 became."""

    def __init__(self, mailbox: Mailbox, bound: socket.socket) -> None:
        super().__init__(mailbox, hostname=_HOST, port=mailbox.port)
        self._bound = bound

    def _create_server(self) -> Awaitable[AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._bound)


@contextlib.contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Give a mailbox whose server listens until the end."""
    with socket.create_server((_HOST, 0)) as bound:
        mailbox = Mailbox(bound.getsockname()[1])
        controller = _Bound(mailbox, bound)
        controller.start()
        try:
            yield mailbox
        finally:
            controller.stop()
