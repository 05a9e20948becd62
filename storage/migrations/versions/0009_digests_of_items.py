"""Of each feed the digests of its items, so that only what is new or was edited is read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add what tells the items of the last body; feeds that have none are read as a whole once more."""
    op.add_column("feeds", sa.Column("digests", sa.LargeBinary(), nullable=True))
