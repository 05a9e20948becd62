"""Who wants to hear of what, and what each was told."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.tables.base import identity, metadata
from storage.types import UtcDateTime, Words

_WITH_BYTES = text("fingerprint IS NULL")

searches = Table(
    "searches",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("query", Words, nullable=False),
    Column("to", JSON, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("matched_version", Integer, nullable=False, comment="the version that all stored deals were held against"),
    Column("owner", String(100), nullable=False, server_default=""),
    Column("origin", String(10), nullable=False, server_default="file"),
    Column("examples", JSON(none_as_null=True)),
    Column("held_with", Words, nullable=False, server_default=""),
)

recipients = Table(
    "recipients",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("email", Words, nullable=False),
    Column("way", String(20), nullable=False, server_default="mail"),
    Column("schedule", JSON, nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("closed_until", UtcDateTime, comment="until when windows were closed, with a message or without"),
)

matches = Table(
    "matches",
    metadata,
    Column("search", ForeignKey("searches.key"), primary_key=True),
    Column("deal", ForeignKey("deals.id"), primary_key=True),
    Column("why", JSON, nullable=False),
    Index(None, "deal"),
)

deliveries = Table(
    "deliveries",
    metadata,
    identity(),
    Column("recipient", ForeignKey("recipients.key"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("window_start", UtcDateTime, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("message_id", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("message", LargeBinary, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcDateTime),
    Column("leased_until", UtcDateTime),
    Column("sent_at", UtcDateTime),
    Column("answer", Words, nullable=False),
    Column("way", String(20), nullable=False, server_default="mail"),
    Column("fingerprint", String(64), comment="SHA-256 of a message that was let go"),
    UniqueConstraint("recipient", "kind", "window_start"),
    Index("ix_deliveries_with_message", "created_at", sqlite_where=_WITH_BYTES, postgresql_where=_WITH_BYTES),
    sqlite_autoincrement=True,
)

tellings = Table(
    "tellings",
    metadata,
    identity(),
    Column("recipient", ForeignKey("recipients.key"), nullable=False),
    Column("deal", ForeignKey("deals.id"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("searches", JSON, nullable=False),
    Column("reason", Words, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("delivery", ForeignKey("deliveries.id"), index=True),
    UniqueConstraint("recipient", "deal", "revision"),
    Index(None, "recipient", "state"),
    sqlite_autoincrement=True,
)

backlogs = Table(
    "backlogs",
    metadata,
    Column("recipient", ForeignKey("recipients.key"), primary_key=True),
    Column("cause", String(20), primary_key=True),
    Column("key", String(100), primary_key=True),
    Column("added_at", UtcDateTime, primary_key=True),
    Column("closed", Boolean, nullable=False),
)
