"""Digests for tests: invented companies, every block and every awkward case, one place to change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from hypothesis import settings

from digest.render import bodies
from digest.showing import view
from lexicon.rates import Rates
from lexicon.rates import Source as RatesSource
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
from news.reading import Announced, Evidence, Kind, Money, Named, Party, Prior, Role, Royalties, Terms
from news.story import Change, Deal, DealEvent, Report, Sighting

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


def plain_text(digest: Digest, rates: RatesSource) -> str:
    """Return the plain text of a digest."""
    return bodies(view(digest, rates)).text


def html(digest: Digest, rates: RatesSource) -> str:
    """Return the page of a digest."""
    return bodies(view(digest, rates)).html


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


def sighting(number: int, outlet: str, address: str, title: str, at: datetime | None = None) -> Sighting:
    """Return that an outlet told the story of a number, at an hour or on the day."""
    return Sighting(number, outlet, outlet.lower(), address, title, DAY, at, NOW)


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
    context = f"It is the first of the {why} that Ostara has taken into the clinic."
    evidence = replace(said(why), context=context)
    return Card(telling, of, (Match("nk-engagers", of.id, (Why('"NK cell engager"', why, evidence),)),))


def digest(*cards: Card) -> Digest:
    """Return the digest of a day."""
    return Digest("digest", READER, NOW - timedelta(days=1), NOW, cards, health=Health(42), covered=timedelta(days=1))


OSTARA = deal(
    12,
    LICENCE,
    "Nordkap Pharma licenses Ostara Immune’s NK-cell engager for leukaemia",
    "Nordkap buys into engagers with €40m upfront & more",
)
ALIKE = tuple(
    deal(
        number,
        replace(LICENCE, parties=(party(who, "licensor"), party(whom, "licensee")), upfront=upfront),
        who,
        day=day,
    )
    for number, who, whom, upfront, day in (
        (3, "Brightfen", "Sollevia", money("55000000", "$55 million", "USD"), date(2026, 6, 2)),
        (5, "Kestrel Biosciences", "Orindale", money("22000000", "€22 million"), date(2025, 11, 20)),
        (2, "Tarn Immunology", "Akagi Pharmaceutical", None, date(2025, 3, 4)),
    )
)
SIGHTINGS = (
    sighting(12, "Biotech Tidings", FIRST, OSTARA.latest.reports[0].title, datetime(2026, 11, 23, 6, 5, tzinfo=UTC)),
    sighting(12, "The Life Science Ledger", SECOND, OSTARA.latest.reports[1].title),
)
ONE = digest(replace(card(OSTARA), comparable=ALIKE, sightings=SIGHTINGS))

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

_FIRMS = (
    ("Ostara Immune", "Nordkap Pharma"), ("Brightfen", "Sollevia"), ("Kestrel Biosciences", "Orindale"),
    ("Quillon Therapeutics", "Akagi Pharmaceutical"), ("Helvia Therapeutics", "University of Oxbridge"),
    ("Tarn Immunology", "Nordkap Pharma"), ("Pelagos Vaccines", "Baltimeda"), ("Lumaris Oncology", "Brightfen"),
    ("Vesper Genomics", "Castellan Health"), ("Zhenhai Biopharma", "Marlowe & Finch"),
    ("Institut für Zelltherapie Rheinland", "Ostara Immune"), ("Corvid Peptides", "Sollevia"),
)  # fmt: skip
_UPFRONTS = (
    "40000000",
    "",
    "125000000",
    "5000000",
    "undisclosed",
    "28000000",
    "3000000",
    "",
    "",
    "60000000",
    "",
    "9500000",
)
_MODALITIES = ("NK cell engager", "antibody-drug conjugate (ADC)", "siRNA (RNAi)", "vaccine")


def _one_of_twelve(number: int) -> Deal:
    """Return a deal of a full week: some have all terms, some a few, some none."""
    (licensor, licensee), sum_ = _FIRMS[number], _UPFRONTS[number]
    kinds: tuple[Kind, ...] = ("license", "option", "collaboration")
    stated = money(sum_, f"{licensee} pays €{int(sum_) / 1e6:g} million upfront.") if sum_.isdigit() else None
    hidden = Money(said("The upfront payment was not disclosed.")) if sum_ == "undisclosed" else None
    bare = replace(LICENCE, equity=None, option_fee=None, milestones=None, royalties=None, total=None, prior=())
    terms = replace(
        LICENCE if number % 3 == 0 else bare,
        kind=kinds[number % 3],
        parties=(party(licensor, "licensor"), party(licensee, "licensee")),
        upfront=stated or hidden,
        total=LICENCE.total if sum_.isdigit() and number % 2 == 0 else None,
        assets=(named(f"{licensor[:2].upper()}-{101 + number}"),),
        modalities=(named(_MODALITIES[number % 4]),),
    )
    return deal(40 + number, terms, f"{licensee} and {licensor} sign on {_MODALITIES[number % 4]}", day=DAY)


TWELVE = digest(*(card(_one_of_twelve(number)) for number in range(12)))
WEEK = replace(
    digest(*(card(_one_of_twelve(number)) for number in range(12)), UPDATE),
    kind="weekly",
    window_start=datetime(2026, 11, 17, 6, 30, tzinfo=UTC),
    covered=timedelta(days=6, hours=12),
)
TWENTY = digest(*(card(deal(number, LICENCE, f"Deal number {number}")) for number in range(1, 21)))
_MANY = tuple(
    sighting(
        90,
        f"Outlet number {number} of the Rheinisch-Westfälische Zeitung",
        f"https://o.example/many/{number}",
        "A title",
    )
    for number in range(14)
)
_CROWDED = replace(
    SEVEN.cards[4].deal.latest.terms,
    targets=tuple(named(f"TARGET{number}") for number in range(40)),
    modalities=(named("bispecific antibody"), named("T-cell engager")),
    behind="paywall",
    upfront=None,
)
HARD = digest(
    replace(card(deal(90, _CROWDED, "W" * 90 + " and a word")), sightings=_MANY),
    card(deal(91, Terms("license", parties=LICENCE.parties, behind="login wall"), "Behind a wall")),
)
"""What strains a page: names without end, forty targets, fourteen outlets, a word that is wider than a telephone."""
