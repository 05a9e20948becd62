"""What the licensed product acts on: `targets(document, known, focus, places, diseases, assets)`.

The ontology's targets where the agreement is about them, not those that only say which patients are treated
("HER2-positive breast cancer"). A target that the ontology does not know is told as written where the grammar says that
it is one ("an antibody directed against XYZ7").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from deals.document import FIELDS, Document
from deals.focus import AGREEMENT, LEAD, QUOTE, Focus
from deals.known import Known
from deals.subjects import Place, chosen
from lexicon.ontology import Mention
from lexicon.text import squash
from news.reading import Named

_NOT_THE_TARGET = re.compile(
    r"[\s-]?(?:\+|[\s-]?(?:positive(?! allo)|negative(?! allo)|mutant|mutated|mutation|mutations|expressing|"
    r"amplified|driven|"
    r"associated|resistant|naive|altered|wild|delet\w+|loss|null|low|high|carriers?)\b)",
    re.IGNORECASE,
)
_OF_GENES = re.compile(
    r"\b(?:antisense|(?:gene|RNA|mRNA|base|genome) (?:therap|edit|medicine)\w*|AAV|siRNA|oligonucleotide)",
    re.IGNORECASE,
)
_PAYLOADS = frozenset({"topoisomerase-i", "topoisomerase-ii"})
_CONJUGATE = re.compile(r"\bADCs?\b|conjugate|payload|DXd", re.IGNORECASE)
_AIMED = re.compile(
    r"\b(?:target\w*|direct(?:s|ed|ing)?|bearing|against|anti|bind\w*|inhibit\w*|antagonist\w*|agonist\w*|block\w*|"
    r"silenc\w*|degrad\w*|antibod\w+|modulat\w+|activat\w+|engag\w+|bispecific|"
    r"ADC|CAR-T|receptors?|genes?|act(?:s|ing)? on|aim\w* at|grabs?|recogni[sz]\w+|neutrali[sz]\w+)\b",
    re.IGNORECASE,
)
_UNKNOWN_TARGET = re.compile(
    r"\b(?:targeting|targets|directed (?:against|at|to)|anti-|binds to|inhibitors? of|antagonists? of|agonists? "
    r"of)\s?(?:the )?([A-Z][A-Z0-9]{1,6}(?:-?[A-Z0-9]{1,4})?\d[A-Z0-9]{0,3})(?![\w-])"
    r"|(?<![\w-])([A-Z][A-Z0-9]{2,7}(?:-\d{1,2})?)(?=,? (?:the |an? )?(?:gene(?!-| therap| edit)|protein(?!-)|enzyme|"
    r"receptor|"
    r"antigen)\b)"
    r"|(?<![\w-])([A-Z][A-Z0-9]{2,7}(?:-\d{1,2})?)[- ](?:inhibitors?|antagonists?|agonists?|degraders?|targeted|"
    r"targeting|directed)\b"
)
_NO_TARGETS = "RNA DNA MRNA SIRNA ADC FDA CAR NK TCE IND US CNS ORAL DUAL NEW KINASE COVID HIV AI CELL TUMOR GENE"
_NO_TARGET = frozenset(_NO_TARGETS.split())


def targets(
    document: Document,
    known: Known,
    focus: Focus,
    places: Iterable[Place],
    *,
    diseases: Sequence[Mention],
    assets: Collection[str],
) -> tuple[Named, ...]:
    """Return the targets of what the agreement is about; `assets` are the squashed names of the assets."""
    conjugates = any(_CONJUGATE.search(document.field(field)) for field in FIELDS)
    aimed = [
        place
        for place in places
        if not (conjugates and place.concept.id in _PAYLOADS) and _is_target(document, focus, place, diseases)
    ]
    return (
        chosen(document, focus, aimed, LEAD)
        or _unknown(document, known, focus, assets)
        or chosen(document, focus, aimed, QUOTE)[:2]
    )


def _is_target(document: Document, focus: Focus, place: Place, diseases: Sequence[Mention]) -> bool:
    """Whether a mention stands for what is targeted, not for a kind of patient or as part of a disease's name."""
    text = document.field(place.sentence.field)
    sentence = place.sentence
    if any(d.start <= place.mention.start and place.mention.end <= d.end for d in diseases):
        return False
    if _NOT_THE_TARGET.match(text, place.mention.end) and not _OF_GENES.search(sentence.text):
        return False
    if sentence.section == "headline" or _AIMED.search(sentence.text) is not None:
        return True
    is_symbol = text[place.mention.start : place.mention.end].isupper()
    return is_symbol and focus.weight(sentence) >= AGREEMENT


def _unknown(document: Document, known: Known, focus: Focus, assets: Collection[str]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for sentence in focus.sentences:
        if focus.weight(sentence) < LEAD:
            continue
        for match in _UNKNOWN_TARGET.finditer(sentence.text):
            group = match.lastindex or 1
            key = squash(match[group])
            if match[group] in _NO_TARGET or key in assets or known.lexicon.ontology.named(match[group]):
                continue
            place = document.evidence_of(sentence, match.start(group), match.end(group))
            found.setdefault(key, Named(match[group], place))
    return tuple(found.values())[:4]
