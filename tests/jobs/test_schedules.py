"""Quiet hours, caps, heartbeats and summaries, from a stored reading to the message in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from news.alert import Quiet, When
from tests.jobs.house import LICENCE, House
from tests.stories.reports import parties

DAILY = When("times", (time(7, 30),))
NIGHT = Quiet(time(22), time(7))


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, when=When("immediate"))
    with made.store:
        yield made


def told(house: House, **wishes: object) -> None:
    """Change what the recipient wishes."""
    house.me = replace(house.me, **wishes)  # type: ignore[arg-type]  # fields of a recipient
    house.configure("ledger")


def deal(house: House, name: str) -> None:
    """Have a deal become known that nothing else belongs to."""
    house.hears(
        replace(LICENCE, parties=parties(f"{name} Bio", f"{name} Pharma"), assets=()),
        on=house.now.date(),
        since=house.now - timedelta(hours=1),
    )


def test_wishes_are_kept_as_they_are_configured(house: House) -> None:
    told(house, quiet=NIGHT, at_most=3, heartbeat=True, weekly=When("times", (time(8),), frozenset({0})))

    assert house.store.recipients() == (house.me,)


def test_what_waits_for_the_morning_comes_in_one_message(house: House) -> None:
    told(house, quiet=NIGHT)
    house.later(hours=15)
    deal(house, "Zelkova")
    house.later(hours=1)
    deal(house, "Ostara")
    assert house.run_ends() == [], "at midnight"
    house.later(hours=7, minutes=1)

    (morning,) = house.run_ends()

    assert morning.kind == "alert"
    assert len(house.store.in_delivery(morning.id)) == 2


def test_more_than_the_cap_waits_for_the_next_day(house: House) -> None:
    told(house, at_most=2)
    for name in ("Zelkova", "Ostara", "Nordkap"):
        deal(house, name)
        house.later(minutes=1)
        house.run_ends()
    assert [d.kind for d in house.store.deliveries()] == ["alert", "alert"]
    house.later(hours=24)

    (next_day,) = house.run_ends()

    assert len(house.store.in_delivery(next_day.id)) == 1
    assert house.pending() == ()


@pytest.mark.parametrize(("heartbeat", "kinds"), [(True, ["heartbeat"]), (False, [])])
def test_an_empty_digest_is_a_heartbeat_or_silence_as_was_chosen(
    house: House, kinds: list[str], *, heartbeat: bool
) -> None:
    told(house, when=DAILY, heartbeat=heartbeat)
    house.later(days=1)

    assert [d.kind for d in house.run_ends()] == kinds
    house.later(minutes=10)
    assert house.run_ends() == [], "once"


def test_a_summary_of_the_week_names_what_was_told_in_it_and_tells_nothing_again(house: House) -> None:
    told(house, weekly=When("times", (time(8),), frozenset({0})))
    deal(house, "Zelkova")
    assert len(house.run_ends()) == 1
    house.later(days=7)

    (summary,) = house.run_ends()

    assert summary.kind == "weekly"
    assert b"Zelkova" in summary.message
    assert house.tellings() == [("first", "told", 1)]
    house.later(days=7)
    assert house.run_ends() == [], "a week in which nothing was told has no summary"


def test_between_two_summaries_nothing_falls_when_clocks_are_changed(house: House) -> None:
    house.now = datetime(2027, 10, 25, 5, 59, tzinfo=UTC)  # Paris: a minute before eight, in summer time
    told(house, time_zone="Europe/Paris", weekly=When("times", (time(8),), frozenset({0})))
    house.run_ends()
    house.later(minutes=31)
    deal(house, "Zelkova")
    assert [d.kind for d in house.run_ends()] == ["alert"]
    house.now = datetime(2027, 11, 1, 7, 1, tzinfo=UTC)  # a minute after eight, 169 hours later

    (summary,) = house.run_ends()

    assert (summary.kind, summary.window_start) == ("weekly", datetime(2027, 10, 25, 6, tzinfo=UTC))
    assert b"Zelkova" in summary.message


def test_what_is_told_after_its_hour_stands_in_the_next_summary(house: House) -> None:
    told(house, weekly=When("times", (time(8),), frozenset({1})))
    house.later(minutes=5)
    deal(house, "Zelkova")
    house.run_ends()
    house.later(days=7, minutes=90)
    deal(house, "Ostara")
    assert [d.kind for d in house.run_ends()] == ["alert", "weekly"], "the machine slept over eight o'clock"
    house.later(days=7)

    (summary,) = house.run_ends()

    assert b"Ostara" in summary.message


def test_bytes_are_let_go_and_what_is_known_of_them_stays(house: House) -> None:
    deal(house, "Zelkova")
    (made,) = house.run_ends()
    assert house.store.forget_messages(house.now + timedelta(days=1)) == 0, "it was not sent yet"
    house.store.record_sent(made.id, house.now, "250 taken")
    assert house.store.forget_messages(house.now + timedelta(days=1)) == 1

    gone = house.store.delivery(made.id)
    assert gone is not None
    assert (gone.message, gone.message_id, len(gone.fingerprint or "")) == (b"", made.message_id, 64)
    assert len(house.store.in_delivery(made.id)) == 1
