"""What a single value of config.yaml may be: text in, value out, ValueError with what is allowed.

Durations are a number and a unit ("5s", "10m", "12h", "7d", "2w"); schedules are read by alerts.schedule.
"""

from __future__ import annotations

import difflib
import re
import zoneinfo
from collections.abc import Callable, Collection
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TypeVar
from urllib.parse import urlsplit

from news.address import canonical
from news.errors import AddressError

T = TypeVar("T", bound=str)

_DURATION = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(ms|s|m|h|d|w)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_LONGEST = timedelta(days=36500)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_ANY_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a list of sources that are read."""
_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,255}")


def text(value: str) -> str:
    """Return any text that is not empty, on one line."""
    words = " ".join(value.split())
    if not words:
        raise ValueError("it must not be empty")
    return words


def key(value: str) -> str:
    """Return a name by which something is known for ever."""
    if not _KEY.fullmatch(value):
        raise ValueError("a key is letters, digits, '-', '_' and '.', at most 100 of them")
    return value


def duration(value: str) -> timedelta:
    """Return a length of time above zero."""
    found = _DURATION.fullmatch(value.strip())
    length = timedelta(seconds=float(found[1]) * _SECONDS[found[2]]) if found else timedelta()
    if not timedelta() < length <= _LONGEST:
        raise ValueError("a duration above zero is a number and a unit: 5s, 10m, 12h, 7d")
    return length


def boolean(value: str) -> bool:
    """Return true or false."""
    if value.lower() not in {"true", "false"}:
        raise ValueError("it is true or false")
    return value.lower() == "true"


def number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads whole numbers between two bounds."""

    def read(value: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", value) or not least <= int(value) <= most:
            raise ValueError(f"it is a whole number from {least} to {most}")
        return int(value)

    return read


def choice(allowed: Collection[T]) -> Callable[[str], T]:
    """Return what reads one of some words."""

    def read(value: str) -> T:
        for word in allowed:
            if word == value:
                return word
        raise ValueError(f"allowed: {', '.join(allowed)}{meant(value, allowed)}")

    return read


def email(value: str) -> str:
    """Return a bare e-mail address in ASCII."""
    if not value.isascii() and _ANY_EMAIL.fullmatch(value):
        raise ValueError("it holds letters outside ASCII; where the mail server has SMTPUTF8, say so: `smtputf8: true`")
    if not _EMAIL.fullmatch(value) or ".." in value:
        raise ValueError("it is an e-mail address such as you@example.org")
    return value


def any_email(value: str) -> str:
    """Return a bare e-mail address, which may hold letters outside ASCII before the @."""
    return value if _ANY_EMAIL.fullmatch(value) and ".." not in value else email(value)


def unsubscribe(value: str) -> str:
    """Return where readers stop their mails: an e-mail address, or a page that RFC 8058 allows."""
    if "://" not in value:
        return email(value)
    if not value.startswith("https://"):
        raise ValueError("it is an e-mail address, or a page that begins with https://")
    if "#" in value:
        raise ValueError("it is a page without a part that begins with #: programs ask for it, and send no such part")
    return web(value)


def selector_name(value: str) -> str:
    """Return the name under which a DKIM key stands in a domain."""
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,61}[A-Za-z0-9])?", value):
        raise ValueError("it is the selector of a DKIM key, such as pactwatch")
    return value


def contact(value: str) -> str:
    """Return what publishers may write to or look at: an e-mail address or a web page."""
    try:
        return web(value) if "://" in value else email(value)
    except ValueError as error:
        raise ValueError("it is an e-mail address or a web address under which publishers reach you") from error


def web(value: str) -> str:
    """Return an http or https address without a password in it."""
    try:
        canonical(value)
        if urlsplit(value).password is not None:
            raise ValueError(
                "a password does not belong in this file; name the variable that holds it: `auth: {basic: VARIABLE}`"
            )
    except AddressError as error:
        raise ValueError("it is an address that begins with http:// or https://") from error
    return value


def language(value: str) -> str:
    """Return the code of a language."""
    if not (2 <= len(value) <= 20 and value.replace("-", "").isalnum() and value.isascii()):
        raise ValueError("it is a language code such as en or de")
    return value.lower()


def selector(value: str) -> str:
    """Return a CSS selector."""
    from crawler.selectors import xpath_of  # noqa: PLC0415  # most files name none, and its parser takes time to load

    xpath_of(value)
    return value


def host(value: str) -> str:
    """Return the name of a mail server."""
    if not _HOST.fullmatch(value):
        raise ValueError("it is the name of a mail server such as smtp.example.org")
    return value


def network(value: str) -> IPv4Network | IPv6Network:
    """Return a network such as 10.0.0.0/8."""
    try:
        return ip_network(value)
    except ValueError:
        pass
    try:
        wider = f"; did you mean {ip_network(value, strict=False)}?"
    except ValueError:
        wider = ""
    raise ValueError(f"it is a network such as 10.0.0.0/8 or fd00::/8{wider}")


def time_zone(value: str) -> str:
    """Return the name of a zone that this machine or the bundled table knows."""
    try:
        zoneinfo.ZoneInfo(value)
    except (ValueError, KeyError, OSError):
        near = meant(value, zoneinfo.available_timezones())
        raise ValueError(f"it is an IANA time zone such as Europe/Paris or UTC{near}") from None
    return value


def meant(found: str, allowed: Collection[str]) -> str:
    """Return a suggestion to append to an error, empty where nothing is near."""
    lower = {word.lower(): word for word in allowed}
    near = difflib.get_close_matches(found.lower()[:100], lower, n=1, cutoff=0.7)
    return f"; did you mean {lower[near[0]]}?" if near else ""
