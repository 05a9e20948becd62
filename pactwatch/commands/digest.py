"""`pactwatch digest`: what the next digest would be, and whether mail gets through."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from digest.smtp import probe
from jobs.delivering import compose_due
from news.alert import Delivery
from news.errors import DeliveryError
from pactwatch import values
from pactwatch.config import Config
from pactwatch.console import WrongInputError
from pactwatch.options import configured
from pactwatch.wiring import Preview, now_utc, open_copy, part, smtp_settings


@click.group("digest")
def command() -> None:
    """Preview a recipient's next digest, or send a test mail."""


@command.command("preview")
@click.argument("recipient", required=False)
@click.option(
    "--html", "page", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write the HTML there."
)
@configured
def preview(config: Config, *, recipient: str | None, page: Path | None) -> None:
    """Print what RECIPIENT would be sent now, from what is stored; nothing is sent or counts as told."""
    key = _recipient(config, recipient)
    outlet = Preview(config)
    with open_copy(config, outlet) as pipeline:
        known = {d.id for d in pipeline.store.deliveries()}
        now = pipeline.clock()
        compose_due(pipeline, now, run_ends=True)
        composed = [d for d in pipeline.store.deliveries(recipient=key) if d.id not in known]
    if not composed:
        click.echo(f"nothing to tell {key} now")
        return
    for delivery in composed:
        outlet.send(delivery)
    if page is not None:
        _write(page, composed[-1])


def _recipient(config: Config, key: str | None) -> str:
    known = [recipient.key for recipient in config.recipients]
    if key is None and len(known) == 1:
        return known[0]
    if key not in known:
        listed = ", ".join(known) or "none; add one under `recipients:`"
        raise WrongInputError(f"name a recipient of {config.path}: {listed}")
    return str(key)


def _write(page: Path, delivery: Delivery) -> None:
    try:
        page.write_text(part(delivery.message, "html"), "utf-8")
    except OSError as error:
        raise WrongInputError(f"{page} cannot be written: {error.strerror}") from error
    click.echo(f"the HTML is in {page}", err=True)


@command.command("test")
@click.argument("address")
@configured
def test(config: Config, *, address: str) -> None:
    """Send a test mail to ADDRESS and print what the mail server answers."""
    try:
        values.email(address)
    except ValueError as error:
        raise WrongInputError(f"{address!r}: {error}") from error
    if config.mail is None:
        raise WrongInputError(
            f"no mail server is configured; add `mail: {{host: …, from: …}}` to {config.path} "
            "(until then digests are shown on the terminal)"
        )
    try:
        for line in probe(smtp_settings(config, config.mail), address, now_utc()):
            click.echo(line)
    except DeliveryError as error:
        click.echo(f"pactwatch: {error}", err=True)
        sys.exit(1)
