"""What is kept, what is perhaps, what is not, and why: one article of our own for each kind of case."""

import pytest

from tests.deals.articles import RELEASE, RELEASE_TITLE, reading, terms

_ACQUISITION = (
    "Orsted Bio to acquire Halmar Therapeutics for $1.2 billion",
    (
        "LEEDS, UK, November 19, 2026 -- Orsted Bio plc and Halmar Therapeutics AG today "
        "announced that they have entered into a definitive "
        "merger agreement under which Orsted will acquire all outstanding shares of Halmar for "
        "$14 per share in cash. Halmar has "
        "a license agreement with Sollund Pharma for its lead drug. The boards of both companies "
        "have approved the transaction."
    ),
)
_EARNINGS = (
    "Halmar Therapeutics Reports Third Quarter 2026 Financial Results and Business Update",
    (
        "BASEL, Switzerland, November 5, 2026 -- Halmar Therapeutics AG today reported financial "
        "results for the third quarter. "
        "In August Halmar entered into a license agreement with Orsted Bio and received $20 "
        "million upfront. Net loss for the "
        "quarter was $12 million. Cash and cash equivalents were $140 million as of September "
        "30, 2026."
    ),
)
_APPLICATION = (
    "FDA Accepts Halmar’s Biologics License Application for Meridumab",
    (
        "BASEL, Switzerland, November 5, 2026 -- Halmar Therapeutics AG today announced that the "
        "U.S. Food and Drug Administration "
        "has accepted its Biologics License Application for meridumab in multiple myeloma and "
        "granted priority review. Meridumab "
        "was studied in the phase 3 AURORA trial."
    ),
)
_TRIAL = (
    "Halmar’s myeloma antibody meets primary endpoint in phase 3 trial",
    (
        "Halmar Therapeutics said its antibody meridumab prolonged progression-free survival in "
        "a phase 3 trial of 400 patients with "
        "multiple myeloma. The drug is partnered with Orsted Bio. Data will be presented at a "
        "medical congress in the spring."
    ),
)
_SPONSORSHIP = (
    "Halmar Therapeutics becomes main sponsor of Basel marathon",
    (
        "Halmar Therapeutics has signed a three-year sponsorship agreement with the Basel "
        "marathon. The drug company will also donate "
        "to the city’s running clubs. The runners wear the company’s colours."
    ),
)
_ROYALTY_FINANCING = (
    "Halmar Therapeutics Announces $90 Million Royalty Financing with Fernway Capital",
    (
        "Halmar Therapeutics today announced a royalty purchase agreement with Fernway Capital. "
        "Halmar will receive $90 million upfront "
        "in exchange for a share of its royalties on meridumab, which Orsted Bio sells under a "
        "licence."
    ),
)


@pytest.mark.parametrize(
    ("article", "kind", "reason"),
    [
        (_ACQUISITION, "acquisition", "acquisition of a company"),
        (_EARNINGS, "earnings", "earnings release that recounts a deal"),
        (_APPLICATION, "regulatory", "not a licence agreement"),
        (_TRIAL, "trial", "trial"),
        (_SPONSORSHIP, "other", "sponsorship"),
        (_ROYALTY_FINANCING, "financing", "royalty financing"),
    ],
    ids=["acquisition", "earnings", "application", "trial", "sponsorship", "royalty financing"],
)
def test_other_news_that_mentions_an_agreement_is_not_kept(article: tuple[str, str], kind: str, reason: str) -> None:
    found = reading(*article)

    assert (found.keep, found.perhaps, found.kind) == (False, False, kind)
    assert reason in found.reason


def test_a_signed_licence_is_kept_and_says_why() -> None:
    found = reading(RELEASE_TITLE, RELEASE)

    assert (found.keep, found.perhaps, found.kind) == (True, False, "license")
    assert found.reason == "licence agreement between Halmar Therapeutics and Orsted Bio"
    assert found.score >= 0.5


