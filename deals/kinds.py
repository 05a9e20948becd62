"""What kind of agreement, or of other news, an article is about.

The kind of an agreement is the one for which its words speak loudest (deals/kindsigns.py). A licence and a research
collaboration share most of theirs, so that between these two learned weights decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from deals.weights import probability, weights
from news.reading import DEAL_KINDS, KINDS, Kind

OTHER_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in DEAL_KINDS)
_NEAR = frozenset({"license", "collaboration"})
PERHAPS_KINDS: tuple[Kind, ...] = (*DEAL_KINDS, "acquisition")


def agreement_kind(features: frozenset[str], among: Iterable[Kind]) -> Kind:
    """Return the kind of an agreement among some; a licence where nothing is said."""
    allowed = tuple(among)
    ranked = [kind for rank in range(3) for kind in allowed if f"k!{kind}-{rank}" in features]
    if (
        len(ranked) > 1
        and ranked[0] == "manufacturing"
        and not any(f.startswith("k#t-manufacturing") for f in features)
    ):
        ranked = ranked[
            1:
        ]  # who makes the product is said of most agreements; it is the news where the headline says it
    kind: Kind = ranked[0] if ranked else "license"
    if kind in _NEAR and "b#licenses-own" in features:
        return "license"  # "licensing Innate's platform": what is licensed exists
    if kind in _NEAR:
        return "license" if probability(features, weights("licences")) >= 0.5 else "collaboration"
    return kind


def kind_of(features: frozenset[str], among: Iterable[Kind]) -> Kind:
    """Return the likeliest of some kinds; the first of equals."""
    totals = {kind: _total(kind, features) for kind in among}
    return max(totals, key=lambda kind: totals[kind])


def _total(kind: Kind, features: frozenset[str]) -> float:
    table = _tables().get(kind)
    if table is None:
        return -100.0
    return table.get("always", 0.0) + sum(weight for feature, weight in table.items() if feature in features)


@cache
def _tables() -> dict[str, dict[str, float]]:
    """Return the weights of each kind, in the order of the file, so that sums are the same everywhere."""
    tables: dict[str, dict[str, float]] = {}
    for name, weight in weights("kinds").items():
        kind, _, feature = name.partition("|")
        tables.setdefault(kind, {})[feature] = weight
    return tables
