"""What a search would have done on the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import lexicon
from alerts.backtest import Backtest, Overlap, backtest
from alerts.match import Means
from alerts.query import parse
from alerts.subject import Subject
from news.alert import Search
from tests.alerts.cases import NOW, article, told
from tests.stories.reports import LICENCE

ONTOLOGY = lexicon.load().ontology
TODAY = NOW.date()  # a Tuesday


def deal(number: int, text: str, days_ago: int) -> Subject:
    made = replace(told((LICENCE, TODAY - timedelta(days=days_ago))), id=number)
    return Subject.of(made, [article(text)])


ARCHIVE = [deal(1, "an engager", 0), deal(2, "an engager of Roche", 1), deal(3, "a vaccine", 2), deal(4, "engagers", 9)]


def tried(query: str, *others: Search, archive: list[Subject] | None = None) -> Backtest:
    asked = [(search, parse(search.query)) for search in others]
    return backtest(
        parse(query, ONTOLOGY), ARCHIVE if archive is None else archive, asked, Means(), now=NOW, to=("ada",)
    )


def test_hits_are_counted_by_week_and_shown_newest_first() -> None:
    found = tried("engager")

    assert [d.id for d, _ in found.hits] == [1, 2, 4]
    assert found.weeks == ((date(2026, 11, 9), 1), (date(2026, 11, 16), 0), (date(2026, 11, 23), 2))
    assert (found.deals, found.recent) == (4, 3)


def test_only_the_last_twelve_weeks_tell_what_is_to_be_expected() -> None:
    found = tried("engager", archive=[*ARCHIVE, deal(5, "an engager", 400)])

    assert len(found.weeks) == 12
    assert (len(found.hits), found.recent) == (4, 3)


def test_what_other_searches_of_the_same_reader_find_is_no_new_mail() -> None:
    mine, other = Search("roche", "Roche", ("ada", "ben")), Search("every", "engager", ("ben",))
    found = tried("engager", mine, other)

    assert found.overlaps == (Overlap("every", 3, 3), Overlap("roche", 1, 1))
    assert (found.new, found.days) == (2, 2), "what ben is told is none of ada's"


def test_an_empty_archive_tells_nothing() -> None:
    found = tried("engager", archive=[])

    assert (found.deals, found.hits, found.recent, found.new) == (0, (), 0, 0)
