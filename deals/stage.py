"""How far the licensed asset is, from discovery to approved: `stage(document, skipped, assets) -> Named | None`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from deals.document import Document, Sentence
from lexicon.text import squash
from news.reading import Named

_PHASE = re.compile(
    r"\b[Pp]hases?[\s-]{0,2}(?P<first>[1-4]|I{1,3}V?|IV)(?P<letter>[a-c])?(?:\s?[/-]\s?(?P<second>[1-4]|"
    r"I{1,3})[a-c]?)?(?![\w])"
)
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "filed",
        re.compile(
            r"\b(?:under (?:regulatory )?review|(?:filed|submitted|accepted|pending) (?:for (?:marketing |"
            r"regulatory )?approval|an? (?:NDA|BLA|MAA)|(?:NDA|BLA|MAA))|"
            r"(?:NDA|BLA|MAA|marketing authori[sz]ation application)\b[^.]{0,40}\b(?:submitted|filed|accepted|"
            r"under review|review))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "approved",
        re.compile(
            r"\b(?:FDA[- ](?:approved|cleared)|(?:is|was|are|has been|have been|already|been|currently|its|the) "
            r"(?:approved|marketed|cleared|sold|launched|licensed for sale)|approved (?:by|in|for|"
            r"drug|product|medicine)|commercially available|marketed (?:in|under|as|product)|on the market|CE[- "
            r"]mark\w*|510\(k\)|off-patent|is sold|(?:branded )?generics?|commercial-stage product)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "preclinical",
        re.compile(r"\b(?:pre-?clinical(?:-stage)?|IND[- ]enabling|lead optimi[sz]ation)\b", re.IGNORECASE),
    ),
    (
        "discovery",
        re.compile(
            r"\b(?:discover(?:y|ing)?|drug[- ]discovery|research (?:collaboration|alliance|partnership)|identify "
            r"(?:new|novel))\b",
            re.IGNORECASE,
        ),
    ),
)
_ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4"}
_MILESTONE = re.compile(r"\bmilestones?\b", re.IGNORECASE)


def stage(document: Document, skipped: Collection[int] = (), assets: Sequence[Named] = ()) -> Named | None:
    """Return the stage of what is licensed, as the title and the first sentences say, else sentences about it."""
    names = [squash(asset.name) for asset in assets]
    sentences = [s for s in document.main() if s.number not in skipped and s.section != "quote"]
    early = [s for s in sentences if s.section in {"headline", "lead"}]
    about = [s for s in sentences if s not in early and any(name in squash(s.text) for name in names)]
    for group in (early, about):
        found = [item for sentence in group for item in _in_sentence(document, sentence)]
        if found:
            return min(found, key=lambda item: _ORDER.index(item.name) if item.name in _ORDER else 0)
    return None


_ORDER = (
    "phase 3",
    "phase 2/3",
    "phase 2",
    "phase 1/2",
    "phase 1",
    "phase 4",
    "filed",
    "approved",
    "preclinical",
    "discovery",
)


def _in_sentence(document: Document, sentence: Sentence) -> Iterator[Named]:
    for match in _PHASE.finditer(sentence.text):
        yield Named(_phase(match), document.evidence_of(sentence, match.start(), match.end()))
    for name, pattern in _WORDS:
        for match in pattern.finditer(sentence.text):
            if not (name in {"preclinical", "discovery"} and _MILESTONE.search(sentence.text)):
                yield Named(name, document.evidence_of(sentence, match.start(), match.end()))


def _phase(match: re.Match[str]) -> str:
    first, second = (_ROMAN.get(part or "", part) for part in (match["first"], match["second"]))
    return f"phase {first}/{second}" if second and second != first else f"phase {first}"
