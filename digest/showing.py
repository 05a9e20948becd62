"""Turn a digest into what is shown of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from digest.cards import card_view
from digest.subject import RUN, subject, title_of, told_in
from digest.view import Block, LineView, View
from digest.weekly import by_deal, deal_line, once, totals, week
from digest.wording import clean, count, join, link, listed, say_day, say_days, say_hour, say_time, shorten, zone_of
from lexicon.rates import Source as RatesSource
from news.alert import Backlog, Digest, Health, Line

_SILENT = "silent"
"""The name of the fault of a source that answers, but without the news that it usually has."""
_PERHAPS = "These match a search, but may be no deal of the kind that is kept."


def view(digest: Digest, rates: RatesSource) -> View:
    """Return what a message shows; pure, and the same for the same digest and rates."""
    zone = zone_of(digest.recipient.time_zone)
    weekly = digest.kind == "weekly"
    cards = once(digest.cards) if weekly else digest.cards
    lines = tuple(map(deal_line, cards))
    blocks = [Block("Perhaps", (_PERHAPS,), tuple(map(_line, digest.perhaps)))] if digest.perhaps else []
    return View(
        subject=subject(digest, rates),
        preview=_preview(digest, lines),
        heading=_heading(digest),
        when=say_time(digest.composed_at, zone),
        period=_period(digest, zone),
        deals=None if len(lines) < 2 and not weekly else by_deal(week(cards) if weekly else lines),
        cards=() if weekly else tuple(card_view(card, zone, rates) for card in cards),
        blocks=(*blocks, *([_backlog(digest.backlog)] if digest.backlog is not None else [])),
        totals=totals(cards, rates) if weekly else None,
        health=() if digest.health is None else tuple(_health(digest.health)),
        foot=tuple(_foot(digest)),
        stop=link(digest.stop),
    )


def _heading(digest: Digest) -> str:
    if digest.kind == "weekly":
        told = told_in(once(digest.cards), "deal")
        return f"The week: {told}" if told else "A week without deals"
    if told := told_in(digest.cards, "new deal"):
        return told
    if digest.perhaps or digest.backlog is not None:
        return "No new deals"
    return "Nothing new"


def _period(digest: Digest, zone: tzinfo) -> str:
    """Return what a digest covers; a run needs no words, and a week is said in days."""
    if digest.covered is None or digest.covered < RUN:
        return ""
    start, end = digest.window_start, digest.window_start + digest.covered
    if digest.kind == "weekly":
        days = say_days(start.astimezone(zone).date(), end.astimezone(zone).date())
        return f"{days} {end.astimezone(zone).year}"
    return f"{say_hour(start, zone)} to {say_time(end, zone)}"


def _preview(digest: Digest, lines: Sequence[LineView]) -> str:
    """Return what a mail program shows beside the subject."""
    said = [(line.title, ", ".join(str(each) for each in line.sums if each.value)) for line in lines]
    if len(said) == 1:
        return shorten(join([said[0][1], title_of(digest.cards[0])]), 120)
    if said:
        return shorten("; ".join(join(each, ": ") for each in said[:8]), 140)
    others = digest.perhaps or (digest.backlog.lines if digest.backlog else ())
    return shorten("; ".join(clean(line.title) for line in others), 140)


def _line(line: Line) -> LineView:
    return LineView(
        title=shorten(line.title, 240) or "Without a title",
        url=link(line.url),
        about=join([clean(line.outlet), say_day(line.announced)]),
        label=f"D{line.deal}",
        reason=shorten(line.reason, 240),
    )


def _backlog(block: Backlog) -> Block:
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
    return Block(f"Already out there: {heading}", tuple(filter(None, notes)), tuple(map(_line, block.lines)))


def _health(health: Health) -> list[str]:
    """Return the health line: what is polled, what fails and why, what fell silent, what never answered yet."""
    said = [f"{count(health.sources, 'source')} polled"]
    failing = [f"{clean(name)} ({clean(fault)})" for name, fault in health.failing if fault != _SILENT]
    silent = [clean(name) for name, fault in health.failing if fault == _SILENT]
    said.append(f"{len(failing)} failing: {listed(failing, most=12)}" if failing else "none failing")
    if silent:
        said.append(f"{len(silent)} silent for longer than usual: {listed(silent, most=12)}")
    if health.unconfirmed:
        said.append(f"not confirmed yet, named this once: {listed(health.unconfirmed, most=40)}")
    return said


def _foot(digest: Digest) -> list[str]:
    """Return how to change or stop what comes."""
    key = clean(digest.recipient.key)
    said = [
        "What you get and when stands in config.yaml of whoever runs pactwatch for you, "
        f"under recipients: {key}. Ask them to change it" + (", or to stop it." if not digest.stop else ".")
    ]
    if digest.stop.startswith("mailto:"):
        said.append(f"To stop these mails, write to {clean(digest.stop.removeprefix('mailto:').partition('?')[0])}.")
    return said
