from hypothesis import given
from hypothesis import strategies as st

from lexicon.phrases import phrase_key, singular
from lexicon.text import fold, squash, title_key, words

TEXTS = st.text(alphabet=st.sampled_from("aB1 -α’'s®é½ﬁ\u0301\u00b5\u200b") | st.characters(), max_size=120)


def test_case_hyphens_marks_and_possessives_make_no_difference() -> None:
    assert title_key("Innate’s NK-Cell Engagers®") == title_key("innate NK cell engagers")


def test_letters_of_other_alphabets_fold_to_the_plain_ones() -> None:
    assert title_key("𝐀ﬁÉ") == "afie"


def test_codes_are_one_with_and_without_hyphen() -> None:
    assert squash("B7-H3") == squash("B7 H3") == squash("b7h3")


def test_plurals_are_one_with_their_singular() -> None:
    assert phrase_key("antibodies") == phrase_key("antibody")
    assert [singular(word) for word in ("virus", "analysis", "gas", "class", "cells")] == [
        "virus",
        "analysis",
        "gas",
        "class",
        "cell",
    ]


@given(TEXTS)
def test_every_stretch_of_a_folded_text_leads_back_to_its_place(text: str) -> None:
    folded = fold(text)

    assert len(folded.starts) == len(folded.text)
    assert list(folded.starts) == sorted(folded.starts)
    for place in range(len(folded.text)):
        start, end = folded.span(place, place + 1)
        assert 0 <= start < end <= len(text)


@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text

    assert fold(once).text == once
    assert words(text) == once.split()
