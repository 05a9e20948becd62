"""The payments of the agreement that is the news: `payments(document, skipped) -> {field: Money}`.

Sums are read sentence by sentence (deals/stated.py). Profiles and disclaimers give none, nor do the sentences that are
`skipped` (older agreements, other companies' deals). A payment that is mentioned without a sum is there, undisclosed.
Disjoint milestone sums without a stated total are added up.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from deals.document import Document, Sentence
from deals.mentioned import mentioned
from deals.stated import Payment, all_sums, meaning_of_signs, stated
from news.reading import MONEY_FIELDS, Evidence, Money, MoneyField

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


def payments(document: Document, skipped: Collection[int] = ()) -> dict[MoneyField, Money]:
    """Return the payments of the agreement; `skipped` are the numbers of sentences about something else."""
    sentences = [sentence for sentence in document.main() if sentence.number not in skipped]
    signs = meaning_of_signs(document)
    found = [payment for sentence in sentences for payment in stated(sentence, signs)]
    chosen = {field: _choose(document, field, [p for p in found if p.field == field]) for field in MONEY_FIELDS}
    result = {field: money for field, money in chosen.items() if money is not None}
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
        for item in all_sums(sentence, signs):
            if item.amount == whole and item.currency == parts[0].currency:
                evidence = document.evidence_of(sentence, item.start, item.end)
                return Money(evidence, item.amount, item.currency, item.up_to)
    return None


def recalled(document: Document, sentences: Iterable[Sentence]) -> tuple[tuple[MoneyField, Money], ...]:
    """Return the payments that sentences about an older agreement name."""
    signs = meaning_of_signs(document)
    found = [payment for sentence in sentences for payment in stated(sentence, signs)]
    chosen = ((field, _choose(document, field, [p for p in found if p.field == field])) for field in MONEY_FIELDS)
    return tuple((field, money) for field, money in chosen if money is not None)


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
    return (
        payment.cost > 1,
        payment.cost > 12,
        not _says_whole(payment),
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
    behind = 40 if payment.start < payment.sum.start else 0
    ahead = 30 if payment.end > payment.sum.end else 0
    span = text[max(left, payment.start - behind) : min(right, payment.end + ahead)]
    return {match.lastgroup or "" for match in _KINDS.finditer(span)}


def _is_whole(payment: Payment, parts: Sequence[Payment]) -> bool:
    """Whether a sum is what the parts come to, by its words or by arithmetic."""
    rest = sum((part.sum.amount for part in parts if part is not payment), Decimal(0))
    by_words = len(_kinds(payment)) != 1 and _says_whole(payment)
    return payment.sum.amount >= rest and (by_words or payment.sum.amount == rest)


def _says_whole(payment: Payment) -> bool:
    text, item = payment.sentence.text, payment.sum
    return _WHOLE.search(text, max(0, item.start - 60), item.end + 20) is not None


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
