"""Hand messages to an SMTP server: at least once, and with words that say what to do when it will not take them.

The only importer of smtplib. A message counts as sent after the server's 250 to its last line and not before; what the
server says afterwards (QUIT) changes nothing. Failures are of two kinds: those that trying again can mend, with or
without an operator's hand (no connection, time-outs, 4xx, a login or a certificate that is not accepted), and those
that concern this message or its recipient for good (5xx).
"""

from __future__ import annotations

import base64
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import HeaderParser
from email.policy import SMTP
from email.utils import formataddr, getaddresses, make_msgid, parseaddr
from typing import Any, Literal

from digest.compose import domain_of
from digest.signing import Signer
from news.alert import Delivery
from news.errors import DeliveryError

PATIENCE = 120.0
"""Seconds to wait for the answer to a whole message at least: a server that scans it takes its time, and giving up on
one that has taken it means a second copy (RFC 5321, 4.5.3.2.6, even asks for ten minutes)."""
LIMIT = 300.0
"""Seconds for a whole conversation: who sends a byte now and then never runs into the time-out of one answer."""
GOODBYE = 5.0
"""Seconds to wait for the answer to QUIT."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 120, 240, 480, 480, 720, 720))
"""Between two attempts: ten attempts in about two days, in which servers come back and operators mend things."""
_NAME = "[127.0.0.1]"
"""What we call ourselves in EHLO. The machine's own name is nobody's business, and looking it up may hang."""
_OPERATOR = re.compile(rb"relay|authenticat|log ?in|starttls", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """How to reach the mail server: `sender` is an address; without a username no login, without a signer no signature.

    `timeout` is for one answer and `limit` for a whole conversation, in seconds.
    """

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    limit: float = LIMIT
    signer: Signer | None = None


@dataclass(frozen=True, slots=True)
class _Envelope:
    to: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SmtpOutlet:
    """Sends deliveries over SMTP, one connection each."""

    settings: SmtpSettings

    @property
    def sender(self) -> str:
        """Return the address that messages come from."""
        return self.settings.sender

    def send(self, delivery: Delivery) -> str:
        """Send a message to the one address of its To header; return the server's answer; raises DeliveryError."""
        signer, message = self.settings.signer, delivery.message
        envelope = _Envelope(_recipient(message), message if signer is None else signer.signed(message))
        *_, (_, answer) = _conversation(self.settings, envelope)
        return answer


