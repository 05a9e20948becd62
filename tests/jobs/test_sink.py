"""What the pipeline makes of answers, and what a thing that cannot be stored costs: itself, and only for now."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from jobs.context import Settings
from jobs.placing import place_waiting, within
from jobs.sink import PipelineSink
from jobs.tasks import prepare
from jobs.workers import Workers, workers
from jobs.writer import writer
from lexicon import load
from news.article import Entry, LedgerEntry
from news.fetch import Body, FeedTarget
from news.reading import Kind, Reading
from news.step import NewEntry
from storage.engine import engine_of
from tests.acceptance.press import licence, page
from tests.jobs.house import LICENCE, NOW, House


def prepared() -> None:
    """Prepare a worker as the application does."""
    prepare(load)


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with workers(1, prepared) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


def execute(folder: Path, statement: str) -> None:
    """Do to the database what no method of the store does."""
    engine = engine_of(str(folder / "pactwatch.db"))
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def seen(house: House, *numbers: int) -> list[LedgerEntry]:
    """Put the licences of the invented press into the ledger, to be fetched."""
    feed = house.store.feed("ledger")
    assert feed is not None
    items = [licence(number, NOW) for number in numbers]
    new = [
        NewEntry(Entry(i.guid, f"https://n.example{i.path}", i.title), f"https://n.example{i.path}", i.title, NOW, NOW)
        for i in items
    ]
    return list(house.store.record_poll(replace(feed, last_success_at=NOW), new))


def body(number: int) -> Body:
    """Return the page of a licence as it comes."""
    item = licence(number, NOW)
    return Body(page(item), f"https://n.example{item.path}", "text/html; charset=utf-8")


def test_a_page_that_is_being_read_is_not_asked_for_a_second_time(house: House, pool: Workers) -> None:
    (entry,) = seen(house, 1)

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            (target,) = sink.pages([entry])
            reading = asyncio.create_task(sink.fetched(target, body(1), NOW))
            await asyncio.sleep(0)
            assert sink.pages(house.store.waiting(NOW)) == []
            await reading
            assert sink.outlook.idle()

    asyncio.run(work())
    assert house.store.explain(entry.address).decision == "kept"


def test_a_page_that_the_database_refuses_costs_no_other_and_is_tried_again(
    house: House, pool: Workers, tmp_path: Path
) -> None:
    bad, good = seen(house, 1, 2)
    refused = f"NEW.address = '{bad.address}' BEGIN SELECT RAISE(ABORT, 'refused'); END"
    execute(tmp_path, f"CREATE TRIGGER poison BEFORE INSERT ON articles WHEN {refused}")

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            for number, target in enumerate(sink.pages([bad, good]), 1):
                await sink.fetched(target, body(number), NOW)

    asyncio.run(work())

    assert [
        e.decision for e in (*house.store.explain(bad.address).entries, *house.store.explain(good.address).entries)
    ] == [
        "waiting",
        "kept",
    ]
    assert [e.attempts for e in house.store.waiting(NOW + timedelta(days=1))] == [1]
    assert ("internal error", True) in {(f.name, "refused" in f.message) for _, f in house.pipeline.tally.faults}


def test_a_feed_whose_entries_the_database_refuses_fails_by_itself(house: House, pool: Workers, tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TRIGGER poison BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'refused'); END")
    feed = b"<rss version='2.0'><channel><item><title>A</title><link>https://n.example/a</link></item></channel></rss>"

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            (target,) = sink.polls(house.store.feeds())
            assert await sink.polled(target, Body(feed, target.url), NOW) == []

    asyncio.run(work())
    (state,) = house.store.feeds()
    assert state.fault is not None
    assert (state.fault.name, state.body_hash) == ("internal error", None)


def test_an_article_whose_reading_could_not_be_stored_is_taken_up_later(
    house: House, pool: Workers, tmp_path: Path
) -> None:
    (entry,) = seen(house, 1)
    execute(tmp_path, "CREATE TRIGGER full BEFORE INSERT ON readings BEGIN SELECT RAISE(ABORT, 'full'); END")

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            (target,) = sink.pages([entry])
            await sink.fetched(target, body(1), NOW)
            assert len(house.store.unread()) == 1
            execute(tmp_path, "DROP TRIGGER full")
            await sink.take_up()

    asyncio.run(work())

    assert house.store.unread() == ()
    assert [(t.kind, t.state) for t in house.store.tellings()] == [("first", "pending")]


def test_a_deal_that_cannot_be_placed_holds_up_no_other(house: House, tmp_path: Path) -> None:
    first = house.hears(LICENCE)
    execute(tmp_path, "UPDATE readings SET deals = 2")
    execute(tmp_path, "CREATE TRIGGER late BEFORE INSERT ON reports BEGIN SELECT RAISE(ABORT, 'not now'); END")
    house.hears(replace(LICENCE, parties=()))
    execute(tmp_path, "DROP TRIGGER late")

    place_waiting(house.pipeline)

    assert len(house.store.deals()) == 2
    assert {name for name, _ in house.pipeline.tally.faults} >= {first.address}


def test_an_answer_from_an_address_that_is_configured_no_more_is_let_go(house: House, pool: Workers) -> None:
    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            answer = Body(b"<rss version='2.0'><channel/></rss>", "https://old.example/feed", etag='"old"')
            assert await sink.polled(FeedTarget("ledger", "https://old.example/feed"), answer, NOW) == ()

    asyncio.run(work())
    feed = house.store.feed("ledger")
    assert feed is not None
    assert feed.etag is None


@pytest.mark.parametrize(
    ("kept", "main", "also"),
    [
        ({"license"}, "license", ()),
        ({"option"}, "option", ()),
        ({"license", "option"}, "license", ("option",)),
        ({"distribution"}, None, ()),
    ],
)
def test_every_deal_of_a_round_up_is_held_against_the_kinds_to_keep(
    house: House, kept: set[Kind], main: Kind | None, also: tuple[Kind, ...]
) -> None:
    told = Reading(
        True, False, 0.9, "en", "license", "two deals", terms=LICENCE, also=(replace(LICENCE, kind="option"),)
    )
    settings: Settings = replace(house.pipeline.settings, keep=frozenset(kept))

    found = within(told, replace(house.pipeline, settings=settings))

    assert [terms.kind for terms in found.deals()] == ([] if main is None else [main, *also])
    assert found.keep == (main is not None)
    assert found.kind == (main or "license")
