"""A table of searches, texts and what must be found: the words in «» and nothing else; a text without is not matched.

The texts are those of articles; what stands before a | is the title.
"""

import re

import pytest

import lexicon
from alerts.match import match
from alerts.query import parse
from alerts.subject import Subject
from news.reading import Terms
from tests.alerts.cases import article, told
from tests.stories.reports import DAY

LEXICON = lexicon.load()
NK = '"NK cell engager"'
CONCEPT = "concept:nk-cell-engager"

SURFACE_FORMS = [
    (CONCEPT, text)
    for text in (
        "an «NK cell engager» for tumours",
        "three «NK cell engagers» for tumours",
        "an «NK-cell engager» for tumours",
        "an «NK Cell-Engager» for tumours",
        "an «nk cell engager» for tumours",
        "an «NK cell engager»™ for tumours",
        "the «NK cell engager»'s first patient",
        "the «NK cell engager»’s first patient",
        "an «NK‑cell‑engager» with hyphens that do not break",
        "an «NK\u00a0cell engager» with a space that does not break",
        "an «NK\ncell engager» over two lines",
        "a «natural killer cell engager» for tumours",
        "a «natural-killer-cell engager» for tumours",
        "a «Natural Killer Cell Engager» for tumours",
        "a «natural killer (NK) cell engager» for tumours",
        "a «Natural Killer (“NK”) Cell Engager» for tumours",
        "a «natural killer engager» for tumours",
        "an «NKCE» for tumours",
        "two «NKCEs» for tumours",
        "an «NK engager» for tumours",
        "a «TriKE» for tumours",
        "two «BiKEs» for tumours",
        "a «tri-specific killer engager» for tumours",
        "a «trispecific killer engager» for tumours",
        "an «ANKET» for tumours",
        "the «ANKET»® platform",
        "an «innate cell engager» for tumours",
        "«innate cell-engaging antibodies» for tumours",
        "an «NK-cell engaging antibody» for tumours",
        "an «NK cell redirector» for tumours",
        "an «NKp46 engager» for tumours",
        "a «TriNKET» for tumours",
        "a «TetraKE» for tumours",
    )
]
NEAR_MISSES = [
    (search, text)
    for search in (NK, CONCEPT)
    for text in (
        "an NK cell therapy for tumours",
        "a T cell engager for tumours",
        "it engaged NK cells in the tumour",
        "NK cells and engagers of them",
        "an engager of NK cells",
        "The drug acts on the NK cell. Engager platforms came later.",
        "the NK cell\n\nEngager platforms",
        "natural killers, cells and engagers",
        "she rides a bike and a trike",
        "the NK cell engagement of the donors",
        "NK (natural killer",
        "a CAR-NK cell product",
        "bank cell engagers",
    )
]
PHRASES = [
    (NK, "Rights to a natural killer «(NK) cell engager» were sold."),
    (NK, "the «NK (CD56+) cell engager» arm"),
    ('"natural killer cell engager"', "Innate’s proprietary «natural killer (NK) Cell Engager» platform"),
    ('"natural killer (NK) cell engager"', "a «natural killer cell engager»"),
    ('"natural killer (NK) cell engager"', "the «natural killer (NK) cell engagers»"),
    ('"NK cell engagers"', "one «NK cell engager»"),
    ("IFN-gamma", "high «IFN-γ» levels"),
    ("IFN-γ", "high «IFN gamma» levels"),
    ('"TNF alpha"', "two «TNFα» inhibitors"),
    ("TNF-alpha", "two «TNF-α» inhibitors"),
    ("B7-H3", "against «B7H3» and"),
    ("B7H3", "against «B7-H3» and"),
    ("B7H3", "against «B7 H3» and"),
    ("B7-H3", "against B7-H4 and"),
    ("PD-L1", "against «PDL1» and"),
    ("PD-L1", "against PD-1 and"),
    ("PD-1", "against PD-L1 and"),
    ("IL-12", "IL-1, 2 patients"),
    ("co-development", "a «codevelopment» deal"),
    ("codevelopment", "a «co-development» deal"),
    ("antibody", "two «antibodies»"),
    ("antibodies", "one «antibody»"),
    ("virus", "«viruses» of old"),
    ("biopharma", "the «Biopharma»'s rights"),
    ("Böhringer", "at «Bohringer» again"),
    ("Bohringer", "at «Böhringer» again"),
    ("AIDS", "people with «AIDS» at home"),
    ("AIDS", "it aids them"),
    ("aid", "people with AIDS at home"),
    ('"Merck & Co"', "with «Merck & Co»., Inc."),
    ('"Merck and Co"', "with Merck KGaA"),
    ('"option agreement"', "an «option\nagreement»"),
    ('"option agreement"', "an option to the agreement"),
    ('"US rights"', "the «U.S. rights»"),
    ('"lung cancer"', "lung, breast and other cancers"),
    ('"lung cancer"', "«lung cancers»"),
    ("cell", "an excellent result"),
    ('"the rapist"', "a therapist"),
    ("ADC", "an «A-D-C»"),
    ("ADC", "two «ADCs»"),
    ("mRNA", "an «MRNA» vaccine"),
    ("Sanofi", "«SANOFI» said"),
    ("Sanofi", "Sanofis-like names"),
    ("“NK cell engager”", "an «NK cell engager» here"),
    ("CD19", "a «CD-19» binder"),
    ("CD19", "a CD190 binder"),
    ("4-1BB", "a «4-1BB» agonist"),
    ("radioligand", "a «radio-ligand» agent"),
    ("Keytruda", "with «Keytruda»® (pembrolizumab)"),
    ("pembrolizumab", "with Keytruda® («pembrolizumab»)"),
]
STEMS = [
    ("engag*", "an «engager» here"),
    ("engag*", "two «engagers» here"),
    ("engag*", "an «engaging» talk"),
    ("engag*", "«Engagement» counts"),
    ("engag*", "an enginge"),
    ("engag*", "it was disengaged"),
    ("engages*", "he «engages» them"),
    ("engages*", "he engaged them"),
    ("therapi*", "two «therapies»"),
    ("therapies*", "two «therapies»"),
    ("therapies*", "one therapy"),
    ("therap*", "one «therapy»"),
    ('"cell engag*"', "a «cell-engaging» antibody"),
    ('"cell engag*"', "a «cell engager»"),
    ('"cell engag*"', "a cell was engaged"),
    ('"NK cell engag*"', "a natural killer «(NK) cell engager»"),
    ('"bispecif* antibody"', "two «bispecific antibodies»"),
    ("co-develop*", "a «codevelopment» deal"),
    ("codevelop*", "they «co-developed» it"),
    ("radio*", "a «radio»-ligand"),
    ("immuno*", "«immuno»-oncology"),
]
OPERATORS = [
    ("engager AND Sanofi", "an «engager» for «Sanofi»"),
    ("engager AND Sanofi", "an engager for Roche"),
    ("engager Sanofi", "an «engager» for «Sanofi»"),
    ("Roche OR Sanofi", "an engager for «Sanofi»"),
    ("Roche OR Sanofi", "an engager for Pfizer"),
    ("engager AND NOT Roche", "an «engager» for Sanofi"),
    ("engager AND NOT Roche", "an engager for Roche"),
    ("engager AND (Roche OR Sanofi)", "an «engager» for «Roche»"),
    ("engager AND NOT (Roche OR Sanofi)", "an engager for Roche"),
    ("engager AND NOT (Roche AND Sanofi)", "an «engager» for Roche"),
    ("title:engager", "An «engager» | of T cells"),
    ("title:engager", "Of T cells | an engager"),
    ("body:engager", "An engager | an «engager» it is"),
    ("body:engager", "An engager | of T cells"),
    ("engager", "An «engager» | an engager it is"),
]
PLACES = [
    ("NK NEAR/3 engager", "an «NK cell engager»"),
    ("NK NEAR/1 engager", "an NK cell engager"),
    ("NK NEAR/2 engager", "an «NK cell engager»"),
    ("engager NEAR/3 NK", "an «NK cell engager»"),
    ("NK NEAR/3 engager", "an «engager of NK» cells"),
    ("NK NEAR/2 engager", "NK cells are met by an engager"),
    ("NK NEAR/5 engager", "NK here. And «NK cells. An engager»"),
    ("cell NEAR/1 cell", "one cell is here"),
    ("cell NEAR/1 cell", "one «cell cell»"),
    ('"NK cell" NEAR/5 cell', "one NK cell is here"),
    ("a NEAR/2 b NEAR/2 c", "«c x a b» y"),
    ("a NEAR/1 b NEAR/1 c", "a b x c"),
    ("Sanofi NEAR/4 (licence OR license)", "«Sanofi takes a licence»"),
    ("Sanofi NEAR/2 (licence OR license)", "Sanofi takes at last a licence"),
    ("Sanofi NEAR/9 concept:nk-cell-engager", "«Sanofi buys two BiKEs»"),
    ("Sanofi NEAR/9 concept:nk-cell-engager", "Sanofi rides two bikes"),
    ("engag* NEAR/3 NK", "an «engaging new NK» agent"),
    ("Sanofi NEAR/3 engager", "Sanofi | an engager"),
    ("Sanofi SAME engager", "«Sanofi has, as they said, an engager»."),
    ("Sanofi SAME engager", "Sanofi was there. An engager was not."),
    ("engager SAME Sanofi", "«Sanofi Inc. has an engager»."),
    ("Sanofi SAME engager", "Roche was there. «Sanofi has an engager» now. Roche left."),
    ("Sanofi SAME engager", "Sanofi | an engager"),
    ("Sanofi SAME (NK NEAR/2 engager)", "It was «Sanofi, whose NK cell engager» came."),
    ("Sanofi SAME (NK NEAR/2 engager)", "It was Sanofi, whose NK was no such engager."),
    ("Sanofi SAME Roche SAME deal", "A «deal of Roche and Sanofi» is off."),
    ("Sanofi SAME Roche SAME deal", "A deal of Roche is off. Sanofi waits."),
    ("LEAD/3 engager", "one more «engager» here"),
    ("LEAD/2 engager", "one more engager here"),
    ("LEAD/1 engager", "An «engager» | of T cells"),
    ("LEAD/2 engager", "Of T cells | one more engager"),
    ('LEAD/3 "NK cell"', "the «NK cell»"),
    ('LEAD/2 "NK cell"', "the NK cell"),
    ("LEAD/5 (Sanofi OR Roche)", "it is «Roche» again"),
    ("LEAD/5 (Sanofi SAME Roche)", "«Sanofi and Roche»"),
    ("(LEAD/5 Sanofi) AND engager", "«Sanofi» told us in its long note of an «engager»"),
    ("engager AND NOT (NK NEAR/2 engager)", "a T cell «engager» and other NK cells"),
    ("engager AND NOT (NK NEAR/2 engager)", "an NK cell engager"),
]
TABLE = [*SURFACE_FORMS, *NEAR_MISSES, *PHRASES, *STEMS, *OPERATORS, *PLACES]


