"""`pactwatch status`: what happened last, what is due when, what fails."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from news.article import Feed
from news.step import RunSummary
from pactwatch.config import Config
from pactwatch.console import count, moment, one_line, show_json, table
from pactwatch.options import as_json, configured, existing_store
from pactwatch.overview import WALLS_FOR, Overview, overview
from pactwatch.wiring import now_utc

_NONE = "no run yet; `pactwatch run` begins"


@click.command("status")
@as_json
@configured
def command(config: Config, *, as_json: bool) -> None:
    """Say what the last run did, what is due when, each recipient's last and next digest, and what fails."""
    now = now_utc()
    with existing_store(config) as store:
        seen = overview(store, config.recipients, now) if store else Overview(None, None, (), (), (), 0)
    if as_json:
        show_json(_json(seen, now))
        return
    for line in _lines(config, seen, now):
        click.echo(one_line(line))
    if seen.readers:
        rows = [
            (r.key, r.when, _at(r.last, config, now), _at(r.next, config, now), str(r.pending)) for r in seen.readers
        ]
        click.echo()
        table(("recipient", "when", "last digest", "next digest", "pending"), rows)
    _faults("failing sources", seen.failing)
    if seen.gaps:
        click.echo("\nitems may be lost: a poll shared none with the one before; these sources are polled sooner now")
        lost = [(f.source, _at(g.since, config, now), _at(g.at, config, now)) for f in seen.gaps if (g := f.gap)]
        table(("source", "after", "and before"), lost)
    _faults("not confirmed: these have never answered", seen.unconfirmed)
    if seen.walls:
        click.echo(f"\nbehind walls in the last {WALLS_FOR.days} days: of these the summary was read, or nothing")
        table(("source", "wall", "articles"), [(source, wall, str(number)) for source, wall, number in seen.walls])
    if seen.outbox:
        click.echo("\noutbox")
        table(
            ("to", "state", "attempts", "answer"),
            [(d.recipient, d.state, str(d.attempts), d.answer or d.subject) for d in seen.outbox],
        )


def _lines(config: Config, seen: Overview, now: datetime) -> list[str]:
    if not (seen.last_run or seen.open_run):
        return [_NONE]
    due, following = seen.due(now)
    later = f", the next at {moment(following, config.time_zone, now)}" if following else ""
    lines = [f"due now   {count(due, 'source')} of {len(seen.feeds)}{later}"]
    if seen.last_run:
        lines.insert(0, f"last run  {_run(seen.last_run, config, now)}")
    if seen.open_run:
        began = moment(seen.open_run.started_at, config.time_zone, now)
        lines.append(f"open run  since {began}: at work, or ended half-way (the next run goes on from there)")
    if seen.waiting:
        lines.append(f"waiting   {count(seen.waiting, 'page')} still to be fetched")
    faults = seen.last_run.faults if seen.last_run else ()
    pages = [(name, fault) for name, fault in faults if name not in {f.source for f in seen.feeds}]
    return lines + [f"fault     {name}: {fault.name}: {fault.message}" for name, fault in pages[:10]]


def _run(run: RunSummary, config: Config, now: datetime) -> str:
    began = moment(run.started_at, config.time_zone, now)
    did = f"{run.polled} polled, {count(run.articles, 'article')}, {count(run.deals, 'new deal')}, {run.sent} sent"
    return f"{began}, {did}, {count(len(run.faults), 'fault')}"


def _at(at: datetime | None, config: Config, now: datetime) -> str:
    return "-" if at is None else moment(at, config.time_zone, now)


def _faults(heading: str, feeds: tuple[Feed, ...]) -> None:
    if feeds:
        click.echo(f"\n{heading}")
        # One that is silent answers: no poll of it has failed.
        rows = [(f.source, str(f.failures or "-"), str(f.fault or "")) for f in feeds]
        table(("source", "times", "fault"), rows)


def _json(seen: Overview, now: datetime) -> dict[str, Any]:
    due, following = seen.due(now)
    return {
        "last_run": seen.last_run and _run_json(seen.last_run),
        "open_since": seen.open_run and seen.open_run.started_at.isoformat(),
        "sources": len(seen.feeds),
        "due": due,
        "next_due": following and following.isoformat(),
        "waiting": seen.waiting,
        "recipients": [
            {
                "key": r.key,
                "when": r.when,
                "pending": r.pending,
                "last": r.last and r.last.isoformat(),
                "next": r.next and r.next.isoformat(),
            }
            for r in seen.readers
        ],
        "failing": [_fault_json(feed) for feed in seen.failing],
        "gaps": [
            {"source": f.source, "since": g.since.isoformat(), "at": g.at.isoformat(), "backfill": g.backfill}
            for f in seen.gaps
            if (g := f.gap)
        ],
        "walls": [{"source": source, "wall": wall, "articles": number} for source, wall, number in seen.walls],
        "unconfirmed": [_fault_json(feed) for feed in seen.unconfirmed],
        "outbox": [
            {"to": d.recipient, "kind": d.kind, "state": d.state, "attempts": d.attempts, "answer": d.answer}
            for d in seen.outbox
        ],
    }


def _run_json(run: RunSummary) -> dict[str, Any]:
    names = ("polled", "unchanged", "requests", "entries", "articles", "duplicates", "kept", "perhaps", "dropped")
    return {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at and run.ended_at.isoformat(),
        **{name: getattr(run, name) for name in (*names, "deals", "sent", "unsent", "left")},
        "faults": [{"of": name, "name": fault.name, "message": fault.message} for name, fault in run.faults],
    }


def _fault_json(feed: Feed) -> dict[str, Any]:
    fault = feed.fault
    return {"source": feed.source, "failures": feed.failures, "fault": fault and str(fault)}
