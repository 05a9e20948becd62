from decimal import Decimal

import pytest

from deals.document import prepare
from deals.payments import candidates, payments
from tests.deals.sums_of import Stated, read, stated


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Lumaris will receive an upfront payment of $30 million.", {"upfront": (30_000_000, "USD")}),
        ("Lumaris gets €30m upfront.", {"upfront": (30_000_000, "EUR")}),
        ("Helvia pays 1 million euros at signing.", {"upfront": (1_000_000, "EUR")}),
        ("The down payment is CHF 2 million.", {"upfront": (2_000_000, "CHF")}),
        (
            "Lumaris is eligible for up to $400 million in development and sales milestones.",
            {"milestones": (400_000_000, "USD")},
        ),
        ("Milestones could bring another $232.5 million.", {"milestones": (232_500_000, "USD")}),
        ("Milestone payments may come to a total of $820 million.", {"milestones": (820_000_000, "USD")}),
        (
            "Helvia pays $25 million upfront and up to $400 million in milestones.",
            {"upfront": (25_000_000, "USD"), "milestones": (400_000_000, "USD")},
        ),
        (
            "Lumaris receives $21 million as a down payment, and milestone payments of not more than $143.5 million.",
            {"upfront": (21_000_000, "USD"), "milestones": (143_500_000, "USD")},
        ),
        (
            "Helvia will make an equity investment of CHF 12 million in Lumaris.",
            {"equity": (12_000_000, "CHF")},
        ),
        (
            "Helvia pays $50 million upfront and buys $20 million of its stock.",
            {"upfront": (50_000_000, "USD"), "equity": (20_000_000, "USD")},
        ),
        ("Helvia will pay $22 million in upfront and near-term payments.", {"near_term": (22_000_000, "USD")}),
        ("The fee for exercising the option has been set at $35 million.", {"option_fee": (35_000_000, "USD")}),
        ("The deal is worth up to $1.2 billion in total.", {"total": (1_200_000_000, "USD")}),
        ("Lumaris has signed a $745 million deal with Helvia.", {"total": (745_000_000, "USD")}),
        (
            "Upfront and milestone payments could reach as much as $252 million.",
            {"total": (252_000_000, "USD")},
        ),
        (
            "Lumaris receives $70 million consisting of an upfront payment and an equity investment.",
            {"upfront": (70_000_000, "USD")},
        ),
        (
            "Helvia makes upfront and milestone payments of $10 million and $50 million, respectively.",
            {"upfront": (10_000_000, "USD"), "milestones": (50_000_000, "USD")},
        ),
    ],
)
def test_a_sum_goes_to_the_payment_that_its_words_name(text: str, terms: Stated) -> None:
    assert stated(text) == terms


@pytest.mark.parametrize(
    "text",
    [
        "The glaucoma market is worth $1.8 billion.",
        "Helvia had revenues of $300 million last quarter and sales of $20 million.",
        "Lumaris raised $90 million in a Series B financing.",
        "Shares of Lumaris rose to $12.30.",
        "Helvia buys the shares at $4.50 per share.",
        "Lumaris has already received a milestone payment of $15 million from Helvia.",
        "Helvia had $212 million in the bank.",
        "Helvia’s profits fell by $30 million.",
        "Lumaris is valued at $1.4 billion.",
        "Shares in Lumaris jumped 40%, giving it a value of $1.1 billion.",
        "Pelham went to a private equity firm for $2.4 billion.",
        "Helvia will fund the research with $20 million.",
        "The milestone brings nothing but royalties of up to $60 million in future royalties.",
        "Pelham, which struck a similar deal worth $600 million, would not comment.",
        "Analysts had expected an upfront payment of $50 million.",
        "Helvia is to spend $7.5 million on the programme.",
        "Helvia expects full-year sales to be $59 million.",
        "Helvia will write off ¥4.8bn, mostly the value of the licence.",
    ],
)
def test_what_is_no_payment_of_the_agreement_is_not_read(text: str) -> None:
    assert stated(text) == {}


def test_a_payment_without_a_sum_is_there_but_undisclosed() -> None:
    terms = read("Lumaris will receive an undisclosed upfront payment and is eligible for milestone payments.")

    assert {field: money.disclosed for field, money in terms.items()} == {"upfront": False, "milestones": False}
    assert terms["upfront"].evidence.quote == "an undisclosed upfront payment"


