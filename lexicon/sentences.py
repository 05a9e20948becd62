"""Text cut into paragraphs and sentences, with their places: `cut(text) -> (Span(start, end, paragraph), …)`.

Every sentence is a stretch `text[start:end]` without the white space round it; together they hold all of the text's
words, in order. Abbreviations ("Inc.", "Ph.D.", "U.S.", "approx.", "No. 1"), initials and decimals end no sentence.
Texts of scrapers that lost the space behind a full stop or the paragraph breaks are cut all the same. Linear in the
length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BLANK_LINE = re.compile(r"\n[ \t\r\f\v\u00a0]*(?=\n)")
_STOP = re.compile(r"[.!?…。！？]+[)\]\"'”’»]{0,3}")
_NEVER_LAST_WORDS = (
    "dr mr mrs ms prof st vs approx no nos e.g i.e etc cf ca fig al est jan feb mar apr jun jul aug sep sept oct nov "
    "dec calif mass conn fla pa ill tex wash md va ga ont que minn mich wis ore ariz colo del n.j n.y n.c s.c r.i "
    "d.c b.c n.h n.m sr jr bros intl univ dept gen sen rep hon rev messrs max min incl excl resp pp vol mio bn ltda"
)
_ABBREVIATIONS = frozenset(_NEVER_LAST_WORDS.split())
_OFTEN_LAST_WORDS = (
    "inc ltd corp co llc plc s.a n.v b.v s.p.a a.g u.s u.k e.u u.s.a ph.d m.d m.b.a m.sc b.sc d.phil pharm.d d.v.m "
    "m.s b.a j.d dr.med a.m p.m sc.d r.ph m.p.h pty s.e l.p k.k s.r.l s.a.s"
)
_OFTEN_LAST = frozenset(_OFTEN_LAST_WORDS.split())
_OPENERS = re.compile(
    r"[\"“‘(]?(?:The|Under|In|This|These|As|It|Its|We|He|She|For|With|A|An|Our|Both|Terms|Financial|According|By|"
    r"At|On|If|Upon|To|They|That|Those|Following|Through|Since|While|When|Also|About|After|During|However|Pursuant|Per|From|"
    r"There|Based|Founded|Headquartered|Contact|Forward|All|Each|Any|Such|Other|More|Additional|Today|Not)\b"
)
_WORD_BEFORE = 24
_SHORT_LINE = 50
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Span:
    """One sentence: its place in the text, and the number of its paragraph, from 0."""

    start: int
    end: int
    paragraph: int


def cut(text: str) -> tuple[Span, ...]:
    """Return the sentences of a text in order."""
    return tuple(
        Span(*piece, number)
        for number, (start, end) in enumerate(_paragraphs(text))
        for sentence in _sentences(text, start, end)
        for piece in _pieces(text, *sentence)
    )


def around(text: str, spans: Sequence[Span], start: int, end: int) -> str:
    """Return the sentences of a text (`spans` as `cut` gives them) that hold a stretch of it, white space collapsed."""
    held = [span for span in spans if span.start < end and start < span.end]
    return " ".join(text[held[0].start : held[-1].end].split()) if held else ""


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a sentence, cut at a space where it is longer than any sentence is, so that rules see bounded stretches."""
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        stop = space if space > 0 else start + _LONGEST
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the paragraphs: a blank line ends one, a line break does unless the line was only wrapped."""
    blank = [match.end() for match in _BLANK_LINE.finditer(text)]
    for block_start, block_end in zip([0, *blank], [*blank, len(text)], strict=True):
        start = line = block_start
        while (newline := text.find("\n", line, block_end)) >= 0:
            if not _is_wrapped(text, line, newline, block_end):
                yield from _trimmed(text, start, newline)
                start = newline + 1
            line = newline + 1
        yield from _trimmed(text, start, block_end)


def _is_wrapped(text: str, line: int, newline: int, end: int) -> bool:
    """Whether the line that ends here goes on in the next one: it stops in mid-sentence, after many words."""
    before = text[max(line, newline - 8) : newline].rstrip()
    after = text[newline + 1 : min(end, newline + 9)].lstrip()
    if not before or not after or after[0] in "•·-–*▪●":
        return False
    if after[0].islower() and before[-1] not in ".:;!?":
        return True
    return newline - line > _SHORT_LINE and before[-1] not in '.:!?”"'


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a stretch without the white space round it, unless nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _STOP.finditer(text, start, end):
        if match.start() < start or match.end() >= end:
            continue
        if _ends(text, start, match, end):
            yield from _trimmed(text, start, match.end())
            start = match.end()
    yield from _trimmed(text, start, end)


def _ends(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether a sentence ends with these stops."""
    after = match.end()
    following = text[after : after + 1]
    before = text[max(start, match.start() - _WORD_BEFORE) : match.start()]
    word = before.rsplit(None, 1)[-1].lower().lstrip('("“‘[,') if before.strip() else ""
    if not following.isspace():
        return _is_glued(text, match, word, end)
    place = after
    while place < end and text[place].isspace():
        place += 1
    if text[place].islower() and match.group()[0] == ".":
        return False
    if match.group()[0] != ".":
        return not text[place].islower()
    if word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha()):
        return False
    if word in _OFTEN_LAST or word.rsplit("-", 1)[-1] in _OFTEN_LAST:
        return _OPENERS.match(text, place) is not None
    return True


def _is_glued(text: str, match: re.Match[str], word: str, end: int) -> bool:
    """Whether a scraper lost the space behind the stop: a word of letters before it, a capitalised one behind."""
    after = match.end()
    follows = text[after : min(end, after + 3)]
    if len(follows) < 3 or not (follows[0].isupper() and (follows[1].islower() or follows[1] == " ")):
        return False
    if len(word) < 4 or "." in word or "/" in word or "@" in word or not word[-1].isalpha():
        return match.group() != "." and match.group()[-1] in ')]”"' and len(word) > 2 and "." not in word
    return word not in _ABBREVIATIONS
