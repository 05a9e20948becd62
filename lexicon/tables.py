"""The shape of the bundled tables: tab-separated columns, forms between bars, lines with # at the start are notes."""

from __future__ import annotations

from collections.abc import Iterator


def rows(table: str, columns: int, needed: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and columns of each row; missing columns at the end are empty.

    Raises ValueError for a row with more columns than the table has, or in which one of the first `needed` is empty
    (all but the last, unless said otherwise).
    """
    for number, line in enumerate(table.split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        cells += [""] * (columns - len(cells))
        if len(cells) != columns or not all(cells[: columns - 1 if needed is None else needed]):
            raise ValueError(f"line {number}: expected {columns} columns separated by tabs, found {line!r}")
        yield number, cells


def forms(cell: str) -> list[str]:
    """Return the forms that stand between bars in a cell."""
    return [form.strip() for form in cell.split("|") if form.strip()]
