"""When messages leave: a schedule keeps its hours, and neither a mail server nor one message holds up the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from jobs.daemon import Daemon
from jobs.delivering import deliver
from jobs.sink import PipelineSink
from jobs.workers import workers
from jobs.writer import writer
from news.alert import Delivery, Search, When
from news.errors import DeliveryError
from storage import Store
from tests.jobs import chores
from tests.jobs.house import LICENCE, NOW, TODAY, House, Keeper, sum_of
from tests.stories.reports import parties

TWICE = When("times", (time(8), time(20)))
OTHER = replace(LICENCE, parties=parties("Zelkova Bio", "Harrow Pharma"), assets=())


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


@pytest.fixture
def twice(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, when=TWICE)
    with made.store:
        yield made


@dataclass
class Stumbling(Keeper):
    """An outlet that fails at the first message, and keeps the others."""

    error: Exception | None = None

    def send(self, delivery: Delivery) -> str:
        """Fail, or keep a message."""
        if self.error is not None and delivery.id == 1:
            raise self.error
        return super().send(delivery)


def sent(house: House, outlet: Keeper) -> None:
    """Deliver what is due, with an outlet."""

    async def work() -> None:
        with writer() as write:
            await deliver(replace(house.pipeline, outlet=outlet), write, house.now, run_ends=True)

    asyncio.run(work())


def test_an_update_that_is_held_goes_out_with_a_digest_and_not_at_night(twice: House) -> None:
    twice.hears(replace(LICENCE, upfront=sum_of(None), milestones=sum_of(None)))
    twice.later(hours=12)
    assert len(twice.run_ends()) == 1
    twice.later(hours=3)
    twice.hears(replace(LICENCE, upfront=sum_of(7)), since=twice.now)
    twice.later(hours=9)
    assert len(twice.run_ends()) == 1, "the next morning"
    twice.later(hours=2)
    twice.hears(replace(LICENCE, milestones=sum_of(8)), since=twice.now)
    twice.later(hours=10)
    assert twice.run_ends() == [], "held in the evening"
    twice.later(hours=5)
    assert twice.run_ends() == [], "free at one in the night"
    twice.later(hours=7)
    assert len(twice.run_ends()) == 1


def test_a_source_that_is_added_at_noon_is_shown_with_the_next_digest(twice: House) -> None:
    twice.later(hours=4)
    twice.configure("ledger", "wire")
    twice.hears(LICENCE, source="wire", on=TODAY - timedelta(days=40), since=None)
    assert twice.run_ends() == []
    twice.later(hours=8)
    (block,) = twice.run_ends()
    assert b"Already out there" in block.message


def test_a_changed_schedule_skips_no_digest(house: House) -> None:
    house.hears(LICENCE)
    assert len(house.run_ends()) == 1
    house.me = replace(house.me, when=When("times", (time(7, 30),)))
    house.configure("ledger")
    house.later(hours=2)
    house.hears(OTHER)
    house.later(days=1)

    assert len(house.run_ends()) == 1


def test_a_search_that_another_process_adds_is_held_against_the_stored_deals_before_its_block(
    house: House, tmp_path: Path
) -> None:
    house.hears(LICENCE, text="no such words " * 30, on=TODAY - timedelta(days=40))
    search = Search("harrow", 'licensee:"Harrow Pharma"', ("me",))
    with Store.open(str(tmp_path / "pactwatch.db")) as other:
        other.configure(house.store.sources(), [house.search, search], [house.me], house.now)

    (block,) = house.run_ends()

    assert b"Already out there" in block.message


@pytest.mark.parametrize("error", [ValueError("odd bytes"), DeliveryError("451 later", temporary=True)])
def test_a_message_that_does_not_go_out_lets_the_others_pass(house: House, error: Exception) -> None:
    outlet = Stumbling(error=error)
    house.hears(LICENCE)
    sent(house, outlet)
    house.later(minutes=1)
    house.hears(OTHER)
    sent(house, outlet)

    assert [d.state for d in house.store.deliveries()] == ["pending", "sent"]
    assert len(outlet.kept) == 1


def test_a_digest_outlives_a_mail_server_that_is_down_for_a_week(house: House) -> None:
    house.hears(LICENCE)
    down = Stumbling(error=DeliveryError("no connection", temporary=True))
    for _ in range(7 * 24):
        sent(house, down)
        house.later(hours=1)
    (waits,) = house.store.deliveries()
    assert waits.state == "pending"

    house.later(hours=12)
    sent(house, Keeper())

    assert [d.state for d in house.store.deliveries()] == ["sent"]


def test_a_round_of_the_daemon_ends_at_its_limit_though_a_host_still_answers(house: House) -> None:
    async def work() -> None:
        with workers(1, chores.prepare) as pool, writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            daemon = Daemon(house.pipeline, sink, write)
            house.hears(LICENCE)
            sink.outlook.planned("slow.example")
            await daemon.deliver()
            assert house.outlet.kept == []
            house.later(minutes=11)
            await daemon.deliver()
            assert len(house.outlet.kept) == 1

    asyncio.run(work())


def test_rounds_that_brought_nothing_are_one_line_in_the_accounts(house: House) -> None:
    async def work() -> None:
        with workers(1, chores.prepare) as pool, writer() as write:
            daemon = Daemon(house.pipeline, PipelineSink(house.pipeline, pool, write), write)
            for _ in range(5):
                house.pipeline.tally.polled += 1
                await daemon.deliver()
                house.later(minutes=1)
            house.hears(LICENCE)
            await daemon.deliver()

    asyncio.run(work())
    runs = house.store.last_runs(10)
    assert [(run.polled, run.sent) for run in runs] == [(0, 0), (5, 1)]
    assert runs[1].started_at == NOW
