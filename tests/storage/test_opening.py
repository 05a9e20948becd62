from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from news.errors import AnotherRunError, StorageError
from storage import Store
from storage.engine import engine_of
from tests.servers.postgres import Postgres

HOLDER = """
import sys, time
from storage import Store
with Store.open(sys.argv[1]).lock():
    print("held", flush=True)
    sys.stdin.read()
"""


def execute(address: str, statement: str) -> None:
    engine = engine_of(address)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_fresh_database_has_the_schema_that_the_tables_say(store: Store) -> None:
    store.check()


def test_opening_again_keeps_what_is_there(address: str) -> None:
    with Store.open(address) as first:
        secret = first.secret()
    with Store.open(address) as second:
        assert second.secret() == secret


def test_a_database_of_a_newer_version_is_refused_by_name(address: str) -> None:
    Store.open(address).close()
    execute(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer pactwatch"):
        Store.open(address)


def test_a_schema_that_someone_changed_is_noticed(store: Store, address: str) -> None:
    execute(address, "ALTER TABLE hosts ADD COLUMN mine INTEGER")
    with pytest.raises(StorageError, match="schema differs"):
        store.check()


def test_only_one_crawler_holds_the_lock(store: Store, address: str) -> None:
    with store.lock(), Store.open(address) as other, pytest.raises(AnotherRunError), other.lock():
        pass
    with store.lock():
        pass


def test_the_lock_keeps_no_transaction_open(server: Postgres) -> None:
    address = server.database()
    states = "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with Store.open(address) as store, store.lock(), psycopg.connect(address) as other:
        assert {row[0] for row in other.execute(states)} == {"idle"}


def test_two_that_open_a_fresh_database_at_once_both_can(address: str) -> None:
    begin = threading.Barrier(3)

    def opened() -> bytes:
        begin.wait(10)
        with Store.open(address) as store:
            return store.secret()

    with ThreadPoolExecutor(3) as threads:
        assert len({future.result(30) for future in [threads.submit(opened) for _ in range(3)]}) == 1


def test_the_lock_dies_with_a_killed_holder(store: Store, address: str) -> None:
    command = [sys.executable, "-c", HOLDER, address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=Path.cwd()) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(AnotherRunError), store.lock():
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait(10)
    with store.lock():
        pass


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("missing/pactwatch.db", "folder .* does not exist"),
        (".", "is a folder"),
        ("text.db", "not a database"),
        ("mysql://user@host/db", "not supported"),
        ("postgresql://ann:s3cret@127.0.0.1:1/none", "(?s)127.0.0.1:1/none: (?!.*s3cret)"),
        ("://", "cannot be read"),
    ],
)
def test_an_unusable_database_is_one_clear_line(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("not a database at all, and long enough to be looked at" * 50)
    address = name if "://" in name else str(tmp_path / name)
    with pytest.raises(StorageError, match=words) as caught:
        Store.open(address)
    assert "\n" not in str(caught.value)
