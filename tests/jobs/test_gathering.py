"""Polls that one request does not answer: an index of sitemaps, and the sitemap that fills a gap."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jobs.sink import PipelineSink
from jobs.workers import Workers
from jobs.writer import writer
from news.article import Fault, Feed
from news.errors import StorageError
from news.fetch import Access, Answer, Body, Credentials, FeedTarget, Host, PageTarget, Refused, Target
from tests.jobs.house import NOW, House
from tests.jobs.test_sink import feed_of

URL = "https://ledger.example/feed"
MAPS = [f"https://ledger.example/news-{n}.xml" for n in (3, 2, 1)]
OPENED = Credentials(query=(("token", "t0ken"),))
BUSY = Refused(Fault("http 503", "Service Unavailable"))
HOUR = timedelta(hours=1)


def sitemap(*numbers: int, at: datetime = NOW) -> bytes:
    """Return a sitemap of some items, an hour apart."""
    pages = (
        f"<url><loc>https://ledger.example/{n}</loc><lastmod>{(at + n * HOUR).isoformat()}</lastmod></url>"
        for n in numbers
    )
    return f"<urlset>{''.join(pages)}</urlset>".encode()


def index(*urls: str, changed: str = "") -> Body:
    """Return an index of sitemaps, as answered with an ETag."""
    maps = "".join(f"<sitemap><loc>{url}</loc><lastmod>{changed}</lastmod></sitemap>" for url in urls)
    return Body(f"<sitemapindex>{maps}</sitemapindex>".encode(), URL, etag='"1"')


def work(house: House, pool: Workers, access: Access, steps: Callable[[PipelineSink], Awaitable[None]]) -> None:
    """Take steps with a sink whose only source is read in some way."""
    settings = replace(house.pipeline.settings, access={"ledger": access})

    async def all_steps() -> None:
        with writer() as write:
            await steps(PipelineSink(replace(house.pipeline, settings=settings), pool, write))

    asyncio.run(all_steps())


async def poll(
    sink: PipelineSink, house: House, answers: dict[str, Answer], at: datetime = NOW
) -> tuple[list[FeedTarget], list[PageTarget]]:
    """Poll the source and what it leads to; return all feeds that were asked for, and the pages to fetch."""
    queue: list[Target] = list(sink.polls(house.store.feeds()))
    feeds: list[FeedTarget] = []
    pages: list[PageTarget] = []
    while queue:
        target = queue.pop(0)
        if isinstance(target, PageTarget):
            pages.append(target)
            continue
        feeds.append(target)
        if target.url in answers:
            queue += await sink.polled(target, answers[target.url], at)
        else:
            await sink.left(target)
    return feeds, pages


def state(house: House) -> Feed:
    (feed,) = house.store.feeds()
    return feed


def urls(targets: Sequence[Target]) -> list[str]:
    return [target.url for target in targets]


def test_an_index_is_polled_with_what_it_leads_to_and_a_broken_part_costs_only_itself(
    house: House, pool: Workers
) -> None:
    answers: dict[str, Answer] = {
        URL: index(*MAPS, changed=NOW.isoformat()),
        MAPS[0]: Body(sitemap(1, 2), MAPS[0]),
        MAPS[1]: BUSY,
        MAPS[2]: Body(sitemap(2, 3), MAPS[2]),
    }

    async def steps(sink: PipelineSink) -> None:
        feeds, pages = await poll(sink, house, answers)
        assert urls(feeds) == [URL, *MAPS]
        assert [target.part for target in feeds] == [False, True, True, True]
        assert sorted(urls(pages)) == [f"https://ledger.example/{n}" for n in (1, 2, 3)]
        assert sink.polls(house.store.feeds()) != [], "it is no longer under way"

    work(house, pool, Access(), steps)

    assert (state(house).fault, state(house).items, state(house).etag) == (None, 3, '"1"')


def test_an_index_that_does_not_say_when_it_was_changed_is_never_asked_conditionally(
    house: House, pool: Workers
) -> None:
    answers: dict[str, Answer] = {URL: index(MAPS[0], changed="2026-11-24"), MAPS[0]: Body(sitemap(1), MAPS[0])}

    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, answers)
        answers[MAPS[0]] = Body(sitemap(1, 2), MAPS[0])
        feeds, pages = await poll(sink, house, answers, NOW + HOUR)
        assert (feeds[0].etag, urls(feeds)) == (None, [URL, MAPS[0]])
        assert urls(pages) == ["https://ledger.example/2"]

    work(house, pool, Access(), steps)


def test_an_index_whose_parts_all_fail_fails_by_their_fault(house: House, pool: Workers) -> None:
    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, {URL: index(MAPS[0]), MAPS[0]: BUSY})

    work(house, pool, Access(), steps)

    assert state(house).fault == BUSY.fault
    assert state(house).failures == 1


def test_a_poll_of_which_a_part_was_not_asked_for_leaves_no_trace(house: House, pool: Workers) -> None:
    before = state(house)

    async def steps(sink: PipelineSink) -> None:
        feeds, _ = await poll(sink, house, {URL: index(*MAPS[:2]), MAPS[1]: Body(sitemap(1), MAPS[1])})
        assert urls(feeds) == [URL, *MAPS[:2]]
        assert urls(sink.polls(house.store.feeds())) == [URL], "it is due as it was"

    work(house, pool, Access(), steps)

    assert state(house) == before


@pytest.mark.parametrize("found", ["configured", "robots.txt"])
def test_a_gap_is_filled_once_from_the_sources_sitemap(house: House, pool: Workers, found: str) -> None:
    if found == "robots.txt":
        robots = f"Sitemap: {MAPS[0]}\nSitemap: https://elsewhere.example/news.xml".encode()
        house.store.remember_host(Host("ledger.example", robots=robots, robots_status=200, robots_at=NOW))
    access = Access(sitemap=MAPS[0] if found == "configured" else "")
    answers: dict[str, Answer] = {MAPS[0]: Body(sitemap(-200, 0, 1, 2, 3, 4, 5, 200), MAPS[0])}

    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, answers | {URL: Body(feed_of(0, 1), URL)})
        feeds, pages = await poll(sink, house, answers | {URL: Body(feed_of(4, 5), URL)}, NOW + 6 * HOUR)
        assert urls(feeds) == [URL, MAPS[0]]
        assert sorted(urls(pages)) == [f"https://ledger.example/{n}" for n in (2, 3, 4, 5)]
        feeds, _ = await poll(sink, house, answers | {URL: Body(feed_of(4, 5, 6), URL)}, NOW + 7 * HOUR)
        assert urls(feeds) == [URL]

    work(house, pool, access, steps)

    gap = state(house).gap
    assert gap is not None
    assert (gap.since, gap.at, gap.backfill) == (NOW, NOW + 6 * HOUR, False)


def test_what_fills_a_gap_is_news_since_the_poll_before_the_gap(house: House, pool: Workers) -> None:
    """An outage of a month must not make an archive of what it hid."""
    month = timedelta(days=30)
    answers: dict[str, Answer] = {MAPS[0]: Body(sitemap(300), MAPS[0])}

    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, {URL: Body(feed_of(0, 1), URL)})
        await poll(sink, house, answers | {URL: Body(feed_of(720, 721), URL)}, NOW + month)

    work(house, pool, Access(sitemap=MAPS[0]), steps)

    since = {entry.entry.link: entry.since for entry in house.store.waiting(NOW + month)}
    assert since["https://ledger.example/300"] == NOW


def test_a_poll_that_cannot_be_recorded_at_all_is_not_under_way_for_ever(
    house: House, pool: Workers, tmp_path: Path
) -> None:
    """A full disk costs a daemon this poll, not the source."""

    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, {URL: Body(feed_of(0, 1), URL)})
        with closing(sqlite3.connect(tmp_path / "pactwatch.db")) as database:
            database.execute("CREATE TRIGGER full BEFORE UPDATE ON feeds BEGIN SELECT RAISE(ABORT, 'full'); END")
            with pytest.raises(StorageError):
                await poll(sink, house, {URL: Body(feed_of(8, 9), URL)}, NOW + HOUR)
            database.execute("DROP TRIGGER full")
        assert urls(sink.polls(house.store.feeds())) == [URL]

    work(house, pool, Access(sitemap=MAPS[0]), steps)


def test_what_opens_a_source_goes_to_its_own_sitemaps_and_is_taken_out_of_links(house: House, pool: Workers) -> None:
    elsewhere = "https://elsewhere.example/news.xml"
    page = b"<urlset><url><loc>https://ledger.example/1?token=t0ken&amp;a=b</loc></url></urlset>"
    answers: dict[str, Answer] = {
        URL: index(MAPS[0], elsewhere),
        MAPS[0]: Body(page, MAPS[0]),
        elsewhere: Body(sitemap(2), elsewhere),
    }

    async def steps(sink: PipelineSink) -> None:
        feeds, pages = await poll(sink, house, answers)
        assert {target.url: target.credentials for target in feeds} == {URL: OPENED, MAPS[0]: OPENED, elsewhere: None}
        assert sorted(urls(pages)) == ["https://ledger.example/1?a=b", "https://ledger.example/2"]

    work(house, pool, Access(credentials=OPENED), steps)


def test_a_source_that_has_moved_to_another_host_is_asked_there_without_what_opens_it(
    house: House, pool: Workers
) -> None:
    async def steps(sink: PipelineSink) -> None:
        moved = replace(state(house), url="https://elsewhere.example/feed")
        assert [target.credentials for target in sink.polls([moved])] == [None]

    work(house, pool, Access(credentials=OPENED, origin=URL), steps)


def test_an_index_is_searched_for_a_gap_as_far_back_as_it_reaches(house: House, pool: Workers) -> None:
    week = timedelta(days=7)
    answers: dict[str, Answer] = {
        MAPS[0]: index(MAPS[1], changed=(NOW + HOUR).isoformat()),
        MAPS[1]: Body(sitemap(2), MAPS[1]),
    }

    async def steps(sink: PipelineSink) -> None:
        await poll(sink, house, {URL: Body(feed_of(0, 1), URL)})
        feeds, pages = await poll(sink, house, answers | {URL: Body(feed_of(8, 9), URL)}, NOW + week)
        assert urls(feeds) == [URL, MAPS[0], MAPS[1]]
        assert "https://ledger.example/2" in urls(pages)

    work(house, pool, Access(sitemap=MAPS[0]), steps)
