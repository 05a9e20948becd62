"""Who signs, and who gives what to whom, in the ways in which it is said."""

import pytest

from deals.document import prepare
from deals.names import runs_of
from deals.organisations import gather
from deals.parties import cast, parties_of
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iceland’s solvar.bio has signed with Orsted Bio.", {"solvar.bio", "Orsted Bio"}),
        ("Orsted Bio and Ghent-based solvar bio have signed.", {"Orsted Bio", "solvar bio"}),
        ("Orsted Bio has signed with 88mile Biologics of Montreal.", {"Orsted Bio", "88mile Biologics"}),
        ("Orsted Bio has signed with 7Bridges Bio.", {"Orsted Bio", "7Bridges Bio"}),
        ("Orsted Bio has signed with Forty 2 Labs.", {"Orsted Bio", "Forty 2 Labs"}),
        (
            "Utrecht’s Merlin Gene Therapies has signed an agreement on a new eye drop with Orsted Bio.",
            {"Merlin Gene Therapies", "Orsted Bio"},
        ),
        (
            (
                "Orsted Bio has signed a contract about nerve cells and stem cells with the "
                "National Institute of Neurological Disorders and Stroke (NINDS)."
            ),
            {"Orsted Bio", "National Institute of Neurological Disorders and Stroke"},
        ),
        (
            "Orsted Bio has signed with the University of Leeds and Halmar Therapeutics.",
            {"Orsted Bio", "University of Leeds", "Halmar Therapeutics"},
        ),
        ("Orsted Bio has signed with Blood Centers of Alberta.", {"Orsted Bio", "Blood Centers of Alberta"}),
        (
            "China Lotus System Holdings has signed a contract about drops with Orsted Bio. CLS is to pay $3 million.",
            {"China Lotus System Holdings", "Orsted Bio"},
        ),
    ],
)
def test_unusual_names_are_found_whole(text: str, names: set[str]) -> None:
    assert names <= _names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Orsted Bio has licensed Plenodril® from Halmar Therapeutics. Plenodril lowers blood pressure.",
        "Orsted Bio has licensed Plenodril (felonidipine mesylate) from Halmar Therapeutics of Basel, Switzerland.",
        "Orsted Bio CEO Marisol Etxe and Halmar Therapeutics Chief Executive Ann Bly have signed.",
        "Orsted Bio gets NT$3 million and SEK 5 million from Halmar Therapeutics for AML and mCRPC.",
        "Orsted Bio's peptide-based drug for Alzheimer's is made by Lyon-based Halmar Therapeutics.",
    ],
)
def test_brands_people_places_currencies_and_diseases_are_no_organisations(text: str) -> None:
    assert _names(text) - {"Plenodril"} == {"Orsted Bio", "Halmar Therapeutics"}


def _parties(title: str, text: str) -> set[str]:
    return {one.organisation.name for one in parties_of(cast(prepare(title, text), lexicon()))}


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "Orsted Group’s Subsidiary Nordkap Bio and Halmar Therapeutics Extend Collaboration Agreement",
            "Nordkap Bio, a subsidiary of Orsted Group, and Halmar Therapeutics have extended their agreement.",
        ),
        (
            "Nordkap Bio signs licence agreement with Halmar Therapeutics",
            "Orsted Group’s subsidiary Nordkap Bio has signed a license agreement with Halmar Therapeutics.",
        ),
    ],
)
def test_the_unit_that_signs_is_the_party_and_not_its_owner(title: str, text: str) -> None:
    assert _parties(title, text) == {"Nordkap Bio", "Halmar Therapeutics"}


def test_a_place_that_owns_a_company_hides_it_not() -> None:
    text = "Edinburgh’s Tartan Vision has granted Orsted Bio a license to TV-3. Tartan Vision gets £18 million upfront."

    assert _parties("Orsted Bio licenses Tartan Vision gene therapy", text) == {"Tartan Vision", "Orsted Bio"}


def test_parties_named_in_the_headline_only_are_parties() -> None:
    text = "Initial focus on one target, exclusive to the collaboration; option for three additional targets"

    assert _parties("Halmar Therapeutics Announces License and Research Collaboration with Orsted Bio", text) == {
        "Halmar Therapeutics",
        "Orsted Bio",
    }
