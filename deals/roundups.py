"""Round-ups: articles that tell of several pieces of news, each for itself.

is_roundup(document, parties) -> bool
paragraphs(document) -> the paragraphs, each as a document of its own in which places are those of the whole text
"""

from __future__ import annotations

import re

from deals.document import Document, prepare
from deals.parties import Candidate

_TITLE = re.compile(
    (
        r"\b(?:round-?up|we[’']?re reading|deals, deals|and more$|week in (?:review|brief|deals|"
        r"biotech|pharma)|news in brief|in briefs?:|news digest|deal digest|daily digest)"
    ),
    re.IGNORECASE,
)


def is_roundup(document: Document, parties: tuple[Candidate, ...]) -> bool:
    """Whether a headline names several pieces of news, and no sentence brings their parties together."""
    if _TITLE.search(document.title):
        return True
    cut = document.title.find("; ")
    if cut < 0:
        return False
    before, after = (_named(parties, low, high) for low, high in ((0, cut), (cut, len(document.title))))
    together = (_sentences(one) & _sentences(other) for one in before for other in after)
    return bool(before and after) and not any(together) and before.isdisjoint(after)


def _named(parties: tuple[Candidate, ...], low: int, high: int) -> frozenset[Candidate]:
    """Return the parties that a stretch of the headline names."""
    return frozenset(
        p for p in parties if any(m.field == "title" and low <= m.start < high for m in p.organisation.mentions)
    )


def _sentences(party: Candidate) -> frozenset[int]:
    return frozenset(mention.sentence for mention in party.organisation.mentions if mention.field == "text")


def paragraphs(document: Document) -> list[Document]:
    """Return the paragraphs that could tell of a deal, each alone, at its place: what stands before it is blank."""
    places: dict[int, tuple[int, int]] = {}
    for sentence in document.sentences:
        if sentence.field == "text" and sentence.is_main:
            start, _ = places.get(sentence.paragraph, (sentence.start, 0))
            places[sentence.paragraph] = (start, sentence.end)
    long = [(low, high) for low, high in places.values() if high - low > _SHORTEST and high < _FURTHEST]
    return [prepare("", " " * low + document.text[low:high]) for low, high in long[:_MOST]]


_SHORTEST = 80
_FURTHEST = 20_000
_MOST = 12
