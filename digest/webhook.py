"""A signed webhook, as the Standard Webhooks specification has it: a digest as JSON, posted to an address.

Three headers come with it: `webhook-id` (the same at every attempt: who has taken it once passes over it the next
time), `webhook-timestamp` (seconds since 1970, of this attempt: who refuses what is older than five minutes cannot be
sent it again by somebody who listened), and `webhook-signature`: "v1," and the base64 of the HMAC-SHA256 of
"id.timestamp.body". The address is the operator's own choice and may be a private one; a redirect is not followed,
because the signature would go along.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from digest.compose import Message
from digest.payload import payload
from digest.subject import subject
from digest.wording import shorten
from lexicon.rates import Source as RatesSource
from news.alert import Delivery, Digest
from news.errors import DeliveryError

SCHEME = "whsec_"
"""What a key begins with, before its base64."""
KEY_BYTES = range(24, 65)
DEADLINE = 60.0
"""Seconds that a whole request may take, however slowly the other side speaks."""
_FOR_GOOD = {400, 410, 413, 415, 422}
"""Answers that concern this message, or say that the address takes none any more; all others are tried again."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a recipient's digests are posted, and the key that signs them; neither is ever shown."""

    url: str = field(repr=False)
    key: bytes = field(repr=False)

    @property
    def host(self) -> str:
        """The part of the address that may be shown: the rest often is a secret too."""
        return urlsplit(self.url).hostname or "?"


def key_of(text: str) -> bytes:
    """Return the key that "whsec_…" stands for; ValueError says what is allowed, without what was given."""
    try:
        key = base64.b64decode(text.removeprefix(SCHEME), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not text.startswith(SCHEME) or len(key) not in KEY_BYTES:
        raise ValueError(f"it is {SCHEME} and the base64 of {KEY_BYTES.start} to {KEY_BYTES.stop - 1} random bytes")
    return key


def signature(key: bytes, identity: str, timestamp: int, body: bytes) -> str:
    """Return what stands in `webhook-signature`."""
    made = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Posts deliveries to the endpoints of their recipients; `timeout` and `deadline` are in seconds."""

    endpoints: Mapping[str, Endpoint]
    rates: RatesSource
    clock: Callable[[], datetime]
    timeout: float = 30.0
    deadline: float = DEADLINE

    def compose(self, digest: Digest, identity: str) -> Message:
        """Return the JSON of a digest."""
        return Message(subject(digest, self.rates), payload(digest, _bare(identity), self.rates))

    def send(self, delivery: Delivery) -> str:
        """Post a message and return the answer; raises DeliveryError."""
        endpoint = self.endpoints.get(delivery.recipient)
        if endpoint is None:
            said = f"{delivery.recipient} has no webhook any more; this message was made for one"
            raise DeliveryError(said, temporary=False)
        identity, timestamp = _bare(delivery.message_id), int(self.clock().timestamp())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "pactwatch",
            "webhook-id": identity,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(endpoint.key, identity, timestamp, delivery.message),
        }
        try:
            status, reason = _post(endpoint.url, headers, delivery.message, self.timeout, self.deadline)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise DeliveryError(f"the webhook at {endpoint.host}: {_explained(error)}", temporary=True) from error
        return _answer(endpoint, status, reason)


def _bare(identity: str) -> str:
    """Return a Message-ID without what only mail wants."""
    return identity.strip("<>").partition("@")[0]


def _post(url: str, headers: Mapping[str, str], body: bytes, timeout: float, deadline: float) -> tuple[int, str]:
    """Post a body and return the status and reason of the answer; raises OSError, HTTPException or ValueError."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    with closing(kind(parts.hostname or "", parts.port, timeout=timeout)) as connection:
        connection.connect()  # has time-outs of its own; the deadline is for whoever speaks, slowly
        late = threading.Event()
        end = threading.Timer(deadline, _hang_up, [connection.sock, late])
        end.daemon = True
        end.start()
        try:
            connection.request("POST", target, body, dict(headers))
            answer = connection.getresponse()
            return answer.status, shorten(answer.reason, 80)
        except (OSError, http.client.HTTPException, ValueError) as error:
            if late.is_set():
                raise TimeoutError from error
            raise
        finally:
            end.cancel()


def _hang_up(connection: socket.socket, late: threading.Event) -> None:
    """End a connection from another thread; whoever waits on it hears of it."""
    late.set()
    with suppress(OSError):
        # Not that of TLS, which is not made for two threads: whoever reads finds the connection closed.
        socket.socket.shutdown(connection, socket.SHUT_RDWR)


def _answer(endpoint: Endpoint, status: int, reason: str) -> str:
    said = f"{status} {reason}".strip()
    if 200 <= status < 300:
        return said
    where = f"the webhook at {endpoint.host}"
    if 300 <= status < 400:
        advice = "a redirect is not followed; configure the address that it leads to"
        raise DeliveryError(f"{where} answers {said}; {advice}", temporary=True)
    if status in _FOR_GOOD:
        raise DeliveryError(f"{where} refused the message ({said})", temporary=False)
    advice = "it is tried again, and if this goes on, check its address and its key"
    raise DeliveryError(f"{where} did not take the message ({said}); {advice}", temporary=True)


def _explained(error: Exception) -> str:
    """Return what went wrong with a connection; an address that an error might carry is not repeated."""
    again = "it is tried again"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted ({error.verify_message}); check its address"
    if isinstance(error, ssl.SSLError):
        return f"no TLS there ({error.reason or 'it speaks something else'}); check its address"
    if isinstance(error, TimeoutError):
        return f"no answer in time; {again}"
    if isinstance(error, http.client.HTTPException | ConnectionError):
        return f"no answer that is HTTP, or it hung up ({type(error).__name__}); {again}"
    if isinstance(error, OSError):
        return f"no connection ({error.strerror or type(error).__name__}); {again}"
    return "its address cannot be asked; check it"
