"""What the licensed product is, or how it works: `modalities(document, known, focus, places, assets)`.

Exact modalities come before broad ones ("siRNA" before "oligonucleotide"), those that are named before those that are
implied by an asset's name ("-mab") or by its description ("tablets"). How or against what a product is given
("inhaled", "antiviral") is told only where what it is is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from deals.document import Document
from deals.focus import BODY, ENOUGH, LEAD, TITLE, Focus
from deals.implied import by_name, described_small, diagnostic, pill, small_molecule, some_drug
from deals.known import Known
from deals.subjects import Place, chosen, is_part
from lexicon.ontology import Concept
from news.reading import Named

_BROAD_IDS = (
    "monoclonal-antibody small-molecule cell-therapy immunotherapy recombinant-protein oligonucleotide "
    "ai orphan-drug delivery-technology chemotherapy nanomedicine immune-checkpoint-inhibitor otc generic "
    "medical-device diagnostic peptide lyophilised-formulation depot-formulation sustained-release oral-delivery "
    "nucleic-acid genetic-medicine drug-conjugate data-platform medical-software digital-health cosmetic "
    "veterinary glycan biomaterial steroid vitamin omega-3"
)
BROAD = frozenset(_BROAD_IDS.split())
"""Modalities so broad that they are only told where nothing more exact is."""
_WAY_IDS = (
    "inhaled intranasal ophthalmic topical antiviral antifungal antimicrobial "
    "delivery-technology long-acting-formulation hyaluronidase oral-delivery transdermal-patch"
)
WAYS = frozenset(_WAY_IDS.split())
"""Modalities that only say how or against what a drug is given: what it is stands in their place."""
_FORM_IDS = (
    "eye-drop nasal-spray depot-formulation sustained-release generic otc lyophilised-formulation nanoparticle "
    "prefilled-syringe prefilled-pen"
)
FORMS = frozenset(_FORM_IDS.split())
"""Modalities beside which what the drug is may be told as well."""
_COMPANION_IDS = "ai small-molecule medical-device diagnostic monoclonal-antibody peptide digital-health"
_COMPANIONS = frozenset(_COMPANION_IDS.split())
"""Broad modalities that stand beside exact ones where the title or a definition names them."""
_SAYS_ENOUGH = frozenset({"biosimilar", "generic", "crispr"})
_PEPTIDES = frozenset({"glp-1-agonist", "amylin-analogue"})
_IS_A = r"(?:which is |is |was )?(?:an?|the|its) (?:[\w-]+ ){0,5}"
_AGAINST = re.compile(r"\b(?:against|anti-?|neutrali[sz]\w+|exposure to|for) ?(?:the )?(?:[\w-]+ )?$")
_NO_ANTIBODY = re.compile(r"(?: [\w/-]+){0,3}? (?:CAR|TCR|T[- ]cell|fusion|DARPin|ADC)\b")
_TOGETHER = re.compile(r"\b(?:with|plus|alongside|added to)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,1}$", re.IGNORECASE)


def modalities(
    document: Document, known: Known, focus: Focus, places: Iterable[Place], assets: Sequence[Named]
) -> tuple[Named, ...]:
    """Return the modalities of what the agreement is about."""
    places = [place for place in places if not _is_beside(document, place)]
    what = [place for place in places if place.concept.id not in WAYS]
    exact = [place for place in what if place.concept.id not in BROAD]
    broad = [place for place in what if place.concept.id in BROAD]
    by_names = by_name(known.lexicon, assets)
    named = chosen(document, focus, exact, ENOUGH if by_names else LEAD)
    if named:
        named = _without_peptides(document, focus, named, broad, known)
        named += _companions(document, focus, known, named=named, broad=broad, assets=assets)
        named += tuple(item for item in by_names if not _has_kin(known, item, named))
    else:
        named = by_names or chosen(document, focus, what, ENOUGH)
    named += _described(document, known, focus, named, assets)
    if all(concept.id in FORMS for item in named for concept in _concepts(known, item)):
        named += _unlike(named, _implied(document, known, focus, assets))
    named = named or chosen(document, focus, exact, 0.0)[:1] or chosen(document, focus, what, LEAD)
    if all(concept.id in FORMS for item in named for concept in _concepts(known, item)):
        named += _unlike(named, _in_the_body(document, known, focus))
    named = named or chosen(document, focus, places, LEAD)
    return _narrowed(document, known, focus, named, exact)


def _narrowed(
    document: Document, known: Known, focus: Focus, named: Sequence[Named], exact: Sequence[Place]
) -> tuple[Named, ...]:
    """Return the modalities, each replaced by a narrower one that the rest of the article names."""
    found: dict[str, Named] = {}
    for item in named:
        narrower = [place for place in exact for concept in _concepts(known, item) if is_part(concept, place.concept)]
        for one in chosen(document, focus, narrower, 0.0)[:1] or (item,):
            found.setdefault(one.name, one)
    return tuple(found.values())


def _described(
    document: Document, known: Known, focus: Focus, named: Sequence[Named], assets: Sequence[Named]
) -> tuple[Named, ...]:
    """Return a small molecule where one of several assets is called an inhibitor or a pill."""
    if not named or len(assets) < 2 or any("small molecule" in item.name for item in named):
        return ()
    return described_small(document, known.lexicon, focus, assets)


def _has_kin(known: Known, item: Named, named: Sequence[Named]) -> bool:
    """Whether what an asset's name implies is said more exactly: an antibody by "bispecific antibody"."""
    own = [concept for one in named for concept in _concepts(known, one)]
    return any(
        one.id in _SAYS_ENOUGH
        or "device" in one.name
        or one.name == item.name
        or is_part(concept, one)
        or is_part(one, concept)
        for one in own
        for concept in _concepts(known, item)
    )


