"""How to crawl: who we say we are, how long we wait, how much we take, and where we may connect to."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network


def look_up(name: str) -> Sequence[str]:
    """Return the addresses of a name as the system's resolver gives them; raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)))


def now_utc() -> datetime:
    """Return the time; the crawler is an adapter and may read the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Times are in seconds, sizes in bytes.

    `delay` is the least time between the end of one request to a host and the beginning of the next and is never zero.
    `allow` opens private networks; public ones are always open. `resolve` turns a name into addresses and `clock` tells
    the time, so that tests can play a second DNS answer or a Retry-After of an hour.
    """

    contact: str
    delay: float = 5.0
    timeout: float = 30.0
    concurrency: int = 16
    max_bytes: int = 10 * 1024 * 1024
    max_redirects: int = 5
    allow: tuple[Network, ...] = ()
    resolve: Callable[[str], Sequence[str]] = look_up
    clock: Callable[[], datetime] = now_utc

    def __post_init__(self) -> None:
        """Refuse a delay of zero: no host is asked without a pause."""
        if self.delay <= 0:
            raise ValueError(f"a delay of {self.delay:g} s is no pause; the least is above 0")

    @property
    def user_agent(self) -> str:
        """Return what stands in every request (RFC 9110, 10.1.5), with whom to write to."""
        return f"pactwatch/{version('pactwatch')} (+{self.contact})"
