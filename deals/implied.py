"""Modalities that an article only implies: an antibody by the ending -mab, a small molecule by "oral" and the like."""

from __future__ import annotations

import re
from collections.abc import Sequence

from deals.document import Document
from deals.focus import LEAD, QUOTE, Focus
from lexicon import Lexicon
from news.reading import Evidence, Named

_BY_NAME: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "antibody-drug-conjugate",
        re.compile(
            r"(?:vedotin|deruxtecan|mafodotin|ravtansine|soravtansine|govitecan|emtansine|tesirine|ozogamicin|"
            r"tirumotecan|"
            r"rezetecan|pelitecan|duocarmazine)\b",
            re.IGNORECASE,
        ),
    ),
    ("monoclonal-antibody", re.compile(r"(?:mab|tug|bart)\b", re.IGNORECASE)),
    ("bispecific-antibody", re.compile(r"(?<=[a-z]{4})mig\b", re.IGNORECASE)),
    ("aptamer", re.compile(r"captad\b", re.IGNORECASE)),
    ("gene-therapy", re.compile(r"(?:parvovec|[a-z]vec)\b", re.IGNORECASE)),
    ("peptide", re.compile(r"(?<=[a-z]{3})(?:tide|relin|relix|pressin|actide)\b", re.IGNORECASE)),
    ("sirna", re.compile(r"siran\b", re.IGNORECASE)),
    ("antisense-oligonucleotide", re.compile(r"n?ersen\b", re.IGNORECASE)),
    ("fusion-protein", re.compile(r"(?<=[a-z]{4})cept\b", re.IGNORECASE)),
    ("car-t", re.compile(r"leucel\b", re.IGNORECASE)),
    ("cell-therapy", re.compile(r"[a-z]{3}(?:[a-z]|-)cel\b", re.IGNORECASE)),
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
_NO_SMALL = re.compile(
    r"\b(?:antibod(?:y|ies)|vaccin\w+|peptides?|biologics?|biosimilars?|insulin|hormones?|toxins?|devices?|"
    r"diagnostic\w*|"
    r"tests?|(?:gene|cell|protein|RNA) (?:therap|medicine|editing)\w*|mRNA|siRNA|platform|technology|software|AI|"
    r"plasma|"
    r"generics?|supplements?|crops?|seeds?)\b"
)
_PILL = re.compile(r"\b(?:pills?|tablets?)\b", re.IGNORECASE)
_SMALL_NOUN = r"(?:inhibitor|antagonist|agonist|modulator|blocker|pill|tablet|capsule|activator)"
_IS_A = r"(?:which is |is |was )?(?:an?|the|its|[A-Z][\w-]+[’']s?) (?:[\w/-]+ ){0,6}"
_NEAR = 160
_DRUG = re.compile(r"\b(?:drugs?|compounds?|medicines?|NDA|new drug application)\b", re.IGNORECASE)
_DIAGNOSTIC = re.compile(r"\b(?:diagnostics?|assays?|biomarker tests?|molecular tests?)\b", re.IGNORECASE)
_BIOLOGIC = re.compile(
    r"\b(?:antibod\w+|vaccin\w+|peptides?|proteins?|genes?|cells?|RNA|biologics?|devices?|diagnos\w+|tests?|"
    r"biosimilars?|insulin|hormone|toxin)\b",
    re.IGNORECASE,
)


def by_name(lexicon: Lexicon, assets: Sequence[Named]) -> tuple[Named, ...]:
    """Return the modalities of the assets that are known medicines, or whose names imply one by their endings."""
    found: dict[str, Named] = {}
    for asset in assets:
        for item in _named(lexicon, _identity(lexicon, asset.name), asset.evidence):
            found.setdefault(item.name, item)
    return tuple(found.values())


def _identity(lexicon: Lexicon, name: str) -> str:
    """Return the id of the modality that an asset's name tells, or nothing."""
    for part in re.split(r" ?[()]", name):
        medicine = lexicon.products.named(part)
        if medicine is not None:
            return medicine.modality
    if not any(letter.islower() for letter in name):
        return ""
    return next((identity for identity, pattern in _BY_NAME if pattern.search(name)), "")


def described_small(document: Document, lexicon: Lexicon, focus: Focus, assets: Sequence[Named]) -> tuple[Named, ...]:
    """Return a small molecule where an asset whose name implies nothing is called an inhibitor, a pill or a tablet."""
    for asset in assets:
        if by_name(lexicon, [asset]):
            continue
        name = re.escape(asset.name)
        for sentence in focus.sentences:
            at = sentence.text.find(asset.name)
            match = (
                re.compile(
                    rf"{_SMALL_NOUN}\b,? (?:[a-z]+ )?{name}|{name}[®™]?(?: \([^()]*\))?,? {_IS_A}{_SMALL_NOUN}\b"
                ).search(sentence.text, max(0, at - _NEAR), at + _NEAR)
                if at >= 0
                else None
            )
            if match is not None and not _BIOLOGIC.search(match.group()):
                return _named(lexicon, "small-molecule", document.evidence_of(sentence, *match.span()))
    return ()


def diagnostic(document: Document, lexicon: Lexicon, focus: Focus, assets: Sequence[Named]) -> tuple[Named, ...]:
    """Return a diagnostic where an asset is a test, or what tells of the agreement speaks of diagnostics at all."""
    for asset in assets:
        match = re.search(rf"{re.escape(asset.name)}[®™]? (?:[a-z]+ )?(?:tests?|assays?|panels?)\b", document.text)
        if match is not None:
            return _named(lexicon, "diagnostic", document.evidence("text", *match.span()))
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


def pill(document: Document, lexicon: Lexicon, focus: Focus) -> tuple[Named, ...]:
    """Return a small molecule where what tells of the agreement speaks of a pill."""
    for sentence in focus.sentences:
        match = _PILL.search(sentence.text)
        if focus.weight(sentence) >= LEAD and match is not None:
            return _named(lexicon, "small-molecule", document.evidence_of(sentence, *match.span()))
    return ()


def some_drug(document: Document, lexicon: Lexicon, focus: Focus) -> tuple[Named, ...]:
    """Return a small molecule where the weightiest sentences speak of a drug, and no sentence of a biologic."""
    if any(_NO_SMALL.search(sentence.text) for sentence in focus.sentences if focus.weight(sentence) > QUOTE):
        return ()
    for sentence in sorted(focus.sentences, key=lambda s: (-focus.weight(s), s.number)):
        match = _DRUG.search(sentence.text)
        if focus.weight(sentence) >= LEAD and match is not None:
            return _named(lexicon, "small-molecule", document.evidence_of(sentence, *match.span()))
    return ()


def _named(lexicon: Lexicon, identity: str, evidence: Evidence) -> tuple[Named, ...]:
    concept = lexicon.ontology.concept(identity)
    return () if concept is None else (Named(concept.name, evidence),)
