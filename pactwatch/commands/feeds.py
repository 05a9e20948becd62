"""`pactwatch feeds`: the deals of each search as files for a feed reader."""

from __future__ import annotations

from pathlib import Path

import click

from jobs.context import Feeds
from jobs.feeding import write_feeds
from lexicon import load_rates
from pactwatch.config import Config
from pactwatch.console import WrongInputError, count
from pactwatch.options import configured, existing_store
from pactwatch.wiring import now_utc


@click.group("feeds")
def command() -> None:
    """Write the deals of each search as an Atom and a JSON feed."""


@command.command("write")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@configured
def write(config: Config, *, folder: Path | None) -> None:
    """Write KEY.atom and KEY.json of each search into DIR (else the folder of `feeds:`); what is the same stays."""
    known = config.feeds
    if folder is None and known is None:
        raise WrongInputError(f"name a folder, or add `feeds: {{folder: feeds}}` to {config.path}")
    into = Feeds(folder or (known.folder if known else Path()), known.url if known else "")
    with existing_store(config) as store:
        if store is None:
            click.echo("no deals yet; `pactwatch run` looks for some", err=True)
            return
        changed = write_feeds(store, into, load_rates, now_utc())
    click.echo(f"{count(len(changed), 'file')} written into {into.folder}")
