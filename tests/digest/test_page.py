"""What the HTML and the plain text show: everything of a deal, in both, and nothing from outside as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.render import LARGEST, bodies
from digest.showing import view
from lexicon.rates import Rates
from news.alert import Digest, Health
from news.reading import Money, Terms
from news.story import Change
from tests.digest.samples import (
    BACKLOG,
    DAY,
    EMPTY,
    HARD,
    LICENCE,
    MODEST,
    ONE,
    PERHAPS,
    SEVEN,
    TWELVE,
    TWENTY,
    UPDATE,
    WEEK,
    card,
    deal,
    digest,
    html,
    money,
    named,
    party,
    plain_text,
    rates,
    said,
)

_BARE = Terms("license", parties=LICENCE.parties)


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text; `open_` must be empty at the end."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text; the style sheet is none."""
        if self.tags[-1:] != [("style", {})]:
            self.words.append(data)

    @property
    def text(self) -> str:
        """Return the text as it is read, one space between words."""
        return " ".join(" ".join(self.words).split())

    def links(self) -> list[str]:
        """Return where links go."""
        return [attributes["href"] or "" for tag, attributes in self.tags if tag == "a"]


def both(of: Digest) -> Iterator[str]:
    """Return both bodies as they are read, one space between words."""
    yield " ".join(plain_text(of, rates).split())
    yield Page(html(of, rates)).text.replace(" .", ".").replace(" :", ":").replace("“ ", "“").replace(" ”", "”")


@pytest.mark.parametrize(
    "words",
    [
        "Nordkap Pharma licenses Ostara Immune’s NK-cell engager for leukaemia",
        "Nordkap Pharma licenses OST-114 from Ostara Immune",
        "Licensor Ostara Immune",
        "Licensee Nordkap Pharma",
        "Licence · New · Announced 23 Nov 2026",
        "OST-114",
        "CD123",
        "NK cell engager",
        "acute myeloid leukaemia, myelodysplastic syndromes",
        "Phase 1",
        "worldwide outside Greater China",
        "EUR 40m",
        "up to EUR 610m",
        "up to EUR 650m",
        "8% to 14%",
        "undisclosed",
        "Earlier agreement (2019), not part of this deal",
        "nk-engagers",
        "Biotech Tidings · Mon 23 Nov 2026, 07:05 · ",
        "The Life Science Ledger · 23 Nov 2026",
        "D12",
        "pactwatch deals show D12",
        "pactwatch explain https://tidings.example/ostara-nordkap",
        "Tue 24 Nov 2026, 07:30 Europe/Paris",
        "42 sources polled · none failing",
        "added up from 2 places",
    ],
)
def test_a_card_says_all_that_is_known_in_both_bodies(words: str) -> None:
    for text in both(ONE):
        assert words in text


def test_a_sum_stands_in_us_dollars_beside_the_original_with_the_day_of_the_rate() -> None:
    for text in both(ONE):
        assert "EUR 40m (about USD 50m)" in text
        assert "up to EUR 610m (about USD 760m)" in text
        assert text.count("In US dollars at the ECB’s rate of 23 Nov 2026: EUR 1 = USD 1.25") == 1


def test_each_currency_and_each_day_of_a_rate_is_named_once() -> None:
    mixed = replace(LICENCE, upfront=money("3000000000", "¥3 billion", "JPY"), equity=money("1", "XTS 1", "XTS"))

    for text in both(digest(card(deal(1, mixed, "A", day=DAY + timedelta(days=1))))):
        assert "JPY 3bn (about USD 25m)" in text
        assert "rate of 23 Nov 2026: JPY 1 = USD 0.0083333, EUR 1 = USD 1.25" in text
        assert "XTS 1 (" not in text
    older = replace(mixed, milestones=replace(money("1000", "1000 euros"), low=Decimal(800)))
    for text in both(digest(card(deal(1, older, "A", day=DAY - timedelta(days=3))))):
        assert "EUR 800 to 1,000 (about USD 960 to 1,200)" in text
        assert "rate of 23 Nov 2026: JPY 1 = USD 0.0083333; of 16 Nov 2026: EUR 1 = USD 1.2" in text


