"""What kind of agreement, or of other news, an article is about.

The kind of an agreement is the one for which its words speak loudest (deals/kindsigns.py). A licence and a research
collaboration share most of theirs, so that between these two learned weights decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from deals.weights import probability
from lexicon import Lexicon, Weights
from news.reading import DEAL_KINDS, KINDS, Kind

OTHER_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in DEAL_KINDS)
_NEAR = frozenset({"license", "collaboration"})
PERHAPS_KINDS: tuple[Kind, ...] = (*DEAL_KINDS, "acquisition")


def agreement_kind(features: frozenset[str], among: Iterable[Kind], lexicon: Lexicon) -> Kind:
    """Return the kind of an agreement among some; a licence where nothing is said."""
    allowed = tuple(among)
    ranked = [kind for rank in range(3) for kind in allowed if f"k!{kind}-{rank}" in features]
    if (
        len(ranked) > 1
        and ranked[0] == "manufacturing"
        and not any(f.startswith("k#t-manufacturing") for f in features)
    ):
        # Who makes the product is said of most agreements; it is the news where the headline says it.
        ranked = ranked[1:]
    kind: Kind = ranked[0] if ranked else "license"
    if kind in _NEAR and "b#licenses-own" in features:
        return "license"  # "licensing Innate's platform": what is licensed exists
    if kind in _NEAR:
        return "license" if probability(features, lexicon.learned["licences"]) >= 0.5 else "collaboration"
    return kind


def kind_of(features: frozenset[str], among: Iterable[Kind], lexicon: Lexicon) -> Kind:
    """Return the likeliest of some kinds; the first of equals."""
    table = lexicon.learned["kinds"]
    shown = sorted({*features, "always"})
    totals = {kind: _total(kind, shown, table) for kind in among}
    return max(totals, key=lambda kind: totals[kind])


def _total(kind: Kind, features: Sequence[str], table: Weights) -> float:
    if f"{kind}|always" not in table:
        return -100.0
    return sum(table.get(f"{kind}|{feature}", 0.0) for feature in features)
