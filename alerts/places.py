"""Find words that stand in a certain place: near each other, in one sentence, at the beginning of a text.

    stretches_of(part, passage) -> Stretch, …      part: words, a stem, a concept, ORs of them, NEAR, SAME and LEAD

NEAR grows a stretch: the next part stands at most so many words before or behind what is found so far, and shares no
word with it. SAME takes the sentences that lexicon.sentences cuts; a title is one text by itself. LEAD counts the words
of the text; whatever stands in a title stands at the beginning.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from alerts.condition import Concept, Condition, Lead, Near, Or, Phrase, Same, printed
from alerts.offered import held, may_hold, offered
from alerts.phrase import Passage, Stretch, Wanted, quoted, standing, stretches, variants
from lexicon.sentences import cut
from news.reading import Field

_FIELDS: dict[str, Field] = {"title": "title", "body": "text"}


def stretches_of(part: Condition, passage: Passage) -> Iterator[Stretch]:
    """Yield where words stand in a passage as a condition asks it; not in order, and some perhaps twice."""
    if isinstance(part, Phrase):
        here = part.where is None or passage.field == _FIELDS[part.where]
        if here and may_hold(part.text, offered(passage)):
            yield from stretches(part.text, passage)
    elif isinstance(part, Concept):
        yield from _concept(part, passage)
    elif isinstance(part, Or):
        for each in part.parts:
            yield from stretches_of(each, passage)
    elif isinstance(part, Near):
        yield from _near(part, passage)
    elif isinstance(part, Same):
        yield from _same(part, passage)
    elif isinstance(part, Lead):
        found = stretches_of(part.part, passage)
        yield from (each for each in found if passage.field == "title" or each.last < part.words)
    else:
        raise TypeError(f"{printed(part)} is not about words at a place")


def _concept(concept: Concept, passage: Passage) -> Iterator[Stretch]:
    """Yield the places of a concept in order, the longest form first at each.

    Forms that are acronyms count only where they are written as such.
    """
    if concept.forms is None:
        raise ValueError(
            f"{printed(concept)}: the query was read without an ontology, which is good for checking its syntax only"
        )
    # Of dozens of forms a text holds the words of few, and mostly one place is asked for.
    forms = held(concept.forms, offered(passage))
    places = (_written(form, wanted, passage) for form in forms for wanted in variants(form))
    merged = heapq.merge(*places, key=lambda stretch: (stretch.first, -stretch.last))
    yield from (stretch for stretch, _ in groupby(merged))


def _written(form: str, wanted: Wanted, passage: Passage) -> Iterator[Stretch]:
    """Yield the places of a form in order, those of an acronym where it is written as one."""
    found = standing(wanted, passage)
    return (s for s in found if _is_acronym(quoted(s, passage).quote)) if _is_acronym(form) else found


def _is_acronym(form: str) -> bool:
    """Return whether a single word holds a capital behind its first letter: NKCE, BiKE, mRNA."""
    return " " not in form and any(letter.isupper() for letter in form[1:])


def _all(parts: Sequence[Condition], passage: Passage) -> list[list[Stretch]]:
    """Return the places of each part in order; nothing where one of them has none."""
    found: list[list[Stretch]] = []
    for part in parts:
        places = sorted(set(stretches_of(part, passage)))
        if not places:
            return []
        found.append(places)
    return found


def _near(near: Near, passage: Passage) -> Iterator[Stretch]:
    found = _all(near.parts, passage)
    for stretch in found[0] if found else ():
        yield from _grown(stretch, found[1:], near.words)


def _grown(stretch: Stretch, others: Sequence[list[Stretch]], reach: int) -> Iterator[Stretch]:
    """Yield the stretches that one grows to as each of the others is taken in where it is within reach."""
    if not others:
        yield stretch
        return
    longest = max(other.last - other.first for other in others[0])
    start = bisect_left(others[0], Stretch(stretch.first - reach - longest, 0))
    for other in others[0][start:]:
        if other.first > stretch.last + reach:
            return
        if 1 <= max(other.first - stretch.last, stretch.first - other.last) <= reach:
            whole = Stretch(min(stretch.first, other.first), max(stretch.last, other.last))
            yield from _grown(whole, others[1:], reach)


def _same(same: Same, passage: Passage) -> Iterator[Stretch]:
    found = [_by_sentence(places, passage) for places in _all(same.parts, passage)]
    for sentence in sorted(set.intersection(*map(set, found))) if found else ():
        held = [places[sentence] for places in found]
        yield Stretch(min(each.first for each in held), max(each.last for each in held))


def _by_sentence(places: Sequence[Stretch], passage: Passage) -> dict[int, Stretch]:
    """Return the first of the places in each sentence; what runs over the end of one stands in none."""
    starts, ends = _sentences(passage.text)
    found: dict[int, Stretch] = {}
    for place in places:
        number = bisect_right(starts, passage.words.spans[place.first][0]) - 1
        if number >= 0 and passage.words.spans[place.last][1] <= ends[number]:
            found.setdefault(number, place)
    return found


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where the sentences of a text begin and where they end."""
    spans = cut(text)
    return tuple(span.start for span in spans), tuple(span.end for span in spans)