@pytest.mark.parametrize(("search", "marked"), TABLE)
def test_a_search_finds_these_words_and_no_others(search: str, marked: str) -> None:
    expected = [_unmarked(part) for part in _parts(marked)]
    texts = [text for text, _ in expected]
    told_by = article(texts[-1], title=texts[0] if len(texts) > 1 else "")
    subject = Subject.of(told((Terms("license"), DAY), reports=()), [told_by])

    matched = match("nk", parse(search, LEXICON.ontology), subject)

    fields = ["title", "text"][-len(texts) :]
    wanted = {(field, *span) for field, (_, spans) in zip(fields, expected, strict=True) for span in spans}
    evidence = [why.evidence for why in matched.why] if matched else []
    assert {(each.field, each.start, each.end) for each in evidence if each} == wanted
    assert bool(matched) == bool(wanted)


def test_the_table_holds_what_was_promised() -> None:
    assert len(set(TABLE)) == len(TABLE) >= 150
    assert len(SURFACE_FORMS) >= 30


def _parts(marked: str) -> list[str]:
    return marked.split(" | ")


def _unmarked(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Return a text without its marks, and the places of what stood between them."""
    spans = []
    for number, found in enumerate(re.finditer("«(.*?)»", marked, re.DOTALL)):
        start = found.start() - 2 * number
        spans.append((start, start + len(found[1])))
    return re.sub("[«»]", "", marked), spans
