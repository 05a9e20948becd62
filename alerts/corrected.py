"""Who is told that something of a deal was wrong: those who were told how it was, and nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.tell import Told, merged
from news.alert import Telling
from news.story import Change, Deal


def tell_correction(*, deal: Deal, changes: tuple[Change, ...], earlier: Sequence[Telling], now: datetime) -> Told:
    """Return who is told of a correction.

    `deal` is the state with the correction taken in, its revision raised; `changes` what was and what is; `earlier` all
    tellings of the deal. Whoever was told how it was hears how it is, whether or not a search of theirs still matches.
    What was changed and changed back before anyone heard of it is not told.
    """
    tellings: list[Telling] = []
    superseded: list[int] = []
    for recipient in sorted({telling.recipient for telling in earlier}) if changes else ():
        past = [telling for telling in earlier if telling.recipient == recipient]
        told = [t for t in past if t.state == "told" and t.kind in {"first", "update", "archive"}]
        if not told:
            continue
        pending = [t for t in past if t.state == "pending" and t.kind == "update"]
        superseded += [t.id for t in pending]
        all_of_it = merged(tuple(c for t in pending for c in t.changes), changes)
        is_other = tuple(change for change in all_of_it if change.was != change.now)
        if is_other:
            tellings.append(_update(deal, is_other, told[-1], pending, now))
    return Told(tuple(tellings), tuple(superseded))


def _update(
    deal: Deal, changes: tuple[Change, ...], told: Telling, pending: Sequence[Telling], now: datetime
) -> Telling:
    return Telling(
        id=0,
        recipient=told.recipient,
        deal=deal.id,
        revision=deal.revision,
        kind="update",
        state="pending",
        created_at=now,
        searches=told.searches,
        urgent=told.urgent or any(t.urgent for t in pending),
        changes=changes,
    )
