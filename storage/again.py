"""When kept articles are to be fetched again, as other steps write it beside what is theirs."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Delete, bindparam, select, update

from news.version import Item, Validators
from storage.base import batches
from storage.engine import insert, insert_of
from storage.tables import refetches

AFTER = timedelta(hours=24)
"""So long after its first fetch a kept article is fetched once more: corrections come on the first day."""
APART = timedelta(hours=1)
"""However often a feed changes an item, its page is asked for no oftener."""
MOST = 5
"""So often at most: some feeds date all their items anew with every build."""


def first_look(connection: Connection, article: int, fetched_at: datetime, validators: Validators) -> None:
    """Note when an article that was just stored is to be fetched again, if it is kept."""
    row = _row(article, fetched_at + AFTER) | {
        "etag": validators.etag,
        "last_modified": validators.last_modified,
        "origin": validators.origin,
    }
    connection.execute(_new(connection.dialect.name), row)


def no_look(connection: Connection, article: int) -> None:
    """Let go of that: the article is not kept."""
    connection.execute(_none(), {"number": article})


def ask_again(connection: Connection, items: Sequence[Item], at: datetime) -> None:
    """Have the pages of those items fetched again that are not what they were when they were last seen."""
    known: dict[int, Any] = {}
    for some in batches([item.article for item in items]):
        rows = connection.execute(select(refetches).where(refetches.c.article.in_(some))).mappings()
        known |= {row["article"]: row for row in rows}
    for item in items:
        row = known.get(item.article)
        if item.now == ((row and row["item"]) or item.known):
            continue
        if row is None:
            made = _row(item.article, at) | {"item": item.now}
            connection.execute(insert(connection, refetches).values(made).on_conflict_do_nothing())
            continue
        values: dict[str, Any] = {"item": item.now}
        if row["looks"] < MOST:
            due = at if row["looked_at"] is None else max(at, row["looked_at"] + APART)
            values |= {"due_at": due if row["due_at"] is None else min(due, row["due_at"]), "attempts": 0}
        connection.execute(update(refetches).where(refetches.c.article == item.article).values(values))


@functools.cache
def _new(dialect: str) -> Any:  # noqa: ANN401  # as engine.insert
    """Return the statement for a new row, built once: every article needs it."""
    return insert_of(dialect, refetches).on_conflict_do_nothing()


@functools.cache
def _none() -> Delete:
    return refetches.delete().where(refetches.c.article == bindparam("number"))


def _row(article: int, due_at: datetime) -> dict[str, Any]:
    return {"article": article, "due_at": due_at, "attempts": 0, "looks": 0, "outcome": ""}
