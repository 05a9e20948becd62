"""The adapter to the database: tables, migrations, and one `Store` that takes and returns the vocabulary."""

from storage.store import Store

__all__ = ["Store"]
