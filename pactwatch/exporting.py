"""`pactwatch deals export`: the deals as a table for a spreadsheet or a program."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, time
from itertools import islice
from pathlib import Path
from typing import IO, Literal, get_args
from zoneinfo import ZoneInfo

import click

from digest.columns import Row
from digest.dollars import in_dollars
from digest.files import whole_file
from lexicon import load_rates
from pactwatch import values
from pactwatch.config import Config
from pactwatch.console import WrongInputError, count
from pactwatch.options import configured, existing_store
from pactwatch.saved import saved
from pactwatch.wiring import now_utc
from storage import Store

Form = Literal["csv", "xlsx", "jsonl"]
FORMS: tuple[Form, ...] = get_args(Form)
Writer = Callable[[Iterable[Row], IO[bytes]], None]
_AT_ONCE = 200


@click.command("export")
@click.option("--format", "form", type=click.Choice(FORMS), help="Else by FILE's name, else csv.")
@click.option(
    "--since", metavar="WHEN", help="Deals that became known here since a day (2026-11-01) or a time ago (7d)."
)
@click.option("--search", metavar="KEY", help="Deals that this saved search matches.")
@click.option("--perhaps", is_flag=True, help="Also what may be a deal.")
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Else to stdout.")
@configured
def command(
    config: Config, *, form: Form | None, since: str | None, search: str | None, perhaps: bool, output: Path | None
) -> None:
    """Write the deals as a table: CSV, an Excel workbook (xlsx), or JSON Lines.

    The columns, their types and what stands in them: docs/ways-out.md.
    """
    form = form or _form_of(output)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise WrongInputError("a workbook is nothing for a terminal; name a file with -o deals.xlsx")
    begin = None if since is None else _since(since, config.time_zone, now_utc())
    with existing_store(config) as store:
        key = None if search is None else _search(config, store, search)
        rows = _rows(store, search=key, since=begin, perhaps=perhaps) if store else iter(())
        written = _write(_writer(form), rows, output)
    if output is not None:
        click.echo(f"{count(written, 'deal')} written to {output}", err=True)


def _form_of(output: Path | None) -> Form:
    """Return the form that a file's name asks for."""
    ending = "csv" if output is None else output.suffix.lower().removeprefix(".")
    found = next((form for form in FORMS if form == ending), None)
    if found is None:
        raise WrongInputError(f"{output} does not say which form; name it with --format csv, xlsx or jsonl")
    return found


def _writer(form: Form) -> Writer:
    if form == "xlsx":
        from digest.workbook import write_xlsx  # noqa: PLC0415  # who lists deals need not wait for its library

        return write_xlsx
    from digest.exports import write_csv, write_jsonl  # noqa: PLC0415  # likewise

    return write_csv if form == "csv" else write_jsonl


def _since(given: str, zone: str, now: datetime) -> datetime:
    """Return the moment that a day (its beginning, in the configured zone) or a length of time means."""
    try:
        return now - values.duration(given)
    except ValueError:
        pass
    try:
        return datetime.combine(date.fromisoformat(given), time(), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise WrongInputError(f"{given!r} is neither a day such as 2026-11-01 nor a time ago such as 7d") from None


def _search(config: Config, store: Store | None, key: str) -> str:
    known = [search.key for search in saved(config, store)]
    if key not in known:
        listed = ", ".join(known) or "none; add one under `searches:`"
        raise WrongInputError(f"no search {key!r} in {config.path}: {listed}{values.meant(key, known)}")
    return key


def _rows(store: Store, *, search: str | None, since: datetime | None, perhaps: bool) -> Iterator[Row]:
    found = store.selected(search=search, since=since, perhaps=perhaps)
    while some := tuple(islice(found, _AT_ONCE)):
        matches = store.matches([deal.id for deal in some])
        for deal in some:
            own = tuple(match for match in matches if match.deal == deal.id)
            yield Row(deal, own, in_dollars(deal.latest, load_rates))


def _write(write: Writer, rows: Iterator[Row], output: Path | None) -> int:
    """Write all rows, to a file as a whole or not at all; return how many they were."""
    written = 0

    def counted() -> Iterator[Row]:
        nonlocal written
        for row in rows:
            written += 1
            yield row

    if output is None:
        out = sys.stdout.buffer
        write(counted(), out)
        out.flush()
        return written
    try:
        with whole_file(output) as file:
            write(counted(), file)
    except OSError as error:
        raise WrongInputError(f"{output} cannot be written: {error.strerror or error}") from error
    return written
