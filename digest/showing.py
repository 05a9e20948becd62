"""Turn a digest into what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, tzinfo

from digest.cards import card_view
from digest.headline import figures, sentence
from digest.subject import is_update, subject, title_of
from digest.view import BacklogView, LineView, Summary, View
from digest.wording import clean, count, join, link, listed, say_day, say_time, shorten, zone_of
from lexicon.rates import Source as RatesSource
from news.alert import Backlog, Card, Digest, Health, Line

_WORTH_NAMING = timedelta(hours=1)
"""A window shorter than this is a run, not a period."""


def view(digest: Digest, rates: RatesSource) -> View:
    """Return what a message shows; pure, and the same for the same digest and rates."""
    zone = zone_of(digest.recipient.time_zone)
    summaries = tuple(map(_summary, digest.cards))
    return View(
        subject=subject(digest),
        preview=_preview(digest, summaries),
        heading=_heading(digest),
        when=say_time(digest.composed_at, zone),
        period=_period(digest, zone),
        summaries=summaries if len(summaries) > 1 else (),
        cards=tuple(card_view(card, zone, rates) for card in digest.cards),
        perhaps=tuple(map(_line, digest.perhaps)),
        backlog=None if digest.backlog is None else _backlog(digest.backlog),
        health=() if digest.health is None else tuple(_health(digest.health)),
    )


def _heading(digest: Digest) -> str:
    updates = sum(map(is_update, digest.cards))
    new = len(digest.cards) - updates
    told = [count(new, "new deal") if new else "", count(updates, "update") if updates else ""]
    if any(told):
        return listed(told)
    if digest.perhaps or digest.backlog is not None:
        return "No new deals"
    return "Nothing new"


def _period(digest: Digest, zone: tzinfo) -> str:
    if digest.covered is None or digest.covered < _WORTH_NAMING:
        return ""
    return f"since {say_time(digest.window_start, zone)}"


def _summary(card: Card) -> Summary:
    terms = card.deal.latest.terms
    badge = "Update" if is_update(card) else "Late" if card.deal.late else ""
    return Summary(shorten(sentence(terms) or title_of(card), 140), figures(terms), badge)


def _preview(digest: Digest, summaries: Sequence[Summary]) -> str:
    """Return what a mail program shows beside the subject."""
    if len(summaries) == 1:
        return shorten(join([summaries[0].figures, title_of(digest.cards[0])]), 120)
    if summaries:
        return shorten("; ".join(join([s.line, s.figures], ": ") for s in summaries), 140)
    lines = digest.perhaps or (digest.backlog.lines if digest.backlog else ())
    return shorten("; ".join(clean(line.title) for line in lines), 140)


def _line(line: Line) -> LineView:
    return LineView(
        label=f"D{line.deal}",
        title=shorten(line.title, 240) or "Without a title",
        url=link(line.url),
        about=join([clean(line.outlet), say_day(line.announced)]),
        reason=shorten(line.reason, 240),
    )


def _backlog(block: Backlog) -> BacklogView:
    shown = len(block.lines)
    if not block.found:
        heading = "nothing found"
    elif shown < block.found:
        heading = f"the {shown} newest of {block.found:,} found"
    else:
        heading = f"{block.found:,} found"
    added = listed(block.added, most=6)
    notes = [f"Shown once, because this was added: {added}." if added else ""]
    if block.read:
        notes.append(f"Looked into: the {count(block.read, 'newest entry', 'newest entries')}.")
    if block.unread:
        notes.append(f"{block.unread:,} older {'one' if block.unread == 1 else 'ones'} not read.")
    return BacklogView(f"Already out there: {heading}", tuple(filter(None, notes)), tuple(map(_line, block.lines)))


def _health(health: Health) -> list[str]:
    """Return the health line: what is watched, what fails and why, what never answered yet."""
    said = [f"{count(health.sources, 'source')} watched"]
    if health.failing:
        faults = [f"{clean(name)} ({clean(fault)})" for name, fault in health.failing]
        verb = "does" if len(faults) == 1 else "do"
        said.append(f"{len(faults)} {verb} not answer as usual: {listed(faults, most=12)}")
    else:
        said.append("none failing")
    if health.unconfirmed:
        said.append(f"not confirmed yet, named this once: {listed(health.unconfirmed, most=40)}")
    return said
