"""What a sum is that no word beside it names: by verbs, by what it waits for, by its whole, by what happens."""

import pytest

from news.reading import DealEventName
from tests.deals.sums_of import Stated, stated


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "The first €10m is due on signing; another €200m hinges on milestones.",
            {"upfront": (10_000_000, "EUR"), "milestones": (200_000_000, "EUR")},
        ),
        (
            "Helvia gets the rights in return for $75m now and up to $900m later.",
            {"upfront": (75_000_000, "USD"), "milestones": (900_000_000, "USD")},
        ),
        (
            "Helvia pays $30m upfront. Lumaris stands to make $400m more if the drug succeeds.",
            {"upfront": (30_000_000, "USD"), "milestones": (400_000_000, "USD")},
        ),
        (
            "Lumaris gets CHF 20 million at signature. If all goes well a further CHF 180 million will follow.",
            {"upfront": (20_000_000, "CHF"), "milestones": (180_000_000, "CHF")},
        ),
        (
            "Lumaris receives a down payment of 4 million euros, and 26 million euros ride on approvals.",
            {"upfront": (4_000_000, "EUR"), "milestones": (26_000_000, "EUR")},
        ),
        ("Helvia bets $45M on Lumaris’ antibody", {"upfront": (45_000_000, "USD")}),
        ("Helvia will send the company $275 million within 30 days.", {"upfront": (275_000_000, "USD")}),
        ("Helvia buys the rights for an initial $12.5m.", {"upfront": (12_500_000, "USD")}),
        ("Lumaris sold the Japanese rights for 4.5 billion yen.", {"upfront": (4_500_000_000, "JPY")}),
        ("Helvia will pay Lumaris an extension fee of $7.5 million.", {"upfront": (7_500_000, "USD")}),
        (
            "The obesity market could top $100 billion, and Helvia pays only $30 million.",
            {"upfront": (30_000_000, "USD")},
        ),
        ("Helvia, whose drug had sales of $4.2 billion last year, pays $25 million.", {"upfront": (25_000_000, "USD")}),
        ("Helvia gets half of the profits in return for $135 million.", {"upfront": (135_000_000, "USD")}),
        ("The milestone of 3 million euros was paid in May.", {}),
        ("The new terms replace milestones of $250 million.", {}),
        ("Lumaris gets a contract advance of 3 billion yen.", {"upfront": (3_000_000_000, "JPY")}),
        ("A fee of $1 million is due.", {"upfront": (1_000_000, "USD")}),
        ("Helvia puts up to $1.9B on the table for LMR-220", {"total": (1_900_000_000, "USD")}),
        ("The amount may grow to 2.1 billion kroner for the licence.", {"total": (2_100_000_000, "DKK")}),
        (
            "Lumaris gets 5 million euros immediately and a maximum of 145 million euros on top.",
            {"upfront": (5_000_000, "EUR"), "milestones": (145_000_000, "EUR")},
        ),
        ("Helvia signs up to $2.3B deal with Lumaris", {"total": (2_300_000_000, "USD")}),
        ("Helvia to pay Lumaris up to $1 billion in gene editing tie-up", {"total": (1_000_000_000, "USD")}),
        ("The pact could net Lumaris more than $2 billion.", {"total": (2_000_000_000, "USD")}),
        ("Further payments of up to €310m depend on progress in the clinic.", {"milestones": (310_000_000, "EUR")}),
        ("A further $260 million could still be earned.", {"milestones": (260_000_000, "USD")}),
        ("$25 million would fall due on approval.", {"milestones": (25_000_000, "USD")}),
    ],
)
def test_what_is_paid_now_or_waits_for_something_is_told_apart_without_its_name(text: str, terms: Stated) -> None:
    assert stated(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Helvia pays $100 million upfront, of which $35 million is for stock.",
            {"upfront": (100_000_000, "USD"), "equity": (35_000_000, "USD")},
        ),
        (
            "Helvia will pay up to $450 million, $50 million of it upfront.",
            {"upfront": (50_000_000, "USD"), "total": (450_000_000, "USD")},
        ),
        ("Including the upfront payment, Lumaris could receive up to $530 million.", {"total": (530_000_000, "USD")}),
        (
            "Lumaris may get $600 million in milestones: $150 million for development and $450 million for sales.",
            {"milestones": (600_000_000, "USD")},
        ),
        (
            "Lumaris may receive up to $500 million in milestones, of which $200 million are tied to sales.",
            {"milestones": (500_000_000, "USD")},
        ),
        (
            "For each of four programmes Lumaris may get up to $250 million in milestones, or $1 billion in all.",
            {"milestones": (1_000_000_000, "USD")},
        ),
        (
            "Helvia pays $5 million on the start of phase 3, $15 million on approval and $80 million if it sells.",
            {"milestones": (100_000_000, "USD")},
        ),
        (
            "It gets $100 million up front, comprised of an $80 million payment and a $20 million purchase of shares.",
            {"upfront": (100_000_000, "USD"), "equity": (20_000_000, "USD")},
        ),
        (
            "Lumaris could make $607 million in upfront, near-term and milestone payments.",
            {"total": (607_000_000, "USD")},
        ),
        ("With milestones the total could swell to $700 million.", {"total": (700_000_000, "USD")}),
        (
            "Helvia pays $1.5 billion in an upfront payment and $2 billion total in anniversary payments.",
            {"upfront": (1_500_000_000, "USD"), "near_term": (2_000_000_000, "USD")},
        ),
        ("Potential milestones were cut from $400 million to $310 million.", {"milestones": (310_000_000, "USD")}),
        (
            "It gets $10 million upfront, up to $40 million in development and $100 million in sales milestones.",
            {"upfront": (10_000_000, "USD"), "milestones": (140_000_000, "USD")},
        ),
    ],
)
def test_wholes_and_parts_are_told_apart(text: str, terms: Stated) -> None:
    assert stated(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Helvia will also take a $15 million stake in Lumaris.", {"equity": (15_000_000, "USD")}),
        ("Helvia invests €12m in Lumaris.", {"equity": (12_000_000, "EUR")}),
        ("Helvia will put another S$13.5m into Lumaris stock.", {"equity": (13_500_000, "SGD")}),
        ("Helvia takes 8 percent of Lumaris for $26 million.", {"equity": (26_000_000, "USD")}),
        ("Helvia bought an 18 percent stake in Lumaris for 302 million euros.", {"equity": (302_000_000, "EUR")}),
        (
            "Helvia will buy $40 million of Lumaris preferred stock and pay $60 million in cash.",
            {"equity": (40_000_000, "USD"), "upfront": (60_000_000, "USD")},
        ),
        ("Lumaris is guaranteed $25 million over the first two years.", {"near_term": (25_000_000, "USD")}),
        (
            "Lumaris gets $50 million up front and $25 million within 18 months.",
            {"upfront": (50_000_000, "USD"), "near_term": (25_000_000, "USD")},
        ),
    ],
)
def test_equity_and_near_term_payments_are_read(text: str, terms: Stated) -> None:
    assert stated(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "Helvia pays an option fee of $8 million upfront and $50 million upon exercise.",
            {"upfront": (8_000_000, "USD"), "option_fee": (50_000_000, "USD")},
        ),
        (
            "The option costs Helvia $5 million; exercising it would cost another $60 million.",
            {"upfront": (5_000_000, "USD"), "option_fee": (60_000_000, "USD")},
        ),
        (
            "Should Helvia opt in, it pays a $75 million fee, and up to $700 million in milestones.",
            {"option_fee": (75_000_000, "USD"), "milestones": (700_000_000, "USD")},
        ),
        (
            "If it opts in after the phase 2 data, it will owe $60 million and up to $750 million in milestones.",
            {"option_fee": (60_000_000, "USD"), "milestones": (750_000_000, "USD")},
        ),
        ("Helvia can obtain the rights at any time for $55 million.", {"option_fee": (55_000_000, "USD")}),
        (
            "Lumaris is paid $10 million for the option. To take the licence would cost $55 million.",
            {"upfront": (10_000_000, "USD"), "option_fee": (55_000_000, "USD")},
        ),
        ("If the option is taken up, $65 million becomes payable.", {"option_fee": (65_000_000, "USD")}),
    ],
)
def test_the_price_of_an_option_is_not_that_of_its_exercise(text: str, terms: Stated) -> None:
    assert stated(text) == terms


