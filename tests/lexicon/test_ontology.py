import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicon
from lexicon.ontology import Ontology

LEXICON = lexicon.load()
ONTOLOGY = LEXICON.ontology

ENGAGERS = """
NK cell engager | NK-cell engagers | NKCE | NKCEs | NK engager | natural killer cell engager |
Natural Killer (NK) Cell Engagers | natural killer engager | bispecific NK cell engager |
trispecific NK-cell engager | tetraspecific NK cell engager | multispecific NK cell engagers |
multifunctional NK cell engager | NK cell engaging antibody | NK cell-engaging bispecific |
NK cell engager therapy | NK cell engager molecules | TriKE | TriKEs | BiKE | TetraKE |
trispecific killer engager | bi-specific killer engager | bispecific killer cell engager | ANKET | ANKET® |
innate cell engager | innate cell engagers | innate immune cell engager | tetravalent innate cell engager |
NK cell-redirecting antibody | NKp46 engager | NKp30 engager | CD16A engager | NKG2D engager | TriNKET |
natural killer (NK) cell engaging antibodies | NK cell bispecific | bispecific natural killer cell engagers |
antibody-based NK cell engager therapeutic
"""


def found(text: str) -> list[str]:
    return [mention.concept.id for mention in ONTOLOGY.find(text)]


@pytest.mark.parametrize("form", [form.strip() for form in ENGAGERS.split("|")])
def test_an_nk_cell_engager_is_found_in_each_of_its_forms(form: str) -> None:
    mentions = [m for m in ONTOLOGY.find(f"It licensed {form}, it said.") if m.concept.kind == "modality"]

    assert [m.concept.id for m in mentions] == ["nk-cell-engager"]


def test_an_nk_cell_engager_has_thirty_forms_and_more() -> None:
    forms = [form.strip() for form in ENGAGERS.split("|")]

    assert len({form.lower() for form in forms}) >= 30
    assert any("(NK)" in form for form in forms)


@pytest.mark.parametrize(
    "text",
    [
        "NK cell therapy",
        "an allogeneic NK cell product",
        "CAR-NK cells",
        "T cell engager",
        "a bispecific T-cell engager (TCE)",
        "engaged NK cells",
        "NK cells that engage tumours",
        "NK cells and engagers of the public",
        "natural killer cells",
        "innate immune cells",
        "a bike, a trike and an anket",
        "killer engagements",
    ],
)
def test_what_only_sounds_like_an_nk_cell_engager_is_none(text: str) -> None:
    assert "nk-cell-engager" not in found(f"It licensed {text}, it said.")


def test_a_parenthesis_inside_a_phrase_is_part_of_what_is_quoted() -> None:
    text = "An exclusive licence for a natural killer (NK) cell engager against solid tumours"
    mention = next(m for m in ONTOLOGY.find(text) if m.concept.id == "nk-cell-engager")

    assert text[mention.start : mention.end] == "natural killer (NK) cell engager"


@pytest.mark.parametrize("text", ["B7-H3", "B7H3", "B7 H3", "the B7‑H3 antigen", "anti-B7H3", "CD276"])
def test_a_target_is_found_with_and_without_its_hyphen(text: str) -> None:
    assert found(text)[:1] == ["b7-h3"]


def test_greek_letters_and_their_names_are_one() -> None:
    assert found("α-synuclein") == found("alpha-synuclein") != []


def test_an_acronym_that_is_also_a_word_is_found_in_capitals_only() -> None:
    assert "icos" not in found("the icos of it")
    assert "icos" in found("an ICOS antibody")


def test_an_acronym_with_a_capital_inside_is_found_with_one_only() -> None:
    assert found("riding a bike, a trike and a bite") == []
    assert found("a BiKE, TriKEs and a BiTE") == ["nk-cell-engager", "nk-cell-engager", "t-cell-engager"]


@pytest.mark.parametrize(
    "text", ["engaged NK cells", "he engaged natural killer cells", "T cell engager", "an NK cell"]
)
def test_what_only_looks_like_an_nk_cell_engager_is_none(text: str) -> None:
    assert "nk-cell-engager" not in found(text)


def test_a_therapy_with_nk_cells_is_another_concept_than_what_engages_them() -> None:
    assert found("an NK cell therapy") == ["nk-cell-therapy"]


