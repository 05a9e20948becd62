"""Close the windows that are due: gather a recipient's tellings, compose the message, freeze it, send it."""

from __future__ import annotations

import asyncio
import itertools
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from alerts.backlog import backlog, line_of
from alerts.schedule import Window, due_window
from alerts.tell import is_held
from digest.compose import compose, message_id
from digest.smtp import backoff
from jobs.context import Pipeline, internal_error
from jobs.placing import match_new_searches
from jobs.writer import Writer
from news.alert import Backlog, Card, Delivery, Digest, Health, Line, Recipient, Telling
from news.article import Fault
from news.errors import DeliveryError, PactwatchError
from news.step import BacklogOpen

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
"""How long a sender may take for one message before another may try."""
PATIENCE, RARELY = timedelta(days=14), timedelta(hours=12)
"""A message that failed often is still tried, rarely, until it is this old: a digest is worth more than a retry."""
PERHAPS_LINES = 5


async def deliver(pipeline: Pipeline, write: Writer, run_started: datetime, *, run_ends: bool) -> None:
    """Compose what is due, then send all that waits in the outbox; a server that hangs holds up nobody's writes."""
    await write.call(compose_due, pipeline, run_started, run_ends=run_ends)
    while (delivery := await write.call(pipeline.store.lease, pipeline.clock(), LEASE)) is not None:
        try:
            answer = await asyncio.to_thread(pipeline.outlet.send, delivery)
        except Exception as error:  # noqa: BLE001  # whatever one message does to its outlet, the others go out
            await write.call(_unsent, pipeline, delivery, error)
            continue
        await write.call(pipeline.store.record_sent, delivery.id, pipeline.clock(), answer)
        pipeline.tally.sent += 1
        log.info("%s: sent %r: %s", delivery.recipient, delivery.subject, answer)


def compose_due(pipeline: Pipeline, run_started: datetime, *, run_ends: bool) -> None:
    """Freeze what is due at the clock's now into the outbox.

    `run_ends` closes the window of those who are told with each run; who is told at once gets lines that are no card
    (perhaps, backlog) with it too.
    """
    match_new_searches(pipeline)  # before a block about them is shown and closed
    now = pipeline.clock()
    for recipient in pipeline.store.recipients():
        try:
            _compose(pipeline, recipient, run_started, now, run_ends=run_ends)
        except PactwatchError:
            raise
        except Exception as error:  # a mistake of ours with one reader's digest must not cost the others theirs
            log.exception("%s: the digest cannot be composed", recipient.key)
            fault = (f"digest for {recipient.key}", internal_error(error))
            if fault not in pipeline.tally.faults:
                pipeline.tally.faults.append(fault)
                pipeline.tally.unsent += 1


def _compose(pipeline: Pipeline, recipient: Recipient, run_started: datetime, now: datetime, *, run_ends: bool) -> None:
    """Freeze what is due for one recipient."""
    pending = pipeline.store.tellings(recipient=recipient.key, state="pending")
    at_once = [t for t in pending if _at_once(recipient, t)]
    _alerts(pipeline, recipient, _ripe(pipeline, at_once, now), now)
    window = _window(pipeline, recipient, run_started, now, run_ends=run_ends)
    if window is not None:
        # As of its end: what ripens or is added afterwards waits for the next, at whatever hour this one is looked at.
        due = [t for t in pending if not _at_once(recipient, t) and t.created_at <= window.end]
        _digest(pipeline, recipient, _ripe(pipeline, due, window.end), window, now)


def _ripe(pipeline: Pipeline, pending: Sequence[Telling], at: datetime) -> list[Telling]:
    """Return what is to be told, but for updates that wait to go out as one."""
    store = pipeline.store
    return [
        t
        for t in pending
        if t.kind != "update" or not is_held(t, store.tellings(recipient=t.recipient, deal=t.deal, state="told"), at)
    ]


