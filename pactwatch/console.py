"""What a person sees: tables for a terminal or a pipe, JSON, and times in their own zone."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import datetime
from typing import IO, Any
from zoneinfo import ZoneInfo

import click


class WrongInputError(click.ClickException):
    """What was asked for cannot be done as it was asked; one line, exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line."""
        click.echo(f"pactwatch: {self.format_message()}", file=file, err=file is None)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under their columns; the last column takes what room is left."""
    if sys.stdout.isatty():
        _rich_table(columns, rows)
        return
    lines = [[one_line(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(columns))]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _rich_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box  # noqa: PLC0415  # a third of a second that a pipe need not wait for
    from rich.console import Console  # noqa: PLC0415  # likewise
    from rich.table import Table  # noqa: PLC0415  # likewise
    from rich.text import Text  # noqa: PLC0415  # likewise

    made = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        made.add_column(name, no_wrap=number == 0, overflow="fold")
    for row in rows:
        made.add_row(*(Text(one_line(cell)) for cell in row))
    Console().print(made)


def one_line(cell: str) -> str:
    """Return a cell without what would break its line or steer the terminal."""
    return "".join(c if c.isprintable() else " " for c in cell)


def show_json(value: Any) -> None:  # noqa: ANN401  # whatever JSON holds
    """Print one JSON value, readable, in UTF-8."""
    try:
        text = json.dumps(value, ensure_ascii=False, indent=2)
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(value, indent=2)
    click.echo(text)


def moment(at: datetime, zone: str, now: datetime) -> str:
    """Return a time in the reader's zone, the zone named; with its date where that is not today's."""
    local = at.astimezone(ZoneInfo(zone))
    today = now.astimezone(ZoneInfo(zone)).date() == local.date()
    name = local.strftime("%Z")
    name = name if name.isalpha() else f"{name} ({zone})"
    return f"{local:%H:%M} {name}" if today else f"{local:%Y-%m-%d %H:%M} {name}"


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun."""
    return f"{number} {one if number == 1 else many or one + 's'}"
