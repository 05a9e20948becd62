"""What happened to an agreement: signed, expanded, amended, exercised, paid for, ended, closed; and how firm it is.

The headline and the first sentences say it; what stands there about older agreements or about what may happen later
("an option to expand", "upon closing") does not count. Without a sign of anything else (deals/eventsigns.py,
deals/eventturns.py), an agreement is new; where one speaks of an older agreement, less will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from deals.document import Document, Sentence
from deals.eventsigns import EVENT_SIGNS
from deals.eventturns import EVENT_TURNS, OLDER
from news.reading import DealEventName, Status

_NOT_YET = re.compile(
    (
        r"\b(?:may|might|could|can|would|option to|right to|rights to|if|upon|until|unless|"
        r"subject to|expects? to|expected to|eligible|"
        r"prior to|before|in the event|potential|possible|ability to|should|whether|either party|"
        r"customary)\b[^.;]{0,60}$"
    ),
    re.IGNORECASE,
)

# The point of "U.S." ends no clause.
_POINT = re.compile(r"(?<=\bu)\.(?=[sk]\.)|(?<=\bu\.[sk])\.|(?<=\binc)\.|(?<=\bltd)\.|(?<=\bcorp)\.")
_LONGEST = 900
_TITLE = 3.0
_LATER = (2.0, 1.0, 1.0, 0.5, 0.5, 0.5)
_RECALLED = 0.75
_ENOUGH = 1.8
_ENOUGH_OF_OLDER = 1.3
_PRECISE: Mapping[DealEventName, float] = {"expansion": 0.9}
"""An expansion is also in the words of others ("the extended agreement is amended"), which go before it."""
_SIGNS = (*EVENT_SIGNS, *EVENT_TURNS)
_SAID_NO = re.compile(
    (
        r"\b(?:not|never|no longer|(?:declin|refus)\w+ to|rather than|instead of|against)\b[^.;]{0,20}$|"
        r"n[’']t\b[^.;]{0,20}$"
    ),
    re.IGNORECASE,
)
"""What is not done is not done; only an end may be a thing that is not done ("will not renew")."""
_RUMOUR = re.compile(
    (
        r"\b(?:in (?:\w+ )?(?:talks|discussions|negotiations)|(?:negotiations|discussions) (?:to|on|about)|"
        # Not "she talks to us about": that is an interview.
        r"(?:talks|negotiations|discussions) (?:with|over|between|to (?:in-)?(?:license|acquire|buy|sell|form|"
        r"partner|merge|collaborate|sign|secure|take|expand|extend|join))|people familiar|"
        r"sources? (?:said|say|close|with)|"
        r"is considering|are considering|said to be|reported to be|rumou?r\w*|"
        r"exploring (?:a |the )?(?:sale|options|deal|partnership|alternatives)|may "
        r"(?:partner|license|buy|sell)|early stages? of discuss\w+|close to (?:a|an|signing)|"
        r"near(?:s|ing)? (?:a |an )?deal|weighing|tease[sd]?|verge of)\b"
    ),
    re.IGNORECASE,
)
_LETTER = re.compile(
    (
        r"\b(?:letters? of (?:intent|understanding)|memorand(?:um|a) of (?:understanding|"
        r"agreement|cooperation)|\bMO[UA]s?\b|\bLOIs?\b|non-?binding|(?<!\bbinding )term sheet|agreement in "
        r"principle|plans? to (?:form|enter|sign)|intends? to (?:enter|form|collaborate))"
    ),
    re.IGNORECASE,
)
_SIGNED = re.compile(
    (
        r"\b(?:entered into|(?:has|have) signed|signed (?:a|an|the)|definitive|announced (?:today "
        r")?(?:a|an|the|that)|today announced|binding|executed|(?:has|have) granted|agreed to|"
        r"concluded)\b"
    ),
    re.IGNORECASE,
)


def event_of(document: Document, old: frozenset[int]) -> DealEventName:
    """Return what happened; `old` are the sentences that recall earlier agreements."""
    totals = _totals(document, old)
    older = any(OLDER.search(_plain(sentence)) for _, sentence in _telling(document, old))
    least = _ENOUGH_OF_OLDER if older else _ENOUGH
    enough = {event: total for event, total in totals.items() if total >= least}
    return max(enough, key=lambda event: enough[event] * _PRECISE.get(event, 1.0)) if enough else "new"


def event_features(document: Document, old: frozenset[int]) -> Iterator[str]:
    """Yield how firmly an article speaks of each event, in steps, as features for the recogniser."""
    totals = _totals(document, old)
    for event, total in totals.items():
        yield from (f"e#{event}-{step}" for step in range(1, min(int(total), 5) + 1))
    if any(total >= _ENOUGH for total in totals.values()):
        yield "e#changed"


@lru_cache(maxsize=2)  # for the event, and for the features of the same article
def _totals(document: Document, old: frozenset[int]) -> Mapping[DealEventName, float]:
    """Return how firmly the headline and the first sentences speak of each event."""
    totals: dict[DealEventName, float] = {}
    for factor, sentence in _telling(document, old):
        for event, weight in _said(_plain(sentence)).items():
            totals[event] = totals.get(event, 0.0) + factor * weight
    return totals


def _plain(sentence: Sentence) -> str:
    return _POINT.sub("", sentence.text[:_LONGEST].lower())


def _said(text: str) -> dict[DealEventName, float]:
    """Return how firmly a sentence speaks of each event: by its firmest sign that is said to have happened."""
    said: dict[DealEventName, float] = {}
    for event, weight, pattern in _SIGNS:
        if weight > said.get(event, 0.0) and any(_happened(event, text, m.start()) for m in pattern.finditer(text)):
            said[event] = weight
    return said


def _happened(event: DealEventName, text: str, start: int) -> bool:
    """Whether what a sentence says from a place on is neither merely possible nor denied."""
    before = max(0, start - 90)
    return not _NOT_YET.search(text, before, start) and (
        event == "termination" or not _SAID_NO.search(text, before, start)
    )


def _telling(document: Document, old: frozenset[int]) -> list[tuple[float, Sentence]]:
    """Return the sentences that say what happened, with what each counts; one that recalls counts less."""
    titles = [(_TITLE, s) for s in document.sentences if s.field == "title"]
    later: list[tuple[float, Sentence]] = []
    factors = iter(_LATER)
    factor = next(factors)
    for sentence in document.sentences:
        if sentence.field != "text" or sentence.section not in {"lead", "body"}:
            continue
        recalls = sentence.number in old
        later.append((factor * _RECALLED if recalls else factor, sentence))
        if not recalls or len(later) > len(_LATER):
            factor = next(factors, 0.0)
        if not factor:
            break
    return titles + later


def status_of(document: Document, event: DealEventName) -> Status:
    """Return how firm the agreement is."""
    if event == "closing":
        return "closed"
    first = [s for s in document.sentences if s.is_main and s.section != "quote"][:4]
    title, lead = document.title, " ".join(s.text for s in first if s.field == "text")
    if _LETTER.search(title) or (_LETTER.search(lead) and not _signed(lead)):
        return "non-binding"
    if _RUMOUR.search(title) or (_RUMOUR.search(lead) and not _SIGNED.search(lead)):
        return "rumoured"
    return "announced"


def _signed(lead: str) -> bool:
    """Whether a lead that mentions a letter of intent speaks of a signed agreement that followed it."""
    return (
        re.search(
            r"\b(?:definitive|following (?:the|a)|binding term sheet|after the signing of)\b", lead, re.IGNORECASE
        )
        is not None
    )
