"""`pactwatch db`: bring the database to this version, or check it."""

from __future__ import annotations

import click

from pactwatch.config import Config
from pactwatch.console import WrongInputError
from pactwatch.options import configured, has_database
from storage import Store


@click.group("db")
def command() -> None:
    """Upgrade or check the database."""


@command.command("upgrade")
@configured
def upgrade(config: Config) -> None:
    """Create the database, or bring its tables to this version; every run does so by itself."""
    with Store.open(config.database) as store:
        store.check()
    click.echo("the database is up to date")


@command.command("check")
@configured
def check(config: Config) -> None:
    """Check that the database is whole and of this version."""
    if not has_database(config):
        raise WrongInputError(f"{config.database} does not exist yet; the first `pactwatch run` makes it")
    with Store.open(config.database) as store:
        store.check()
    click.echo("the database is whole and up to date")
