"""How often, and when not, a feed asks to be polled (RSS 0.91 and 2.0, RSS 1.0 syndication module)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.feeds import parse
from crawler.wishes import skip_days, skip_hours
from news.article import ParsedFeed

SY = "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'"


def rss(head: str, tail: str = "", item: str = "") -> ParsedFeed:
    text = f"<rss version='2.0' {SY}><channel>{head}<item><title>A</title>{item}</item>{tail}</channel></rss>"
    return parse(text.encode(), "https://n.example/feed", "application/rss+xml")


@pytest.mark.parametrize(
    ("head", "ttl"),
    [
        ("<ttl>90</ttl>", timedelta(minutes=90)),
        ("<ttl> 5 </ttl>", timedelta(minutes=5)),
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", timedelta(hours=6)),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        ("<ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        ("<ttl>300</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=5)),
    ],
)
def test_the_longer_of_what_a_head_asks_for_is_its_ttl(head: str, ttl: timedelta | None) -> None:
    assert rss(head).ttl == ttl


def test_all_skipped_hours_and_days_are_read_wherever_they_stand_in_the_channel() -> None:
    wishes = (
        "<skipHours><hour>0</hour><hour> 7 </hour><hour>24</hour><hour>99</hour></skipHours>"
        "<skipDays><day>Saturday</day><day>sunday</day><day>Doomsday</day></skipDays>"
    )

    for feed in (rss(wishes), rss("", tail=wishes)):
        assert (sorted(feed.skip_hours), sorted(feed.skip_days)) == ([0, 7], [5, 6])


def test_who_skips_every_hour_or_day_wishes_nothing() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))

    assert rss(f"<skipHours>{hours}</skipHours>").skip_hours == frozenset()


def test_what_an_item_says_of_skipped_hours_is_no_wish() -> None:
    said = rss("", item="<description>&lt;skipHours&gt;<![CDATA[<skipHours><hour>3</hour></skipHours>]]></description>")

    assert said.skip_hours == frozenset()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200).map(lambda noise: b"<skipHours><hour>1" + noise + b"<skipDays><day>Monday" + noise))
def test_any_bytes_give_hours_and_days_that_there_are(content: bytes) -> None:
    head = {"skiphours": "", "skipdays": ""}

    assert skip_hours(head, content) <= frozenset(range(24))
    assert skip_days(head, content) <= frozenset(range(7))
