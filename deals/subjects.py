"""Where an article names concepts, and which of them the agreement is about: those in the weightiest sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.focus import Focus, descriptions
from deals.known import Known
from lexicon.ontology import Concept, Mention
from lexicon.text import words
from news.reading import Named

_MOST = 6
_SHARE = 0.58
"""What a concept's sentences must weigh beside the weightiest concept of its kind."""
_A_LITTLE = 0.4
_NEGATED = re.compile(
    r"\b(?:without|unlike|instead of|rather than|no|not|nor|non|compared (?:to|with)|than(?: with)?)[\s-]"
    r"(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
_MAKES_IT = re.compile(
    r"(?:[\s-](?!in\b|for\b|on\b|to\b|of\b|and\b)[\w-]+){0,2}\s(?:maker|developer|company|companies|firm|specialist|"
    r"biotech|start-?up|producer|giant|"
    r"pioneer|house|shop|spin-?(?:off|out)|community|market|industry|conference|congress|society)s?\b",
    re.IGNORECASE,
)
"""Behind a concept, that only says what a company makes: "the Dutch insulin patch maker"."""
_LOOK = 40


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a concept and the sentence that it stands in."""

    mention: Mention
    sentence: Sentence

    @property
    def concept(self) -> Concept:
        """The concept that is named."""
        return self.mention.concept

    def before(self, document: Document, length: int = _LOOK) -> str:
        """Return the words before the mention, as many letters as asked."""
        start = self.mention.start
        return document.field(self.sentence.field)[max(0, start - length) : start]


def places_of(document: Document, known: Known, focus: Focus) -> Iterator[Place]:
    """Yield the mentions of concepts that may be about the agreement: in its sentences, of no company's business."""
    described: dict[int, tuple[tuple[int, int], ...]] = {}
    for field, mention in known.mentions:
        sentence = document.at(field, mention.start)
        if sentence is None or not focus.weight(sentence):
            continue
        if sentence.number not in described:
            described[sentence.number] = descriptions(sentence.text)
        place = mention.start - sentence.start
        if _NEGATED.search(sentence.text, max(0, place - 30), place):
            continue
        if _MAKES_IT.match(sentence.text, mention.end - sentence.start):
            continue
        if not any(start <= place < end for start, end in described[sentence.number]):
            yield Place(mention, sentence)


def chosen(document: Document, focus: Focus, places: Iterable[Place], enough: float) -> tuple[Named, ...]:
    """Return the concepts that the weightiest sentences name, in order of appearance, without broader ones."""
    return tuple(_named(document, focus, group) for group in chosen_groups(focus, places, enough))


def chosen_groups(focus: Focus, places: Iterable[Place], enough: float) -> list[list[Place]]:
    """Return the mentions of each concept that `chosen` tells."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(place.concept.id, []).append(place)
    scores = {identity: _score(focus, group) for identity, group in groups.items()}
    best = max(scores.values(), default=0.0)
    taken = [identity for identity in groups if scores[identity] >= max(enough, _SHARE * best)]
    taken = [one for one in taken if not any(is_part(groups[one][0].concept, groups[o][0].concept) for o in taken)]
    exact = [_narrowest(identity, groups, scores) for identity in taken[:_MOST]]
    return [groups[identity] for identity in dict.fromkeys(exact)]


def is_part(broad: Concept, narrow: Concept) -> bool:
    """Whether a concept is a broader one of another: its name's words are among the other's, as lung cancer's."""
    if broad is narrow:
        return False
    if broad.id == "monoclonal-antibody" and "antibody" in narrow.name:
        return True
    wide, close = words(broad.name), words(narrow.name)
    return len(wide) < len(close) and set(wide) <= set(close)


def _narrowest(identity: str, groups: Mapping[str, Sequence[Place]], scores: Mapping[str, float]) -> str:
    """Return the narrower concept that the rest of the article names, where a concept is a broad one."""
    concept = groups[identity][0].concept
    narrower = [other for other in groups if is_part(concept, groups[other][0].concept)]
    return max(narrower, key=lambda other: scores[other], default=identity)


def _score(focus: Focus, group: Sequence[Place]) -> float:
    numbers = {place.sentence.number for place in group}
    return max(focus.weights[number] for number in numbers) + _A_LITTLE * min(len(numbers) - 1, 3)


def _named(document: Document, focus: Focus, group: Sequence[Place]) -> Named:
    best = max(group, key=lambda place: (focus.weight(place.sentence), -place.sentence.number))
    evidence = document.evidence(best.sentence.field, best.mention.start, best.mention.end)
    return Named(best.concept.name, evidence)
