"""Kept articles that are fetched again, and the versions that their publishers replaced."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table

from storage.tables.base import metadata
from storage.types import Packed, UtcDateTime, Words

refetches = Table(
    "refetches",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("origin", Words),
    Column("due_at", UtcDateTime, index=True),
    Column("attempts", Integer, nullable=False),
    Column("looks", Integer, nullable=False),
    Column("looked_at", UtcDateTime),
    Column("outcome", Words, nullable=False),
    Column("item", String(64), comment="digest of the feed's item as it was last seen; NULL: as the ledger has it"),
)

versions = Table(
    "versions",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True, autoincrement=False),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("title", Words, nullable=False),
    Column("text", Packed),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
    Column("changes", JSON, nullable=False),
)
