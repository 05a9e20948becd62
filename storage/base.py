"""What every concern of the store is built on: one engine, reads, and writes that are one transaction each."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, RowMapping, Table

from storage.engine import insert, insert_of, mapped

V = TypeVar("V")
_AT_ONCE = 500


class Database:
    """Transactions on one engine."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose schema is up to date."""
        self._engine = engine
        self._writing = engine.execution_options(writes=True)

    @contextlib.contextmanager
    def _read(self) -> Iterator[Connection]:
        with mapped(self._engine), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def _write(self) -> Iterator[Connection]:
        """Give a transaction: all of it, or nothing."""
        with mapped(self._engine), self._writing.begin() as connection:
            yield connection


def upsert(connection: Connection, table: Table, *rows: dict[str, Any]) -> None:
    """Write rows, all of the same columns, over those with the same primary keys, if there are any."""
    if rows:
        connection.execute(_upsert(connection.dialect.name, table, tuple(rows[0])), list(rows))


@functools.cache
def _upsert(dialect: str, table: Table, names: Sequence[str]) -> Any:  # noqa: ANN401  # as engine.insert
    """Return the statement for rows with these columns; to build it anew costs as much as to run it."""
    keys = [column.name for column in table.primary_key]
    statement = insert_of(dialect, table)
    rest = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)


def add_new(connection: Connection, table: Table, row: dict[str, Any]) -> int | None:
    """Insert a row unless its natural key is taken; return its id, None when it was."""
    found: int | None = connection.scalar(_add_new(connection.dialect.name, table), row)
    return found


@functools.cache
def _add_new(dialect: str, table: Table) -> Any:  # noqa: ANN401  # as engine.insert
    """Return the statement for a new row; as above."""
    return insert_of(dialect, table).on_conflict_do_nothing().returning(table.c.id)


def add_all_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows, in few statements, but those whose natural key is taken; return the ids of the others."""
    if not rows:
        return []
    statement = insert(connection, table).on_conflict_do_nothing().returning(table.c.id)
    return list(connection.scalars(statement, rows))


def batches(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """Return values in such lots as go into one IN: databases allow some ten thousand, a feed or a year holds more."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]


def picked(row: RowMapping, *names: str) -> dict[str, Any]:
    """Return some columns of a row by name."""
    return {name: row[name] for name in names}
