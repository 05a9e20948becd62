"""Who is told what, and how often: from a stored reading to the message in the outbox."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta
from decimal import Decimal
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from jobs.placing import match_new_searches
from news.alert import When
from news.reading import Evidence, Money
from tests.jobs.house import LICENCE, NOW, TODAY, House, sum_of
from tests.stories.reports import named


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made


def test_a_deal_that_three_outlets_tell_is_told_once(house: House) -> None:
    house.configure("ledger", "wire", "gazette")
    house.store.close_backlogs(house.store.open_backlogs("me"), ())
    for source in ("ledger", "wire", "gazette"):
        house.hears(LICENCE, source=source)

    assert len(house.store.deals()) == 1
    assert house.tellings() == [("first", "pending", 1)]
    assert len(house.run_ends()) == 1
    house.later(hours=1)
    assert house.run_ends() == []


def test_a_figure_is_mailed_with_the_sentence_it_stands_in(house: House) -> None:
    text = "Harrow takes the NK cell engager. Harrow pays €25m at signing, says Northpoint. " * 3
    start = text.index("€25m")
    upfront = Money(Evidence("€25m", start, start + 4), Decimal(25_000_000), "EUR")
    house.hears(replace(LICENCE, upfront=upfront), text=text)

    (mail,) = house.run_ends()

    shown = message_from_bytes(mail.message, policy=policy.default).get_body(("plain",))
    assert shown is not None
    assert "“Harrow pays €25m at signing, says Northpoint.”" in shown.get_content()


def test_an_old_deal_is_stored_and_searchable_and_told_to_nobody(house: House) -> None:
    house.hears(LICENCE, on=TODAY - timedelta(days=40))

    (deal,) = house.store.deals(matched=True)
    assert not deal.news
    assert house.tellings() == []
    assert house.run_ends() == []


def test_what_an_outage_hid_is_still_news_and_marked_late(house: House) -> None:
    house.hears(LICENCE, on=TODAY - timedelta(days=20), since=NOW - timedelta(days=18))

    (deal,) = house.store.deals()
    assert (deal.news, deal.late) == (True, True)
    assert house.tellings() == [("first", "pending", 1)]


def test_what_a_slow_host_held_back_since_the_first_poll_is_still_news(house: House) -> None:
    house.hears(LICENCE, on=TODAY - timedelta(days=8), since=None, waited=timedelta(days=3))
    house.hears(replace(LICENCE, assets=named("NPB-900")), on=TODAY - timedelta(days=8), since=None)

    assert [(deal.news, deal.late) for deal in house.store.deals()] == [(False, False), (True, True)]


def test_a_figure_that_was_undisclosed_and_is_now_stated_is_an_update_threaded_to_the_first_mail(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(None)))
    (first,) = house.run_ends()
    house.later(hours=30)
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))

    (update,) = house.run_ends()

    assert house.tellings()[-1] == ("update", "told", 2)
    assert f"In-Reply-To: {first.message_id}".encode() in update.message


def test_a_field_that_was_merely_not_mentioned_is_filled_in_silence(house: House) -> None:
    house.hears(LICENCE)
    house.run_ends()
    house.later(hours=30)
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)))

    (deal,) = house.store.deals()
    assert deal.latest.terms.upfront is not None
    assert deal.revision == 1
    assert house.run_ends() == []


def test_an_expansion_is_told_again_and_its_money_is_its_own(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(25_000_000)), on=TODAY - timedelta(days=3))
    house.run_ends()
    house.later(days=2)
    house.hears(replace(LICENCE, event="expansion", upfront=sum_of(40_000_000)), on=house.now.date())

    (deal,) = house.store.deals()
    assert [event.terms.event for event in deal.events] == ["new", "expansion"]
    assert [event.terms.upfront and int(event.terms.upfront.amount or 0) for event in deal.events] == [
        25_000_000,
        40_000_000,
    ]
    assert house.tellings()[-1] == ("update", "pending", 2)


def test_a_rumour_is_a_line_and_its_announcement_a_card(house: House) -> None:
    house.hears(replace(LICENCE, status="rumoured", upfront=sum_of(99)), kept=False)
    (line,) = house.run_ends()
    assert b"Perhaps" in line.message
    house.later(days=3)
    house.hears(LICENCE, on=house.now.date())

    (deal,) = house.store.deals()
    assert deal.latest.terms.upfront is None, "a rumour's figures stay with the rumour"
    assert house.tellings() == [("perhaps", "told", 1), ("first", "pending", 2)]
    assert len(house.run_ends()) == 1


def test_an_expansion_that_becomes_sure_after_its_line_gets_its_card(house: House) -> None:
    house.hears(LICENCE)
    house.run_ends()
    house.later(days=20)
    expansion = replace(LICENCE, event="expansion", assets=())
    house.hears(expansion, on=house.now.date(), since=house.now, kept=False)
    (line,) = house.run_ends()
    house.later(hours=30)
    house.hears(expansion, on=house.now.date(), since=house.now)

    assert b"Perhaps" in line.message
    assert house.tellings() == [("first", "told", 1), ("perhaps", "told", 2), ("update", "pending", 3)]
    assert [(change.field, change.now) for change in house.pending()[0].changes] == [("event", "expansion")]


def test_an_older_event_that_is_found_later_mutes_nothing(house: House) -> None:
    house.hears(replace(LICENCE, event="expansion", upfront=sum_of(None)))
    house.run_ends()
    house.later(hours=30)
    house.hears(LICENCE, on=TODAY - timedelta(days=900))
    assert house.run_ends() == []
    house.hears(replace(LICENCE, event="expansion", upfront=sum_of(7)), on=TODAY)

    assert house.tellings()[-1][:2] == ("update", "pending")


def test_a_recap_months_later_is_no_news_for_a_recipient_who_was_not_told_then(house: House) -> None:
    house.hears(replace(LICENCE, upfront=sum_of(25)), text="nothing that matches " * 30)
    house.later(days=90)
    house.hears(replace(LICENCE, upfront=sum_of(25)), on=TODAY, since=house.now - timedelta(hours=1))

    assert len(house.store.deals(matched=True)) == 1
    assert house.tellings() == []


def test_a_search_that_is_added_later_is_told_what_is_already_out_there_once(house: House) -> None:
    house.hears(LICENCE, text="no such words " * 30, on=TODAY - timedelta(days=40))
    house.search = replace(house.search, query='licensee:"Harrow Pharma"')
    house.configure("ledger")
    match_new_searches(house.pipeline)

    (block,) = house.run_ends()

    assert b"Already out there" in block.message
    house.later(hours=1)
    assert house.run_ends() == []
    assert house.tellings() == [("archive", "told", 1)]


def test_an_urgent_search_goes_out_before_the_digest_of_its_recipient(tmp_path: Path) -> None:
    urgent = House(tmp_path, when=When("times", (time(7, 30),)), urgent=True)
    with urgent.store:
        urgent.hears(LICENCE)
        (alert,) = urgent.run_ends()
        urgent.later(days=1)
        later = urgent.run_ends()

    assert alert.kind == "alert"
    assert later == []


def test_a_digest_waits_for_its_time_and_downtime_is_caught_up_in_one_mail(tmp_path: Path) -> None:
    daily = House(tmp_path, when=When("times", (time(7, 30),)))
    with daily.store:
        daily.hears(LICENCE)
        assert daily.run_ends() == []
        daily.later(days=4)
        (caught_up,) = daily.run_ends()
        daily.later(minutes=10)
        again = daily.run_ends()

    assert caught_up.kind == "digest"
    assert again == []
