"""Moments as feeds and answers write them, in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
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


def from_zoned(text: str) -> datetime | None:
    """Return an ISO 8601 date and time in UTC, None where it has no zone or is anything else."""
    try:
        moment = datetime.fromisoformat(text.strip())
        return None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def day_of(text: str) -> date | None:
    """Return the day with which an ISO 8601 date begins, as it is written there, None for anything else."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
