"""What a crawl still has to do, per host, and whether waiting for it makes sense.

A host that asks for ten seconds between two requests and has ninety pages queued cannot finish within a run of ten
minutes. The others' deals do not wait for it: what it still brings goes out with the next run.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta


class Outlook:
    """Counts requests planned and done per host, and keeps each host's delay as it was last seen."""

    def __init__(self, usual_delay: timedelta) -> None:
        """Assume `usual_delay` between two requests to a host until it is known better."""
        self._usual = usual_delay
        self._open: Counter[str] = Counter()
        self._delay: dict[str, timedelta] = {}

    def planned(self, host: str) -> None:
        """One request more is to be made."""
        self._open[host] += 1

    def done(self, host: str) -> None:
        """One of them has been answered and taken through to the end."""
        self._open[host] -= 1

    def waits(self, host: str, delay: timedelta) -> None:
        """Learn how long the host wants to be left alone between two requests."""
        self._delay[host] = delay

    def idle(self) -> bool:
        """Return whether nothing is open."""
        return not +self._open

    def worth_waiting(self, now: datetime, until: datetime) -> bool:
        """Return whether some host with open requests can be through with them before `until`."""
        return any(
            now + self._delay.get(host, self._usual) * (count - 1) <= until for host, count in (+self._open).items()
        )
