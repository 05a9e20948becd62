"""A signature knows copies of a text again, and nothing else."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stories.sketch import LEAST_WORDS, body, contained, sketch, smallest

DRAW = random.Random(20261124)  # noqa: S311  # a fixed draw, nothing secret
VOCABULARY = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nrst"]


def words(count: int) -> list[str]:
    return DRAW.choices(VOCABULARY, k=count)


def text(count: int) -> str:
    return " ".join(words(count))


def test_a_text_stands_in_itself_whole_and_in_another_not_at_all() -> None:
    one, other = sketch(text(300)), sketch(text(300))

    assert contained(one, one) == 1
    assert contained(one, other) < 0.1


def test_a_copy_with_a_new_first_line_and_other_spacing_is_nearly_all_there() -> None:
    release = text(300)
    copy = f"Harrow Pharma, 24 November.\n\n{release.upper().replace(' ', '  ')}"

    assert contained(sketch(release), sketch(copy)) > 0.85


@pytest.mark.parametrize("share", [0.4, 0.6, 0.8])
def test_an_extract_is_known_as_part_of_the_longer_text_from_either_side(share: float) -> None:
    whole = words(500)
    extract = whole[: int(500 * share)]
    one, other = sketch(" ".join(whole)), sketch(" ".join(extract))

    assert contained(one, other) > 0.75
    assert contained(one, other) == contained(other, one)


def test_the_share_that_two_texts_have_in_common_is_estimated_to_a_fifth() -> None:
    common = text(200)
    for _ in range(20):
        one, other = sketch(f"{common} {text(200)}"), sketch(f"{common} {text(200)}")
        assert contained(one, other) == pytest.approx(0.5, abs=0.2)


def test_a_text_of_a_few_words_has_no_signature_and_is_like_none() -> None:
    short, enough = text(LEAST_WORDS - 1), text(LEAST_WORDS)

    assert sketch(short) == b""
    assert sketch(enough) != b""
    assert contained(sketch(short), sketch(short)) == 0
    assert smallest(b"", 6) == ()


@pytest.mark.parametrize(
    "heading", ["About Northpoint Bio", "Forward-Looking Statements", "Media contact:", "Notes to editors", "- Ends -"]
)
def test_what_every_release_of_a_company_ends_with_makes_no_two_alike(heading: str) -> None:
    profile = text(300)
    one, other = (sketch(f"{text(150)}\n\n{heading}\n{profile}") for _ in range(2))

    assert contained(one, other) < 0.1


def test_what_the_agreement_is_about_is_no_tail_and_neither_is_a_column_that_begins_so() -> None:
    told = f"{text(100)}\nAbout the agreement\n{text(50)}"
    column = f"About Money\n{text(100)}"

    assert body(told) == told
    assert body(column) == column


def test_a_signature_is_the_same_in_every_process_and_of_a_size_that_does_not_grow() -> None:
    told = " ".join(f"word{n}" for n in range(30))

    assert sketch(told)[:9].hex() == "011c000000512aed00"
    assert len(sketch(text(100))) == len(sketch(text(2000))) == 1 + 4 * 65


def test_a_signature_of_another_version_is_like_none() -> None:
    one = sketch(text(100))
    other = bytes([one[0] + 1]) + one[1:]

    assert contained(one, other) == 0
    assert smallest(other, 6) == ()


def test_texts_that_are_much_alike_share_one_of_their_smallest_hashes() -> None:
    for _ in range(50):
        release = words(300)
        copy = [*words(20), *release[:250], *words(20)]
        mine, theirs = (set(smallest(sketch(" ".join(told)), 6)) for told in (release, copy))
        assert mine & theirs


@settings(max_examples=60, deadline=None)
@given(one=st.binary(max_size=300), other=st.binary(max_size=300), told=st.text(max_size=400))
def test_any_bytes_can_be_held_against_any_text(one: bytes, other: bytes, told: str) -> None:
    for mine in (one, bytes([1]) + one):
        assert 0 <= contained(mine, other) <= 1
        assert 0 <= contained(mine, sketch(told)) <= 1
