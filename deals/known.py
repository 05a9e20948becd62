"""What the lexicon knows of an article: the concepts and companies that it names, looked up once for all rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deals.document import FIELDS, Document
from lexicon import Lexicon
from lexicon.companies import Company
from lexicon.ontology import Mention
from news.reading import Field


@dataclass(frozen=True, slots=True)
class Known:
    """The mentions of concepts and companies, with the field that each stands in, in order."""

    lexicon: Lexicon
    mentions: tuple[tuple[Field, Mention], ...]
    companies: tuple[tuple[Field, Company], ...]


def known(document: Document, lexicon: Lexicon, names: Sequence[str] = ()) -> Known:
    """Return what the lexicon knows of an article; `names` are the parties, whose words are no concepts."""
    companies = {(field, place) for field in FIELDS for place in _inside(document.field(field), names)}
    words = {field: document.words(field) for field in FIELDS}
    return Known(
        lexicon,
        tuple(
            (field, item)
            for field in FIELDS
            for item in lexicon.ontology.find(words[field])
            if (field, item.start) not in companies
        ),
        tuple((field, item) for field in FIELDS for item in lexicon.companies.find(words[field])),
    )


def _inside(text: str, names: Sequence[str]) -> Iterator[int]:
    """Yield the places at which a word of a party's name begins, such as the Cellular of "Intra-Cellular".

    The first word alone counts too where it stands for the name: "shares in Peptide".
    """
    for name in names:
        words = [match.start() for match in re.finditer(r"\w+", name)]
        if len(words) > 1 and name[words[0]].isupper():
            first = name[words[0] : words[1]].rstrip(" -")
            yield from (match.start() for match in re.finditer(rf"\b{re.escape(first)}\b(?! [a-z]+s\b)", text))
        for match in re.finditer(re.escape(name), text) if len(words) > 1 else ():
            yield from (match.start() + place for place in words)
