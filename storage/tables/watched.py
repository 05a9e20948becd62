"""Deals that somebody follows, whatever the saved searches say."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from storage.tables.base import metadata
from storage.types import UtcDateTime

watches = Table(
    "watches",
    metadata,
    Column("deal", ForeignKey("deals.id"), primary_key=True),
    Column("recipient", ForeignKey("recipients.key"), primary_key=True),
    Column("since", UtcDateTime, nullable=False),
)
