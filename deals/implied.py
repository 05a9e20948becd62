"""Modalities that an article only implies: an antibody by the ending -mab, a small molecule by "oral" and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deals.document import Document
from deals.focus import LEAD, Focus
from lexicon import Lexicon
from news.reading import Evidence, Named

_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("monoclonal-antibody", re.compile(r"(?:mab|tug|bart)\b", re.IGNORECASE)),
    ("bispecific-antibody", re.compile(r"(?<=[a-z]{4})mig\b", re.IGNORECASE)),
    ("aptamer", re.compile(r"captad\b", re.IGNORECASE)),
    ("gene-therapy", re.compile(r"(?:parvovec|[a-z]vec)\b", re.IGNORECASE)),
    ("peptide", re.compile(r"(?<=[a-z]{3})(?:tide|relin|relix|pressin|actide)\b", re.IGNORECASE)),
    ("sirna", re.compile(r"siran\b", re.IGNORECASE)),
    ("antisense-oligonucleotide", re.compile(r"n?ersen\b", re.IGNORECASE)),
    ("fusion-protein", re.compile(r"(?<=[a-z]{4})cept\b", re.IGNORECASE)),
    ("car-t", re.compile(r"(?:leucel|-cel)\b", re.IGNORECASE)),
    (
        "small-molecule",
        re.compile(
            r"(?:nib|ciclib|parib|lisib|sertib|rafenib|metinib|zomib|clax|statin?|gliptin|gliflozin|gliatin|sartan|"
            r"prazole|triptan|xaban|vir|virine|conazole|floxacin|cycline|"
            r"zolid|oxetine|terol|sentan|setron|pitant|gepant|citabine|caftor|racetam|grel|olol|dipine|pril|"
            r"lutamide|trozole|nafil|vaptan|tadine|piprazole|oxidil|mod)\b",
            re.IGNORECASE,
        ),
    ),
)
_SMALL = re.compile(
    r"\b(?:oral(?:ly)?(?: (?:available|active|administered|dosed|bioavailable))?|tablets?|capsules?|pills?|"
    r"(?:kinase |selective |potent |dual |[A-Z][A-Z0-9-]{2,9} )?(?:inhibitors?|antagonists?|"
    r"agonists?|modulators?|blockers?)|kinase|chemical compounds?|chemistry|small molecules?)\b",
    re.IGNORECASE,
)
_DIAGNOSTIC = re.compile(r"\b(?:diagnostics?|assays?|biomarker tests?|molecular tests?)\b", re.IGNORECASE)
_BIOLOGIC = re.compile(
    r"\b(?:antibod\w+|vaccin\w+|peptides?|proteins?|genes?|cells?|RNA|biologics?|devices?|diagnos\w+|tests?|"
    r"biosimilars?|insulin|hormone|toxin)\b",
    re.IGNORECASE,
)


def by_name(lexicon: Lexicon, assets: Sequence[Named]) -> tuple[Named, ...]:
    """Return the modality that the name of an asset implies by its ending."""
    for asset in assets:
        for identity, pattern in _BY_NAME:
            if pattern.search(asset.name) and any(letter.islower() for letter in asset.name):
                return _named(lexicon, identity, asset.evidence)
    return ()


def diagnostic(document: Document, lexicon: Lexicon, focus: Focus) -> tuple[Named, ...]:
    """Return a diagnostic where what tells of the agreement speaks of diagnostics, if only as its makers' business."""
    for sentence in focus.sentences:
        match = _DIAGNOSTIC.search(sentence.text)
        if focus.weight(sentence) >= LEAD and match is not None:
            return _named(lexicon, "diagnostic", document.evidence_of(sentence, *match.span()))
    return ()


def small_molecule(document: Document, lexicon: Lexicon, focus: Focus, enough: float) -> tuple[Named, ...]:
    """Return a small molecule where a sentence of this weight speaks of tablets or inhibitors, and of no biologic."""
    for sentence in sorted(focus.sentences, key=lambda s: (-focus.weight(s), s.number)):
        match = _SMALL.search(sentence.text)
        if focus.weight(sentence) >= enough and match is not None and not _BIOLOGIC.search(sentence.text):
            return _named(lexicon, "small-molecule", document.evidence_of(sentence, *match.span()))
    return ()


def _named(lexicon: Lexicon, identity: str, evidence: Evidence) -> tuple[Named, ...]:
    concept = lexicon.ontology.concept(identity)
    return () if concept is None else (Named(concept.name, evidence),)
