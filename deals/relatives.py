"""Owners and units: which organisation is only named because it owns another, and which name is no organisation's.

    relatives_of(sentences) -> {(owner, unit, said), …}     said: "Roche's unit Genentech"; not: "Roche's Genentech"
    is_thing(text, start, end) -> whether a name stands where products stand: "rights to X", "X, an antibody against …"

The unit that signs is the party, as people write it; its owner is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from deals.masked import Masked

_UNIT = r"(?:subsidiary|unit|affiliate|division|arm|branch|daughter company|business)"
_UNIT_BEHIND = re.compile(rf"§(\d+)§[’']?s? (?:[\w-]+ ){{0,3}}(?i:{_UNIT}),? §(\d+)§")
_OWNED = re.compile(rf"§(\d+)§[’']s §(\d+)§( (?i:{_UNIT})\b)?")
_UNIT_OF = re.compile(
    rf"§(\d+)§,? (?:which is |is |now )?(?:an?|the) (?:[\w-]+ ){{0,4}}{_UNIT} of (?:the )?(?:[\w-]+ ){{0,3}}?§(\d+)§"
)
_UNIT_CALLED = re.compile(rf"§(\d+)§, §(\d+)§[’']s (?:[\w-]+ ){{0,4}}{_UNIT}\b")
_PART_OF = re.compile(
    r"§(\d+)§,? (?:which is |is |now )?(?:part of|a member of|of the) (?:the )?(?:[\w-]+ ){0,2}?§(\d+)§"
)
_NOUN = (
    r"(?:drug|antibody|inhibitor|vaccine|therapy|treatment|candidate|agonist|antagonist|tablets?|medicine|"
    r"compound|molecule|"
    r"biosimilar|injection|spray|shot|pill|conjugate|pen|peptide|formulation|test|brand|capsules?|cream|gel)"
)
_THING_BEHIND = re.compile(
    rf"(?: \([^()]{{0,40}}\))?(?:, | is | was )(?:an?|its|the|their|[A-Z]\w+[’']s?) (?:[\w’'/-]+,? ){{0,9}}?{_NOUN}"
    rf"(?= (?:for|against|that|which|to|in|of|now|used|given|currently|approved|meant|directed|candidate|with)\b|[,.;])"
    rf"| (?:tablets?|capsules?|injection|sales|brand|cream|gel)\b"
)
_THING_BEFORE = re.compile(
    rf"\b(?:(?:rights?|licen[cs]e|agreement|approval|distributor|sales?|marketing|promotion|"
    rf"commerciali[sz]ation|doses?|version|"
    rf"formulation|launch|study|trials?|supply) (?:for|on|of|over|covering) (?:the )?|rights? to (?:the )?|"
    rf"(?:its|their|{_NOUN}|called|named|dubbed|known as|codenamed) |"
    r"(?:sell|market|distribute|promote|commerciali[sz]e|launch|prescribe|tak(?:e|es|ing)) )$",
    re.IGNORECASE,
)
_LAST_WORDS = (
    "for on of over covering the to its their drug antibody inhibitor vaccine therapy treatment candidate agonist "
    "antagonist tablet tablets medicine compound molecule biosimilar injection spray shot pill conjugate pen peptide "
    "formulation test brand capsule capsules cream gel called named dubbed as codenamed sell market distribute promote "
    "commercialise commercialize launch prescribe take takes taking"
)
_BEFORE_THING = tuple(f"{word} " for word in _LAST_WORDS.split())
"""How a text ends before a thing: few do, and asking so is quicker than trying the expression."""


def relatives_of(sentences: Iterable[Masked]) -> frozenset[tuple[int, int, bool]]:
    """Return owners and units by their numbers, and whether the text says that it is one."""
    found: set[tuple[int, int, bool]] = set()
    for one in sentences:
        text = one.text
        if text.count("§") < 4:  # an owner and a unit
            continue
        found.update((int(match[1]), int(match[2]), True) for match in _UNIT_BEHIND.finditer(text))
        found.update((int(match[1]), int(match[2]), bool(match[3])) for match in _OWNED.finditer(text))
        for pattern in (_UNIT_OF, _UNIT_CALLED, _PART_OF):
            found.update((int(match[2]), int(match[1]), True) for match in pattern.finditer(text))
    return frozenset(pair for pair in found if pair[0] != pair[1])


def is_thing(text: str, start: int, end: int) -> bool:
    """Whether a name at a place of a text stands where products stand."""
    return _THING_BEHIND.match(text, end) is not None or (
        text[end : end + 1] not in {"’", "'"}
        and text[max(0, start - 40) : start].lower().endswith(_BEFORE_THING)
        and _THING_BEFORE.search(text, max(0, start - 40), start) is not None
    )
