"""Sentences about other companies' deals: `foreign_sentences(document, known, names) -> frozenset[int]`.

News stories compare: "Genentech paid $80 million upfront for a rival". A sentence with a sum that names a known company
which is no party, and not both parties, gives no terms; nor does one in which somebody unknown paid or got it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from deals.document import Document, Sentence
from deals.known import Known

_NO_PARTNER = re.compile(
    r"\b(?:agency|administration|ministry|commission|organization|organisation|government|authority|exchange|nasdaq)\b"
)
_MONEY = re.compile(r"[$€£¥₩₹]|\b(?:million|billion|mln|bn)\b|\b(?:USD|EUR|GBP|JPY|CHF|RMB|CNY|SEK|DKK|NOK)\b")
_SOMEBODY_DID = re.compile(
    r"(?:(?:In (?:\w+ )?\d{4}|In \w+|Last \w+|[A-Z]\w+ \w+ ago|Rival|Competitor|Peer|Meanwhile|Separately),?\s)?"
    r"(?P<name>(?!The\b|It\b|They\b|This\b|That\b|Both\b|Each\b|We\b|He\b|She\b|In\b|Under\b|As\b|At\b|For\b)"
    r"[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*){0,3})(?:,[^,;.]{0,60},)?\s(?:has\s|had\s|also\s|already\s){0,2}"
    r"(?:paid|got|received|struck|signed|bought|licensed|sold|put down|handed|landed|secured|inked)\b"
)
_WORDS = re.compile(r"[\w&]+")


def foreign_sentences(document: Document, known: Known, names: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the sentences that speak of other companies' deals; none where no parties are known."""
    if not names:
        return frozenset()
    return frozenset({*_of_known(document, known, names), *_of_unknown(document, known, names)})


def _of_known(document: Document, known: Known, names: Sequence[str]) -> Iterator[int]:
    """Yield the sentences that name a known company which is no party, and not both parties."""
    key = known.lexicon.companies.key
    parties = {key(name) for name in names} - {""}
    stems = {party.split()[0] for party in parties}
    for field, company in known.companies if parties else ():
        sentence = document.at(field, company.start)
        if sentence is None or sentence.section == "headline" or not _MONEY.search(sentence.text):
            continue
        other = key(company.name)
        written = document.field(field)[company.start : company.end].lower().split()
        if other in parties or other.split()[0] in stems or (written and written[0] in stems):
            continue
        text = sentence.text.lower()
        if not _NO_PARTNER.search(other) and sum(stem in text for stem in stems) < min(2, len(stems)):
            yield sentence.number


def _of_unknown(document: Document, known: Known, names: Sequence[str]) -> Iterator[int]:
    """Yield the sentences in which somebody whom no party's name fits paid or got money."""
    key = known.lexicon.companies.key
    parties = {key(name) for name in names}
    told = {document.at(field, one.start) for field, one in known.companies if key(one.name) in parties}
    words = {word.lower() for name in names for word in _WORDS.findall(name)}
    initials = {"".join(word[0] for word in _WORDS.findall(name)).lower() for name in names}
    for sentence in document.main():
        if sentence.section == "headline" or sentence in told or not _MONEY.search(sentence.text):
            continue
        if (match := _SOMEBODY_DID.match(sentence.text)) is not None:
            named = {word.lower() for word in _WORDS.findall(match["name"])}
            if not named & words and not named & initials and not _names_a_party(sentence, words):
                yield sentence.number


def _names_a_party(sentence: Sentence, words: set[str]) -> bool:
    """Whether a word of a party's name stands in a sentence, in capitals as names are."""
    return any(word.lower() in words for word in _WORDS.findall(sentence.text) if word[:1].isupper())
