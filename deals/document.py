"""An article prepared once for every rule: its sentences with their places, and what part of the article each is in.

    document = prepare(title, text)
    document.sentences                      all, the title first: .text .start .end .field .paragraph .section .number
    document.main()                         those that report the news: headline, lead, body and quotes, no boilerplate
    document.evidence(field, start, end)    Evidence whose quote is exactly field[start:end]
    document.at(field, offset)              the sentence that holds a place, or None
    document.words(field)                   the field as folded `lexicon.phrases.Words`, made anew each time

Sections: "headline" (the title, and its repetition at the top of the text), "lead" (the first sentences that say what
happened), "body", "quote" (direct speech), "about" (company and product profiles), "legal" (forward-looking
statements), "contact" (press contacts, notes to editors, what follows them). What recalls an older agreement is decided
in deals/prior.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal, get_args

from deals.patterns import lowered
from lexicon.phrases import Words
from lexicon.sentences import cut
from lexicon.text import title_key
from news.reading import Evidence, Field

Section = Literal["headline", "lead", "body", "quote", "about", "legal", "contact"]
MAIN: frozenset[Section] = frozenset({"headline", "lead", "body", "quote"})

FIELDS: tuple[Field, ...] = get_args(Field)
_LEAD_SENTENCES = 3
_ABOUT = re.compile(r"About (?:the )?(?!Us\b|This\b|Half\b)(?:[A-Z]|\d+[A-Z-])[^.!?\n]{0,120}")
_ABOUT_THE_DEAL = re.compile(
    r"About (?:the |this |our )?(?:[A-Z][\w-]* ){0,4}(?:agreement|collaboration|transaction|deal|license|licence|"
    r"partnership|"
    r"option|terms)\b(?! partner)",
    re.IGNORECASE,
)
_LEGAL = lowered(
    r"Important (?:safety )?information\b|Indications? and (?:usage|limitations)|(?:[^a-z]{0,12}|(?:[\w’'&.,]+ "
    r"){0,5})(?:forward[- ]looking statement|safe harbou?r|cautionary (?:note|statement|language)|"
    r"disclosure notice|forward[- ]looking information|legal disclaimer|disclaimer\b|risk factors\b)"
    r"|[^.]{0,120}\b(?:contains?|includes?|constitutes?|are|is)\b[^.]{0,60}forward[- ]looking (?:statement|information)"
    r"|(?:certain |any |all |some )?statements? (?:contained |made |set forth )?in this [^.]{0,40}release"
)
_CONTACT = re.compile(
    r"(?:(?:media|investors?|press|company|corporate|public|for) (?:and \w+ )?(?:contacts?|relations|inquiries|"
    r"enquiries|"
    r"(?:more|further|additional) information)|contacts?\b\s*:|contacts?$|notes? to editors?\b|source\s*:?\s+[A-Z]|"
    r"view source version|related links|forward this article|-?\s*ends?\s*-?$|# # #)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\b(?:said|says|added|adds|commented|comments|continued|noted|notes|stated|explained|explains|told|remarked)\b"
)
_QUOTES = re.compile(r"[“”\"„«»]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands; `number` counts from 0 over the title and the text."""

    text: str
    start: int
    end: int
    field: Field
    paragraph: int
    section: Section
    number: int

    @property
    def is_main(self) -> bool:
        """Whether the sentence reports the news, rather than being a profile, a disclaimer or a contact."""
        return self.section in MAIN


