"""kill -9 at any point of `run`: the next run ends in the state that one run would have given."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Reply, Site
from tests.servers.smtp import Mailbox
from tests.waiting import wait_until

NOW = datetime.now(UTC)
STORIES = [
    licence(1, NOW - timedelta(hours=3)),
    results(2, NOW - timedelta(hours=5)),
    licence(3, NOW - timedelta(days=1)),
]


def kill(installed: Installation, process: subprocess.Popen[str]) -> None:
    """Kill a run the hard way, and see that its workers follow it."""
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    wait_until(lambda: not installed.processes(), "no process of the killed run is left")


def check_one_run(installed: Installation, mailbox: Mailbox) -> None:
    """Check that all is as one undisturbed run leaves it, and stays so."""
    deals = installed.json("deals", "list")
    assert len(deals) == 2
    (mail,) = mailbox.messages
    assert "NK cell engager" in str(mail["Subject"]) or "2 deals" in str(mail["Subject"])
    installed.run("run", "--now")
    assert len(mailbox.messages) == 1
    assert installed.json("deals", "list") == deals


def rows(database: Path, table: str) -> int:
    """Return how many rows a table has, 0 where the database is not there yet."""
    try:
        with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
            count: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  # our own names
            return count
    except sqlite3.OperationalError:
        return 0


def test_killed_while_a_page_stalls_after_its_feed_was_stored(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", STORIES, ttl=60)})
    whole = site.serve(STORIES[0].path, Reply(b"<html>" + b"x" * 1000, hold="body"))
    process = installed.start("run")
    site.held()
    kill(installed, process)

    site.release()
    publish(site, "/feed.xml", STORIES, ttl=60)
    installed.run("run")

    assert len(site.seen("/feed.xml")) == 1, f"the feed is not due: {whole} comes from the database"
    check_one_run(installed, mailbox)


@pytest.mark.parametrize("table", ["entries", "articles", "readings", "reports", "deliveries"])
def test_killed_between_two_steps(table: str, installed: Installation, site: Site, mailbox: Mailbox) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", STORIES)})
    database = installed.folder / "pactwatch.db"
    process = installed.start("run")
    wait_until(lambda: rows(database, table) > 0, f"the run has written {table}", 60)
    kill(installed, process)

    installed.run("run")

    check_one_run(installed, mailbox)


def test_killed_before_the_mail_server_answers_sends_the_same_message_again(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    """The one window that SMTP cannot close (docs/adr/0002): both copies are the same message."""
    installed.configure({"ledger": publish(site, "/feed.xml", STORIES)})
    mailbox.stall()
    process = installed.start("run")
    wait_until(lambda: len(mailbox.messages) == 1, "the server holds the message", 60)
    kill(installed, process)
    mailbox.release()

    installed.run("run")

    first, second = mailbox.messages
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()
    installed.run("run", "--now")
    assert len(mailbox.messages) == 2
