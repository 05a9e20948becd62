"""What the command says to whom: to a person, to cron, to a script."""

from __future__ import annotations

import json
import os
import pty
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import Store
from tests.acceptance.installation import COMMAND, DEADLINE, Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Reply, Site
from tests.servers.smtp import Mailbox

NOW = datetime.now(UTC)
BROKEN = Reply(status=500)


@pytest.fixture
def feed(installed: Installation, site: Site) -> str:
    """Give the address of a feed that holds one deal of today and is configured."""
    url = publish(site, "/feed.xml", [licence(1, NOW), results(2, NOW)])
    installed.configure({"ledger": url})
    return url


def streams(installed: Installation, *arguments: str, status: int = 0) -> tuple[str, str]:
    """Run the command and return what it printed on each stream."""
    process = installed.start(*arguments)
    out, err = process.communicate(timeout=DEADLINE)
    assert process.returncode == status, out + err
    return out, err


def on_a_terminal(installed: Installation, *arguments: str) -> tuple[int, str]:
    """Run the command on a terminal of 80 columns; return its exit status and what was to be seen."""
    master, slave = pty.openpty()
    environment = {**installed.environment, "COLUMNS": "80", "TERM": "xterm"}
    process = subprocess.Popen(
        [COMMAND, *arguments], cwd=installed.folder, env=environment, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    seen = b""
    try:
        while part := os.read(master, 4096):
            seen += part
    except OSError:  # how Linux says that the other side is closed
        pass
    os.close(master)
    return process.wait(DEADLINE), seen.decode()


@pytest.mark.usefixtures("feed")
def test_a_dry_run_prints_what_would_be_told_and_changes_nothing(installed: Installation, mailbox: Mailbox) -> None:
    out, _ = streams(installed, "run", "--dry-run")

    assert "NK cell engager" in out
    assert "USD 21m" in out
    assert "nothing was sent or kept" in out
    assert mailbox.messages == []
    assert [path.name for path in installed.folder.iterdir()] == ["config.yaml"]


def test_a_dry_run_counts_for_the_pauses_of_hosts(installed: Installation, feed: str, site: Site) -> None:
    """A run that comes at once after it waits as it would after any other."""
    installed.run("db", "upgrade")
    site.serve("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.5", headers={"Content-Type": "text/plain"}))
    installed.run("run", "--dry-run")
    before = len(site.seen())
    installed.run("run")

    assert [seen.path for seen in site.seen()].count("/robots.txt") == 1
    assert len(site.seen()) == before + 3
    assert len(site.seen("/feed.xml")) == 2, feed
    with Store.open(str(installed.folder / "pactwatch.db")) as store:
        assert store.host(site.name).robots is not None


@pytest.mark.usefixtures("feed")
def test_for_cron_a_run_that_went_well_prints_nothing_at_all(installed: Installation) -> None:
    assert streams(installed, "run", "--quiet") == ("", "")
    assert streams(installed, "run", "--quiet") == ("", "")


@pytest.mark.usefixtures("feed")
def test_on_a_terminal_a_run_says_what_it_did_and_then_when_it_is_due(installed: Installation) -> None:
    status, first = on_a_terminal(installed, "run")
    again, second = on_a_terminal(installed, "run")

    assert (status, again) == (0, 0)
    assert "1 source polled, 2 new entries" in first
    assert "2 articles read: 1 kept, 0 perhaps, 1 dropped" in first
    assert "1 new deal, 1 message sent" in first
    assert "info" not in first, "the bar tells what the log would"
    assert "not due before" in second


def test_logs_are_one_json_object_a_line_where_that_is_asked_for(installed: Installation, feed: str) -> None:
    installed.configure({"ledger": feed}, "log: {format: json}\n")

    _, err = streams(installed, "run")

    lines = [json.loads(line) for line in err.splitlines()]
    assert all(set(line) == {"at", "level", "logger", "message"} for line in lines)
    assert any("ledger: 2 entries, 2 new" in line["message"] for line in lines)


def test_a_source_that_begins_to_fail_is_said_once(installed: Installation, site: Site, feed: str) -> None:
    installed.configure({"ledger": feed, "wire": publish(site, "/wire.xml", [results(3, NOW)])})
    installed.run("run")
    site.serve("/feed.xml", BROKEN)

    first = streams(installed, "run", "--quiet", "--now")
    second = streams(installed, "run", "--quiet", "--now")

    assert first[1].startswith("pactwatch: ledger fails: http 500")
    assert second == ("", "")
    assert "ledger" in installed.run("status").partition("failing sources")[2]
    installed.run("run", "--now", "--strict", status=1)


