"""Why a sum is no payment of the agreement, though the words beside it may look so: `refused(text, bound, field, …)`.

Too small, per share, paid before, the worth of a company, another company's deal, spent on something else, of the
agreement that ends; or no word near it says that it is a payment at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from deals.flow import ELIGIBLE, MORE, SPENT_ON, STILL
from deals.labels import Bound
from deals.money import Sum
from deals.paymentwords import not_a_payment
from news.reading import DealEventName, MoneyField

PER_SHARE = "price per share or piece"
TOO_SMALL = "too small to be a payment"
PAID_ALREADY = "paid already"
NO_WORD = "no payment word near"
A_WORTH = "worth of a company or of papers"
SPENT = "spent on something else"
ENDED = "of the agreement that ends"
EARLIER = "earlier agreement"
GUESSED = "an analyst's guess"
ANOTHER = "another company's deal"
_SMALLEST = Decimal(50_000)
_PER_SHARE = re.compile(
    r"[\s-]?(?:per|a|each|for each)[ -](?:\w+ )?(?:share|dose|vial|pill|tablet|ADS|test|patient|treatment|course|"
    r"year)\b|/share",
    re.IGNORECASE,
)
_RECEIVED = re.compile(
    r"(?<!will )(?<!to )(?<!shall )\breceives?\b|\b(?:receipt of|records|recorded|receiving|(?:has|have|had|"
    r"already) (?:\w+ )?(?:received|earned|paid|achieved|triggered|collected)|"
    r"(?<!is )(?<!are )(?<!be )received|earned|triggers?|triggered|"
    r"triggering|(?<!are )(?<!is )achieved|earns|was paid|were paid|(?:first|second|third) (?:[\w-]+ ){0,2}milestone|"
    r"milestone payment of)\b",
    re.IGNORECASE,
)
_REACHING = re.compile(r"\breach(?:es|ed|ing)? ", re.IGNORECASE)
_WORTH_OF = re.compile(r"[’']s worth\b")
_CLAUSE = re.compile(r"[,;]\s|\b(?:and|but|while) (?!\w+ (?:payments?|milestones?)\b)")
_NOW_PAID = re.compile(
    r"[^,;.$€£¥]{0,60}\b(?:(?:is|are) (?:now paid|paid now|waived)|(?:was|were|has been|"
    r"have been) (?:now )?(?:paid|received|waived))\b"
)
_PAID_ALREADY = re.compile(
    r"\b(?:that|which) (?:\w+ )?(?:has|have|had|was|were) already\b|\balready (?:paid|received|counted)\b"
)
_HAS_RECEIVED = re.compile(r"\b(?:has|have|had) (?:now |already )?received\b")
_SIMILAR = re.compile(
    r"\b(?:similar|comparable|rival|competing|unrelated) (?:\w+ ){0,2}(?:deal|pact|agreement|"
    r"alliance|collaboration|transaction)s?\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:analysts?|brokers?|investors)\b[^,;.]{0,40}\b(?:expect\w*|pencil\w*|forecast|predict\w*|estimat\w*|hoped|bet)\b[^,;.]*$",
    re.IGNORECASE,
)
_WORTH = re.compile(r"\b(?:worth|valu\w+)\b", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:deals?|pacts?|agreements?|alliances?|collaborat\w+|partner\w+|licen[cs]\w+|contracts?|transactions?|tie-?ups?|"
    r"accords?|options?|packages?|milestones?|payments?|terms|rights|upfront|tranche\w*|consideration|affair|"
    r"bargain|venture|programmes?|programs?|drug|asset|medicine)\b",
    re.IGNORECASE,
)
_VALUES_A_COMPANY = re.compile(
    r"\b(?:value[sd]?|valuing) (?:it|the (?:company|group|firm|business|biotech)|(?-i:[A-Z])[\w’'-]+)\b|"
    r"\b(?:shares?|stock|company|firm|group|products|compan(?:y|ies)[’']s)\b[^,;.]{0,40}\b(?:worth|valued)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Context:
    """Where a sum is read: `before` is the payment before it in the sentence, `event` what happens to the agreement."""

    before: MoneyField | None
    event: DealEventName
    follows: bool
    """Whether the sentence before states a payment."""
    after: bool
    """Whether another sum stands before it in the sentence."""
    recalled: tuple[tuple[int, int], ...] = ()
    """The clauses of the sentence that recall an earlier agreement."""


def refused(text: str, bound: Bound, field: MoneyField | None, context: Context) -> str:
    """Return why a sum is no payment to come: too small, per share, or paid before; "" where nothing speaks against."""
    item = bound.sum
    by_itself = _by_itself(text, item, context)
    if by_itself:
        return by_itself
    if _is_paid_already(text, bound, field, context.event):
        return PAID_ALREADY
    if field is not None:
        return _out_of_place(text, bound, field, context)
    return not_a_payment(bound.foreign) if bound.foreign else NO_WORD


def _by_itself(text: str, item: Sum, context: Context) -> str:
    """Return why a sum is none whatever its labels are."""
    if _PER_SHARE.match(text, item.end):
        return PER_SHARE
    if _WORTH_OF.match(text, item.end):
        return A_WORTH
    if item.amount < _SMALLEST:
        return TOO_SMALL
    return EARLIER if any(start <= item.start < end for start, end in context.recalled) else ""


def _out_of_place(text: str, bound: Bound, field: MoneyField, context: Context) -> str:
    """Return why a sum that looks like a payment is none after all."""
    item = bound.sum
    if not bound.labels and context.before == "total":
        return NO_WORD
    if field == "equity" and bound.cost > 1 and bound.end > item.end and SPENT_ON.match(text, item.end):
        return SPENT
    if field == "total" and (why := _not_the_whole(text, bound)):
        return why
    if context.event == "termination" and not STILL.search(text, max(0, item.start - 150), item.end + 60):
        return ENDED
    return GUESSED if _EXPECTED.search(text, max(0, bound.start - 90), item.start) else ""


def _not_the_whole(text: str, bound: Bound) -> str:
    """Return why a total is not that of the agreement: another deal's, or what a company is worth."""
    item = bound.sum
    if _SIMILAR.search(text, max(0, item.start - 70), item.end):
        return ANOTHER
    return A_WORTH if _WORTH.search(text, bound.start, bound.end) and _is_a_worth(text, item) else ""


