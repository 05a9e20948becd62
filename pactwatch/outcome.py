"""What a run comes to: its exit status, its summary, and what changed for the worse. Values in, words out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crawler.polling import ANSWERS, due_at, lost_items
from news.alert import Delivery
from news.article import Feed
from news.step import RunSummary
from pactwatch.console import count, moment

_NAMED = 8
"""So many names stand in one line; the rest is counted."""


@dataclass(frozen=True, slots=True)
class State:
    """What can be worse after a run than before it."""

    feeds: tuple[Feed, ...]
    outbox: tuple[Delivery, ...]


def failing(summary: RunSummary, state: State) -> list[tuple[str, str]]:
    """Return the sources that this run could not poll, with their faults."""
    return [(name, words) for name, kind, words in _of_sources(summary, state) if kind not in ANSWERS]


def doubtful(summary: RunSummary, state: State) -> list[tuple[str, str]]:
    """Return the sources that answered and did not bring what they used to: silent ones, and those with a gap."""
    return [(name, words) for name, kind, words in _of_sources(summary, state) if kind in ANSWERS]


def _of_sources(summary: RunSummary, state: State) -> list[tuple[str, str, str]]:
    keys = {feed.source for feed in state.feeds}
    return [(name, fault.name, f"{fault.name}: {fault.message}") for name, fault in summary.faults if name in keys]


def unreachable(summary: RunSummary, state: State) -> bool:
    """Return whether a run polled and not one source answered."""
    return summary.polled > 0 and len(failing(summary, state)) >= summary.polled


def unsent(state: State) -> list[Delivery]:
    """Return the mails that lie in the outbox after a run."""
    return [d for d in state.outbox if d.state in {"pending", "leased"}]


def status(summary: RunSummary, state: State, *, strict: bool) -> int:
    """Return 0 when the run did its work, 1 when it could not; `strict` lets any recorded fault count."""
    could_not = unreachable(summary, state) or bool(unsent(state)) or summary.unsent > 0
    return int(could_not or (strict and bool(summary.faults)))


def worse(summary: RunSummary, before: State, after: State) -> list[str]:
    """Return what needs a hand now and did not before, a line each.

    A source that has never answered is no failure: it is named once, as not confirmed.
    """
    was = {feed.source: feed for feed in before.feeds}
    lines, strangers = [], []
    for feed in after.feeds:
        old = was.get(feed.source)
        if feed.gap is not None and (old is None or old.gap is None or old.gap.at != feed.gap.at):
            lines.append(f"{feed.source} answers, but {lost_items(feed.gap).message}")
        if feed.fault is None or (old is not None and old.fault is not None and old.retired == feed.retired):
            continue
        if not feed.confirmed and not feed.retired:
            strangers.append(feed.source)
        else:
            lines.append(f"{feed.source} fails: {feed.fault.name}: {feed.fault.message}")
    if strangers:
        lines.append(f"not confirmed, as they have never answered: {listed(strangers)} (said once)")
    if unreachable(summary, after):
        lines.append("no source could be reached; is this machine online?")
    known = {d.id: d.state for d in before.outbox if d.attempts}
    for mail in after.outbox:
        if mail.state != "sent" and mail.attempts and known.get(mail.id) != mail.state:
            again = "it is kept and tried again" if mail.state in {"pending", "leased"} else "it is given up"
            lines.append(f"{mail.way} to {mail.recipient} was not sent, {again}: {mail.answer}")
    return lines


def idle(summary: RunSummary) -> bool:
    """Return whether a run had nothing to poll and nothing to fetch."""
    return not (summary.polled or summary.requests or summary.left)


def summary_lines(summary: RunSummary, state: State) -> list[str]:
    """Return what a run did, for a person at a terminal."""
    lines = []
    if not idle(summary):
        lines.append(f"{count(summary.polled, 'source')} polled, {count(summary.entries, 'new entry', 'new entries')}")
    if summary.articles or summary.duplicates:
        became = f"{summary.kept} kept, {summary.perhaps} perhaps, {summary.dropped} dropped"
        lines.append(f"{count(summary.articles, 'article')} read: {became}; {count(summary.duplicates, 'duplicate')}")
    if summary.sent or not idle(summary):
        lines.append(f"{count(summary.deals, 'new deal')}, {count(summary.sent, 'message')} sent")
    if summary.left:
        lines.append(f"{count(summary.left, 'request')} left for the next run")
    failed = failing(summary, state)
    if failed:
        lines.append(f"{count(len(failed), 'source')} failed: {listed([name for name, _ in failed])}")
        lines += [f"  {name}: {words}" for name, words in failed[:_NAMED]]
    doubts = doubtful(summary, state)
    lines += [f"{name} answers, but {words}" for name, words in doubts[:_NAMED]]
    pages = len(summary.faults) - len(failed) - len(doubts)
    if pages:
        lines.append(f"{count(pages, 'page')} could not be read; `pactwatch status` names them")
    if unsent(state):
        lines.append(f"{count(len(unsent(state)), 'message')} could not be sent yet and will be tried again")
    return lines


def not_due(feeds: Sequence[Feed], zone: str, now: datetime, *, forced: bool = False) -> str:
    """Return when the next poll is due, for a run that had nothing to do; one that was `forced` was not allowed to."""
    alive = [feed for feed in feeds if not feed.retired]
    if not alive:
        return "nothing to poll: add a source with `pactwatch sources add URL`"
    asked = ", as the publishers asked (Retry-After)" if forced else ""
    times = (feed.not_before if forced else due_at(feed) for feed in alive)
    earliest = min((at for at in times if at is not None and at > now), default=now)
    return f"not due before {moment(earliest, zone, now)}{asked}"


def listed(names: Sequence[str]) -> str:
    """Return names in a line, the first few of many."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
