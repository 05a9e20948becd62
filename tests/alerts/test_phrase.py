"""What hides a phrase in a text, and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.phrase import Passage, find, is_like
from lexicon.text import fold
from news.reading import Evidence

ENGAGER = "NK cell engager"


def places(phrase: str, text: str) -> list[str]:
    """Return the original words at every place of a phrase."""
    return [evidence.quote for evidence in find(phrase, Passage.of(text))]


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        (ENGAGER, "a first nk cell engager for", "nk cell engager"),
        (ENGAGER, "NK-cell engagers", "NK-cell engagers"),
        (ENGAGER, "the NK cell  engager’s target", "NK cell  engager"),
        (ENGAGER, "NK Cell Engager™ platform", "NK Cell Engager"),
        (ENGAGER, "a natural killer (NK) cell engager here", "(NK) cell engager"),
        ("natural killer cell engager", "a natural killer (NK) cell engager here", "natural killer (NK) cell engager"),
        ("natural killer (NK) cell engager", "natural killer cell engagers", "natural killer cell engagers"),
        ("natural killer (NK) cell engager", "natural killer (NK) cell engagers", "natural killer (NK) cell engagers"),
        ("NK cell engagers", "one NK cell engager", "NK cell engager"),
        ("IFN-gamma", "high IFN-γ levels", "IFN-γ"),
        ("IFN-γ", "IFN gamma", "IFN gamma"),
        ("TNF alpha", "TNFα inhibitors", "TNFα"),
        ("B7-H3", "against B7H3 and", "B7H3"),
        ("B7H3", "against B7-H3 and", "B7-H3"),
        ("B7H3", "against B7 H3 and", "B7 H3"),
        ("PD-L1", "PDL1", "PDL1"),
        ("co-development", "a codevelopment deal", "codevelopment"),
        ("codevelopment", "a co-development deal", "co-development"),
        ("antibody", "two antibodies", "antibodies"),
        ("virus", "viruses", "viruses"),
        ("Böhringer", "at Bohringer", "Bohringer"),
        ("Dr. Reddy's", "sold to Dr. Reddy’s today", "Dr. Reddy"),
        ("Merck & Co", "with Merck & Co., Inc.", "Merck & Co"),
        ("Cambridge Massachusetts", "in Cambridge, Massachusetts.", "Cambridge, Massachusetts"),
        ("option agreement", "an option\nagreement", "option\nagreement"),
        ("US rights", "the U.S. rights", "U.S. rights"),
    ],
)
def test_writing_does_not_hide_a_phrase(phrase: str, text: str, words: str) -> None:
    assert places(phrase, text)[0] == words


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        (ENGAGER, "NK cells and engagers"),
        (ENGAGER, "a T cell engager"),
        (ENGAGER, "It works on the NK cell. Engager platforms came later"),
        (ENGAGER, "the NK cell\n\nengager"),
        ("cell", "an excellent result"),
        ("the rapist", "a therapist"),
        ("IL-12", "IL-1, 2 patients"),
        ("lung cancer", "lung, breast and other cancers"),
        ("NK cell engager", "NK (natural killer"),
        ("®", "a mark ® alone"),
        ("", "anything"),
    ],
)
def test_other_words_are_not_the_phrase(phrase: str, text: str) -> None:
    assert places(phrase, text) == []


def test_every_place_is_found() -> None:
    assert places("ADC", "ADCs: one ADC, and an A-D-C") == ["ADCs", "ADC", "A-D-C"]


def test_a_name_is_like_a_part_of_it() -> None:
    assert is_like("Innate", "Innate Pharma SA")
    assert not is_like("Nate", "Innate Pharma SA")


def test_evidence_says_where_the_words_stand() -> None:
    passage = Passage.of("An NK-cell engager", "title", "https://a.example/1")

    assert list(find(ENGAGER, passage)) == [
        Evidence("NK-cell engager", 3, 18, "title", url="https://a.example/1"),
    ]


@given(st.text(max_size=60), st.text("ab1 -().™γ", min_size=1, max_size=12))
def test_a_quote_is_the_text_at_its_place(text: str, phrase: str) -> None:
    whole = f"{text} {phrase} {text}"
    for evidence in find(phrase, Passage.of(whole)):
        assert whole[evidence.start : evidence.end] == evidence.quote != ""


@given(
    st.lists(st.sampled_from(["natural", "killer", "B7", "H3", "antibody", "IFN"]), max_size=5).map(
        lambda w: [*w, "cell"]
    ),
    st.sampled_from([" ", "-", "  ", "‑"]),
    st.sampled_from(["", "s", "'s", "™", "®"]),
)
def test_words_are_found_however_they_are_joined_and_marked(words: list[str], joint: str, end: str) -> None:
    assert places(" ".join(words), f"They said: {joint.join(words).upper()}{end} it is.")


@given(st.text(max_size=40))
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    folded = fold(text).text

    assert fold(folded).text == folded


@given(st.text("abceginprstuyz -1γ®™()'’", min_size=1, max_size=20))
def test_a_phrase_finds_itself_and_its_folded_form(text: str) -> None:
    if fold(text).text:
        assert places(text, text)
        assert places(fold(text).text, text)
