"""`pactwatch digest` over recipients of all ways: what is shown, sent again and explained."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from news.alert import Delivery, Recipient, Way, When
from storage import Store
from tests.jobs.house import LICENCE, House, sum_of
from tests.pactwatch.conftest import Pact
from tests.stories.reports import parties

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
FILE = """\
searches:
  nk: {{query: '"NK cell engager"', to: [me, crm]}}
recipients:
  crm: {{webhook: "https://crm.example/t0p", key: KEY}}
  me: {{{me}}}
"""


@pytest.fixture
def house(pact: Pact, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:  # noqa: ARG001  # it makes the folder
    monkeypatch.setenv("KEY", SECRET)
    made = House(tmp_path)
    made.hears(replace(LICENCE, upfront=sum_of(25_000_000)))
    return made


def told(me: str) -> None:
    """Write how a recipient is told."""
    Path("config.yaml").write_text(FILE.format(me=me))


def composed(house: House, state: str, way: Way = "mail") -> Delivery:
    """Compose the digest for me, and give it a state."""
    (made,) = house.run_ends()
    if way != "mail":
        house.store.record_delivery(replace(made, id=0, way=way, kind="alert", message=b'{"deals": []}'), (), (), ())
        (_, made) = house.store.deliveries()
    if state == "sent":
        house.store.record_sent(made.id, house.now, "250 taken")
    elif state == "pending":
        house.store.lease(house.now, timedelta(minutes=1))
        house.store.record_unsent(made.id, "pending", house.now + timedelta(hours=1), "451 no such domain")
    elif state == "leased":
        house.store.lease(house.now, timedelta(minutes=1))
    return made


def reopened() -> Delivery:
    with Store.open("pactwatch.db") as store:
        (found,) = store.deliveries()
        return found


def test_what_is_still_tried_goes_to_the_address_that_was_put_right(pact: Pact, house: House) -> None:
    composed(house, "pending")
    house.store.close()
    told("email: ana@example.org")

    assert "goes out to ana@example.org" in pact("digest", "resend", "1").stdout

    waiting = reopened()
    assert (waiting.state, waiting.attempts, waiting.not_before) == ("pending", 0, None)
    assert message_from_bytes(waiting.message)["To"] == "ana@example.org"


def test_what_is_just_being_sent_is_left_alone(pact: Pact, house: House) -> None:
    composed(house, "leased")
    house.store.close()
    told("email: ana@example.org")

    assert "is still to be sent: being sent" in pact("digest", "resend", "1", status=2).stderr

    assert reopened().state == "leased"


def test_a_mail_cannot_go_to_who_has_no_mail_any_more(pact: Pact, house: House) -> None:
    composed(house, "sent")
    house.store.close()
    told('webhook: "https://me.example", key: KEY')

    said = pact("digest", "resend", "1", status=2).stderr

    assert said == (
        "pactwatch: message 1 was made for mail, and me is told by webhook now; only a recipient of mail can be sent"
        " it\n"
    )
    assert reopened().state == "sent"


def test_nobody_is_a_recipient_of_another_way(pact: Pact, house: House) -> None:
    house.store.close()
    told("email: me@example.org")

    assert "'' is no recipient" in pact("digest", "why-missing", "", "D1", status=2).stderr


def test_who_wants_no_perhaps_is_told_that_none_comes(pact: Pact, house: House) -> None:
    house.hears(replace(LICENCE, parties=parties("Zelkova Bio", "Ostara Pharma"), assets=()), kept=False)
    house.store.close()
    told("email: me@example.org")
    assert "still to be told: with the next run" in pact("digest", "why-missing", "me", "D2").stdout

    with Path("config.yaml").open("a") as file:
        file.write("perhaps: false\n")

    assert "`perhaps: false`: no digest has such lines" in pact("digest", "why-missing", "me", "D2").stdout


def test_a_message_is_shown_whatever_its_way(pact: Pact, house: House) -> None:
    made = composed(house, "sent", "webhook")
    house.store.close()
    told("email: me@example.org")

    assert pact("digest", "show", str(made.id)).stdout.endswith('\n{"deals": []}\n')


def test_the_newest_of_many_messages_are_listed(pact: Pact, house: House) -> None:
    made = composed(house, "sent")
    for hours in range(1, 4):
        again = replace(made, id=0, window_start=made.window_start + timedelta(hours=hours))
        house.store.record_delivery(again, (), (), ())
    house.store.close()
    told("email: me@example.org")

    rows = pact("digest", "show", "--limit", "2").stdout.splitlines()[1:]

    assert [row.split()[0] for row in rows] == ["4", "3"]


def test_a_preview_asks_neither_for_the_hour_nor_how_much_came_today(pact: Pact, house: House) -> None:
    house.store.close()
    now = datetime.now(UTC)
    quiet = f"{now - timedelta(hours=1):%H:%M}-{now + timedelta(hours=1):%H:%M}"
    told(f'email: me@example.org, when: immediate, quiet: "{quiet}", at_most: 1')

    assert "Northpoint Bio" in pact("digest", "preview", "me").stdout


def test_the_html_of_what_is_no_mail_is_none(pact: Pact, house: House) -> None:
    house.me = Recipient("crm", "", When("each-run"), way="webhook")
    house.search = replace(house.search, to=("crm",))
    house.configure("ledger")
    house.hears(replace(LICENCE, assets=()), source="ledger")
    house.store.close()
    told("email: me@example.org")

    said = pact("digest", "preview", "crm", "--html", "x.html", status=2).stderr

    assert "--html is for mail; crm is told by webhook" in said
    assert not Path("x.html").exists()
