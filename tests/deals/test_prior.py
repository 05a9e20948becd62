from datetime import date
from decimal import Decimal

import pytest

from deals.document import prepare
from deals.pastyears import past_years
from deals.payments import payments
from deals.prior import article_year, old_sentences, over
from deals.recalled import priors

NEWS = "BASEL, May 4, 2022 – Helvia today announced that it has licensed LMR-220 from Lumaris."

TODAY = date(2022, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "The companies signed their first research agreement in 2016.",
        "Under the original agreement, Lumaris received $12 million.",
        "The pact dates back to 2019, when Helvia paid $45 million upfront.",
        "To date, milestone payments of €13m have been announced, and Lumaris is eligible for up to €400m more.",
        "Last year Helvia licensed another drug for $9 million.",
        "Pelham gave up a contract under which $200 million had been paid at the outset.",
        "The two firms have already collaborated on two projects.",
    ],
)
def test_a_sentence_that_recalls_an_older_agreement_is_known(text: str) -> None:
    document = prepare("", f"{NEWS}\n\n{text}")

    assert old_sentences(document, 2022) == {1}


@pytest.mark.parametrize(
    "text",
    [
        "Under the terms of the agreement, Helvia will pay $30 million upfront.",
        "Helvia has expanded the alliance that it signed in 2019 and will pay $30 million.",
        "Lumaris said it had been paid $30 million upfront.",
        "Helvia, which had invested in Lumaris before, will pay $30 million.",
        "Helvia, whose sales rose last year, pays $30 million upfront.",
        "Helvia expects approval in 2025.",
        "Lumaris was founded in 2015.",
    ],
)
def test_the_news_itself_is_not_old(text: str) -> None:
    assert old_sentences(prepare("", f"{NEWS}\n\n{text}"), 2022) == frozenset()


def test_what_follows_in_the_past_tense_belongs_to_the_older_agreement() -> None:
    text = f"{NEWS}\n\nThe first alliance had begun in 2019. Helvia paid $35 million to get in."

    assert old_sentences(prepare("", text), 2022) == {1, 2}


def test_money_of_an_older_agreement_is_never_a_term() -> None:
    text = f"The pact dates back to 2019, when Helvia paid $45 million upfront.\n\n{NEWS} It pays $30 million upfront."
    document = prepare("", text)
    old = old_sentences(document, 2022)
    prior = priors(document, old, TODAY, 2022)

    assert [money.amount for money in payments(document, old).values()] == [Decimal(30_000_000)]
    assert [(p.year, [(field, money.amount) for field, money in p.money]) for p in prior] == [
        (2019, [("upfront", Decimal(45_000_000))])
    ]


def test_a_profile_recalls_agreements_too_but_a_founding_is_none() -> None:
    text = (
        f"{NEWS}\n\nIt works.\n\nAbout Lumaris\n\nLumaris was founded in 2015 and works with Pelham under an agreement "
        "signed in 2019."
    )
    document = prepare("", text)

    assert [prior.year for prior in priors(document, frozenset(), TODAY, 2022)] == [2019]


def test_an_older_agreement_without_a_year_has_none() -> None:
    document = prepare("", f"{NEWS}\n\nUnder the original agreement, Lumaris does the chemistry.")

    assert [prior.year for prior in priors(document, {1}, TODAY, 2022)] == [None]


def test_the_year_of_an_article_is_that_of_its_publication_else_of_its_dateline() -> None:
    document = prepare("", NEWS)

    assert article_year(document, date(2021, 1, 1)) == 2021
    assert article_year(document) == 2022
    assert article_year(prepare("", "Nothing here.")) is None


def test_what_a_known_agreement_still_provides_for_are_its_terms_when_it_takes_a_step() -> None:
    document = prepare("", f"{NEWS}\n\nThe licence of 2020 provides for up to $60 million in milestones.")
    old = old_sentences(document, 2022)

    assert old == {1}
    assert over(document, old, "milestone") == frozenset()
    assert over(document, old, "expansion") == old


def test_a_payment_at_the_time_of_signing_is_no_older_agreements() -> None:
    document = prepare("", f"{NEWS}\n\nHelvia invests $18 million in Lumaris shares at the time of signing.")

    assert old_sentences(document, 2022) == frozenset()


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Helvia has widened its 2019 alliance with Lumaris.", (2019,)),
        ("It is the second amendment of the agreement dated May 3, 2018 (as amended in June 2020).", (2018, 2020)),
        ("Helvia returns the antibody that it took from Lumaris in 2017.", (2017,)),
        ("The two have worked together on kinases since 2016.", (2016,)),
        ("Milestones of up to $90 million stand as agreed in 2020.", (2020,)),
        ("Lumaris had pocketed $38m in upfront cash in late 2021.", (2021,)),
        ("Helvia paid EUR 5 million for the option two years ago.", (2020,)),
        ("The joint venture was agreed last November.", (2021,)),
        ("The option was granted in January last year.", (2021,)),
        ("The drug comes on top of the Asian rights that it bought in 2018.", (2018,)),
        ("In 2015 it in-licensed LMR-7 from Pelham.", (2015,)),
        ("In January 2022 Lumaris gave Pelham rights to LMR-9 in Japan.", (2022,)),
        ("On April 29, 2022, Helvia and Lumaris entered into a license agreement.", ()),
        ("Helvia, carved out of Orrin in 2011, signs its first licence.", ()),
        ("Helvia bought Orrin Therapeutics for $387 million in 2020.", ()),
        ("The licence covers a drug that was approved in 2014.", ()),
        ("Under the deal a phase 2 trial will begin by December 31, 2021.", ()),
        ("Helvia had revenue of $1.2 billion in fiscal 2021 from the alliance.", ()),
        ("Helvia expects the collaboration to bring a drug to patients in 2027.", ()),
    ],
)
def test_a_year_is_an_earlier_agreements_where_the_nearest_words_are(text: str, years: tuple[int, ...]) -> None:
    (sentence,) = prepare("", text).sentences

    assert past_years(sentence, TODAY, 2022) == years
