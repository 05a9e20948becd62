"""`pactwatch deals watch|unwatch`: be told what becomes of a deal, whatever the saved searches say."""

from __future__ import annotations

import click

from pactwatch import values
from pactwatch.config import Config
from pactwatch.console import WrongInputError
from pactwatch.options import configured, existing_store
from pactwatch.stored import deal_of
from pactwatch.wiring import now_utc

_to = click.option("--to", metavar="RECIPIENT", help="The key of a recipient; not needed where there is one.")


@click.command("watch")
@click.argument("number", metavar="ID")
@_to
@configured
def watch(config: Config, *, number: str, to: str | None) -> None:
    """Tell a recipient what becomes of the deal ID: expansion, option exercise, milestone, closing, termination."""
    who = _who(config, to)
    with existing_store(config) as store:
        deal = deal_of(store, number).id
        if store is None or who not in {recipient.key for recipient in store.recipients()}:
            raise WrongInputError(f"{who} is not in the database yet; `pactwatch run` takes the configuration in")
        new = store.watch(deal, who, now_utc())
    click.echo(f"{who} is told what becomes of D{deal}" if new else f"{who} watches D{deal} already")


@click.command("unwatch")
@click.argument("number", metavar="ID")
@_to
@configured
def unwatch(config: Config, *, number: str, to: str | None) -> None:
    """Stop telling a recipient what becomes of the deal ID; saved searches go on as before."""
    who = _who(config, to)
    with existing_store(config) as store:
        deal = deal_of(store, number).id
        ended = store is not None and store.unwatch(deal, who)
    click.echo(f"{who} watches D{deal} no more" if ended else f"{who} did not watch D{deal}")


def _who(config: Config, to: str | None) -> str:
    """Return the key of a recipient of the configuration, by default that of the only one."""
    known = [recipient.key for recipient in config.recipients]
    if to is None and len(known) == 1:
        return known[0]
    listed = ", ".join(known) or "nobody yet; add one under `recipients:`"
    if to is None:
        raise WrongInputError(f"say who with --to: {listed}")
    if to not in known:
        raise WrongInputError(f"--to {to}: the recipients are {listed}{values.meant(to, known)}")
    return to
