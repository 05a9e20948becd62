"""robots.txt as RFC 9309 says: kept for a day, obeyed, and its Crawl-delay (a common extension) applied."""

from __future__ import annotations

from datetime import datetime, timedelta

from protego import Protego

from news.fetch import Host

KEPT = timedelta(hours=24)
"""RFC 9309, 2.4: a cached file should not be used for more than a day."""
KEPT_WITHOUT_ANSWER = timedelta(minutes=5)
"""Long enough not to knock for every page of a crawl, short enough to notice that a host is back."""
LONGEST_DELAY = 600.0
"""Seconds. A Crawl-delay of more is taken as this: beyond it a host is as good as closed to us."""
MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5: at least 500 KiB are parsed."""


def is_known(host: Host, now: datetime) -> bool:
    """Return whether what we hold of a host's robots.txt may still be used."""
    if host.robots_at is None:
        return False
    return now - host.robots_at < (KEPT if _answered(host) else KEPT_WITHOUT_ANSWER)


def is_available(host: Host) -> bool:
    """Return whether the host's rules are known: 5xx or no answer means that nothing may be fetched (2.3.1.4)."""
    return _answered(host)


def _answered(host: Host) -> bool:
    return 200 <= host.robots_status < 500 and host.robots_status != 429


class Rules:
    """The rules of one host for us."""

    def __init__(self, host: Host, user_agent: str) -> None:
        """Parse the file; a 4xx (2.3.1.3) or anything but text allows everything."""
        self._agent = user_agent.partition("/")[0]
        body = host.robots[:MAX_BYTES] if host.robots is not None and host.robots_status < 300 else b""
        self._rules = Protego.parse(body.decode("utf-8", "replace"))

    def allow(self, url: str) -> bool:
        """Return whether an address may be fetched."""
        return bool(self._rules.can_fetch(url, self._agent))

    @property
    def delay(self) -> float:
        """Return the seconds that the host wants between two requests, 0 where it says nothing."""
        return min(float(self._rules.crawl_delay(self._agent) or 0.0), LONGEST_DELAY)
