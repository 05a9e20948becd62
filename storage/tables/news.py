"""What is polled and read, and the runs that did it."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
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
from storage.types import Packed, UtcDateTime, Words

_WITH_TEXT = "text IS NOT NULL"

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("name", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("language", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("source", ForeignKey("sources.key"), primary_key=True),
    Column("url", Words, nullable=False),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", String(64)),
    Column("interval", Float, comment="seconds"),
    Column("next_poll_at", UtcDateTime),
    Column("not_before", UtcDateTime),
    Column("last_polled_at", UtcDateTime),
    Column("last_success_at", UtcDateTime),
    Column("failures", Integer, nullable=False),
    Column("fault_name", Words),
    Column("fault_message", Words),
    Column("moved_to", Words),
    Column("moved_seen", Integer, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("validators_from", Words),
    Column("items", Integer),
    Column("skip_hours", JSON(none_as_null=True)),
    Column("skip_days", JSON(none_as_null=True)),
    Column("rhythm", JSON(none_as_null=True)),
    Column("at_most", Float, comment="seconds"),
    Column("gap_since", UtcDateTime),
    Column("gap_at", UtcDateTime),
    Column("backfill", Boolean),
    Column("digests", LargeBinary),
)

hosts = Table(
    "hosts",
    metadata,
    Column("name", Words, primary_key=True),
    Column("next_allowed_at", UtcDateTime),
    Column("robots", LargeBinary),
    Column("robots_status", Integer, nullable=False),
    Column("robots_at", UtcDateTime),
)

articles = Table(
    "articles",
    metadata,
    identity(),
    Column("address", Words, nullable=False, unique=True),
    Column("signature", String(64), index=True),
    Column("source", ForeignKey("sources.key"), nullable=False),
    Column("outlet", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Packed),
    Column("author", Words, nullable=False),
    Column("published", Date),
    Column("published_from", String(20), nullable=False),
    Column("language", String(20), nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("modified_at", UtcDateTime),
    Column("behind", String(20)),
    Index("ix_articles_with_text", "fetched_at", sqlite_where=text(_WITH_TEXT), postgresql_where=text(_WITH_TEXT)),
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    identity(),
    Column("source", ForeignKey("sources.key"), nullable=False),
    Column("guid", Words, nullable=False),
    Column("link", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("summary", Words, nullable=False),
    Column("author", Words, nullable=False),
    Column("published", UtcDateTime),
    Column("address", Words, nullable=False, index=True),
    Column("title_key", Words, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("since", UtcDateTime),
    Column("decision", String(20), nullable=False, index=True),
    Column("reason", Words, nullable=False),
    Column("article", ForeignKey("articles.id"), index=True),
    Column("attempts", Integer, nullable=False),
    Column("not_before", UtcDateTime),
    UniqueConstraint("source", "guid"),
    Index(None, "source", "title_key"),
    Index(None, "source", "since", "decision"),
    sqlite_autoincrement=True,
)

readings = Table(
    "readings",
    metadata,
    Column("article", ForeignKey("articles.id"), primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("deals", Integer, nullable=False, comment="how many deals the reading holds"),
    Column("reading", JSON, nullable=False),
    Index(None, "deals", "article"),
)

runs = Table(
    "runs",
    metadata,
    identity(),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("summary", JSON, nullable=False),
)
