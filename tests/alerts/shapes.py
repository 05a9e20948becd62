"""Searches and deals of every shape, for hypothesis: words that meet each other often, joined in all ways."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

from hypothesis import strategies as st

import lexicon
from alerts.condition import (
    And,
    Asked,
    Comparison,
    Concept,
    Condition,
    Dated,
    Figure,
    FigureField,
    Known,
    Lead,
    Near,
    Not,
    Or,
    Phrase,
    Same,
    State,
    asks_for_something,
)
from alerts.query import Query
from alerts.subject import Subject
from news.article import Article
from news.reading import MONEY_FIELDS, DealEventName, Evidence, Money, Named, Party, Role, Royalties, Status, Terms
from tests.alerts.cases import article, told
from tests.stories.reports import DAY, WORDS

LEXICON = lexicon.load()
PIECES = (
    *(
        "NK",
        "cell",
        "cells",
        "natural",
        "killer",
        "engager",
        "engagers",
        "TNFα",
        "γ",
        "viruses",
        "therapies",
        "12",
        "s",
    ),
    *("a", "Sanofi", "Roche", "(NK)", "licence", "BiKE", "bike", "IL", "Böhringer", "B7", "H3", "co", "development"),
    *(
        "B7-H3",
        "B7H3",
        "B7 H3",
        "co-development",
        "codevelopment",
        "natural killer (NK) cell engager",
        "NK-cell engagers",
    ),
    *("TNF-alpha", "IL-2Rα", "IL2Ra", "CAR-T", "CAR T", "cell-engaging", "NKCEs", "tumor necrosis factor"),
)
CONCEPTS = ("nk-cell-engager", "t-cell-engager", "adc", "cd276", "tnf", "multiple-myeloma")
PARTIES = ("Sanofi", "Sanofi-Aventis SA", "Roche", "Hoffmann-La Roche", "Northpoint Bio", "Northpoint Bio, Inc.", "MSD")
NAMES = ("B7-H3", "CD276", "NK cell engager", "NPB-101", "phase 2", "Greater China", "TNF-alpha", "multiple myeloma")
SOURCES = ("wire", "the-ledger")
_SUMS = (Decimal(0), Decimal(10) ** 6, Decimal(20_000_000), Decimal(25_000_000), Decimal(10) ** 9)


def texts(size: int) -> st.SearchStrategy[str]:
    """Return pieces of words, joined in any way."""
    joint = st.sampled_from((" ", " ", " ", "-", "", ". ", " (", ") ", "\n\n", "/", "’s "))
    pieces = st.lists(st.tuples(st.sampled_from(PIECES), joint), min_size=1, max_size=size)
    return pieces.map(lambda pairs: "".join(piece + joint for piece, joint in pairs).strip())


def _phrases() -> st.SearchStrategy[str]:
    stems = st.sampled_from(("engag*", "viruses*", "NK cell engag*", "co-devel*", "therap*", "natural killer*"))
    return texts(3) | stems | st.sampled_from(PIECES) | st.sampled_from(PIECES)


def _concepts() -> st.SearchStrategy[Condition]:
    found = [LEXICON.ontology.concept(name) for name in CONCEPTS]
    made = [Concept(each.id, each.name, each.forms, "v1") for each in found if each is not None]
    return st.sampled_from(made)


def _words() -> st.SearchStrategy[Condition]:
    plain = st.builds(Phrase, _phrases(), st.sampled_from((None, None, None, "title", "body"))) | _concepts()
    joined = st.lists(plain, min_size=2, max_size=3).map(tuple)
    return plain | st.one_of(
        st.builds(Near, joined, st.integers(1, 6)),
        st.builds(Same, joined),
        st.builds(Lead, plain, st.integers(1, 8)),
        st.builds(Lead, joined.map(Or), st.integers(1, 8)),
        st.builds(Same, st.tuples(st.builds(Near, joined, st.integers(1, 4)), joined.map(Or))),
    )


def _fields() -> st.SearchStrategy[Condition]:
    parties = st.builds(
        Asked, st.sampled_from(("party", "licensor", "licensee")), st.sampled_from((*PARTIES, "Aventis"))
    )
    kinds = ("asset", "target", "modality", "indication", "stage", "territory")
    named = st.builds(
        Asked, st.sampled_from(kinds), st.sampled_from((*NAMES, "engager", "NPB*")), st.sampled_from(((), ("B7-H3",)))
    )
    plain = st.sampled_from(
        [
            *(Asked("source", name) for name in (*SOURCES, "The Wire", "Outlet 1")),
            *(Asked("language", code) for code in ("en", "de")),
            *(Asked("type", kind) for kind in ("license", "option", "co-development")),
            *(Asked("event", event) for event in ("new", "option-exercise")),
            *(Asked("status", status) for status in ("announced", "rumoured")),
        ]
    )
    return parties | named | plain


def _figures() -> st.SearchStrategy[Condition]:
    names = st.sampled_from((*MONEY_FIELDS, "royalty"))
    days = st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days))
    return st.one_of(
        st.builds(
            _figure, names, st.sampled_from(get_args(Comparison)), st.sampled_from(_SUMS), st.sampled_from(_UNITS)
        ),
        st.builds(Known, names, st.sampled_from(get_args(State))),
        st.builds(Dated, st.sampled_from(get_args(Comparison)), days),
    )


_UNITS = ("", "EUR", "USD", "VND")


def _figure(name: FigureField, comparison: Comparison, number: Decimal, unit: str) -> Figure:
    is_rate = name == "royalty"
    return Figure(name, comparison, min(number, Decimal(100)) if is_rate else number, "%" if is_rate else unit)


def conditions() -> st.SearchStrategy[Condition]:
    """Return conditions of any shape."""

    def joined(inside: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inside, min_size=2, max_size=4).map(tuple)
        return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, inside)

    return st.recursive(_words() | _words() | _fields() | _figures(), joined, max_leaves=6)


def queries() -> st.SearchStrategy[Query]:
    """Return queries as `parse` would let them pass."""
    return conditions().filter(asks_for_something).map(Query)


def _evidence(words: str) -> Evidence:
    return Evidence(words, 0, len(words))


def _named(size: int) -> st.SearchStrategy[tuple[Named, ...]]:
    one = st.sampled_from(NAMES).map(lambda name: Named(name, _evidence(name)))
    return st.lists(one, max_size=size).map(tuple)


def _money() -> st.SearchStrategy[Money | None]:
    stated = st.builds(Money, st.just(WORDS), st.sampled_from(_SUMS[1:]), st.sampled_from(_UNITS[1:]))
    return st.none() | stated | st.just(Money(WORDS))


def terms() -> st.SearchStrategy[Terms]:
    """Return terms with anything in them, or next to nothing."""
    party = st.builds(Party, st.sampled_from(PARTIES), st.sampled_from(get_args(Role)), st.just(WORDS))
    fields: dict[str, st.SearchStrategy[Any]] = {name: _money() for name in MONEY_FIELDS}
    fields |= {name: _named(2) for name in ("assets", "targets", "modalities", "indications")}
    fields |= {
        name: st.none() | _named(1).map(lambda found: found[0] if found else None) for name in ("stage", "territory")
    }
    return st.builds(
        Terms,
        st.sampled_from(("license", "option", "co-development")),
        event=st.sampled_from(get_args(DealEventName)),
        status=st.sampled_from(get_args(Status)),
        parties=st.lists(party, max_size=3).map(tuple),
        royalties=st.sampled_from(
            (None, Royalties("some", WORDS), Royalties("8 to 12%", WORDS, Decimal(8), Decimal(12)))
        ),
        **fields,
    )


def subjects() -> st.SearchStrategy[Subject]:
    """Return deals of one to three events with their articles, some of which have lost their texts."""
    events = st.lists(
        st.tuples(terms(), st.integers(-2, 2).map(lambda n: DAY + timedelta(days=n))), min_size=1, max_size=3
    )
    made = st.tuples(texts(6), texts(60) | st.just(""), st.sampled_from(SOURCES), st.sampled_from(("en", "de-CH", "")))
    return st.builds(_subject, events, st.lists(made, max_size=3))


def _subject(events: Sequence[tuple[Terms, Any]], made: Sequence[tuple[str, str, str, str]]) -> Subject:
    articles: list[Article] = [
        article(text, title=title, number=number, source=source, language=language)
        for number, (title, text, source, language) in enumerate(made, 1)
    ]
    return Subject.of(told(*events), articles)
