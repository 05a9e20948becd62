"""Sentences with the organisations replaced by numbers, so that rules can speak of who does what to whom.

"Innate will receive €25m from Sanofi" becomes "§1§ will receive €25m from §0§". Brackets behind a name and short
appositions ("X, a biotech company in Lyon, and Y") are left out, so that grammar lies bare.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.organisations import Organisation

_BRACKETS = re.compile(
    r"(§\d+§)(?:,? (?:Inc|Ltd|plc|Corp|AG|SE)\.?)?(?:\s?\([^()]{0,160}\)|\s?<[A-Z.]{2,9}>|"
    r"\s[A-Z]{3,5}\.[A-Z]{1,2}\b)+|()\s\([^()§]{0,120}\)"
)
_APPOSITION = re.compile(
    r"(§\d+§), (?:a|an|the|one of|whose|which|who|known|based|headquartered|part of|formerly|"
    r"itself)\b[^§;]{2,170}?(?:,(?= (?:and|today|has|have|will|said|to)\b)|(?<=[a-z]),(?= §)| "
    r"(?=and §))"
)
_THE_COMPANY = re.compile(r"\b[Tt]he Company\b")
_STOP = re.compile(r"(§\d+§)\.(?=[,’' ])")
_LONGEST = 900
_MOST_NAMES = 16


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence whose organisations are numbers between § marks."""

    text: str
    sentence: Sentence


def masked(document: Document, organisations: Sequence[Organisation]) -> tuple[Masked, ...]:
    """Return the sentences that name an organisation, masked, in order."""
    places: dict[int, list[tuple[int, int, int]]] = {}
    for number, one in enumerate(organisations):
        for mention in one.mentions:
            places.setdefault(mention.sentence, []).append((mention.start, mention.end, number))
    company = next((number for number, one in enumerate(organisations) if ("company",) in one.forms), None)
    return tuple(
        Masked(_bare(_replaced(sentence, sorted(places.get(sentence.number, ()))[:_MOST_NAMES], company)), sentence)
        for sentence in document.sentences
        if sentence.number in places or (company is not None and "ompany" in sentence.text)
    )


def _replaced(sentence: Sentence, places: Sequence[tuple[int, int, int]], company: int | None) -> str:
    parts: list[str] = []
    done = 0
    for start, end, number in places:
        low, high = start - sentence.start, end - sentence.start
        if low >= done:
            parts.append(f"{sentence.text[done:low].replace('§', ' ')}§{number}§")
            done = high
    parts.append(sentence.text[done:].replace("§", " "))
    text = "".join(parts)[:_LONGEST]
    return text if company is None else _THE_COMPANY.sub(f"§{company}§", text)


def _bare(text: str) -> str:
    return _APPOSITION.sub(r"\1 ", _STOP.sub(r"\1", _BRACKETS.sub(r"\1", text)))