def _implied(document: Document, known: Known, focus: Focus, assets: Sequence[Named]) -> tuple[Named, ...]:
    return (
        by_name(known.lexicon, assets)
        or small_molecule(document, known.lexicon, focus, LEAD)
        or diagnostic(document, known.lexicon, focus, assets)
    )


def _in_the_body(document: Document, known: Known, focus: Focus) -> tuple[Named, ...]:
    return small_molecule(document, known.lexicon, focus, BODY) or some_drug(document, known.lexicon, focus)


def _unlike(named: Sequence[Named], more: Sequence[Named]) -> tuple[Named, ...]:
    shown = {item.name for item in named}
    return tuple(item for item in more if item.name not in shown)


def _companions(
    document: Document,
    focus: Focus,
    known: Known,
    *,
    named: Sequence[Named],
    broad: Sequence[Place],
    assets: Sequence[Named],
) -> tuple[Named, ...]:
    """Return the broad modalities that the title names, or else those that an asset is said to be."""
    exact = [concept for item in named for concept in _concepts(known, item)]
    beside = [
        place
        for place in broad
        if place.concept.id in _COMPANIONS and not any(is_part(place.concept, concept) for concept in exact)
    ]
    defined = [place for place in beside if _defines(document, place, assets)]
    by_computer = [place for place in beside if place.concept.id == "ai"]
    return (
        chosen(document, focus, beside, TITLE)
        or chosen(document, focus, defined, LEAD)
        or chosen(document, focus, by_computer, ENOUGH)
    )


def _without_peptides(
    document: Document, focus: Focus, named: tuple[Named, ...], broad: Sequence[Place], known: Known
) -> tuple[Named, ...]:
    """Return the modalities without GLP-1 agonists, which are peptides, where they are small molecules or pills."""
    peptides = [item for item in named if any(c.id in _PEPTIDES for c in _concepts(known, item))]
    small = chosen(document, focus, [place for place in broad if place.concept.id == "small-molecule"], LEAD)
    if peptides and not small:
        small = pill(document, known.lexicon, focus)
    return tuple(item for item in named if item not in peptides) + small if peptides and small else named


def _concepts(known: Known, item: Named) -> tuple[Concept, ...]:
    return tuple(concept for concept in known.lexicon.ontology.named(item.name) if concept.kind == "modality")


def _is_beside(document: Document, place: Place) -> bool:
    """Whether a modality is that of something given together with the asset, or a bispecific one is no antibody."""
    if place.concept.id == "bispecific-antibody" and _NO_ANTIBODY.match(
        document.field(place.sentence.field), place.mention.end
    ):
        return True
    before = place.before(document)
    if place.concept.id == "botulinum-toxin" and _AGAINST.search(before):
        return True
    return place.sentence.section != "headline" and _TOGETHER.search(before) is not None


def _defines(document: Document, place: Place, assets: Sequence[Named]) -> bool:
    """Whether a modality says what an asset is: "KB-615, a small molecule"."""
    before = place.before(document, 80)
    return any(re.search(rf"{re.escape(asset.name)}[®™]?,? {_IS_A}$", before) for asset in assets)
