"""The role of each party: licensor where it gives rights, licensee where it gets them, else partner.

Each party gets a number from the slots in which it stands (deals/directions.py) and from what it is
(deals/standing.py), by learned weights: positive on the giving side, negative on the taking side. Licences, options,
distribution and purchases have a direction; whether another agreement has one is a question of its own, asked of the
whole article.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import sqrt

from deals.directions import directions
from deals.masked import Masked
from deals.organisations import Organisation
from deals.parties import Candidate, Cast
from deals.references import resolved
from deals.standing import standing
from deals.weights import probability
from lexicon import Lexicon, Weights
from news.reading import Kind, Role

_APART = 0.35
_ORGANISATION = frozenset({"known", "suffix", "head", "public", "ticker"})
_DIRECTED_KINDS = frozenset({"license", "option", "distribution", "acquisition"})
_BOTH_WAYS = frozenset({"clinical-collaboration", "joint-venture", "manufacturing"})
_DIRECTED = 0.5
_SURELY_DIRECTED = 0.85
_SUM = re.compile(
    r"[$€£¥]\s?\d|\b(?:USD|EUR|CHF|SEK) ?\d|\b\d+(?:\.\d+)? ?(?:million|billion|mln|bln|"
    r"[mb]n?)\b",
    re.IGNORECASE,
)
_PAID = ("upfront", "milestone", "royalties", "eligible")
_GIVEN = ("licence-noun", "licence-verb", "rights", "option", "licence-agreement", "obtain", "grant")
_TELLING = (
    *_PAID,
    *_GIVEN,
    *("both", "study-together", "combination", "government", "services", "trial", "partner", "collaborate-to"),
    *("sign-agreement", "agreement", "distribution", "to-sell", "sum"),
)


def roles_of(
    cast: Cast,
    parties: Sequence[Candidate],
    article: frozenset[str],
    old: frozenset[int],
    kind: Kind,
    *,
    lexicon: Lexicon,
) -> tuple[Role, ...]:
    """Return the roles of the parties, in their order; `old` are the sentences about earlier agreements."""
    if kind == "co-commercialisation" and "k#t-co-commercialisation-4" in article:
        return tuple("partner" for _ in parties)
    stood = stands(cast, [(one.number, one.organisation) for one in parties], old, lexicon)
    leanings = tuple(lean(slots, lexicon.learned["roles"]) for slots in stood)
    if len(parties) < 2:
        least = 0.0 if kind in _DIRECTED_KINDS else _APART
        return tuple("licensor" if one > least else "licensee" if one < -least else "partner" for one in leanings)
    if kind not in _DIRECTED_KINDS and not _is_directed(
        leanings, directed_signs(article | titled(cast.document.title), _apart(leanings), stood), kind, lexicon
    ):
        return tuple("partner" for _ in parties)
    middle = _middle(leanings)
    return tuple("licensor" if one >= middle else "licensee" for one in leanings)


def _is_directed(leanings: Sequence[float], signs: frozenset[str], kind: Kind, lexicon: Lexicon) -> bool:
    """Whether an agreement of a kind that may have none has a giver and a taker."""
    sure = probability(signs, lexicon.learned["directed"])
    return _apart(leanings) >= _APART and sure >= (_SURELY_DIRECTED if kind in _BOTH_WAYS else _DIRECTED)


def _apart(leanings: Sequence[float]) -> float:
    return max(leanings) - min(leanings)


def _middle(leanings: Sequence[float]) -> float:
    """Return what parts givers from takers: 0 where several parties stand on both sides of it, else the middle."""
    low, high = min(leanings), max(leanings)
    return 0.0 if len(leanings) > 2 and low < -_APART and high > _APART else (low + high) / 2


def stands(
    cast: Cast, parties: Sequence[tuple[int, Organisation]], old: frozenset[int], lexicon: Lexicon
) -> tuple[Counter[str], ...]:
    """Return the slots in which each party stands and what it is, with how often it shows."""
    numbers = frozenset(number for number, _ in parties)
    sentences = resolved_sentences(cast, parties, lexicon)
    counted = directions(len(cast.candidates), sentences, old, numbers)
    return tuple(counted[number] + standing(cast.document, one, lexicon.companies) for number, one in parties)


def resolved_sentences(cast: Cast, parties: Sequence[tuple[int, Organisation]], lexicon: Lexicon) -> tuple[Masked, ...]:
    """Return the sentences of an article with what stands for a party ("the biotech", "it") replaced by its number."""
    others = {
        one.number: one.organisation.name for one in cast.candidates if not one.organisation.signs & _ORGANISATION
    }
    return resolved(cast.document, cast.sentences, parties, lexicon.companies, others=others)


def lean(slots: Counter[str], table: Weights) -> float:
    """Return how far a party stands on the giving side."""
    return sum(table.get(name, 0.0) * sqrt(slots[name]) for name in sorted(slots))


def titled(title: str) -> frozenset[str]:
    """Return what a headline says of money: who pays for joint work mostly gets rights in what comes of it."""
    return frozenset({"t#sum"} if _SUM.search(title) else ())


def directed_signs(article: frozenset[str], apart: float, stood: Sequence[Counter[str]]) -> frozenset[str]:
    """Return what says whether an agreement has a direction: who is paid, what is licensed, who the parties are."""
    found = {f"{where}#{name}" for where in "tlb" for name in _TELLING if f"{where}#{name}" in article}
    paid = sum(f"b#{name}" in article for name in _PAID)
    given = sum(f"b#{name}" in article or f"t#{name}" in article for name in _GIVEN)
    found.update(f"paid-{step}" for step in range(1, paid + 1))
    found.update(f"given-{step}" for step in range(1, given + 1))
    found.update(f"apart-{step}" for step in range(1, 9) if apart >= step)
    found.update(name for name in ("is-academic",) if any(slots[name] for slots in stood))
    return frozenset(found | {f"large-{min(2, sum(slots['is-large'] for slots in stood))}"})
