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

from digest.showing import view
from digest.wording import clean
from lexicon.rates import Source as RatesSource
from news.alert import Digest

_POLICY = SMTP.clone(cte_type="7bit")
_NO_DOMAIN = re.compile(r"[^a-z0-9.-]+")
_TO = re.compile(rb"\r\nTo: [^\r\n]*(?:\r\n[ \t][^\r\n]*)*")
_ADDRESS = re.compile(r"(https|mailto):[!-;=?-~]{1,800}")
_UNICODE = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{1,255}")
_IDENTITY = re.compile(r"<[!-;=?-~]+>")
_ATTACHED = "pactwatch-digest.txt"


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
        *_unsubscribe(digest.stop),
        ("Auto-Submitted", "auto-generated"),
        ("X-Auto-Response-Suppress", "All"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in headers if value)
    from digest.render import bodies  # noqa: PLC0415  # it loads 10 MB of libraries, and most runs compose nothing

    said = bodies(shown)
    body = _body(said.text, said.html, clean(identity), whole=said.whole)
    return Message(shown.subject, head.encode() + body)


def readdressed(message: bytes, email: str) -> bytes:
    """Return a composed message as it goes to another address; all else of it stays, its Message-ID too."""
    head, body = message.split(b"\r\n\r\n", 1)
    return _TO.sub(lambda _: f"\r\nTo: {_address(email)}".encode(), head, count=1) + b"\r\n\r\n" + body


def _unsubscribe(stop: str) -> list[tuple[str, str]]:
    """Return how to stop the mails: by a click where there is a page (RFC 8058), else by a mail (RFC 2369)."""
    address = _ADDRESS.fullmatch(clean(stop))
    if address is None:
        return []
    found = [("List-Unsubscribe", f"<{address[0]}>")]
    return [*found, ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if address[1] == "https" else found


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
    if not user.isascii() and _UNICODE.fullmatch(f"{user}@{domain}"):
        return f"{user}@{_domain(domain)}"  # as RFC 6532 has it; it is refused where the server has no SMTPUTF8
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


def _body(text: str, page: str, identity: str, *, whole: bool) -> bytes:
    """Return the MIME headers and the two parts; the boundaries follow from the Message-ID, so that bytes repeat.

    The text is attached too where the page is not `whole`: who sees the page never sees the text beside it.
    """
    boundary = f"=_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"
    message = EmailMessage(policy=_POLICY)
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    message.set_boundary(boundary)
    if not whole:
        message.add_attachment(text, filename=_ATTACHED)
        message.set_boundary(f"{boundary}_a")
    return message.as_bytes(policy=_POLICY)
