"""How each source publishes, when its publisher asks not to be polled, whom its validators are from, and gaps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what polling by a source's own rhythm needs to its feed.

    The validators are let go, once: the next body is read whole, and the dates in it tell the rhythm so far.
    """
    for column in (
        sa.Column("validators_from", sa.Text(), nullable=True),
        sa.Column("items", sa.Integer(), nullable=True),
        sa.Column("skip_hours", sa.JSON(), nullable=True),
        sa.Column("skip_days", sa.JSON(), nullable=True),
        sa.Column("rhythm", sa.JSON(), nullable=True),
        sa.Column("at_most", sa.Float(), nullable=True, comment="seconds"),
        sa.Column("gap_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gap_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("backfill", sa.Boolean(), nullable=True),
    ):
        op.add_column("feeds", column)
    op.execute("UPDATE feeds SET etag = NULL, last_modified = NULL, body_hash = NULL")
