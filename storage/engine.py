"""Open a database, keep its manners, and map what goes wrong: the one place that knows SQLite from PostgreSQL.

SQLite runs in WAL mode with synchronous=NORMAL: a killed process loses nothing; a power cut may lose the last
transactions but leaves a whole database, and what they held is fetched again. Every write begins with BEGIN IMMEDIATE,
so that a transaction never finds out half-way that it has to wait.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from news.errors import AnotherRunError, StorageError

BUSY_SECONDS = 30
_LOCK_NUMBER = 0x70616374  # "pact": the key of PostgreSQL's advisory lock


def engine_of(address: str) -> Engine:
    """Return an engine for a file's path or a postgresql:// address; raises StorageError for anything else."""
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


def _url(address: str) -> URL:
    if "://" not in address:
        return URL.create("sqlite", database=address)
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StorageError("database: the address cannot be read; write postgresql://user@host/name") from error
    if url.get_backend_name() != "postgresql":
        raise StorageError(
            f"database: {url.drivername} is not supported; give a file's path or a postgresql:// address"
        )
    return url.set(drivername="postgresql+psycopg")


def _sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    if path.is_dir():
        raise StorageError(f"database: {path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise StorageError(f"database: the folder {path.parent} does not exist; create it or name another")
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # BEGIN is ours, see below
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        raw: Any = connection.connection.driver_connection  # past SQLAlchemy, which takes longer than SQLite itself
        raw.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def shown(engine: Engine) -> str:
    """Return the database's address as it may be shown: without a password."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextlib.contextmanager
def mapped(engine: Engine) -> Iterator[None]:
    """Turn what the driver raises into one clear StorageError."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        words = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
        message = words[0] if words else type(error).__name__
        raise StorageError(f"database {shown(engine)}: {message}{_advice(message)}") from error


def _advice(message: str) -> str:
    advice = {
        "unable to open database file": "; check that the folder exists and may be written to",
        "readonly database": "; make the file and its folder writable",
        "not a database": "; name another file, this one is something else",
        "disk is full": "; make room",
        "database is locked": f"; another program has kept it locked for {BUSY_SECONDS} s",
        "password authentication failed": "; check the user and the password",
    }
    return next((words for part, words in advice.items() if part in message), "")


def insert(connection: Connection, table: Table) -> Any:  # noqa: ANN401  # the two dialects' inserts share no base with on_conflict
    """Return the dialect's INSERT, which knows ON CONFLICT."""
    return insert_of(connection.dialect.name, table)


def insert_of(dialect: str, table: Table) -> Any:  # noqa: ANN401  # likewise
    """Return the INSERT of a dialect that is named."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@contextlib.contextmanager
def crawler_lock(engine: Engine) -> Iterator[None]:
    """Hold the lock of the one crawler of a database; it dies with its holder, however that dies.

    Raises AnotherRunError when it is taken.
    """
    taken = AnotherRunError(f"another run is at work on {shown(engine)}; nothing done")
    if engine.dialect.name == "postgresql":
        # A connection of its own, outside the pool: the server gives the lock back when it goes away. Without a
        # transaction: servers end those that stay open for long.
        with mapped(engine), engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.detach()
            if not connection.scalar(text(f"SELECT pg_try_advisory_lock({_LOCK_NUMBER})")):
                raise taken
            yield
        return
    path = f"{engine.url.database}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StorageError(f"database: the lock file {path} cannot be opened: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise taken from None
        yield
    finally:
        os.close(descriptor)
