"""Versions of articles, corrections, and what was said of a deal when."""

from __future__ import annotations

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Nothing yet."""
