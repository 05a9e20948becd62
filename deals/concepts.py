"""Targets, modalities and indications of the agreement: the ontology's concepts where the agreement is about them.

What the title or the first sentences name counts; of the rest of the article what is said of the licensed assets. A
concept's name is the ontology's, its evidence the words as written. A target that the ontology does not know is told as
written where the grammar says that it is one ("an antibody directed against XYZ7").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deals.document import Document, Sentence
from deals.focus import AGREEMENT, BODY, ENOUGH, LEAD, QUOTE, TITLE, Focus, descriptions
from deals.implied import by_name, diagnostic, small_molecule
from deals.known import Known
from deals.productnames import codes
from lexicon import Lexicon
from lexicon.ontology import Kind, Mention
from lexicon.text import squash, words
from news.reading import Named

_GENERIC_IDS = (
    "monoclonal-antibody small-molecule cell-therapy immunotherapy recombinant-protein oligonucleotide antiviral "
    "antibiotic ai orphan-drug delivery-technology topical chemotherapy inhaled ophthalmic intranasal nanomedicine "
    "immune-checkpoint-inhibitor otc generic bispecific-antibody multispecific-antibody medical-device diagnostic "
    "peptide antifungal antimicrobial lyophilised-formulation depot-formulation sustained-release oral-delivery "
    "nucleic-acid eye-drop nasal-spray"
)
GENERIC = frozenset(_GENERIC_IDS.split())
"""Modalities so broad that they are only told where nothing more exact is."""
_MOST = 6
_IS_A = r"(?:which is |is |was )?(?:an?|the|its) (?:[\w-]+ ){0,5}"
_TOGETHER = re.compile(r"\b(?:with|plus|alongside|added to)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,1}$", re.IGNORECASE)
_SHARE = 0.58
"""What a concept's sentences must weigh beside the weightiest concept of its kind."""
_NEGATED = re.compile(r"\b(?:without|unlike|instead of|rather than|no|not|nor)\s(?:[\w-]+\s)?$", re.IGNORECASE)
_WAY_IDS = (
    "inhaled intranasal ophthalmic topical antiviral antibiotic antifungal otc generic long-acting-formulation "
    "delivery-technology eye-drop nasal-spray depot-formulation sustained-release oral-delivery antimicrobial "
    "iontophoresis"
)
WAYS = frozenset(_WAY_IDS.split())
"""Modalities that only say how or against what a drug is given: what it is stands beside them."""
_BROAD_IDS = (
    "cancer solid-tumour diabetes autoimmune-disease haematological-malignancy infection inflammation rare-disease pain"
)
BROAD = frozenset(_BROAD_IDS.split())
"""Indications of which the same is true."""
_NOT_THE_TARGET = re.compile(
    r"[\s-]?(?:\+|[\s-]?(?:positive|negative|mutant|mutated|mutation|mutations|expressing|amplified|driven|"
    r"associated|resistant|naive|altered|wild)\b)",
    re.IGNORECASE,
)
_AIMED = re.compile(
    r"\b(?:target\w*|direct(?:s|ed|ing)?|bearing|against|anti|bind\w*|inhibit\w*|antagonist\w*|agonist\w*|block\w*|"
    r"silenc\w*|degrad\w*|antibod\w+|modulat\w+|activat\w+|engag\w+|bispecific|"
    r"ADC|CAR-T|receptor|gene|grabs?|recogni[sz]\w+|neutrali[sz]\w+)\b",
    re.IGNORECASE,
)
_UNKNOWN_TARGET = re.compile(
    r"\b(?:targeting|targets|directed (?:against|at|to)|anti-|binds to|inhibitors? of|antagonists? of|agonists? "
    r"of)\s?(?:the )?([A-Z][A-Z0-9]{1,6}(?:-?[A-Z0-9]{1,4})?\d[A-Z0-9]{0,3})(?![\w-])"
    r"|(?<![\w-])([A-Z][A-Z0-9]{2,7}(?:-\d{1,2})?)(?=,? (?:the |an? )?(?:gene|protein|enzyme|receptor|antigen)\b)"
    r"|(?<![\w-])([A-Z][A-Z0-9]{2,7}(?:-\d{1,2})?)[- ](?:inhibitors?|antagonists?|agonists?|degraders?|targeted|"
    r"targeting|directed)\b"
)
_THE_DRUG = re.compile(
    r"(?:The|This|It|Its|Both) ?(?:drug|antibody|molecule|candidate|compound|asset|vaccine|medicine|therapy|"
    r"treatment|product|programme?|device|inhibitor|engager|peptide)?s? "
    r"(?:is|are|\w+s|was|were|can|has|have)\b"
)
_NO_TARGETS = "RNA DNA MRNA SIRNA ADC FDA CAR NK TCE IND US CNS ORAL DUAL NEW KINASE COVID HIV AI CELL TUMOR GENE"
_NO_TARGET = frozenset(_NO_TARGETS.split())


