"""Payments that a text says to exist without a sum: "an undisclosed upfront payment", "eligible for milestones"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deals.document import Document, Sentence
from news.reading import Evidence, MoneyField

_A_PAYMENT = re.compile(
    r"payment|milestone|fee|equity|purchase|investment|consideration|upfront|up-front|sum|money|cash", re.IGNORECASE
)
_MENTIONED: tuple[tuple[MoneyField, re.Pattern[str]], ...] = (
    (
        "upfront",
        re.compile(
            r"(?:\b(?:an?|the|undisclosed|unspecified|modest|limited|significant|substantial|cash|"
            r"non-?refundable)\s){0,4}"
            r"\b(?:(?:up-?front|up front|initial|signing|one-(?:time|off)|down)[\s,](?:(?:cash|license|licence|and|"
            r"or|equity|milestone|near-term|success-based|"
            r"option|exercise|regulatory|development|commercial)[\s,]+){0,4}(?:payments?|fees?|considerations?|"
            r"sums?|money|cash)|upfront (?:and|,)|payments? upfront)",
            re.IGNORECASE,
        ),
    ),
    (
        "milestones",
        re.compile(
            r"\b(?:(?:eligible|entitled|potential|additional|future|further|specified|certain|undisclosed|"
            r"development(?:al)?|clinical|regulatory|sales|"
            r"commerciali?[sz]?\w*|approval|pre-?clinical|performance|success-based|research|and|or|upfront|tiered|"
            r"other)[\s,]+){0,8}"
            r"(?:milestones?(?:[- ](?:based )?payments?)?|milestone (?:and royalty )?payments?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "option_fee",
        re.compile(
            r"\b(?:an?|the|undisclosed)?\s?option(?:[- ]exercise)? (?:fees?|payments?)\b|\b(?:exercise|opt-in) "
            r"(?:fees?|payments?)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "equity",
        re.compile(
            r"\b(?:an?|the|undisclosed|strategic|minority)?\s?(?:equity (?:investment|stake|position|interest|"
            r"component|consideration|participation)|"
            r"(?:share|stock) purchase|securities purchase agreement|investment in [A-Z][\w-]+(?:’s|'s)? (?:common "
            r"|ordinary )?(?:stock|shares))\b",
            re.IGNORECASE,
        ),
    ),
)
_MILESTONE_MONEY = re.compile(
    r"\b(?:receiv\w*|eligible|entitled|pay\w*|paid|royalt\w*|fees?|earn\w*|financial|upfront|up front)\b", re.IGNORECASE
)
_NOT_MENTIONED = re.compile(r"\b(?:no|without|not|any)\b[^,;]{0,25}$", re.IGNORECASE)


def mentioned(document: Document, sentences: Iterable[Sentence]) -> Iterator[tuple[MoneyField, Evidence]]:
    """Yield the payments that are said to exist without a sum."""
    for sentence in sentences:
        if not _A_PAYMENT.search(sentence.text):
            continue
        for field, pattern in _MENTIONED:
            match = pattern.search(sentence.text)
            if match is None or _NOT_MENTIONED.search(sentence.text, max(0, match.start() - 40), match.start()):
                continue
            if field == "milestones" and not ("payment" in match.group() or _MILESTONE_MONEY.search(sentence.text)):
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield field, document.evidence_of(sentence, start, match.end())
