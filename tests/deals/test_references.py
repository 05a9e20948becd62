"""Words that stand for a party: places, peoples, sorts of companies, pronouns."""

import pytest

from deals.document import prepare
from deals.masked import masked
from deals.names import runs_of
from deals.organisations import gather
from deals.places import country_of, is_place
from deals.references import resolved
from tests.deals.articles import lexicon

LEAD = (
    "Halmar Therapeutics, a Basel biotech, and Orsted Pharma of Lyon, France, have signed. "
    "The University of Leeds is a party too."
)


def last(sentence: str) -> str:
    """Return a sentence behind the lead, with what stands for a party replaced by its name."""
    document = prepare("", f"{LEAD} {sentence}")
    organisations = gather(runs_of(document, lexicon()), lexicon())
    parties = list(enumerate(organisations))
    sentences = resolved(document, masked(document, organisations), parties, lexicon().companies, others={})
    text = sentences[-1].text
    for number, one in parties:
        text = text.replace(f"§{number}§", one.name.split(" ")[0])
    return text


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("The Swiss company pays.", "Halmar pays."),
        ("The Basel group pays.", "Halmar pays."),
        ("In return the French firm gets $5m.", "In return Orsted gets $5m."),
        ("The Lyon company pays.", "Orsted pays."),
        ("For this the Swiss will pay.", "For this Halmar will pay."),
        ("Rights go to the university.", "Rights go to University."),
        ("The biotech pays.", "Halmar pays."),
        ("The German company pays.", "The German company pays."),
        ("The company's shares rose.", "Halmar's shares rose."),
    ],
)
def test_role_nouns_and_peoples_point_to_the_party_that_they_fit(sentence: str, meant: str) -> None:
    assert last(f"Halmar said so. {sentence}") == meant


def test_a_pronoun_stands_for_whoever_did_something_before() -> None:
    assert last("Orsted has its own plans. It pays $5m.") == "Orsted pays $5m."
    assert last("Halmar gets $5m from Orsted. In return, it will supply the drug.").endswith(
        "Halmar will supply the drug."
    )


@pytest.mark.parametrize(
    ("name", "country"),
    [("Basel", "CH"), ("BASEL", "CH"), ("Danes", "DK"), ("South Korea", "KR"), ("New Jersey", "US"), ("Halmar", "")],
)
def test_places_and_peoples_have_a_country(name: str, country: str) -> None:
    assert country_of(name) == country
    assert is_place(name) == bool(country)
