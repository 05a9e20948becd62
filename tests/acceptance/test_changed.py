"""What a publisher changes in an article that was told: seen over HTTP, told once, shown by two verbs."""

from __future__ import annotations

import signal
import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.acceptance.installation import Installation
from tests.acceptance.press import Item, licence, page, publish, results
from tests.acceptance.test_kill import kill, rows
from tests.servers.http import Reply, Site
from tests.servers.smtp import Mailbox
from tests.waiting import wait_until

NOW = datetime.now(UTC)
STORY = licence(1, NOW - timedelta(hours=3))
OTHER = results(2, NOW - timedelta(hours=5))
HTML = {"Content-Type": "text/html; charset=utf-8"}


def corrected() -> Item:
    """Return the story with another upfront."""
    return replace(STORY, paragraphs=tuple(each.replace("$21 million", "$24 million") for each in STORY.paragraphs))


def serve(site: Site, item: Item, etag: str, **how: str) -> str:
    """Serve a page with its validator."""
    return site.serve(item.path, Reply(page(item), headers=HTML, etag=etag, **how))  # type: ignore[arg-type]


def a_day_passes(installed: Installation) -> None:
    """Let the second fetch be due."""
    with sqlite3.connect(installed.folder / "pactwatch.db") as connection:
        connection.execute("UPDATE refetches SET due_at = '2026-01-01 00:00:00.000000'")
    connection.close()


@pytest.fixture
def told(installed: Installation, site: Site, mailbox: Mailbox) -> Installation:
    """Return an installation that has told of the story by mail."""
    installed.configure({"ledger": publish(site, "/feed.xml", [STORY, OTHER], ttl=600, etag='"f1"')})
    serve(site, STORY, '"p1"')
    installed.run("run")
    assert len(mailbox.messages) == 1
    return installed


def test_a_day_later_the_page_is_asked_for_once_with_its_validator(told: Installation, site: Site) -> None:
    a_day_passes(told)
    told.run("run")
    told.run("run")

    first, second = site.seen(STORY.path)
    assert "If-None-Match" not in first.headers
    assert (second.headers["If-None-Match"], second.reply.status) == ('"p1"', 304)
    assert len(site.seen(OTHER.path)) == 1, "it is no deal"
    assert "fetched again: unchanged" in told.run("explain", site.url(STORY.path))


def test_a_correction_is_mailed_once_and_shown_by_deals_show_and_explain(
    told: Installation, site: Site, mailbox: Mailbox
) -> None:
    serve(site, corrected(), '"p2"')
    a_day_passes(told)
    told.run("run")
    told.run("run", "--now")

    _, update = mailbox.messages
    part = update.get_body(("plain",))
    assert part is not None
    assert "Upfront: USD 21m → USD 24m" in str(part.get_content())
    shown = " ".join(told.run("deals", "show", "1").split())
    assert "changed by its publisher, seen " in shown
    assert "upfront: USD 21m → USD 24m" in shown
    (version,) = told.json("deals", "show", "1")["versions"]
    assert version["changes"] == [{"field": "upfront", "was": "USD 21m", "now": "USD 24m"}]
    explained = told.run("explain", site.url(STORY.path))
    assert "changed: by its publisher, upfront: USD 21m → USD 24m" in explained


def test_an_item_that_its_feed_edits_has_its_page_fetched_at_once(
    told: Installation, site: Site, mailbox: Mailbox
) -> None:
    publish(site, "/feed.xml", [replace(STORY, title=f"Correction: {STORY.title}"), OTHER], ttl=600, etag='"f2"')
    serve(site, corrected(), '"p2"')

    told.run("run", "--now")

    assert len(site.seen(STORY.path)) == 2
    assert len(mailbox.messages) == 2


def test_the_daemon_fetches_again_too(told: Installation, site: Site, mailbox: Mailbox) -> None:
    serve(site, corrected(), '"p2"')
    a_day_passes(told)
    process = told.start("daemon")

    wait_until(lambda: len(mailbox.messages) == 2, "the correction is mailed", 60)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert len(site.seen(STORY.path)) == 2


@pytest.mark.parametrize("where", ["while the page stalls", "once the version is stored"])
def test_killed_in_the_middle_a_correction_is_told_once(
    where: str, told: Installation, site: Site, mailbox: Mailbox
) -> None:
    stalls = where == "while the page stalls"
    serve(site, corrected(), '"p2"', **({"hold": "body"} if stalls else {}))
    a_day_passes(told)
    process = told.start("run")
    if stalls:
        site.held()
    else:
        wait_until(lambda: rows(told.folder / "pactwatch.db", "versions") > 0, "the version is stored", 60)
    kill(told, process)

    site.release()
    serve(site, corrected(), '"p2"')
    told.run("run")
    told.run("run", "--now")

    subjects = [str(mail["Message-ID"]) for mail in mailbox.messages]
    assert len(set(subjects)) == 2
    assert rows(told.folder / "pactwatch.db", "versions") == 1
