"""Deals, their stories, and what people said of them."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, ForeignKey, Integer, LargeBinary, String, Table

from storage.tables.base import identity, metadata
from storage.types import UtcDateTime, Words

deals = Table(
    "deals",
    metadata,
    identity(),
    Column("revision", Integer, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("kept", Boolean, nullable=False),
    Column("news", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("merged_into", ForeignKey("deals.id"), index=True),
    sqlite_autoincrement=True,
)

deal_keys = Table(
    "deal_keys",
    metadata,
    Column("key", Words, primary_key=True),
    Column("deal", ForeignKey("deals.id"), primary_key=True),
)

stories = Table(
    "stories",
    metadata,
    identity(),
    Column("deal", ForeignKey("deals.id"), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("terms", JSON, nullable=False),
    Column("announced", Date, nullable=False),
    sqlite_autoincrement=True,
)

reports = Table(
    "reports",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("nth", Integer, primary_key=True, autoincrement=False),
    Column("story", ForeignKey("stories.id"), nullable=False, index=True),
    Column("announced", Date, nullable=False),
    Column("since", UtcDateTime),
    Column("kept", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("kind", String(30), nullable=False),
    Column("terms", JSON, nullable=False),
    Column("sketch", LargeBinary),
)

deal_marks = Table(
    "deal_marks",
    metadata,
    Column("mark", BigInteger, primary_key=True, autoincrement=False),
    Column("deal", ForeignKey("deals.id"), primary_key=True),
    sqlite_with_rowid=False,
)

corrections = Table(
    "corrections",
    metadata,
    identity(),
    Column("deal", ForeignKey("deals.id"), nullable=False, index=True),
    Column("verb", String(20), nullable=False),
    Column("field", String(40), nullable=False),
    Column("value", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("when", UtcDateTime, nullable=False),
    Column("why", Words, nullable=False),
    Column("undone_at", UtcDateTime),
    # No foreign key: what was said of an event outlives it.
    Column("story", Integer, index=True),
    Column("terms", JSON(none_as_null=True)),
    Column("undo", JSON(none_as_null=True)),
    sqlite_autoincrement=True,
)
