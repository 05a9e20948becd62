from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.explain import Explanation, explain, strongest
from deals.reader import ArticleText, as_deal, read
from news.reading import MONEY_FIELDS, Evidence
from tests.deals.articles import lexicon

TITLE = "Harrow Pharma licenses NK cell engager from Northpoint Bio"
TEXT = (
    "Paris, 23 November 2026 – Harrow Pharma and Northpoint Bio announced today that they have entered into an "
    "exclusive licence agreement. Northpoint Bio will receive an upfront payment of €25 million and is eligible for up "
    "to €300 million in milestones, plus royalties.\n\n"
    "Under an earlier agreement of 2016, Harrow paid Northpoint $10 million upfront. The market for it is worth "
    "$4 billion.\n\nAbout Northpoint Bio\n\nNorthpoint Bio develops antibodies. It received a $2 million grant in 2020."
)
RESULTS = (
    "Northpoint Bio today reported its financial results for the third quarter. In May the company licensed NPB-7 to "
    "Harrow Pharma for an upfront payment of $12 million. Revenue was $14.2 million, net loss $9.6 million."
)


@pytest.fixture(scope="module")
def explained() -> Explanation:
    return explain(ArticleText(TITLE, TEXT), lexicon())


def places(explanation: Explanation) -> Iterator[Evidence]:
    yield from (figure.money.evidence for figure in explanation.figures)
    yield from (one.evidence for one in explanation.organisations)
    yield from (recalled.evidence for recalled in explanation.recalled)


def test_the_reading_is_the_one_that_read_gives(explained: Explanation) -> None:
    assert explained.reading == read(ArticleText(TITLE, TEXT), lexicon())


def test_every_figure_is_taken_for_a_term_or_refused_with_a_reason(explained: Explanation) -> None:
    said = {(str(f.money.currency), int(f.money.amount or 0)): (f.field, f.why) for f in explained.figures}

    assert said["EUR", 25_000_000][0] == "upfront"
    assert said["EUR", 300_000_000][0] == "milestones"
    assert said["USD", 10_000_000] == (None, "earlier agreement: “an earlier agreement”")
    assert said["USD", 4_000_000_000] == (None, "size of a market")
    assert said["USD", 2_000_000] == (None, "profile of a company")
    assert len(said) == len(explained.figures)


def test_a_figure_is_taken_exactly_where_the_reading_states_it(explained: Explanation) -> None:
    terms = explained.reading.terms
    assert terms is not None
    stated = {name for name in MONEY_FIELDS if (money := getattr(terms, name)) and money.disclosed}

    assert {figure.field for figure in explained.figures} - {None} == stated


def test_every_place_cuts_out_its_quote(explained: Explanation) -> None:
    for evidence in places(explained):
        assert (TITLE if evidence.field == "title" else TEXT)[evidence.start : evidence.end] == evidence.quote


def test_parties_have_their_roles_and_the_words_that_give_them(explained: Explanation) -> None:
    harrow, northpoint = explained.organisations

    assert (harrow.name, harrow.role) == ("Harrow Pharma", "licensee")
    assert (northpoint.name, northpoint.role) == ("Northpoint Bio", "licensor")
    assert any("Northpoint Bio will receive an upfront payment" in sign.words for sign in northpoint.side)
    assert "named in the headline" in {sign.words for sign in harrow.signs}
    assert harrow.likelihood > 0.5


def test_sentences_about_earlier_agreements_are_shown_with_the_words_that_call_them_so(explained: Explanation) -> None:
    assert [(r.evidence.quote.partition(",")[0], r.why) for r in explained.recalled] == [
        ("Under an earlier agreement of 2016", "an earlier agreement")
    ]


def test_the_signs_add_up_to_the_side_on_which_the_verdict_is(explained: Explanation) -> None:
    dropped = explain(ArticleText("Northpoint Bio reports third-quarter financial results", RESULTS), lexicon())

    assert explained.likelihood > explained.keep_from > explained.perhaps_from > 0
    assert not dropped.reading.keep
    assert "headline: words of other news" in [sign.words for sign in dropped.signs if sign.weight < 0]


def test_figures_of_an_article_that_is_dropped_say_what_they_would_be() -> None:
    dropped = explain(ArticleText("Northpoint Bio reports third-quarter financial results", RESULTS), lexicon())

    assert {figure.field for figure in dropped.figures} == {None}
    assert "no agreement is announced here; else upfront" in {figure.why for figure in dropped.figures}


def test_an_article_that_was_not_read_has_a_reason_and_nothing_else() -> None:
    french = (
        "La société a annoncé aujourd’hui la signature d’un accord de licence avec le groupe pour son anticorps. " * 3
    )
    explanation = explain(ArticleText("Un accord de licence", french), lexicon())

    assert explanation.reading.not_read == "language"
    assert explanation == Explanation(explanation.reading)


def test_the_terms_of_an_article_that_is_dropped_can_be_read_all_the_same() -> None:
    terms = as_deal(ArticleText("Northpoint Bio reports third-quarter financial results", RESULTS), lexicon())

    assert terms.upfront is not None
    assert terms.upfront.amount == 12_000_000


def test_the_strongest_signs_come_first_on_either_side(explained: Explanation) -> None:
    speak_for, against = strongest(explained.signs, 2)

    assert [sign.weight for sign in speak_for] == sorted((sign.weight for sign in speak_for), reverse=True)
    assert all(sign.weight < 0 for sign in against)
    assert len(speak_for) == len(against) == 2


_SAID = (
    "Harrow Pharma|and|Northpoint Bio|signed|an exclusive licence|. |$5 million|upfront|€3bn|; |\n\n|in 2016|About|§|“|"
    "milestones|up to|royalties|market of|Sanofi"
)
_WORDS = st.sampled_from(_SAID.split("|"))


@settings(max_examples=40)
@given(st.lists(_WORDS, max_size=60).map(" ".join), st.text(max_size=40))
def test_any_text_is_explained_as_it_is_read(words: str, rest: str) -> None:
    article = ArticleText(words[:80], words + rest)

    explanation = explain(article, lexicon())

    assert explanation.reading == read(article, lexicon())
    for evidence in places(explanation):
        assert (article.title if evidence.field == "title" else article.text)[
            evidence.start : evidence.end
        ] == evidence.quote
