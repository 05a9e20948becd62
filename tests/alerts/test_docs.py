"""docs/searches.md holds: what it says is found is found, what is refused is, and the grammar is the parser's."""

import re
from itertools import takewhile
from pathlib import Path
from typing import get_args

import pytest

import lexicon
from alerts import query as language
from alerts.condition import FigureField
from alerts.fields import FIELDS
from alerts.lint import lint
from alerts.match import match
from alerts.query import DEEPEST, LONGEST, parse
from alerts.refused import FARTHEST, LONGEST_LEAD, MOST_WORDS
from alerts.subject import Subject
from news.errors import QuerySyntaxError
from news.reading import Terms
from tests.alerts.cases import article, told
from tests.stories.reports import DAY

PAGE = (Path(__file__).parents[2] / "docs" / "searches.md").read_text(encoding="utf-8")
LEXICON = lexicon.load()


def rows(*titles: str) -> list[tuple[str, ...]]:
    """Return the rows of all tables of the page that have these titles."""
    lines = iter(PAGE.splitlines())
    head = f"| {' | '.join(titles)} |"
    tables = (takewhile(lambda line: line.startswith("|"), lines) for line in lines if line == head)
    cells = (line.strip("| ").split(" | ") for table in tables for line in table if not line.startswith("|--"))
    return [tuple(cell.strip() for cell in row) for row in cells]


FOUND = rows("search", "finds", "does not find")
REFUSED = rows("search", "what is said")
REMARKED = rows("search", "what is remarked")
NAMED = rows("field", "what it holds", "example")
COMPARED = rows("figure", "what it is", "example")


def finds(search: str, text: str) -> bool:
    """Return whether a search matches a deal whose one article has this text."""
    subject = Subject.of(told((Terms("license"), DAY), reports=()), [article(text)])
    return match("s", parse(search.strip("`"), LEXICON.ontology), subject) is not None


@pytest.mark.parametrize(("search", "found", "other"), FOUND)
def test_an_example_finds_what_the_page_says_and_not_what_it_denies(search: str, found: str, other: str) -> None:
    assert (finds(search, found), finds(search, other)) == (True, False)


@pytest.mark.parametrize(("search", "said"), REFUSED)
def test_what_the_page_says_is_refused_is_so_in_its_words(search: str, said: str) -> None:
    with pytest.raises(QuerySyntaxError) as refused:
        parse(search.strip("`"), LEXICON.ontology)

    assert refused.value.reason == said


@pytest.mark.parametrize(("search", "said"), REMARKED)
def test_what_the_page_says_is_remarked_on_is_so_in_its_words(search: str, said: str) -> None:
    assert [f"{each.part} {each.said}" for each in lint(parse(search.strip("`"), LEXICON.ontology))] == [said]


@pytest.mark.parametrize(("name", "_", "example"), [*NAMED, *COMPARED])
def test_the_example_of_a_field_asks_for_that_field(name: str, _: str, example: str) -> None:
    shown = example.strip("`")

    assert shown.startswith(name.strip("`"))
    assert str(parse(shown, LEXICON.ontology)) == shown


def test_every_field_and_figure_stands_on_the_page_once() -> None:
    assert [name for name, *_ in NAMED] == [f"`{name}:`" for name in FIELDS]
    assert {name for name, *_ in COMPARED} == {
        *(f"`{name}`" for kind in get_args(FigureField) for name in get_args(kind) or (kind,)),
        "`announced`",
    }
    assert len(FOUND) > 15
    assert all((REFUSED, REMARKED))


def test_whatever_stands_as_code_in_the_text_is_a_search_or_a_part_of_one() -> None:
    spoken = "\n".join(line for line in PAGE.splitlines() if not line.startswith(("|", "    ")))
    shown = [code for code in re.findall("`([^`]+)`", spoken) if re.search(r"[a-z_]:\w|[a-z] [<>=]", code)]

    assert len(shown) > 5
    for code in shown:
        parse(f"word AND ({code})", LEXICON.ontology)


def test_the_grammar_of_the_page_is_that_of_the_parser() -> None:
    shown = PAGE.partition("## The grammar")[2].strip("\n").partition("\n\n")[0]

    assert shown in str(language.__doc__)


def test_the_limits_of_the_page_are_those_of_the_parser() -> None:
    limits = " ".join(PAGE.partition("## The grammar")[2].split("\n\n")[-1].split())

    assert re.findall(r"\d+", limits) == [str(n) for n in (LONGEST, MOST_WORDS, FARTHEST, LONGEST_LEAD, DEEPEST)]
