"""Sentences about other companies' deals: `foreign_sentences(document, known, names) -> frozenset[int]`.

News stories compare:
    "Genentech paid $80 million upfront for a rival". A sentence with a sum that names a known company which
is no party, and not both parties, gives no terms.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from deals.document import Document
from deals.known import Known

_NO_PARTNER = re.compile(
    r"\b(?:agency|administration|ministry|commission|organization|organisation|government|authority|exchange|nasdaq)\b"
)
_MONEY = re.compile(r"[$€£¥₩₹]|\b(?:million|billion|mln|bn)\b|\b(?:USD|EUR|GBP|JPY|CHF|RMB|CNY|SEK|DKK|NOK)\b")


def foreign_sentences(document: Document, known: Known, names: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the sentences that speak of other companies' deals; none where no parties are known."""
    key = known.lexicon.companies.key
    parties = {key(name) for name in names} - {""}
    stems = {party.split()[0] for party in parties}
    found: set[int] = set()
    for field, company in known.companies if parties else ():
        sentence = document.at(field, company.start)
        if sentence is None or sentence.section == "headline" or not _MONEY.search(sentence.text):
            continue
        other = key(company.name)
        if other in parties or other.split()[0] in stems or _NO_PARTNER.search(other):
            continue
        text = sentence.text.lower()
        if sum(stem in text for stem in stems) < min(2, len(stems)):
            found.add(sentence.number)
    return frozenset(found)
