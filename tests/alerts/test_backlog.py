"""What was already out there, told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts.backlog import LINES, backlog, line_of
from news.alert import Backlog, BacklogCause, Line, Telling
from news.step import BacklogOpen, FirstPoll
from news.story import Deal
from tests.alerts.cases import NOW, told
from tests.stories.reports import DAY, EXPANSION, LICENCE, report

NAMES = {"wire": "The Wire", "trade": "Trade Weekly"}
DONE = {key: FirstPoll(key, 30, 370, 0, done=True) for key in NAMES}
Outcome = tuple[Backlog | None, tuple[Telling, ...], tuple[BacklogOpen, ...]]


def opened(cause: BacklogCause, key: str) -> BacklogOpen:
    """Return an addition that ada was not yet told of."""
    return BacklogOpen("ada", cause, key, NOW)


def deals(count: int, source: str = "wire") -> list[Deal]:
    """Return so many deals of a source, each announced a day before the one before it."""
    return [
        replace(
            told((LICENCE, DAY - timedelta(days=n)), reports=(replace(report(n, LICENCE), source=source),)),
            id=100 + n,
        )
        for n in range(count)
    ]


def show(
    additions: list[BacklogOpen], found: list[Deal], polls: dict[str, FirstPoll] | None = None, mode: str = "summary"
) -> Outcome:
    """Return the block for ada."""
    assert mode in {"summary", "none", "all"}
    return backlog(
        additions,
        found,
        DONE if polls is None else polls,
        names=NAMES,
        mode="none" if mode == "none" else "all" if mode == "all" else "summary",
        now=NOW,
        recipient="ada",
    )


def test_a_new_sources_block_shows_the_ten_newest_and_tells_all() -> None:
    new = opened("source", "wire")
    block, tellings, closed = show([new], deals(14))

    assert block is not None
    assert (block.added, block.found, block.read, block.unread) == (("The Wire",), 14, 30, 370)
    assert [line.deal for line in block.lines] == list(range(100, 100 + LINES))
    assert [(t.deal, t.kind, t.state, t.recipient, t.revision) for t in tellings] == [
        (number, "archive", "told", "ada", 1) for number in range(100, 114)
    ]
    assert closed == (new,)


def test_all_shows_all() -> None:
    block, _, _ = show([opened("source", "wire")], deals(14), mode="all")

    assert block is not None
    assert len(block.lines) == 14


def test_none_closes_in_silence() -> None:
    new = opened("source", "wire")

    assert show([new], deals(14), {}, mode="none") == (None, (), (new,))


def test_nothing_found_is_nothing_shown() -> None:
    new = opened("source", "wire")

    assert show([new], []) == (None, (), (new,))


@pytest.mark.parametrize(
    "polls",
    [
        {},
        {"wire": FirstPoll("wire", 0, 0, 0, done=False)},
        {"wire": FirstPoll("wire", 30, 370, 1, done=True)},
    ],
)
def test_a_block_waits_for_the_first_poll_of_its_source(polls: dict[str, FirstPoll]) -> None:
    assert show([opened("source", "wire")], deals(3), polls) == (None, (), ())


def test_a_source_that_never_answers_holds_up_no_search() -> None:
    silent = {**DONE, "trade": FirstPoll("trade", 0, 0, 0, done=False)}
    new = opened("search", "nk")
    block, tellings, closed = show([new], deals(3), silent)

    assert block is not None
    assert (block.added, block.found, block.read, block.unread) == (("the search nk",), 3, 0, 0)
    assert (len(tellings), closed) == (3, (new,))


def test_a_search_waits_while_a_first_poll_is_being_read() -> None:
    reading = {**DONE, "trade": FirstPoll("trade", 30, 0, 4, done=True)}

    assert show([opened("search", "nk")], deals(3), reading) == (None, (), ())


def test_a_new_recipients_block_counts_what_all_first_polls_read() -> None:
    silent = {**DONE, "late": FirstPoll("late", 0, 0, 0, done=False)}
    block, _, _ = show([opened("recipient", "ada")], deals(2), silent)

    assert block is not None
    assert (block.added, block.read, block.unread) == (("your address",), 60, 740)


def test_a_source_that_is_not_ready_keeps_its_deals_for_its_own_block() -> None:
    waiting = {**DONE, "trade": FirstPoll("trade", 0, 0, 0, done=False)}
    wire, trade = opened("source", "wire"), opened("source", "trade")
    both = [*deals(1), *(replace(deal, id=200) for deal in deals(1, "trade"))]

    block, tellings, closed = show([wire, trade], both, waiting)
    assert block is not None
    assert ([t.deal for t in tellings], closed) == ([100], (wire,))

    _, tellings, closed = show([opened("search", "nk"), trade], both, waiting)
    assert ([t.deal for t in tellings], len(closed)) == ([100], 1)

    _, tellings, closed = show([wire, trade], both)
    assert ({t.deal for t in tellings}, closed) == ({100, 200}, (wire, trade))


def test_a_line_is_the_first_kept_articles_headline_about_the_latest_event() -> None:
    unsure = replace(report(3, EXPANSION, kept=False), title="May expand")
    kept = replace(report(4, EXPANSION), title="They expand")
    deal = told((LICENCE, DAY - timedelta(days=90)), (EXPANSION, DAY))
    deal = replace(deal, events=(deal.events[0], replace(deal.events[1], reports=(unsure, kept))))

    assert line_of(deal, "why") == Line(1, "They expand", "https://n4.example/a", "Outlet 4", DAY, "why")


def test_a_deal_without_an_article_is_a_line_with_its_id() -> None:
    assert line_of(told((LICENCE, DAY), reports=())) == Line(1, "D1", "", "", DAY)
