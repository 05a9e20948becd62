"""Whether an article announces an agreement (keep), perhaps does, or does not, with the reason in words.

The score is the probability that it does, from its words, its signs and its grammar with learned weights
(deals/features.py, deals/parties.py). Rumours, non-binding letters, round-ups, contract services and purchases of a
single product are "perhaps" whatever the score says, as careful readers differ on them.
"""

from __future__ import annotations

from dataclasses import dataclass

from deals.kinds import OTHER_KINDS, PERHAPS_KINDS, kind_of
from deals.reasons import reason_against, reason_for
from deals.weights import probability, weights
from news.reading import DEAL_KINDS, DealEventName, Kind, Status

KEEP = 0.4
PERHAPS = 0.15


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an article is: the score, whether it is kept or perhaps, its kind, and why."""

    keep: bool
    perhaps: bool
    score: float
    kind: Kind
    reason: str


def recognise(features: frozenset[str], event: DealEventName, status: Status, names: tuple[str, ...], *, roundup: bool) -> Recognised:
    """Return the judgement on an article, given its features and what was read of its event, status and parties."""
    score = round(probability(features, weights("recognise")), 4)
    if score < PERHAPS:
        kind = kind_of(features, OTHER_KINDS)
        return Recognised(keep=False, perhaps=False, score=score, kind=kind, reason=reason_against(kind, features))
    kind = kind_of(features, PERHAPS_KINDS if score < KEEP else DEAL_KINDS)
    doubt = _doubt(kind, status, names, roundup=roundup)
    keep = score >= KEEP and not doubt
    if not keep:
        score = min(score, 0.5)
    reason = reason_for(kind, event, names)
    if not keep:
        reason = f"{reason}; {doubt or 'not sure that it is the main news'}"
    return Recognised(keep=keep, perhaps=not keep, score=score, kind=kind, reason=reason)


def _doubt(kind: Kind, status: Status, names: tuple[str, ...], *, roundup: bool) -> str:
    """Return why careful readers would differ, or "" where they would not."""
    if roundup:
        return "a round-up of several deals"
    if status == "rumoured":
        return "talks or a rumour, nothing signed"
    if status == "non-binding":
        return "a non-binding letter"
    if kind == "manufacturing":
        return "contract manufacturing or services"
    if kind == "acquisition":
        return "the purchase of a product"
    return "" if names else "no parties named"
