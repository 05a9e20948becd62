"""The daemon: polls and tells without being asked, keeps others off its database, ends when it is told to."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Reply, Site
from tests.servers.smtp import Mailbox
from tests.waiting import wait_until

NOW = datetime.now(UTC)


@pytest.fixture
def daemon(installed: Installation, site: Site) -> Iterator[subprocess.Popen[str]]:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW), results(2, NOW)], ttl=60)})
    process = installed.start("daemon")
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_it_tells_a_deal_once_and_ends_on_sigterm_with_nothing_left_behind(
    installed: Installation, daemon: subprocess.Popen[str], mailbox: Mailbox
) -> None:
    wait_until(lambda: mailbox.messages, "the digest arrived", 60)
    daemon.send_signal(signal.SIGTERM)
    _, err = daemon.communicate(timeout=30)

    assert daemon.returncode == 0, err
    assert len(mailbox.messages) == 1
    wait_until(lambda: not installed.processes(), "no worker is left")
    assert installed.json("explain", "http://never.example/")["decision"] == "never seen"


@pytest.mark.usefixtures("daemon")
def test_a_run_beside_it_does_nothing_and_says_so_in_one_line(installed: Installation, site: Site) -> None:
    wait_until(lambda: site.seen("/feed.xml"), "the daemon polls", 60)

    said = installed.run("run", "--now", status=75)

    assert "another run" in said
    assert len([line for line in said.splitlines() if line.strip()]) == 1


def test_sigterm_does_not_wait_for_a_page_that_stalls(
    installed: Installation, site: Site, daemon: subprocess.Popen[str]
) -> None:
    site.serve(licence(1, NOW).path, Reply(b"x" * 2000, hold="body"))
    site.held()
    daemon.send_signal(signal.SIGTERM)
    daemon.communicate(timeout=30)

    assert daemon.returncode == 0
    assert installed.json("explain", site.url(licence(1, NOW).path))["decision"] == "waiting"
