"""Capitalised names that are no products: companies and people by what they do, trials by what they are called.

    others(text) -> frozenset of names, squashed

Each is known by the words next to it somewhere in the article: "Dermavent will pay", "said Lindqvist", "the AURORA-3
trial". What is only called so once counts everywhere. Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lexicon.text import squash

_NAME = r"([A-Z][\w-]{2,30})"
_ACTS = re.compile(
    rf"(?<![\w-]){_NAME}(?:,[^,.;]{{3,60}},)?(?: (?:also|will|would|has|have|had|may|can|now|already))*"
    r" (?:said|says|announced|announces|agreed|agrees|signed|signs|granted|grants|paid|pays|pay|owns|own|acquired|"
    r"acquires|licensed|brings|holds|expects|plans|joins|joined|teams|teamed|gives|gave|invests|retains|retain|handles|"
    r"hopes|believes|wants|develops|snaps|snapped|picks|inks|inked|buys|bought|enters|entered|partners|partnered|"
    r"collaborates|decided|disclosed|told|reported|acknowledged|supplies|distributes|contributes|founded|owes|raised|"
    r"employs)\b"
)
_WITH = re.compile(
    r"\b(?:agreement|deal|partnership|collaboration|pact|alliance|venture|together|along|licen[sc]ed|acquired|bought|"
    r"discovered|developed|made|founded|supplied|owned)(?: \w+){0,2} (?:with|by|from|between) "
    rf"{_NAME}(?![\w-])(?! (?:in|plus) )"
)
_PERSON = re.compile(
    rf"\b(?:Mr|Ms|Mrs|Dr|Prof|analyst|spokes\w+|president|CEO|professor)s?\.? (?:[A-Z][a-z]+ )?{_NAME}"
    rf"|\b[A-Z][a-z]+ (?:[A-Z]\. )?{_NAME}(?:[’']s)?,? (?:said|told|says|added|who\b|"
    r"(?:the )?(?:chief|president|analyst|director|chairman|head|CEO|Ph\.?D|M\.?D)\b)"
    rf"|\b(?:said|says|added|according to) [A-Z][a-z]+ (?:[A-Z]\. )?{_NAME}"
)
_CALLED = r"([A-Z]{4,}(?:-[A-Z]+)?(?:[ -]?\d{1,3})?)"
_TRIAL = re.compile(
    rf"\b(?:trial|study), {_CALLED},"
    rf"|(?<![\w-]){_CALLED}[®™]?,? (?:[\w-]+ ){{0,3}}(?:trials?|stud(?:y|ies)|registry)\b"
    rf"|\b(?:trials?|study|studies|symposium|conference)\b(?: called| named| dubbed| \()+ ?\(?{_CALLED}(?![\w])"
)
_FIRM = re.compile(
    rf"(?<![\w-]){_NAME},?(?: [A-Z][a-z]+)?,? "
    r"(?:Inc|Ltd|Limited|Corp|LLC|PLC|plc|AG|SA|AB|A/S|ASA|NV|BV|GmbH|SE|Co|Therapeutics|Pharma\w*|Bio\w*|Oncology|"
    r"Holdings|Group|Medical|Health\w*|\((?:NASDAQ|NYSE|Nasdaq|OTC\w*|TSX\w*|LSE|SIX|ASX|CSE))(?![a-z])"
)
_DATELINE = re.compile(r"(?:^|\n)([A-Z]{4,}(?: [A-Z]{3,}){0,2}),")


def others(text: str) -> frozenset[str]:
    """Return the names of companies, people, trials and datelines' towns, squashed."""
    return frozenset(filter(None, map(squash, _found(text))))


def _found(text: str) -> Iterator[str]:
    for pattern in (_ACTS, _WITH, _PERSON, _TRIAL, _FIRM, _DATELINE):
        for match in pattern.finditer(text):
            yield from filter(None, match.groups())
