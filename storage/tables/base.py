"""The one collection of all tables, and how their constraints are named."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity() -> Column[int]:
    """Give a column of ids: each is given once, at the first insert."""
    return Column("id", Integer, primary_key=True, autoincrement=True)