@dataclass(frozen=True, slots=True)
class _Place:
    mention: Mention
    sentence: Sentence


def concepts(document: Document, known: Known, focus: Focus, assets: Sequence[Named]) -> dict[Kind, tuple[Named, ...]]:
    """Return the targets, modalities and indications of the agreement."""
    lexicon = known.lexicon
    named = {squash(asset.name) for asset in assets}
    focus = _on_assets(focus, named)
    places = list(_places(document, known, focus))
    own = _not_elsewhere(document, places, named)
    diseases = [place.mention for place in places if place.mention.concept.kind == "indication"]
    indications = [place for place in own if place.mention.concept.kind == "indication"]
    targets = [
        place for place in own if place.mention.concept.kind == "target" and _is_target(document, place, diseases)
    ]
    modalities = [place for place in own if place.mention.concept.kind == "modality"]
    return {
        "target": _chosen(document, focus, targets, LEAD)
        or _unknown_targets(document, lexicon, focus, named)
        or _chosen(document, focus, targets, QUOTE)[:2],
        "modality": _modalities(document, known, focus, modalities, assets),
        "indication": _chosen(document, focus, [p for p in indications if p.mention.concept.id not in BROAD], 0.0)
        or _chosen(document, focus, indications, 0.0),
    }


def _modalities(
    document: Document, known: Known, focus: Focus, places: Sequence[_Place], assets: Sequence[Named]
) -> tuple[Named, ...]:
    """Return the modalities: exact ones before broad ones, those that are named before those that are implied."""
    places = [place for place in places if not _is_beside(document, place)]
    exact = [place for place in places if place.mention.concept.id not in GENERIC]
    broad = [place for place in places if place.mention.concept.id in GENERIC]
    named = _chosen(document, focus, exact, LEAD)
    if named:
        defined = [place for place in broad if _defines(document, place, assets)]
        named += _chosen(document, focus, broad, TITLE) or _chosen(document, focus, defined, LEAD)
    else:
        named = by_name(known.lexicon, assets) or _chosen(document, focus, places, ENOUGH)
    if not named:
        named = _chosen(document, focus, exact, 0.0)[:1] or _chosen(document, focus, places, LEAD)
    ways = {concept.name for identity in WAYS if (concept := known.lexicon.ontology.concept(identity)) is not None}
    if all(item.name in ways for item in named):
        implied = (
            by_name(known.lexicon, assets)
            or small_molecule(document, known.lexicon, focus, LEAD)
            or diagnostic(document, known.lexicon, focus)
            or small_molecule(document, known.lexicon, focus, BODY)
        )
        shown = {item.name for item in named}
        named += tuple(item for item in implied if item.name not in shown)
    return named


def _is_beside(document: Document, place: _Place) -> bool:
    """Whether a modality is that of something given together with the asset: "with a checkpoint inhibitor"."""
    start = place.mention.start
    before = document.field(place.sentence.field)[max(0, start - 40) : start]
    return place.sentence.section != "headline" and _TOGETHER.search(before) is not None


def _defines(document: Document, place: _Place, assets: Sequence[Named]) -> bool:
    """Whether a modality says what an asset is: "KB-615, a small molecule"."""
    start = place.mention.start
    before = document.field(place.sentence.field)[max(0, start - 80) : start]
    return any(re.search(rf"{re.escape(asset.name)}[®™]?,? {_IS_A}$", before) for asset in assets)


def _on_assets(focus: Focus, assets: Collection[str]) -> Focus:
    """Return the weights with those sentences raised that speak of the licensed assets, by name or as "the drug"."""
    raised: dict[int, float] = {}
    after = -2
    for sentence in focus.sentences:
        named = any(asset in squash(sentence.text) for asset in assets)
        if named or (_THE_DRUG.match(sentence.text) and (after == sentence.number - 1 or sentence.section == "lead")):
            raised[sentence.number] = max(focus.weight(sentence), AGREEMENT)
            after = sentence.number
    return Focus(focus.sentences, {**focus.weights, **raised})