def _window(
    pipeline: Pipeline, recipient: Recipient, run_started: datetime, now: datetime, *, run_ends: bool
) -> Window | None:
    """Return the window that is to be closed for a recipient now."""
    store = pipeline.store
    if recipient.when.mode == "times":
        window = due_window(recipient.when, recipient.time_zone, None, store.added_at(recipient.key) or now, now)
        # By when it was composed, not by its start: the schedule may have been another then.
        last = store.last_composed(recipient.key, "digest")
        return None if window is None or (last is not None and last >= window.end) else window
    return Window(run_started, now) if run_ends and store.last_window(recipient.key, "digest") != run_started else None


def _at_once(recipient: Recipient, telling: Telling) -> bool:
    """Return whether a telling goes out by itself; lines never do."""
    return telling.kind in {"first", "update"} and (telling.urgent or recipient.when.mode == "immediate")


def _alerts(pipeline: Pipeline, recipient: Recipient, pending: Sequence[Telling], now: datetime) -> None:
    """Freeze one message per deal that is to be told at once; its window starts with the revision."""
    urgent = sorted(pending, key=lambda t: (t.created_at, t.id))
    for created, group in itertools.groupby(urgent, key=lambda t: t.created_at):
        tellings = tuple(group)
        digest = Digest(
            kind="alert",
            recipient=recipient,
            window_start=created,
            composed_at=now,
            cards=_cards(pipeline, tellings),
            in_reply_to=_first_mail(pipeline, tellings),
        )
        _freeze(pipeline, digest, tellings)


def _digest(
    pipeline: Pipeline, recipient: Recipient, tellings: Sequence[Telling], window: Window, now: datetime
) -> None:
    """Freeze the digest of a closed window; nothing to tell, no message."""
    told = [t for t in tellings if t.kind in {"first", "update"}]
    unsure = [t for t in tellings if t.kind == "perhaps"][:PERHAPS_LINES] if pipeline.settings.perhaps else []
    block, archived, closed = _backlog(pipeline, recipient, window, now)
    if not told and not unsure and block is None:
        if closed:
            pipeline.store.close_backlogs(closed, archived)
        return
    digest = Digest(
        kind="digest",
        recipient=recipient,
        window_start=window.start,
        composed_at=now,
        cards=_cards(pipeline, told),
        perhaps=_lines(pipeline, unsure),
        backlog=block,
        health=health(pipeline, recipient),
        in_reply_to=_first_mail(pipeline, told),
        covered=window.end - window.start,
    )
    _freeze(pipeline, digest, (*told, *unsure), archived, closed)


def _backlog(
    pipeline: Pipeline, recipient: Recipient, window: Window, now: datetime
) -> tuple[Backlog | None, tuple[Telling, ...], tuple[BacklogOpen, ...]]:
    """Return the block about what was already out there, what it tells, and which additions it is about."""
    store = pipeline.store
    opened = tuple(o for o in store.open_backlogs(recipient.key) if o.added_at <= window.end)
    if not opened:
        return None, (), ()
    names = {source.key: source.name for source in store.sources()}
    polls = {key: store.first_poll(key) for key in names}
    if any(o.cause == "recipient" for o in opened):
        # A new recipient's block shows what has answered so far; a source that never does must not hold it back.
        asked = {o.key for o in opened if o.cause == "source"}
        polls = {key: poll for key, poll in polls.items() if poll.done or key in asked}
        opened = opened if polls else tuple(o for o in opened if o.cause != "recipient")
    return backlog(
        opened,
        store.archive(recipient.key, opened),
        polls,
        names=names,
        mode=pipeline.settings.backlog,
        now=now,
        recipient=recipient.key,
    )