def test_nothing_is_converted_where_no_rate_is_near_or_all_is_in_dollars() -> None:
    past = digest(card(deal(1, LICENCE, "A", day=date(2026, 9, 1))))
    for text in both(past):
        assert "EUR 40m" in text
        assert "USD" not in text

    def asked() -> Rates:
        raise AssertionError("a card in dollars needs no exchange rates")

    dollars = digest(card(deal(1, replace(_BARE, upfront=money("40000000", "$40 million", "USD")), "A")))
    assert "USD 40m" in plain_text(dollars, asked)
    assert "ECB" not in plain_text(dollars, asked)


def test_every_figure_has_its_sentence_and_no_more() -> None:
    for text in both(ONE):
        assert "Ostara will receive an upfront payment of" in text
        assert "Its shares rose" not in text


def test_a_figure_that_the_reader_doubts_says_check_and_others_do_not() -> None:
    sure, unsure = (digest(card(deal(1, replace(LICENCE, equity=m), "A"))) for m in (None, LICENCE.equity))

    assert not any("check" in text for text in both(sure))
    assert all("check" in text for text in both(unsure))


def test_the_money_of_an_earlier_agreement_stands_under_its_heading_only() -> None:
    for text in both(ONE):
        before, _, after = text.partition("Earlier agreement (2019)")
        assert "EUR 12m" not in before
        assert "€12 million" not in before
        assert "EUR 12m" in after


def test_earlier_agreements_of_one_sentence_are_recalled_together() -> None:
    (prior,) = LICENCE.prior
    twice = replace(LICENCE, prior=(prior, replace(prior, year=2015, money=())))

    for text in both(digest(card(deal(1, twice, "A")))):
        assert "Earlier agreements (2015, 2019), not part of this deal" in text
        assert text.count("Under their 2019 agreement") == 1


def test_an_update_shows_was_and_is_with_both_quotes() -> None:
    for text in both(digest(UPDATE)):
        assert "undisclosed → EUR 25m" in text
        assert "Financial terms were not disclosed." in text
        assert "Ostara receives an upfront payment of" in text
        assert "Before, in the same deal: Licence, New, announced 28 Jan 2026" in text


def test_late_news_is_marked() -> None:
    for text in both(digest(card(deal(1, LICENCE, "A", late=True)))):
        assert "Late: pactwatch could not reach its source" in text
    for text in both(ONE):
        assert "Late" not in text


def test_the_blocks_below_the_cards_are_counted_in_words() -> None:
    for text in both(SEVEN):
        assert "Already out there: the 10 newest of 14 found" in text
        assert "the source Biotech Tidings and the search nk-engagers" in text
        assert "the 30 newest entries" in text
        assert "370 older ones not read" in text
        assert "a rumour: talks, nothing signed" in text
        assert "2 failing: BioLedger (HTTP 503) and The Courier (feed not found)" in text
        assert "Zhenhai Newsroom and Pelagos" in text


def test_a_backlog_that_is_shown_whole_is_not_called_the_newest() -> None:
    for text in both(replace(EMPTY, backlog=replace(BACKLOG, lines=BACKLOG.lines[:3], found=3, unread=0))):
        assert "Already out there: 3 found" in text
        assert "not read" not in text


def test_a_digest_of_several_deals_begins_with_a_line_for_each() -> None:
    head = plain_text(SEVEN, rates).split("-" * 76)[0]

    assert (
        " 1. Nordkap Pharma licenses OST-114 from Ostara Immune\n    EUR 40m upfront, up to EUR 650m in total" in head
    )
    assert " 7. " in head


