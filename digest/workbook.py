"""Deals as an Excel workbook, with real numbers and days. The only importer of XlsxWriter.

A text is written as a text, never as a formula, and one that looks like a formula is marked with Excel's own quote
prefix, so that it stays a text when somebody edits it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import IO, Protocol

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from digest.columns import BETWEEN, COLUMNS, FORMULA, Cell, Row, Type, cells
from news.errors import PactwatchError

MOST_ROWS = 1_048_575
"""Deals in a worksheet: Excel has 1,048,576 rows, the first of which holds the names."""
_MOST_LINKS, _LONGEST_LINK = 60_000, 2000
"""Links that a worksheet takes: Excel allows 65,530 of at most 2,079 characters; what is beyond is text."""
_WIDTHS: dict[Type, int] = {
    "text": 18, "list": 24, "link": 30, "amount": 16, "percent": 9, "number": 9, "day": 12, "moment": 18, "yes/no": 7,
}  # fmt: skip
_FORMATS: dict[Type, str] = {"amount": "#,##0", "percent": '0.0#"%"', "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm"}
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class ExportError(PactwatchError):
    """The deals do not fit into the form that was asked for."""


class _Sheet(Protocol):
    """What is used of XlsxWriter's worksheet."""

    def set_column(self, first: int, last: int, width: int, form: object = None) -> object: ...
    def write_string(self, line: int, number: int, text: str, form: object = None) -> object: ...
    def write_number(self, line: int, number: int, value: float, form: object = None) -> object: ...
    def write_datetime(self, line: int, number: int, value: date, form: object = None) -> object: ...
    def write_boolean(self, line: int, number: int, value: bool) -> object: ...  # noqa: FBT001  # XlsxWriter's signature
    def write_url(self, line: int, number: int, url: str) -> object: ...


def write_xlsx(rows: Iterable[Row], out: IO[bytes]) -> None:
    """Write a workbook: a sheet of deals, and one that says what its columns are.

    Raises ExportError where there are more deals than a worksheet has rows.
    """
    with xlsxwriter.Workbook(out, {"constant_memory": True, **_TEXT_ONLY}) as book:
        bold, quoted = book.add_format({"bold": True, "bottom": 1}), book.add_format({"quote_prefix": True})
        formats = {kind: book.add_format({"num_format": form}) for kind, form in _FORMATS.items()}
        sheet = book.add_worksheet("Deals")
        sheet.freeze_panes(1, 2)
        _head(sheet, bold, [(column.name, _WIDTHS[column.type]) for column in COLUMNS])
        put = _Writer(sheet, formats, quoted)
        line = 0
        for line, row in enumerate(rows, 1):
            if line > MOST_ROWS:
                raise ExportError(f"a sheet holds {MOST_ROWS:,} deals; narrow it with --since, or write csv or jsonl")
            for number, (column, value) in enumerate(cells(row)):
                put.cell(line, number, column.type, value)
        sheet.autofilter(0, 0, line, len(COLUMNS) - 1)
        _explain(book.add_worksheet("Columns"), bold)


@dataclass(slots=True)
class _Writer:
    """Writes cells by their types."""

    sheet: _Sheet
    formats: Mapping[Type, object]
    quoted: object
    links: int = 0

    def cell(self, line: int, number: int, kind: Type, value: Cell) -> None:
        """Write one; nothing leaves it empty."""
        form = self.formats.get(kind)
        if isinstance(value, bool):
            self.sheet.write_boolean(line, number, value)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(line, number, float(value), form)
        elif isinstance(value, datetime):  # Excel knows no time zones
            self.sheet.write_datetime(line, number, value.astimezone(UTC).replace(tzinfo=None), form)
        elif isinstance(value, date):
            self.sheet.write_datetime(line, number, value, form)
        elif value:
            self._text(line, number, BETWEEN.join(value) if isinstance(value, tuple) else value, link=kind == "link")

    def _text(self, line: int, number: int, text: str, *, link: bool) -> None:
        if link and self.links < _MOST_LINKS and len(text) <= _LONGEST_LINK:
            self.links += 1
            self.sheet.write_url(line, number, text)
        else:
            self.sheet.write_string(line, number, text, self.quoted if FORMULA.match(text) else None)


def _head(sheet: _Sheet, bold: object, columns: Iterable[tuple[str, int]]) -> None:
    for number, (name, width) in enumerate(columns):
        sheet.set_column(number, number, width)
        sheet.write_string(0, number, name, bold)


def _explain(sheet: _Sheet, bold: object) -> None:
    _head(sheet, bold, (("column", 22), ("type", 10), ("what it is", 70)))
    for line, column in enumerate(COLUMNS, 1):
        for number, text in enumerate((column.name, column.type, column.about)):
            sheet.write_string(line, number, text)
