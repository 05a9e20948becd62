"""Which deals of the archive a deal is held against: the same modality at the same stage.

What a reader wants of them is their upfront, so that those who state one come first; then those of the same kind, then
those that share a target or an indication, then the newest.
"""

from __future__ import annotations

from collections.abc import Sequence

from lexicon.text import title_key
from news.reading import Named, Terms
from news.story import Deal, DealEvent

MOST = 3
"""How many are shown."""


def comparable(deal: Deal, candidates: Sequence[Deal]) -> tuple[Deal, ...]:
    """Return at most MOST of the candidates that a deal can be compared with, the best first.

    They are agreements of others, announced no later than it is, of the stage and a modality of its latest event.
    """
    own = deal.latest
    found = [other for other in candidates if _is_like(deal, other)]
    return tuple(sorted(found, key=lambda other: _rank(own.terms, other.latest), reverse=True)[:MOST])


def _is_like(deal: Deal, other: Deal) -> bool:
    terms, others = deal.latest.terms, other.latest.terms
    if other.id == deal.id or not other.kept or other.latest.announced > deal.latest.announced:
        return False
    if terms.stage is None or others.stage is None or _key(terms.stage) != _key(others.stage):
        return False
    return others.status in {"announced", "closed"} and bool(_keys(terms.modalities) & _keys(others.modalities))


def _rank(own: Terms, other: DealEvent) -> tuple[bool, bool, int, int]:
    terms = other.terms
    shared = len((_keys(own.targets) & _keys(terms.targets)) | (_keys(own.indications) & _keys(terms.indications)))
    stated = terms.upfront is not None and terms.upfront.disclosed
    return stated, terms.kind == own.kind, shared, other.announced.toordinal()


def _keys(named: Sequence[Named]) -> set[str]:
    return {_key(each) for each in named}


def _key(named: Named) -> str:
    return title_key(named.name)
