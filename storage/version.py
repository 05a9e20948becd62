"""Tell whether a database has the schema that this version expects, without loading what would bring it there.

Migrations are named NNNN_what_for.py by their number, which is what Alembic stamps a database with.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from storage.engine import mapped

FOLDER = Path(__file__).parent / "migrations"


def newest() -> str:
    """Return the number of the last migration."""
    return max(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py"))


def is_current(engine: Engine) -> bool:
    """Return whether a database is stamped with the last migration; raises StorageError when it cannot be asked."""
    # What a missing table is called: by SQLite's driver, and by PostgreSQL's, whose OperationalError is another thing.
    missing = OperationalError if engine.dialect.name == "sqlite" else ProgrammingError
    with mapped(engine):
        try:
            with engine.connect() as connection:
                stamped: list[str] = list(connection.scalars(text("SELECT version_num FROM alembic_version")))
        except missing:
            return False
    return stamped == [newest()]
