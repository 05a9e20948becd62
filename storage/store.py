"""The store: one object for all that pactwatch keeps, made of its concerns."""

from __future__ import annotations

import contextlib
import secrets
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, select

from news.errors import StorageError
from storage.accounts import Accounts
from storage.alike import Alike
from storage.articles import Articles
from storage.correcting import Correcting
from storage.engine import crawler_lock, engine_of, insert, mapped
from storage.ledger import Ledger
from storage.outbox import Outbox
from storage.rereading import Rereading
from storage.saved import Saved
from storage.selecting import Selecting
from storage.stories import Stories
from storage.tables import meta, metadata
from storage.version import is_current
from storage.versions import Versions

_AT_ONCE = 500
_SECRET = "secret"  # noqa: S105  # the name of the row, not what it holds


class Store(Ledger, Articles, Stories, Outbox, Accounts, Correcting, Rereading, Alike, Selecting, Saved, Versions):
    """All that is kept, as dataclasses of the vocabulary.

    Synchronous. Each public write is one transaction and an upsert on a natural key: done twice, it is done once. All
    times are aware and in UTC. Any method may raise StorageError. May be used from several threads.
    """

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose schema is up to date; most callers want `open`."""
        super().__init__(engine)

    @classmethod
    def open(cls, address: str) -> Self:
        """Open a file's path or a postgresql:// address, creating or upgrading its tables.

        Raises StorageError, in one clear line, when it cannot be used or is of a newer version.
        """
        engine = engine_of(address)
        try:
            if not is_current(engine):
                from storage import schema  # noqa: PLC0415  # Alembic takes a quarter of a second that most runs can spare

                schema.upgrade(engine)
        except StorageError:
            engine.dispose()
            raise
        return cls(engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()

    def check(self) -> None:
        """Raise StorageError unless the schema is what this version expects and the file is whole."""
        from storage import schema  # noqa: PLC0415  # as in `open`

        schema.check(self._engine)

    def lock(self) -> contextlib.AbstractContextManager[None]:
        """Hold the lock of the one crawler of this database; entering raises AnotherRunError when it is taken."""
        return crawler_lock(self._engine)

    def secret(self) -> bytes:
        """Return the random value, made once, with which names are hashed before they leave the house."""
        with self._read() as connection:
            found = connection.scalar(select(meta.c.value).where(meta.c.key == _SECRET))
        if found is None:
            made = {"key": _SECRET, "value": secrets.token_bytes(32)}
            with self._write() as connection:
                connection.execute(insert(connection, meta).values(made).on_conflict_do_nothing())
                found = connection.scalar(select(meta.c.value).where(meta.c.key == _SECRET))
        if found is None:
            raise StorageError("database: the secret could not be stored")
        return bytes(found)

    def copy(self, path: str) -> Store:
        """Return a copy of everything in a new SQLite file: what a dry run works on."""
        other = Store.open(path)
        with mapped(self._engine), self._engine.connect() as connection, other._write() as target:  # noqa: SLF001  # the other one is of this class
            for table in metadata.sorted_tables:
                rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table)).mappings()
                for some in rows.partitions():
                    target.execute(table.insert(), [dict(row) for row in some])
        return other
