"""The payments that a text states, as small tables, for the tests of deals/stated.py and deals/payments.py."""

from __future__ import annotations

from deals.document import prepare
from deals.payments import payments
from deals.prior import old_sentences, over
from news.reading import DealEventName, Money

Stated = dict[str, tuple[int, str]]
YEAR = 2025


def read(text: str, event: DealEventName = "new") -> dict[str, Money]:
    """Return the payments of a text, each under its field."""
    document = prepare("Helvia licenses LMR-220", text)
    found = payments(document, over(document, old_sentences(document, YEAR), event), event)
    return {str(field): money for field, money in found.items()}


def stated(text: str, event: DealEventName = "new") -> Stated:
    """Return the payments that are stated with their sums, as {field: (amount, currency)}."""
    return {
        field: (int(money.amount), money.currency or "")
        for field, money in read(text, event).items()
        if money.amount is not None
    }
