"""The subject of a message, from which an analyst can tell what to open first.

It is a header: it names deals, which are public, and never a search or a recipient, which are not.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.headline import figure, sentence
from digest.wording import clean, count, join, label, listed, shorten
from news.alert import Card, Digest

LONGEST = 160
_NAMED = 2


def subject(digest: Digest) -> str:
    """Return the subject, in one line of at most LONGEST characters."""
    return shorten(_subject(digest), LONGEST)


def title_of(card: Card) -> str:
    """Return the headline of a deal: that of the first article which reports its latest event."""
    titles = [clean(report.title) for report in card.deal.latest.reports]
    return next(filter(None, titles), "") or sentence(card.deal.latest.terms) or f"Deal {card.deal.label}"


def is_update(card: Card) -> bool:
    """Return whether a card tells what changed of a deal that was told before."""
    return card.telling.kind == "update"


def _subject(digest: Digest) -> str:
    if len(digest.cards) == 1:
        return _of_one(digest.cards[0])
    if digest.cards:
        return _of_several(digest.cards)
    if digest.perhaps and not digest.backlog:
        return f"Perhaps: {count(len(digest.perhaps), 'title')} to look at"
    if digest.backlog:
        return join([f"Already out there: {count(digest.backlog.found, 'deal')} found", _unsure(digest)], ", ")
    watched = f" from {count(digest.health.sources, 'source')}" if digest.health else ""
    return f"No new deals{watched}"


def _of_one(card: Card) -> str:
    terms = card.deal.latest.terms
    said = sentence(terms) or title_of(card)
    if not is_update(card):
        return join([shorten(said, 110), figure(terms)], ": ")
    change = next((c for c in card.telling.changes if c.field != "event"), None)
    what = f"{label(change.field)} {change.was} → {change.now}" if change is not None else figure(terms)
    return join(["Update", shorten(said, 90), shorten(what, 60)], ": ")


def _of_several(cards: Sequence[Card]) -> str:
    updates = sum(map(is_update, cards))
    new = len(cards) - updates
    head = listed([count(new, "deal") if new else "", count(updates, "update") if updates else ""])
    first = sorted(cards, key=lambda card: (is_update(card), not figure(card.deal.latest.terms)))
    named = [join([_who(card), figure(card.deal.latest.terms)], " ") for card in first[:_NAMED]]
    rest = len(cards) - _NAMED
    return f"{head}: {join([*named, f'{rest} more' if rest > 0 else ''], '; ')}"


def _who(card: Card) -> str:
    names = [shorten(party.name, 28) for party in card.deal.latest.terms.parties[:2]]
    return join(names, "/") or shorten(title_of(card), 40)


def _unsure(digest: Digest) -> str:
    return f"{len(digest.perhaps)} perhaps" if digest.perhaps else ""
