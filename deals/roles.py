"""The role of each party: licensor where it gives rights, licensee where it gets them, else partner.

Each party gets a number from the slots in which it stands (deals/directions.py) and learned weights: positive on the
giving side, negative on the taking side. Whether the agreement has a direction at all is a question of its own, asked
of the whole article; where it has none, or the parties stand too near to each other to tell, they are partners.
"""

from __future__ import annotations

from collections.abc import Sequence

from deals.directions import directions
from deals.parties import Candidate, Cast
from deals.weights import probability
from lexicon import Lexicon, Weights
from news.reading import Kind, Role

_APART = 0.35
_BOTH_WAYS = frozenset({"clinical-collaboration", "joint-venture"})
_LARGE_WORDS = (
    "Eli Lilly|Pfizer|MSD|Merck KGaA|Johnson & Johnson|GSK|Bristol Myers Squibb|Roche|"
    "Genentech|Novartis|Sanofi|AstraZeneca|"
    "AbbVie|Allergan|Abbott|Amgen|Gilead Sciences|Novo Nordisk|Bayer|Boehringer Ingelheim|"
    "Takeda|Astellas|Daiichi Sankyo|"
    "Eisai|Otsuka|Lundbeck|Servier|Ipsen|UCB|CSL|Teva|Biogen|Regeneron|Vertex "
    "Pharmaceuticals|Wyeth|Schering-Plough|"
    "Mallinckrodt|Valeant|Baxter|Medtronic|Mitsubishi Tanabe Pharma|Ono Pharmaceutical|"
    "Shionogi|Kyowa Kirin"
)
LARGE = frozenset(_LARGE_WORDS.split("|"))
"""Large companies, which are more often on the taking side; it tips the scale where nothing else does."""
_DIRECTED = 0.5


def roles_of(
    cast: Cast,
    parties: Sequence[Candidate],
    article: frozenset[str],
    old: frozenset[int],
    kind: Kind,
    *,
    lexicon: Lexicon,
) -> tuple[Role, ...]:
    """Return the roles of the parties, in their order; `old` are the sentences about earlier agreements."""
    if kind in _BOTH_WAYS and len(parties) > 1:
        return tuple("partner" for _ in parties)
    if kind == "co-commercialisation" and "k#t-co-commercialisation-4" in article:
        return tuple("partner" for _ in parties)
    leanings = leaning(cast, parties, old, lexicon.learned["roles"])
    apart = max(leanings, default=0.0) - min(leanings, default=0.0)
    if len(parties) < 2:
        return tuple("licensor" if lean > _APART else "licensee" if lean < -_APART else "partner" for lean in leanings)
    if apart < _APART or probability(article | spread(apart), lexicon.learned["directed"]) < _DIRECTED:
        return tuple("partner" for _ in parties)
    middle = (max(leanings) + min(leanings)) / 2
    return tuple("licensor" if lean >= middle else "licensee" for lean in leanings)


def leaning(cast: Cast, parties: Sequence[Candidate], old: frozenset[int], table: Weights) -> tuple[float, ...]:
    """Return how far each party stands on the giving side."""
    marks = [f"§{party.number}§" for party in parties]
    naming = [one for one in cast.sentences if any(mark in one.text for mark in marks)]
    counted = directions(len(cast.candidates), naming, old)
    found = []
    for party in parties:
        slots = counted[party.number]
        lean = sum(table.get(name, 0.0) * slots[name] ** 0.5 for name in sorted(slots))
        lean += sum(table.get(f"is-{sign}", 0.0) for sign in ("known", "public") if sign in party.organisation.signs)
        lean += table.get("is-large", 0.0) if party.organisation.name in LARGE else 0.0
        found.append(lean)
    return tuple(found)


def spread(apart: float) -> frozenset[str]:
    """Return how far the parties stand apart, as features in steps."""
    return frozenset(f"apart-{step}" for step in range(1, 7) if apart * 2 >= step)