_TALKS = (
    "Orsted Bio in talks to license Halmar’s myeloma antibody: sources",
    (
        "Orsted Bio is in advanced talks to license an antibody against multiple myeloma from "
        "Halmar Therapeutics, two people familiar "
        "with the matter said. No decision has been taken. Halmar Therapeutics declined to "
        "comment. The drug is in phase 2."
    ),
)
_LETTER = (
    "Halmar Therapeutics and Orsted Bio sign letter of intent on myeloma antibody",
    (
        "Halmar Therapeutics and Orsted Bio have signed a non-binding letter of intent to "
        "collaborate on an antibody for multiple myeloma. A "
        "license agreement is to be negotiated by spring."
    ),
)


@pytest.mark.parametrize(
    ("article", "status"), [(_TALKS, "rumoured"), (_LETTER, "non-binding")], ids=["talks", "letter"]
)
def test_what_is_not_signed_is_perhaps(article: tuple[str, str], status: str) -> None:
    found = reading(*article)

    assert (found.keep, found.perhaps) == (False, True)
    assert found.terms is not None
    assert found.terms.status == status


def test_an_interview_beside_the_article_makes_no_rumour_of_it() -> None:
    teaser = "Ida Holm talks to us about the cost of care, and why patients wait.\n\n"
    found = reading(RELEASE_TITLE, teaser + RELEASE)

    assert found.keep
    assert found.terms is not None
    assert found.terms.status == "announced"


def test_a_round_up_is_perhaps_and_each_of_its_deals_is_read_on_its_own() -> None:
    text = (
        "Two agreements crossed our desk.\n\nHalmar Therapeutics and Orsted Bio. The British "
        "company has licensed HLM-21, an "
        "antibody for multiple myeloma, from Halmar Therapeutics. Orsted Bio pays $20 million "
        "upfront.\n\n"
        "Sollund Pharma and Brisco Biotech. Sollund Pharma gets European rights to the eczema "
        "cream of Brisco Biotech, which "
        "receives €5 million upfront and royalties."
    )

    found = reading("The week in deals: myeloma and eczema", text)

    assert (found.keep, found.perhaps) == (False, True)
    assert [{party.name for party in deal.parties} for deal in found.deals()] == [
        {"Halmar Therapeutics", "Orsted Bio"},
        {"Sollund Pharma", "Brisco Biotech"},
    ]


@pytest.mark.parametrize(
    ("title", "lead", "event"),
    [
        (
            ("Orsted Bio exercises option on Halmar’s myeloma antibody"),
            (
                "Orsted Bio has exercised its option to license HLM-21, an antibody for multiple "
                "myeloma, from Halmar Therapeutics."
            ),
            "option-exercise",
        ),
        (
            "Orsted Bio ends myeloma alliance with Halmar Therapeutics",
            (
                "Orsted Bio has terminated its license agreement with Halmar Therapeutics on HLM-21, an "
                "antibody for multiple myeloma. All rights return to Halmar."
            ),
            "termination",
        ),
        (
            "Halmar Therapeutics and Orsted Bio amend myeloma licence",
            (
                "Halmar Therapeutics and Orsted Bio have amended their license agreement on HLM-21, an "
                "antibody for multiple myeloma."
            ),
            "amendment",
        ),
        (
            ("Halmar Therapeutics Receives $10 Million Milestone Payment from Orsted Bio"),
            (
                "Halmar Therapeutics today announced that it has received a milestone payment of $10 "
                "million from Orsted Bio under their license agreement for HLM-21, an antibody for "
                "multiple myeloma."
            ),
            "milestone",
        ),
        (
            "Halmar Therapeutics and Orsted Bio close license agreement for HLM-21",
            (
                "Halmar Therapeutics and Orsted Bio today announced the closing of their exclusive "
                "license agreement for HLM-21, an antibody for multiple myeloma."
            ),
            "closing",
        ),
        (
            "Halmar Therapeutics and Orsted Bio expand antibody collaboration",
            (
                "Halmar Therapeutics and Orsted Bio today announced an expansion of their research "
                "collaboration on antibodies for multiple myeloma."
            ),
            "expansion",
        ),
        (RELEASE_TITLE, RELEASE, "new"),
    ],
    ids=["option", "end", "amendment", "milestone", "closing", "expansion", "new"],
)
def test_the_event_is_what_happened_now(title: str, lead: str, event: str) -> None:
    text = (
        lead
        if lead == RELEASE
        else f"{lead} Halmar will receive milestone payments of up to $300 million and royalties on net sales."
    )

    assert terms(title, text).event == event
