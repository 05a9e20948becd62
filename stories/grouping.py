"""Decide which story a report belongs to, and which deal a story belongs to.

Theory: a story is one event of one agreement told within days by several outlets. Which reports belong together is a
function of the set of them: pairs for which something speaks (`stories.same.bond`) are put together, the strongest
first, as long as no two members contradict each other. So it makes no difference which article arrived first: a report
that says little may stand with one agreement until a better match comes, and two stories become one when a later
article shows that they are.

False groupings cost a deal, missed ones cost a second mail; so two reports that contradict each other in what they
name and in what they state are kept apart. Known exceptions: two agreements that the same parties announce on one
day without naming an asset look alike; an outlet that retells a deal months later without a figure starts a new one.

What a person has said wins: nothing is taken out of a deal that bears a standing correction, and it does not become
another deal; new reports may join it, and other deals may become it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce

from news.reading import STATUSES, Terms
from news.story import Deal, DealEvent, Report
from stories.arranging import arrange
from stories.corrections import read_anew
from stories.facts import Facts, facts_in, facts_of, shared
from stories.same import SAME_STORY, differ
from stories.terms import absorb, same_money

RUMOUR_LASTS = timedelta(days=270)
"""How long talks are remembered as the beginning of what is then announced."""
MOVES_WITHIN = timedelta(days=30)
"""A report that was fetched longer ago stays where it is: its text may be gone before it is placed again."""
_OF_THE_SAME = frozenset({"termination", "closing", "milestone"})
_FOLLOWS = frozenset({"expansion", "amendment", "option-exercise"})
"""Events that may well name an asset that the original did not."""


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a report goes: `deal` None is a new deal, `story` None a new story (a new event of `deal`).

    `deal` and `story` are as they are once what is `joined` (ids of deals) and `same` (ids of stories) has become them,
    before the report is taken in. `released` are reports that belong elsewhere now and are to be placed again; `left`
    are the events that lost them, without their words.
    """

    deal: Deal | None
    story: DealEvent | None
    joined: tuple[int, ...] = ()
    same: tuple[int, ...] = ()
    released: tuple[Report, ...] = ()
    left: tuple[DealEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    """A report that has a place (all of an event where a person has spoken), `first` of its event or not."""

    facts: Facts
    deal: Deal
    event: DealEvent
    report: Report | None
    first: bool


def place(
    report: Report,
    candidates: Sequence[Deal],
    key: Callable[[str], str],
    *,
    settled: Collection[int] = (),
    moves: bool = True,
) -> Placement:
    """Return the story and deal that a report belongs to, out of all deals that `stories.marks` finds for it.

    `settled` are the ids of deals about which a person has said something; `moves` reports that have a place may, where
    they stand better with this one. Does not depend on the order of `candidates`, nor on the order in which their
    reports came.
    """
    known = sorted(candidates, key=lambda deal: deal.id)
    members = [member for deal in known for member in _members(deal, report, key, fixed=deal.id in settled)]
    fixed = {1 + n for n, member in enumerate(members) if member.report is None}
    groups = arrange([facts_of(report, key), *(member.facts for member in members)], fixed)
    group = {member: number for number, group in enumerate(groups) for member in group}
    homes = {m.event.story: group[1 + n] for n, m in enumerate(members) if m.first}
    gone = tuple(
        member.report
        for n, member in enumerate(members)
        if member.report and homes[member.event.story] != group[1 + n]
        if moves and report.fetched_at - member.report.fetched_at <= MOVES_WITHIN
    )
    mine = [m for n, m in enumerate(members) if m.first and group[1 + n] == group[0]]
    left = {event.story: event for event in _without(known, gone)}
    now = [_with(deal, left) for deal in known]
    if mine:
        mine.sort(key=lambda m: (m.report is not None, m.deal.id, m.event.story))
        return _with_original(_joined(mine, now, gone, left), report, now, key, settled)
    return Placement(_deal_of(report, now, key), None, released=gone, left=tuple(left.values()))


def _members(deal: Deal, new: Report, key: Callable[[str], str], *, fixed: bool) -> Iterator[_Member]:
    for event in deal.events:
        if fixed or not event.reports:
            first = event.reports[0] if event.reports else None
            facts = facts_in(_compared(event, new.terms), event.announced, key, first)
            yield _Member(facts, deal, event, None, first=True)
            continue
        for n, report in enumerate(event.reports):
            yield _Member(facts_of(report, key), deal, event, report, first=n == 0)


def _compared(event: DealEvent, new: Terms) -> Terms:
    """Return terms by which an event is known again of which people spoke.

    Its articles go on saying what they said: theirs counts beside what was set, whichever a new report repeats.
    """
    if not event.reports:
        return event.terms
    read = read_anew(event).terms
    both: dict[str, object] = {
        n: (*getattr(event.terms, n), *getattr(read, n)) for n in ("parties", "assets", "targets")
    }
    both |= {name: old for name, old in read.money() if (sum_ := getattr(new, name)) and same_money(old, sum_)}
    if read.territory and event.terms.territory and read.territory.name != event.terms.territory.name:
        both["territory"] = None
    return replace(event.terms, **both)  # type: ignore[arg-type]  # the names and types are those of the same class


def _without(deals: Sequence[Deal], gone: Collection[Report]) -> Iterator[DealEvent]:
    """Yield the events that lose reports, as the others tell them."""
    taken = {(report.article, report.nth) for report in gone}
    for event in (event for deal in deals for event in deal.events):
        rest = tuple(report for report in event.reports if (report.article, report.nth) not in taken)
        if len(rest) < len(event.reports):
            terms = reduce(absorb, (report.terms for report in rest))
            yield DealEvent(event.story, terms, min(report.announced for report in rest), rest)


def _with(deal: Deal, changed: dict[int, DealEvent]) -> Deal:
    if not any(event.story in changed for event in deal.events):
        return deal
    return replace(deal, events=_in_order(changed.get(event.story, event) for event in deal.events))


def _in_order(events: Iterator[DealEvent] | Sequence[DealEvent]) -> tuple[DealEvent, ...]:
    return tuple(sorted(events, key=lambda event: (event.announced, event.story)))


def _joined(
    mine: Sequence[_Member], deals: Sequence[Deal], gone: tuple[Report, ...], left: dict[int, DealEvent]
) -> Placement:
    """Return the placement in the first of several events that are one, all their deals become its deal."""
    stays, others = mine[0], mine[1:]
    by_id = {deal.id: deal for deal in deals}
    numbers = sorted({member.deal.id for member in others} - {stays.deal.id})
    events = {event.story: event for n in (stays.deal.id, *numbers) for event in by_id[n].events}
    story = events.pop(stays.event.story)
    for other in others:
        story = _taken_in(story, events.pop(other.event.story))
    whole = [by_id[stays.deal.id], *(by_id[n] for n in numbers)]
    deal = whole[0] if not others else _united(whole, _in_order([*events.values(), story]))
    rest = tuple(event for event in left.values() if event.story != story.story)
    return Placement(deal, story, tuple(numbers), tuple(m.event.story for m in others), gone, rest)


def _with_original(
    found: Placement, report: Report, deals: Sequence[Deal], key: Callable[[str], str], settled: Collection[int]
) -> Placement:
    """Return the placement in the deal of which a report tells a later step, where that was a deal of its own so far.

    It was if an outlet that called it new came first.
    """
    own = found.deal
    if own is None or len(own.events) > 1 or report.terms.event == "new":
        return found
    others = [deal for deal in deals if deal.id not in {own.id, *found.joined}]
    original = _deal_of(report, others, key)
    if original is None or {own.id, original.id} <= set(settled) or report.fetched_at - own.first_seen > MOVES_WITHIN:
        return found
    both = sorted((own, original), key=lambda deal: (deal.id not in settled, deal.id))
    deal = _united(both, _in_order([*own.events, *original.events]))
    return replace(found, deal=deal, joined=tuple(sorted({both[1].id, *found.joined})))


def _taken_in(story: DealEvent, other: DealEvent) -> DealEvent:
    terms = reduce(absorb, (report.terms for report in other.reports), story.terms)
    reports = sorted((*story.reports, *other.reports), key=lambda report: (report.article, report.nth))
    return DealEvent(story.story, terms, min(story.announced, other.announced), tuple(reports))


def _united(deals: Sequence[Deal], events: tuple[DealEvent, ...]) -> Deal:
    """Return what several deals are as the first of them; its revision is one that nobody was told a later one of."""
    return replace(
        deals[0],
        revision=max(deal.revision for deal in deals),
        first_seen=min(deal.first_seen for deal in deals),
        kept=any(deal.kept for deal in deals),
        news=any(deal.news for deal in deals),
        late=all(deal.late for deal in deals if deal.news),
        events=events,
    )


def _deal_of(report: Report, deals: Sequence[Deal], key: Callable[[str], str]) -> Deal | None:
    """Return the deal of which a report tells a new event, if it is one deal beyond doubt."""
    facts = facts_of(report, key)
    found = [
        (deal, told)
        for deal in deals
        if _same_deal(facts, deal, told := [_as_step(event, key) for event in deal.events])
    ]
    if len(found) > 1:
        found = [(deal, told) for deal, told in found if any(facts.subjects & each.subjects for each in told)]
    if len(found) > 1 and facts.terms.event != "new":  # what goes on or ends was begun before
        found = [(deal, told) for deal, told in found if any(facts.day - each.day > SAME_STORY for each in told)]
    return found[0][0] if len(found) == 1 else None


def _as_step(event: DealEvent, key: Callable[[str], str]) -> Facts:
    """Return what decides of an event whose it is; it is a later step if any outlet says so, whichever came first."""
    steps = {report.terms.event for report in event.reports} & _FOLLOWS
    terms = replace(event.terms, event=min(steps)) if steps and event.terms.event == "new" else event.terms
    return facts_in(terms, event.announced, key)


def _same_deal(facts: Facts, deal: Deal, told: Sequence[Facts]) -> bool:
    if max(shared(facts.parties, each.parties) for each in told) < 2:
        return False
    differs = all(differ(facts, each) for each in told)
    if facts.terms.event != "new":
        # What ends, closes or reaches a milestone is what was agreed upon.
        return not differs or facts.terms.event not in _OF_THE_SAME
    if all(each.terms.event in _FOLLOWS and facts.day <= each.day for each in told):
        return True  # the beginning of what we know by its later steps only
    if differs:
        return False
    return any(event.terms.event != "new" for event in deal.events) or any(
        _settled(facts.terms) != _settled(each.terms) and abs(facts.day - each.day) <= RUMOUR_LASTS for each in told
    )


def _settled(terms: Terms) -> bool:
    return STATUSES.index(terms.status) >= STATUSES.index("announced")
