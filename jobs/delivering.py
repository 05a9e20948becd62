"""Close the windows that are due: gather a recipient's tellings, compose the message, freeze it, send it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from alerts.due import So, due
from alerts.schedule import Window, due_window, is_quiet, midnight
from digest.compose import compose, message_id
from digest.smtp import backoff
from jobs.contents import Block, block_of, cards, first_mail, health, lines, stop_of
from jobs.context import Pipeline, WayOut, internal_error
from jobs.placing import match_new_searches
from jobs.writer import Writer
from news.alert import Delivery, DeliveryKind, Digest, Recipient, Telling, Way
from news.article import Fault
from news.errors import DeliveryError, PactwatchError

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a sender may take for one message before another may try."""
PATIENCE, RARELY = timedelta(days=14), timedelta(hours=12)
"""A message that failed often is still tried, rarely, until it is this old: a digest is worth more than a retry."""
PERHAPS_LINES = 5
_WEEK = timedelta(days=7)
_NOTHING: Block = (None, (), ())


async def deliver(pipeline: Pipeline, write: Writer, run_started: datetime, *, run_ends: bool) -> None:
    """Compose what is due, then send all that waits in the outbox; a server that hangs holds up nobody's writes.

    Once nothing gets through on a way out, the rest of what would go there is left for the next time.
    """
    await write.call(compose_due, pipeline, run_started, run_ends=run_ends)
    down: set[Way] = set()
    while (delivery := await write.call(_next, pipeline, down)) is not None:
        try:
            answer = await asyncio.to_thread(_send, pipeline, delivery)
        except Exception as error:  # noqa: BLE001  # whatever one message does to its outlet, the others go out
            if isinstance(error, DeliveryError) and error.server:
                down.add(delivery.way)
            await write.call(_unsent, pipeline, delivery, error)
            continue
        await write.call(pipeline.store.record_sent, delivery.id, pipeline.clock(), answer)
        pipeline.tally.sent += 1
        log.info("%s: sent %r: %s", delivery.recipient, delivery.subject, answer)


def _next(pipeline: Pipeline, down: set[Way]) -> Delivery | None:
    """Return the next message that may leave, leased: none in anybody's quiet hours, whenever it was composed."""
    now = pipeline.clock()
    quiet = [recipient.key for recipient in pipeline.store.recipients() if is_quiet(recipient, now)]
    return pipeline.store.lease(now, LEASE, ways=down, quiet=quiet)


def _send(pipeline: Pipeline, delivery: Delivery) -> str:
    if delivery.way == "mail":
        return pipeline.outlet.send(delivery)
    return _way_out(pipeline, delivery.way).send(delivery)


def _way_out(pipeline: Pipeline, way: Way) -> WayOut:
    if way not in pipeline.ways:
        raise LookupError(f"no {way} is configured")
    return pipeline.ways[way]


def compose_due(pipeline: Pipeline, run_started: datetime, *, run_ends: bool) -> None:
    """Freeze what is due at the clock's now into the outbox.

    `run_ends` closes the window of those who are told with each run; who is told at once gets lines that are no card
    (perhaps, backlog) with it too.
    """
    match_new_searches(pipeline)  # before a block about them is shown and closed
    now = pipeline.clock()
    run = Window(run_started, now) if run_ends else None
    for recipient in pipeline.store.recipients():
        try:
            _compose(pipeline, recipient, run, now)
        except PactwatchError:
            raise
        except Exception as error:  # a mistake of ours with one reader's digest must not cost the others theirs
            log.exception("%s: the digest cannot be composed", recipient.key)
            fault = (f"digest for {recipient.key}", internal_error(error))
            if fault not in pipeline.tally.faults:
                pipeline.tally.faults.append(fault)
                pipeline.tally.unsent += 1


def _compose(pipeline: Pipeline, recipient: Recipient, run: Window | None, now: datetime) -> None:
    """Freeze what is due for one recipient."""
    found = due(_known(pipeline, recipient, run, now), now)
    for tellings in found.alerts:
        _alert(pipeline, recipient, tellings, now)
    if found.window is not None:
        _digest(pipeline, recipient, found.tellings, found.window, now)
    if recipient.weekly is not None and not is_quiet(recipient, now):
        _weekly(pipeline, recipient, now)


def _known(pipeline: Pipeline, recipient: Recipient, run: Window | None, now: datetime) -> So:
    """Load what decides what leaves for a recipient."""
    store, scheduled = pipeline.store, recipient.when.mode == "times"
    pending = store.tellings(recipient=recipient.key, state="pending")
    updated = {t.deal for t in pending if t.kind == "update"}
    counted: tuple[DeliveryKind, ...] = ("alert",) if scheduled else ("alert", "digest")
    today = store.composed_since(recipient.key, midnight(recipient.time_zone, now), counted) if recipient.at_most else 0
    if run is not None and store.last_window(recipient.key, "digest") == run.start:
        run = None  # one digest a run
    return So(
        recipient,
        pending,
        told=[t for deal in updated for t in store.tellings(recipient=recipient.key, deal=deal, state="told")],
        added_at=store.added_at(recipient.key) or now,
        closed=store.closed_until(recipient.key),
        run=run,
        today=today,
    )


