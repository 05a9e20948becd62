"""A deal in few words: what a feed's entry and a chat message say of it, where there is no room for a card."""

from __future__ import annotations

from dataclasses import dataclass

from digest.dollars import Dollars, say_dollars
from digest.headline import figures, sentence
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
    shorten,
)
from news.alert import Match
from news.reading import Evidence, Party, Terms
from news.story import Deal, Report

_LONGEST_QUOTE = 300
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Said:
    """A thing that is known of a deal, with the words behind it where it is a figure."""

    label: str
    value: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An article; `url` is "" where it has no http or https address."""

    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A deal in few words; `label` is its id as people type it, `why` the words that matched."""

    label: str
    title: str
    figures: str
    facts: tuple[Said, ...]
    articles: tuple[Told, ...]
    why: tuple[str, ...]

    @property
    def line(self) -> str:
        """The deal in one line."""
        return join([self.title, self.figures], ": ")

    @property
    def url(self) -> str:
        """The address of the first article that has one."""
        return next((article.url for article in self.articles if article.url), "")


def brief(deal: Deal, matches: tuple[Match, ...], dollars: Dollars) -> Brief:
    """Return a deal in few words; all text from outside is on one line, without control characters."""
    terms = deal.latest.terms
    titles = [clean(report.title) for report in deal.latest.reports]
    articles = tuple(Told(clean(r.outlet), shorten(r.title, _LONGEST_TITLE), link(r.address)) for r in _reports(deal))
    return Brief(
        label=deal.label,
        title=sentence(terms) or shorten(next(filter(None, titles), deal.label), _LONGEST_TITLE),
        figures=figures(terms),
        facts=(*_facts(deal), *_figures(terms, dollars)),
        articles=articles,
        why=tuple(dict.fromkeys(clean(why.words or why.part) for match in matches for why in match.why)),
    )


def _reports(deal: Deal) -> list[Report]:
    return list({report.address: report for event in reversed(deal.events) for report in event.reports}.values())


def _facts(deal: Deal) -> tuple[Said, ...]:
    terms = deal.latest.terms
    what = [
        label(terms.kind, KIND_LABELS),
        "" if terms.event == "new" else label(terms.event, EVENT_LABELS),
        "" if terms.status == "announced" else label(terms.status, STATUS_LABELS),
    ]
    named = (
        ("Asset", listed((a.name for a in terms.assets), most=4)),
        ("Target", listed((t.name for t in terms.targets), most=4)),
        ("Modality", listed((m.name for m in terms.modalities), most=4)),
        ("Indication", listed((i.name for i in terms.indications), most=4)),
        ("Stage", "" if terms.stage is None else clean(terms.stage.name)),
        ("Territory", "" if terms.territory is None else clean(terms.territory.name)),
    )
    told = [Said("Announced", say_day(deal.latest.announced)), Said("What", join(what)), *_roles(terms.parties)]
    return (*told, *(Said(name, value) for name, value in named if value))


def _roles(parties: tuple[Party, ...]) -> list[Said]:
    found: dict[str, list[str]] = {}
    for party in parties:
        found.setdefault(party.role, []).append(shorten(party.name, 80))
    return [Said(ROLE_LABELS[role][len(names) > 1], listed(names, most=6)) for role, names in found.items()]


def _figures(terms: Terms, dollars: Dollars) -> list[Said]:
    found = []
    for name, money in terms.money():
        usd = say_dollars(dollars.get(name))
        value = join([say_money(money), f"({usd})" if usd else "", "(check)" if money.check else ""], " ")
        found.append(Said(MONEY_LABELS[name], value, _quote(money.evidence)))
    if terms.royalties is not None:
        found.append(Said("Royalties", say_royalties(terms.royalties), _quote(terms.royalties.evidence)))
    return found


def _quote(evidence: Evidence) -> str:
    return shorten(evidence.context or evidence.quote, _LONGEST_QUOTE)
