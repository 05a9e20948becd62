"""robots.txt as RFC 9309 says: kept for a day, obeyed, and its Crawl-delay (a common extension) applied. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from protego import Protego

from news.article import Fault
from news.fetch import Answer, Body, Host, Refused

KEPT = timedelta(hours=23, minutes=50)
"""RFC 9309, 2.4: a cached file should not be used for more than a day; a request may wait some minutes for its turn."""
KEPT_WITHOUT_ANSWER = timedelta(minutes=5)
"""Long enough not to knock for every page of a crawl, short enough to notice that a host is back."""
LONGEST_DELAY = 600.0
"""Seconds. A Crawl-delay of more is taken as this: beyond it a host is as good as closed to us."""
MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5: at least 500 KiB are parsed; no more is kept."""
_UNAVAILABLE = Fault("robots.txt unavailable", "its server does not say what may be fetched")


def learnt(host: Host, answer: Answer, now: datetime) -> Host:
    """Return what is known of a host after the answer to its robots.txt."""
    body, status = b"", 404  # gone, or led in circles (2.3.1.2): there are no rules
    if isinstance(answer, Body):
        body, status = answer.content[:MAX_BYTES], 200
    elif isinstance(answer, Refused) and answer.fault.name.startswith("http "):
        status = int(answer.fault.name.removeprefix("http "))
    elif isinstance(answer, Refused) and answer.fault.name != "redirect loop":
        body, status = f"{answer.fault.name}\n{answer.fault.message}".encode("utf-8", "replace"), 0
    return replace(host, robots=body, robots_status=status, robots_at=now)


def is_known(host: Host, now: datetime) -> bool:
    """Return whether what we hold of a host's robots.txt may still be used."""
    if host.robots_at is None:
        return False
    return abs(now - host.robots_at) < (KEPT if is_available(host) else KEPT_WITHOUT_ANSWER)


def is_available(host: Host) -> bool:
    """Return whether the host's rules are known: 5xx or no answer means that nothing may be fetched (2.3.1.4)."""
    return 200 <= host.robots_status < 500 and host.robots_status != 429


class Rules:
    """The rules of one host for us."""

    def __init__(self, host: Host, user_agent: str) -> None:
        """Parse the file; a 4xx (2.3.1.3) or anything but text allows everything."""
        self._host = host
        self._agent = user_agent.partition("/")[0]
        body = host.robots if host.robots is not None and host.robots_status < 300 else b""
        self._rules = Protego.parse(body.decode("utf-8", "replace"))

    def refusal(self, url: str) -> Refused | None:
        """Return why an address may not be fetched, None when it may; a host out of reach is told as just that."""
        if not is_available(self._host):
            name, _, message = (self._host.robots or b"").decode("utf-8", "replace").partition("\n")
            return Refused(Fault(name, message) if name else _UNAVAILABLE)
        if self._rules.can_fetch(url, self._agent):
            return None
        return Refused(Fault("robots.txt disallows", f"{self._host.name} does not want this address to be fetched"))

    @property
    def delay(self) -> float:
        """Return the seconds that the host wants between two requests, 0 where it says nothing."""
        return min(float(self._rules.crawl_delay(self._agent) or 0.0), LONGEST_DELAY)
