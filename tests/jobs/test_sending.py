"""What goes wrong between us and a mail server, what the outbox says of it, and what the recipient has in the end."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from news.alert import Search
from tests.jobs.faulty import Outcome, Server, faults, send, suffer, write, written
from tests.jobs.house import LICENCE, House
from tests.servers.smtp import mail_server, self_signed

WRITE = "PACTWATCH_WRITE_SENDING"


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    certificate = self_signed(tmp_path_factory.mktemp("tls"))
    found = []
    for fault in faults(certificate):
        house = House(tmp_path_factory.mktemp("house"))
        with house.store:
            found.append(suffer(house, fault))
    return found


def test_the_table_in_the_documentation_is_what_happens(outcomes: list[Outcome]) -> None:
    if os.environ.get(WRITE):
        write(outcomes)

    assert [outcome.row() for outcome in outcomes] == written(), f"{WRITE}=1 writes it anew"


def test_a_digest_is_lost_only_where_a_server_refuses_it_for_good(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        refused = outcome.first.state == "refused"
        assert len(outcome.later) == 0 if refused else len(outcome.later) >= 1, outcome.does
        assert outcome.last.state == ("refused" if refused else "sent"), outcome.does


def test_it_comes_twice_only_where_its_answer_was_lost_and_then_as_the_same_message(outcomes: list[Outcome]) -> None:
    twice = [outcome for outcome in outcomes if len(outcome.later) > 1]

    assert {outcome.does.rpartition(", ")[2] for outcome in twice} == {"and has the message"}
    assert all(first == second for first, second in (outcome.later for outcome in twice))


def test_recipients_whom_a_server_treats_differently_do_not_share_a_fate(tmp_path: Path) -> None:
    house = House(tmp_path)
    others = [replace(house.me, key=key, email=f"{key}@desk.example") for key in ("ana", "ben", "cat")]
    everybody = [house.me, *others]
    search = Search("nk", house.search.query, tuple(r.key for r in everybody))
    with house.store, mail_server() as mailbox:
        house.store.configure(house.store.sources(), [search], everybody, house.now)
        for reader in others:
            house.store.close_backlogs(house.store.open_backlogs(reader.key), ())
        mailbox.readers = {"ana@desk.example": "550 5.1.1 no such user", "ben@desk.example": "451 4.2.1 full"}
        house.hears(LICENCE)
        server = Server(mailbox.port, lambda: mailbox.raw)
        send(house, server)
        states = {d.recipient: d.state for d in house.store.deliveries()}
        mailbox.readers = {}
        house.later(hours=1)
        send(house, server)
        after = {d.recipient: (d.state, d.attempts) for d in house.store.deliveries()}
        got = sorted(str(message["To"]) for message in mailbox.messages)

    assert states == {"ana": "refused", "ben": "pending", "cat": "sent", "me": "sent"}
    assert after == {"ana": ("refused", 1), "ben": ("sent", 2), "cat": ("sent", 1), "me": ("sent", 1)}
    assert got == ["ben@desk.example", "cat@desk.example", "me@example.org"]
    assert all(str(message["To"]).count("@") == 1 for message in mailbox.messages), "nobody sees another's address"
