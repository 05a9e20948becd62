"""A mail server that takes its time: what is being sent when the crawl or the daemon ends is sent once."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Reply, Site
from tests.servers.smtp import Mailbox
from tests.waiting import wait_until

NOW = datetime.now(UTC)
STORIES = [licence(1, NOW), results(2, NOW - timedelta(hours=1))]


def told_at_once(installed: Installation, site: Site) -> None:
    """Configure a recipient who is told at once."""
    installed.configure({"ledger": publish(site, "/feed.xml", STORIES)})
    path = installed.folder / "config.yaml"
    path.write_text(path.read_text("utf-8").replace("when: each-run", "when: immediate"), "utf-8")


def waiting(installed: Installation) -> int:
    """Return how many entries have no decision yet."""
    with sqlite3.connect(f"file:{installed.folder / 'pactwatch.db'}?mode=ro", uri=True) as connection:
        found: int = connection.execute("SELECT count(*) FROM entries WHERE decision = 'waiting'").fetchone()[0]
    connection.close()
    return found


def listens_to_sigterm(process: subprocess.Popen[str]) -> bool:
    """Return whether SIGTERM has a handler: the daemon gives it up when it has heard it."""
    caught = re.search(r"SigCgt:\s*(\w+)", Path(f"/proc/{process.pid}/status").read_text("utf-8"))
    assert caught is not None
    return bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


def test_a_message_under_way_when_the_crawl_ends_is_sent_once(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    told_at_once(installed, site)
    site.serve(STORIES[1].path, Reply(b"<html>" + b"x" * 2000, hold="body"))
    mailbox.stall()
    process = installed.start("run")
    wait_until(lambda: mailbox.messages, "the alert is being sent", 60)
    site.release()
    wait_until(lambda: waiting(installed) == 0, "the last page is read", 60)
    mailbox.release()
    _, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    installed.run("run")
    assert len(mailbox.messages) == 1


def test_a_message_under_way_when_the_daemon_ends_is_sent_once(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    told_at_once(installed, site)
    mailbox.stall()
    process = installed.start("daemon")
    wait_until(lambda: mailbox.messages, "the alert is being sent", 60)
    process.send_signal(signal.SIGTERM)
    wait_until(lambda: not listens_to_sigterm(process), "the daemon has heard it")
    mailbox.release()
    _, err = process.communicate(timeout=60)

    assert process.returncode == 0, err
    installed.run("run")
    assert len(mailbox.messages) == 1
