"""Who is told what of a deal, and when it is news at all.

One deal is one message to each recipient, however many articles and searches lead to it. What was told of a deal is
read off the earlier tellings alone: nothing yet (it gets its card), a line under "Perhaps" (its card follows once the
deal is sure), a card or a line under "Already out there" (only what changed is told from then on). A telling belongs
to a revision; where one of this revision or a later one exists, nothing is added, so that done twice is done once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from alerts.amounts import say_money, say_royalties
from news.alert import Match, Search, Telling, TellingKind
from news.reading import STATUSES, Evidence, Royalties, Status, Terms
from news.story import Change, Deal, DealEvent

TOGETHER = timedelta(hours=24)
"""Changes that come within this time of each other go out as one update."""
ANEW = frozenset({"event", "status"})
"""The changes that are news of their own; all others correct or complete what was told."""


@dataclass(frozen=True, slots=True)
class News:
    """Whether a deal is news, and whether it is so only because an outage of ours hid it."""

    news: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What a step makes of the tellings of a deal: the new ones, and the ids of the pending ones that they replace."""

    tellings: tuple[Telling, ...] = ()
    superseded: tuple[int, ...] = ()


def is_news(announced: date, since: datetime | None, now: datetime, age: timedelta) -> News:
    """Return whether a deal announced on a day is news to us.

    It is when that day (all of it, in UTC) ended later than `age` before `since`, the source's last successful poll
    before this one; before `now` where the source is new. It is late when it is older than `age` by now.
    """
    news = _within(announced, now if since is None else min(since, now), age)
    return News(news, late=news and not _within(announced, now, age))


def changes(was: DealEvent, terms: Terms) -> tuple[Change, ...]:
    """Return what a further article of an event changes that is told: sums now stated, and a step up in status.

    What was merely not mentioned is filled in silence, and what any article of the event has told before is no change.
    """
    before = (was.terms, *(report.terms for report in was.reports))
    found = [_step(max((t.status for t in before), key=STATUSES.index), terms)]
    for name, money in terms.money():
        known = [value for value in (getattr(each, name) for each in before) if value is not None]
        if money.disclosed and known and not any(value.disclosed for value in known):
            found.append(Change(name, say_money(known[0]), say_money(money), known[0].evidence, money.evidence))
    found.append(_royalties([t.royalties for t in before if t.royalties is not None], terms.royalties))
    return tuple(change for change in found if change is not None)


def event_changes(deal: Deal, terms: Terms) -> tuple[Change, ...]:
    """Return what a new event of a known deal tells: the event, a step up in status, or both; never nothing."""
    was = deal.latest.terms
    step = _step(was.status, terms)
    if step is not None and was.event == terms.event:
        return (step,)
    event = Change("event", was.event, terms.event, _said(was), _said(terms))
    return (event,) if step is None else (event, step)


def tell(
    *,
    deal: Deal,
    changes: tuple[Change, ...],
    reason: str,
    matches: Sequence[Match],
    searches: Sequence[Search],
    earlier: Sequence[Telling],
    now: datetime,
) -> Told:
    """Return who is told of a deal because of one more report.

    `deal` is the state with the report taken in, `changes` what it tells anew of a deal that was known, `reason` the
    reader's words where it is not sure. `matches` are those of the deal, `searches` all active ones, `earlier` all
    tellings of the deal, to whomever and in whatever state.
    """
    if not deal.news:
        return Told()
    matched = {match.search for match in matches}
    mine = [search for search in searches if search.key in matched]
    tellings: list[Telling] = []
    superseded: list[int] = []
    for recipient in sorted({key for search in mine for key in search.to}):
        past = [telling for telling in earlier if telling.recipient == recipient]
        decided = _decide(deal, changes, past)
        if decided is None:
            continue
        kind, told = decided
        asked = [search for search in mine if recipient in search.to]
        tellings.append(
            Telling(
                id=0,
                recipient=recipient,
                deal=deal.id,
                revision=deal.revision,
                kind=kind,
                state="pending",
                created_at=now,
                searches=tuple(sorted(search.key for search in asked)),
                reason=reason if kind == "perhaps" else "",
                urgent=any(search.urgent for search in asked),
                changes=told,
            )
        )
        superseded += [telling.id for telling in past if telling.state == "pending"]
    return Told(tuple(tellings), tuple(superseded))


def is_held(telling: Telling, told: Sequence[Telling], now: datetime) -> bool:
    """Return whether an update waits, because one of the same deal went to the recipient within the last 24 hours.

    What an urgent search matched does not wait when it is a new event or status: "at once" was asked for.
    """
    if telling.kind != "update" or (telling.urgent and _is_anew(telling.changes)):
        return False
    same = (t for t in told if t.deal == telling.deal and t.recipient == telling.recipient)
    return any(t.kind == "update" and t.state == "told" and now < t.created_at + TOGETHER for t in same)


def _decide(
    deal: Deal, changes: tuple[Change, ...], past: Sequence[Telling]
) -> tuple[TellingKind, tuple[Change, ...]] | None:
    """Return what a recipient with this past is told now, None for nothing."""
    if any(telling.revision >= deal.revision for telling in past):
        return None
    told = {telling.kind for telling in past if telling.state == "told"}
    pending = next((telling for telling in past if telling.state == "pending"), None)
    if not deal.kept:
        new = not (told or pending) or (_is_anew(changes) and (pending is None or pending.kind == "perhaps"))
        return ("perhaps", changes) if new else None
    if not told & {"first", "update", "archive"}:
        return None if pending and pending.kind == "first" and not changes else ("first", ())
    # What was a line under "Perhaps" after a card becomes an update once it is sure, with what that line was about.
    last = max((t for t in past if t.state != "suppressed"), key=lambda t: t.revision)
    if not changes and last.kind != "perhaps":
        return None
    return "update", merged(last.changes if last.state == "pending" or last.kind == "perhaps" else (), changes)


def merged(before: tuple[Change, ...], after: tuple[Change, ...]) -> tuple[Change, ...]:
    """Return the changes of two revisions as those of one: of a field, what it was at first and what it is now."""
    found = {change.field: change for change in before}
    for change in after:
        first = found.get(change.field)
        found[change.field] = (
            change
            if first is None
            else Change(change.field, first.was, change.now, first.evidence_was, change.evidence_now)
        )
    return tuple(found.values())


def _is_anew(changes: Iterable[Change]) -> bool:
    return any(change.field in ANEW for change in changes)


def _within(day: date, of: datetime, age: timedelta) -> bool:
    return of.astimezone(UTC) - datetime.combine(day, time.max, UTC) < age


def _step(was: Status, terms: Terms) -> Change | None:
    """Return the step up in status, if it is one; "rumoured" and "non-binding" differ in words only."""
    settled = STATUSES.index("announced")
    if STATUSES.index(terms.status) <= STATUSES.index(was) or STATUSES.index(terms.status) < settled:
        return None
    return Change("status", was, terms.status, None, _said(terms))


def _royalties(known: Sequence[Royalties], now: Royalties | None) -> Change | None:
    if now is None or not known or not _has_rate(now) or any(map(_has_rate, known)):
        return None
    return Change("royalties", say_royalties(known[0]), say_royalties(now), known[0].evidence, now.evidence)


def _has_rate(royalties: Royalties) -> bool:
    return royalties.low is not None or royalties.high is not None


def _said(terms: Terms) -> Evidence | None:
    """Return the words that stand for an event: where its day is given, else where its first party is named."""
    if terms.announced is not None and terms.announced.evidence is not None:
        return terms.announced.evidence
    return terms.parties[0].evidence if terms.parties else None
