"""The same command on PostgreSQL: from the feed to the mail, once, and one run at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage import Store
from tests.acceptance.installation import Installation
from tests.acceptance.press import licence, publish, results
from tests.servers.http import Site
from tests.servers.postgres import Postgres, postgres
from tests.servers.smtp import Mailbox

NOW = datetime.now(UTC)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with postgres(tmp_path_factory.mktemp("pg")) as running:
        yield running


@pytest.fixture
def database(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of an empty database, which the command finds in its environment."""
    address = server.database()
    monkeypatch.setenv("PACTWATCH_DATABASE", address)
    return address


@pytest.mark.usefixtures("database")
def test_a_run_tells_a_deal_and_the_next_one_tells_nothing_again(
    installed: Installation, site: Site, mailbox: Mailbox
) -> None:
    stories = [licence(1, NOW), results(2, NOW), licence(3, NOW - timedelta(days=30))]
    installed.configure({"ledger": publish(site, "/feed.xml", stories)})
    installed.run("run")

    (mail,) = mailbox.messages
    part = mail.get_body(("plain",))
    assert part is not None
    assert "USD 21m" in part.get_content()
    assert "Already out there" in part.get_content()
    deals = installed.json("deals", "list")
    assert len(deals) == 2
    installed.run("run", "--now")
    assert len(mailbox.messages) == 1
    assert installed.json("deals", "list") == deals
    assert installed.json("explain", site.url(stories[0].path))["decision"] == "kept"
    assert not (installed.folder / "pactwatch.db").exists()


def test_a_run_beside_another_does_nothing_and_says_so_in_one_line(
    installed: Installation, site: Site, database: str
) -> None:
    installed.configure({"ledger": publish(site, "/feed.xml", [licence(1, NOW)])})
    with Store.open(database) as store, store.lock():
        said = installed.run("run", status=75)

    assert "another run" in said
    assert len([line for line in said.splitlines() if line.strip()]) == 1
    assert site.seen() == []
    installed.run("run")
    assert site.seen("/feed.xml")
