"""Who gives rights and who gets them: in headlines, in sentences, and behind words that stand for a company.

G stands for the giver, T for the taker; the names are put in below.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deals.document import prepare
from deals.parties import cast, parties_of
from deals.prior import old_sentences
from deals.roles import roles_of
from news.reading import Kind
from tests.deals.articles import lexicon

GIVER, TAKER = "Halmar Therapeutics", "Orsted Bio"

HEADLINES = """
T snaps up rights to G's leukemia antibody in $500m deal
T bags ex-China rights to G's obesity pill
T bets $50m on G's gene therapy platform
T taps G for RNA editing in deal worth up to $900 million
T picks up G's phase 2 eczema drug
T hands G $40m for Asian rights to eye drug
G hands T rights to its kidney drug in China
G offloads cardiovascular drug to T
G out-licenses asthma candidate to T
T in-licenses G's asthma candidate
T strikes $300m deal for G's ADC
T pays $30m for G's vaccine rights in Europe
T pays G $30m upfront for vaccine rights in Europe
T lands European rights to G's migraine spray
T grabs option on G's cell therapy
G sells rights to schizophrenia drug to T
G sells European rights for its migraine drug to T for $25m
T gains rights to G's diabetes drug in Japan
T acquires rights to G's hepatitis B drug
T acquires exclusive license from G for HLM-21
T obtains license to G's CRISPR patents
T licenses HLM-21 from G
T licences G's antibody technology
G licenses HLM-21 to T for Japan
G grants T exclusive rights to HLM-21 in Greater China
G grants exclusive option to T for HLM-21
T to commercialize G's glaucoma drug in Canada
T to distribute G's blood test in Germany
T to market G's hay fever tablet in Australia
T will sell G's flu test in Brazil
T becomes exclusive distributor of G's ultrasound device in Italy
G appoints T as exclusive distributor in Italy
G names T as its distributor for Israel
G selects T to commercialize HLM-21 in the Middle East
G signs exclusive distribution agreement with T for Saudi Arabia
G and T sign distribution agreement for HLM-21 in Turkey; T will handle registration
G partners with T to bring HLM-21 to patients in Latin America
G enters into exclusive license agreement with T to develop and commercialize HLM-21 in Japan
G enters license agreement granting T rights to HLM-21 in Korea
T enters into agreement to license HLM-21 from G
T signs option agreement with G to license HLM-21
T exercises option to license G's HLM-21
T exercises its option on HLM-21, G to receive $30 million
G earns $20m milestone from T
G receives $15 million milestone payment from T
G to receive $15 million from T as trial starts
T makes milestone payment to G
T returns rights to HLM-21 to G
T hands back lupus drug to G
T drops G's pain drug
T ends collaboration with G, returning rights
G regains rights to HLM-21 from T
G regains global rights as T walks away
G wins back HLM-21 after T ends pact
T terminates license agreement with G
G says T to return rights to arthritis drug
T expands deal with G, adds two targets for $20m
T widens antibody pact with G, pays $10m
G to use its discovery platform to find targets for T in $400m pact
G to discover antibodies for T
T turns to G for AI drug discovery, pays $12m upfront
T and G ink AI deal; G gets $15m upfront
G teams up with T on degraders in pact worth up to $1 billion to G
T invests $25m in G and gets option on lead drug
T buys stake in G, licenses vaccine
G nets $60m upfront in T deal
G scores $100m upfront from T for heart drug
G pockets $45m in licensing deal with T
G lands T as partner for Alzheimer's drug outside US
G finds partner in T for Asian rollout
G secures commercial partner T for Nordic launch of HLM-21
T secures exclusive rights to commercialise G's HLM-21 in the Nordics
T adds G's epilepsy drug to its portfolio
T bolsters pipeline with license to G's HLM-21
T strengthens dermatology portfolio with G's acne cream
T gets G's dry eye drug for Europe
T buys into G's psoriasis drug
T takes on G's antibiotic in Europe
T takes over G's antibiotic
T swoops for G's ALS drug
T plucks migraine asset from G
T scoops up China rights to G's RSV vaccine
T signs up for G's brain shuttle technology
T signs G in protein degradation pact worth up to $700m
T secures access to G's delivery technology
T gains access to G's half-life extension platform
T chooses G's capsid for gene therapy
G supplies T with HLM-21 for sale in Mexico under exclusive deal
G's HLM-21 to be sold by T in Mexico
G's HLM-21 to be commercialized in China by T
HLM-21 heads to China as T licenses G drug
G inks China deal with T for HLM-21
G strikes China licensing pact with T for HLM-21
T inks deal for rights to G drug
G awards T exclusive Japanese rights to HLM-21
G transfers HLM-21 to T
G assigns patents to T
T to develop G's HLM-21
T to pay G up to $300 million for cancer drug
T pledges up to $300m for G's cancer drug
T commits $300m to license G's cancer drug
T shells out $75m for G's asthma drug
T forks over $75m for rights to asthma drug from G
T splashes out on G's asthma drug
T opts in to G's asthma program
T opts into G program
T opts not to exercise option on G's asthma drug
G out-licenses European rights to T
T sublicenses HLM-21 from G
T and G enter licensing deal under which T gets Asian rights
Under the deal, T will be responsible for commercialization of HLM-21, developed by G, in China
G, developer of HLM-21, agrees China licence with T
T reaches deal with G for rights to HLM-21
T in talks to license G's obesity drug
G in talks to license obesity drug to T
T poised to buy rights to G's obesity drug
T close to deal for G's obesity drug
G to license obesity drug to T, sources say
"""

SENTENCES = """
The Swiss company will receive $20 million upfront and up to $300 million in milestones.
The French group pays $20 million upfront and up to $300 million in milestones.
It is worth up to $300 million to the Basel company.
The Lyon group takes over development and commercialisation.
The Swiss firm keeps rights in the United States.
Under the terms, T will be responsible for clinical development and commercialization.
G is eligible for milestones and royalties.
G will supply the product.
T obtains exclusive worldwide rights.
In exchange for exclusive rights, T will make an upfront payment of $20 million.
G retains the right to co-promote in the United States.
T may exercise an option after phase 2.
G could get as much as $300 million.
G stands to gain up to $300 million.
T will fund the research.
T has agreed to pay royalties in the low teens.
Royalties will go to G.
T will sell the drug in Europe.
G discovered HLM-21 in its laboratories.
HLM-21 was discovered by G.
HLM-21 comes from G's antibody platform.
HLM-21 is being developed by G in a phase 2 trial.
G has been testing HLM-21 in a phase 2 trial.
The deal adds HLM-21 to T's oncology portfolio.
The deal gives T the rights to HLM-21 outside Asia.
The deal gives G $20 million upfront.
The agreement calls for T to pay $20 million upfront.
The agreement brings G $20 million in cash.
T will use its sales force of 300 to market the drug.
T gets access to G's platform.
T may select up to three targets.
G will use its platform to discover candidates; T will develop them.
G's shares rose 20%.
Shares of G rose 20% on the news.
T will buy shares in G for $10 million.
T will make a $10 million equity investment in G.
T will also take an equity stake in the Swiss company.
G granted T an exclusive license.
T was granted an exclusive license by G.
T has been granted an exclusive license.
An exclusive license was granted to T.
Rights to HLM-21 pass to T.
All rights remain with G outside Europe.
G is entitled to a double-digit royalty on T's sales.
T is in charge of regulatory filings in China.
T will bear all the costs.
T will handle registration and marketing.
T will purchase the product from G at an agreed price.
G will manufacture HLM-21 and supply it to T.
G said it would get $20 million upfront.
T said it would pay $20 million upfront.
"This licence gives us a product for our sales force," said T's chief executive.
"We are pleased that T will take our antibody to patients," said G's chief executive.
"HLM-21 is an excellent fit with our haematology franchise," said the chief executive of T.
"T has the reach to bring our antibody to patients worldwide," said the chief executive of G.
"""


def named(line: str) -> str:
    """Return a line with the companies' names put in."""
    return re.sub(r"\bT\b(?!\d)", TAKER, re.sub(r"\bG\b", GIVER, line))