def backoff(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts (from 1) before the next; None: give up."""
    return WAITS[max(attempts, 1) - 1] if attempts <= len(WAITS) else None


def probe(settings: SmtpSettings, address: str, now: datetime) -> Iterator[str]:
    """Send a test message; yield each step with its answer as it comes; raises DeliveryError where it ends.

    No step is made before it is asked for: who stops after "MAIL FROM" has tried the login and the sender, and sent
    nothing.
    """
    to = parseaddr(address)[1]
    message = EmailMessage(policy=SMTP)
    message["From"] = formataddr(("pactwatch", parseaddr(settings.sender)[1]))
    message["To"] = to if to.isascii() else "undisclosed-recipients:;"
    message["Subject"] = "pactwatch: this is a test"
    message["Date"] = now.astimezone(UTC)
    message["Message-ID"] = make_msgid(domain=domain_of(settings.sender))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("This is the test that you asked pactwatch for. Digests will reach you the same way.\n")
    yield from map(": ".join, _conversation(settings, _Envelope(to, message.as_bytes())))


def _recipient(message: bytes) -> str:
    head = message.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    headers = HeaderParser(policy=SMTP).parsestr(head)
    found = [address for _, address in getaddresses([str(value) for value in headers.get_all("To", [])]) if address]
    if len(found) != 1:
        raise DeliveryError(f"a message goes to one address, this one names {len(found)}", temporary=False)
    return found[0]


def _conversation(settings: SmtpSettings, envelope: _Envelope) -> Iterator[tuple[str, str]]:
    """Hold a whole conversation; yield each step with its answer, the one to the message last; raises DeliveryError."""
    opened = False
    try:
        with closing(_Session(settings)) as session:
            yield from session.opened()
            opened = True
            yield from session.handed_over(envelope)
    except DeliveryError as error:
        error.server = error.server or not opened
        raise
    except (OSError, ValueError, smtplib.SMTPException) as error:
        # Nothing here names a recipient or a message, so it may work another time, if need be after a look at config.
        what = _explained(settings, error)
        words = f"mail server {settings.host}:{settings.port}: {what}"
        raise DeliveryError(words, temporary=True, server=not opened) from error


def _explained(settings: SmtpSettings, error: Exception) -> str:
    """Return what went wrong with a connection, and what to do."""
    again = "it is tried again, and if this goes on, check mail.host, mail.port and mail.security"
    if isinstance(error, ssl.SSLCertVerificationError):
        trust = "set SSL_CERT_FILE to the certificate of your own authority"
        said = f"its certificate is not trusted ({error.verify_message}); check mail.host, or {trust}"
    elif isinstance(error, ssl.SSLError):
        usual = "tls usually goes with port 465, starttls with port 587"
        said = f"no TLS there ({error.reason or error}); check mail.port and mail.security: {usual}"
    elif isinstance(error, smtplib.SMTPResponseException):
        said = f"{_words(settings, error.smtp_code, error.smtp_error)}; it is tried again"
    # smtplib reports a time-out while it reads as a disconnection.
    elif isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        said = f"no answer in time; {again}"
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        said = f"it hung up; {again}"
    elif isinstance(error, OSError) and not isinstance(error, smtplib.SMTPException):
        said = f"no connection ({error.strerror or error}); check mail.host, mail.port and that the server is up"
    else:
        said = f"{str(error).rstrip('.')}; check mail.port, mail.security and mail.username"
    return said


class _Limited(smtplib.SMTP):
    """A conversation that ends at its limit, whatever the server sends until then."""

    def __init__(self, settings: SmtpSettings, **more: ssl.SSLContext) -> None:
        self._limit, self._late = settings.limit, False
        self._watch: threading.Timer | None = None
        reach: dict[str, Any] = {"local_hostname": _NAME, "timeout": settings.timeout, **more}
        super().__init__(settings.host, settings.port, **reach)

    def getreply(self) -> tuple[int, bytes]:
        """Return an answer; with the first one that is waited for the time begins to run."""
        if self._watch is None:
            self._watch = threading.Timer(self._limit, self._cut)
            self._watch.daemon = True
            self._watch.start()
        try:
            answer = super().getreply()
        except (OSError, smtplib.SMTPException) as error:
            if self._late:
                raise TimeoutError from error
            raise
        if self._late:  # what came before the end is no whole answer
            self.close()
            raise TimeoutError
        return answer

    def close(self) -> None:
        """Close the connection."""
        if self._watch is not None:
            self._watch.cancel()
        super().close()

    def _cut(self) -> None:
        self._late = True
        if self.sock is not None:
            with suppress(OSError):
                # Not that of TLS, which is not made for two threads: whoever reads finds the connection closed.
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _LimitedTls(_Limited, smtplib.SMTP_SSL):
    """The same, with TLS from the first byte."""


class _Session:
    """One connection to the server."""

    def __init__(self, settings: SmtpSettings) -> None:
        self._settings = settings
        if settings.security == "tls":
            self._smtp: _Limited = _LimitedTls(settings, context=ssl.create_default_context())
        else:
            self._smtp = _Limited(settings)

    def close(self) -> None:
        """Say goodbye, briefly; a message that was taken is taken whatever comes of it."""
        with suppress(OSError, smtplib.SMTPException):
            self._wait(GOODBYE)
            self._smtp.quit()
        self._smtp.close()

    def opened(self) -> Iterator[tuple[str, str]]:
        """Greet, turn TLS on, log in; every answer is looked at before the next step is made."""
        smtp, settings = self._smtp, self._settings
        yield "connected", f"{settings.host}:{settings.port}{', TLS' if settings.security == 'tls' else ''}"
        yield "EHLO", self._check(*smtp.ehlo())
        if settings.security == "starttls":
            yield "STARTTLS", self._check(*smtp.starttls(context=ssl.create_default_context()))
            yield "EHLO", self._check(*smtp.ehlo())
        if isinstance(smtp.sock, ssl.SSLSocket):
            yield "TLS", _tls(smtp.sock)
        if settings.username:
            yield "AUTH", self._login()

    def handed_over(self, envelope: _Envelope) -> Iterator[tuple[str, str]]:
        """Hand the message over; its 250 comes last."""
        sender, to = parseaddr(self._settings.sender)[1], envelope.to
        if not to.isascii() and not self._smtp.has_extn("smtputf8"):
            words = (
                f"{to!r} is not in ASCII and mail server {self._settings.host} has no SMTPUTF8; name another address"
            )
            raise DeliveryError(words, temporary=False)
        answer = self._smtp.mail(sender, () if to.isascii() else ("SMTPUTF8", "BODY=8BITMIME"))
        yield f"MAIL FROM:<{sender}>", self._check(*answer, about=f"the sender {sender}", mend="mail.from")
        yield f"RCPT TO:<{to}>", self._check(*self._smtp.rcpt(to), about=f"the recipient {to}")
        self._wait(max(PATIENCE, self._settings.timeout))
        yield "message", self._data(envelope.content)

    def _wait(self, seconds: float) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _login(self) -> str:
        try:
            code, words = self._smtp.login(self._settings.username, self._settings.password)
        except smtplib.SMTPAuthenticationError as error:
            said = _words(self._settings, error.smtp_code, error.smtp_error)
            raise DeliveryError(
                f"mail server {self._settings.host} does not accept the login of {self._settings.username} ({said});"
                " check mail.username and the password",
                temporary=True,
            ) from error
        except UnicodeEncodeError:
            # `from None`: the error carries the password.
            raise DeliveryError(
                f"the login of {self._settings.username} holds characters outside ASCII, on which mail servers do not"
                " agree; choose another password",
                temporary=True,
            ) from None
        return _words(self._settings, code, words)

    def _data(self, content: bytes) -> str:
        try:
            code, words = self._smtp.data(content)
        except smtplib.SMTPDataError as error:
            return self._check(error.smtp_code, error.smtp_error, about="the message")
        return self._check(code, words, about="the message")

    def _check(self, code: int, answer: bytes | str, *, about: str = "", mend: str = "") -> str:
        """Return a 2xx answer in words; raises DeliveryError for any other.

        What is refused for good concerns a recipient or a message. A server that refuses before it knows either, or
        because it wants a login first, is an operator's matter and is asked again.
        """
        said = _words(self._settings, code, answer)
        if 200 <= code < 300:
            return said
        where = f"mail server {self._settings.host}"
        if 400 <= code < 500 or code == -1:
            words = f"{where} put off {about or 'the connection'} ({said}); it is tried again"
            raise DeliveryError(words, temporary=True, server=code == 421)
        raw = answer if isinstance(answer, bytes) else answer.encode()
        if about and not mend and code not in {530, 535, 538} and not _OPERATOR.search(raw):
            raise DeliveryError(f"{where} refused {about} ({said}); check the address", temporary=False)
        keys = mend or "mail.username, mail.security and mail.port"
        raise DeliveryError(f"{where} refused {about or 'the connection'} ({said}); check {keys}", temporary=True)


def _tls(connection: ssl.SSLSocket) -> str:
    """Return what protects a connection, and until when its certificate is valid."""
    until = (connection.getpeercert() or {}).get("notAfter")
    return f"{connection.version()}, its certificate is valid until {until}"


def _words(settings: SmtpSettings, code: int, words: bytes | str) -> str:
    """Return an answer on one line, without a password that a server may have echoed."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if secret := settings.password:
        plain = base64.b64encode(f"\0{settings.username}\0{secret}".encode()).decode()
        for form in (plain, base64.b64encode(secret.encode()).decode(), secret):
            text = text.replace(form, "***")
    return " ".join(f"{code} {text}".split())
