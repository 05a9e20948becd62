"""What the pipeline makes of answers, and what a thing that cannot be stored costs: itself, and only for now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from jobs.contents import health
from jobs.context import Settings
from jobs.placing import place_waiting, within
from jobs.sink import PipelineSink
from jobs.workers import Workers
from jobs.writer import writer
from news.article import Entry, Feed, Gap, LedgerEntry
from news.fetch import Answer, Body, FeedTarget, NotModified
from news.reading import Kind, Reading
from news.step import NewEntry
from storage.engine import engine_of
from tests.acceptance.press import licence, page
from tests.jobs.house import LICENCE, NOW, House


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


def feed_of(*numbers: int, made: datetime = NOW) -> bytes:
    """Return a feed that holds some of the items of a press, a day apart."""
    items = "".join(
        f"<item><guid>g{n}</guid><title>Item {n}</title><link>https://ledger.example/{n}</link>"
        f"<pubDate>{format_datetime(made + timedelta(days=n))}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel><title>L</title>{items}</channel></rss>".encode()


def polls(house: House, pool: Workers, *answers: tuple[Answer, timedelta]) -> list[Feed]:
    """Poll the source "ledger" so often, each so long after NOW, and return its states afterwards."""
    states: list[Feed] = []

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            for answer, passed in answers:
                (target,) = sink.polls(house.store.feeds())
                await sink.polled(target, answer, NOW + passed)
                states.extend(await write.call(house.store.feeds))

    asyncio.run(work())
    return states


def answer(*numbers: int, final_url: str = "https://ledger.example/feed") -> Body:
    """Return a 200 with a feed of some items."""
    return Body(feed_of(*numbers), final_url, etag=f'"{numbers}"')


def test_a_poll_that_shares_no_item_with_the_one_before_flags_its_source(house: House, pool: Workers) -> None:
    first, shares, gap = polls(
        house,
        pool,
        (answer(1, 2, 3), timedelta()),
        (answer(3, 4, 5), timedelta(hours=2)),
        (answer(8, 9, 10), timedelta(hours=4)),
    )

    assert (first.gap, shares.gap) == (None, None)
    assert gap.gap == Gap(NOW + timedelta(hours=2), NOW + timedelta(hours=4), backfill=False), "no sitemap is known"
    assert gap.next_poll_at is not None
    assert gap.next_poll_at <= NOW + timedelta(hours=5, minutes=2)
    assert [(name, fault.name) for name, fault in house.pipeline.tally.faults] == [("ledger", "gap")]
    assert health(house.pipeline, house.me).failing == (("Ledger", "items may be lost"),)


def test_a_feed_that_moves_all_its_items_to_new_addresses_shows_no_gap(house: House, pool: Workers) -> None:
    numbers = tuple(range(1, 9))
    moved = Body(
        feed_of(*numbers).replace(b"ledger.example/", b"new.example/a/").replace(b">g", b">h"), "https://l.example"
    )

    _, after = polls(house, pool, (answer(*numbers), timedelta()), (moved, timedelta(hours=1)))

    assert after.gap is None


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (feed_of(), "empty feed"),
        (b"<!doctype html><html><body>Ledger</body></html>", "html instead of a feed"),
        (b"<html><head><title>Just a moment...</title></head></html>", "challenge page"),
        (b"  ", "empty body"),
    ],
)
def test_a_200_without_the_feed_fails_is_named_in_the_digest_and_recovers_by_itself(
    house: House, pool: Workers, body: bytes, fault: str
) -> None:
    _, failing = polls(
        house, pool, (answer(1, 2), timedelta()), (Body(body, "https://ledger.example/feed"), timedelta(hours=1))
    )
    named = health(house.pipeline, house.me).failing
    (well,) = polls(house, pool, (answer(1, 2, 3), timedelta(hours=2)))

    assert failing.fault is not None
    assert (failing.fault.name, failing.failures) == (fault, 1)
    assert named == (("Ledger", fault),)
    assert (well.fault, well.failures, health(house.pipeline, house.me).failing) == (None, 0, ())


def test_a_source_that_falls_silent_is_named_in_the_digest_and_recovers_by_itself(house: House, pool: Workers) -> None:
    days = timedelta(days=1)
    _, silent = polls(house, pool, (answer(*range(-20, 1)), timedelta()), (NotModified(), 9 * days))
    named = health(house.pipeline, house.me).failing
    (well,) = polls(house, pool, (answer(*range(-19, 10)), 9 * days + timedelta(hours=1)))

    assert silent.fault is not None
    assert (silent.fault.name, silent.failures) == ("silent", 0)
    assert named == (("Ledger", "silent"),)
    assert well.fault is None


def test_a_feed_whose_rhythm_is_not_known_yet_tells_it_by_all_its_dates(house: House, pool: Workers) -> None:
    """So it is with every feed after an upgrade from a version that knew no rhythm."""
    polls(house, pool, (answer(*range(-20, 1)), timedelta()))
    (feed,) = house.store.feeds()
    house.store.record_poll(replace(feed, rhythm=None, body_hash=None), ())
    (after,) = polls(house, pool, (answer(*range(-20, 1)), timedelta(hours=1)))

    assert after.rhythm is not None
    assert after.rhythm.releases == 21


def test_the_next_poll_takes_the_validators_to_the_address_that_gave_them(house: House, pool: Workers) -> None:
    polls(house, pool, (answer(1, final_url="https://cdn.example/feed"), timedelta()))

    async def work() -> FeedTarget:
        with writer() as write:
            (target,) = PipelineSink(house.pipeline, pool, write).polls(house.store.feeds())
            return target

    target = asyncio.run(work())
    assert (target.url, target.validators_from) == ("https://ledger.example/feed", "https://cdn.example/feed")


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
    house.hears(replace(LICENCE, parties=()), text="Somebody licenses something to somebody. " * 9)
    execute(tmp_path, "DROP TRIGGER late")

    place_waiting(house.pipeline)

    assert len(house.store.deals()) == 2
    assert {name for name, _ in house.pipeline.tally.faults} >= {first.address}


def test_an_answer_from_an_address_that_is_configured_no_more_is_let_go(house: House, pool: Workers) -> None:
    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            answer = Body(b"<rss version='2.0'><channel/></rss>", "https://old.example/feed", etag='"old"')
            assert await sink.polled(FeedTarget("ledger", "https://old.example/feed"), answer, NOW) == []

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
