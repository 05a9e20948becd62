"""Who gives rights and who gets them: how often each party stands in the slots that point one way or the other.

`directions` counts, for each party, the slots in which it stands: "grants", "is paid", "owns what
is licensed" on the side of the giver; "obtains rights", "pays", "takes over development" on the side of the taker.
Parties that a text joins ("Barr and Teva") stand in one slot together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from deals.giving import GIVING
from deals.masked import Masked, joined
from deals.spoken import SPOKEN, spoken
from deals.taking import TAKING

SLOTS = (*GIVING, *TAKING)
NAMES = (*(name for name, _ in (*SLOTS, *SPOKEN)), "returned-from")
_BACK = re.compile(
    r"\b(?:re-?gain\w*|recover\w*|return\w*|reclaim\w*|revert\w*|(?:take|took|taking|win|won|get|got)\w* back|back)\b"
)
_BACK_TO = re.compile(
    r"\b(?:back to|returns?(?:ed|ing)? (?:[\w-]+ ){0,8}to|leav\w+ [^.;§]{0,60}to|reverts?(?:ed|"
    r"ing)? (?:[\w-]+ ){0,4}to) (?=§)"
)
_TURNED = {"grants": "returns", "to": "returned-to", "grant-object": "returned-to", "licenses-to": "returns"}
_BEING = re.compile(
    r"\b(?:was|were|is|are|be|been|being) (?:also |today |now )?(?:grant|giv|paid|licen[cs]ed|acquired|bought|handed)"
)
_PASSIVE = {"grants": "grant-object", "pays": "", "licenses-from": "", "acquires": "", "grabs": ""}
_GIVES = frozenset({"grants", "licenses-to"})
_TAKEN_FROM = re.compile(r"(?:licen[cs]ed|acquired|obtained|bought|sourced) from $")
_MOST = 3
_FAR = 60


def directions(
    organisations: int, sentences: Sequence[Masked], old: Collection[int], only: Collection[int] = ()
) -> list[Counter[str]]:
    """Return, for each organisation, how often it stands in each slot; at most three count.

    `old` are the sentences about earlier agreements; `only` the organisations that are looked at, all where empty.
    """
    found: list[Counter[str]] = [Counter() for _ in range(organisations)]
    for number, name, _ in slots(sentences, old, only):
        found[number][name] += 1
    return [Counter({name: min(count, _MOST) for name, count in one.items()}) for one in found]


def slots(
    sentences: Sequence[Masked], old: Collection[int], only: Collection[int] = ()
) -> Iterator[tuple[int, str, str]]:
    """Yield each slot in which an organisation stands: its number, the slot, and the words of the sentence."""
    for one in sentences:
        section = one.sentence.section
        if section in {"about", "legal", "contact", "quote"} or one.sentence.number in old or "§" not in one.text:
            continue
        for name, number, start, end in _stood(one.text.lower(), headline=section == "headline"):
            if not only or number in only:
                yield number, name, one.words(start, end)
    for number, name, one, start, end in spoken(sentences):
        if not only or number in only:
            yield number, name, one.words(start, end)


def _stood(text: str, *, headline: bool) -> Iterator[tuple[str, int, int, int]]:
    """Yield each slot of a sentence with the organisation that stands in it, and where."""
    for name, pattern in SLOTS:
        if name == "first" and not headline:
            continue
        for match in pattern.finditer(text):
            group = match.lastindex or 1
            slot = _turned(name, text, match.start(), match.end(), match.start(group) - 1)
            beside = joined(text, match.start(group) - 1, match.end(group) + 1) if name != "first" else ()
            yield from ((slot, number, *match.span()) for number in (int(match[group]), *beside) if slot)


def _turned(name: str, text: str, start: int, end: int, place: int) -> str:
    """Return the slot as it is meant: "gives it back to §1§", "regained from §2§", "is paid"; "" where it is none."""
    if name == "from":
        taken = _TAKEN_FROM.search(text, start, place)
        return name if taken or not _BACK.search(text, max(0, start - _FAR), end) else "returned-from"
    if name in _PASSIVE and _BEING.search(text, place, end):
        return _PASSIVE[name]
    if name in _TURNED and _BACK_TO.search(text, start, min(len(text), end + (_FAR if name in _GIVES else 0))):
        return _TURNED[name]
    return name
