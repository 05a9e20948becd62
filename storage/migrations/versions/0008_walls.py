"""The wall behind which an article stands, and the moments at which its page says that it was written and changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add what extraction tells of a page; articles that are stored already were read whole."""
    for column in (
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("behind", sa.String(length=20), nullable=True),
    ):
        op.add_column("articles", column)
