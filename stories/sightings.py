"""Who had a story first: what every outlet's telling of it is dated, each outlet once, in the order told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from statistics import median

from news.story import Sighting


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source did over many stories: how many it told, of which first, alone, and how long it lagged otherwise.

    `lag` is the median of the times by which another was ahead, None where it was always first.
    """

    source: str
    outlet: str
    told: int
    first: int
    alone: int
    lag: timedelta | None


def dated(
    page: date | None, hour_of_page: datetime | None, feed: datetime | None, seen_at: datetime
) -> tuple[date, datetime | None]:
    """Return the day and, where it is known, the hour of an article.

    A feed's date never makes an article younger than its page says, and nothing is younger than we saw it.
    """
    hours = [each for each in (hour_of_page, feed) if each is not None]
    hour = min([*hours, seen_at]).astimezone(UTC) if hours else None
    today = seen_at.astimezone(UTC).date()
    if hour is None:
        return min(page or today, today), None
    if page is not None and page < hour.date():
        return page, None
    return hour.date(), hour


def in_order(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    """Return the earliest sighting of every source of every story: by story, then in the order told."""
    found: dict[tuple[int, str], Sighting] = {}
    for sighting in sorted(sightings, key=_when):
        found.setdefault((sighting.story, sighting.source), sighting)
    begins: dict[int, date] = {}
    for sighting in found.values():
        begins.setdefault(sighting.story, sighting.day)
    return tuple(sorted(found.values(), key=lambda s: (begins[s.story], s.story, _when(s))))


def standings(sightings: Iterable[Sighting]) -> tuple[Standing, ...]:
    """Return how the sources of many stories did, the one that was first most often at the top."""
    by_story: dict[int, list[Sighting]] = {}
    for sighting in in_order(sightings):
        by_story.setdefault(sighting.story, []).append(sighting)
    mine: dict[str, list[tuple[Sighting, list[Sighting]]]] = {}
    for told in by_story.values():
        for sighting in told:
            mine.setdefault(sighting.source, []).append((sighting, told))
    found = (_standing(source, told) for source, told in mine.items())
    return tuple(sorted(found, key=lambda s: (-s.first, -s.told, s.source)))


def _standing(source: str, stories: list[tuple[Sighting, list[Sighting]]]) -> Standing:
    lags = [(_moment(mine) - _moment(told[0])).total_seconds() for mine, told in stories if mine is not told[0]]
    return Standing(
        source=source,
        outlet=stories[-1][0].outlet,
        told=len(stories),
        first=sum(mine is told[0] for mine, told in stories),
        alone=sum(len(told) == 1 for _, told in stories),
        lag=timedelta(seconds=max(0.0, median(lags))) if lags else None,
    )


def _when(sighting: Sighting) -> tuple[date, datetime, str, str]:
    return (sighting.day, sighting.at or sighting.seen_at, sighting.source, sighting.address)


def _moment(sighting: Sighting) -> datetime:
    """Return when an outlet told a story at the latest."""
    return sighting.at or min(sighting.seen_at, datetime.combine(sighting.day, time.max, UTC))
