"""What is licensed or developed together: `assets(document, known, focus, names) -> (Named, …)`.

A name counts by the sentences that it stands in (deals/focus.py): the title and what tells of the agreement before the
rest. The parties' own names, targets, trials, diseases and products that are only compared with are none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.focus import BODY, ENOUGH, QUOTE, SHARE, TITLE, Focus
from deals.known import Known
from deals.productnames import Product, products
from lexicon.text import squash
from news.reading import Field, Named

_MOST = 8
_A_LITTLE = 0.3
_SURELY = 2.5
"""A name whose form is certain counts from here on, however much more another one weighs."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    product: Product
    sentence: Sentence
    key: str


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is no product: companies' names, parties' first words, and the first and last letters of concepts' forms."""

    names: frozenset[str]
    first_words: frozenset[str]
    concepts: frozenset[tuple[Field, int]]


def assets(document: Document, known: Known, focus: Focus, names: Sequence[str] = ()) -> tuple[Named, ...]:
    """Return what the agreement licenses or develops, in order of appearance; `names` are the parties."""
    taken = _taken(document, known, names)
    found = [
        _Candidate(product, sentence, squash(product.name))
        for sentence in focus.sentences
        for product in products(sentence.text)
    ]
    compared = {candidate.key for candidate in found if candidate.product.reference}
    found = [c for c in found if c.key not in compared and _is_product(document, known, c, taken)]
    return tuple(_named(document, focus, group) for group in _chosen(document, focus, _groups(found))[:_MOST])


def _groups(found: Sequence[_Candidate]) -> list[list[_Candidate]]:
    """Return the mentions of each product together: one name holds the other."""
    groups: list[list[_Candidate]] = []
    for candidate in found:
        for group in groups:
            if any(candidate.key in other.key or other.key in candidate.key for other in group):
                group.append(candidate)
                break
        else:
            groups.append([candidate])
    return groups


def _chosen(document: Document, focus: Focus, groups: Sequence[list[_Candidate]]) -> list[list[_Candidate]]:
    """Return the products that weigh enough, else the first ones whose form is certain, else the weightiest."""
    title = squash(document.title)
    scored = [(_score(document, focus, title, group), group) for group in groups]
    best = max((score for score, _ in scored), default=0.0)
    return (
        [
            group
            for score, group in scored
            if score >= max(ENOUGH, min(SHARE * best, _SURELY if _is_firm(group) else best))
        ]
        or [group for score, group in scored if score >= BODY and _is_firm(group)][:2]
        or [group for score, group in scored if score >= max(QUOTE, best)][:1]
    )


def _is_firm(group: Sequence[_Candidate]) -> bool:
    return any(candidate.product.firm for candidate in group)


def _score(document: Document, focus: Focus, title: str, group: Sequence[_Candidate]) -> float:
    """Return how much the agreement is about a product: its best sentence's weight, and a little for each mention."""
    numbers = {candidate.sentence.number for candidate in group}
    headline = TITLE if any(candidate.key in title for candidate in group) else 0.0
    mentions = max(document.text.count(candidate.product.name) for candidate in group)
    return max(focus.weights[number] for number in numbers) + _A_LITTLE * min(mentions - 1, 3) + headline


def _named(document: Document, focus: Focus, group: Sequence[_Candidate]) -> Named:
    best = max(group, key=lambda c: (c.product.firm, focus.weight(c.sentence), -c.sentence.number))
    return Named(best.product.name, document.evidence_of(best.sentence, best.product.start, best.product.end))


def _taken(document: Document, known: Known, names: Sequence[str]) -> _Taken:
    companies = {squash(name) for name in names}
    for field, company in known.companies:
        companies |= {squash(company.name), squash(document.field(field)[company.start : company.end])}
    first_words = {squash(re.split(r"[\s-]+", name.strip())[0]) for name in names}
    concepts = {(field, place) for field, m in known.mentions for place in (m.start, m.end - 1)}
    return _Taken(frozenset(companies - {""}), frozenset(first_words - {""}), frozenset(concepts))


def _is_product(document: Document, known: Known, candidate: _Candidate, taken: _Taken) -> bool:
    """Whether a name is a product's, and neither a company's nor a concept's nor a word of the language."""
    product, key = candidate.product, candidate.key
    first = product.name.split()[0]
    if key in taken.names or key in taken.first_words or known.lexicon.companies.known(product.name):
        return False
    if not product.firm and squash(first) in taken.first_words:
        return False
    if known.lexicon.ontology.named(product.name):
        return product.platform and (product.firm or (len(key) > 2 and product.name.isupper()))
    if _is_in(candidate, taken) and not product.platform:
        return False
    if product.firm or first.isupper():
        return True
    return re.search(rf"\b{re.escape(first.lower())}\b", document.text) is None


def _is_in(candidate: _Candidate, taken: _Taken) -> bool:
    """Whether a name is the beginning or the end of a concept's form, such as the NK-cell of "NK-cell engager"."""
    sentence, product = candidate.sentence, candidate.product
    places = (sentence.start + product.start, sentence.start + product.end - 1)
    inside = [(sentence.field, place) in taken.concepts for place in places]
    return all(inside) if any(letter.isdigit() for letter in product.name) else any(inside)
