"""Turn what comes back from the network into the vocabulary's answers; every failure gets one stable name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import quote, urljoin

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response
from twisted.internet.error import ConnectError

from crawler.dates import from_mail_form
from crawler.unpacking import TooLargeError, UnpackingError
from news.article import Fault
from news.fetch import Answer, Body, Gone, NotModified, Refused

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
LONGEST_WAIT = timedelta(days=30)
"""A Retry-After beyond this is taken as this."""
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Redirect:
    """Go elsewhere; `permanent` where the publisher says that it will stay so."""

    to: str
    permanent: bool


def answer_of(response: Response, now: datetime, *, conditional: bool, moved_to: str | None) -> Answer | Redirect:
    """Return what a response means to a request that was `conditional` or not.

    `moved_to` is its address when the way to it was permanent throughout.
    """
    status = response.status
    if status in REDIRECTS and (location := response.headers.get("Location")):
        return Redirect(_joined(response.url, location), permanent=status in PERMANENT)
    if status == 304 and conditional:
        return NotModified(lifetime(response, now), moved_to)
    if status == 410:
        return Gone()
    if status == 200:
        return Body(
            content=response.body,
            final_url=response.url,
            content_type=_header(response, "Content-Type") or "",
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            max_age=lifetime(response, now),
            moved_to=moved_to,
        )
    retry_at = retry_after(_header(response, "Retry-After"), now) if status in {429, 503} else None
    return Refused(Fault(f"http {status}", _phrase(status, retry_at)), retry_at)


def lifetime(response: Response, now: datetime) -> timedelta | None:
    """Return how long an answer stays fresh."""
    return freshness(_header(response, "Cache-Control"), _header(response, "Expires"), now)


def freshness(cache_control: str | None, expires: str | None, now: datetime) -> timedelta | None:
    """Return the lifetime that headers name: max-age, else Expires (RFC 9111, 4.2.1)."""
    found = _MAX_AGE.search(cache_control or "")
    if found:
        return timedelta(seconds=int(found[1]))
    date = from_mail_form(expires or "")
    return max(date - now, timedelta()) if date else None


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """Return the moment a Retry-After names, as seconds or as a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return now + min(timedelta(seconds=int(value[:9])), LONGEST_WAIT)
    date = from_mail_form(value)
    return min(date, now + LONGEST_WAIT) if date else None


_FAULTS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], Fault], ...] = (
    (CannotResolveHostError, Fault("dns", "no such host")),
    (DownloadConnectionRefusedError, Fault("connection refused", "nothing listens at that address")),
    (DownloadTimeoutError, Fault("timeout", "no complete answer in time")),
    ((DownloadCancelledError, TooLargeError), Fault("too large", "the answer is larger than the limit")),
    (ResponseDataLossError, Fault("connection lost", "the answer broke off")),
    (UnsupportedURLSchemeError, Fault("address refused", "only http and https are fetched")),
)


def fault_of(error: BaseException) -> Fault:
    """Return the name of what went wrong below HTTP, and the words for it."""
    for kinds, fault in _FAULTS:
        if isinstance(error, kinds):
            return fault
    if _is_endless(error):
        return Fault("too large", "its headers do not end")
    text = str(error) or type(error).__name__
    if "SSL" in text or "certificate" in text.lower():
        reasons = re.findall(r"'([\w ]+)'", text)
        return Fault("tls", f"no secure connection: {reasons[-1] if reasons else text}")
    if isinstance(error, DownloadFailedError | ConnectError | OSError):
        return Fault("connection failed", text)
    return Fault("broken answer", text if isinstance(error, UnpackingError) else f"the answer cannot be read: {text}")


def _is_endless(error: BaseException) -> bool:
    """Return whether a connection was given up because of its headers (crawler/downloads.py)."""
    reasons = getattr(error.__cause__, "reasons", ())
    return any(reason.check(DownloadCancelledError) for reason in reasons)


def _phrase(status: int, retry_at: datetime | None) -> str:
    try:
        words = HTTPStatus(status).phrase
    except ValueError:
        words = "unknown status"
    return f"{words}; not before {retry_at:%Y-%m-%d %H:%M} UTC" if retry_at else words


def _joined(base: str, location: bytes) -> str:
    """Return where a redirect leads; bytes beyond ASCII are percent-encoded as they came (RFC 9110, 10.2.2)."""
    target = quote(location.strip(), safe="!#$%&'()*+,/:;=?@[]~")
    try:
        return urljoin(base, target)
    except ValueError:
        return target


def _header(response: Response, name: str) -> str | None:
    raw = response.headers.get(name)
    return raw.decode("latin-1").strip() if raw is not None else None
