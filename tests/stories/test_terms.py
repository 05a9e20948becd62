"""What one more article adds to what is known of an event."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from news.reading import Evidence, Money, Royalties, Terms
from stories.terms import absorb, agreeing, in_context, located, same_money
from tests.stories.reports import LICENCE, WORDS, money, named, parties

amounts = st.none() | st.integers(1, 10**10).map(money) | st.just(Money(WORDS))
terms_ = st.builds(lambda u, m, t: Terms("license", upfront=u, milestones=m, total=t), amounts, amounts, amounts)


def test_what_was_open_is_filled() -> None:
    more = replace(LICENCE, milestones=money(300_000_000), modalities=named("ADC"))

    assert absorb(LICENCE, more).milestones == money(300_000_000)
    assert absorb(LICENCE, more).modalities == named("ADC")


def test_an_undisclosed_sum_gives_way_to_the_sum() -> None:
    assert absorb(replace(LICENCE, upfront=Money(WORDS)), LICENCE).upfront == money(25_000_000)


def test_a_stated_sum_is_never_overwritten() -> None:
    assert absorb(LICENCE, replace(LICENCE, upfront=money(99))).upfront == money(25_000_000)
    assert absorb(LICENCE, replace(LICENCE, upfront=Money(WORDS))).upfront == money(25_000_000)


def test_an_article_that_names_both_sides_completes_one_that_names_one() -> None:
    assert absorb(replace(LICENCE, parties=parties("Northpoint Bio")), LICENCE).parties == LICENCE.parties


def test_royalties_in_words_give_way_to_their_rates_and_a_status_only_goes_up() -> None:
    worded = replace(LICENCE, royalties=Royalties("tiered royalties", WORDS), status="closed")
    rated = replace(LICENCE, royalties=Royalties("8% to 14%", WORDS, Decimal(8), Decimal(14)))

    assert absorb(worded, rated).royalties == rated.royalties
    assert absorb(rated, worded).royalties == rated.royalties
    assert absorb(worded, rated).status == absorb(rated, worded).status == "closed"


def test_located_says_of_every_quote_where_it_was_cut() -> None:
    terms = located(
        replace(LICENCE, upfront=replace(money(1), evidence=replace(WORDS, more=(WORDS,)))), "https://n.example/"
    )
    quotes = [terms.parties[0].evidence, terms.assets[0].evidence]
    assert terms.upfront is not None
    quotes += [terms.upfront.evidence, *terms.upfront.evidence.more]

    assert {quote.url for quote in quotes} == {"https://n.example/"}
    assert terms.upfront.amount == 1


def test_a_figure_has_its_sentence_beside_it_where_that_says_more() -> None:
    whole = Evidence("It pays €1m.", 0, 12)
    terms = replace(LICENCE, upfront=money(1), equity=replace(money(2), evidence=whole))
    told = in_context(terms, lambda evidence: "It pays €1m." if evidence.start == 0 else "")
    assert told.upfront is not None
    assert told.equity is not None

    assert told.upfront.evidence.context == "It pays €1m."
    assert told.equity.evidence.context == ""
    assert told.parties == terms.parties


def test_sums_within_half_a_per_cent_are_the_same_and_currencies_never() -> None:
    assert same_money(money(1_350_000_000), money(1_352_000_000))
    assert not same_money(money(1_350_000_000), money(1_400_000_000))
    assert not same_money(money(25), money(25, "USD"))
    assert not same_money(money(25), Money(Evidence("an upfront payment", 0, 18)))


@given(terms_, terms_)
def test_absorbing_twice_is_absorbing_once_and_states_nothing_new_of_its_own(one: Terms, other: Terms) -> None:
    both = absorb(one, other)

    assert absorb(both, other) == both
    assert {m for _, m in both.money()} <= {m for _, m in (*one.money(), *other.money())}


@given(terms_, terms_)
def test_agreement_does_not_depend_on_who_is_asked_first(one: Terms, other: Terms) -> None:
    assert agreeing(one, other) == agreeing(other, one)
