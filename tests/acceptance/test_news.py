"""What an analyst is told, end to end: the command, a web host and a mail server."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from tests.acceptance.installation import Installation
from tests.acceptance.press import Item, licence, moved, publish, results
from tests.servers.http import Site
from tests.servers.smtp import Mailbox

NOW = datetime.now(UTC)


def text_of(mailbox: Mailbox, number: int = -1) -> str:
    """Return the plain text of a mail that arrived."""
    part = mailbox.messages[number].get_body(("plain",))
    assert part is not None
    text: str = part.get_content()
    return text


def back_catalogue() -> list[Item]:
    """Return 400 stories over three years, newest first: 60 licences, 2 of this week, 11 more of the 30 newest."""
    licences = {1, 4, *range(8, 29, 2), *range(35, 400, 8), 397}
    ages = [number * 1.5 if number < 30 else 45 + number * 2.6 for number in range(400)]
    return [
        (licence if number in licences else results)(number, NOW - timedelta(days=age))
        for number, age in enumerate(ages)
    ]


def test_a_deal_is_told_once_and_a_second_run_asks_nothing(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW)], ttl=60, etag='"1"')})
    installed.run("run")
    (mail,) = mailbox.messages
    assert mail["To"] == "someone@example.org"
    assert "USD 21m" in text_of(mailbox)

    said = installed.run("run")
    assert re.search(r"not due before (?:\d{4}-\d\d-\d\d )?\d\d:\d\d", said)
    assert len(site.seen("/feed.xml")) == 1

    installed.run("run", "--now")
    again = site.seen("/feed.xml")[1]
    assert again.headers["If-None-Match"] == '"1"'
    assert len(site.seen()) == 4, "robots.txt, the feed, the page, the feed"
    assert len(mailbox.messages) == 1


def test_an_old_deal_of_a_first_poll_is_listed_as_already_out_there(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW - timedelta(days=30))])})

    installed.run("run")

    text = text_of(mailbox)
    assert "Already out there" in text
    assert "USD 21m" not in text
    installed.run("run", "--now")
    assert len(mailbox.messages) == 1


def test_a_source_with_a_back_catalogue_is_added_and_later_moves_house(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    small = publish(site, "/small.xml", [results(399, NOW)])
    installed.configure({"small": small})
    installed.run("run")
    assert mailbox.messages == []

    stories = back_catalogue()
    installed.configure({"small": small, "big": publish(site, "/big.xml", stories)})
    installed.run("run")

    (mail,) = mailbox.messages
    text = text_of(mailbox)
    assert "2 deals" in str(mail["Subject"])
    block = text[text.index("Already out there") :]
    assert "10 newest of 11" in block
    assert "370 older" in block
    assert len(re.findall(r"licenses NK cell engager", block)) == 10

    publish(site, "/big.xml", moved(stories, NOW))
    installed.run("run", "--now")
    assert len(mailbox.messages) == 1


def test_every_address_can_be_explained(installed: Installation, site: Site) -> None:
    kept, dropped = licence(1, NOW), results(2, NOW)
    installed.configure({"ledger": publish(site, "/feed.xml", [kept, dropped])})
    installed.run("run")

    answers = [installed.json("explain", site.url(path)) for path in (kept.path, dropped.path, "/never.html")]

    assert [answer["decision"] for answer in answers] == ["kept", "dropped", "never seen"]
    assert all(answer["reason"] for answer in answers)
