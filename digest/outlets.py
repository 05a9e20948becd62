"""Who told of a deal: outlet by outlet, those of the latest event first, each with its time, and who had it first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from digest.view import Block, LineView
from digest.wording import clean, count, join, link, say_day, say_hour, shorten
from news.alert import Card
from news.story import Deal, DealEvent, Report, Sighting

_MOST = 8
"""Articles that are named of all that tell of a deal."""


def outlets(deal: Deal) -> Mapping[str, str]:
    """Return whose words a quote's are, by the article's address; nothing where there is one article only."""
    names = {link(report.address): clean(report.outlet) for event in deal.events for report in event.reports}
    return names if len(names) > 1 else {}


def sources(card: Card, zone: tzinfo) -> Block | None:
    """Return the articles of a deal, the one that had its latest event first marked; None where none is known."""
    told = {line.url or line.title: line for event in reversed(card.deal.events) for line in _told(card, event, zone)}
    lines = tuple(told.values())
    if not lines:
        return None
    left = len(lines) - _MOST
    heading = "Reported by" if len(lines) > 1 else "Article"
    return Block(heading, (), lines[:_MOST], f"and {count(left, 'article')} more" if left > 0 else "")


def _told(card: Card, event: DealEvent, zone: tzinfo) -> Iterator[LineView]:
    """Yield the articles of an event: in the order told where that is known, else as they were found."""
    known = [sighting for sighting in card.sightings if sighting.story == event.story]
    lines = [_seen(sighting, zone) for sighting in known] or _reported(event.reports)
    if event is card.deal.latest and len(known) > 1:
        lines[0] = replace(lines[0], badge="First")
    yield from lines


def _seen(sighting: Sighting, zone: tzinfo) -> LineView:
    when = say_day(sighting.day) if sighting.at is None else say_hour(sighting.at, zone)
    return _line(sighting, when)


def _reported(reports: Sequence[Report]) -> list[LineView]:
    return [_line(report, say_day(report.announced)) for report in reports]


def _line(article: Report | Sighting, when: str) -> LineView:
    return LineView(
        title=shorten(article.title, 200) or shorten(article.address, 200),
        url=link(article.address),
        about=join([shorten(article.outlet, 80), when]),
    )
