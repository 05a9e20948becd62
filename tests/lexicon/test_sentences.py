from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.sentences import around, cut


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in cut(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Lumaris Oncology, Inc. has signed with Helvia Ltd. and others.",
        "It was said by Claire Aubanel, Ph.D. of the U.S. company.",
        "About approx. 1.5 million doses, No. 1 of its kind, e.g. in Calif. and N.J. today.",
        "The price is $1.35 billion, i.e. a lot.",
        "J. K. Rowan of St. Gallen spoke.",
        "Visit www.Example.com for more.",
    ],
)
def test_abbreviations_and_decimals_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_an_abbreviation_ends_a_sentence_where_another_one_clearly_begins() -> None:
    assert sentences("It has a deal with Helvia Inc. The terms are secret.") == [
        "It has a deal with Helvia Inc.",
        "The terms are secret.",
    ]


def test_a_lost_space_behind_a_full_stop_is_no_obstacle() -> None:
    assert sentences("They signed an agreement.Under its terms, Helvia pays.") == [
        "They signed an agreement.",
        "Under its terms, Helvia pays.",
    ]


def test_a_closing_quotation_mark_belongs_to_the_sentence_before() -> None:
    assert sentences("“We are glad.” He left.") == ["“We are glad.”", "He left."]


def test_a_blank_line_ends_a_sentence_and_a_paragraph() -> None:
    spans = cut("About Helvia\n\nHelvia makes drugs.\n\nIt is listed.")

    assert [span.paragraph for span in spans] == [0, 1, 2]


def test_a_wrapped_line_goes_on_in_the_next_one() -> None:
    text = "Helvia Therapeutics said on Monday that it could double its\nincome from the alliance."

    assert sentences(text) == [text]


def test_a_short_line_without_a_full_stop_is_a_heading() -> None:
    assert sentences("About Helvia\nHelvia makes drugs.") == ["About Helvia", "Helvia makes drugs."]


@given(st.text(alphabet=st.sampled_from('aB .\n!?"”(U1,') | st.characters(), max_size=200))
def test_the_sentences_hold_every_word_in_order_and_overlap_nowhere(text: str) -> None:
    spans = cut(text)

    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert all(before.paragraph <= after.paragraph for before, after in pairwise(spans))


def test_no_sentence_is_longer_than_a_rule_can_bear() -> None:
    assert max(span.end - span.start for span in cut("and on " * 2000)) <= 2000


def test_the_sentences_around_a_stretch_are_given_whole() -> None:
    text = "Harrow pays €40 million upfront. Up to $5 million\nmay follow, says Harrow. No more."
    place = text.index("$5")

    assert around(text, cut(text), place, place + 10) == "Up to $5 million may follow, says Harrow."
    assert around(text, cut(text), 10, place) == text[:place].strip() + " $5 million may follow, says Harrow."
    assert around("", (), 0, 0) == ""
