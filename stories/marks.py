"""The marks by which a report finds the deals that it may belong to, without looking at any other.

Theory: two reports of one story share two parties, or a party and the subject, or a piece of text; each of these
becomes a number, stored with the deal. A large company has hundreds of deals but few with the same partner or on the
same asset, so what is found stays few however much is stored. Of a name only its first word counts: outlets shorten
names. A collision costs a comparison and nothing else.

What hundreds of deals have in common (a paragraph that every release of a site ends with, two companies that sign each
month) tells little: of such a mark the newest deals count, and of all that is found the nearest, each mark weighing the
less the more deals have it. Lost by that is at most a recap of an old deal that says nothing of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations

from news.reading import Terms
from stories.facts import names, party_keys
from stories.sketch import smallest

CROWD = 60
"""So many deals of one mark count, the newest."""
_NEAREST = 40
"""So many deals are compared: all their reports are held against each other."""
_TEXT_MARKS = 6
_MOST = 8
"""So many parties and subjects of one report count: a list of forty is no agreement."""


def marks_of(terms: Terms, key: Callable[[str], str], sketch: bytes = b"") -> tuple[int, ...]:
    """Return the marks of what a report says and of its text, sorted, each once: whole numbers of 63 bits."""
    heads = _heads(terms, key)
    subjects = sorted(names(terms, "assets"))[:_MOST] + sorted(names(terms, "targets"))[:_MOST]
    found = {_mark("pair", one, other) for one, other in combinations(heads, 2)}
    found |= {_mark("subject", head, subject) for head in heads for subject in subjects}
    found |= {_mark("text", str(number)) for number in smallest(sketch, _TEXT_MARKS)}
    return tuple(sorted(found))


def nearest(bearers: Mapping[int, Sequence[int]]) -> list[int]:
    """Return the ids of the deals that have most in common with a report, at most forty, in order.

    `bearers` are the deals, by mark, that have a mark of the report: each deal once, the `CROWD` newest.
    """
    weight: dict[int, float] = {}
    for mark in sorted(bearers):
        for deal in bearers[mark]:
            weight[deal] = weight.get(deal, 0.0) + 1 / len(bearers[mark])
    return sorted(sorted(weight, key=lambda deal: (-weight[deal], -deal))[:_NEAREST])


def _heads(terms: Terms, key: Callable[[str], str]) -> list[str]:
    return sorted(name.split(" ")[0] for name in party_keys(terms, key)[:_MOST])


def _mark(*parts: str) -> int:
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
