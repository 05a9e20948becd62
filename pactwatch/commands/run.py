"""`pactwatch run`: poll what is due, once, and deliver; for cron."""

from __future__ import annotations

import contextlib
import logging
import sys
from collections.abc import Iterator
from functools import partial

import click

from crawler import reactor
from jobs.context import Pipeline, Progress, Unwatched
from jobs.run import run
from lexicon import load
from news.step import RunSummary
from pactwatch import logs, outcome, values
from pactwatch.config import Config
from pactwatch.console import WrongInputError
from pactwatch.contact import with_contact
from pactwatch.options import configured
from pactwatch.wiring import Preview, open_copy, open_pipeline
from storage import Store

log = logging.getLogger(__name__)


@click.command("run")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Work on a copy and print what would be told; send and keep nothing.")
@click.option("--now", is_flag=True, help="Poll the SOURCEs (all, where none is named) even if they are not due.")
@click.option("--strict", is_flag=True, help="Exit with 1 when any fault was recorded.")
@click.option("--quiet", is_flag=True, help="Log warnings only: for cron, which mails whatever is printed.")
@configured
def command(config: Config, *, sources: tuple[str, ...], dry_run: bool, now: bool, strict: bool, quiet: bool) -> None:
    """Poll what is due, once, and deliver.

    Exit status: 0 it did its work, even if single sources failed; 1 it could not (database, no source reachable, mail
    left unsent); 2 usage or configuration; 75 another run is at work.
    """
    forced = _forced(config, sources, now=now)
    config = with_contact(config)
    terminal = sys.stderr.isatty()
    # On a terminal the bar tells what the log would.
    logs.start(config.log, least=logging.WARNING if quiet or terminal else logging.DEBUG)
    with _watched(terminal=terminal and not quiet) as progress:
        if dry_run:
            with open_copy(config, Preview(config), progress=progress) as pipeline:
                summary, before, after = _run(pipeline, forced)
        else:
            with open_pipeline(config, progress=progress) as pipeline:
                summary, before, after = _run(pipeline, forced)
    _tell(config, summary, before, after, forced=now)
    if dry_run:
        click.echo("dry run: nothing was sent or kept")
    sys.exit(outcome.status(summary, after, strict=strict))


def _forced(config: Config, sources: tuple[str, ...], *, now: bool) -> frozenset[str] | None:
    """Return the sources of `--now`; None where nothing is forced."""
    known = [source.key for source in config.sources]
    for key in sources:
        if key not in known:
            raise WrongInputError(f"no source {key!r} in {config.path}{values.meant(key, known)}")
    if sources and not now:
        raise click.UsageError("sources are named after --now only")
    return frozenset(sources) if now else None


@contextlib.contextmanager
def _watched(*, terminal: bool) -> Iterator[Progress]:
    if terminal:
        from pactwatch.progress import bar  # noqa: PLC0415  # it loads what draws, which cron has no use for

        with bar() as shown:
            yield shown
    else:
        yield Unwatched()


def _run(pipeline: Pipeline, forced: frozenset[str] | None) -> tuple[RunSummary, outcome.State, outcome.State]:
    before = _state(pipeline.store)
    summary = reactor.run(partial(run, pipeline, load, forced=forced))
    return summary, before, _state(pipeline.store)


def _state(store: Store) -> outcome.State:
    return outcome.State(store.feeds(), store.unsent())


def _tell(config: Config, summary: RunSummary, before: outcome.State, after: outcome.State, *, forced: bool) -> None:
    """Say what came of the run: all of it on a terminal, else what changed for the worse."""
    now = summary.ended_at or summary.started_at
    due = outcome.not_due(after.feeds, config.time_zone, now, forced=forced) if outcome.idle(summary) else ""
    if due:
        log.info("%s", due)
    if sys.stdout.isatty() or sys.stderr.isatty():
        for line in [*([due] if due else []), *outcome.summary_lines(summary, after)]:
            click.echo(line)
    for line in outcome.worse(summary, before, after):
        click.echo(f"pactwatch: {line}", err=True)
