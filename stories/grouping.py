"""Decide which story a report belongs to, and which deal a story belongs to.

Theory: a story is one event of one agreement told within days by several outlets. Its parties are the anchor: no two
parties in common, no story in common (an article that names one side only may join by the same asset and a matching
sum). What tells two agreements between the same parties apart is the event, the asset and the figures.

False groupings cost a deal, missed ones cost a second mail; so two reports that contradict each other in what they
name and in what they state are kept apart. Known exceptions: two agreements that the same parties announce on one
day without naming an asset look alike; an outlet that retells a deal months later without a figure starts a new one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from lexicon.text import squash
from news.reading import STATUSES, DealEventName, Terms
from news.story import Deal, DealEvent, Report
from stories.terms import agreeing

SAME_STORY = timedelta(days=10)
"""How far apart two outlets may date the same news: weeklies and trade press come late."""
SAME_STEP = timedelta(days=2)
"""How far apart, where one calls it new and the other a later step, which may as well follow it within days."""
RUMOUR_LASTS = timedelta(days=270)
"""How long talks are remembered as the beginning of what is then announced."""
_LOOK_NEW = frozenset({"new", "expansion", "amendment"})
"""Events that one outlet calls new and another does not."""
_OF_THE_SAME = frozenset({"termination", "closing", "milestone"})


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report goes: `deal` None is a new deal, `story` None a new story (a new event of `deal`)."""

    deal: Deal | None
    story: DealEvent | None


def party_keys(terms: Terms, key: Callable[[str], str]) -> tuple[str, ...]:
    """Return the keys of a deal's parties, sorted, each once."""
    return tuple(sorted({k for k in (key(p.name) for p in terms.parties) if k}))


def place(report: Report, candidates: Sequence[Deal], key: Callable[[str], str]) -> Placement:
    """Return the story and deal that a report belongs to, out of all deals that share a party with it.

    Does not depend on the order of `candidates`: the best-agreeing one is taken, the older on a tie.
    """
    mine = frozenset(party_keys(report.terms, key))
    told_already = [
        (_agreement(report.terms, event.terms, mine, key), -deal.id, deal, event)
        for deal in candidates
        for event in deal.events
        if _same_story(report, event, mine, key)
    ]
    if told_already:
        _, _, deal, event = max(told_already, key=lambda found: found[:2])
        return Placement(deal, event)
    known = [deal for deal in candidates if _same_deal(report, deal, mine, key)]
    if len(known) > 1:
        known = [deal for deal in known if any(_share_subject(report.terms, e.terms) for e in deal.events)]
    return Placement(known[0] if len(known) == 1 else None, None)


def _agreement(one: Terms, other: Terms, mine: Collection[str], key: Callable[[str], str]) -> int:
    alike, _ = agreeing(one, other)
    return alike + len(set(mine) & set(party_keys(other, key))) + _share_subject(one, other)


def _same_story(report: Report, event: DealEvent, mine: frozenset[str], key: Callable[[str], str]) -> bool:
    alike, different = agreeing(report.terms, event.terms)
    theirs = frozenset(party_keys(event.terms, key))
    shared = len(mine & theirs)
    one_side = shared == 1 == min(len(mine), len(theirs))
    if shared < 2 and not (one_side and alike and _share_subject(report.terms, event.terms)):
        return False
    if _settled(report.terms) != _settled(event.terms) or _differ(report.terms, event.terms):
        return False
    if different and not alike and _settled(report.terms):  # of a rumour every outlet has figures of its own
        return False
    apart = abs(report.announced - event.announced)
    if apart <= SAME_STORY:
        return _same_event({report.terms.event, event.terms.event}, apart, alike=bool(alike))
    # A recap months later tells the same event with the same figures; without them nothing proves it, and one round
    # sum is no proof either.
    return (
        report.terms.event == event.terms.event
        and not different
        and (alike >= 2 or (alike == 1 and _share_subject(report.terms, event.terms)))
    )


def _same_event(events: Collection[DealEventName], apart: timedelta, *, alike: bool) -> bool:
    """Return whether two articles of one time may tell one event, whatever each of them calls it."""
    if len(events) == 1:
        return True
    if "termination" in events or not ("new" in events or alike):
        return False
    return apart <= (SAME_STORY if _LOOK_NEW.issuperset(events) else SAME_STEP)


def _same_deal(report: Report, deal: Deal, mine: frozenset[str], key: Callable[[str], str]) -> bool:
    shared = max(len(mine & set(party_keys(event.terms, key))) for event in deal.events)
    if shared < 2:
        return False
    differs = all(_differ(report.terms, event.terms) for event in deal.events)
    if report.terms.event != "new":
        # An expansion or an option exercise may well name an asset that the original did not; what ends, closes or
        # reaches a milestone is what was agreed upon.
        return not differs or report.terms.event not in _OF_THE_SAME
    if differs:
        return False
    return any(event.terms.event != "new" for event in deal.events) or any(
        _settled(report.terms) != _settled(event.terms) and abs(report.announced - event.announced) <= RUMOUR_LASTS
        for event in deal.events
    )


def _settled(terms: Terms) -> bool:
    return STATUSES.index(terms.status) >= STATUSES.index("announced")


def _share_subject(one: Terms, other: Terms) -> bool:
    return any(_names(one, n) & _names(other, n) for n in ("assets", "targets"))


def _differ(one: Terms, other: Terms) -> bool:
    """Return whether both name assets (else targets) and none of them is the same."""
    for name in ("assets", "targets"):
        mine, theirs = _names(one, name), _names(other, name)
        if mine and theirs:
            return not (mine & theirs)
    return False


def _names(terms: Terms, field: str) -> set[str]:
    """Return all names of what is told, those in brackets too: one outlet has the brand, another the generic name."""
    return {squash(part) for named in getattr(terms, field) for part in re.split(r" ?[()]", named.name)} - {""}
