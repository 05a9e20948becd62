"""When kept articles are fetched again, and the versions that their publishers replaced."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add both tables; articles that are stored already are fetched again when their feed says that they changed."""
    op.create_table(
        "refetches",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column(
            "item",
            sa.String(length=64),
            nullable=True,
            comment="digest of the feed's item as it was last seen; NULL: as the ledger has it",
        ),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_refetches_article")),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_refetches")),
    )
    op.create_index(op.f("ix_refetches_due_at"), "refetches", ["due_at"], unique=False)
    op.create_table(
        "versions",
        sa.Column("article", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nth", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name=op.f("fk_versions_article")),
        sa.PrimaryKeyConstraint("article", "nth", name=op.f("pk_versions")),
    )
