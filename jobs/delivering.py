"""Close the windows that are due: gather a recipient's tellings, compose the message, freeze it, send it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from alerts.due import So, due
from alerts.schedule import Window, due_window, is_quiet, midnight
from digest.compose import Message, compose, message_id
from digest.smtp import backoff
from jobs.contents import Block, block_of, cards, first_mail, health, lines, stop_of
from jobs.context import Pipeline, WayOut, internal_error
from jobs.placing import match_new_searches
from jobs.writer import Writer
from news.alert import Delivery, DeliveryKind, Digest, Recipient, Telling, Way
from news.article import Fault
from news.errors import DeliveryError, StorageError

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a sender may take for one message before another may try."""
PATIENCE, RARELY = timedelta(days=14), timedelta(hours=12)
"""A message that failed often is still tried, rarely, until it is this old: a digest is worth more than a retry."""
PERHAPS_LINES = 5
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
        if not _is_composed(pipeline, recipient, run, now) and (without := _untellable(pipeline, recipient, now)):
            _is_composed(pipeline, recipient, run, now, without)


def _is_composed(
    pipeline: Pipeline, recipient: Recipient, run: Window | None, now: datetime, without: Collection[int] = ()
) -> bool:
    """Freeze what is due for one recipient, but for some tellings; return whether that went well.

    What is wrong with one reader's digest must not cost the others theirs.
    """
    try:
        _compose(pipeline, recipient, run, now, without)
    except StorageError:
        raise
    except Exception as error:  # see above
        if _is_new(pipeline, f"digest for {recipient.key}", error):
            log.exception("%s: the digest cannot be composed", recipient.key)
            pipeline.tally.unsent += 1
        return False
    return True


def _is_new(pipeline: Pipeline, of: str, error: Exception) -> bool:
    """Note a fault; return whether it was not known yet in this run, which looks once a second."""
    fault = (of, internal_error(error))
    known = fault in pipeline.tally.faults
    if not known:
        pipeline.tally.faults.append(fault)
    return not known


def _untellable(pipeline: Pipeline, recipient: Recipient, now: datetime) -> set[int]:
    """Return the tellings of which no message can be made even alone: they wait, so that the others need not."""
    found = set()
    for telling in pipeline.store.tellings(recipient=recipient.key, state="pending"):
        try:
            line = telling.kind == "perhaps"
            shown = cards(pipeline, () if line else (telling,)), lines(pipeline, (telling,) if line else ())
            _message(pipeline, Digest("digest", recipient, now, now, *shown), "<alone@localhost>")
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, the trace of it was logged with the whole message
            if _is_new(pipeline, f"D{telling.deal} for {recipient.key}", error):
                log.warning("%s: D%d is left out", recipient.key, telling.deal)
            found.add(telling.id)
    return found


def _compose(
    pipeline: Pipeline, recipient: Recipient, run: Window | None, now: datetime, without: Collection[int]
) -> None:
    """Freeze what is due for one recipient."""
    known = _known(pipeline, recipient, run, now)
    found = due(replace(known, pending=[t for t in known.pending if t.id not in without]), now)
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
    """Freeze the digest of a closed window."""
    told = [t for t in tellings if t.kind in {"first", "update"}]
    unsure = [t for t in tellings if t.kind == "perhaps"][:PERHAPS_LINES] if pipeline.settings.perhaps else []
    shown = block_of(pipeline, recipient, window)
    if not (told or unsure or shown[0]):
        _nothing(pipeline, recipient, window, shown, now)
        return
    digest = replace(
        _covering(pipeline, recipient, "digest", window, now),
        cards=cards(pipeline, told),
        perhaps=lines(pipeline, unsure),
        backlog=shown[0],
        in_reply_to=first_mail(pipeline, told),
    )
    _freeze(pipeline, digest, (*told, *unsure), shown, until=window.end)


