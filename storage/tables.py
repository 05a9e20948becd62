"""The tables. Natural keys are unique constraints; ids are given once, at the first insert, and never used again."""

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
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from storage.types import Packed, UtcDateTime, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_WITH_TEXT = "text IS NOT NULL"


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True, autoincrement=True)


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
    _id(),
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
    Index("ix_articles_with_text", "fetched_at", sqlite_where=text(_WITH_TEXT), postgresql_where=text(_WITH_TEXT)),
    sqlite_autoincrement=True,
)

entries = Table(
    "entries",
    metadata,
    _id(),
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

deals = Table(
    "deals",
    metadata,
    _id(),
    Column("revision", Integer, nullable=False),
    Column("first_seen", UtcDateTime, nullable=False),
    Column("kept", Boolean, nullable=False),
    Column("news", Boolean, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("merged_into", ForeignKey("deals.id")),
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
    _id(),
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
)

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
)

recipients = Table(
    "recipients",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("email", Words, nullable=False),
    Column("schedule", JSON, nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
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
    _id(),
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
    UniqueConstraint("recipient", "kind", "window_start"),
    sqlite_autoincrement=True,
)

tellings = Table(
    "tellings",
    metadata,
    _id(),
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

corrections = Table(
    "corrections",
    metadata,
    _id(),
    Column("deal", ForeignKey("deals.id"), nullable=False, index=True),
    Column("verb", String(20), nullable=False),
    Column("field", String(40), nullable=False),
    Column("value", Words, nullable=False),
    Column("who", Words, nullable=False),
    Column("when", UtcDateTime, nullable=False),
    Column("why", Words, nullable=False),
    Column("undone_at", UtcDateTime),
    sqlite_autoincrement=True,
)

runs = Table(
    "runs",
    metadata,
    _id(),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("summary", JSON, nullable=False),
)
