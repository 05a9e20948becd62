"""A database of an earlier version becomes one of this version, and nothing in it is lost."""

from __future__ import annotations

from datetime import UTC, datetime

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from storage import Store, version
from storage.engine import engine_of

POLLED = datetime(2026, 11, 24, 8, tzinfo=UTC)
SOURCE = "INSERT INTO sources VALUES ('wire', 'Wire', 'https://wire.example/feed', 'en', 'own', :yes, :at)"
FEED = """
    INSERT INTO feeds (source, url, etag, body_hash, next_poll_at, last_polled_at, last_success_at, failures,
    moved_seen, retired) VALUES ('wire', 'https://wire.example/feed', '"1"', 'h', :at, :at, :at, 0, 2, :no)
"""


def at_revision(address: str, revision: str) -> None:
    """Make a database as an earlier version left it, with one source that was polled."""
    config = Config()
    config.set_main_option("script_location", str(version.FOLDER))
    engine = engine_of(address)
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        values = {"at": "2026-11-24 08:00:00+00:00", "yes": True, "no": False}
        if engine.dialect.name == "sqlite":
            values["at"] = "2026-11-24 08:00:00.000000"
        for statement in (SOURCE, FEED):
            connection.execute(text(statement), values)
    engine.dispose()


def test_a_database_of_the_first_version_is_brought_up_to_this_one(address: str) -> None:
    at_revision(address, "0001")

    with Store.open(address) as store:
        store.check()
        (feed,) = store.feeds()

    assert (feed.last_success_at, feed.next_poll_at, feed.moved_seen) == (POLLED, POLLED, 2)
    assert (feed.rhythm, feed.gap, feed.items) == (None, None, None)


def test_the_first_poll_after_0002_is_not_conditional_so_that_its_dates_tell_the_rhythm(address: str) -> None:
    at_revision(address, "0001")

    with Store.open(address) as store:
        (feed,) = store.feeds()

    assert (feed.etag, feed.last_modified, feed.body_hash) == (None, None, None)
