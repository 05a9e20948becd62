"""The payments of the agreement that is the news: `payments(document, skipped) -> {field: Money}`.

Sums are bound sentence by sentence (deals/labels.py). Profiles and disclaimers give none, nor do the sentences that are
`skipped` (older agreements, other companies' deals). A payment that is mentioned without a sum is there, undisclosed.
Disjoint milestone sums without a stated total are added up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from deals.document import Document, Sentence
from deals.labels import Bound, bind, field_of
from deals.mentioned import mentioned
from deals.money import Sum, sums
from news.reading import MONEY_FIELDS, Evidence, Money, MoneyField

_MAYBE_MONEY = re.compile(r"\d|illion|thousand")
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
    r"pockets?|banks|bets|received|buys? .{0,20}for|put(?:s|ting)? (?:down|up))\b",
    re.IGNORECASE,
)
_ELIGIBLE = re.compile(
    r"\b(?:eligible|entitled|could|may|might|potential(?:ly)?|stands? to|qualif\w+|earn|in line)\b", re.IGNORECASE
)
_SPENT_ON = re.compile(r"\s(?:on|over|for research|a year|per year|annually)\b")
_PAPERS = re.compile(r"\b(?:notes?|shares?|stock|stake|bonds?)\b", re.IGNORECASE)
_IN_TOTAL = re.compile(r"\bfor an? (?:\w+ )?total of\b")
_FOR_UP_TO = re.compile(
    r"\b(?:for|in a deal|deal|pact)\W+(?:\w+\W+){0,3}(?:up to|as much as|more than|potentially)\W*$", re.IGNORECASE
)
_PER = re.compile(
    r"\b(?:per|for each|for every|each|on each|for any)\s(?:(?:licensed|selected|optioned|successful|additional|"
    r"collaboration|new|DXd|resulting|"
    r"such|of the|two|three|four|five|development|clinical|nominated|designated)\s){0,3}(?P<what>programs?|"
    r"programmes?|products?|targets?|candidates?|indications?|"
    r"drugs?|ADCs?|assets?|medicines?|antibod(?:y|ies)|compounds?|therap(?:y|ies)|vaccines?|molecules?|"
    r"collaboration)\b",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"\b(?:(?P<research>research|discovery|pre-?clinical)|(?P<development>development(?:al)?|clinical|regulatory|"
    r"approval)|"
    r"(?P<sales>sales|commerciali?[sz]?\w*|net sales|launch))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:total|totall?ing|aggregate|combined|in all|altogether|overall|sum)\b", re.IGNORECASE)


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


def payments(document: Document, skipped: Collection[int] = ()) -> dict[MoneyField, Money]:
    """Return the payments of the agreement; `skipped` are the numbers of sentences about something else."""
    sentences = [sentence for sentence in document.main() if sentence.number not in skipped]
    signs = meaning_of_signs(document)
    found = [payment for sentence in sentences for payment in _in_sentence(sentence, signs)]
    stated = {field: _choose(document, field, [p for p in found if p.field == field]) for field in MONEY_FIELDS}
    result = {field: money for field, money in stated.items() if money is not None}
    if "total" not in result and (whole := _adding_up(document, sentences, signs, result)) is not None:
        result["total"] = whole
    for field, evidence in mentioned(document, sentences):
        result.setdefault(field, Money(evidence))
    return {field: result[field] for field in MONEY_FIELDS if field in result}


def _adding_up(
    document: Document, sentences: Sequence[Sentence], signs: Mapping[str, str], found: Mapping[MoneyField, Money]
) -> Money | None:
    """Return a sum that is exactly what upfront payment and milestones come to: that is the total."""
    parts = [found[field] for field in ("upfront", "milestones") if field in found and found[field].disclosed]
    if len(parts) < 2 or parts[0].currency != parts[1].currency:
        return None
    whole = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    for sentence in sentences:
        if not _MAYBE_MONEY.search(sentence.text):
            continue
        for item in sums(sentence.text, **signs):
            if item.amount == whole and item.currency == parts[0].currency:
                evidence = document.evidence_of(sentence, item.start, item.end)
                return Money(evidence, item.amount, item.currency, item.up_to)
    return None


def recalled(document: Document, sentences: Iterable[Sentence]) -> tuple[tuple[MoneyField, Money], ...]:
    """Return the payments that sentences about an older agreement name."""
    signs = meaning_of_signs(document)
    found = [payment for sentence in sentences for payment in _in_sentence(sentence, signs)]
    chosen = ((field, _choose(document, field, [p for p in found if p.field == field])) for field in MONEY_FIELDS)
    return tuple((field, money) for field, money in chosen if money is not None)


def meaning_of_signs(document: Document) -> dict[str, str]:
    """Return what "$" and "¥" mean in an article, as keywords of `sums`."""
    text = document.text
    canadian = re.search(r"(?:in|all amounts in|expressed in) (?:CAD|Canadian dollars|Canadian funds)\b", text)
    australian = re.search(r"(?:in|all amounts in|expressed in) (?:AUD|Australian dollars)\b", text)
    chinese = re.search(r"\b(?:RMB|CNY|yuan|renminbi)\b", text)
    japanese = re.search(r"\b(?:JPY|yen)\b", text)
    dollar = "CAD" if canadian else "AUD" if australian else "USD"
    return {"dollar": dollar, "yen": "CNY" if chinese and not japanese else "JPY"}


def _in_sentence(sentence: Sentence, signs: Mapping[str, str]) -> Iterable[Payment]:
    text = sentence.text
    if not _MAYBE_MONEY.search(text):
        return
    found = sums(text, **signs)
    before: MoneyField | None = None
    for bound in bind(text, found):
        item = bound.sum
        if item.amount < _SMALLEST or _PER_SHARE.match(text, item.end):
            continue
        field = field_of(bound) or _by_verb(text, bound)
        if field == "option_fee" and item.up_to and "fee" not in text[bound.start : bound.end]:
            field = "milestones"  # what may follow an exercise, not its price
        if field == "total" and before == "milestones" and _IN_TOTAL.search(text, max(0, item.start - 60), item.start):
            field = "milestones"  # "$540 million in milestones, for a total of $1.6 billion for three products"
        before = field
        if field is None or (field == "milestones" and _is_received(text, bound)):
            continue
        yield Payment(
            field, item, sentence, bound.start, bound.end, bound.cost, bound.listed, (bound.behind, bound.ahead)
        )


def _is_received(text: str, bound: Bound) -> bool:
    """Whether a milestone sum was paid already: that is news, but no term of the agreement."""
    before = text[max(0, bound.sum.start - 90) : bound.sum.end + 30]
    return not bound.sum.up_to and _RECEIVED.search(before) is not None and not _ELIGIBLE.search(before)


def _by_verb(text: str, bound: Bound) -> MoneyField | None:
    """Return what a sum without a label is, by the verb before it: paid now, or possible later."""
    item = bound.sum
    if (
        bound.labels
        or bound.foreign
        or _SPENT_ON.match(text, item.end)
        or _PAPERS.search(text, max(0, item.start - 60), item.start)
    ):
        return None
    before = text[max(0, item.start - 130) : item.start]
    around = before[-40:] + text[item.end : item.end + 12]
    possible = item.up_to or _ELIGIBLE.search(before) is not None
    if possible:
        if _MORE.search(around) or _ELIGIBLE.search(before):
            return "milestones"
        return "total" if _FOR_UP_TO.search(before) else None
    return "upfront" if _PAYS.search(before[-45:]) and not _MORE.search(around) else None


def _choose(document: Document, field: MoneyField, found: Sequence[Payment]) -> Money | None:
    if not found:
        return None
    if field == "milestones":
        parts = _disjoint(found)
        if parts is not None:
            return _added(document, parts)
    best = min(found, key=lambda payment: _rank(field, payment))
    same = [
        p for p in found if p is not best and p.sum.amount == best.sum.amount and p.sum.currency == best.sum.currency
    ]
    return _money(document, best, more=tuple(_evidence(document, payment) for payment in same[:4]))


def _rank(field: MoneyField, payment: Payment) -> tuple[bool, bool, bool, bool, Decimal, int]:
    """Return the order in which sums of one field are believed: firmly tied first, the whole before its parts."""
    if field not in {"milestones", "total"}:
        return (
            payment.cost > 1,
            payment.cost > 12,
            False,
            payment.sentence.field == "title",
            Decimal(0),
            payment.sentence.number,
        )
    whole = _WHOLE.search(payment.sentence.text, max(0, payment.sum.start - 60), payment.sum.end + 20) is not None
    return (
        payment.cost > 1,
        payment.cost > 12,
        not whole,
        payment.sentence.field == "title",
        -payment.sum.amount,
        payment.sentence.number,
    )


def _disjoint(found: Sequence[Payment]) -> list[Payment] | None:
    """Return the parts that add up to the milestones: sums of different kinds, none of them the whole."""
    parts: list[Payment] = []
    seen: set[str] = set()
    amounts: set[Decimal] = set()
    sentences: set[int] = set()
    for payment in found:
        if payment.sum.amount in amounts:
            continue
        kinds = _kinds(payment) or ({"listed"} if payment.listed else set())
        if not kinds or (seen & kinds and payment.sentence.number not in sentences):
            continue
        if parts and payment.sum.currency != parts[0].sum.currency:
            continue
        parts.append(payment)
        seen |= kinds
        sentences.add(payment.sentence.number)
        amounts.add(payment.sum.amount)
    if len(parts) < 2 or any(_is_whole(payment, parts) for payment in found):
        return None
    return parts


def _kinds(payment: Payment) -> set[str]:
    """Return the kinds of milestones that the words beside a sum name."""
    text = payment.sentence.text
    left, right = payment.around
    span = text[max(left, payment.start - 40) : min(right, payment.end + 60)]
    return {match.lastgroup or "" for match in _KINDS.finditer(span)}


def _is_whole(payment: Payment, parts: Sequence[Payment]) -> bool:
    others = [part for part in parts if part is not payment]
    return payment.sum.amount >= sum(part.sum.amount for part in others) and (
        _WHOLE.search(payment.sentence.text, max(0, payment.sum.start - 60), payment.sum.end + 20) is not None
        or payment.sum.amount == sum(part.sum.amount for part in others)
    )


def _added(document: Document, parts: Sequence[Payment]) -> Money:
    first, *others = parts
    money = _money(document, first, more=tuple(_evidence(document, payment) for payment in others))
    return replace(
        money,
        amount=sum((part.sum.amount for part in parts), Decimal(0)),
        up_to=any(part.sum.up_to for part in parts),
        low=None,
        summed=True,
    )


def _money(document: Document, payment: Payment, more: tuple[Evidence, ...] = ()) -> Money:
    item = payment.sum
    return Money(
        evidence=replace(_evidence(document, payment), more=more),
        amount=item.amount,
        currency=item.currency,
        up_to=item.up_to,
        low=item.low,
        per=_per(payment),
        check=payment.cost > 6,
    )


def _per(payment: Payment) -> Literal["program", "product", "target"] | None:
    text = payment.sentence.text
    match = _PER.search(text, max(0, payment.sum.start - 30), min(len(text), payment.end + 60))
    if match is None:
        return None
    what = match["what"].lower()
    return (
        "target"
        if what.startswith("target")
        else "program"
        if what.startswith(("program", "indication", "collab"))
        else "product"
    )


def _evidence(document: Document, payment: Payment) -> Evidence:
    return document.evidence_of(payment.sentence, payment.start, payment.end)