@pytest.mark.parametrize(
    ("event", "text", "terms"),
    [
        ("option-exercise", "It pays 3 million euros.", {"option_fee": (3_000_000, "EUR")}),
        ("new", "It pays 3 million euros.", {"upfront": (3_000_000, "EUR")}),
        ("expansion", "Helvia pays another $30 million.", {"upfront": (30_000_000, "USD")}),
        ("milestone", "Lumaris collects $3 million.", {}),
        (
            "milestone",
            "Lumaris has earned $21 million on top of the $28 million upfront payment.",
            {"upfront": (28_000_000, "USD")},
        ),
        (
            "milestone",
            "The licence of 2021 provides for milestones of $420 million.",
            {"milestones": (420_000_000, "USD")},
        ),
        (
            "amendment",
            "In return for giving up a milestone of $25 million it gets $12 million at once.",
            {"upfront": (12_000_000, "USD")},
        ),
        ("option-exercise", "The exercise triggers a $35 million payment.", {"option_fee": (35_000_000, "USD")}),
        ("option-exercise", "Helvia will pay a license fee of $35 million.", {"option_fee": (35_000_000, "USD")}),
        (
            "option-exercise",
            "Helvia paid $10 million upfront in 2022 for the option; it now owes $35 million.",
            {"option_fee": (35_000_000, "USD")},
        ),
        (
            "expansion",
            "Helvia adds two targets for another $15 million upfront, on top of the $30 million that it paid in 2022.",
            {"upfront": (15_000_000, "USD")},
        ),
        ("termination", "Lumaris keeps the $40 million that it was paid at signing.", {}),
        (
            "termination",
            "Lumaris will pay $8 million now and up to $65 million if the drug is approved.",
            {"upfront": (8_000_000, "USD"), "milestones": (65_000_000, "USD")},
        ),
    ],
)
def test_what_happens_to_the_agreement_decides_what_a_sum_is(event: DealEventName, text: str, terms: Stated) -> None:
    assert stated(text, event) == terms