@pytest.mark.usefixtures("feed")
def test_mail_left_unsent_is_1_and_is_sent_by_a_later_run(installed: Installation, mailbox: Mailbox) -> None:
    mailbox.answer("DATA", "451 4.3.0 later")

    out, err = streams(installed, "run", "--quiet", status=1)

    assert out == ""
    assert "mail to me was not sent, it is kept and tried again" in err
    assert "451" in err
    assert "outbox" in installed.run("status")


def test_no_source_reachable_is_1(installed: Installation, site: Site) -> None:
    installed.configure({"ledger": site.serve("/feed.xml", BROKEN)})

    _, err = streams(installed, "run", "--quiet", status=1)

    assert "no source could be reached" in err


def test_without_mail_a_digest_is_shown_and_saved_once(installed: Installation, feed: str) -> None:
    installed.configure({"ledger": feed})
    path = installed.folder / "config.yaml"
    path.write_text("".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith("mail")))

    out, _ = streams(installed, "run")

    assert "USD 21m" in out
    assert {file.suffix for file in (installed.folder / "digests").iterdir()} == {".html", ".eml"}
    assert "USD 21m" not in streams(installed, "run", "--now")[0]


def test_an_unknown_source_or_one_without_now_is_wrong_usage(installed: Installation, feed: str) -> None:
    installed.configure({"ledger": feed})

    assert "did you mean ledger?" in installed.run("run", "--now", "ledgr", status=2)
    assert "--now" in installed.run("run", "ledger", status=2)


def test_a_feed_is_asked_before_it_is_added(installed: Installation, site: Site, feed: str) -> None:
    page = site.serve("/page.html", Reply(b"<html><p>no feed</p></html>", headers={"Content-Type": "text/html"}))
    wire = publish(site, "/wire.xml", [results(3, NOW - timedelta(days=2))])
    before = (installed.folder / "config.yaml").read_text()

    assert "was not added" in installed.run("sources", "add", page, status=2)
    assert (installed.folder / "config.yaml").read_text() == before
    said = installed.run("sources", "add", wire, "--key", "wire")

    assert "a feed of 1 entry, the newest of" in said
    assert '+  - {key: wire, name: News, url: "' in said
    assert [source["key"] for source in installed.json("sources", "list")] == ["ledger", "wire"]
    assert site.seen("/wire.xml")[0].headers["User-Agent"].endswith("(+someone@example.org)")
    assert feed in before


def test_sources_check_says_what_each_answers(installed: Installation, site: Site, feed: str) -> None:
    installed.configure({"ledger": feed, "gone": site.serve("/gone.xml", Reply(status=404))})

    said = installed.run("sources", "check", status=1)

    assert "a feed of 2 entries" in said
    assert "http 404" in said
    assert "2 sources asked, 1 failed" in said
    assert not (installed.folder / "pactwatch.db").exists()


def test_doctor_checks_everything_and_says_all_that_is_wrong(
    installed: Installation, site: Site, feed: str, mailbox: Mailbox
) -> None:
    assert "mail: 127.0.0.1: MAIL FROM" in installed.run("doctor")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        installed.port = taken.getsockname()[1]
        installed.configure({"ledger": feed, "gone": site.serve("/gone.xml", Reply(status=404))}, "")

        said = installed.run("doctor", status=1)

    assert "error    mail: mail server 127.0.0.1" in said
    assert "error    gone: http 404" in said
    assert "ok       sources: 1 of 2 sources answer" in said
    assert mailbox.messages == []


@pytest.mark.usefixtures("feed")
def test_digest_test_prints_the_mail_servers_answers(installed: Installation, mailbox: Mailbox) -> None:
    said = installed.run("digest", "test", "ana@example.org")

    assert "RCPT TO:<ana@example.org>: 250" in said
    assert [mail["To"] for mail in mailbox.messages] == ["ana@example.org"]
    mailbox.answer("RCPT", "550 5.1.1 nobody here")
    assert "550" in installed.run("digest", "test", "ana@example.org", status=1)


def test_a_contact_is_asked_for_on_a_terminal_and_kept(installed: Installation, feed: str) -> None:
    path = Path(installed.folder / "config.yaml")
    path.write_text(path.read_text().replace("contact: someone@example.org", "contact:"))
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, "sources", "check"],
        cwd=installed.folder,
        env=installed.environment,
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
    )
    os.close(slave)
    os.write(master, b"nobody\nme@example.org\n")
    out, _ = process.communicate(timeout=DEADLINE)
    os.close(master)

    assert process.returncode == 0
    assert b"a feed of 2 entries" in out
    assert path.read_text().startswith("contact: me@example.org\n")
    assert feed in path.read_text()
