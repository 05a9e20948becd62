"""What kind of agreement, or of other news, an article is about."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from deals.weights import weights
from news.reading import DEAL_KINDS, KINDS, Kind

OTHER_KINDS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind not in DEAL_KINDS)
PERHAPS_KINDS: tuple[Kind, ...] = (*DEAL_KINDS, "acquisition")


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