def roles(title: str, text: str, kind: Kind = "license") -> dict[str, str]:
    """Return the parties of an agreement of a kind, with their roles."""
    document = prepare(named(title), named(text))
    people = cast(document, lexicon())
    parties = parties_of(people)
    found = roles_of(people, parties, frozenset(), old_sentences(document), kind, lexicon=lexicon())
    return {party.organisation.name: role for party, role in zip(parties, found, strict=True)}


DIRECTED = {GIVER: "licensor", TAKER: "licensee"}


@pytest.mark.parametrize("headline", HEADLINES.split("\n")[1:-1])
def test_a_headline_alone_says_who_gives_and_who_takes(headline: str) -> None:
    assert roles(headline, headline + ".") == DIRECTED


@pytest.mark.parametrize("sentence", SENTENCES.split("\n")[1:-1])
@pytest.mark.parametrize(
    "lead",
    [
        "G, a company based in Basel, and T, a company from Lyon, have signed an agreement for HLM-21, an antibody.",
        "T, a company based in Lyon, and G, a company from Basel, have signed an agreement for HLM-21, an antibody.",
    ],
    ids=["giver first", "taker first"],
)
def test_one_sentence_behind_a_lead_that_favours_nobody_says_it(lead: str, sentence: str) -> None:
    assert (
        roles("G and T sign agreement" if lead.startswith("G") else "T and G sign agreement", f"{lead} {sentence}")
        == DIRECTED
    )