def _alert(pipeline: Pipeline, recipient: Recipient, tellings: tuple[Telling, ...], now: datetime) -> None:
    """Freeze what is told at once; its window starts with the revision, or with the first of several."""
    digest = Digest(
        kind="alert",
        recipient=recipient,
        window_start=_free(pipeline, recipient, "alert", tellings[0].created_at),
        composed_at=now,
        cards=cards(pipeline, tellings),
        in_reply_to=first_mail(pipeline, tellings),
    )
    _freeze(pipeline, digest, tellings)


def _digest(
    pipeline: Pipeline, recipient: Recipient, tellings: Sequence[Telling], window: Window, now: datetime
) -> None:
    """Freeze the digest of a closed window; with nothing to tell it is a heartbeat, or silence, as was chosen."""
    scheduled = recipient.when.mode == "times"
    told = [t for t in tellings if t.kind in {"first", "update"}]
    unsure = [t for t in tellings if t.kind == "perhaps"][:PERHAPS_LINES] if pipeline.settings.perhaps else []
    block, archived, closed = block_of(pipeline, recipient, window)
    empty = not told and not unsure and block is None
    if empty and closed:
        pipeline.store.close_backlogs(closed, archived)
    if empty and not (scheduled and recipient.heartbeat):
        if scheduled:
            pipeline.store.close_window(recipient.key, window.end)
        return
    kind: DeliveryKind = "heartbeat" if empty else "digest"
    digest = Digest(
        kind=kind,
        recipient=recipient,
        window_start=_free(pipeline, recipient, kind, window.start),
        composed_at=now,
        cards=cards(pipeline, told),
        perhaps=lines(pipeline, unsure),
        backlog=block,
        health=health(pipeline, recipient),
        in_reply_to=first_mail(pipeline, told),
        covered=window.end - window.start,
    )
    shown = _NOTHING if empty else (block, archived, closed)
    _freeze(pipeline, digest, (*told, *unsure), shown, until=window.end)


def _free(pipeline: Pipeline, recipient: Recipient, kind: DeliveryKind, start: datetime) -> datetime:
    """Return a start that no message of this kind has: where two begin in one moment, the later one a bit later.

    That happens where an alert was held back while another of its moment went out, and where a schedule is changed.
    """
    last = pipeline.store.last_window(recipient.key, kind)
    return start if last is None or last < start else last + timedelta(microseconds=1)


def _weekly(pipeline: Pipeline, recipient: Recipient, now: datetime) -> None:
    """Freeze the summary of what a recipient was told in the week that ended; of nothing there is none."""
    store = pipeline.store
    if recipient.weekly is None:
        return
    closed = store.last_composed(recipient.key, "weekly")
    window = due_window(recipient.weekly, recipient.time_zone, closed, store.added_at(recipient.key) or now, now)
    if window is None:
        return
    window = replace(window, start=window.end - _WEEK)
    newest = {t.deal: t for t in store.told_between(recipient.key, window.start, window.end)}
    if newest:
        digest = Digest(
            kind="weekly",
            recipient=recipient,
            window_start=window.start,
            composed_at=now,
            cards=cards(pipeline, tuple(newest.values()), compared=False),
            health=health(pipeline, recipient),
            covered=_WEEK,
        )
        _freeze(pipeline, digest, ())


def _freeze(
    pipeline: Pipeline,
    digest: Digest,
    told: Sequence[Telling],
    shown: Block = _NOTHING,
    *,
    until: datetime | None = None,
) -> None:
    """Put a message into the outbox: its tellings, its bytes and its Message-ID, in one transaction."""
    store, sender, recipient = pipeline.store, pipeline.outlet.sender, digest.recipient
    identity = message_id(store.secret(), recipient.key, digest.kind, digest.window_start, sender.rpartition("@")[2])
    digest = replace(digest, stop=stop_of(pipeline, recipient))
    if recipient.way == "mail":
        message = compose(digest, sender, identity, pipeline.rates)
    else:
        message = _way_out(pipeline, recipient.way).compose(digest, identity)
    delivery = Delivery(
        id=0,
        recipient=recipient.key,
        kind=digest.kind,
        window_start=digest.window_start,
        state="pending",
        message_id=identity,
        subject=message.subject,
        message=message.content,
        created_at=digest.composed_at,
        way=recipient.way,
    )
    _, added, closed = shown
    store.record_delivery(delivery, [t.id for t in told], added, closed, until=until)
    log.info("%s: %s with %d deals is in the outbox", recipient.key, digest.kind, len(digest.cards))


def _unsent(pipeline: Pipeline, delivery: Delivery, error: Exception) -> None:
    said = str(error) if isinstance(error, DeliveryError) else internal_error(error).message
    pipeline.tally.unsent += 1
    pipeline.tally.faults.append((f"{delivery.way} to {delivery.recipient}", Fault("mail not sent", said)))
    temporary = not isinstance(error, DeliveryError) or error.temporary
    now, wait = pipeline.clock(), backoff(delivery.attempts)
    if wait is None and now < delivery.created_at + PATIENCE:
        wait = RARELY
    state: Literal["pending", "refused", "failed"] = "refused" if not temporary else "pending" if wait else "failed"
    pipeline.store.record_unsent(delivery.id, state, now + wait if wait and temporary else None, said)
    log.warning("%s: not sent: %s", delivery.recipient, said)
