"""A deal in sixty words is read like a long article, whatever it leaves out."""

from decimal import Decimal

import pytest

from deals.reader import ArticleText, read
from lexicon import load
from news.reading import Terms

BRIEFS = {
    "Sanofi widens NK cell pact with Innate Pharma": (
        "Sanofi has enlarged its cancer alliance with Innate Pharma. The Marseille biotech grants the French group a "
        "licence to NK cell engagers made with its ANKET platform against B7-H3, a protein found on many solid "
        "tumours, and options on two further targets. Innate gets €25 million upfront and may earn up to €1.35 billion "
        "in milestones, plus royalties on sales."
    ),
    "Innate Pharma expands Sanofi alliance": (
        "Innate Pharma is broadening its collaboration with Sanofi, which takes a licence to a B7-H3 NK cell engager "
        "from the biotech's ANKET technology. Sanofi pays EUR 25m at signing. Preclinical, clinical, regulatory and "
        "commercial milestones could bring EUR 1.35bn more, and royalties will follow. The pair have worked together "
        "since 2016, a deal that was worth up to €400m."
    ),
}


def terms(title: str) -> Terms:
    """Return the terms of a brief."""
    found = read(ArticleText(title, BRIEFS[title]), load()).terms
    assert found is not None
    return found


@pytest.mark.parametrize("title", BRIEFS)
def test_a_brief_names_the_parties_in_their_roles_and_the_expansion(title: str) -> None:
    assert len(BRIEFS[title].split()) <= 60

    found = terms(title)
    assert {(party.name, party.role) for party in found.parties} == {
        ("Sanofi", "licensee"),
        ("Innate Pharma", "licensor"),
    }
    assert found.event == "expansion"


@pytest.mark.parametrize("title", BRIEFS)
def test_a_brief_gives_the_money_of_the_new_agreement_alone(title: str) -> None:
    found = terms(title)

    assert [(field, money.amount, money.currency, money.up_to) for field, money in found.money()] == [
        ("upfront", Decimal(25_000_000), "EUR", False),
        ("milestones", Decimal(1_350_000_000), "EUR", True),
    ]
    assert found.royalties is not None


@pytest.mark.parametrize("title", BRIEFS)
def test_a_brief_gives_the_subject_of_the_agreement(title: str) -> None:
    found = terms(title)

    assert "ANKET" in [asset.name for asset in found.assets]
    assert [target.name for target in found.targets] == ["B7-H3"]
    assert [modality.name for modality in found.modalities] == ["NK cell engager"]