def test_a_day_that_is_only_our_first_sight_is_not_called_the_announcement() -> None:
    assert LICENCE.announced is not None
    unknown = replace(LICENCE, announced=replace(LICENCE.announced, source="first-seen"))

    for text in both(digest(card(deal(1, unknown, "A")))):
        assert "Announced, first seen 23 Nov 2026" in text


def test_quotes_name_their_outlet_where_there_are_several() -> None:
    text = plain_text(ONE, rates)

    assert "“up to €610 million in milestones” – The Life Science Ledger" in text
    assert "” – " not in plain_text(digest(card(deal(1, LICENCE, "A"))), rates)


def test_the_page_loads_nothing_and_links_to_the_web_only() -> None:
    page = Page(html(SEVEN, rates))

    assert {tag for tag, _ in page.tags} & {"img", "link", "script", "iframe", "object", "form", "base"} == set()
    assert page.links() != []
    assert all(link.startswith(("http://", "https://")) for link in page.links())
    assert not any({"src", "background", "srcset"} & attributes.keys() for _, attributes in page.tags)
    assert "url(" not in html(SEVEN, rates)
    assert "@import" not in html(SEVEN, rates)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.example/a", "ftp://x.example", ""])
def test_an_address_that_is_not_of_the_web_is_no_link(address: str) -> None:
    shown = replace(digest(), perhaps=(replace(PERHAPS[0], url=address),))

    assert Page(html(shown, rates)).links() == []
    assert "Quillon in talks with Akagi" in plain_text(shown, rates)


@MODEST
@given(st.text(st.sampled_from("<>&\"'/=!-[]{}%# abSCRIPTscript;:\n\x00\u202e"), max_size=60))
def test_nothing_from_outside_becomes_markup(text: str) -> None:
    def shown(words: str) -> Digest:
        terms = replace(LICENCE, parties=(party(words, "partner"),), assets=(named(words),), upfront=Money(said(words)))
        changed = (Change("upfront", words, words, said(words), said(words)),)
        lines = (replace(PERHAPS[0], title=words, reason=words, outlet=words),)
        return replace(digest(card(deal(1, terms, words), "update", changed, why=words)), perhaps=lines)

    usual, nasty = Page(html(shown("usual"), rates)), Page(html(shown(f"usual {text} end"), rates))

    # Markup out of the text would add a tag or an attribute, or swallow one of ours.
    assert [(tag, sorted(kept.keys())) for tag, kept in nasty.tags] == [
        (tag, sorted(kept.keys())) for tag, kept in usual.tags
    ]


def test_the_style_is_inline_and_the_rules_for_dark_and_narrow_stay() -> None:
    page = html(ONE, rates)

    assert 'class="sum" style="' in page
    assert "prefers-color-scheme: dark" in page
    assert "max-width: 480px" in page
    assert "@media print" in page


def test_twelve_deals_fit_whole() -> None:
    assert bodies(view(TWELVE, rates)).whole
    assert len(html(TWELVE, rates).encode()) < LARGEST


def test_cards_without_room_are_named_and_none_is_cut() -> None:
    said_ = bodies(view(TWENTY, rates))
    text = Page(said_.html).text

    shown = text.count("Is something wrong?")
    assert not said_.whole
    assert 60_000 < len(said_.html.encode()) < LARGEST
    assert f"And {20 - shown} more" in text
    assert all(f"Deal number {number}" in text for number in range(1, 21))
    assert said_.text.count("Is something wrong?") == 20


@pytest.mark.parametrize("hard", ["&" * 400, "<b>" * 200, "\U0001f9ec" * 300])
def test_a_page_stays_small_whatever_it_is_made_of(hard: str) -> None:
    terms = replace(LICENCE, targets=tuple(named(hard) for _ in range(300)), assets=(named(hard),))
    lines = tuple(replace(BACKLOG.lines[0], title=hard, reason=hard) for _ in range(300))
    shown = digest(*(card(deal(number, terms, hard), why=hard) for number in range(1, 41)))

    page = html(replace(shown, backlog=replace(BACKLOG, lines=lines, found=300)), rates)

    assert len(page.encode()) < LARGEST