@dataclass(frozen=True, slots=True, eq=False)  # itself only: it is a key of caches, and its sentences are many
class Document:
    """A prepared article; see the module's first lines."""

    title: str
    text: str
    sentences: tuple[Sentence, ...]

    def field(self, field: Field) -> str:
        """Return the title or the text."""
        return self.title if field == "title" else self.text

    def words(self, field: Field) -> Words:
        """Return the folded words of a field."""
        return Words.of(self.field(field))

    def main(self) -> tuple[Sentence, ...]:
        """Return the sentences that report the news, the title first."""
        return tuple(sentence for sentence in self.sentences if sentence.is_main)

    def evidence(self, field: Field, start: int, end: int, more: tuple[Evidence, ...] = ()) -> Evidence:
        """Return the words at a place of a field; the place is cut to the field's bounds."""
        source = self.field(field)
        start = max(0, min(start, len(source)))
        end = max(start, min(end, len(source)))
        return Evidence(source[start:end], start, end, field, more)

    def evidence_of(self, sentence: Sentence, start: int = 0, end: int | None = None) -> Evidence:
        """Return a stretch of a sentence as evidence; the offsets are within the sentence."""
        stop = len(sentence.text) if end is None else end
        return self.evidence(sentence.field, sentence.start + start, sentence.start + stop)

    def at(self, field: Field, offset: int) -> Sentence | None:
        """Return the sentence that holds a place of a field."""
        low, high = 0, len(self.sentences)
        wanted = (field == "text", offset)
        while low < high:
            middle = (low + high) // 2
            sentence = self.sentences[middle]
            if (sentence.field == "text", sentence.end) <= wanted:
                low = middle + 1
            else:
                high = middle
        if low == len(self.sentences):
            return None
        found = self.sentences[low]
        return found if found.field == field and found.start <= offset else None


def prepare(title: str, text: str) -> Document:
    """Return an article cut into sentences, each with its section; never raises, linear in the length."""
    headline = [
        Sentence(title[span.start : span.end], span.start, span.end, "title", 0, "headline", number)
        for number, span in enumerate(cut(title))
    ]
    spans = cut(text)
    sections = _sections(title, [text[span.start : span.end] for span in spans], [s.paragraph for s in spans])
    body = [
        Sentence(text[span.start : span.end], span.start, span.end, "text", span.paragraph, section, number)
        for number, (span, section) in enumerate(zip(spans, sections, strict=True), len(headline))
    ]
    return Document(title, text, (*headline, *body))


def _sections(title: str, sentences: list[str], paragraphs: list[int]) -> list[Section]:
    """Return the section of each sentence of the text."""
    key = title_key(title)
    lengths = [0, *accumulate(len(sentence) for sentence in sentences)]
    sections: list[Section] = []
    state: Section = "body"
    led = 0
    inside = False
    for number, sentence in enumerate(sentences):
        opens = number == 0 or paragraphs[number - 1] != paragraphs[number]
        if opens:
            inside = False
        state = _state(sentence, state, early=lengths[number] * 10 < lengths[-1])
        starts_inside = inside or sentence[:1] in '“"„«'
        inside = _is_inside(sentence, inside=inside)
        if state != "body":
            sections.append(state)
        elif number < 3 and key and len(sentence) <= 2 * len(title) and title_key(sentence) == key:
            sections.append("headline")
        elif starts_inside and (number == 0 or sections[-1] != "headline" or _SPOKEN.search(sentence)):
            sections.append("quote")
        elif led < _LEAD_SENTENCES and len(sentence) > 40:
            led += 1
            sections.append("lead")
        else:
            sections.append("body")
    return sections


def _state(sentence: str, state: Section, *, early: bool) -> Section:
    """Return which part of the article a sentence opens, or the part that it goes on with."""
    if _ABOUT_THE_DEAL.match(sentence) and state != "legal":
        return "body"
    if early:
        return state
    if _ABOUT.match(sentence):
        return "about"
    if _LEGAL.match(sentence.lower()):
        return "legal"
    return "contact" if _CONTACT.match(sentence) else state


def _is_inside(sentence: str, *, inside: bool) -> bool:
    """Whether direct speech is open behind a sentence."""
    for mark in _QUOTES.findall(sentence):
        if mark in "“„«":
            inside = True
        elif mark in "”»":
            inside = False
        else:
            inside = not inside
    return inside
