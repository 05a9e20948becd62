"""Targets, modalities and indications of the agreement: the ontology's concepts where the agreement is about them.

What the title or the first sentences name counts; of the rest of the article what is said of the licensed assets. A
concept's name is the ontology's, its evidence the words as written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from deals.document import Document
from deals.focus import AGREEMENT, LEAD, Focus
from deals.known import Known
from deals.modalities import modalities
from deals.productnames import codes
from deals.subjects import Place, chosen, places_of
from deals.targets import targets
from lexicon.ontology import Kind
from lexicon.text import squash
from news.reading import Named

_BROAD_IDS = (
    "cancer solid-tumour diabetes autoimmune-disorder blood-cancer inflammatory-disease rare-disease "
    "respiratory-disease "
    "liver-disease retinal-disease ageing-related-disease neurodegenerative-disease neurological-disease fibrosis "
    "psychiatric-disorder bacterial-infection viral-infection fungal-infection allergy bleeding-disorder women-health "
    "paediatric-cancer skin-cancer brain-cancer gynaecological-cancer gastrointestinal-cancer weight-loss "
    "cardiovascular-disease metabolic-syndrome b-cell-malignancy organ-transplantation anaesthesia"
)
BROAD = frozenset(_BROAD_IDS.split())
"""Indications so broad that they are only told where nothing more exact is."""
_SUBJECT = 60
"""Within so many letters a profile's sentence names what it is about."""
_THE_DRUG = re.compile(
    r"(?:The|This|It|Its|Both) ?(?:drug|antibody|molecule|candidate|compound|asset|vaccine|medicine|therapy|"
    r"treatment|product|programme?|device|inhibitor|engager|peptide)?s? "
    r"(?:is|are|\w+s|was|were|can|has|have)\b"
)


def concepts(document: Document, known: Known, focus: Focus, assets: Sequence[Named]) -> dict[Kind, tuple[Named, ...]]:
    """Return the targets, modalities and indications of the agreement."""
    named = {squash(asset.name) for asset in assets}
    focus = _on_assets(_with_profiles(document, focus, named), named)
    places = list(places_of(document, known, focus))
    diseases = [place.mention for place in places if place.concept.kind == "indication"]
    kinds: dict[Kind, list[Place]] = {"target": [], "modality": [], "indication": []}
    for place in _not_elsewhere(known, places, named):
        kinds[place.concept.kind].append(place)
    exact = [place for place in kinds["indication"] if place.concept.id not in BROAD]
    return {
        "target": targets(document, known, focus, kinds["target"], diseases=diseases, assets=named),
        "modality": modalities(document, known, focus, kinds["modality"], assets),
        "indication": chosen(document, focus, exact, 0.0) or chosen(document, focus, kinds["indication"], 0.0),
    }


def _with_profiles(document: Document, focus: Focus, assets: Collection[str]) -> Focus:
    """Return the weights with those sentences of the profiles at an article's end that say what a licensed asset is."""
    profiles = [
        sentence
        for sentence in document.sentences
        if sentence.section == "about" and any(asset in squash(sentence.text[:_SUBJECT]) for asset in assets)
    ]
    weights = {**{sentence.number: LEAD for sentence in profiles}, **focus.weights}
    return Focus(tuple(sorted((*focus.sentences, *profiles), key=lambda s: s.number)), weights)


def _on_assets(focus: Focus, assets: Collection[str]) -> Focus:
    """Return the weights with those sentences raised that speak of the licensed assets, by name or as "the drug"."""
    raised: dict[int, float] = {}
    after = -2
    for sentence in focus.sentences:
        named = sentence.section not in {"quote", "about"} and any(asset in squash(sentence.text) for asset in assets)
        if named or (_THE_DRUG.match(sentence.text) and (after == sentence.number - 1 or sentence.section == "lead")):
            raised[sentence.number] = max(focus.weight(sentence), AGREEMENT)
            after = sentence.number
    return Focus(focus.sentences, {**focus.weights, **raised})


def _not_elsewhere(known: Known, places: Sequence[Place], assets: Collection[str]) -> list[Place]:
    """Return the mentions without those in sentences of the body that speak of another product, by its code."""
    elsewhere: dict[int, bool] = {}
    for place in places:
        sentence = place.sentence
        if sentence.number not in elsewhere:
            named = [squash(code) for code in codes(sentence.text) if not known.lexicon.ontology.named(code)]
            ours = any(code in asset or asset in code for code in named for asset in assets)
            elsewhere[sentence.number] = bool(named) and not ours and sentence.section != "headline"
    return [place for place in places if not elsewhere[place.sentence.number]]
