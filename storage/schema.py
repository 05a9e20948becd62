"""Bring a database to the schema that this version expects, and check that it is there."""

from __future__ import annotations

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from news.errors import StorageError
from storage.engine import mapped, shown
from storage.tables import metadata
from storage.version import FOLDER

_MIGRATION = 0x6D696772  # "migr": the key of PostgreSQL's advisory lock for it


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction.

    Raises StorageError when the database was written by a newer version.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    with mapped(engine):
        with engine.connect() as connection:
            if _current(connection) == scripts.get_current_head():
                return
        with engine.execution_options(writes=True).begin() as connection:
            if connection.dialect.name == "postgresql":  # SQLite has begun with the lock on all of it
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION})"))
            current = _current(connection)  # again: another process may have been here meanwhile
            if current is not None and current not in known:
                raise StorageError(
                    f"database {shown(engine)} is of a newer pactwatch (schema {current}); upgrade pactwatch"
                )
            if current == scripts.get_current_head():
                return
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def check(engine: Engine) -> None:
    """Raise StorageError unless the schema is what this version expects and the file is whole."""
    with mapped(engine), engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        if differences:
            raise StorageError(f"database {shown(engine)}: the schema differs: {differences[0]}")
        if engine.dialect.name == "sqlite":
            found = connection.scalar(text("PRAGMA integrity_check"))
            if found != "ok":
                raise StorageError(f"database {shown(engine)} is damaged: {found}; restore it from a copy")
