"""What leaves now: which pending tellings go out by themselves, and which belong into the digest whose window closes.

A telling goes into one message and no other. Nothing leaves in a recipient's quiet hours; where more is to be told at
once than the day's cap has room for, or several deals waited for the morning, they go out together, in one message.
What a cap keeps back waits for the next scheduled digest or, where there is none, for the next day.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.schedule import Window, due_window, is_quiet
from alerts.tell import is_held
from news.alert import Recipient, Telling


@dataclass(frozen=True, slots=True)
class So:
    """What is known of a recipient when it is decided what leaves.

    `told` are the tellings that are told already of the deals of which updates are `pending`. `closed` is until when
    windows were closed, `added_at` since when the recipient is known, `run` the window of a run that ends now, None
    where none does. `today` counts the messages of the recipient's day that followed no schedule.
    """

    recipient: Recipient
    pending: Sequence[Telling]
    told: Sequence[Telling]
    added_at: datetime
    closed: datetime | None = None
    run: Window | None = None
    today: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """What leaves: each of `alerts` is a message; `tellings` stand in the digest of `window`, where one closes."""

    alerts: tuple[tuple[Telling, ...], ...] = ()
    window: Window | None = None
    tellings: tuple[Telling, ...] = ()


def due(so: So, now: datetime) -> Due:
    """Return what leaves for a recipient at `now`."""
    recipient, scheduled = so.recipient, so.recipient.when.mode == "times"
    if is_quiet(recipient, now):
        return Due()
    room = recipient.at_most - so.today if recipient.at_most else None
    full = room is not None and room <= 0
    alerts = () if full else _alerts(so, room, now)
    window = due_window(recipient.when, recipient.time_zone, so.closed, so.added_at, now) if scheduled else so.run
    if window is None or (not scheduled and room is not None and room <= len(alerts)):
        return Due(alerts)
    # As of its end: what ripens or is added afterwards waits for the next, at whatever hour this one is looked at.
    known = [t for t in so.pending if t.created_at <= window.end]
    kept_back = full and scheduled
    mine = [t for t in known if (kept_back or not at_once(recipient, t)) and not is_held(t, so.told, window.end)]
    return Due(alerts, window, tuple(mine))


def at_once(recipient: Recipient, telling: Telling) -> bool:
    """Return whether a telling goes out by itself; lines never do."""
    return telling.kind in {"first", "update"} and (telling.urgent or recipient.when.mode == "immediate")


def _alerts(so: So, room: int | None, now: datetime) -> tuple[tuple[Telling, ...], ...]:
    """Return what goes out by itself, a message each; what was made in one moment goes together."""
    recipient = so.recipient
    ripe = [t for t in so.pending if at_once(recipient, t) and not is_held(t, so.told, now)]
    ordered = sorted(ripe, key=lambda t: (t.created_at, t.id))
    apart = tuple(tuple(group) for _, group in itertools.groupby(ordered, key=lambda t: t.created_at))
    waited = any(is_quiet(recipient, telling.created_at) for telling in ordered)
    crowded = room is not None and len(apart) > room
    return (tuple(ordered),) if len(apart) > 1 and (waited or crowded) else apart
