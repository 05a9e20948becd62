"""What happened to an agreement, in the many words in which news say it; all companies are invented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.document import prepare
from deals.events import event_of, status_of
from deals.prior import old_sentences
from news.reading import DealEventName


def event(title: str, text: str) -> DealEventName:
    document = prepare(title, text)
    return event_of(document, old_sentences(document, 2026))


def status(title: str, text: str) -> str:
    return status_of(prepare(title, text), event(title, text))


def titled(*cases: tuple[str, str]) -> pytest.MarkDecorator:
    """Return a parametrisation with titles for ids."""
    return pytest.mark.parametrize(("title", "text"), cases, ids=[title for title, _ in cases])


@titled(
    ("Orsted drops Halmar's lupus antibody", "Orsted Bio has terminated its licence with Halmar Therapeutics."),
    ("Orsted walks away from Halmar's antibody", "The British group has handed back all rights to HLM-21."),
    ("Halmar slumps as Orsted hands back conjugate", "Orsted Bio is giving back its rights to the conjugate."),
    ("Halmar regains HLM-21", "Halmar Therapeutics has regained the worldwide rights to its antibody from Orsted Bio."),
    ("Halmar takes back Huntington programme", "Halmar has reacquired the rights to a gene therapy from Orsted Bio."),
    ("Orsted and Halmar part ways", "The companies have ended by mutual consent their alliance on peptides."),
    ("Orsted, Halmar call it a day", "The two have dissolved their pact on gene editing for muscle disease."),
    ("Orsted scraps cell therapy tie-up", "Orsted Bio has scrapped a collaboration with Halmar Therapeutics."),
    ("Orsted lets option lapse", "Orsted Bio will not exercise its option on the Lyme booster of Halmar Therapeutics."),
    (
        "Orsted to stop distributing nine Halmar drugs",
        "It will stop selling the drugs when the contract ends in March.",
    ),
    (
        "Form 8-K: Halmar",
        "Halmar received notice of termination of the License Agreement. All rights revert to Halmar.",
    ),
    (
        "Halmar reacquires drops",
        "Halmar said it had reacquired the U.S. and Canadian rights to the drops from Orsted Bio.",
    ),
    ("Out in the cold", "Orsted gave notice that it would end their licence. Rights go back to Halmar in June."),
    ("Orsted bows out of TIGIT follow-on", "It opted to discontinue its collaboration with Halmar Therapeutics."),
)
def test_an_end_is_a_termination_however_it_is_worded(title: str, text: str) -> None:
    assert event(title, text) == "termination"


@titled(
    ("Orsted opts in on heart drug", "Orsted Bio has exercised its option to license HLM-21 from Halmar Therapeutics."),
    ("Orsted picks up option on eye gene therapy", "Halmar receives $12 million as Orsted takes up its option."),
    ("Orsted pulls the trigger on obesity drug", "Orsted Bio is taking up its option on the peptide, Halmar said."),
    ("Orsted elects to license stroke antibody", "Orsted Bio has elected to license the antibody from Halmar."),
    ("Third option becomes a licence", "Orsted Bio converted its option on a third target into an exclusive licence."),
    ("Orsted exercises co-promotion right", "Orsted Bio has exercised its right to co-promote the spray of Halmar."),
)
def test_an_option_that_is_taken_up_is_an_exercise(title: str, text: str) -> None:
    assert event(title, text) == "option-exercise"


@titled(
    ("Halmar, Orsted rework antibody pact", "The partners have amended their 2021 licence: two targets drop out."),
    ("Amended and Restated License Agreement", "Halmar entered into an amended and restated license agreement."),
    (
        "Orsted and Halmar narrow their alliance",
        "They have narrowed the scope of their alliance to Alzheimer's disease.",
    ),
    ("Second Amendment to Collaboration Agreement", "Halmar and Orsted entered into a second amendment."),
    ("Orsted brings forward cash", "The partners announced a reworking of their agreement; royalties are lower now."),
    ("Alliance modernised", "Orsted and Halmar will modernise their current alliance and revise the split of margins."),
)
def test_changed_terms_are_an_amendment(title: str, text: str) -> None:
    assert event(title, text) == "amendment"


@titled(
    ("Halmar earns first Orsted milestone", "Halmar said it had reached the first milestone and is paid $2 million."),
    ("Halmar Receives Milestone Payment", "Halmar received a milestone payment of $5 million from Orsted Bio."),
    ("Halmar to receive $15M milestone payment", "The milestone payment was triggered by the start of a trial."),
    ("Approval pays off", "Halmar today announced receipt of an $11 million milestone payment from Orsted Bio."),
    ("A cheque for Halmar", "It gets £3 million from Orsted, its licensee, because the first patient was treated."),
    (
        "Target four is in",
        "Halmar validated the fourth target of its collaboration with Orsted and collects $2 million.",
    ),
    ("Subsidiary meets all milestones of collaboration", "Halmar has met all milestones of its pact with Orsted Bio."),
    ("Halmar records $100,000 licensing milestone", "It received a milestone licensing payment from Orsted Bio."),
)
def test_a_milestone_that_is_reached_or_paid_is_one(title: str, text: str) -> None:
    assert event(title, text) == "milestone"


@titled(
    ("Orsted closes licence with Halmar", "Orsted Bio closed its licence after the regulator gave its consent."),
    ("Halmar Announces Effectiveness of License Agreement", "The license agreement has become effective."),
    ("Regulator waves through Orsted-Halmar pact", "The waiting period expired and the transaction had closed."),
    ("Orsted Announces Closing of Licensing Transaction", "Orsted announced the closing of its license agreement."),
    ("Venture opens for business", "Orsted and Halmar have completed the formation of their joint venture."),
)
def test_what_takes_effect_is_a_closing_and_closed(title: str, text: str) -> None:
    assert event(title, text) == "closing"
    assert status(title, text) == "closed"


@titled(
    ("Orsted widens macrocycle alliance", "The companies have widened their alliance to cover immunology."),
    ("Orsted's mRNA wager gets bigger", "Orsted Bio adds four targets to its collaboration with Halmar."),
    ("Orsted doubles down on Halmar", "It has doubled the number of programmes in its pact with Halmar Therapeutics."),
    ("Halmar and Orsted Extend Research Partnership", "They announced the extension of the partnership to 2029."),
    ("Orsted renews research pact", "Orsted Bio has renewed its research collaboration with Halmar Therapeutics."),
    ("Halmar adds China", "Halmar has extended its distribution agreement with Orsted Bio to China and Brazil."),
)
def test_more_of_the_same_is_an_expansion(title: str, text: str) -> None:
    assert event(title, text) == "expansion"


@titled(
    ("Halmar and Orsted sign licence", "Either party may terminate the agreement. Rights would revert to Halmar."),
    ("Orsted licenses antibody", "Orsted Bio has the option to expand the collaboration by two targets."),
    ("Orsted signs with Halmar", "The agreement is expected to close in March, subject to antitrust clearance."),
    ("Orsted takes licence", "Halmar may receive milestone payments of up to $300 million and royalties."),
    ("Orsted, Halmar end inhaler suit with licence", "Halmar granted a licence, ending a patent suit in Delaware."),
    ("Halmar and Orsted team up on antibodies", "The antibodies come from patients who recovered from COVID-19."),
    ("Orsted and Halmar to fight flu", "They will give back to the community by a research programme on vaccines."),
    ("Halmar licenses pill", "In the quarter ended June 30 Halmar had sales of $3 million from other collaborations."),
)
def test_what_may_happen_later_or_ended_otherwise_makes_no_event_of_a_new_agreement(title: str, text: str) -> None:
    assert event(title, text) == "new"


def test_an_earlier_agreement_that_was_changed_is_not_the_event() -> None:
    text = (
        "Orsted Bio has licensed HLM-40 from Halmar Therapeutics. The drug is an antibody against asthma. "
        "In 2019 Halmar expanded a collaboration with Sollund Pharma."
    )
    assert event("Orsted licenses asthma antibody from Halmar", text) == "new"


@titled(
    ("Halmar Signs Binding Term Sheet with Orsted", "Halmar and Orsted signed a binding term sheet on distribution."),
    ("Halmar licenses antibody to Orsted", "Orsted Bio has licensed an antibody from Halmar Therapeutics."),
)
def test_a_binding_term_sheet_is_as_firm_as_an_agreement(title: str, text: str) -> None:
    assert status(title, text) == "announced"


@titled(
    ("Halmar signs term sheet with Orsted", "The non-binding term sheet covers rights to a dengue shot in Asia."),
    ("Halmar, Orsted sign memorandum of understanding", "They intend to conclude a licence by the end of the year."),
)
def test_a_term_sheet_or_memorandum_binds_nobody(title: str, text: str) -> None:
    assert status(title, text) == "non-binding"


@pytest.mark.parametrize(
    ("wanted", "title", "text"),
    [
        ("termination", "News from Halmar", "Orsted Bio decided not to renew its 2021 alliance with Halmar."),
        ("termination", "Partner bails on Halmar's asthma drug", "Orsted Bio leaves the three-year-old licence."),
        (
            "option-exercise",
            "News from Halmar",
            "Orsted Bio has triggered the third of five options under their alliance.",
        ),
        ("option-exercise", "Orsted takes kidney drug", "Orsted picked up HLM-3 under its option pact with Halmar."),
        ("amendment", "News from Halmar", "Halmar and Orsted Bio have altered the terms of their 2022 licence."),
        (
            "milestone",
            "News from Halmar",
            "Halmar has earned $20 million from Orsted, whose trial has dosed a patient.",
        ),
        ("closing", "News from Halmar", "Orsted finalised its licence of the HLM-8 cell therapy, Halmar said."),
    ],
)
def test_a_plain_way_of_saying_it_will_do_where_an_older_agreement_is_named(
    wanted: DealEventName, title: str, text: str
) -> None:
    assert event(title, text) == wanted


def test_what_was_not_done_is_no_event() -> None:
    text = "Orsted Bio has licensed HLM-40 from Halmar Therapeutics. It has not exercised its option on HLM-41."
    assert event("Orsted licenses asthma antibody from Halmar", text) == "new"
    assert event("Orsted will not renew its alliance", "The alliance will lapse in June.") == "termination"


@settings(max_examples=60)
@given(st.text(max_size=300), st.text(max_size=600))
def test_any_text_has_an_event(title: str, text: str) -> None:
    assert event(title, text)
