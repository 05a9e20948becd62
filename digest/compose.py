"""Compose a digest into the frozen bytes of one message: MIME, CRLF, 7-bit clean, the same bytes for the same digest.

The headers are written here one by one, because what they hold is confidential or comes from outside: a recipient's
address stands in To, which nobody else gets; searches and recipients' names stand in none; a title from a feed stands
in Subject only, encoded so that no character of it can end the line.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from digest.plain import text_of
from digest.render import page_of
from digest.showing import view
from digest.wording import clean
from lexicon.rates import Source as RatesSource
from news.alert import Digest

_POLICY = SMTP.clone(cte_type="7bit")
_NO_DOMAIN = re.compile(r"[^a-z0-9.-]+")
_IDENTITY = re.compile(r"<[!-;=?-~]+>")


@dataclass(frozen=True, slots=True)
class Message:
    """A composed message: its subject in words, and its bytes as they will be sent."""

    subject: str
    content: bytes


def compose(digest: Digest, sender: str, identity: str, rates: RatesSource) -> Message:
    """Return the message of a digest; `sender` is an address, `identity` the Message-ID with its angle brackets.

    `rates` gives the exchange rates; it is asked only where a card has a sum in another currency than US dollars.
    """
    shown = view(digest, rates)
    headers = [
        ("From", _address(sender, "pactwatch")),
        ("To", _address(digest.recipient.email)),
        ("Subject", _words("Subject", shown.subject)),
        ("Date", format_datetime(digest.composed_at.astimezone(UTC))),
        ("Message-ID", _identity(identity)),
        ("In-Reply-To", _identity(digest.in_reply_to or "")),
        ("References", _identity(digest.in_reply_to or "")),
        ("List-Id", f"<pactwatch.{domain_of(sender)}>"),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    body = _body(text_of(shown), page_of(shown), clean(identity))
    return Message(shown.subject, head.encode("ascii") + body)


def message_id(secret: bytes, recipient: str, kind: str, window_start: datetime, domain: str) -> str:
    """Return the Message-ID of a delivery: the same for the same delivery, and no name can be read out of it."""
    key = "\0".join((recipient, kind, window_start.astimezone(UTC).isoformat()))
    digest = hmac.new(secret, key.encode("utf-8", "backslashreplace"), hashlib.sha256).hexdigest()
    return f"<{digest[:40]}@{_domain(domain)}>"


def domain_of(sender: str) -> str:
    """Return the domain of a sender's address in ASCII, "localhost" where it has none."""
    return _domain(parseaddr(sender)[1].rpartition("@")[2])


def _domain(name: str) -> str:
    try:
        name = name.encode("idna").decode()
    except UnicodeError:
        name = ""
    return _NO_DOMAIN.sub("", name.lower()).strip(".-") or "localhost"


def _address(text: str, name: str = "") -> str:
    """Return an address as a header holds it: one, its domain in ASCII, and nothing that could end the line."""
    given, address = parseaddr(clean(text))
    user, _, domain = (address or clean(text)).rpartition("@")
    plain = f"{user}@{_domain(domain)}" if user else domain
    plain = plain.encode("ascii", "backslashreplace").decode()
    return formataddr((given or name, plain)) if given or name else plain


def _words(name: str, text: str) -> str:
    """Return words as a header holds them (RFC 2047), folded."""
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    return Header(text, charset, header_name=name).encode(linesep="\r\n")


def _identity(text: str) -> str:
    found = _IDENTITY.search(text)
    return found[0] if found else ""


def _body(text: str, page: str, identity: str) -> bytes:
    """Return the MIME headers and the two parts; the boundary follows from the Message-ID, so that bytes repeat."""
    message = EmailMessage(policy=_POLICY)
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    message.set_boundary(f"=_{hashlib.sha256(identity.encode()).hexdigest()[:32]}")
    return message.as_bytes(policy=_POLICY)
