"""Turn one deal into the card that shows it: figures and their quotes, facts, what changed, why, where it stands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo
from decimal import Decimal
from types import MappingProxyType

from digest.dollars import Dollars, in_dollars, say_dollars, say_rates
from digest.headline import sentence
from digest.matched import reasons
from digest.outlets import outlets, sources
from digest.quotes import excerpt
from digest.subject import is_update, title_of
from digest.view import Block, CardView, Earlier, Fact, Figure, LineView, Moved, Quote, Sum
from digest.wording import (
    EVENT_LABELS,
    KIND_LABELS,
    MONEY_LABELS,
    ROLE_LABELS,
    STATUS_LABELS,
    clean,
    join,
    label,
    link,
    listed,
    say_day,
    say_money,
    say_royalties,
    say_time,
    shorten,
)
from lexicon.rates import Source as RatesSource
from news.alert import Card
from news.reading import Evidence, Money, MoneyField, Named, Party, Prior, Terms
from news.story import Change, Deal, DealEvent

_LABELS: dict[str, str] = {**MONEY_LABELS, "parties": "Parties", "kind": "Type"}
_BY_A_PERSON = "corrected by "
"""How the words behind a value begin that no article says, but somebody here."""
_NUMERALS = re.compile(r"\d[\d,.]*\d|\d")
_SCALE = {"bn": Decimal(10**9), "m": Decimal(10**6)}
_NAMES, _PLACES, _EARLIER = 12, 4, 3
"""At most so many names in a line, places behind a sum, earlier agreements; names beyond that are counted."""
Outlets = Mapping[str, str]


def card_view(card: Card, zone: tzinfo, rates: RatesSource) -> CardView:
    """Return the card of a deal; its sums in US dollars are of the day on which the event was announced."""
    deal, event = card.deal, card.deal.latest
    dollars = in_dollars(event, rates)
    terms, whose = event.terms, outlets(deal)
    url = next((link(r.address) for r in event.reports if link(r.address)), "")
    return CardView(
        label=deal.label,
        kicker=_kicker(event),
        badges=tuple(filter(None, ["Update" if is_update(card) else "", "Late" if deal.late else ""])),
        notices=tuple(_notices(deal)),
        title=shorten(title_of(card), 300),
        url=url,
        lead=_lead(card),
        changes=tuple(_moved(change, whose, terms) for change in card.telling.changes) if is_update(card) else (),
        facts=tuple(_facts(terms)),
        figures=_figures(terms, whose, dollars),
        silent=f"Whether payments are mentioned is behind the {clean(terms.behind)}."
        if terms.behind
        else "No payments are mentioned.",
        rates=say_rates(dollars.values()),
        earlier=_earlier(deal, whose),
        why=reasons(card),
        alike=_alike(card),
        sources=sources(card, zone),
        seen=f"Seen here {say_time(deal.first_seen, zone)}",
        wrong=(
            f"Is something wrong? Name {deal.label} to whoever runs pactwatch for you, who can correct it "
            f"(pactwatch deals set {deal.label}, pactwatch deals reject {deal.label})."
        ),
        commands=(f"pactwatch deals show {deal.label}", *([f"pactwatch explain {shlex.quote(url)}"] if url else [])),
    )


def _notices(deal: Deal) -> Iterable[str]:
    """Yield what a reader must know before the terms."""
    if deal.rejected:
        yield "Somebody here has marked this as no deal."
    if deal.late:
        yield "Late: pactwatch could not reach its source when this came out."
    if behind := clean(deal.latest.terms.behind):
        yield f"Read from the summary in the feed only: the article itself is behind a {behind}."


def _kicker(event: DealEvent) -> str:
    """Return type, event, status and day in a line above the headline."""
    terms = event.terms
    return join(
        [
            label(terms.kind, KIND_LABELS),
            label(terms.event, EVENT_LABELS),
            _standing(event),
        ]
    )


def _standing(event: DealEvent) -> str:
    """Return the status with its day; a day that is only that of our first sight is called so."""
    known = event.terms.announced is None or event.terms.announced.source != "first-seen"
    return f"{label(event.terms.status, STATUS_LABELS)}{' ' if known else ', first seen '}{say_day(event.announced)}"


def _lead(card: Card) -> str:
    """Return who does what with whom, unless the headline says just that."""
    said = sentence(card.deal.latest.terms)
    return "" if said == title_of(card) else said


def _facts(terms: Terms) -> Iterable[Fact]:
    for role, names in ROLE_LABELS.items():
        held = [party for party in terms.parties if party.role == role]
        if held:
            yield Fact(names[len(held) > 1], _names(held, "; "))
    rows: tuple[tuple[str, Sequence[Named | Party]], ...] = (
        ("Asset", terms.assets),
        ("Target", terms.targets),
        ("Modality", terms.modalities),
        ("Indication", terms.indications),
        ("Stage", (terms.stage,) if terms.stage else ()),
        ("Territory", (terms.territory,) if terms.territory else ()),
    )
    for name, values in rows:
        if said := _names(values, ", "):
            yield Fact(name, said)


def _names(values: Sequence[Named | Party], between: str) -> str:
    """Return names in a line; those beyond _NAMES are counted."""
    said = [name for name in (shorten(value.name, 120) for value in values) if name]
    left = len(said) - _NAMES
    return between.join([*said[:_NAMES], *([f"{left} more"] if left > 0 else [])])


def _figures(terms: Terms, whose: Outlets, dollars: Dollars = MappingProxyType({})) -> tuple[Figure, ...]:
    rows = [replace(_figure(n, money, whose), usd=say_dollars(dollars.get(n))) for n, money in terms.money()]
    if terms.royalties is not None:
        rates = [r for r in (terms.royalties.low, terms.royalties.high) if r is not None]
        quote = _quote(terms.royalties.evidence, rates, whose)
        rows.append(Figure("Royalties", say_royalties(terms.royalties), (quote,)))
    return tuple(rows)


def _figure(name: MoneyField, money: Money, whose: Outlets) -> Figure:
    amounts = [a for a in (money.amount, money.low) if a is not None]
    places = [money.evidence, *money.evidence.more] if money.summed else [money.evidence]
    shown = places[:_PLACES]
    return Figure(
        label=MONEY_LABELS[name],
        value=say_money(money),
        quotes=tuple(_quote(place, None if money.summed else amounts, whose) for place in shown),
        stated=money.disclosed,
        check=money.check,
        note=f"added up from {len(places)} places" if money.summed and len(places) > 1 else "",
    )


def _quote(evidence: Evidence, amounts: Sequence[Decimal] | None, whose: Outlets) -> Quote:
    url = link(evidence.url)
    words = excerpt(evidence.context or evidence.quote, amounts)
    return Quote(words, whose.get(url, ""), url, ours=not url and evidence.quote.startswith(_BY_A_PERSON))


def _moved(change: Change, whose: Outlets, terms: Terms) -> Moved:
    return Moved(
        label=label(change.field, _LABELS),
        was=shorten(change.was, 160) or (f"behind the {clean(terms.behind)}" if terms.behind else "not mentioned"),
        now=shorten(change.now, 160),
        quote_was=_behind(change.evidence_was, change.was, whose),
        quote_now=_behind(change.evidence_now, change.now, whose),
    )


def _behind(evidence: Evidence | None, said: str, whose: Outlets) -> Quote | None:
    return None if evidence is None else _quote(evidence, _amounts(said), whose)


def _amounts(said: str) -> list[Decimal]:
    """Return the amounts that words like "EUR 1.35bn" name, to find them in the quote."""
    found = []
    for numeral in _NUMERALS.finditer(said):
        unit = said[numeral.end() :].lstrip()[:2]
        scale = _SCALE["bn"] if unit == "bn" else _SCALE["m"] if unit[:1] == "m" else Decimal(1)
        digits = numeral[0].replace(",", "")
        if digits.count(".") <= 1:
            found.append(Decimal(digits) * scale)
    return found


def _priors(terms: Terms, whose: Outlets) -> Iterable[Earlier]:
    """Return the earlier agreements that are recalled, those of one sentence together."""
    by_quote: dict[str, list[Prior]] = {}
    for prior in terms.prior:
        by_quote.setdefault(clean(prior.evidence.quote), []).append(prior)
    for recalled, priors in by_quote.items():
        years = ", ".join(str(year) for year in sorted({p.year for p in priors if p.year}))
        name = f"Earlier agreement{'s' if len(priors) > 1 else ''}{f' ({years})' if years else ''}"
        figures = [_figure(field, money, whose) for prior in priors for field, money in prior.money]
        # Most figures stand in the sentence that recalls the agreement; it is quoted once.
        figures = [replace(f, quotes=tuple(q for q in f.quotes if str(q.words) not in recalled)) for f in figures]
        quote = _quote(priors[0].evidence, (), whose)
        yield Earlier(f"{name}, not part of this deal", quote, tuple(figures))


def _before(event: DealEvent, whose: Outlets) -> Earlier:
    what = join([label(event.terms.kind, KIND_LABELS), label(event.terms.event, EVENT_LABELS)], ", ")
    standing = _standing(event)
    figures = _figures(event.terms, whose)
    return Earlier(f"Before, in the same deal: {what}, {standing[:1].lower()}{standing[1:]}", None, figures)


def _earlier(deal: Deal, whose: Outlets) -> tuple[Earlier, ...]:
    """Return the earlier events of a deal, the last first, and the agreements that it recalls."""
    found = (*(_before(event, whose) for event in reversed(deal.events[:-1])), *_priors(deal.latest.terms, whose))
    return found[:_EARLIER]


def _alike(card: Card) -> Block | None:
    """Return what the terms can be compared with: deals of the same modality and stage, with their upfronts."""
    terms = card.deal.latest.terms
    if not card.comparable or terms.stage is None:
        return None
    modalities = listed(shorten(each.name, 60) for each in terms.modalities)
    about = join([modalities, shorten(terms.stage.name, 60)])
    return Block("To compare", (about,), tuple(map(_like, card.comparable)), columns=("Upfront",))


def _like(deal: Deal) -> LineView:
    terms = deal.latest.terms
    title = next((clean(report.title) for report in deal.latest.reports), "")
    return LineView(
        title=shorten(sentence(terms) or title or deal.label, 140),
        url=next((link(r.address) for r in deal.latest.reports if link(r.address)), ""),
        about=join([say_day(deal.latest.announced), deal.label]),
        sums=(Sum(say_money(terms.upfront) if terms.upfront else "not mentioned", "upfront"),),
    )
