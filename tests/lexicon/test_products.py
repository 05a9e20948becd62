"""Known medicines are found by brand and by generic name, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicon
from lexicon.products import Products

LEXICON = lexicon.load()
PRODUCTS = LEXICON.products
TABLE = "dorvelimab\tmonoclonal-antibody\tGleneva | Torvexa\n~salt\tsmall-molecule\tSalvera\ninsulin zeta\tinsulin\t\n"
SMALL = Products.of("# a note\n" + TABLE)


def found(text: str) -> list[tuple[str, str]]:
    return [(product.generic, text[start:end]) for product, start, end in SMALL.find(text)]


def test_a_brand_and_its_generic_name_are_one_medicine() -> None:
    assert found("Gleneva (dorvelimab)") == [("dorvelimab", "Gleneva"), ("dorvelimab", "dorvelimab")]


def test_a_brand_counts_with_a_capital_only() -> None:
    assert found("a gleneva, a GLENEVA") == [("dorvelimab", "GLENEVA")]


def test_a_generic_name_that_is_an_ordinary_word_is_no_medicine_by_itself() -> None:
    assert found("Salvera is a salt.") == [("salt", "Salvera")]


def test_a_name_of_two_words_is_found_whole() -> None:
    assert found("Insulin zeta, once a week") == [("insulin zeta", "Insulin zeta")]


def test_a_name_inside_another_word_is_none() -> None:
    assert found("Glenevax and the pre-Gleneva era") == []


def test_a_table_with_one_name_for_two_medicines_is_refused_with_the_place() -> None:
    with pytest.raises(ValueError, match=r"products, line 5: 'Torvexa' stands twice"):
        Products.of("# a note\n" + TABLE + "zenvatide\tpeptide\tTorvexa\n")


def test_every_bundled_medicine_is_of_a_modality_of_the_ontology() -> None:
    named = {PRODUCTS.named(name) for name in ("Keytruda", "Spinraza", "Kymriah")}
    modalities = {product.modality for product in named if product is not None}

    assert modalities == {"monoclonal-antibody", "antisense-oligonucleotide", "car-t"}
    for product, _, _ in PRODUCTS.find(" ".join(LEXICON.common_words)):
        concept = LEXICON.ontology.concept(product.modality)
        assert concept is not None
        assert concept.kind == "modality"


@given(st.text(max_size=200))
def test_every_medicine_lies_in_the_text(text: str) -> None:
    for product, start, end in PRODUCTS.find(text):
        assert PRODUCTS.named(text[start:end]) is product
