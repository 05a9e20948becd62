"""What the ways out beside the mail remember."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table

from storage.tables.base import metadata
from storage.types import UtcDateTime

revisions = Table(
    "revisions",
    metadata,
    # No foreign key: a deal that is forgotten takes its past with it only in name, and its id never comes back.
    Column("deal", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False, comment="since when a feed has shown it"),
)
