"""Until when each recipient's windows were closed, and what is kept of a message whose bytes were let go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_WITH_BYTES = sa.text("fingerprint IS NULL")


def upgrade() -> None:
    """Add both; so far a window counted as closed when its digest was composed."""
    until = "until when windows were closed, with a message or without"
    op.add_column("recipients", sa.Column("closed_until", sa.DateTime(timezone=True), nullable=True, comment=until))
    let_go = "SHA-256 of a message that was let go"
    op.add_column("deliveries", sa.Column("fingerprint", sa.String(length=64), nullable=True, comment=let_go))
    op.create_index(
        "ix_deliveries_with_message",
        "deliveries",
        ["created_at"],
        sqlite_where=_WITH_BYTES,
        postgresql_where=_WITH_BYTES,
    )
    op.execute(
        "UPDATE recipients SET closed_until = (SELECT max(created_at) FROM deliveries"
        " WHERE deliveries.recipient = recipients.key AND deliveries.kind = 'digest')"
    )
