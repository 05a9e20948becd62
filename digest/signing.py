"""DKIM (RFC 6376): sign a message with the key whose public half stands in the sender's domain."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

SMALLEST = 1024
"""Bits of a key that others still accept; 2048 are usual."""
_SIGNED = (
    b"from", b"to", b"subject", b"date", b"message-id", b"in-reply-to", b"references", b"list-id", b"list-unsubscribe",
    b"list-unsubscribe-post", b"auto-submitted", b"mime-version", b"content-type", b"content-transfer-encoding",
)  # fmt: skip
"""What is signed where a message has it: RFC 8058 asks for the two about unsubscribing. From is signed once more than
it is there, so that no second one can be put in front of it."""
_NAME = re.compile(rb"^([A-Za-z-]+):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for a domain with an RSA key in PEM; the public half stands at `selector`._domainkey.`domain`."""

    selector: str
    domain: str
    key: str = field(repr=False)

    def signed(self, message: bytes) -> bytes:
        """Return a message with a signature in front of it; all else of it stays byte by byte."""
        import dkim  # type: ignore[import-untyped]  # noqa: PLC0415  # it ships no types; most runs send nothing

        head = message.partition(b"\r\n\r\n")[0]
        there = {name.lower() for name in _NAME.findall(head)}
        names = [b"from", *(name for name in _SIGNED if name in there)]
        line: bytes = dkim.sign(
            message, self.selector.encode(), self.domain.encode(), _plain(self.key), include_headers=names
        )
        return line + message

    def record(self) -> str:
        """Return what stands in the domain as a TXT record; raises ValueError where the key is none."""
        public = _key(self.key).public_key()
        der = public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"

    @property
    def place(self) -> str:
        """The name at which the record stands."""
        return f"{self.selector}._domainkey.{self.domain}"


def check_key(pem: str) -> None:
    """Raise ValueError, in words that show nothing of it, where a text is no key to sign with."""
    _key(pem)


@lru_cache(maxsize=4)
def _key(pem: str) -> RSAPrivateKey:
    try:
        found = serialization.load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # `from None`: what a parser says may show some of it.
        raise ValueError("it is an RSA key in PEM without a passphrase (`openssl genrsa 2048`)") from None
    if not isinstance(found, RSAPrivateKey) or found.key_size < SMALLEST:
        raise ValueError(f"it is an RSA key of at least {SMALLEST} bits (`openssl genrsa 2048`)")
    return found


@lru_cache(maxsize=4)
def _plain(pem: str) -> bytes:
    """Return a key in the one form that the library reads."""
    form = serialization.PrivateFormat.TraditionalOpenSSL
    return _key(pem).private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