@pytest.mark.parametrize(
    "text", ["a MET inhibitor", "anti-MET", "drugs against MET", "its receptor (MET)", "MET exon 14"]
)
def test_a_form_that_is_a_word_too_is_found_beside_a_word_that_says_what_it_is(text: str) -> None:
    assert "c-met" in found(text)


@pytest.mark.parametrize("text", ["the FDA MET with Helvia", "they met an inhibitor", "a met inhibitor", "MET, OSLO"])
def test_a_form_that_is_a_word_too_is_not_found_elsewhere(text: str) -> None:
    assert "c-met" not in found(text)


def test_an_unsure_form_leads_to_its_concept_but_is_none_of_its_sure_forms() -> None:
    met = ONTOLOGY.concept("c-met")

    assert met is not None
    assert "MET" in met.unsure
    assert "MET" not in met.forms
    assert met in ONTOLOGY.named("MET")


def test_an_acronym_that_ends_in_an_s_is_no_plural() -> None:
    assert found("a drug against AIDS") == ["aids"]
    assert "aids" not in found("the committee aids patients with hearing aids")
    assert "sars" in found("after SARS and before it")


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("a PD-1xVEGF bispecific", "pd-1-vegf"),
        ("EGFRxHER3", "egfr-her3"),
        ("KRASG12D", "kras-g12d"),
        ("IL-4Rα", "il-4r-alpha"),
        ("IL4Ra", "il-4r-alpha"),
        ("anti-CLDN18.2", "claudin-18-2"),
        ("Claudin18.2", "claudin-18-2"),
        ("integrin αvβ8", "integrin-alpha-v-beta-8"),
        ("a PD-(L)1 inhibitor", "pd-1-pd-l1"),
        ("somatostatin receptor type 4", "sstr4"),
        ("DPP-IV", "dpp-4"),
    ],
)
def test_targets_are_found_in_every_way_of_writing(text: str, identity: str) -> None:
    assert identity in found(text)


@pytest.mark.parametrize("text", ["MaxCyte", "BoxPharm", "the 4x100 relay", "Lx and Mx"])
def test_an_x_that_joins_no_targets_is_a_letter(text: str) -> None:
    assert found(text) == []


def test_loading_takes_a_fraction_of_a_second() -> None:
    start = time.process_time()
    lexicon.load()

    assert time.process_time() - start < 1


def test_a_stock_exchange_code_is_no_concept() -> None:
    assert found("Lumaris (OTC: LMRS)") == []


def test_a_form_with_a_parenthesis_is_not_found_without_it() -> None:
    assert "lp-a" in found("an antisense drug against Lp(a)")
    assert "lp-a" not in found("Ridgeway Biotherapeutics LP, a closely held company")


def test_of_nested_forms_the_longest_is_found() -> None:
    assert found("non-small cell lung cancer") == ["non-small-cell-lung-cancer"]


def test_each_kind_is_found_for_itself() -> None:
    assert set(found("a CD16A engager")) == {"nk-cell-engager", "cd16a"}


def test_a_name_leads_back_to_its_concept() -> None:
    for concept in ONTOLOGY.concepts.values():
        assert concept in ONTOLOGY.named(concept.name)
        assert ONTOLOGY.concept(concept.id) is concept


@given(st.text(max_size=300))
def test_every_mention_lies_in_the_text(text: str) -> None:
    for mention in ONTOLOGY.find(text):
        assert 0 <= mention.start < mention.end <= len(text)


def test_every_form_of_every_concept_is_found_where_it_stands() -> None:
    """All of it but a possessive ending, which belongs to no name."""
    missed = []
    for concept in ONTOLOGY.concepts.values():
        for form in concept.forms:
            text = f"It said that {form} is the aim."
            found = {text[m.start : m.end] for m in ONTOLOGY.find(text) if m.concept is concept}
            if form.removesuffix("'s") not in found:
                missed.append((concept.id, form, found))

    assert missed == []


def test_a_table_with_one_form_for_two_concepts_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match=r"target, line 2: 'CD-X' is a form of 'a' already"):
        Ontology.of({"target": "a\tCDX\tCD X\nb\tCD-Y\tCD-X\n"})


def test_a_table_with_one_id_twice_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match=r"target, line 2: the id 'a' stands twice"):
        Ontology.of({"target": "a\tCDX\t\na\tCDY\t\n"})


def test_a_row_without_a_name_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match="line 1: expected 3 columns"):
        Ontology.of({"target": "a\n"})
