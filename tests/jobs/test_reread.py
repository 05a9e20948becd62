"""Stored texts read again: what differs, what is stored, and that nobody is told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from deals.reader import ArticleText, read
from jobs import reread as rereading
from jobs.placing import place_waiting
from jobs.reread import Outcome, readers, reread
from lexicon import load
from news.article import Article, Entry
from news.errors import AnotherRunError, StorageError, TaskFailedError
from news.reading import UNREAD, Named, Reading
from news.step import NewEntry, Reread
from pactwatch.newsroom.pieces import load as load_pieces
from storage import Store
from tests.jobs.house import LICENCE, NOW, TODAY, WORDS, House, lexicon, sum_of

DEAL = (
    "Harrow Pharma and Northpoint Bio announced today that they have entered into an exclusive licence agreement. "
    "Harrow Pharma receives worldwide rights to the NK cell engager NPB-101. Northpoint Bio will receive an upfront "
    "payment of €25 million and is eligible for up to €300 million in milestones, plus royalties."
)
NO_DEAL = (
    "Northpoint Bio has dosed the first patient in a Phase 2 trial of its NK cell engager NPB-101, which it develops "
    "alone. Results of the trial are expected next year. "
) * 3
DROPPED = Reading(False, False, 0.02, "en", "trial", "results of a trial are no deal")


async def reader(article: Article) -> Reading:
    """Read in this process."""
    return read(ArticleText.of(article), lexicon())


def again(house: House, *, since: datetime | None = None, apply: bool = False) -> Outcome:
    """Read what is stored again; nobody watches."""
    return asyncio.run(reread(house.pipeline, reader, lambda _done, _of: None, since=since, apply=apply))


def _stored(house: House, text: str, title: str = "Harrow licenses NK cell engager from Northpoint") -> Article:
    feed = house.store.feed("ledger")
    assert feed is not None
    address = "https://ledger.example/other"
    new = NewEntry(Entry("other", address, title), address, title, seen_at=house.now, since=house.now)
    (seen,) = house.store.record_poll(replace(feed, last_success_at=house.now), [new])
    made = Article(0, address, "ledger", "Ledger", title, text, house.now, published=TODAY)
    return house.store.record_article(seen.id, made, "sign of the other")


def _stored_and_read(house: House, text: str, reading: Reading) -> Article:
    """Have an article stored that an older reader read as given."""
    article = _stored(house, text)
    house.store.record_reading(article.id, "0", reading)
    return article


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


def test_a_figure_that_is_read_otherwise_is_shown_and_not_stored(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)

    outcome = again(house)

    (found,) = outcome.found
    changed = {change.field: (change.was, change.now) for change in found.difference.changes}
    assert changed["upfront"] == ("EUR 20m", "EUR 25m")
    assert changed["milestones"] == ("not mentioned", "up to EUR 300m")
    assert (found.deals, outcome.read, outcome.unchanged) == ((1,), 1, 0)
    (deal,) = house.store.deals()
    assert deal.latest.terms.upfront is not None
    assert deal.latest.terms.upfront.amount == Decimal(20_000_000)
    assert found.article.text == "", "what is only shown by its title holds no text"
    assert again(house).found == outcome.found


def test_what_is_applied_changes_the_deal_and_tells_nobody(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    (first,) = house.run_ends()
    told = house.store.tellings()

    again(house, apply=True)

    (deal,) = house.store.deals()
    assert deal.latest.terms.upfront is not None
    assert deal.latest.terms.upfront.amount == Decimal(25_000_000)
    assert deal.latest.terms.upfront.evidence.url == "https://ledger.example/1"
    assert (deal.id, deal.revision, deal.kept, deal.news) == (1, 1, True, True)
    assert house.store.tellings() == told
    house.later(hours=30)
    assert house.run_ends() == []
    assert [d.id for d in house.store.deliveries()] == [first.id]
    assert house.outlet.kept == []


def test_a_second_reread_shows_no_difference(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    _stored_and_read(house, DEAL, DROPPED)
    house.hears(LICENCE, text=NO_DEAL)
    again(house, apply=True)

    for outcome in (again(house, apply=True), again(house)):
        assert (outcome.found, outcome.requoted, outcome.unchanged) == ((), 0, outcome.read)
        assert outcome.read == 3


def test_a_deal_that_is_found_now_is_stored_and_matched_and_told_to_nobody(house: House) -> None:
    _stored_and_read(house, DEAL, DROPPED)

    (found,) = again(house, apply=True).found

    assert found.difference.decisions == ("dropped", "kept")
    (deal,) = house.store.deals(matched=True)
    assert [party.name for party in deal.latest.terms.parties] == ["Harrow Pharma", "Northpoint Bio"]
    assert house.tellings() == []
    assert house.run_ends() == []
    assert house.store.explain("https://ledger.example/other").decision == "kept"


def test_the_next_article_of_a_deal_that_was_found_by_rereading_tells_it(house: House) -> None:
    _stored_and_read(house, DEAL, DROPPED)
    again(house, apply=True)

    house.hears(LICENCE, text=DEAL)

    assert len(house.store.deals()) == 1
    assert house.tellings() == [("first", "pending", 1)]


def test_a_deal_that_nobody_was_told_of_and_that_is_none_is_forgotten(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)
    assert len(house.pending()) == 1

    (found,) = again(house, apply=True).found

    assert found.difference.decisions == ("kept", "dropped")
    assert house.store.deals() == ()
    assert house.store.tellings() == ()
    assert house.run_ends() == []
    place_waiting(house.pipeline)
    assert house.store.deals() == ()


def test_a_deal_that_was_told_and_is_none_stays_as_it_was_told_and_is_not_kept(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)
    house.run_ends()

    again(house, apply=True)

    (deal,) = house.store.deals()
    assert (deal.kept, deal.latest.terms.parties[0].name) == (False, "Northpoint Bio")
    assert deal.latest.reports[0].reason.startswith("told, and not a deal when it was read again: ")
    assert house.store.deals(matched=True) == ()
    assert house.tellings() == [("first", "told", 1)]


def test_of_two_articles_that_told_a_deal_the_one_that_does_not_leaves_it(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)
    kept = house.hears(LICENCE, text=DEAL)

    again(house, apply=True)

    (deal,) = house.store.deals()
    assert [report.article for report in deal.latest.reports] == [kept.id]
    assert house.tellings()[0][:2] == ("first", "pending")


def test_an_article_that_tells_of_other_parties_now_leaves_the_story_of_the_others_in_silence(house: House) -> None:
    first = house.hears(LICENCE, text=DEAL)
    other = house.hears(LICENCE, text=DEAL.replace("Harrow", "Tarnfield").replace("Northpoint", "Oakmere"))

    again(house, apply=True)

    told = [[r.article for r in deal.latest.reports] for deal in house.store.deals()]
    assert told == [[other.id], [first.id]]
    assert house.tellings() == [("first", "pending", 1)]
    assert house.store.tellings()[0].deal == 1
    assert again(house).found == ()


def test_what_is_pending_of_a_deal_that_matches_no_more_is_told_no_more(house: House) -> None:
    house.search = replace(house.search, query="upfront < 22m EUR")
    house.configure("ledger")
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    assert len(house.pending()) == 1

    again(house, apply=True)

    (telling,) = house.store.tellings()
    assert (telling.state, telling.reason) == ("suppressed", "read again: it matches no search any more")
    assert house.run_ends() == []


def test_what_could_not_be_read_is_read_again_however_old(house: House) -> None:
    _stored_and_read(house, DEAL, replace(DROPPED, kind="other", reason=UNREAD + "a worker died"))

    outcome = again(house, since=NOW + timedelta(days=1), apply=True)

    assert (outcome.read, outcome.mended) == (1, 1)
    assert len(house.store.deals()) == 1


def test_since_leaves_out_what_was_fetched_before(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)

    assert again(house, since=NOW + timedelta(days=1)).read == 0
    assert again(house, since=NOW).read == 1


def test_articles_whose_text_was_let_go_are_counted_and_stay(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)
    house.store.forget_texts(NOW + timedelta(days=1))

    outcome = again(house, apply=True)

    assert (outcome.read, outcome.gone) == (0, 1)
    assert len(house.store.deals()) == 1


def test_an_article_that_no_reader_comes_back_from_stays_as_it_is(house: House) -> None:
    house.hears(LICENCE, text=DEAL)

    async def dying(article: Article) -> Reading:
        raise TaskFailedError("worker died", f"the reader of {article.id} died")

    outcome = asyncio.run(reread(house.pipeline, dying, lambda _done, _of: None, apply=True))

    assert [(url, fault.name) for url, fault in outcome.failed] == [("https://ledger.example/1", "worker died")]
    assert house.store.deals()[0].kept


def test_further_deals_of_a_roundup_are_placed_in_silence(house: House) -> None:
    piece = next(p for p in load_pieces() if p.name.startswith("32-"))
    article = _stored(house, piece.text(TODAY), piece.title)
    reading = Reading(True, False, 0.9, "en", "license", "it says so", terms=LICENCE)
    house.store.record_reading(article.id, "0", reading)
    place_waiting(house.pipeline, article.id)
    (first,) = house.store.deals()

    again(house, apply=True)

    told = house.store.deals_of_article(article.id)
    assert len(told) == 3
    assert told[0].id == first.id
    assert all(telling.deal == first.id for telling in house.store.tellings())


def test_a_reread_that_was_stopped_half_way_is_ended_by_the_next(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(20_000_000)), text=DEAL)
    house.hears(replace(LICENCE, assets=(Named("NPB-900", WORDS),)), text=NO_DEAL)
    monkeypatch.setattr(rereading, "AT_ONCE", 1)

    def stop(done: int, of: int) -> None:
        assert of == 2
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(reread(house.pipeline, reader, stop, apply=True))
    rest = again(house, apply=True)

    assert (rest.read, rest.unchanged, len(rest.found)) == (2, 1, 1)
    assert again(house).found == ()


def test_a_crash_between_placing_and_storing_mails_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    _stored_and_read(house, DEAL, DROPPED)

    def crash(_store: Store, step: Reread, _version: str) -> None:
        raise StorageError(f"no room for {step.article}")

    monkeypatch.setattr(Store, "record_reread", crash)
    with pytest.raises(StorageError):
        again(house, apply=True)
    monkeypatch.undo()
    place_waiting(house.pipeline)

    assert len(house.store.deals()) == 1
    assert house.tellings() == []
    again(house, apply=True)
    assert (len(house.store.deals()), house.tellings()) == (1, [])


def test_nothing_is_stored_while_a_run_is_at_work(house: House) -> None:
    house.hears(LICENCE, text=NO_DEAL)

    with house.store.lock(), pytest.raises(AnotherRunError):
        again(house, apply=True)
    with house.store.lock():
        assert len(again(house).found) == 1


def test_worker_processes_read_as_this_process_does(house: House) -> None:
    house.hears(LICENCE, text=DEAL)

    with readers(1, load) as reader_of_workers:
        outcome = asyncio.run(reread(house.pipeline, reader_of_workers, lambda _done, _of: None, apply=True))

    assert len(outcome.found) == 1
    assert again(house).found == ()
