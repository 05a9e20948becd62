"""Sentences with the organisations replaced by numbers, so that rules can speak of who does what to whom.

"Innate will receive €25m from Sanofi" becomes "§1§ will receive €25m from §0§". Brackets behind a name and short
appositions ("X, a biotech company in Lyon, and Y") are left out, so that grammar lies bare.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.organisations import Organisation
from deals.places import is_place

_BRACKETS = re.compile(
    r"(§\d+§)(?:,? (?:Inc|Ltd|plc|Corp|AG|SE)\.?)?(?:\s?\([^()]{0,160}\)|\s?<[A-Z.]{2,9}>|"
    r"\s[A-Z]{3,5}\.[A-Z]{1,2}\b)+|()\s\([^()§]{0,120}\)"
)
_APPOSITION = re.compile(
    r"(§\d+§), (?:a|an|the|one of|whose|which|who|known|based|headquartered|part of|formerly|"
    r"itself)\b[^§;]{2,170}?(?:,(?= (?:and|today|has|have|will|said|to)\b)|(?<=[a-z]),(?= §)| "
    r"(?=and §))"
)
_DEFINED = re.compile(
    r"\b[Tt]he (Company|Registrant|Seller|Purchaser|Buyer|Licensor|Licensee|Institutions?|University|Hospital)\b"
)
_INITIAL = re.compile(r"\b[FH]\. (?=§)")
_KIND = re.compile(r"(§\d+§) (?:Company|Corporation|Group|Holdings?)\b")
_STOP = re.compile(r"(§\d+§)\.(?=[,’' ])")
_WORD_END = re.compile(r"(?<=\s)|(?=[\s,;)])|\Z")
_MODIFIERS_WORDS = (
    "biotech biopharma company firm drugmaker group start-up startup specialist giant partner maker pharma "
    "biopharmaceutical "
    "developer the privately-owned privately-held privately private held owned listed fellow rival neighbour "
    "major research "
    "house outfit pharmaceutical manufacturer academic state-owned local big small counterpart drug vaccine "
    "biotechnology clinical-stage commercial-stage dermatology oncology its ally"
)
_MODIFIERS = frozenset(_MODIFIERS_WORDS.split())
_WORD_BEFORE = re.compile(r"([\w.’'&-]+) $")
_TWO_BEFORE = re.compile(r"([A-Z][\w.]+ [A-Z][\w.’'-]+) $")
_MARK = re.compile(r"§\d+§")
_JOINED_BEHIND = re.compile(
    r"(?:,? and | & |/|, )§(\d+)§(?![’'])(?! (?:will|has|have|is|are|was|would|may|can|to|shall|said|announced|in turn|"
    r"pays?|gets?|receives?)\b)"
)
_JOINED_BEFORE = re.compile(r"(?:(?:\A|[,;:] |that |and |which )§(\d+)§(?:,? and | & |/|, ))$")
_LONGEST = 900
_MOST_NAMES = 16


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence whose organisations are numbers between § marks."""

    text: str
    sentence: Sentence

    def words(self, start: int, end: int) -> str:
        """Return a stretch of the text, to the end of its last word."""
        last = _WORD_END.search(self.text, end)
        return self.text[start : last.start() if last else end].rstrip(" ,;.(")


def masked(document: Document, organisations: Sequence[Organisation]) -> tuple[Masked, ...]:
    """Return the sentences that report the news or name an organisation, masked, in order."""
    places: dict[int, list[tuple[int, int, int]]] = {}
    for number, one in enumerate(organisations):
        for mention in one.mentions:
            places.setdefault(mention.sentence, []).append((mention.start, mention.end, number))
    defined = {form[0]: number for number, one in enumerate(organisations) for form in one.forms if len(form) == 1}
    return tuple(
        Masked(_bare(_replaced(sentence, sorted(places.get(sentence.number, ()))[:_MOST_NAMES], defined)), sentence)
        for sentence in document.sentences
        if sentence.number in places or sentence.is_main
    )


def _replaced(sentence: Sentence, places: Sequence[tuple[int, int, int]], defined: Mapping[str, int]) -> str:
    parts: list[str] = []
    done = 0
    for start, end, number in places:
        low, high = start - sentence.start, end - sentence.start
        if low >= done:
            parts.append(f"{sentence.text[done:low].replace('§', ' ')}§{number}§")
            done = high
    parts.append(sentence.text[done:].replace("§", " "))
    text = "".join(parts)[:_LONGEST]
    if "he " not in text:
        return text

    def named(match: re.Match[str]) -> str:
        number = defined.get(match[1].lower())
        return match[0] if number is None else f"§{number}§"

    return _DEFINED.sub(named, text)


def joined(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the organisations that stand beside one in a list, such as §1§ and §2§; the place is that one's mark."""
    if behind := _JOINED_BEHIND.match(text, end):
        yield int(behind[1])
    if before := _JOINED_BEFORE.search(text, max(0, start - 16), start):
        yield int(before[1])


def _bare(text: str) -> str:
    """Return a masked sentence without brackets, appositions and what stands before names: "Basel-based", "biotech"."""
    if "§" not in text:
        return _BRACKETS.sub(r"\1", text) if " (" in text or "\u00a0(" in text else text
    text = _KIND.sub(r"\1", text)
    text = _APPOSITION.sub(r"\1 ", _STOP.sub(r"\1", _BRACKETS.sub(r"\1", _INITIAL.sub("", text))))
    parts: list[str] = []
    done = 0
    for mark in _MARK.finditer(text):
        parts.append(text[done : _modified(text, done, mark.start())])
        parts.append(mark[0])
        done = mark.end()
    return "".join(parts) + text[done:]


def _modified(text: str, low: int, start: int) -> int:
    """Return where the words begin that only describe the name behind them."""
    place = start
    while (match := _WORD_BEFORE.search(text, max(low, place - 40), place)) is not None:
        word = match[1].removesuffix("’s").removesuffix("'s").removesuffix("-based")
        two = _TWO_BEFORE.search(text, max(low, place - 60), place)
        if two and is_place(two[1].removesuffix("’s").removesuffix("'s").removesuffix("-based")):
            place = two.start()
        elif word.lower() in _MODIFIERS or is_place(word):
            place = match.start()
        else:
            break
    # Whose partner or biotech it is must not be lost: "Akeso's partner Summit" is no "Akeso's Summit".
    return start if text[low:place] in {"’s ", "'s ", "’ ", "' "} else place
