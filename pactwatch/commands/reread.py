"""`pactwatch reread`: what today's rules make of what is stored, as a diff that a person can review."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import click

from jobs.context import Pipeline
from jobs.reread import Outcome, Watch, readers, reread
from lexicon import load
from pactwatch.config import Config
from pactwatch.console import show_json
from pactwatch.options import as_json, configured, existing_store
from pactwatch.rereading import lines, to_json
from pactwatch.wiring import Mute, now_utc, settings_of
from storage import Store


@click.command("reread")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Only articles fetched since that day."
)
@click.option("--apply", is_flag=True, help="Store what differs. Nothing is mailed.")
@as_json
@configured
def command(config: Config, *, since: datetime | None, apply: bool, as_json: bool) -> None:
    """Read the stored texts with today's rules and show what differs from what is stored.

    What would newly be kept or dropped, and every value that changes, was and is, with the words behind both. Nothing
    is stored without --apply, and nothing is mailed in any case. What people corrected stays. With --apply it may be
    killed at any time; another `reread --apply` goes on from there. Exit status 75: a run is at work.
    """
    since = since and since.replace(tzinfo=ZoneInfo(config.time_zone))
    with existing_store(config) as store:
        outcome = Outcome() if store is None else _reread(config, store, since, apply=apply)
    if as_json:
        show_json({**to_json(outcome), "applied": apply})
        return
    for line in lines(outcome, applied=apply):
        click.echo(line)


def _reread(config: Config, store: Store, since: datetime | None, *, apply: bool) -> Outcome:
    pipeline = Pipeline(store, cache(load), settings_of(config), now_utc, Mute())
    with _watching() as watch, readers(pipeline.settings.workers, load) as reader:
        return asyncio.run(reread(pipeline, reader, watch, since=since, apply=apply))


@contextlib.contextmanager
def _watching() -> Iterator[Watch]:
    """Give what shows on a terminal how far it is."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    with click.progressbar(length=1, label="reading", file=sys.stderr) as bar:

        def watch(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        yield watch