def _is_a_worth(text: str, item: Sum) -> bool:
    """Whether a sum is what a company or its shares are worth."""
    near = text[max(0, item.start - 150) : item.end + 40]
    return (
        _AGREED.search(near) is None or _VALUES_A_COMPANY.search(text, max(0, item.start - 80), item.start) is not None
    )


def _is_paid_already(text: str, bound: Bound, field: MoneyField | None, event: DealEventName) -> bool:
    item = bound.sum
    if field == "milestones" and _is_received(text, bound, event):
        return True
    if event == "milestone" and field == "upfront" and not bound.labels:
        return True
    if not bound.labels and _HAS_RECEIVED.search(text, max(0, item.start - 200), item.start):
        return True
    return _PAID_ALREADY.search(text, item.end, item.end + 60) is not None


def _is_received(text: str, bound: Bound, event: DealEventName) -> bool:
    """Whether a milestone sum was paid already: that is news, but no term of the agreement."""
    item = bound.sum
    if item.up_to and not (event == "milestone" and _REACHING.search(text, max(0, item.start - 12), item.start)):
        return False
    if MORE.search(text, max(0, item.start - 25), item.start):
        return False
    before = text[max(bound.behind, item.start - 90) : item.end + 30]
    clause = _CLAUSE.search(text, bound.end)
    if ELIGIBLE.search(text, max(0, item.start - 90), min(bound.ahead, clause.start() if clause else bound.ahead)):
        return False
    if event == "milestone" and not MORE.search(before):
        return True
    return _RECEIVED.search(before) is not None or _NOW_PAID.match(text, item.end) is not None
