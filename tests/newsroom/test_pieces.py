from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from importlib.resources import files
from typing import get_args

from news.reading import DEAL_KINDS, STATUSES, DealEventName
from pactwatch.newsroom.outlets import FAULT, OUTLETS
from pactwatch.newsroom.pieces import Piece

NEWS_AGE_IN_DAYS = 7


def test_there_are_sixty_articles_each_with_a_number_of_its_own(pieces: tuple[Piece, ...]) -> None:
    assert [piece.number for piece in pieces] == list(range(1, 61))


def test_every_text_has_its_expected_reading_and_nothing_else_lies_about() -> None:
    names = Counter(file.name.rpartition(".")[0] for file in files("pactwatch.newsroom").joinpath("articles").iterdir())

    assert set(names.values()) == {2}


def test_every_kind_of_deal_is_told(pieces: tuple[Piece, ...]) -> None:
    told = {piece.expected["kind"] for piece in pieces if "deal" in piece.expected}

    assert told >= set(DEAL_KINDS)


def test_every_event_and_every_status_is_told(pieces: tuple[Piece, ...]) -> None:
    deals = [piece.expected["deal"] for piece in pieces if "deal" in piece.expected]

    assert {deal["event"] for deal in deals} == set(get_args(DealEventName))
    assert {deal["status"] for deal in deals} == set(STATUSES)


def test_a_deal_is_expected_exactly_where_an_article_is_kept_or_perhaps(pieces: tuple[Piece, ...]) -> None:
    wrong = [p.name for p in pieces if (p.expected["keep"] or p.expected["perhaps"]) != ("deal" in p.expected)]

    assert wrong == []


def test_there_are_as_many_hard_negatives_as_the_readers_need(pieces: tuple[Piece, ...]) -> None:
    assert sum(1 for piece in pieces if "deal" not in piece.expected) >= 25


def test_some_deals_are_older_than_news(pieces: tuple[Piece, ...]) -> None:
    assert sum(1 for p in pieces if p.expected["keep"] and p.days_ago > NEWS_AGE_IN_DAYS) >= 5


def test_one_article_is_printed_twice_word_for_word(pieces: tuple[Piece, ...]) -> None:
    twice = [body for body, count in Counter(piece.body for piece in pieces).items() if count == 2]

    assert len(twice) == 1
    assert len({piece.outlet for piece in pieces if piece.body == twice[0]}) == 2


def test_no_article_is_published_after_the_start_of_the_server(pieces: tuple[Piece, ...]) -> None:
    now = datetime(2031, 1, 1, tzinfo=UTC)

    assert all(piece.published(now) < now for piece in pieces)


def test_no_placeholder_is_left_in_a_text(pieces: tuple[Piece, ...]) -> None:
    day = datetime(2031, 2, 3, tzinfo=UTC).date()

    assert [piece.name for piece in pieces if {"{", "}"} & {*piece.text(day), *piece.title}] == []


def test_every_outlet_but_the_broken_one_publishes_something(pieces: tuple[Piece, ...]) -> None:
    publishing = {piece.outlet for piece in pieces}

    assert publishing == {outlet.key for outlet in OUTLETS} - {FAULT[0]}


def test_the_outlets_speak_every_dialect() -> None:
    assert len(OUTLETS) >= 8
    assert {outlet.dialect for outlet in OUTLETS} == {"rss-2.0", "rss-1.0", "atom", "json", "broken"}
