"""What is odd about a search, from itself and from a sample."""

import pytest

from alerts.lint import FEWEST, Remark, covers, lint
from alerts.match import match
from alerts.query import parse
from alerts.subject import Subject
from news.reading import Terms
from tests.alerts.cases import article, told
from tests.stories.reports import DAY, LICENCE


@pytest.mark.parametrize(
    ("search", "remarks"),
    [
        ("engager AND NOT Roche", []),
        ("Roche OR Sanofi", []),
        ("engag*", []),
        ('"NK cell" AND NOT "NK cell therapy"', []),
        ("status:announced AND NOT status:rumoured", [("NOT status:rumoured", "can never matter: status:announced")]),
        ("upfront > 5m AND NOT upfront:none", [("NOT upfront:none", "can never matter: upfront > 5m")]),
        ("a AND upfront:none AND NOT upfront > 5m", [("NOT upfront > 5m", "can never matter: upfront:none")]),
        ('a AND NOT cell AND NOT "NK cell"', [('NOT "NK cell"', "can never matter: NOT cell excludes it")]),
        ('"NK cell engager" AND NOT engager', [("NOT engager", "the search can never match")]),
        ("a AND NOT (a OR b)", [("NOT (a OR b)", "the search can never match")]),
        ('cell OR "NK cell"', [('"NK cell"', "adds nothing to cell")]),
        ("cell OR title:cell", [("title:cell", "adds nothing to cell")]),
        ('cell AND "NK cell"', [("cell", 'is asked already by "NK cell"')]),
        ("a OR b OR a", [("a", "adds nothing to a")]),
        ("a OR (a NEAR/3 b)", [("a NEAR/3 b", "adds nothing to a")]),
        ("gene* AND Roche", [("gene*", "is a short stem")]),
        ("LEAD/5 gene*", [("gene*", "is a short stem")]),
    ],
)
def test_a_search_is_remarked_on(search: str, remarks: list[tuple[str, str]]) -> None:
    found = lint(parse(search))

    assert [each.part for each in found] == [part for part, _ in remarks]
    assert all(said in each.said for each, (_, said) in zip(found, remarks, strict=True))


SAMPLE = [
    Subject.of(
        told((LICENCE, DAY), reports=()),
        [article(f"engag{'abcdefghijklmnopqrstuvwxyz'[n % 26]}r number {n}{' ADC' if n < 9 else ''}")],
    )
    for n in range(FEWEST)
]


@pytest.mark.parametrize(
    ("search", "remark"),
    [
        ("number", Remark("number", "matches 30 of 30 deals, a third or more: ask for less")),
        ("ADC AND option_fee > 5m", Remark("option_fee > 5m", "none of 30 deals has anything under option_fee")),
        ("ADC AND stage:preclinical", Remark("stage:preclinical", "none of 30 deals has anything under stage")),
        ("ADC AND NOT Roche", Remark("NOT Roche", "took away none of the 9 deals, of 30, that the rest matches")),
    ],
)
def test_a_sample_shows_what_a_search_does(search: str, remark: Remark) -> None:
    assert lint(parse(search), SAMPLE) == (remark,)


def test_a_stem_of_many_words_is_named_with_some_of_them() -> None:
    found = lint(parse("engag* AND ADC"), SAMPLE)

    assert [each.part for each in found] == ["engag*"]
    assert found[0].said.startswith("stands for 26 different words: engagar, engagbr, ")


def test_what_a_search_does_well_needs_no_remark() -> None:
    assert lint(parse("ADC AND party:Borealis AND upfront > 5m AND target:B7-H3 AND total:none"), SAMPLE) == ()


def test_a_small_sample_shows_nothing() -> None:
    assert lint(parse("number"), SAMPLE[: FEWEST - 1]) == ()


@pytest.mark.parametrize("wide", ["cell", "cell OR Roche", "title:cell", '"NK cell"', "cell NEAR/2 NK", "cell SAME NK"])
@pytest.mark.parametrize("narrow", ["cell", '"NK cells"', "title:cells", "LEAD/2 cell", "cell NEAR/2 NK", "cell Roche"])
@pytest.mark.parametrize("text", ["NK cells", "cell. NK", "Roche cell", "a Roche"])
def test_what_covers_another_matches_wherever_that_does(wide: str, narrow: str, text: str) -> None:
    subject = Subject.of(told((Terms("license"), DAY), reports=()), [article(text, title=text)])
    if covers(parse(wide).condition, parse(narrow).condition) and match("s", parse(narrow), subject):
        assert match("s", parse(wide), subject)
