"""What headers say, whatever they hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scrapy.http import Response

from crawler.answers import LONGEST_WAIT, Redirect, answer_of, lifetime, retry_after
from news.fetch import Answer, Body, NotModified, Refused

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
URL = "https://news.example/feed"


def answer(status: int, headers: Mapping[str, str] | None = None, *, conditional: bool = False) -> Answer | Redirect:
    """Return what a response means."""
    return answer_of(Response(URL, status=status, headers=headers), NOW, conditional=conditional, moved_to=None)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Cache-Control": "max-age=600"}, timedelta(minutes=10)),
        ({"Cache-Control": 'public, MAX-AGE = "60"'}, timedelta(minutes=1)),
        ({"Cache-Control": "s-maxage=600, max-age=60"}, timedelta(minutes=1)),
        ({"Cache-Control": "s-maxage=600"}, None),
        ({"Cache-Control": "max-age=0", "Expires": "Tue, 24 Nov 2026 09:00:00 GMT"}, timedelta()),
        ({"Expires": "Tue, 24 Nov 2026 09:00:00 GMT"}, timedelta(hours=1)),
        ({"Expires": "Mon, 23 Nov 2026 09:00:00 GMT"}, timedelta()),
        ({"Expires": "0"}, None),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 -1400"}, None),
        ({"Cache-Control": "no-store"}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_stays_fresh(headers: dict[str, str], expected: timedelta | None) -> None:
    assert lifetime(Response(URL, headers=headers), NOW) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("120", NOW + timedelta(minutes=2)),
        (" 0 ", NOW),
        ("Tue, 24 Nov 2026 10:00:00 GMT", NOW + timedelta(hours=2)),
        ("Tue, 24 Nov 2026 11:00:00 +0100", NOW + timedelta(hours=2)),
        ("99999999999999", NOW + LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", NOW + LONGEST_WAIT),
        ("-5", None),
        ("a while", None),
        ("", None),
        (None, None),
    ],
)
def test_when_to_come_again(value: str | None, expected: datetime | None) -> None:
    assert retry_after(value, NOW) == expected


def test_only_a_server_that_asks_for_patience_is_heard() -> None:
    asked, other = answer(503, {"Retry-After": "60"}), answer(404, {"Retry-After": "60"})

    assert isinstance(asked, Refused)
    assert isinstance(other, Refused)
    assert asked.retry_at == NOW + timedelta(minutes=1)
    assert other.retry_at is None


def test_a_redirect_without_a_way_is_a_fault() -> None:
    assert answer(301, {"Location": "/new"}) == Redirect("https://news.example/new", permanent=True)
    assert answer(307, {"Location": "//other.example/a b"}) == Redirect("https://other.example/a%20b", permanent=False)
    assert isinstance(answer(302), Refused)


def test_a_304_answers_a_condition_only() -> None:
    assert answer(304, conditional=True) == NotModified()
    assert isinstance(answer(304), Refused)


@settings(max_examples=150)
@given(st.text(max_size=40), st.sampled_from([200, 301, 304, 429, 503]))
@example("Fri, 31 Dec 9999 23:59:59 -1400", 503)
@example("http://[::1", 301)
def test_no_header_can_break_an_answer(value: str, status: int) -> None:
    names = ("Retry-After", "Expires", "Cache-Control", "Location", "ETag", "Last-Modified", "Content-Type")

    found = answer(status, dict.fromkeys(names, value))

    assert isinstance(found, Body | NotModified | Refused | Redirect)
