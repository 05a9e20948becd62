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
from digest.quotes import excerpt
from digest.subject import is_update, title_of
from digest.view import CardView, Earlier, Fact, Figure, Moved, Quote, Reason, Source
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
    say_day,
    say_money,
    say_royalties,
    say_time,
    shorten,
)
from lexicon.rates import Source as RatesSource
from news.alert import Card, Match, Why
from news.reading import Evidence, Money, MoneyField, Named, Party, Prior, Terms
from news.story import Change, Deal, DealEvent, Report

_LABELS: dict[str, str] = {**MONEY_LABELS, "parties": "Parties", "kind": "Type"}
_NUMERALS = re.compile(r"\d[\d,.]*\d|\d")
_SCALE = {"bn": Decimal(10**9), "m": Decimal(10**6)}
_OPERATOR = re.compile(r"[:<>=]")
Outlets = Mapping[str, str]


def card_view(card: Card, zone: tzinfo, rates: RatesSource) -> CardView:
    """Return the card of a deal; its sums in US dollars are of the day on which the event was announced."""
    deal, event = card.deal, card.deal.latest
    dollars = in_dollars(event, rates)
    terms, sources = event.terms, _sources(deal)
    outlets = {s.url: s.outlet for s in sources} if len(sources) > 1 else {}
    url = next((link(r.address) for r in event.reports if link(r.address)), "")
    return CardView(
        label=deal.label,
        kicker=_kicker(event),
        badges=tuple(filter(None, ["Update" if is_update(card) else "", "Late" if deal.late else ""])),
        notice="Late: pactwatch could not reach its source when this came out." if deal.late else "",
        title=shorten(title_of(card), 300),
        url=url,
        lead=_lead(card),
        changes=tuple(_moved(change, outlets) for change in card.telling.changes) if is_update(card) else (),
        facts=tuple(_facts(terms)),
        figures=_figures(terms, outlets, dollars),
        rates=say_rates(dollars.values()),
        earlier=(
            *(_before(e, outlets) for e in reversed(deal.events[:-1])),
            *_priors(terms, outlets),
        ),
        why=tuple(_reason(match) for match in card.matches),
        sources=sources,
        seen=f"Seen here {say_time(deal.first_seen, zone)}",
        commands=(f"pactwatch deals show {deal.label}", *([f"pactwatch explain {shlex.quote(url)}"] if url else [])),
    )


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
            yield Fact(names[len(held) > 1], "; ".join(shorten(p.name, 120) for p in held))
    rows: tuple[tuple[str, Sequence[Named | Party]], ...] = (
        ("Asset", terms.assets),
        ("Target", terms.targets),
        ("Modality", terms.modalities),
        ("Indication", terms.indications),
        ("Stage", (terms.stage,) if terms.stage else ()),
        ("Territory", (terms.territory,) if terms.territory else ()),
    )
    for name, values in rows:
        if said := ", ".join(filter(None, (shorten(value.name, 120) for value in values))):
            yield Fact(name, said)


def _figures(terms: Terms, outlets: Outlets, dollars: Dollars = MappingProxyType({})) -> tuple[Figure, ...]:
    rows = [replace(_figure(n, money, outlets), usd=say_dollars(dollars.get(n))) for n, money in terms.money()]
    if terms.royalties is not None:
        rates = [r for r in (terms.royalties.low, terms.royalties.high) if r is not None]
        quote = _quote(terms.royalties.evidence, rates, outlets)
        rows.append(Figure("Royalties", say_royalties(terms.royalties), (quote,)))
    return tuple(rows)


def _figure(name: MoneyField, money: Money, outlets: Outlets) -> Figure:
    amounts = [a for a in (money.amount, money.low) if a is not None]
    places = [money.evidence, *money.evidence.more] if money.summed else [money.evidence]
    return Figure(
        label=MONEY_LABELS[name],
        value=say_money(money),
        quotes=tuple(_quote(place, None if money.summed else amounts, outlets) for place in places),
        stated=money.disclosed,
        check=money.check,
        note=f"added up from {len(places)} places" if money.summed and len(places) > 1 else "",
    )


def _quote(evidence: Evidence, amounts: Sequence[Decimal] | None, outlets: Outlets) -> Quote:
    url = link(evidence.url)
    return Quote(excerpt(evidence.context or evidence.quote, amounts), outlets.get(url, ""), url)


def _moved(change: Change, outlets: Outlets) -> Moved:
    return Moved(
        label=label(change.field, _LABELS),
        was=shorten(change.was, 160) or "not mentioned",
        now=shorten(change.now, 160),
        quote_was=_behind(change.evidence_was, change.was, outlets),
        quote_now=_behind(change.evidence_now, change.now, outlets),
    )


def _behind(evidence: Evidence | None, said: str, outlets: Outlets) -> Quote | None:
    return None if evidence is None else _quote(evidence, _amounts(said), outlets)


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


def _priors(terms: Terms, outlets: Outlets) -> Iterable[Earlier]:
    """Return the earlier agreements that are recalled, those of one sentence together."""
    by_quote: dict[str, list[Prior]] = {}
    for prior in terms.prior:
        by_quote.setdefault(clean(prior.evidence.quote), []).append(prior)
    for recalled, priors in by_quote.items():
        years = ", ".join(str(year) for year in sorted({p.year for p in priors if p.year}))
        name = f"Earlier agreement{'s' if len(priors) > 1 else ''}{f' ({years})' if years else ''}"
        figures = [_figure(field, money, outlets) for prior in priors for field, money in prior.money]
        # Most figures stand in the sentence that recalls the agreement; it is quoted once.
        figures = [replace(f, quotes=tuple(q for q in f.quotes if str(q.words) not in recalled)) for f in figures]
        quote = _quote(priors[0].evidence, (), outlets)
        yield Earlier(f"{name}, not part of this deal", quote, tuple(figures))


def _before(event: DealEvent, outlets: Outlets) -> Earlier:
    what = join([label(event.terms.kind, KIND_LABELS), label(event.terms.event, EVENT_LABELS)], ", ")
    standing = _standing(event)
    figures = _figures(event.terms, outlets)
    return Earlier(f"Before, in the same deal: {what}, {standing[:1].lower()}{standing[1:]}", None, figures)


def _reason(match: Match) -> Reason:
    return Reason(clean(match.search), tuple(dict.fromkeys(filter(None, map(_words, match.why)))))


def _words(why: Why) -> str:
    """Return the words that matched, and the part of the query where that says more than they do."""
    words, part = shorten(why.words, 120), shorten(why.part, 80)
    if not words:
        return part
    return f"“{words}” ({part})" if _OPERATOR.search(part) else f"“{words}”"


def _sources(deal: Deal) -> tuple[Source, ...]:
    """Return every article of a deal once, those of its latest event first."""
    found: dict[str, Report] = {}
    for event in reversed(deal.events):
        for report in event.reports:
            found.setdefault(report.address, report)
    return tuple(
        Source(clean(r.outlet), shorten(r.title, 200) or clean(r.address), link(r.address), say_day(r.announced))
        for r in found.values()
    )
