"""Put together the reports that tell the same news: a function of the set of them, whatever order they are given in."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from stories.facts import Facts
from stories.same import SAME_STORY, bond, contradict, recalls


def arrange(facts: Sequence[Facts], fixed: Collection[int] = ()) -> tuple[tuple[int, ...], ...]:
    """Return which reports tell the same news, as groups of places in `facts`.

    The strongest bonds are followed first. Two groups become one unless members of them contradict each other, or they
    begin too far apart and the bond is no recap. Members that are `fixed` stay in groups of their own.
    """
    group = {place: [place] for place in range(len(facts))}
    apart: dict[tuple[int, int], bool] = {}
    for one, other in _bonds(facts):
        first, second = group[one], group[other]
        if first is second or not _may_join(facts, first, second, one, other):
            continue
        if any(n in fixed for n in first) and any(n in fixed for n in second):
            continue
        if any(_apart(facts, apart, a, b) for a in first for b in second):
            continue
        first.extend(second)
        group.update(dict.fromkeys(second, first))
    return tuple(tuple(sorted(members)) for members in {id(each): each for each in group.values()}.values())


def _bonds(facts: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Yield the pairs that something speaks for, the strongest first, by what they say and not by when they came."""
    order = sorted(range(len(facts)), key=lambda place: facts[place].order)
    strengths = (
        (-strength, n, m)
        for (n, one), (m, other) in combinations(enumerate(order), 2)
        if (strength := bond(facts[one], facts[other]))
    )
    yield from ((order[n], order[m]) for _, n, m in sorted(strengths))


def _may_join(facts: Sequence[Facts], first: Sequence[int], second: Sequence[int], one: int, other: int) -> bool:
    begins = min(facts[n].day for n in first), min(facts[n].day for n in second)
    return abs(begins[0] - begins[1]) <= SAME_STORY or recalls(facts[one], facts[other])


def _apart(facts: Sequence[Facts], known: dict[tuple[int, int], bool], one: int, other: int) -> bool:
    pair = (min(one, other), max(one, other))
    if pair not in known:
        known[pair] = contradict(facts[one], facts[other])
    return known[pair]
