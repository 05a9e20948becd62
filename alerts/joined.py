"""What is still to be told of deals that turned out to be one: to each recipient one message, and nothing twice.

Whoever was told of either was told of both: a first card that waits is then let go. What changed is still told. Where
several messages wait they become one, that of the deal that stays if it has one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from alerts.tell import merged
from news.alert import Telling
from news.story import Deal

_CARDS = frozenset({"first", "update", "archive"})


def as_one(tellings: Iterable[Telling], deal: Deal) -> tuple[Telling, ...]:
    """Return the pending tellings that are other than they were, once their deals are this one.

    `tellings` are all of these deals. A telling that goes over keeps its revision where the deal has none of that
    number for its recipient, and else gets the next one of the deal: the deal's revision is then to be that. Of a deal
    that was rejected nothing is told.
    """
    past: dict[str, list[Telling]] = {}
    for telling in tellings:
        past.setdefault(telling.recipient, []).append(telling)
    return tuple(found for mine in past.values() for found in _as_one(mine, deal))


def _as_one(past: Sequence[Telling], deal: Deal) -> Iterator[Telling]:
    """Yield what waits for one recipient and is other than it was."""
    waiting = sorted((t for t in past if t.state == "pending"), key=lambda t: (t.deal != deal.id, t.id))
    kept = None if deal.rejected else _one_of([t for t in waiting if _is_still_told(t, past)])
    reason = f"the deal is {deal.label}, which is told once"
    if kept is None:
        reason = f"the deal is {deal.label}, which was {'rejected' if deal.rejected else 'told already'}"
    for telling in waiting:
        if kept is None or telling.id != kept.id:
            yield replace(telling, state="suppressed", reason=reason)
        elif kept.deal != deal.id:
            taken = any(t.deal == deal.id and t.revision == kept.revision for t in past)
            yield replace(kept, deal=deal.id, revision=deal.revision + 1 if taken else kept.revision)
        elif kept != telling:
            yield kept


def _is_still_told(telling: Telling, past: Sequence[Telling]) -> bool:
    """Return whether what waits says anything that the recipient was not told of the other deal."""
    told = {t.kind for t in past if t.state == "told"}
    if telling.changes or telling.kind == "update":
        return True
    return not told & _CARDS if telling.kind != "perhaps" else not told


def _one_of(waiting: Sequence[Telling]) -> Telling | None:
    """Return the one message that stands for several: a first card before an update, an update before a line."""
    if not waiting:
        return None
    order = ("first", "archive", "update", "perhaps")
    best = min(waiting, key=lambda t: order.index(t.kind))
    changes = reduce(merged, (t.changes for t in waiting)) if best.kind == "update" else best.changes
    searches = tuple(sorted({key for t in waiting for key in t.searches}))
    return replace(best, changes=changes, searches=searches, urgent=any(t.urgent for t in waiting))
