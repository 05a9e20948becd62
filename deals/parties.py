"""The parties of the agreement that an article announces: which of the organisations that it names have signed.

Each organisation gets a probability from its features (deals/partysigns.py) and learned weights. Those above one half
are parties; where fewer than two are, the likeliest others are taken as well, as an agreement has two sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from deals.document import Document
from deals.masked import Masked, masked
from deals.names import runs_of
from deals.organisations import Organisation, gather
from deals.partysigns import party_signs
from deals.relatives import relatives_of
from deals.weights import probability
from lexicon import Lexicon
from news.reading import Evidence

_SURE = 0.45
_LIKELY = 0.2
_KNOWN = 0.15
_MOST = 6
_SHOWN = frozenset({"known", "suffix", "head", "public", "ticker"})
_ACTS = frozenset(
    [
        "announces",
        "pair-sign",
        "deal-with",
        "receives",
        "pays",
        "chief",
        "chief-possessive",
        "grants",
        "grant-to",
        "partner-with",
        "with-and",
        "from-party",
        "licence-from",
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """An organisation of an article, how likely it is a party, and the features that say so."""

    organisation: Organisation
    number: int
    likelihood: float
    signs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in an article: the organisations in the order of their naming, and the sentences that name them."""

    candidates: tuple[Candidate, ...]
    sentences: tuple[Masked, ...]
    document: Document


def cast(document: Document, lexicon: Lexicon) -> Cast:
    """Return the organisations of an article with their likelihoods."""
    organisations = gather(runs_of(document, lexicon), lexicon)
    sentences = masked(document, organisations)
    table = lexicon.learned["parties"]
    found = party_signs(document, organisations, sentences)
    return Cast(
        tuple(
            Candidate(one, number, probability(signs, table), frozenset(signs))
            for number, (one, signs) in enumerate(zip(organisations, found, strict=True))
        ),
        sentences,
        document,
    )


def parties_of(cast: Cast) -> tuple[Candidate, ...]:
    """Return the candidates that are parties, in the order in which the article names them."""
    relatives = relatives_of(cast.sentences)
    able = [one for one in cast.candidates if not _is_product(one)]
    ranked = sorted(able, key=lambda one: (-one.likelihood, one.number))
    ranked = [one for one in ranked if not _is_spoken_for(one, ranked, relatives)]
    chosen = [one for one in ranked if one.likelihood >= _SURE]
    if len(chosen) < 2:
        named = [one for one in ranked if one.likelihood >= _SURE or "weak" not in one.signs]
        chosen = [one for one in named[:2] if one.likelihood >= (_KNOWN if "is-known" in one.signs else _LIKELY)]
    return tuple(sorted(chosen[:_MOST], key=lambda one: one.number))


def _is_product(candidate: Candidate) -> bool:
    """Whether a name that nothing shows to be an organisation's is a product's, or stands behind its owner's."""
    signs, shown = candidate.signs, candidate.organisation.signs
    if "owned" in signs and "weak" in signs and not signs & _ACTS:
        return True
    return "thing" in signs and not shown & _SHOWN and not signs & _ACTS


def _is_spoken_for(one: Candidate, others: Sequence[Candidate], relatives: frozenset[tuple[int, int, bool]]) -> bool:
    """Whether another party stands for an organisation: its unit that signs, or the parent of a namesake."""
    likely = {other.number: other for other in others if other.likelihood >= _LIKELY and other is not one}
    units = {(unit, said) for owner, unit, said in relatives if owner == one.number and unit in likely}
    if any(said or likely[unit].organisation.signs & _SHOWN for unit, said in units):
        return True
    first = one.organisation.name.split(" ")[0]
    return any(
        other.organisation.name.split(" ")[0] == first and len(first) > 3 and other.likelihood > one.likelihood
        for other in likely.values()
        if not {"public"} & (other.organisation.signs | one.organisation.signs)
    )


def evidence_of(document: Document, organisation: Organisation) -> Evidence:
    """Return the first place where the text names an organisation; the headline's where only that does."""
    first = organisation.mentions[0]
    return document.evidence(first.field, first.start, first.end)


def grammar(candidates: Sequence[Candidate]) -> frozenset[str]:
    """Return what the organisations' slots say about the kind of news, as features for the recogniser."""
    likely = [one for one in candidates if one.likelihood >= _LIKELY]
    found = {f"g:{sign}" for one in likely for sign in one.signs if "@" in sign}
    ranked = sorted((one.likelihood for one in candidates), reverse=True)[:3]
    for place, likelihood in enumerate(ranked):
        found.update(f"g:party-{place}-{step}" for step in (1, 3, 5, 7, 9) if likelihood * 10 >= step)
    titled = sum("in-title" in one.signs for one in likely)
    found.update(f"g:titled-{count}" for count in range(1, min(titled, 3) + 1))
    return frozenset(found)
