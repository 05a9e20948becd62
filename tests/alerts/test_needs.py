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
from alerts.offered import may_hold, needed, offered
from alerts.phrase import Passage, find
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
        assert may_hold(f"{phrase}{end}", offered(passage))


@settings(max_examples=300)
@given(
    st.lists(st.sampled_from(PIECES), min_size=2, max_size=4),
    st.lists(st.sampled_from((" ", "-", "", " ")), min_size=3, max_size=3),
    st.lists(st.sampled_from((" ", "-", "", " (NK) ", " (a-12) ")), min_size=3, max_size=3),
)
def test_words_that_are_joined_otherwise_are_offered_as_the_phrase_needs_them(
    pieces: list[str], mine: list[str], theirs: list[str]
) -> None:
    phrase, text = (
        "".join(piece + joint for piece, joint in zip(pieces, (*joints, ""), strict=False)).strip()
        for joints in (mine, theirs)
    )
    passage = Passage.of(f"An {text} for it.")
    assert not any(find(phrase, passage)) or may_hold(phrase, offered(passage))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("B7H3", "a B7-H3 drug"),
        ("codevelopment", "co-development of it"),
        ("co-development", "codevelopment of it"),
        ("B7-H3 engager", "a B7H3 engager"),
        ("B7H3 engager", "a B7 H3 engager"),
        ("IL2 receptor", "the IL-2 receptor"),
        ("soluble IL2", "soluble IL-2"),
        ("CD276 B7H3", "CD-276 B7-H3"),
        ("T-cell engager", "a T cell engager"),
        ("a-b-c-d cell", "ab-cd cell"),
        ("natural killer cell", "natural killer (NK) cell"),
        ("soluble B7H3", "soluble (free) B7-H3"),
        ("B7H3 cell", "a B7-H3 (CD276) cell"),
        ("B7H3 CART", "B7-H3 (CD276) CAR-T"),
        ("virus cell", "viruses (all) cells"),
        ("codevel*", "co-development"),
        ("natural killer*", "natural killers"),
        ("allie*", "the allies"),
        ("abie*", "two abies"),
        ("abci*", "three a-bcies"),
        ("cats*", "cats"),
        ("a-cats*", "a-cats"),
    ],
)
def test_each_way_to_write_a_phrase_is_offered(phrase: str, text: str) -> None:
    passage = Passage.of(text)

    assert any(find(phrase, passage))
    assert may_hold(phrase, offered(passage))
    assert needed(phrase) & offered(passage)


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
        ('"NK cell engager"', {"cell engager"}),
        ('"NK cell engag*"', {"nk cell"}),
        ("engager", {"engager"}),
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