def _nothing(pipeline: Pipeline, recipient: Recipient, window: Window, shown: Block, now: datetime) -> None:
    """Close a window in which there is nothing to tell: with a heartbeat, or in silence, as was chosen."""
    _, archived, closed = shown
    if closed:
        pipeline.store.close_backlogs(closed, archived)
    if recipient.when.mode != "times":
        return
    if recipient.heartbeat:
        _freeze(pipeline, _covering(pipeline, recipient, "heartbeat", window, now), (), until=window.end)
    else:
        pipeline.store.close_window(recipient.key, window.end)


def _covering(pipeline: Pipeline, recipient: Recipient, kind: DeliveryKind, window: Window, now: datetime) -> Digest:
    """Return a message about a window, still without what stands in it."""
    return Digest(
        kind=kind,
        recipient=recipient,
        window_start=_free(pipeline, recipient, kind, window.start),
        composed_at=now,
        health=health(pipeline, recipient),
        covered=window.end - window.start,
    )


def _free(pipeline: Pipeline, recipient: Recipient, kind: DeliveryKind, start: datetime) -> datetime:
    """Return a start that no message of this kind has: where two begin in one moment, the later one a bit later.

    That happens where an alert was held back while another of its moment went out, and where a schedule is changed.
    """
    last = pipeline.store.last_window(recipient.key, kind)
    return start if last is None or last < start else last + timedelta(microseconds=1)


def _weekly(pipeline: Pipeline, recipient: Recipient, now: datetime) -> None:
    """Freeze the summary of what a recipient was told in the week that ended; of nothing there is none.

    The week is that of the schedule, an hour longer or shorter where clocks were changed: what is told between two
    summaries stands in one of them.
    """
    store = pipeline.store
    if recipient.weekly is None:
        return
    window = due_window(recipient.weekly, recipient.time_zone, None, store.added_at(recipient.key) or now, now)
    composed = store.last_composed(recipient.key, "weekly")
    if window is None or (composed is not None and composed >= window.end):
        return
    newest = {t.deal: t for t in store.told_between(recipient.key, window.start, window.end)}
    if newest:
        summary = _covering(pipeline, recipient, "weekly", window, now)
        told = cards(pipeline, tuple(newest.values()), compared=False)
        _freeze(pipeline, replace(summary, cards=told), ())


def _freeze(
    pipeline: Pipeline,
    digest: Digest,
    told: Sequence[Telling],
    shown: Block = _NOTHING,
    *,
    until: datetime | None = None,
) -> None:
    """Put a message into the outbox: its tellings, its bytes and its Message-ID, in one transaction."""
    store, recipient = pipeline.store, digest.recipient
    domain = pipeline.outlet.sender.rpartition("@")[2]
    identity = message_id(store.secret(), recipient.key, digest.kind, digest.window_start, domain)
    digest = replace(digest, stop=stop_of(pipeline, recipient))
    message = _message(pipeline, digest, identity)
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


def _message(pipeline: Pipeline, digest: Digest, identity: str) -> Message:
    if digest.recipient.way == "mail":
        return compose(digest, pipeline.outlet.sender, identity, pipeline.rates)
    return _way_out(pipeline, digest.recipient.way).compose(digest, identity)


def _unsent(pipeline: Pipeline, delivery: Delivery, error: Exception) -> None:
    said = str(error) if isinstance(error, DeliveryError) else internal_error(error).message
    pipeline.tally.unsent += 1
    pipeline.tally.faults.append((f"{delivery.way} to {delivery.recipient}", Fault("not sent", said)))
    temporary = not isinstance(error, DeliveryError) or error.temporary
    now, wait = pipeline.clock(), backoff(delivery.attempts)
    if wait is None and now < delivery.created_at + PATIENCE:
        wait = RARELY
    state: Literal["pending", "refused", "failed"] = "refused" if not temporary else "pending" if wait else "failed"
    pipeline.store.record_unsent(delivery.id, state, now + wait if wait and temporary else None, said)
    log.warning("%s: not sent: %s", delivery.recipient, said)
