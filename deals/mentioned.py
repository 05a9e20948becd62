"""Payments that a text says to exist without a sum: "an undisclosed upfront payment", "eligible for milestones"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deals.document import Document, Sentence
from deals.flow import ELIGIBLE, STILL
from news.reading import DealEventName, Evidence, MoneyField

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
            r"sums?|money|cash)|upfront (?:and|,)|payments? upfront|licen[cs]e fees?)|"
            r"\bfor an undisclosed (?:sum|amount|fee|price)\b|"
            r"\b(?:undisclosed |unspecified |\w+[- ](?:figure|digit) )?(?:sum|amount|payment|fee)s?\b"
            r"[^,.;$€£¥]{0,25}\b(?:up[- ]?front|(?:at|on|upon) (?:signing|signature|closing|execution))\b",
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
            r"(?:milestones?(?:[- ](?:based )?payments?)?|milestone (?:and royalty )?payments?)\b|"
            r"\bpayments? (?:along the way|contingent (?:up)?on|tied to|dependent on|linked to|"
            r"(?:up)?on reaching)\b",
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
    r"\b(?:receiv\w*|eligible|entitled|pay\w*|paid|royalt\w*|fees?|earn\w*|financial|upfront|up front|worth|deal|"
    r"million|billion)\b",
    re.IGNORECASE,
)
_ALWAYS_MONEY = re.compile(r"payment|\bsales milestones", re.IGNORECASE)
_REACHED = re.compile(
    r"\b(?:receipt of|(?:has|have|had) (?:\w+ )?(?:received|earned|achieved|reached|met|triggered)|triggers?|triggered|"
    r"achieved|reached|(?:first|second|third|latest|a|this|another) (?:[\w$€£.-]+ ){0,4}milestone(?! payments))\b",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(r"(?:\w+\s)*one-(?:time|off)\s[^,]*milestone", re.IGNORECASE)
_NOT_MENTIONED = re.compile(
    r"\b(?:no|without|not|any)\b(?! (?:disclos|reveal|say|specif|detail|give))[^,;]{0,25}$", re.IGNORECASE
)


def mentioned(
    document: Document, sentences: Iterable[Sentence], event: DealEventName = "new"
) -> Iterator[tuple[MoneyField, Evidence]]:
    """Yield the payments that are said to exist without a sum.

    Of an agreement that ends only what is still owed is one; a milestone that was reached is none.
    """
    for sentence in sentences:
        text = sentence.text
        if not _A_PAYMENT.search(text) or (event == "termination" and not STILL.search(text)):
            continue
        for field, pattern in _MENTIONED:
            match = pattern.search(text)
            if match is None or _NOT_MENTIONED.search(text, max(0, match.start() - 40), match.start()):
                continue
            if field == "upfront" and _ONE_TIME.match(match.group()):
                continue
            if field == "milestones" and not _is_owed(text, match.group(), event):
                continue
            start = match.start() + len(match.group()) - len(match.group().lstrip())
            yield field, document.evidence_of(sentence, start, match.end())


def _is_owed(text: str, words: str, event: DealEventName) -> bool:
    """Whether milestones are payments that may come, neither goals nor a payment that was made."""
    if not (_ALWAYS_MONEY.search(words) or _MILESTONE_MONEY.search(text)):
        return False
    return ELIGIBLE.search(text) is not None or not (event == "milestone" or _REACHED.search(text))
