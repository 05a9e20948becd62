"""Which stories come out of some 140 articles of our own, in whatever order they arrive."""

from __future__ import annotations

import random
from collections.abc import Iterable
from functools import cache
from itertools import combinations

import pytest

from deals.reader import ArticleText, read
from lexicon import Lexicon, load
from news.story import Report
from tests.stories.corpus import Told, articles
from tests.stories.newsstand import Newsstand
from tests.stories.reports import report

Stories = frozenset[frozenset[int]]
SHUFFLES = 50


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, once."""
    return load()


@cache
def reports() -> tuple[Report, ...]:
    """Return what the reader makes of the corpus, once."""
    return tuple(_report(number, told) for number, told in enumerate(articles(), 1))


def _report(number: int, told: Told) -> Report:
    text = ArticleText(told.title, told.text, published=told.day, published_from="page")
    (terms,) = read(text, lexicon()).deals()
    return report(number, terms, on=told.day, text=told.text)


def stand(told: Iterable[Report]) -> Newsstand:
    """Return what comes out of reports that arrive in an order."""
    made = Newsstand(lexicon().companies.key)
    for each in told:
        made.hears(each)
    return made


def truth() -> Stories:
    """Return the stories as the corpus has them."""
    found: dict[str, set[int]] = {}
    for number, told in enumerate(articles(), 1):
        found.setdefault(told.story, set()).add(number)
    return frozenset(map(frozenset, found.values()))


def test_the_corpus_is_large_enough_to_say_something() -> None:
    assert len(articles()) >= 120
    assert len(truth()) >= 40


def test_nearly_every_story_comes_out_whole_and_alone(capsys: pytest.CaptureFixture[str]) -> None:
    found = stand(reports()).stories()
    figures = {"pairwise": _pairwise(found, truth()), "B-cubed": _b_cubed(found, truth())}
    with capsys.disabled():
        print()  # noqa: T201  # the figures are what the run is to show
        for name, (precision, recall) in figures.items():
            print(f"{name}: precision {precision:.3f}, recall {recall:.3f} on {len(articles())} articles")  # noqa: T201  # likewise

    assert min(figure for pair in figures.values() for figure in pair) >= 0.98


def test_the_order_of_arrival_changes_neither_stories_nor_deals() -> None:
    chance = random.Random(20261124)  # noqa: S311  # a fixed shuffle, nothing secret
    outcomes = [stand(chance.sample(reports(), len(reports()))) for _ in range(SHUFFLES)]

    expected = stand(reports())
    assert {made.stories() for made in outcomes} == {expected.stories()}
    assert {_well_read(made.families()) for made in outcomes} == {_well_read(expected.families())}


def _well_read(families: Stories) -> Stories:
    """Return families without articles of an end that the reader takes for a beginning: whose those are is open."""
    ends = {n for n, (told, read_) in enumerate(zip(articles(), reports(), strict=True), 1) if _is_misread(told, read_)}
    return frozenset(family - ends for family in families) - {frozenset()}


def _is_misread(told: Told, read_: Report) -> bool:
    return told.story.startswith("end") and read_.terms.event == "new"


@pytest.mark.parametrize(("original", "later"), [("exp1", "exp2"), ("exq1", "exq2"), ("bri1", "end1")])
def test_a_later_step_is_another_story_of_the_same_deal(original: str, later: str) -> None:
    made = stand(reports())
    told = {name: {n for n, t in enumerate(articles(), 1) if t.story == name} for name in (original, later)}

    assert {frozenset(numbers) for numbers in told.values()} <= made.stories()
    assert any(told[original] | told[later] <= family for family in made.families())


def _pairwise(found: Stories, true: Stories) -> tuple[float, float]:
    mine, theirs = _pairs(found), _pairs(true)
    return len(mine & theirs) / len(mine), len(mine & theirs) / len(theirs)


def _pairs(stories: Stories) -> set[tuple[int, int]]:
    return {pair for story in stories for pair in combinations(sorted(story), 2)}


def _b_cubed(found: Stories, true: Stories) -> tuple[float, float]:
    mine = {number: story for story in found for number in story}
    theirs = {number: story for story in true for number in story}
    precision = sum(len(mine[n] & theirs[n]) / len(mine[n]) for n in theirs) / len(theirs)
    return precision, sum(len(mine[n] & theirs[n]) / len(theirs[n]) for n in theirs) / len(theirs)
