"""Digests for tests: invented companies, every block and every awkward case, one place to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import settings

from lexicon.rates import Rates
from news.alert import (
    Backlog,
    Card,
    Digest,
    Health,
    Line,
    Match,
    Recipient,
    Telling,
    TellingKind,
    When,
    Why,
)
from news.reading import Announced, Evidence, Money, Named, Party, Prior, Role, Royalties, Terms
from news.story import Change, Deal, DealEvent, Report

MODEST = settings(max_examples=60, deadline=None)
"""For property tests: composing takes a moment, more so on a busy machine."""
NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
READER = Recipient("analyst-7", "reader@desk.example", When("each-run"), "Europe/Paris")
SENDER = "pactwatch@desk.example"
IDENTITY = "<0123456789abcdef@desk.example>"
FIRST = "https://tidings.example/ostara-nordkap"
SECOND = "https://ledger.example/2026/11/nordkap-buys-in?page=1&full=yes"


def rates() -> Rates:
    """Return exchange rates: one euro is 1.25 dollars or 150 yen on the day, and 1.2 dollars a week before."""
    return Rates.of("Date,USD,JPY,\n2026-11-23,1.25,150,\n2026-11-16,1.2,N/A,\n")


def said(quote: str, url: str = FIRST) -> Evidence:
    """Return the words behind a value."""
    return Evidence(quote, 0, len(quote), url=url)


def named(name: str) -> Named:
    """Return a named thing."""
    return Named(name, said(name))


def party(name: str, role: Role) -> Party:
    """Return a party."""
    return Party(name, role, said(name))


def money(amount: str, quote: str, currency: str = "EUR") -> Money:
    """Return a stated payment."""
    return Money(said(quote), Decimal(amount), currency)


LICENCE = Terms(
    "license",
    announced=Announced(DAY, "dateline"),
    parties=(party("Ostara Immune", "licensor"), party("Nordkap Pharma", "licensee")),
    upfront=money(
        "40000000", "Ostara will receive an upfront payment of €40 million and is free to publish. Its shares rose 4%."
    ),
    equity=replace(
        money("15000000", "Nordkap also takes a stake of about EUR 15m in new shares of Ostara.", "EUR"), check=True
    ),
    option_fee=Money(said("An option fee, the size of which was not disclosed, is due for a second programme.")),
    milestones=replace(
        money("610000000", "Milestones may reach €610 million in development, regulatory and commercial payments."),
        up_to=True,
    ),
    total=replace(
        money("650000000", "an upfront payment of €40 million"),
        up_to=True,
        summed=True,
        evidence=replace(
            said("an upfront payment of €40 million"), more=(said("up to €610 million in milestones", SECOND),)
        ),
    ),
    royalties=Royalties(
        "tiered royalties from 8% to 14% of net sales",
        said("Ostara is entitled to tiered royalties from 8% to 14% of net sales."),
        Decimal(8),
        Decimal(14),
    ),
    assets=(named("OST-114"),),
    targets=(named("CD123"),),
    modalities=(named("NK cell engager"),),
    indications=(named("acute myeloid leukaemia"), named("myelodysplastic syndromes")),
    stage=named("Phase 1"),
    territory=named("worldwide outside Greater China"),
    prior=(
        Prior(
            said("Under their 2019 agreement, Nordkap had paid Ostara €12 million for research on two targets."),
            2019,
            (("upfront", money("12000000", "Nordkap had paid Ostara €12 million")),),
        ),
    ),
)


def report(number: int, terms: Terms, title: str, outlet: str, address: str, day: date = DAY) -> Report:
    """Return the report of article `number`."""
    return Report(
        article=number,
        nth=0,
        address=address,
        source=outlet.lower(),
        outlet=outlet,
        title=title,
        fetched_at=NOW,
        announced=day,
        since=None,
        kept=True,
        reason="a licence",
        terms=terms,
    )


def deal(number: int, terms: Terms, *titles: str, day: date = DAY, late: bool = False) -> Deal:
    """Return a deal of one event that as many outlets as titles tell of."""
    outlets = (("Biotech Tidings", FIRST), ("The Life Science Ledger", SECOND))
    reports = tuple(
        report(number * 10 + n, terms, title, outlet, address if number == 12 else f"https://o{n}.example/{number}")
        for n, (title, (outlet, address)) in enumerate(zip(titles, outlets, strict=False))
    )
    event = DealEvent(number, terms, day, reports)
    return Deal(number, 1, NOW - timedelta(hours=2), kept=True, news=True, late=late, events=(event,))


def card(
    of: Deal, kind: TellingKind = "first", changes: tuple[Change, ...] = (), why: str = "NK-cell engagers"
) -> Card:
    """Return the card of a deal, with a search that it matched."""
    telling = Telling(of.id, READER.key, of.id, of.revision, kind, "pending", NOW, ("nk-engagers",), changes=changes)
    return Card(telling, of, (Match("nk-engagers", of.id, (Why('"NK cell engager"', why, said(why)),)),))


def digest(*cards: Card) -> Digest:
    """Return the digest of a day."""
    return Digest("digest", READER, NOW - timedelta(days=1), NOW, cards, health=Health(42), covered=timedelta(days=1))


OSTARA = deal(
    12,
    LICENCE,
    "Nordkap Pharma licenses Ostara Immune’s NK-cell engager for leukaemia",
    "Nordkap buys into engagers with €40m upfront & more",
)
ONE = digest(card(OSTARA))

_RUMOUR = Terms("option", status="rumoured", parties=(party("Quillon", "licensee"), party("Akagi Yakuhin", "licensor")))
_LONG = Terms(
    "co-development",
    parties=(
        party("Rheinisch-Westfälische Gesellschaft für Zell- und Gentherapieforschung mbH & Co. KGaA", "partner"),
        party("中海生物制药股份有限公司 (Zhenhai Biopharmaceuticals Group Company Limited)", "partner"),
        party("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", "partner"),
    ),
    total=replace(
        money("1234567890.50", "a total of US$1,234,567,890.50", "USD"), low=Decimal(900_000_000), up_to=True
    ),
    assets=(named("an undisclosed number of bispecific T-cell engaging antibodies against solid tumours"),),
    indications=tuple(named(f"{where} cancer" * 1) for where in ("ovarian", "colorectal", "non-small cell lung")),
)
_EARLIER = replace(LICENCE, upfront=Money(said("Financial terms were not disclosed.")), prior=(), royalties=None)
_EXPANDED = replace(
    LICENCE, event="expansion", upfront=money("25000000", "an upfront payment of €25 million"), prior=()
)
_GROWN = Deal(
    7,
    3,
    NOW - timedelta(days=300),
    kept=True,
    news=True,
    late=False,
    events=(
        DealEvent(
            71, _EARLIER, date(2026, 1, 28), (report(71, _EARLIER, "First signed", "Tidings", "https://o.example/71"),)
        ),
        DealEvent(
            72,
            _EXPANDED,
            DAY,
            (report(72, _EXPANDED, "Ostara and Nordkap go further", "Tidings", "https://o.example/72"),),
        ),
    ),
)
UPDATE = card(
    _GROWN,
    "update",
    (
        Change("event", "new", "expansion"),
        Change(
            "upfront",
            "undisclosed",
            "EUR 25m",
            said("Financial terms were not disclosed."),
            said("Ostara receives an upfront payment of €25 million on signing."),
        ),
    ),
)
BACKLOG = Backlog(
    ("the source Biotech Tidings", "the search nk-engagers"),
    tuple(
        Line(
            200 + n,
            f"Kestrel Biosciences and Orindale agree on programme number {n}",
            f"https://o.example/{n}",
            "Tidings",
            DAY,
        )
        for n in range(10)
    ),
    found=14,
    read=30,
    unread=370,
)
PERHAPS = (
    Line(
        31,
        "Quillon in talks with Akagi, sources say",
        "https://o.example/p1",
        "Courier",
        DAY,
        "a rumour: talks, nothing signed",
    ),
    Line(32, "Five partnerships to watch", "javascript:alert(1)", "Courier", DAY, "a round-up of several deals"),
)
SEVEN = replace(
    digest(
        card(OSTARA),
        UPDATE,
        card(
            deal(
                13,
                Terms(
                    "collaboration", parties=(party("Helvia", "partner"), party("University of Oxbridge", "partner"))
                ),
                "Helvia and Oxbridge look for targets",
            )
        ),
        card(
            deal(
                14,
                replace(LICENCE, prior=(), parties=(party("Brightfen", "licensor"), party("Sollevia", "licensee"))),
                "Sollevia gets rights to an engager",
                late=True,
                day=date(2026, 11, 9),
            )
        ),
        card(
            deal(
                15,
                _LONG,
                " and ".join(["a long title goes on to say what the parties are called"] * 3),
            )
        ),
        card(deal(16, _RUMOUR, "")),
        card(
            deal(
                17,
                replace(
                    _RUMOUR,
                    event="option-exercise",
                    status="announced",
                    assets=(named("AKG-9"),),
                    option_fee=money("7500000", "pays $7.5 million to exercise", "USD"),
                ),
                "Quillon exercises its option",
            )
        ),
    ),
    perhaps=PERHAPS,
    backlog=BACKLOG,
    health=Health(42, (("BioLedger", "HTTP 503"), ("The Courier", "feed not found")), ("Zhenhai Newsroom", "Pelagos")),
)
EMPTY = replace(digest(), kind="heartbeat")
