"""Corrections of single events, with what they set, and which deals became another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add of which event a person spoke, what it is said to be, and what is brought back when that is undone."""
    for column in (
        sa.Column("story", sa.Integer(), nullable=True),
        sa.Column("terms", sa.JSON(), nullable=True),
        sa.Column("undo", sa.JSON(), nullable=True),
    ):
        op.add_column("corrections", column)
    op.create_index(op.f("ix_corrections_story"), "corrections", ["story"])
    op.create_index(op.f("ix_deals_merged_into"), "deals", ["merged_into"])
