"""Which deals a query matches, and with which words."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lexicon
from alerts.condition import And, Condition, Lead, Near, Not, Or, Phrase, Same, asks_for_something
from alerts.match import Means, Verdict, evaluate, match
from alerts.phrase import Passage
from alerts.places import stretches_of
from alerts.query import Query, parse
from alerts.subject import Subject
from lexicon.rates import Rates
from news.alert import Match, Why
from news.reading import Announced, Evidence, Money, Named, Party, Royalties, Terms
from tests.alerts.cases import article, told
from tests.stories.reports import DAY, EXPANSION, LICENCE, money, named, parties, report

LEXICON = lexicon.load()
TEXT = "Northpoint licenses a natural killer (NK) cell engager. It binds B7H3 on tumours."
UPFRONT = Evidence("€25 million upfront", 3, 22, url="https://n1.example/a")
FULL = Terms(
    "license",
    announced=Announced(DAY, "dateline", Evidence("20 November", 0, 11)),
    parties=parties("Northpoint Bio", "Sanofi"),
    upfront=Money(UPFRONT, Decimal(25_000_000), "EUR"),
    equity=Money(Evidence("an equity stake", 5, 20)),
    milestones=Money(Evidence("$100 million to $300 million", 9, 37), Decimal(300_000_000), "USD", low=Decimal(10**8)),
    royalties=Royalties("8 to 12%", Evidence("8 to 12%", 40, 48), Decimal(8), Decimal(12)),
    targets=named("B7-H3"),
    modalities=(Named("NK cell engager", Evidence("ANKETs", 60, 66)),),
    territory=Named("Japan", Evidence("Japanese rights", 70, 85)),
)


def held(query: str, *articles: str, terms: Terms = FULL, titles: Mapping[int, str] | None = None) -> Match | None:
    """Return what a query makes of a deal told by articles with these texts."""
    titles = titles or {1: "Borealis and Northpoint sign"}
    texts = [article(text, number=n, title=titles.get(n, "")) for n, text in enumerate(articles or (TEXT,), 1)]
    subject = Subject.of(told((terms, DAY)), texts)
    return match("nk", parse(query, LEXICON.ontology), subject, LEXICON.companies.key)


@pytest.mark.parametrize(
    "query",
    [
        '"NK cell engager"',
        '"natural killer cell engager"',
        "concept:nk-cell-engager",
        'body:"B7-H3"',
        'title:"Borealis and Northpoint"',
        '"cell engager" AND NOT Roche',
        "(Roche OR Sanofi OR tumour) AND engagers",
        "NOT (Roche OR NOT engager)",
        "party:Sanofi",
        'party:"Sanofi-Aventis SA"',
        "party:Northpoint",
        "licensee:Sanofi",
        'licensor:"northpoint bio, inc."',
        "target:B7H3",
        "target:CD276",
        "modality:NKCE",
        "modality:engager",
        "territory:japan",
        "type:license",
        "event:new",
        "status:announced",
        "language:en",
        "source:wire",
        'source:"the wire"',
        "upfront >= 25m EUR",
        "upfront < 26m EUR",
        "upfront = €25m",
        "upfront > 20m",
        "upfront:disclosed",
        "equity:undisclosed",
        "upfront:stated AND total:none",
        "NK AND equity:undisclosed AND near-term:none",
        "milestones < 200m USD",
        "milestones = 200m USD",
        "royalty > 10%",
        "royalty < 9%",
        "royalty:disclosed",
        "announced > 2026-11-19",
        "announced = 2026-11-20",
        "announced <= 2026-11-20",
    ],
)
def test_a_deal_matches(query: str) -> None:
    assert held(query)


@pytest.mark.parametrize(
    "query",
    [
        '"T cell engager"',
        'title:"cell engager"',
        "body:Borealis",
        '"cell engager" AND Roche',
        '"cell engager" AND NOT tumour',
        "concept:t-cell-engager",
        "licensor:Sanofi",
        "party:Sano",
        "asset:anything",
        "target:PD-1",
        "type:option",
        "event:expansion",
        "status:rumoured",
        "language:de",
        "source:other",
        "upfront > 25m EUR",
        "upfront >= 20m USD",
        "upfront:undisclosed",
        "equity > 1",
        "equity:disclosed",
        "total > 1",
        "total:undisclosed",
        "total:stated",
        "NK AND upfront:none",
        "NK AND royalty:none",
        "milestones > 300m",
        "royalty > 12%",
        "announced > 2026-11-20",
    ],
)
def test_a_deal_does_not_match(query: str) -> None:
    assert held(query) is None


def test_why_quotes_the_words_and_says_where_they_stand() -> None:
    found = held('"natural killer cell engager" AND upfront >= 20m EUR AND NOT Roche')

    words = "natural killer (NK) cell engager"
    place = Evidence(words, TEXT.index(words), TEXT.index(words) + len(words), "text", url="https://n1.example/a")
    assert found == Match(
        "nk",
        1,
        (
            Why('"natural killer cell engager"', words, place),
            Why("upfront >= 20m EUR", "€25 million upfront", UPFRONT),
        ),
    )


def test_a_title_is_quoted_before_the_text() -> None:
    found = held("engager", TEXT, titles={1: "An engager for Sanofi"})

    assert found is not None
    assert found.why[0].evidence == Evidence("engager", 3, 10, "title", url="https://n1.example/a")


def test_not_looks_at_every_article_of_the_deal() -> None:
    assert held('"cell engager" AND NOT Roche', TEXT, "Roche competes with them.") is None


def test_where_texts_were_let_go_terms_and_titles_are_left() -> None:
    assert held("concept:nk-cell-engager", "")
    assert held("engager", "") is None
    assert held("engager", "", titles={1: "An engager"})


def test_an_acronym_of_the_ontology_is_no_common_word() -> None:
    bare = replace(FULL, modalities=())

    assert held("concept:nk-cell-engager", "She rides a bike to work.", terms=bare) is None
    assert held("concept:nk-cell-engager", "She rides a bike. The BiKEs bind CD16.", terms=bare)


def test_two_companies_of_one_word_are_told_apart_by_the_lexicon() -> None:
    terms = replace(FULL, parties=(Party("Merck & Co., Inc.", "licensee", UPFRONT),))

    assert held("party:MSD", terms=terms)
    assert held('party:"Merck KGaA"', terms=terms) is None


def test_any_event_may_meet_a_condition_and_the_latest_is_quoted_first() -> None:
    deal = told((LICENCE, DAY - timedelta(days=300)), (EXPANSION, DAY))
    subject = Subject.of(deal, [])

    assert match("s", parse("event:new AND event:expansion"), subject)
    assert match("s", parse("upfront = 25m EUR"), subject)
    assert match("s", parse("announced < 2026-06-01"), subject)


def test_a_rumours_figures_are_no_terms_of_the_announced_deal() -> None:
    rumour = replace(LICENCE, status="rumoured", upfront=money(90_000_000))
    before, after = told((rumour, DAY)), told((rumour, DAY), (LICENCE, DAY + timedelta(days=9)))

    query = parse("upfront > 50m AND status:rumoured")
    assert match("s", query, Subject.of(before, []))
    assert match("s", parse("upfront > 50m"), Subject.of(after, [])) is None
    assert match("s", parse("status:rumoured"), Subject.of(after, [])) is None


RATES = Rates.of("Date,USD,GBP,JPY\n2026-11-20,1.2,0.8,N/A")


def compared(query: str, rates: Rates | None = RATES) -> Verdict:
    """Return what a query makes of an upfront payment of 25 million euros, when a euro was 1.20 dollars."""
    return evaluate(parse(query), Subject.of(told((FULL, DAY)), []), Means(rates=(lambda: rates) if rates else None))


@pytest.mark.parametrize(
    ("query", "truth"),
    [
        ("upfront >= 30m USD", True),
        ("upfront > 30m USD", False),
        ("upfront = 20m GBP", True),
        ("upfront > 20m GBP", False),
        ("upfront < 21m GBP", True),
        ("milestones > 249m EUR", True),
        ("milestones > 251m EUR", False),
        ("milestones < 84m EUR", True),
        ("upfront > 1 JPY", None),
        ("NOT upfront > 1 JPY", None),
        ("upfront:stated AND upfront > 1 JPY", None),
        ("upfront:none AND upfront > 1 JPY", False),
        ("upfront:stated OR upfront > 1 JPY", True),
    ],
)
def test_a_sum_is_compared_in_the_currency_that_is_asked_for(query: str, truth: bool | None) -> None:  # noqa: FBT001
    verdict = evaluate(Query(_condition(query)), Subject.of(told((FULL, DAY)), []), Means(rates=lambda: RATES))

    assert verdict.truth is truth


def _condition(query: str) -> Condition:
    """Return the condition of a query, of one too that is true of what is not excluded."""
    return Not(parse(query[4:]).condition) if query.startswith("NOT ") else parse(query).condition


def test_a_conversion_says_at_which_rate() -> None:
    assert compared("upfront >= 30m USD").note == "EUR 25m is 30m USD at the rate of 2026-11-20"


def test_a_sum_without_a_rate_is_no_match_and_says_why() -> None:
    query = parse("upfront > 1 JPY")

    assert match("s", query, Subject.of(told((FULL, DAY)), []), rates=lambda: RATES) is None
    assert compared("upfront > 1 JPY").note == "EUR cannot be compared with JPY: there is no rate of JPY for 2026-11-20"
    assert compared("upfront > 1 USD", None).note == "EUR cannot be compared with USD: no exchange rates are at hand"


def test_a_figure_that_is_not_there_says_whether_it_is_undisclosed() -> None:
    assert compared("equity > 1").note == "equity is undisclosed"
    assert compared("total > 1").note == "total is not mentioned"


def test_a_concept_says_from_which_version_of_the_ontology_its_form_is() -> None:
    found = held("concept:nk-cell-engager")

    assert found is not None
    assert found.why[0].note == f"ontology: modality, version {LEXICON.ontology.versions['modality']}"


def test_more_places_are_found_where_they_are_asked_for() -> None:
    subject = Subject.of(told((FULL, DAY)), [article("An engager. Two engagers of NK cells.", title="Engager")])
    verdict = evaluate(parse("NK SAME engager"), subject, Means(most=5))

    assert [why.words for why in verdict.found] == ["engagers of NK"]
    assert [[why.words for why in part.found] for part in verdict.parts] == [["NK"], ["Engager", "engager", "engagers"]]


def test_titles_of_articles_that_are_gone_are_taken_from_the_reports() -> None:
    gone = replace(report(2, LICENCE), title="A radioligand pact")
    subject = Subject.of(told((LICENCE, DAY), reports=(gone,)), [article("Other words.")])

    found = match("s", parse("radioligand"), subject)
    assert found is not None
    assert found.why[0].evidence == Evidence("radioligand", 2, 13, "title", url=gone.address)


def test_a_query_read_without_an_ontology_is_not_matched_in_silence() -> None:
    with pytest.raises(ValueError, match="without an ontology"):
        match("s", parse("concept:nk-cell-engager"), Subject.of(told(), []))


WORDS = ("natural", "killer", "cell", "engager", "B7-H3", "Roche", "Sanofi", "tumour")
phrases = st.lists(st.sampled_from((*WORDS, "engag*", "tumo*")), min_size=1, max_size=3).map(" ".join).map(Phrase)


def _places(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    reach = st.integers(1, 6)
    return st.one_of(st.builds(Near, several, reach), several.map(Same), st.builds(Lead, inner, reach), several.map(Or))


words: st.SearchStrategy[Condition] = st.recursive(phrases, _places, max_leaves=4)


def _compound(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(several.map(And), several.map(Or), inner.map(Not))


conditions: st.SearchStrategy[Condition] = st.recursive(words, _compound, max_leaves=6)
texts = st.lists(st.sampled_from((*WORDS, "and", ".")), max_size=12).map(" ".join)


@given(conditions, conditions, texts)
def test_or_never_takes_a_match_away_and_not_turns_it_round(one: Condition, other: Condition, text: str) -> None:
    subject = Subject.of(told((Terms("license"), DAY), reports=()), [article(text)])

    alone = match("s", Query(one), subject)
    if alone is not None:
        either = match("s", Query(Or((one, other))), subject)
        assert either is not None
        assert set(alone.why) <= set(either.why)
    assert (alone is None) == (match("s", Query(Not(one)), subject) is not None)
    assert (match("s", Query(And((one, Not(one)))), subject)) is None


@given(conditions)
def test_what_asks_for_nothing_is_true_of_an_empty_deal(condition: Condition) -> None:
    nothing = Subject.of(told((Terms("license"), DAY), reports=()), [])

    assert asks_for_something(condition) == (match("s", Query(condition), nothing) is None)


@given(words, words, words, st.integers(1, 6), texts)
def test_or_inside_near_same_and_lead_loses_no_place(
    one: Condition, other: Condition, beside: Condition, reach: int, text: str
) -> None:
    passage = Passage.of(text)
    for around in (lambda part: Near((part, beside), reach), lambda part: Lead(part, reach)):
        alone = set(stretches_of(around(one), passage))
        assert alone <= set(stretches_of(around(Or((other, one))), passage))
    if any(stretches_of(Same((one, beside)), passage)):
        assert any(stretches_of(Same((Or((other, one)), beside)), passage))
    assert set(stretches_of(Near((one, beside), reach), passage)) == set(
        stretches_of(Near((beside, one), reach), passage)
    )
    assert set(stretches_of(Near((one, beside), reach), passage)) <= set(
        stretches_of(Near((one, beside), reach + 1), passage)
    )
