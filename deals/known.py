"""What the lexicon knows of an article: the concepts and companies that it names, looked up once for all rules."""

from __future__ import annotations

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


def known(document: Document, lexicon: Lexicon) -> Known:
    """Return what the lexicon knows of an article."""
    return Known(
        lexicon,
        tuple((field, item) for field in FIELDS for item in lexicon.ontology.find(document.words(field))),
        tuple((field, item) for field in FIELDS for item in lexicon.companies.find(document.words(field))),
    )
