"""Searches of the database beside those of the file, their examples, and deals that are watched."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """All searches so far are the file's; which versions they were held with was not kept."""
    for column in (
        sa.Column("owner", sa.String(length=100), nullable=False, server_default=""),
        sa.Column("origin", sa.String(length=10), nullable=False, server_default="file"),
        sa.Column("examples", sa.JSON(), nullable=True),
        sa.Column("held_with", sa.Text(), nullable=False, server_default=""),
    ):
        op.add_column("searches", column)
    op.create_table(
        "watches",
        sa.Column("deal", sa.Integer(), nullable=False),
        sa.Column("recipient", sa.String(length=100), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deal"], ["deals.id"], name=op.f("fk_watches_deal")),
        sa.ForeignKeyConstraint(["recipient"], ["recipients.key"], name=op.f("fk_watches_recipient")),
        sa.PrimaryKeyConstraint("deal", "recipient", name=op.f("pk_watches")),
    )
