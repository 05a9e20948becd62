"""Who signs, and who gives what to whom, in the ways in which it is said."""

import pytest

from deals.document import prepare
from deals.names import runs_of
from deals.organisations import gather
from tests.deals.articles import lexicon, roles

_TAIL = (
    " Halmar Therapeutics is eligible to receive milestone payments of up to $300 million "
    "and royalties on net sales from Orsted Bio."
)


@pytest.mark.parametrize(
    "lead",
    [
        "Halmar Therapeutics has granted Orsted Bio an exclusive license to HLM-21, an antibody for multiple myeloma.",
        "Orsted Bio has in-licensed HLM-21, an antibody for multiple myeloma, from Halmar Therapeutics.",
        "Halmar Therapeutics has out-licensed HLM-21, an antibody for multiple myeloma, to Orsted Bio.",
        (
            "Orsted Bio will pay Halmar Therapeutics $20 million upfront for worldwide rights to "
            "HLM-21, an antibody for multiple myeloma."
        ),
        (
            "Exclusive rights to HLM-21, an antibody for multiple myeloma, have been licensed to "
            "Orsted Bio by Halmar Therapeutics."
        ),
        (
            "Under a license agreement between Halmar Therapeutics and Orsted Bio, Halmar will "
            "receive an upfront payment of $20 million for HLM-21, an antibody for multiple myeloma."
        ),
        (
            "Orsted Bio gains rights to Halmar Therapeutics’ antibody HLM-21 for multiple myeloma "
            "under a license agreement."
        ),
    ],
    ids=["grants", "in-licenses", "out-licenses", "pays", "passive", "between", "possessive"],
)
def test_the_giver_is_the_licensor_however_it_is_said(lead: str) -> None:
    found = roles("Halmar Therapeutics and Orsted Bio sign license agreement for myeloma antibody", lead + _TAIL)

    assert found == {"Halmar Therapeutics": "licensor", "Orsted Bio": "licensee"}


def test_research_together_has_partners() -> None:
    text = (
        "Halmar Therapeutics and the University of Leeds today announced a research "
        "collaboration to study the biology of multiple "
        "myeloma. Both parties will work together for three years. Financial terms were not "
        "disclosed."
    )

    assert roles("Halmar Therapeutics and University of Leeds announce research collaboration", text) == {
        "Halmar Therapeutics": "partner",
        "University of Leeds": "partner",
    }


def _names(text: str) -> set[str]:
    return {one.name for one in gather(runs_of(prepare("", text), lexicon()), lexicon())}


def test_short_names_belong_to_the_full_name() -> None:
    text = (
        "Halmar Therapeutics AG (“Halmar”) has signed. Halmar will receive €5m. Orsted Bio’s "
        "team, which Halmar knows, agrees."
    )

    assert _names(text) == {"Halmar Therapeutics", "Orsted Bio"}


def test_known_aliases_are_one_company() -> None:
    assert _names("Merck & Co., Inc. said. MSD, as it is known abroad, has signed with Halmar Therapeutics.") == {
        "MSD",
        "Halmar Therapeutics",
    }


def test_codes_and_trade_marks_are_no_organisations() -> None:
    assert _names("Orsted Bio has licensed HLM-21 and Meridor® from Halmar Therapeutics.") == {
        "Orsted Bio",
        "Halmar Therapeutics",
    }


def test_universities_keep_their_of() -> None:
    assert "University of Leeds" in _names(
        "The agreement with the University of Leeds was signed by Halmar Therapeutics."
    )
