"""Values of several articles held against each other: repeated, filled in, stated, contradicted; none is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from news.reading import Evidence, Money, Named, Party, Royalties, Terms
from news.story import Deal, DealEvent, Report
from stories.history import Stated, additions, related, stated, step
from stories.terms import absorb

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
WORDS = Evidence("words", 0, 5)
PARTIES = (Party("Northpoint Bio", "licensor", WORDS), Party("Harrow Pharma", "licensee", WORDS))


def money(amount: int | None) -> Money:
    return Money(WORDS) if amount is None else Money(WORDS, Decimal(amount), "EUR")


def report(number: int, terms: Terms) -> Report:
    at = NOW + timedelta(hours=number)
    address = f"https://n{number}.example/"
    return Report(number, 0, address, "s", f"Outlet {number}", "A title", at, NOW.date(), None, True, "", terms)


def event(*told: Terms) -> DealEvent:
    reports = tuple(report(number, terms) for number, terms in enumerate(told, 1))
    return DealEvent(1, reduce(absorb, told), NOW.date(), reports)


def key(name: str) -> str:
    return name.casefold()


def field(name: str, told: DealEvent) -> Stated:
    (found,) = [each for each in stated(told, key) if each.field == name]
    return found


def licence(**terms: object) -> Terms:
    return replace(Terms("license", parties=PARTIES), **terms)  # type: ignore[arg-type]  # names and values of its fields


def test_contradicting_figures_are_both_kept_each_with_its_article_and_marked() -> None:
    found = field("upfront", event(licence(upfront=money(25)), licence(upfront=money(30)), licence(upfront=money(25))))

    assert found.contradicted
    amounts = [
        (s.value.amount, [r.article for r, _ in s.places]) for s in found.statements if isinstance(s.value, Money)
    ]
    assert amounts == [(Decimal(25), [1, 3]), (Decimal(30), [2])]


def test_a_figure_that_one_calls_undisclosed_and_another_states_is_no_contradiction() -> None:
    told = event(licence(upfront=money(None)), licence(upfront=money(25)))

    found = field("upfront", told)
    assert not found.contradicted
    assert [s.value for s in found.statements] == [money(25), money(None)], "what is told stands first"


def test_rates_agree_with_words_and_with_one_end_of_themselves() -> None:
    def royalties(low: int | None, high: int | None) -> Royalties:
        low_, high_ = (None if end is None else Decimal(end) for end in (low, high))
        return Royalties("tiered", WORDS, low_, high_)

    agreed = event(*(licence(royalties=royalties(*ends)) for ends in ((8, 14), (None, None), (None, 14))))
    assert not field("royalties", agreed).contradicted
    other = event(*(licence(royalties=royalties(*ends)) for ends in ((8, 14), (8, 15))))
    assert field("royalties", other).contradicted


def test_a_party_that_articles_give_two_roles_is_marked() -> None:
    turned = (Party("Northpoint Bio", "licensee", WORDS), Party("Harrow Pharma", "licensor", WORDS))
    told = event(licence(), licence(parties=turned))

    parties = [each for each in stated(told, key) if each.field == "parties"]
    assert [each.contradicted for each in parties] == [True, True]


def test_a_name_that_is_not_among_what_is_told_is_shown_as_such() -> None:
    told = event(licence(assets=(Named("NPB-101", WORDS),)), licence(assets=(Named("NPB-202", WORDS),)))

    assets = [each for each in stated(told, key) if each.field == "assets"]
    assert [each.told for each in assets] == [True, False]


def test_later_articles_fill_in_state_and_contradict() -> None:
    told = event(
        licence(upfront=money(None)),
        licence(upfront=money(25), milestones=money(300)),
        licence(upfront=money(30), milestones=money(300)),
        licence(upfront=money(30)),
    )

    said = [(a.report.article, a.field, a.what) for a in additions(told, key)]
    assert said == [(2, "upfront", "states"), (2, "milestones", "fills in"), (3, "upfront", "contradicts")]


def test_every_step_of_an_agreement_has_its_word() -> None:
    terms = licence()
    words = [step(replace(terms, status=status)) for status in ("rumoured", "non-binding", "announced", "closed")]
    assert words == ["rumoured", "non-binding", "announced", "closed"]
    assert step(replace(terms, event="option-exercise")) == "option exercised"
    assert step(replace(terms, event="termination", status="closed")) == "terminated"


def test_other_deals_of_both_parties_are_related_and_those_of_one_are_not() -> None:
    def deal(number: int, names: tuple[str, ...], on: date) -> Deal:
        terms = licence(parties=tuple(Party(name, "partner", WORDS) for name in names))
        return Deal(number, 1, NOW, True, True, False, (DealEvent(number, terms, on, (report(number, terms),)),))

    mine = deal(1, ("A", "B"), date(2026, 11, 24))
    others = [deal(2, ("B", "A", "C"), date(2024, 1, 1)), deal(3, ("A", "C"), date(2020, 1, 1)), mine]

    found = related(mine, others, lambda terms: [p.name for p in terms.parties])
    assert [other.id for other in found] == [2]


figures = st.none() | st.builds(money, st.none() | st.integers(1, 4).map(lambda n: n * 100))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(figures, figures), min_size=1, max_size=5))
def test_no_article_that_states_a_figure_is_ever_left_out(told: list[tuple[Money | None, Money | None]]) -> None:
    one = event(*(licence(upfront=upfront, total=total) for upfront, total in told))
    for name, number in (("upfront", 0), ("total", 1)):
        stating = [n for n, pair in enumerate(told, 1) if pair[number] is not None]
        shown = [
            r.article for each in stated(one, key) if each.field == name for s in each.statements for r, _ in s.places
        ]
        assert sorted(shown) == stating
