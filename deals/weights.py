"""Learned weights, one a line: a feature, a tab, its weight; "always" is the constant term."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from math import exp


@cache
def weights(name: str) -> Mapping[str, float]:
    """Return the weights of deals/data/NAME.tsv; lines that begin with # are comments."""
    text = files("deals").joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {feature: float(weight) for feature, weight in lines}


def probability(features: Iterable[str], table: Mapping[str, float]) -> float:
    """Return the probability that a logistic model gives to a set of features."""
    total = table.get("always", 0.0) + sum(table.get(feature, 0.0) for feature in sorted(set(features) - {"always"}))
    return 1.0 / (1.0 + exp(-max(-30.0, min(30.0, total))))