@pytest.mark.parametrize(
    "text",
    [
        "Lumaris will receive an undisclosed sum upfront.",
        "Lumaris is to get a six-figure sum on signing.",
        "Lumaris will receive a nine-figure upfront payment.",
        "Helvia secured the rights for an undisclosed sum.",
    ],
)
def test_an_upfront_payment_of_unknown_size_is_there(text: str) -> None:
    assert [(field, money.disclosed) for field, money in read(text).items()] == [("upfront", False)]


def test_upfront_and_near_term_payments_together_are_near_term_alone() -> None:
    terms = read("Lumaris will receive $60 million in upfront and near-term milestone payments.")

    assert [(field, money.amount) for field, money in terms.items()] == [("near_term", Decimal(60_000_000))]


def test_a_milestone_that_was_reached_is_no_payment_to_come() -> None:
    assert read("The trial triggers a milestone payment to Lumaris.", "milestone") == {}


def test_every_sum_is_a_candidate_with_the_reason_why_it_was_taken_or_refused() -> None:
    document = prepare(
        "Helvia licenses LMR-220",
        "Helvia pays $30 million upfront. In 2019 it paid $9 million for another drug. Pelham got $80 million upfront. "
        "The market is worth $2 billion. It could add $1 billion.\n\nIt works.\n\nAbout Helvia\n\nIt sells $4 billion.",
    )
    found = candidates(document, old={2}, foreign={3})

    assert [(int(one.money.amount or 0) // 10**6, one.field, one.why) for one in found] == [
        (30, "upfront", "$30 million upfront"),
        (9, None, "earlier agreement"),
        (80, None, "another company's deal"),
        (2000, None, "size of a market"),
        (1000, "milestones", "the verb beside it"),
        (4000, None, "profile of a company"),
    ]


def test_a_payment_that_is_said_not_to_exist_is_not_there() -> None:
    assert read("There is no upfront payment in the contract.") == {}


def test_disjoint_milestones_are_added_up_with_every_place() -> None:
    text = (
        "Lumaris may receive up to $100 million in development milestones. "
        "It could also receive up to $300 million in sales milestones."
    )
    money = read(text)["milestones"]

    assert (money.amount, money.summed, money.up_to) == (Decimal(400_000_000), True, True)
    assert ["$100 million" in money.evidence.quote, "$300 million" in money.evidence.more[0].quote] == [True, True]


def test_milestones_with_a_stated_total_are_not_added_up() -> None:
    text = (
        "Lumaris may receive up to $100 million in development milestones and up to $300 million in sales milestones, "
        "a total of up to $400 million in milestone payments."
    )
    money = read(text)["milestones"]

    assert (money.amount, money.summed) == (Decimal(400_000_000), False)


def test_a_sum_per_product_says_so() -> None:
    money = read("Lumaris is eligible for up to $540 million in milestones per product.")["milestones"]

    assert (money.amount, money.per) == (Decimal(540_000_000), "product")


def test_a_range_keeps_its_lower_end() -> None:
    money = read("Lumaris will receive an upfront payment of $40-45 million.")["upfront"]

    assert (money.low, money.amount) == (Decimal(40_000_000), Decimal(45_000_000))


def test_what_upfront_and_milestones_come_to_is_the_total() -> None:
    text = "Helvia pays $12.5 million now and up to $325 million in milestones. It adds up to $337.5 million, we hear."

    assert stated(text)["total"] == (337_500_000, "USD")


def test_the_same_sum_in_two_places_is_one_payment_with_two_places() -> None:
    text = "Helvia pays an upfront payment of $30 million. Lumaris said that the upfront payment of $30 million helps."
    money = read(text)["upfront"]

    assert (money.amount, len(money.evidence.more)) == (Decimal(30_000_000), 1)


def test_sums_of_profiles_and_disclaimers_never_count() -> None:
    text = "Helvia has licensed LMR-220.\n\nIt works.\n\nAbout Lumaris\n\nLumaris got an upfront payment of $9 million."

    assert stated(text) == {}


def test_a_skipped_sentence_gives_nothing() -> None:
    document = prepare("", "Helvia pays an upfront payment of $30 million.")

    assert payments(document, {0}) == {}


def test_dollars_are_canadian_where_the_article_says_so() -> None:
    text = "All amounts in Canadian dollars. Lumaris will receive an upfront payment of $30 million."

    assert stated(text) == {"upfront": (30_000_000, "CAD")}
