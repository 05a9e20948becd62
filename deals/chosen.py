"""Which of the sums that name one payment is believed: `choose(document, field, figures) -> Money | None`.

The firmly tied before the loosely tied, the whole before its parts, the text before the title. Disjoint milestone sums
without a stated total are added up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from deals.document import Document
from deals.flow import MORE
from deals.stated import Figure
from news.reading import Evidence, Money, MoneyField

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


def choose(document: Document, field: MoneyField, found: Sequence[Figure]) -> Money | None:
    """Return the payment that the figures of one field state; None where there are none."""
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
    return money_of(document, best, more=tuple(_evidence(document, payment) for payment in same[:4]))


def _rank(field: MoneyField, payment: Figure) -> tuple[bool | Decimal | int, ...]:
    """Return the order in which sums of one field are believed: firmly tied first, the whole before its parts.

    A total is believed first where the words say that it is the whole, then where it is told most firmly.
    """
    loose = (payment.cost > 1 or payment.later, payment.cost > 12)
    last = (payment.sentence.field == "title", payment.sentence.number)
    if field == "total":
        return (not _says_whole(payment), *loose, last[0], -payment.sum.amount, last[1])
    if field == "milestones":
        return (*loose, not _says_whole(payment), last[0], -payment.sum.amount, last[1])
    return (*loose, *last)


def _disjoint(found: Sequence[Figure]) -> list[Figure] | None:
    """Return the parts that add up to the milestones: sums of different kinds, none of them the whole.

    In one sentence all that fall due apart from each other are added, over sentences only what is of another kind.
    """
    parts: list[Figure] = []
    seen: set[str] = set()
    for payment in found:
        kinds = _kinds(payment)
        beside = any(part.sentence is payment.sentence for part in parts)
        told = any(part.sum.amount == payment.sum.amount for part in parts) and not (beside and payment.later)
        if not kinds or told or payment.part or ((seen & kinds or (payment.later and parts)) and not beside):
            continue
        if parts and payment.sum.currency != parts[0].sum.currency:
            continue
        parts.append(payment)
        seen |= kinds
    if len(parts) < 2 or any(_is_whole(payment, parts) for payment in found):
        return None
    return parts


def _kinds(payment: Figure) -> set[str]:
    """Return the kinds of milestones that the words beside a sum name, or what else sets it apart from others."""
    text = payment.sentence.text
    left, right = payment.around
    behind = 40 if payment.start < payment.sum.start else 0
    ahead = 30 if payment.end > payment.sum.end else 0
    span = text[max(left, payment.start - behind) : min(right, payment.end + ahead)]
    kinds = {match.lastgroup or "" for match in _KINDS.finditer(span)}
    near = text[max(left, payment.sum.start - 25) : min(right, payment.sum.end + 25)]
    apart = {"event"} if payment.later else {"listed"} if payment.listed else {"more"} if MORE.search(near) else set()
    return kinds or apart


def _is_whole(payment: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a sum is what the parts come to, by its words or by arithmetic."""
    rest = sum((part.sum.amount for part in parts if part is not payment), Decimal(0))
    by_words = len(_kinds(payment)) != 1 and _says_whole(payment)
    return payment.sum.amount >= rest and (by_words or payment.sum.amount == rest)


def _says_whole(payment: Figure) -> bool:
    text, item = payment.sentence.text, payment.sum
    return _WHOLE.search(text, max(0, item.start - 60), item.end + 20) is not None


def _added(document: Document, parts: Sequence[Figure]) -> Money:
    first, *others = parts
    money = money_of(document, first, more=tuple(_evidence(document, payment) for payment in others))
    return replace(
        money,
        amount=sum((part.sum.amount for part in parts), Decimal(0)),
        up_to=any(part.sum.up_to for part in parts),
        low=None,
        summed=True,
    )


def money_of(document: Document, payment: Figure, more: tuple[Evidence, ...] = ()) -> Money:
    """Return a figure as money, with its place in the article."""
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


def _per(payment: Figure) -> Literal["program", "product", "target"] | None:
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


def _evidence(document: Document, payment: Figure) -> Evidence:
    return document.evidence_of(payment.sentence, payment.start, payment.end)
