"""The sums of one sentence, each as the payment that it is: `stated(sentence, signs) -> (Payment, …)`.

The words beside a sum name the payment (deals/labels.py); where none do, the verb before it does ("pays $30 million",
"could receive another $300 million"). Sums that were received before, that are spent on something, or that buy a
company or papers are no payments of an agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from deals.document import Document, Sentence
from deals.labels import Bound, bind, field_of
from deals.money import Sum, sums
from news.reading import MoneyField

_MAYBE_MONEY = re.compile(r"\d|illion|thousand")
_FIRM = 0.5
_SMALLEST = Decimal(50_000)
_PER_SHARE = re.compile(
    r"\s?(?:per|a|each|for each) (?:\w+ )?(?:share|dose|vial|pill|tablet|ADS|test|patient|treatment|course|year)\b|"
    r"/share",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"(?<!will )(?<!to )(?<!shall )\breceives?\b|\b(?:receipt of|records|recorded|receiving|(?:has|have|had|"
    r"already) (?:\w+ )?(?:received|earned|paid|achieved|triggered|collected)|received|earned|triggers?|triggered|"
    r"triggering|"
    r"achieved|earns|was paid|were paid|(?:first|second|third) (?:[\w-]+ ){0,2}milestone|milestone payment of)\b",
    re.IGNORECASE,
)
_MORE = re.compile(r"\b(?:additional|further|another|more|subsequent|future|remaining|extra)\b", re.IGNORECASE)
_PAYS = re.compile(
    r"\b(?:pay(?:s|ing)?|paid|hand(?:s|ed|ing)? over|hand(?:s|ed|ing)?|spend(?:s|ing)?|shell(?:s|ed|ing)? out|"
    r"receiv(?:e|es|ing)|gets?|getting|collects?|"
    r"pockets?|banks|bets|received|put(?:s|ting)? (?:down|up))\b",
    re.IGNORECASE,
)
_ELIGIBLE = re.compile(
    r"\b(?:eligible|entitled|could|may|might|potential(?:ly)?|stands? to|qualif\w+|earn|in line)\b", re.IGNORECASE
)
_MAY_RECEIVE = re.compile(
    r"\b(?:eligible|entitled|qualif(?:y|ies)|in line|stands? to|(?:could|may|might|will|can|"
    r"would)\W+(?:\w+\W+){0,2}(?:receive|earn|get|collect|"
    r"reap|add|be paid|bring|see|gain|pay|owe))\b",
    re.IGNORECASE,
)
_TAKEOVER = re.compile(
    r"\b(?:acqui\w+|buy(?:s|ing)?|bought|purchas\w+|takeover|merger|bid|offer(?:s|ed|ing)?|fetch|loan|borrow)\b",
    re.IGNORECASE,
)
_PAID_ALREADY = re.compile(
    r"\b(?:that|which) (?:\w+ )?(?:has|have|had|was|were) already\b|\balready (?:paid|received|counted)\b"
)
_HAS_RECEIVED = re.compile(r"\b(?:has|have|had) (?:now |already )?received\b")
_SPENT_ON = re.compile(r"\s(?:on|over|for research|a year|per year|annually)\b")
_PAPERS = re.compile(r"\b(?:notes?|shares?|stock|stake|bonds?)\b", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\bfor an? (?:\w+ )?total of\b")
_FOR_UP_TO = re.compile(
    r"\b(?:for|in a deal|deal|pact)\W+(?:\w+\W+){0,3}(?:up to|as much as|more than|potentially)\W*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Payment:
    """One sum of the agreement: its field, where it stands, and how firmly its label is tied to it."""

    field: MoneyField
    sum: Sum
    sentence: Sentence
    start: int
    end: int
    cost: float
    listed: bool
    around: tuple[int, int]
    """The stretch of the sentence in which no other sum stands."""


def stated(sentence: Sentence, signs: Mapping[str, str]) -> Iterator[Payment]:
    """Yield the payments that a sentence states with their sums; `signs` as `meaning_of_signs` returns them."""
    before: MoneyField | None = None
    for bound in bind(sentence.text, all_sums(sentence, signs)):
        firm, field = _field(sentence.text, bound, before)
        if field is None:
            continue
        before = field
        places = (bound.behind, bound.ahead)
        yield Payment(field, firm.sum, sentence, firm.start, firm.end, firm.cost, firm.listed, places)


def all_sums(sentence: Sentence, signs: Mapping[str, str]) -> tuple[Sum, ...]:
    """Return every sum in a sentence, whatever it is."""
    return sums(sentence.text, **signs) if _MAYBE_MONEY.search(sentence.text) else ()


def meaning_of_signs(document: Document) -> dict[str, str]:
    """Return what "$" and "¥" mean in an article, as keywords of `sums`."""
    text = document.text
    canadian = re.search(r"(?:in|all amounts in|expressed in) (?:CAD|Canadian dollars|Canadian funds)\b", text)
    australian = re.search(r"(?:in|all amounts in|expressed in) (?:AUD|Australian dollars)\b", text)
    chinese = re.search(r"\b(?:RMB|CNY|yuan|renminbi)\b", text)
    japanese = re.search(r"\b(?:JPY|yen)\b", text)
    dollar = "CAD" if canadian else "AUD" if australian else "USD"
    return {"dollar": dollar, "yen": "CNY" if chinese and not japanese else "JPY"}


def _field(text: str, bound: Bound, before: MoneyField | None) -> tuple[Bound, MoneyField | None]:
    """Return the payment that a sum is, None where it is none; `before` is the payment before it in the sentence."""
    item = bound.sum
    field = field_of(bound) or _by_verb(text, bound)
    if field == "option_fee" and item.up_to and "fee" not in text[bound.start : bound.end]:
        field = "milestones"  # what may follow an exercise, not its price
    if field == "total" and before == "milestones" and _IN_TOTAL.search(text, max(0, item.start - 60), item.start):
        return replace(bound, cost=_FIRM), "milestones"  # "$540 million each, for a total of $1.6 billion"
    return bound, None if _is_other(text, bound, field, before) else field


def _is_other(text: str, bound: Bound, field: MoneyField | None, before: MoneyField | None) -> bool:
    """Whether a sum is something else than a payment to come: too small, per share, or paid before."""
    item = bound.sum
    if item.amount < _SMALLEST or _PER_SHARE.match(text, item.end):
        return True
    if field == "milestones" and _is_received(text, bound):
        return True
    if not bound.labels and (before == "total" or _HAS_RECEIVED.search(text, 0, item.start)):
        return True
    return _PAID_ALREADY.search(text, item.end, item.end + 60) is not None


def _is_received(text: str, bound: Bound) -> bool:
    """Whether a milestone sum was paid already: that is news, but no term of the agreement."""
    before = text[max(0, bound.sum.start - 90) : bound.sum.end + 30]
    return not bound.sum.up_to and _RECEIVED.search(before) is not None and not _ELIGIBLE.search(before)


def _by_verb(text: str, bound: Bound) -> MoneyField | None:
    """Return what a sum without a label is, by the verb before it: paid now, or possible later."""
    item = bound.sum
    if bound.labels or bound.foreign or _SPENT_ON.match(text, item.end):
        return None
    if _PAPERS.search(text, max(0, item.start - 60), item.start):
        return None
    before = text[max(0, item.start - 130) : item.start]
    around = before[-40:] + text[item.end : item.end + 12]
    possible = item.up_to or _ELIGIBLE.search(before) is not None
    if possible:
        if _TAKEOVER.search(before):
            return None
        if _MORE.search(around) or _MAY_RECEIVE.search(before):
            return "milestones"
        return "total" if _FOR_UP_TO.search(before) else None
    return "upfront" if _PAYS.search(before[-45:]) and not _MORE.search(around) else None