def test_the_words_that_matched_are_marked_in_their_sentence() -> None:
    assert "It is the first of the *NK-cell engagers* that Ostara has" in plain_text(ONE, rates)
    assert 'class="mark"' in html(ONE, rates)
    assert Page(html(ONE, rates)).text.count("that Ostara has taken into the clinic.") == 1


def test_comparable_deals_stand_with_their_upfronts() -> None:
    for text in both(ONE):
        assert "To compare: NK cell engager · Phase 1" in text
        assert "Sollevia licenses OST-114 from Brightfen" in text
        assert "USD 55m upfront" in text
        assert "not mentioned" in text
    assert "To compare" not in plain_text(digest(card(deal(1, LICENCE, "A"))), rates)


def test_the_outlet_that_had_it_first_is_marked() -> None:
    text = Page(html(ONE, rates)).text

    assert "Biotech Tidings · Mon 23 Nov 2026, 07:05 · First" in text
    assert text.count("First") == 1


def test_what_was_read_from_a_teaser_says_so() -> None:
    for text in both(HARD):
        assert "the article itself is behind a login wall" in text
        assert "Whether payments are mentioned is behind the login wall." in text
        assert "No payments are mentioned." not in text


def test_the_week_is_a_table_by_deal_with_totals_by_modality() -> None:
    for text in both(WEEK):
        assert "The week: 12 deals and 1 update" in text
        assert "Nordkap Pharma licenses OS-101 from Ostara Immune" in text
        assert "Is something wrong?" not in text
    week = view(WEEK, rates).totals
    assert week is not None
    assert [(row.label, row.deals) for row in week.rows][-1] == ("All", "13")
    assert sum(int(row.deals) for row in week.rows[:-1]) == 13
    # 40 + 125 + 5 + 28 + 3 + 60 + 9.5 and the update's 25 million euros, at 1.25 dollars
    assert week.rows[-1].sums[0] == "USD 369m"


def test_the_foot_says_who_is_silent_and_how_to_stop() -> None:
    quiet = replace(EMPTY, health=replace(SEVEN.health or Health(1), failing=(("BioLedger", "silent"),)))
    for text in both(quiet):
        assert "none failing · 1 silent for longer than usual: BioLedger" in text
        assert "under recipients: analyst-7" in text
    assert "https://p.example/stop?a=1" in plain_text(replace(quiet, stop="https://p.example/stop?a=1"), rates)
    for text in both(replace(quiet, stop="mailto:stop@desk.example?subject=unsubscribe")):
        assert "write to stop@desk.example" in text


def test_lines_of_the_plain_text_are_short_where_words_allow() -> None:
    for line in plain_text(SEVEN, rates).splitlines():
        assert len(line) <= 76 or " " not in line.strip() or line.strip().startswith("pactwatch "), line


def test_no_money_is_said_to_be_mentioned_where_none_is() -> None:
    bare = replace(LICENCE, upfront=None, equity=None, option_fee=None, milestones=None, total=None, royalties=None)

    for text in both(digest(card(deal(1, replace(bare, prior=()), "A")))):
        assert "No payments are mentioned." in text
        assert "EUR" not in text


def test_a_payment_per_programme_and_a_range_are_said_as_such() -> None:
    ranged = replace(money("25000000", "between €10 million and €25 million"), low=money("10000000", "x").amount)
    each = replace(money("5000000", "€5 million for each programme"), per="program")

    for text in both(digest(card(deal(1, replace(LICENCE, upfront=ranged, milestones=each), "A")))):
        assert "EUR 10m to 25m" in text
        assert "EUR 5m per programme" in text


def test_both_ends_of_a_range_are_written_in_the_same_way() -> None:
    ranged = replace(money("1200000", "€500,000 to €1.2 million"), low=Decimal(500_000))

    for text in both(digest(card(deal(1, replace(LICENCE, upfront=ranged), "A")))):
        assert "EUR 0.5m to 1.2m" in text
