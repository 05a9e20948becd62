"""Pages that list news, with and without a selector."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import forms
from crawler.daywords import day_in
from crawler.listings import parse
from crawler.selectors import xpath_of
from news.article import Entry
from news.errors import FeedParseError

URL = "https://harrow.example/press?page=1"
HTML = "text/html; charset=utf-8"
TITLE = "Harrow Pharma and Northpoint Bio sign agreement number"


def item(number: int) -> str:
    """Return a piece of a list as many publishers write it: a picture, a headline and a button, all linked."""
    link = f"/press/2026/{number}-signs"
    return (
        f'<div class="item item-{number}"><span class="date">{number} November 2026</span><a href="{link}"><img></a>'
        f'<h3><a href="{link}#top">{TITLE} {number}</a></h3><p>A teaser.</p>'
        f'<a class="more" href="{link}">Read more</a></div>'
    )


def page(main: str) -> bytes:
    """Return a page with a long menu and a long footer around its main part."""
    menu = "".join(f'<a href="/s/{n}">Section {n} with quite a long name of its own</a>' for n in range(40))
    return f"<html lang=en><title>Press</title><nav>{menu}</nav><main>{main}</main><footer>{menu}</footer>".encode()


LIST = page("".join(item(n) for n in range(1, 13)))


def entries(content: bytes, links: str = "") -> tuple[Entry, ...]:
    found = parse(content, URL, HTML, links)
    assert found.form == "listing"
    return found.entries


@pytest.mark.parametrize("links", ["", ".item h3 a", ".item", ".item .more", "main a"])
def test_the_list_is_found_with_titles_and_dates(links: str) -> None:
    found = entries(LIST, links)

    assert [(e.link, e.title, e.published) for e in found] == [
        (f"https://harrow.example/press/2026/{n}-signs", f"{TITLE} {n}", datetime(2026, 11, n, tzinfo=UTC))
        for n in range(1, 13)
    ]
    assert [e.guid for e in found] == [e.link for e in found]


def test_a_list_whose_links_only_say_read_more_bears_its_headings() -> None:
    items = (f"<li><h2>{TITLE} {n}</h2><a href='/p/{n}'>Read more</a></li>" for n in range(5))

    assert [e.title for e in entries(page("".join(items)))] == [f"{TITLE} {n}" for n in range(5)]


def test_a_time_element_is_believed_before_words() -> None:
    one = f"<li><time datetime='2026-11-24T07:00:00Z'>today, 1 January 2020</time><a href='/p/%d'>{TITLE} %d</a></li>"

    found = entries(page("".join(one % (n, n) for n in range(4))))

    assert {e.published for e in found} == {datetime(2026, 11, 24, 7, tzinfo=UTC)}


def test_a_card_that_is_one_link_is_called_by_its_heading() -> None:
    cards = (f"<a href='/p/{n}'><h3>{TITLE} {n}</h3><p>{'A teaser. ' * 9}</p></a>" for n in range(4))

    assert [e.title for e in entries(page("".join(cards)))] == [f"{TITLE} {n}" for n in range(4)]


def test_links_to_other_sites_and_other_schemes_are_no_headlines() -> None:
    odd = "".join(f"<li><a href='javascript:go({n})'>{TITLE} {n}</a></li>" for n in range(9))

    with pytest.raises(FeedParseError):
        parse(page(odd), URL, HTML)


@pytest.mark.parametrize(
    ("content", "links", "fault"),
    [
        (page("<p>Nothing yet.</p>"), "", "no list"),
        (page("<p>Nothing yet.</p>"), ".item", "no links"),
        (b"<html><title>Just a moment...</title><p>Checking</p></html>", "", "challenge page"),
        (b"", "", "not a page"),
    ],
)
def test_a_page_without_a_list_has_a_name(content: bytes, links: str, fault: str) -> None:
    with pytest.raises(FeedParseError) as raised:
        parse(content, URL, HTML, links)

    assert raised.value.fault == fault


def test_a_page_is_read_as_a_list_only_where_it_is_called_one() -> None:
    assert forms.parse(LIST, URL, HTML, "listing") == parse(LIST, URL, HTML)
    with pytest.raises(FeedParseError) as raised:
        forms.parse(LIST, URL, HTML)
    assert raised.value.fault == "html instead of a feed"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nov. 5, 2026", (2026, 11, 5)),
        ("Cambridge, November 05th, 2026 -", (2026, 11, 5)),
        ("5 Nov 2026", (2026, 11, 5)),
        ("5. März 2026", (2026, 3, 5)),
        ("le 1er août 2026", (2026, 8, 1)),
        ("5 de noviembre de 2026", (2026, 11, 5)),
        ("05.11.2026", (2026, 11, 5)),
        ("2026-11-05", (2026, 11, 5)),
        ("2026/11/05", (2026, 11, 5)),
        ("24/11/2026", (2026, 11, 24)),
        ("11/24/2026", (2026, 11, 24)),
        ("7/7/2026", (2026, 7, 7)),
    ],
)
def test_days_are_read_in_figures_and_in_words(text: str, day: tuple[int, int, int]) -> None:
    assert day_in(text) == datetime(*day, tzinfo=UTC)


@pytest.mark.parametrize("text", ["5/6/2026", "2026", "31.02.2026", "version 1.2.2026.4", "may 2026", "12345/11/2026"])
def test_what_may_be_two_days_or_none_is_none(text: str) -> None:
    assert day_in(text) is None


@pytest.mark.parametrize("selector", ["", "a[", "a:unknown()", "::", "a" * 501])
def test_a_selector_that_is_none_says_so(selector: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        xpath_of(selector)


_PIECES = st.sampled_from(
    ["<a href='/p/1'>", "<a href=//[>", "</a>", "<li>", "<h2>", TITLE, "<nav>", "<time datetime=2026>", "\0", "&#0;",
     "<!--", "<p class='a b'>", "1/1/2026", "<base href=x:>", "<svg>", "<template>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=200), st.lists(_PIECES, max_size=30).map(lambda all_: "".join(all_).encode())),
    st.sampled_from(["", "a", "li", "*", "li > h2 + a", "a:not(nav a)"]),
)
def test_any_bytes_give_entries_or_one_error(content: bytes, links: str) -> None:
    try:
        found = parse(content, URL, HTML, links)
    except FeedParseError:
        return
    assert found.entries
    assert all(entry.link.startswith("http") and "\0" not in entry.title for entry in found.entries)