@pytest.mark.parametrize(
    "headline",
    [
        "University of Leeds licenses vaccine to T",
        "T licenses vaccine from University of Leeds",
        "T and University of Leeds sign licence for malaria vaccine",
        "T enters exclusive licensing agreement with University of Leeds for gene therapy patents",
    ],
)
def test_a_university_gives_where_the_grammar_says_little(headline: str) -> None:
    assert roles(headline, headline + ".") == {"University of Leeds": "licensor", TAKER: "licensee"}


def test_parties_that_a_text_joins_stand_on_one_side() -> None:
    text = "Orsted Bio has agreed to grant Halmar Therapeutics and Nordkap Pharma a license to its antibody patents."

    assert roles("Orsted Bio settles with Halmar Therapeutics and Nordkap Pharma", text) == {
        "Orsted Bio": "licensor",
        "Halmar Therapeutics": "licensee",
        "Nordkap Pharma": "licensee",
    }


@pytest.mark.parametrize("kind", ["clinical-collaboration", "joint-venture", "manufacturing"])
def test_joint_ventures_trials_and_manufacture_have_partners(kind: Kind) -> None:
    assert set(roles("G and T to work together", "G and T have signed an agreement on HLM-21.", kind).values()) == {
        "partner"
    }


def test_what_was_agreed_years_ago_gives_no_roles() -> None:
    text = "G has licensed HLM-21 from T. In 2015, T obtained an exclusive license to another antibody from G "
    "under an earlier agreement."

    assert roles("G licenses HLM-21 from T", text) == {GIVER: "licensee", TAKER: "licensor"}


@given(
    st.lists(
        st.sampled_from(
            ["§1§", "§", "G", "T", "will pay", "its option", "the Basel group", "It", "$", ",", "to", "back"]
        )
    )
)
def test_no_text_makes_roles_fail(words: list[str]) -> None:
    roles("G and T sign licence", "G and T sign a licence. " + " ".join(words) + ".")
