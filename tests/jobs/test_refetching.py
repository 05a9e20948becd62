"""A kept article is fetched once more: what its publisher changed is kept, read and told; the rest is silent."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path

import pytest

from jobs.sink import PipelineSink
from jobs.workers import Workers
from jobs.writer import writer
from news.article import Article, Entry, Fault, LedgerEntry
from news.fetch import Answer, Body, Gone, NotModified, PageTarget, Refused, Target
from news.step import NewEntry
from news.story import Deal
from news.version import Look
from tests.acceptance.press import Item, licence, page, results
from tests.jobs.house import NOW, House
from tests.jobs.test_correcting import sets
from tests.jobs.test_sink import execute

DAY = timedelta(hours=24)
STORY = licence(1, NOW)
"""Calavia Therapeutics gets $21 million upfront and up to $401 million."""
URL = f"https://ledger.example{STORY.path}"
WALL = Body(
    b"<!doctype html><html lang='en'><head><title>Calavia</title><script type='application/ld+json'>{"
    b'"@context":"https://schema.org","@type":"NewsArticle","headline":"Calavia","isAccessibleForFree":false}'
    b"</script></head><body><article><h1>Calavia</h1><p>Subscribe to continue reading this article.</p>"
    b"</article></body></html>",
    URL,
    "text/html; charset=utf-8",
)


@pytest.fixture
def kept(house: House, pool: Workers) -> House:
    """Return an installation that has read the story, told it and sent the message."""
    fetched(house, pool, seen(house, STORY), body(STORY))
    send(house)
    return house


def seen(house: House, item: Item, source: str = "ledger") -> LedgerEntry:
    """Put a story into the ledger, to be fetched."""
    feed = house.store.feed(source)
    assert feed is not None
    address = f"https://{source}.example{item.path}"
    new = NewEntry(Entry(item.guid, address, item.title, published=item.at), address, item.title, house.now, house.now)
    (entry,) = house.store.record_poll(replace(feed, last_success_at=house.now), [new])
    return entry


def body(item: Item, *, url: str = URL, etag: str = '"1"') -> Body:
    """Return the page of a story as it comes."""
    return Body(page(item), url, "text/html; charset=utf-8", etag=etag)


def edited(was: str, now: str, item: Item = STORY) -> Item:
    """Return a story in which words are others."""
    assert any(was in each for each in (item.title, *item.paragraphs))
    told = tuple(each.replace(was, now) for each in item.paragraphs)
    return replace(item, title=item.title.replace(was, now), paragraphs=told)


def fetched(house: House, pool: Workers, entry: LedgerEntry, answer: Answer) -> None:
    """Fetch a page for the first time."""

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            (target,) = sink.pages([entry])
            await sink.fetched(target, answer, house.now)

    asyncio.run(work())


def again(house: House, pool: Workers, answer: Answer, **lapse: float) -> list[PageTarget]:
    """Let time pass, 25 hours where nothing else is said; fetch what is due once more, and return what was."""
    house.later(**(lapse or {"hours": 25}))
    targets: list[PageTarget] = []

    async def work() -> None:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            await sink.take_up()
            targets.extend(sink.again(house.store.looks_due(house.now)))
            for target in targets:
                await sink.fetched(target, answer, house.now)
            assert sink.outlook.idle()

    asyncio.run(work())
    return targets


def send(house: House) -> None:
    """Let everything that is pending be sent."""
    for delivery in house.run_ends():
        house.store.record_sent(delivery.id, house.now, "250")
    house.later(minutes=1)


def look(house: House) -> Look:
    found = house.store.look(1)
    assert found is not None
    return found


def deal(house: House) -> Deal:
    found = house.store.deal(1)
    assert found is not None
    return found


def article(house: House) -> Article:
    found = house.store.article(1)
    assert found is not None
    return found


def changed(house: House) -> list[tuple[str, str, str]]:
    """Return what waits to be told as corrections: field, was, is."""
    return [(c.field, c.was, c.now) for t in house.pending() for c in t.changes]


def test_a_kept_article_is_due_once_more_a_day_after_its_first_fetch_with_its_validators(
    kept: House, pool: Workers
) -> None:
    assert look(kept).due_at == NOW + DAY
    assert kept.store.looks_due(NOW + DAY - timedelta(seconds=1)) == ()

    (target,) = again(kept, pool, NotModified())

    assert (target.url, target.etag, target.validators_from) == (URL, '"1"', URL)
    assert (look(kept).due_at, look(kept).outcome) == (None, "unchanged")
    assert again(kept, pool, NotModified(), days=30) == []


def test_what_is_no_deal_is_not_fetched_again(house: House, pool: Workers) -> None:
    fetched(house, pool, seen(house, results(2, NOW)), body(results(2, NOW)))

    assert house.store.look(1) is None
    assert again(house, pool, NotModified()) == []


def test_a_corrected_figure_is_told_once_as_was_and_is_to_whoever_was_told(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("$21 million", "$24 million"), etag='"2"'))

    assert changed(kept) == [("upfront", "USD 21m", "USD 24m")]
    (telling,) = kept.pending()
    assert (telling.kind, telling.revision, deal(kept).revision) == ("update", 2, 2)
    (change,) = telling.changes
    assert change.evidence_was is not None
    assert change.evidence_now is not None
    assert ("$21 million" in change.evidence_was.quote, "$24 million" in change.evidence_now.quote) == (True, True)
    assert look(kept).validators.etag == '"2"'
    send(kept)
    assert again(kept, pool, NotModified(), days=2) == []
    assert [kind for kind, _, _ in kept.tellings()] == ["first", "update"]


def test_the_version_before_is_kept_and_the_article_says_what_is_right(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("$21 million", "$24 million")))

    (version,) = kept.store.versions([1])
    assert "$21 million" in version.text
    assert (version.nth, version.title) == (0, STORY.title)
    assert (version.fetched_at, version.replaced_at) == (NOW, kept.now)
    assert [(c.was, c.now) for c in version.changes] == [("USD 21m", "USD 24m")]
    assert "$24 million" in article(kept).text
    assert article(kept).fetched_at == NOW, "since then it is known here"
    money = deal(kept).latest.terms.upfront
    assert money is not None
    assert money.amount == 24_000_000
    assert money.evidence.url == URL
    assert kept.store.explain(URL).decision == "kept"


@pytest.mark.parametrize(
    "again_",
    [
        edited("called the step sensible", "said that it was a sensible step"),
        edited("will receive an upfront payment of", "gets an upfront payment of"),
        replace(STORY, paragraphs=(*STORY.paragraphs, "Update: a spokesman declined to comment on the timing.")),
        replace(STORY, title=f"UPDATE: {STORY.title}"),
    ],
    ids=["a word elsewhere", "a word beside the figure", "a paragraph more", "a headline"],
)
def test_other_words_for_the_same_tell_nobody_and_are_kept(kept: House, pool: Workers, again_: Item) -> None:
    again(kept, pool, body(again_))

    assert kept.pending() == ()
    assert deal(kept).revision == 1
    assert len(kept.store.versions([1])) == 1


def test_what_the_publisher_fills_in_stands_in_the_deal_and_tells_nobody(house: House, pool: Workers) -> None:
    terms = STORY.paragraphs[1].replace(" and is eligible for up to $401 million in development and commercial "
                                        "milestones, plus royalties on net sales", "")  # fmt: skip
    short = replace(STORY, paragraphs=(STORY.paragraphs[0], terms, *STORY.paragraphs[2:]))
    fetched(house, pool, seen(house, short), body(short))
    send(house)
    assert deal(house).latest.terms.milestones is None

    again(house, pool, body(STORY))

    assert deal(house).latest.terms.milestones is not None
    assert house.pending() == ()
    assert deal(house).revision == 1


def test_a_sum_that_was_undisclosed_and_is_stated_now_is_told(house: House, pool: Workers) -> None:
    hidden = edited("an upfront payment of $21 million", "an undisclosed upfront payment")
    fetched(house, pool, seen(house, hidden), body(hidden))
    send(house)

    again(house, pool, body(STORY))

    assert ("upfront", "undisclosed", "USD 21m") in changed(house)


def test_a_corrected_party_is_told(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("Vantrel Pharma", "Nordkap Pharma")))

    assert [field for field, _, _ in changed(kept)] == ["parties"]
    assert {party.name for party in deal(kept).latest.terms.parties} == {"Calavia Therapeutics", "Nordkap Pharma"}


def test_a_figure_that_its_publisher_struck_out_is_told(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("will receive an upfront payment of $21 million and", "receives no details and")))

    assert changed(kept) == [("upfront", "USD 21m", "not mentioned")]


def test_whoever_was_not_told_yet_gets_the_card_with_what_is_right_and_no_update(house: House, pool: Workers) -> None:
    fetched(house, pool, seen(house, STORY), body(STORY))

    again(house, pool, body(edited("$21 million", "$24 million")))

    assert [(t.kind, t.state) for t in house.store.tellings()] == [("first", "pending")]
    assert "24" in str(house.run_ends()[0].message)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Gone(), "not fetched: http 410"),
        (Refused(Fault("http 404", "Not Found")), "not fetched: http 404"),
        (WALL, "unchanged: paywall"),
        (body(edited("$21 million", "$24 million"), url="https://ledger.example/"), "unchanged: it leads to"),
        (body(replace(STORY, paragraphs=(*STORY.paragraphs[:1], "Subscribe to read on."))), "unchanged: "),
    ],
    ids=["410", "404", "wall", "home page", "only its beginning"],
)
def test_a_page_that_is_gone_walled_or_elsewhere_changes_nothing(
    kept: House, pool: Workers, answer: Answer, outcome: str
) -> None:
    before = (article(kept), deal(kept), kept.store.reading_of(1))

    again(kept, pool, answer)

    assert (article(kept), deal(kept), kept.store.reading_of(1)) == before
    assert kept.store.versions([1]) == ()
    assert kept.pending() == ()
    assert look(kept).outcome.startswith(outcome)
    assert look(kept).due_at is None
    assert kept.pipeline.tally.faults == [], "the article is there: that is no fault of the run"


def test_what_failed_is_tried_again_later_and_given_up_in_the_end(kept: House, pool: Workers) -> None:
    silent = Refused(Fault("timeout", "no complete answer in time"))
    tried = [again(kept, pool, silent)]
    while look(kept).due_at is not None:
        tried.append(again(kept, pool, silent, days=2))

    assert [len(each) for each in tried] == [1, 1, 1, 1, 1]
    assert again(kept, pool, silent, days=2) == []


def test_a_deal_that_its_publisher_takes_back_is_told_as_none_and_stays_as_it_was_told(
    kept: House, pool: Workers
) -> None:
    other = results(2, NOW)

    again(kept, pool, body(replace(other, path=STORY.path)))

    ((field, _, now),) = changed(kept)
    assert (field, now.startswith("no deal: ")) == ("deal", True)
    assert (deal(kept).kept, deal(kept).latest.terms.upfront is not None) == (False, True)
    assert kept.store.explain(URL).decision == "dropped"
    assert look(kept).due_at is None


def test_a_deal_that_nobody_was_told_of_is_forgotten_where_it_is_taken_back(house: House, pool: Workers) -> None:
    fetched(house, pool, seen(house, STORY), body(STORY))

    again(house, pool, body(replace(results(2, NOW), path=STORY.path)))

    assert house.store.deals() == ()
    assert house.run_ends() == []


def test_what_a_person_set_wins_over_what_the_publisher_changes(kept: House, pool: Workers) -> None:
    sets(kept, amount=30_000_000)
    send(kept)

    again(kept, pool, body(edited("$21 million", "$24 million")))

    money = deal(kept).latest.terms.upfront
    assert money is not None
    assert money.amount == 30_000_000
    assert kept.pending() == ()


def says(house: House, pool: Workers, items: Sequence[Item], **lapse: float) -> list[PageTarget]:
    """Poll the feed with these items in it; fetch nothing, and return the pages that are to be fetched for it."""
    house.later(**lapse)
    told = "".join(
        f"<item><title>{i.title}</title><link>https://ledger.example{i.path}</link><guid>{i.guid}</guid>"
        f"<pubDate>{format_datetime(i.at)}</pubDate></item>"
        for i in items
    )
    feed = f"<rss version='2.0'><channel><title>L</title>{told}</channel></rss>".encode()

    async def work() -> Sequence[Target]:
        with writer() as write:
            sink = PipelineSink(house.pipeline, pool, write)
            (target,) = sink.polls(house.store.feeds())
            return await sink.polled(target, Body(feed, target.url, "application/rss+xml"), house.now)

    return [target for target in asyncio.run(work()) if isinstance(target, PageTarget)]


def test_several_corrections_of_a_day_go_out_as_one_update(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("$21 million", "$24 million")))
    send(kept)
    says(kept, pool, [replace(STORY, title="Corrected")], hours=1)
    again(kept, pool, body(edited("$21 million", "$25 million")), hours=1)
    assert kept.run_ends() == [], "an update went out within the last 24 hours"
    says(kept, pool, [replace(STORY, title="Corrected again")], hours=1)
    again(kept, pool, body(edited("$21 million", "$26 million")), hours=1)

    assert changed(kept) == [("upfront", "USD 24m", "USD 26m")]
    kept.later(hours=24)
    assert len(kept.run_ends()) == 1
    assert [version.nth for version in kept.store.versions([1])] == [0, 1, 2]


@pytest.mark.parametrize(
    "now",
    [replace(STORY, title=f"Correction: {STORY.title}"), replace(STORY, at=NOW + timedelta(minutes=40))],
    ids=["another title", "a later date"],
)
def test_an_item_that_its_feed_changed_is_fetched_at_once_and_the_day_after_all_the_same(
    kept: House, pool: Workers, now: Item
) -> None:
    assert says(kept, pool, [STORY], hours=1) == [], "it is as it was"

    assert [target.url for target in says(kept, pool, [now], hours=1)] == [URL]
    again(kept, pool, NotModified(), minutes=1)

    assert look(kept).due_at == NOW + DAY
    assert says(kept, pool, [now], hours=1) == [], "that was seen"


def test_a_feed_that_changes_an_item_all_the_time_has_its_page_fetched_five_times_at_most_an_hour_apart(
    kept: House, pool: Workers
) -> None:
    fetches: list[datetime] = []
    for number in range(60):
        says(kept, pool, [replace(STORY, title=f"{STORY.title}, build {number}")], minutes=20)
        fetches += [kept.now for _ in again(kept, pool, NotModified(), seconds=1)]

    assert len(fetches) == 5
    assert min(later - one for one, later in pairwise(fetches)) >= timedelta(hours=1)


def test_an_item_that_is_no_deal_may_change_as_it_likes(house: House, pool: Workers) -> None:
    story = results(2, NOW)
    fetched(house, pool, seen(house, story), body(story))

    assert says(house, pool, [replace(story, title="Another title")], hours=1) == []


def test_a_search_that_matches_only_now_gets_its_card(house: House, pool: Workers) -> None:
    plain = edited("NK cell engager", "antibody")
    fetched(house, pool, seen(house, plain), body(plain))
    assert house.store.tellings() == ()

    again(house, pool, body(STORY))

    assert [(kind, state) for kind, state, _ in house.tellings()] == [("first", "pending")]


def test_what_another_outlet_stated_first_does_not_give_way_to_an_article_that_states_it_later(
    house: House, pool: Workers
) -> None:
    silent = edited("an upfront payment of $21 million and is eligible for up to", "up to")
    fetched(house, pool, seen(house, silent), body(silent))
    house.configure("ledger", "wire")
    wire = seen(house, STORY, "wire")
    fetched(house, pool, wire, body(STORY, url=f"https://wire.example{STORY.path}"))
    send(house)
    assert len(house.store.deals()) == 1

    again(house, pool, body(edited("$21 million", "$24 million")))

    money = deal(house).latest.terms.upfront
    assert money is not None
    assert money.amount == 21_000_000
    assert house.pending() == ()


def test_what_cannot_be_stored_is_taken_again_and_told_once(kept: House, pool: Workers, tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TRIGGER full BEFORE INSERT ON tellings BEGIN SELECT RAISE(ABORT, 'full'); END")
    now = body(edited("$21 million", "$24 million"))
    before = (article(kept), deal(kept))

    again(kept, pool, now)
    assert (article(kept), deal(kept), kept.store.versions([1])) == (*before, ()), "all of it or nothing"
    assert [(at, fault.name) for at, fault in kept.pipeline.tally.faults] == [(URL, "internal error")]
    execute(tmp_path, "DROP TRIGGER full")
    again(kept, pool, now, hours=1)
    again(kept, pool, now, hours=1)

    assert changed(kept) == [("upfront", "USD 21m", "USD 24m")]
    assert len(kept.store.versions([1])) == 1


def test_the_versions_go_with_the_text_of_their_article_and_that_they_were_stays(kept: House, pool: Workers) -> None:
    again(kept, pool, body(edited("$21 million", "$24 million")))

    kept.store.forget_texts(NOW)
    assert kept.store.versions([1])[0].text != ""
    kept.store.forget_texts(NOW + timedelta(seconds=1))

    (version,) = kept.store.versions([1])
    assert (version.text, [c.now for c in version.changes]) == ("", ["USD 24m"])
    says(kept, pool, [replace(STORY, title="Corrected")], hours=1)
    assert kept.store.looks_due(kept.now + DAY) == (), "there is nothing to hold it against"


def test_an_article_behind_a_wall_that_is_free_now_is_completed_in_silence(house: House, pool: Workers) -> None:
    entry = seen(house, STORY)
    fetched(house, pool, replace(entry, entry=replace(entry.entry, summary=STORY.paragraphs[0])), WALL)
    assert article(house).behind == "paywall"
    send(house)

    again(house, pool, body(STORY))

    assert (article(house).behind, deal(house).latest.terms.behind) == ("", "")
    assert deal(house).latest.terms.upfront is not None
    assert house.pending() == ()
