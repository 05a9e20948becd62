"""How to crawl: who we say we are, how long we wait, how much we take, and where we may connect to."""

from __future__ import annotations

import functools
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from ipaddress import IPv4Network, IPv6Network

Network = IPv4Network | IPv6Network


@functools.cache
def _version() -> str:
    """Return our version; the package's metadata is read once, not with every request."""
    return version("pactwatch")


def look_up(name: str) -> Sequence[str]:
    """Return the addresses of a name as the system's resolver gives them; raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)))


def now_utc() -> datetime:
    """Return the time; the crawler is an adapter and may read the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Times are in seconds, sizes in bytes.

    At most `concurrency` requests are under way. One that takes longer than `slow_after` steps aside and lets another
    begin, which at most `slow` may do: slow hosts, however many, do not hold up the quick ones.

    `delay` is the least time between the end of one request to a host and the beginning of the next and is never zero.
    `allow` opens private networks; public ones are always open. `resolve` turns a name into addresses and `clock` tells
    the time, so that tests can play a second DNS answer or a Retry-After of an hour.
    """

    contact: str
    delay: float = 5.0
    timeout: float = 30.0
    concurrency: int = 16
    slow_after: float = 3.0
    slow: int = 64
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
    def at_once(self) -> int:
        """Return how many requests may be under way, slow ones among them."""
        return self.concurrency + self.slow

    @property
    def user_agent(self) -> str:
        """Return what stands in every request (RFC 9110, 10.1.5), with whom to write to."""
        return f"pactwatch/{_version()} (+{self.contact})"
