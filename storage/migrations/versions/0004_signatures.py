"""Signatures of texts, and the marks by which a report finds the deals that it may belong to."""

from __future__ import annotations

from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both; deals that are stored already are found by the pairs of their parties.

    Articles that were stored before have no signature: they are known again by what they say alone.
    """
    op.add_column("reports", sa.Column("sketch", sa.LargeBinary(), nullable=True))
    marks = op.create_table(
        "deal_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("deal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["deal"], ["deals.id"], name=op.f("fk_deal_marks_deal")),
        sa.PrimaryKeyConstraint("mark", "deal", name=op.f("pk_deal_marks")),
        sqlite_with_rowid=False,
    )
    keys = "SELECT a.key, b.key, a.deal FROM deal_keys a JOIN deal_keys b ON a.deal = b.deal AND a.key < b.key"
    found = {(_mark(one, other), deal) for one, other, deal in op.get_bind().execute(sa.text(keys))}
    if found:
        op.bulk_insert(marks, [{"mark": mark, "deal": deal} for mark, deal in sorted(found)])


def _mark(one: str, other: str) -> int:
    """Return the mark of a pair as this version of stories/marks.py makes it."""
    heads = sorted(name.split(" ")[0] for name in (one, other))
    digest = blake2b("\0".join(("pair", *heads)).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
