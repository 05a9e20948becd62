"""What a party is, as far as it tells on which side of an agreement it stands: large, academic, a distributor.

Large companies and distributors mostly take rights, universities and small research companies mostly give them. It
tips the scale where the grammar says little: in feed leads and in headlines.
"""

from __future__ import annotations

import re
from collections import Counter

from deals.document import Document
from deals.organisations import Organisation
from lexicon.companies import Companies

_ACADEMIC = re.compile(
    r"\b(?:university|universit\w+|institut\w*|college|hospital|school|academy|clinic|cancer cent(?:er|re)|"
    r"inserm|cnrs)\b",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r"(?:,? (?:Inc|Ltd|AG|SA|plc|Corp|SE|AB|NV|A/S|S\.A|Limited|LLC|Co)\.?)*(?:\s?\([^()]{0,90}\)){0,3}(?:,| is| are) "
    r"(?:an?|the|one of|Japan’s|China’s) ([^.;:]{4,160})"
)
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for name, words in (
        (
            "is-seller",
            (
                r"distribut\w+|importer|wholesal\w+|marketing compan\w+|specialty|speciality|commercial-stage|"
                r"sales and marketing|in-licens\w+|fully integrated|fully-integrated|generic\w*|pharmacy|"
                r"consumer health\w*|"
                r"promot\w+|commerciali[sz]\w+"
            ),
        ),
        (
            "is-inventor",
            (
                r"clinical-stage|clinical stage|preclinical|pre-clinical|discover\w*|platform|spin-?(?:out|off)|"
                r"biotech\w*|develop(?:s|er|ing|ment)|research\w*|pioneer\w*|innovat\w+|technolog\w+|engineer\w*|inventor"
            ),
        ),
        (
            "is-leader",
            (
                r"global|multinational|world’s largest|largest|giant|major|leading pharma\w*|leader|drugmaker|"
                r"drug maker|conglomerate|international"
            ),
        ),
        ("is-service", r"contract|CRO|CDMO|services|solutions|software|artificial intelligence|AI|data|diagnostics?"),
    )
)
STANDINGS = (*(name for name, _ in _WORDS), "is-academic", "is-known", "is-large")


def standing(document: Document, one: Organisation, companies: Companies) -> Counter[str]:
    """Return what a party is, each sign once."""
    described = " ".join(_descriptions(document, one))
    found = {name for name, pattern in _WORDS if pattern.search(described)}
    if _ACADEMIC.search(one.name):
        found.add("is-academic")
    if "known" in one.signs:
        found.add("is-known")
    if companies.is_large(one.name):
        found.add("is-large")
    return Counter(found)


def _descriptions(document: Document, one: Organisation) -> list[str]:
    """Return what the article says that a party is: behind its name, after a comma or "is"."""
    matches = (_DESCRIBED.match(document.field(m.field), m.end) for m in one.mentions[:12])
    return [match[1] for match in matches if match]
