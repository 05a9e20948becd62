"""What stands in a digest: cards, lines, the block about what was out there, the health of the sources."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from alerts.backlog import backlog, line_of
from alerts.comparable import comparable
from alerts.schedule import Window
from jobs.context import Pipeline
from news.alert import Backlog, Card, Health, Line, Recipient, Telling
from news.step import BacklogOpen

Block = tuple[Backlog | None, tuple[Telling, ...], tuple[BacklogOpen, ...]]


def cards(pipeline: Pipeline, tellings: Sequence[Telling], *, compared: bool = True) -> tuple[Card, ...]:
    """Return the cards of tellings, the newest announcement first; `compared` with other deals of their kind."""
    wanted = {search for telling in tellings for search in telling.searches}
    matches = pipeline.store.matches({t.deal for t in tellings})
    sightings = pipeline.store.sightings({t.deal for t in tellings}) if compared else {}
    found = []
    for telling in tellings:
        deal = pipeline.store.deal(telling.deal)
        if deal is not None:
            why = tuple(m for m in matches if m.deal == telling.deal and m.search in wanted)
            others = comparable(deal, pipeline.store.alike(deal)) if compared else ()
            found.append(Card(telling, deal, why, others, sightings.get(deal.id, ())))
    return tuple(sorted(found, key=lambda c: (c.deal.latest.announced, -c.deal.id), reverse=True))


def lines(pipeline: Pipeline, tellings: Sequence[Telling]) -> tuple[Line, ...]:
    """Return tellings as lines with their reasons."""
    deals = ((telling, pipeline.store.deal(telling.deal)) for telling in tellings)
    return tuple(line_of(deal, telling.reason) for telling, deal in deals if deal is not None)


def block_of(pipeline: Pipeline, recipient: Recipient, window: Window) -> Block:
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
        now=pipeline.clock(),
        recipient=recipient.key,
    )


def first_mail(pipeline: Pipeline, tellings: Iterable[Telling]) -> str | None:
    """Return the Message-ID of the mail that first told a deal, where a message is about updates of one mail's only."""
    firsts = {_first_delivery(pipeline, telling) if telling.kind == "update" else None for telling in tellings}
    number = firsts.pop() if len(firsts) == 1 else None
    delivery = None if number is None else pipeline.store.delivery(number)
    return delivery.message_id if delivery else None


def _first_delivery(pipeline: Pipeline, telling: Telling) -> int | None:
    earlier = pipeline.store.tellings(recipient=telling.recipient, deal=telling.deal, state="told")
    return min((t.delivery for t in earlier if t.delivery is not None), default=None)


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


def stop_of(pipeline: Pipeline, recipient: Recipient) -> str:
    """Return the https or mailto address at which a recipient stops the mails, "" where there is none.

    It names the recipient by a keyed hash: an address in a mail that somebody forwards gives nobody away.
    """
    place = pipeline.settings.stop
    if not place or recipient.way != "mail":
        return ""
    mark = hmac.new(pipeline.store.secret(), f"stop\0{recipient.key}".encode(), hashlib.sha256).hexdigest()[:24]
    if "://" in place:
        return f"{place}{'&' if '?' in place else '?'}reader={mark}"
    return f"mailto:{place}?subject=unsubscribe%20{mark}"