def _places(document: Document, known: Known, focus: Focus) -> Iterator[_Place]:
    described: dict[int, tuple[tuple[int, int], ...]] = {}
    for field, mention in known.mentions:
        sentence = document.at(field, mention.start)
        if sentence is None or not focus.weight(sentence):
            continue
        if sentence.number not in described:
            described[sentence.number] = descriptions(sentence.text)
        place = mention.start - sentence.start
        if _NEGATED.search(sentence.text, max(0, place - 30), place):
            continue
        if not any(start <= place < end for start, end in described[sentence.number]):
            yield _Place(mention, sentence)


def _chosen(document: Document, focus: Focus, places: Iterable[_Place], enough: float) -> tuple[Named, ...]:
    """Return the concepts that the weightiest sentences name, the weightiest first."""
    groups: dict[str, list[_Place]] = {}
    for place in places:
        groups.setdefault(place.mention.concept.id, []).append(place)
    scores = {identity: _score(focus, group) for identity, group in groups.items()}
    best = max(scores.values(), default=0.0)
    chosen = [identity for identity in groups if scores[identity] >= max(enough, _SHARE * best)]
    chosen = [
        identity for identity in chosen if not any(_is_part(groups[identity][0], groups[other][0]) for other in chosen)
    ]
    exact = [_narrowest(identity, groups, scores) for identity in chosen[:_MOST]]
    return tuple(_named(document, focus, groups[identity]) for identity in dict.fromkeys(exact))


def _narrowest(identity: str, groups: Mapping[str, Sequence[_Place]], scores: Mapping[str, float]) -> str:
    """Return the narrower concept that the rest of the article names, where a concept is a broad one."""
    narrower = [other for other in groups if _is_part(groups[identity][0], groups[other][0])]
    return max(narrower, key=lambda other: scores[other], default=identity)


def _is_part(place: _Place, other: _Place) -> bool:
    """Whether a concept is a broader one of another: its name's words are among the other's, as lung cancer's."""
    if place.mention.concept.id == "monoclonal-antibody" and "antibody" in other.mention.concept.name:
        return place.mention.concept is not other.mention.concept
    broad, narrow = words(place.mention.concept.name), words(other.mention.concept.name)
    return len(broad) < len(narrow) and set(broad) <= set(narrow)


def _score(focus: Focus, group: Sequence[_Place]) -> float:
    numbers = {place.sentence.number for place in group}
    return max(focus.weights[number] for number in numbers) + 0.4 * min(len(numbers) - 1, 3)


def _named(document: Document, focus: Focus, group: Sequence[_Place]) -> Named:
    best = max(group, key=lambda place: (focus.weight(place.sentence), -place.sentence.number))
    evidence = document.evidence(best.sentence.field, best.mention.start, best.mention.end)
    return Named(best.mention.concept.name, evidence)


def _not_elsewhere(document: Document, places: Sequence[_Place], assets: Collection[str]) -> list[_Place]:
    """Return the mentions without those in sentences of the body that speak of another product, by its code."""
    written = [
        document.field(p.sentence.field)[p.mention.start : p.mention.end]
        for p in places
        if p.mention.concept.kind == "target"
    ]
    targets = "|".join(map(squash, written))
    elsewhere: dict[int, bool] = {}
    for place in places:
        sentence = place.sentence
        if sentence.number not in elsewhere:
            named = [code for code in map(squash, codes(sentence.text)) if code not in targets]
            ours = any(code in asset or asset in code for code in named for asset in assets)
            elsewhere[sentence.number] = bool(named) and not ours and sentence.section != "headline"
    return [place for place in places if not elsewhere[place.sentence.number]]


def _is_target(document: Document, place: _Place, diseases: Sequence[Mention]) -> bool:
    """Whether a mention stands for what is targeted, not for a kind of patient or as part of a disease's name."""
    return (
        not _NOT_THE_TARGET.match(document.field(place.sentence.field), place.mention.end)
        and not any(disease.start <= place.mention.start < disease.end for disease in diseases)
        and (place.sentence.section == "headline" or _AIMED.search(place.sentence.text) is not None)
    )


def _unknown_targets(document: Document, lexicon: Lexicon, focus: Focus, assets: Collection[str]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for sentence in focus.sentences:
        if focus.weight(sentence) < LEAD:
            continue
        for match in _UNKNOWN_TARGET.finditer(sentence.text):
            group = match.lastindex or 1
            key = squash(match[group])
            if match[group] in _NO_TARGET or key in assets or lexicon.ontology.named(match[group]):
                continue
            found.setdefault(
                key, Named(match[group], document.evidence_of(sentence, match.start(group), match.end(group)))
            )
    return tuple(found.values())[:4]
