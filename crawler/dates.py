"""Moments as feeds and answers write them, in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def from_mail_form(text: str) -> datetime | None:
    """Return a date as mail and HTTP write it (RFC 5322, RFC 9110), None for anything else."""
    try:
        return _utc(parsedate_to_datetime(text)) if text else None
    except (ValueError, OverflowError):
        return None


def from_iso(text: str) -> datetime | None:
    """Return an ISO 8601 date and time, None for anything else."""
    try:
        return _utc(datetime.fromisoformat(text.strip()))
    except (ValueError, OverflowError):
        return None


def _utc(moment: datetime) -> datetime:
    """Return a moment in UTC; one without a zone counts as UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
