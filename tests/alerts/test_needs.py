"""What a query needs is there wherever it matches."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import lexicon
from alerts.condition import And, Condition, Not, Or
from alerts.match import match
from alerts.needs import needs, terms
from alerts.phrase import Passage, find, needed, offered
from alerts.query import Query, parse
from alerts.refused import SHORTEST_STEM
from alerts.subject import Subject
from lexicon.text import fold
from news.reading import Evidence, Named, Royalties
from tests.alerts.cases import article, told
from tests.alerts.test_table import TABLE
from tests.stories.reports import DAY, LICENCE, named

LEXICON = lexicon.load()
KEY = LEXICON.companies.key
PIECES = ("b7", "H3", "co", "development", "NK", "cell", "cells", "viruses", "γ", "TNFα", "12", "s", "engagers", "a")
LEAVES = (
    *(
        "B7-H3",
        "B7H3",
        "co-development",
        "codevelop*",
        '"NK cell"',
        "engag*",
        "virus",
        "viruses*",
        '"natural (NK) cell"',
    ),
    *(
        "concept:nk-cell-engager",
        "party:Northpoint",
        "licensee:Borealis",
        "target:CD276",
        "asset:NPB-101",
        "type:license",
    ),
    *("upfront > 1", "total:none", "royalty:undisclosed", "announced > 2026-01-01", "source:wire", "status:announced"),
    *("(NK NEAR/3 engagers)", "(cell SAME virus)", "LEAD/4 cells", "stage:phase", "language:en", 'title:"cell"'),
)


def phrases(joints: str, size: int) -> st.SearchStrategy[str]:
    """Return pieces of words joined in any way."""
    pieces = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(list(joints))), min_size=1, max_size=size)
    return pieces.map(lambda pairs: "".join(f"{piece}{joint.replace('_', '')}" for piece, joint in pairs).strip(" -("))


@settings(max_examples=300)
@given(phrases(" -_(", 4), phrases(" -_()\n.", 10), st.sampled_from(["", "*"]))
def test_a_passage_offers_what_a_phrase_that_stands_in_it_needs(phrase: str, text: str, end: str) -> None:
    assume(not end or len(fold(phrase).text.split()[-1]) >= SHORTEST_STEM)  # shorter stems are refused
    passage = Passage.of(text)
    if any(find(f"{phrase}{end}", passage)):
        assert needed(f"{phrase}{end}") & offered(passage)


@pytest.mark.parametrize(("search", "marked"), [row for row in TABLE if "«" in row[1]])
def test_what_the_table_finds_is_among_the_candidates(search: str, marked: str) -> None:
    title, _, text = marked.replace("«", "").replace("»", "").rpartition(" | ")
    subject = Subject.of(told((LICENCE, DAY), reports=()), [article(text, title=title)])
    wanted = needs(parse(search, LEXICON.ontology).condition)

    assert wanted is None or wanted & terms(subject)


FULL = replace(
    LICENCE,
    targets=named("B7-H3"),
    modalities=named("NK cell engager"),
    stage=Named("phase 2", Evidence("phase 2", 0, 7)),
    royalties=Royalties("tiered", Evidence("tiered", 0, 6), Decimal(8)),
)


def leaf(search: str) -> Condition:
    """Return the condition of a part of a search, of one too that asks for nothing by itself."""
    whole = parse(f"word AND {search}", LEXICON.ontology).condition
    assert isinstance(whole, And)
    return whole.parts[1]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(LEAVES).map(leaf), min_size=2, max_size=3).map(tuple), phrases(" -", 8))
def test_a_query_that_matches_finds_what_it_needs_among_the_terms_of_the_deal(
    parts: tuple[Condition, ...], text: str
) -> None:
    subject = Subject.of(told((FULL, DAY)), [article(text)])
    for condition in (*parts, And(parts), Or(parts), And((parts[0], Or(parts[1:]))), Or((Not(parts[0]), *parts[1:]))):
        if match("s", Query(condition), subject, KEY):
            wanted = needs(condition, KEY)
            assert wanted is None or wanted & terms(subject, KEY)


@pytest.mark.parametrize(
    ("search", "wanted"),
    [
        ('"NK cell engager"', {"engager"}),
        ("engag*", {"enga*"}),
        ("Pfizer OR Sanofi", {"pfizer", "sanofi"}),
        ("NK AND radioligand", {"radioligand"}),
        ("NK AND NOT radioligand", {"nk"}),
        ("upfront > 1", {"upfront="}),
        ("type:license", {"type=license"}),
        ("Roche OR announced > 2026-01-01", None),
    ],
)
def test_a_query_needs_little(search: str, wanted: set[str] | None) -> None:
    assert needs(parse(search).condition) == wanted
