"""`pactwatch digest`: what the next digest would be, whether mail gets through, and what became of what was sent."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from digest.compose import readdressed
from digest.smtp import probe
from jobs.delivering import compose_due
from news.alert import Delivery, Recipient
from news.errors import DeliveryError
from pactwatch import values
from pactwatch.config import Config
from pactwatch.console import WrongInputError, moment, one_line, show_json, table
from pactwatch.options import as_json, configured, existing_store
from pactwatch.sent import fate, why_missing
from pactwatch.stored import deal_of
from pactwatch.wiring import Preview, now_utc, open_copy, part, smtp_settings
from storage import Store


@click.group("digest")
def command() -> None:
    """Preview a recipient's next digest, send a test mail, look at what was sent."""


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
        last = max((d.id for d in pipeline.store.deliveries(newest=1)), default=0)
        now = pipeline.clock()
        compose_due(pipeline, now, run_ends=True)
        composed = [d for d in pipeline.store.deliveries(recipient=key) if d.id > last]
        wrong = [f"{of}: {fault.message}" for of, fault in pipeline.tally.faults if of.endswith(f" for {key}")]
    for delivery in composed:
        outlet.send(delivery)
    if page is not None and composed:
        _write(page, composed[-1])
    for words in wrong:
        click.echo(f"pactwatch: cannot be composed: {words}", err=True)
    if wrong:
        sys.exit(1)
    if not composed:
        click.echo(f"nothing to tell {key} now")


def _recipient(config: Config, key: str | None) -> str:
    known = [recipient.key for recipient in config.recipients]
    if key is None and len(known) == 1:
        return known[0]
    if key not in known:
        listed = ", ".join(known) or "none; add one under `recipients:`"
        raise WrongInputError(f"name a recipient of {config.path}: {listed}")
    return str(key)


def _write(page: Path, delivery: Delivery) -> None:
    if delivery.way != "mail":
        raise WrongInputError(f"--html is for mail; {delivery.recipient} is told by {delivery.way}")
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


@command.command("show")
@click.argument("number", required=False, type=click.IntRange(1), metavar="[ID]")
@click.option("--recipient", metavar="KEY", help="Only the messages to this recipient.")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(1), help="So many at most, the newest first."
)
@as_json
@configured
def show(config: Config, *, number: int | None, recipient: str | None, limit: int, as_json: bool) -> None:
    """List the outbox, or show the message ID: its state, what it told, and its text."""
    known = {reader.key: reader.time_zone for reader in config.recipients}
    with existing_store(config) as store:
        if number is not None:
            _show_one(store, _delivery(store, number), known, as_json=as_json)
            return
        key = _reader(config, recipient).key if recipient else None
        newest = store.deliveries(recipient=key, newest=limit)[::-1] if store else ()
    if as_json:
        show_json([_json(delivery) for delivery in newest])
    elif newest:
        now = now_utc()
        rows = [
            (
                str(d.id), d.recipient, d.kind, moment(d.created_at, known.get(d.recipient, "UTC"), now), d.state,
                one_line(d.subject),
            )
            for d in newest
        ]  # fmt: skip
        table(("id", "recipient", "kind", "composed", "state", "subject"), rows)
    else:
        click.echo("nothing was composed yet", err=True)


def _show_one(store: Store | None, delivery: Delivery, known: Mapping[str, str], *, as_json: bool) -> None:
    told = store.in_delivery(delivery.id) if store else ()
    if as_json:
        tellings = [{"deal": f"D{t.deal}", "revision": t.revision, "kind": t.kind} for t in told]
        show_json({**_json(delivery), "tellings": tellings})
        return
    zone = known.get(delivery.recipient, "UTC")
    click.echo(f"message {delivery.id} to {delivery.recipient} ({delivery.way}, {delivery.kind}): {delivery.subject}")
    click.echo(f"Message-ID {delivery.message_id}")
    click.echo(fate(delivery, zone, now_utc()))
    click.echo("told: " + (", ".join(f"D{t.deal} ({t.kind})" for t in told) or "nothing of a deal"))
    if delivery.fingerprint is not None:
        click.echo(f"its bytes were let go (`keep_mail`); their SHA-256 is {delivery.fingerprint}")
    elif delivery.way == "mail":
        click.echo("\n" + part(delivery.message, "plain"))
    else:
        click.echo("\n" + delivery.message.decode("utf-8", "replace"))


def _json(delivery: Delivery) -> dict[str, object]:
    return {
        "id": delivery.id,
        "recipient": delivery.recipient,
        "way": delivery.way,
        "kind": delivery.kind,
        "state": delivery.state,
        "subject": delivery.subject,
        "message_id": delivery.message_id,
        "window_start": delivery.window_start.isoformat(),
        "composed_at": delivery.created_at.isoformat(),
        "sent_at": delivery.sent_at.isoformat() if delivery.sent_at else None,
        "attempts": delivery.attempts,
        "answer": delivery.answer,
        "sha256": delivery.fingerprint,
    }


@command.command("resend")
@click.argument("number", type=click.IntRange(1), metavar="ID")
@configured
def resend(config: Config, *, number: int) -> None:
    """Let the message ID (`digest show` names them) out once more, with the next run.

    It keeps its bytes and its Message-ID, and goes to the address that the recipient has by now. One that is still
    tried again is tried at once, there.
    """
    with existing_store(config) as store:
        delivery = _delivery(store, number)
        if delivery.fingerprint is not None:
            raise WrongInputError(f"message {number} cannot be sent again: its bytes were let go (`keep_mail`)")
        reader = _reader(config, delivery.recipient)
        if reader.way != delivery.way:
            raise WrongInputError(
                f"message {number} was made for {delivery.way}, and {reader.key} is told by {reader.way} now;"
                f" only a recipient of {delivery.way} can be sent it"
            )
        content = readdressed(delivery.message, reader.email) if delivery.way == "mail" else delivery.message
        if store is None or not store.resend(number, content):
            raise WrongInputError(
                f"message {number} is still to be sent: {fate(delivery, config.time_zone, now_utc())}"
            )
    to = f" to {reader.email}" if delivery.way == "mail" else f" by {delivery.way}"
    click.echo(f"message {number} goes out{to} with the next run: {delivery.subject}")


@command.command("why-missing")
@click.argument("recipient")
@click.argument("deal")
@configured
def why_missing_(config: Config, *, recipient: str, deal: str) -> None:
    """Say whether RECIPIENT (a key or an e-mail address) got DEAL (D12 or 12) and, if not, why."""
    reader = _reader(config, recipient)
    with existing_store(config) as store:
        found = deal_of(store, deal)
        assert store is not None  # noqa: S101  # it has the deal
        got, lines = why_missing(store, reader, found, now_utc(), perhaps=config.perhaps)
    has, number = "has got" if got else "has not got", deal.lstrip("dD0")
    click.echo(f"{reader.key} {has} {found.label}" + ("" if found.label == f"D{number}" else f" (was D{number})"))
    for line in lines:
        click.echo(f"  {line}")


def _delivery(store: Store | None, number: int) -> Delivery:
    found = store.delivery(number) if store else None
    if found is None:
        raise WrongInputError(f"there is no message {number}; `pactwatch digest show` lists them")
    return found


def _reader(config: Config, name: str) -> Recipient:
    """Return the recipient of a key or an e-mail address."""
    for recipient in config.recipients:
        if name == recipient.key or (name and name.lower() == recipient.email.lower()):
            return recipient
    listed = ", ".join(recipient.key for recipient in config.recipients) or "none"
    raise WrongInputError(f"{name!r} is no recipient of {config.path}: {listed}")
