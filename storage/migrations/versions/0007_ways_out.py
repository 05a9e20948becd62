"""Ways out beside the mail: which way a recipient is told, and since when feeds have shown a revision."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Everybody who is known so far is told by mail."""
    for table in ("recipients", "deliveries"):
        op.add_column(table, sa.Column("way", sa.String(length=20), nullable=False, server_default="mail"))
    op.create_table(
        "revisions",
        sa.Column("deal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="since when a feed has shown it"),
        sa.PrimaryKeyConstraint("deal", "revision", name=op.f("pk_revisions")),
    )
