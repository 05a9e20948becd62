"""What was already out there: the block that stands once in the digest after something was added.

The block counts every kept deal that the addition brought and the recipient was told nothing of, shows the newest, and
marks all of them as told, so that none comes twice. It waits until the first poll of the sources that it is about has
been read; a source that never answers holds up only the block about itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Literal

from news.alert import Backlog, Line, Telling
from news.step import BacklogOpen, FirstPoll
from news.story import Deal, Report

LINES = 10
"""How many deals the summary shows."""


def backlog(
    opened: Sequence[BacklogOpen],
    deals: Sequence[Deal],
    polls: Mapping[str, FirstPoll],
    *,
    names: Mapping[str, str],
    mode: Literal["summary", "none", "all"],
    now: datetime,
    recipient: str,
) -> tuple[Backlog | None, tuple[Telling, ...], tuple[BacklogOpen, ...]]:
    """Return the block to show (None where there is nothing), the tellings that it is, and what it closes.

    `deals` are those that the opened backlogs are about and of which the recipient was told nothing; `polls` are the
    first polls of the sources concerned and `names` what people call the sources. Mode "none" closes in silence.
    """
    if mode == "none":
        return None, (), tuple(opened)
    closed = tuple(item for item in opened if _ready(item, polls))
    found = _newest(_shown(deals, closed, opened))
    if not found:
        return None, (), closed
    counted = _counted(closed, polls)
    block = Backlog(
        added=tuple(_said(item, names) for item in closed),
        lines=tuple(line_of(deal) for deal in (found if mode == "all" else found[:LINES])),
        found=len(found),
        read=sum(poll.read for poll in counted),
        unread=sum(poll.unread for poll in counted),
    )
    return block, tuple(_told(deal, recipient, now) for deal in found), closed


def line_of(deal: Deal, reason: str = "") -> Line:
    """Return a deal as one line: the headline of the first article that tells of its latest event."""
    reports = deal.latest.reports or _reports(deal)
    best = min(reports, key=lambda report: (not report.kept, report.article), default=None)
    if best is None:
        return Line(deal.id, deal.label, "", "", deal.latest.announced, reason)
    return Line(deal.id, best.title, best.address, best.outlet, deal.latest.announced, reason)


def _ready(item: BacklogOpen, polls: Mapping[str, FirstPoll]) -> bool:
    """Return whether all that an addition brings has been read."""
    if item.cause == "source":
        poll = polls.get(item.key)
        return poll is not None and poll.done and not poll.waiting
    # What a search or a recipient is shown is in the store already, but for first polls that are just being read.
    return not any(poll.waiting for poll in polls.values())


def _shown(deals: Sequence[Deal], closed: Sequence[BacklogOpen], opened: Sequence[BacklogOpen]) -> list[Deal]:
    """Return the deals that belong into the block about what is closed, and not into a later one."""
    sources = {item.key for item in closed if item.cause == "source"}
    if len(sources) == len(closed):
        return [deal for deal in deals if _sources(deal) & sources]
    later = {item.key for item in opened if item.cause == "source"} - sources
    return [deal for deal in deals if not _sources(deal) or _sources(deal) - later]


def _sources(deal: Deal) -> set[str]:
    return {report.source for report in _reports(deal)}


def _reports(deal: Deal) -> tuple[Report, ...]:
    return tuple(report for event in deal.events for report in event.reports)


def _newest(deals: Collection[Deal]) -> list[Deal]:
    return sorted(deals, key=lambda deal: (deal.latest.announced, deal.id), reverse=True)


def _counted(closed: Sequence[BacklogOpen], polls: Mapping[str, FirstPoll]) -> list[FirstPoll]:
    """Return the first polls whose entries the block counts: a search alone brings none."""
    if any(item.cause == "recipient" for item in closed):
        return [poll for poll in polls.values() if poll.done]
    return [polls[key] for key in sorted({item.key for item in closed if item.cause == "source"})]


def _said(item: BacklogOpen, names: Mapping[str, str]) -> str:
    if item.cause == "source":
        return names.get(item.key, item.key)
    return f"the search {item.key}" if item.cause == "search" else "your address"


def _told(deal: Deal, recipient: str, now: datetime) -> Telling:
    return Telling(0, recipient, deal.id, deal.revision, "archive", "told", created_at=now)