def _freeze(
    pipeline: Pipeline,
    digest: Digest,
    told: Sequence[Telling],
    added: Sequence[Telling] = (),
    closed: Sequence[BacklogOpen] = (),
) -> None:
    """Put a message into the outbox: its tellings, its bytes and its Message-ID, in one transaction."""
    store, sender = pipeline.store, pipeline.outlet.sender
    identity = message_id(
        store.secret(), digest.recipient.key, digest.kind, digest.window_start, sender.rpartition("@")[2]
    )
    message = compose(digest, sender, identity, pipeline.rates)
    delivery = Delivery(
        id=0,
        recipient=digest.recipient.key,
        kind=digest.kind,
        window_start=digest.window_start,
        state="pending",
        message_id=identity,
        subject=message.subject,
        message=message.content,
        created_at=digest.composed_at,
    )
    store.record_delivery(delivery, [t.id for t in told], added, closed)
    log.info("%s: %s with %d deals is in the outbox", digest.recipient.key, digest.kind, len(digest.cards))


def _cards(pipeline: Pipeline, tellings: Sequence[Telling]) -> tuple[Card, ...]:
    """Return the cards of tellings, the newest announcement first."""
    wanted = {search for telling in tellings for search in telling.searches}
    matches = pipeline.store.matches({t.deal for t in tellings})
    cards = []
    for telling in tellings:
        deal = pipeline.store.deal(telling.deal)
        if deal is not None:
            why = tuple(m for m in matches if m.deal == telling.deal and m.search in wanted)
            cards.append(Card(telling, deal, why))
    return tuple(sorted(cards, key=lambda c: (c.deal.latest.announced, -c.deal.id), reverse=True))


def _lines(pipeline: Pipeline, tellings: Sequence[Telling]) -> tuple[Line, ...]:
    deals = ((telling, pipeline.store.deal(telling.deal)) for telling in tellings)
    return tuple(line_of(deal, telling.reason) for telling, deal in deals if deal is not None)


def _first_mail(pipeline: Pipeline, tellings: Sequence[Telling]) -> str | None:
    """Return the Message-ID of the mail that first told a deal, where a message is all about updates of one deal."""
    if len(tellings) != 1 or tellings[0].kind != "update":
        return None
    earlier = pipeline.store.tellings(recipient=tellings[0].recipient, deal=tellings[0].deal, state="told")
    first = min((t.delivery for t in earlier if t.delivery is not None), default=None)
    delivery = None if first is None else pipeline.store.delivery(first)
    return delivery.message_id if delivery else None


def health(pipeline: Pipeline, recipient: Recipient) -> Health:
    """Return what a digest says about the sources: which fail and, in the first digest only, which never answered.

    One that has fallen silent or of which items may be lost does not answer as usual either.
    """
    feeds = pipeline.store.feeds()
    names = {source.key: source.name for source in pipeline.store.sources()}
    failing = [(names[f.source], f.fault.name) for f in feeds if f.fault is not None and f.confirmed]
    failing += [(names[f.source], "items may be lost") for f in feeds if f.fault is None and f.gap is not None]
    first = pipeline.store.last_window(recipient.key, "digest") is None
    unconfirmed = [names[f.source] for f in feeds if first and f.fault is not None and not f.confirmed]
    return Health(len(feeds), tuple(sorted(failing)), tuple(sorted(unconfirmed)))


def _unsent(pipeline: Pipeline, delivery: Delivery, error: Exception) -> None:
    said = str(error) if isinstance(error, DeliveryError) else internal_error(error).message
    pipeline.tally.unsent += 1
    pipeline.tally.faults.append((f"mail to {delivery.recipient}", Fault("mail not sent", said)))
    temporary = not isinstance(error, DeliveryError) or error.temporary
    now, wait = pipeline.clock(), backoff(delivery.attempts)
    if wait is None and now < delivery.created_at + PATIENCE:
        wait = RARELY
    state: Literal["pending", "refused", "failed"] = "refused" if not temporary else "pending" if wait else "failed"
    pipeline.store.record_unsent(delivery.id, state, now + wait if wait and temporary else None, said)
    log.warning("%s: not sent: %s", delivery.recipient, said)
