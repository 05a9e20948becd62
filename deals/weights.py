"""The logistic model behind every learned judgement."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp

from lexicon import Weights


def probability(features: Iterable[str], table: Weights) -> float:
    """Return the probability that a logistic model gives to a set of features."""
    total = table.get("always", 0.0) + sum(table.get(feature, 0.0) for feature in sorted(set(features) - {"always"}))
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
