"""What became of a message, and whether a recipient got a deal: what `digest show` and `digest why-missing` say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from alerts.due import at_once
from alerts.schedule import is_quiet, next_window, say_quiet, say_when
from news.alert import Delivery, Recipient, Telling
from news.story import Deal
from pactwatch.console import moment
from storage import Store

_AS = {
    "first": "as its card",
    "update": "as an update",
    "perhaps": 'as a line under "Perhaps"',
    "archive": 'under "Already out there"',
}


def fate(delivery: Delivery, zone: str, now: datetime) -> str:
    """Return what became of a message, in words; `zone` is that of the times."""
    if delivery.state == "sent":
        return f"sent {_at(delivery.sent_at, zone, now)} ({delivery.answer})"
    if delivery.state in {"refused", "failed"}:
        given_up = "refused" if delivery.state == "refused" else "given up"
        return f"{given_up}: {delivery.answer}; `pactwatch digest resend {delivery.id}` tries once more"
    if delivery.state == "leased":
        return "being sent, or its sender died; then the next run takes it up"
    if not delivery.attempts:
        return "not sent yet; the next run sends it"
    again = f"tried again {_at(delivery.not_before, zone, now)}" if delivery.not_before else "tried again soon"
    return f"not sent yet ({delivery.answer}); {again}, attempt {delivery.attempts + 1}"


def why_missing(
    store: Store, recipient: Recipient, deal: Deal, now: datetime, *, perhaps: bool = True
) -> tuple[bool, list[str]]:
    """Return whether a recipient has a deal, and the answer in lines: how it came, or why not.

    `perhaps` is whether digests end with lines about what may be a deal.
    """
    tellings = store.tellings(recipient=recipient.key, deal=deal.id)
    if not tellings:
        return False, list(_never_told(store, recipient, deal))
    got, lines = False, []
    for telling in tellings:
        delivery = None if telling.delivery is None else store.delivery(telling.delivery)
        got = got or (telling.state == "told" and (delivery is None or delivery.state == "sent"))
        lines.append(f"revision {telling.revision}: {_said(telling, delivery, recipient, now, perhaps=perhaps)}")
    return got, lines


def _said(telling: Telling, delivery: Delivery | None, recipient: Recipient, now: datetime, *, perhaps: bool) -> str:
    how = _AS[telling.kind]
    if delivery is not None:
        where = f"in message {delivery.id}, {delivery.subject!r}"
        return f"{how}, {where}: {fate(delivery, recipient.time_zone, now)}"
    if telling.state == "told":
        return f"counted {how}, as one of more than were shown"
    if telling.state == "suppressed":
        return f"not told: {telling.reason}"
    if telling.kind == "perhaps" and not perhaps:
        return "a perhaps, and config.yaml says `perhaps: false`: no digest has such lines"
    return f"{how}, still to be told: {_waits(telling, recipient, now)}"


def _waits(telling: Telling, recipient: Recipient, now: datetime) -> str:
    """Return what a pending telling waits for."""
    if recipient.quiet is not None and is_quiet(recipient, now):
        return f"it waits for the end of the quiet hours, {say_quiet(recipient.quiet)}"
    following = next_window(recipient.when, recipient.time_zone, now)
    if not at_once(recipient, telling) and following is not None:
        return f"with the digest of {_at(following, recipient.time_zone, now)} ({say_when(recipient.when)})"
    if telling.kind == "update":
        return "with the next run, or 24 hours after the update before it"
    if recipient.at_most:
        return f"with the next run, unless it is full: at most {recipient.at_most} messages a day"
    return "with the next run"


def _never_told(store: Store, recipient: Recipient, deal: Deal) -> Iterator[str]:
    """Yield why nothing was ever to be told."""
    if deal.rejected:
        yield "it was rejected by a person; `pactwatch deals show` says by whom and why"
    mine = {search.key for search in store.searches() if recipient.key in search.to}
    matched = sorted({match.search for match in store.matches((deal.id,))})
    if not mine:
        yield f"no search tells {recipient.key}; add {recipient.key} to the `to:` of one"
    elif not mine & set(matched):
        others = f"; it matches {', '.join(matched)}, which tells others" if matched else ""
        yield f"none of the searches that tell {recipient.key} matches it ({', '.join(sorted(mine))}){others}"
    if not deal.news:
        yield (
            f"it is no news: it was announced {deal.latest.announced.isoformat()}, longer than `news_age` before its"
            ' source was last polled; such deals stand once under "Already out there"'
        )
    elif mine & set(matched):
        added = store.added_at(recipient.key)
        yield (
            "it matches, but was stored before the search or the recipient was added"
            f"{'' if added is None else f' ({added:%Y-%m-%d %H:%M} UTC)'}; the next digest counts it under"
            ' "Already out there"'
        )


def _at(at: datetime | None, zone: str, now: datetime) -> str:
    return "" if at is None else moment(at, zone, now)
