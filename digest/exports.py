"""Deals as a table in text: CSV and JSON Lines.

What stands in a cell came from the web and may end in a spreadsheet, which takes a text that begins with "=", "+", "-"
or "@" for a formula (OWASP, CSV Injection). In CSV such a text gets an apostrophe before it, also behind a ";", where a
spreadsheet of another locale begins a cell. JSON Lines hold what is.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO

from digest.columns import BETWEEN, COLUMNS, FORMULA, Cell, Row, cells

_CELL = re.compile(rf'(^|;)([\s"]*)(?={FORMULA.pattern})')


def write_jsonl(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write an object a line: numbers as numbers, lists as arrays, days and moments as ISO 8601, null for nothing."""
    for row in rows:
        record = {column.name: _json(value) for column, value in cells(row)}
        out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")


def write_csv(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write RFC 4180 in UTF-8, with the mark by which Excel knows it, and a first line of names."""
    out.write(b"\xef\xbb\xbf")
    lines = csv.writer(_Encoded(out))
    lines.writerow([column.name for column in COLUMNS])
    for row in rows:
        lines.writerow([_csv(value) for _, value in cells(row)])


def _json(value: Cell) -> str | float | int | bool | list[str] | None:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, tuple):
        return list(value)
    return _iso(value) if isinstance(value, date) else value


def _csv(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return _iso(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    return _CELL.sub(r"\1\2'", BETWEEN.join(value) if isinstance(value, tuple) else value)


def _iso(value: date) -> str:
    """Return a day, or a moment in UTC to the second."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return value.isoformat()


class _Encoded:
    """What the csv module writes its lines to."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, text: str) -> int:
        """Write text as UTF-8."""
        return self._out.write(text.encode())
