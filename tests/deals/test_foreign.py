"""Sentences about other companies' deals give no terms."""

import pytest

from deals.document import prepare
from deals.foreign import foreign_sentences
from deals.known import known
from lexicon import load

PARTIES = ("Helvia Pharma", "Lumaris Bio")


def foreign(text: str) -> bool:
    """Return whether a sentence is told as another company's deal."""
    document = prepare("", text)
    return foreign_sentences(document, known(document, load(), PARTIES), PARTIES) == {0}


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 Novartis paid $45 million upfront for a similar drug.",
        "Rival Pelham got $500 million upfront for a comparable antibody.",
        "Ostrava Therapeutics, of Leeds, has licensed an antibody for $30 million.",
    ],
)
def test_what_others_paid_is_not_of_this_agreement(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lumaris got $30 million upfront.",
        "The Basel company paid $30 million.",
        "It received $30 million.",
        "Novartis sold the drug to Helvia, which paid Lumaris $30 million.",
        "Rival Pelham got an antibody.",
    ],
)
def test_what_the_parties_pay_is(text: str) -> None:
    assert not foreign(text)


def test_without_parties_nothing_is_anothers() -> None:
    document = prepare("", "Pelham got $500 million upfront.")

    assert foreign_sentences(document, known(document, load()), ()) == frozenset()
