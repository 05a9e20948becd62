"""The subject of a message, from which an analyst can tell what to open first: how many, the largest, of which days.

It is a header: it names deals, which are public, and never a search or a recipient, which are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from digest.dollars import largest
from digest.headline import figure, figures, sentence
from digest.wording import clean, count, join, label, listed, say_days, shorten, zone_of
from lexicon.rates import Source as RatesSource
from news.alert import Card, Digest

LONGEST = 160
RUN = timedelta(hours=1)
"""A window shorter than this is a run, not a period."""
_NAMED = 2


def subject(digest: Digest, rates: RatesSource) -> str:
    """Return the subject, in one line of at most LONGEST characters; `rates` tell which deal is the largest."""
    days = _days(digest)
    behind = f" · {days}" if days and digest.kind != "weekly" else ""
    said = _subject(digest, rates)
    if digest.kind == "weekly":
        said = f"Week of {days}: {said}"
    return shorten(said, LONGEST - len(behind)) + behind


def title_of(card: Card) -> str:
    """Return the headline of a deal: that of the first article which reports its latest event."""
    titles = [clean(report.title) for report in card.deal.latest.reports]
    return next(filter(None, titles), "") or sentence(card.deal.latest.terms) or f"Deal {card.deal.label}"


def is_update(card: Card) -> bool:
    """Return whether a card tells what changed of a deal that was told before."""
    return card.telling.kind == "update"


def told_in(cards: Sequence[Card], new: str) -> str:
    """Return how many deals and updates there are, "6 deals and 1 update"; `new` is what a deal is called."""
    updates = sum(map(is_update, cards))
    fresh = len(cards) - updates
    return listed([count(fresh, new) if fresh else "", count(updates, "update") if updates else ""])


def _subject(digest: Digest, rates: RatesSource) -> str:
    if len(digest.cards) == 1:
        return _of_one(digest.cards[0])
    if digest.cards:
        return _of_several(digest.cards, rates)
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
        return join([shorten(said, 100), figures(terms)], ": ")
    change = next((c for c in card.telling.changes if c.field != "event"), None)
    what = f"{label(change.field)} {change.was} → {change.now}" if change is not None else figure(terms)
    return join(["Update", shorten(said, 90), shorten(what, 60)], ": ")


def _of_several(cards: Sequence[Card], rates: RatesSource) -> str:
    head = told_in(cards, "deal")
    sized = [(not is_update(card), size, card) for card in cards if (size := largest(card.deal.latest, rates))]
    if sized:
        _, _, card = max(sized, key=lambda each: each[:2])
        return f"{head}, largest {_who(card)}: {figures(card.deal.latest.terms)}"
    named = [join([_who(card), figure(card.deal.latest.terms)], " ") for card in cards[:_NAMED]]
    rest = len(cards) - _NAMED
    return f"{head}: {join([*named, f'{rest} more' if rest > 0 else ''], '; ')}"


def _who(card: Card) -> str:
    names = [shorten(party.name, 28) for party in card.deal.latest.terms.parties[:2]]
    return join(names, "/") or shorten(title_of(card), 40)


def _days(digest: Digest) -> str:
    """Return the days that a digest covers, as its reader counts them; "" for an alert, which covers none."""
    if digest.covered is None:
        return ""
    zone = zone_of(digest.recipient.time_zone)
    start, end = digest.window_start.astimezone(zone), (digest.window_start + digest.covered).astimezone(zone)
    return say_days(end.date() if digest.covered < RUN else start.date(), end.date())


def _unsure(digest: Digest) -> str:
    return f"{len(digest.perhaps)} perhaps" if digest.perhaps else ""
