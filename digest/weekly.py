"""The weekly summary: a table of the week's deals, and what they come to by modality."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from digest.dollars import say_added, usd
from digest.headline import columns, sentence
from digest.subject import is_update, title_of
from digest.view import Block, LineView, Total, Totals
from digest.wording import count, join, link, listed, say_day, shorten
from lexicon.rates import Source as RatesSource
from news.alert import Card
from news.story import DealEvent

_UNNAMED = "No modality named"


@dataclass(frozen=True, slots=True)
class _Summed:
    """What a deal adds to the totals, in US dollars; None where it is not stated or cannot be converted."""

    modality: str
    upfront: Decimal | None
    total: Decimal | None


def once(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return the cards of a week with each deal once: a deal that was told twice is its update."""
    found: dict[int, Card] = {}
    for card in cards:
        if card.deal.id not in found or is_update(card):
            found[card.deal.id] = card
    return tuple(found.values())


def deal_line(card: Card) -> LineView:
    """Return a deal in a line, with the columns "Upfront" and "In total"."""
    terms = card.deal.latest.terms
    badge = "Update" if is_update(card) else "Late" if card.deal.late else ""
    return LineView(shorten(sentence(terms) or title_of(card), 140), badge=badge, sums=columns(terms))


def by_deal(lines: Sequence[LineView]) -> Block:
    """Return lines of deals as a table."""
    return Block("", (), tuple(lines), columns=("Upfront", "In total"))


def week(cards: Sequence[Card]) -> tuple[LineView, ...]:
    """Return the deals of a week in lines, with what they are about and when they were announced."""
    return tuple(map(_row, cards))


def totals(cards: Sequence[Card], rates: RatesSource) -> Totals | None:
    """Return the totals by modality, those of most deals first, with all of them at the end; None for no deal."""
    if not cards:
        return None
    summed = [_summed(card.deal.latest, rates) for card in cards]
    groups: dict[str, list[_Summed]] = {}
    for each in summed:
        groups.setdefault(each.modality, []).append(each)
    ordered = sorted(groups.items(), key=lambda group: (group[0] == _UNNAMED, -len(group[1]), group[0].casefold()))
    rows = [_total(name, group) for name, group in ordered]
    return Totals((*rows, _total("All", summed, whole=True)), tuple(_notes(summed)))


def _row(card: Card) -> LineView:
    terms, line = card.deal.latest.terms, deal_line(card)
    modalities = listed((shorten(named.name, 40) for named in terms.modalities), most=2)
    stage = shorten(terms.stage.name, 40) if terms.stage else ""
    url = next((link(r.address) for r in card.deal.latest.reports if link(r.address)), "")
    about = join([say_day(card.deal.latest.announced), modalities, stage, card.deal.label])
    return LineView(line.title, url, about, badge=line.badge, sums=line.sums)


def _summed(event: DealEvent, rates: RatesSource) -> _Summed:
    terms = event.terms
    modality = shorten(terms.modalities[0].name, 60) if terms.modalities else ""
    return _Summed(modality or _UNNAMED, usd(terms.upfront, event, rates), usd(terms.total, event, rates))


def _total(name: str, group: Sequence[_Summed], *, whole: bool = False) -> Total:
    upfront = say_added(each.upfront for each in group if each.upfront is not None)
    total = say_added(each.total for each in group if each.total is not None)
    return Total(name, f"{len(group):,}", (upfront, total), whole)


def _notes(summed: Sequence[_Summed]) -> Iterable[str]:
    stated = sum(each.upfront is not None for each in summed)
    in_all = sum(each.total is not None for each in summed)
    yield f"{count(stated, 'deal states', 'deals state')} an upfront, {in_all:,} a total; the others add nothing here."
    yield (
        "A deal of several modalities counts under the first. “Up to” counts in full; other currencies than US dollars "
        "at the ECB’s rate of the day."
    )
