"""What grows with the years stays quick to ask for: indices where they are needed, no list too long for a database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import Store

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
LARGE = {"articles", "deals", "deliveries", "entries", "readings", "refetches", "reports", "stories", "tellings"}
QUESTIONS: dict[str, Callable[[Store], object]] = {
    "unread": Store.unread,
    "unplaced": Store.unplaced,
    "unplaced of one": lambda store: store.unplaced(7),
    "waiting": lambda store: store.waiting(NOW, limit=1),
    "waiting count": Store.waiting_count,
    "same article": lambda store: store.same_article("https://n.example/", "sign"),
    "explain": lambda store: store.explain("https://n.example/"),
    "looks due": lambda store: store.looks_due(NOW, limit=1),
    "look": lambda store: store.look(7),
    "forget": lambda store: store.forget_texts(NOW),
    "first poll": lambda store: store.first_poll("wire"),
    "ledger": lambda store: store.ledger("wire", {"a"}, {"b"}, {"c"}),
    "deals near": lambda store: store.deals_near((1, 2)),
    "sightings": lambda store: store.sightings((7,)),
    "deals with": lambda store: store.deals_with({"northpoint bio"}),
    "pending": lambda store: store.tellings(recipient="me", state="pending"),
    "of a deal": lambda store: store.tellings(deal=7),
    "last window": lambda store: store.last_window("me", "digest"),
    "last composed": lambda store: store.last_composed("me", "digest"),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_question_of_every_run_looks_at_a_whole_table(name: str, tmp_path: Path) -> None:
    path = tmp_path / "pactwatch.db"
    with Store.open(str(path)) as store:
        asked = _statements(store, QUESTIONS[name])
    with sqlite3.connect(path) as connection:
        plans = [row[3] for statement in asked for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
    connection.close()

    assert plans
    assert [plan for plan in plans if (found := re.match(r"SCAN (\w+)", plan)) and found[1] in LARGE] == []


def _statements(store: Store, ask: Callable[[Store], object]) -> list[str]:
    """Return the SELECTs and UPDATEs that a question is made of, with their values in them."""
    found: list[str] = []
    with store._engine.connect() as connection:  # SQLite itself is to say what it is asked
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.set_trace_callback(found.append)
    ask(store)
    return [statement for statement in found if statement.startswith(("SELECT", "UPDATE", "WITH"))]


def test_more_deals_than_one_query_may_name_are_asked_for_in_lots(store: Store) -> None:
    assert store.matches(range(1, 70_000)) == ()
