from __future__ import annotations

import http.client
import urllib.robotparser
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from crawler.feeds import parse
from crawler.pages import extract
from news.address import canonical, host
from news.errors import FeedParseError
from pactwatch.newsroom.outlets import FAULT, OUTLETS, Outlet
from pactwatch.newsroom.pieces import Piece, load
from pactwatch.newsroom.server import Newsroom, Resource, listening
from tests.newsroom.conftest import NOW

PUBLISHING = [outlet for outlet in OUTLETS if outlet.dialect != "broken"]


def ask(
    url: str, headers: Mapping[str, str] | None = None, method: str = "GET"
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Make one request and return status, headers and body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    try:
        connection.request(method, url.removeprefix(f"http://{parts.netloc}"), headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize("outlet", PUBLISHING, ids=lambda outlet: outlet.key)
def test_a_feed_lists_the_articles_of_its_outlet(newsroom: Newsroom, pieces: tuple[Piece, ...], outlet: Outlet) -> None:
    url = newsroom.feeds[outlet.key]
    status, headers, content = ask(url)
    found = parse(content, url, headers["Content-Type"])
    mine = [piece for piece in pieces if piece.outlet == outlet.key]

    assert status == 200
    assert {(e.title, canonical(e.link), e.published) for e in found.entries} == {
        (p.title, newsroom.addresses[p.name], p.published(NOW).replace(microsecond=0)) for p in mine
    }
    assert all(entry.summary for entry in found.entries)


@pytest.mark.parametrize("piece", load(), ids=lambda piece: piece.name)
def test_of_a_page_exactly_its_article_is_left_without_the_furniture(newsroom: Newsroom, piece: Piece) -> None:
    url = newsroom.addresses[piece.name]
    _, headers, content = ask(url)
    page = extract(content, url, headers["Content-Type"])
    day = piece.published(NOW).date()

    assert (page.title, page.text) == (piece.title, piece.text(day))
    assert (page.published, page.canonical, page.language) == (day, url, "en")


def test_the_broken_outlet_serves_what_is_no_feed(newsroom: Newsroom) -> None:
    key, fault = FAULT
    status, headers, content = ask(newsroom.feeds[key])

    with pytest.raises(FeedParseError) as error:
        parse(content, newsroom.feeds[key], headers["Content-Type"])

    assert (status, error.value.fault) == (200, fault)


@pytest.mark.parametrize("outlet", [o for o in OUTLETS if o.validators != "none"], ids=lambda outlet: outlet.key)
def test_a_feed_that_gave_validators_answers_304_to_them(newsroom: Newsroom, outlet: Outlet) -> None:
    _, headers, _ = ask(newsroom.feeds[outlet.key])
    sent = {"If-None-Match": headers["ETag"], "If-Modified-Since": headers["Last-Modified"]}

    status, again, body = ask(newsroom.feeds[outlet.key], {name: value for name, value in sent.items() if value})

    assert (status, body) == (304, b"")
    assert (again["ETag"], again["Last-Modified"]) == (headers["ETag"], headers["Last-Modified"])


def test_another_tag_gets_the_whole_feed_whatever_the_date_says(newsroom: Newsroom) -> None:
    outlet = next(o for o in OUTLETS if o.validators == "both")
    _, headers, whole = ask(newsroom.feeds[outlet.key])

    status, _, body = ask(
        newsroom.feeds[outlet.key], {"If-None-Match": '"other"', "If-Modified-Since": headers["Last-Modified"]}
    )

    assert (status, body) == (200, whole)


@pytest.mark.parametrize("date", ["yesterday", "", "Fri, 14 Mar 1999 15:09:26 GMT"])
def test_a_date_that_is_older_or_none_gets_the_whole_body(date: str) -> None:
    assert not Resource(b"", "text/plain", modified=NOW).is_fresh(None, date)


def test_robots_may_read_the_news_and_not_the_login(newsroom: Newsroom) -> None:
    home = newsroom.feeds["ledger"].rpartition("/")[0]
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(ask(f"{home}/robots.txt")[2].decode().splitlines())

    assert robots.can_fetch("pactwatch", f"{home}/news/anything")
    assert not robots.can_fetch("pactwatch", f"{home}/login")


def test_an_unknown_path_is_not_found(newsroom: Newsroom) -> None:
    assert ask(newsroom.feeds["ledger"] + "x")[0] == 404


def test_head_answers_with_the_headers_of_get_alone(newsroom: Newsroom) -> None:
    _, headers, content = ask(newsroom.feeds["ledger"])
    status, head, body = ask(newsroom.feeds["ledger"], method="HEAD")

    assert (status, body) == (200, b"")
    assert head["Content-Length"] == headers["Content-Length"] == str(len(content))


def test_every_outlet_is_a_host_of_its_own(newsroom: Newsroom) -> None:
    assert len({host(url) for url in newsroom.feeds.values()}) == len(OUTLETS)


def test_an_outlet_shares_the_common_address_where_it_cannot_have_one_of_its_own() -> None:
    not_ours = "192.0.2.1"  # RFC 5737: an address for documentation, which no machine has
    with listening(not_ours) as site:
        assert site.home.startswith("http://127.0.0.1:")


def test_a_newsroom_that_closed_answers_no_more(pieces: tuple[Piece, ...]) -> None:
    with Newsroom(pieces[:1], NOW, OUTLETS[:1]) as on_air:
        url = on_air.feeds["biowire"]

    with pytest.raises(ConnectionError):
        ask(url)


def test_the_feeds_say_how_often_they_want_to_be_polled(newsroom: Newsroom) -> None:
    asked = {}
    for key in ("biowire", "gazette"):
        _, headers, content = ask(newsroom.feeds[key])
        asked[key] = parse(content, newsroom.feeds[key], headers["Content-Type"]).ttl

    assert asked == {"biowire": timedelta(hours=1), "gazette": timedelta(hours=1)}
