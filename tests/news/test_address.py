"""The identity of web addresses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.address import canonical, host, same_site
from news.errors import AddressError

SAME = [
    ("HTTP://News.Example:80/a", "http://news.example/a"),
    ("https://news.example", "https://news.example/"),
    ("https://news.example:443/a#top", "https://news.example/a"),
    ("https://news.example/a?utm_source=rss&id=7&utm_medium=feed", "https://news.example/a?id=7"),
    ("https://news.example/a?fbclid=x&gclid=y", "https://news.example/a"),
    ("https://news.example/%7euser/%41", "https://news.example/~user/A"),
    ("https://news.example/a%2fb", "https://news.example/a%2Fb"),
    ("https://news.example/a/./b/../c", "https://news.example/a/c"),
    ("https://news.example/../a", "https://news.example/a"),
    ("https://news.example/a/b/..", "https://news.example/a/"),
    ("https://bücher.example/ä b", "https://xn--bcher-kva.example/%C3%A4%20b"),
    ("https://news.example./a", "https://news.example/a"),
    ("http://[::1]:8080/a", "http://[::1]:8080/a"),
]
DIFFERENT = [
    ("https://news.example/a", "https://news.example/a/"),
    ("https://news.example/a", "http://news.example/a"),
    ("https://news.example/a", "https://www.news.example/a"),
    ("https://news.example/a?x=1&y=2", "https://news.example/a?y=2&x=1"),
    ("https://news.example/a%2Fb", "https://news.example/a/b"),
    ("https://news.example/A", "https://news.example/a"),
    ("https://news.example/?p=1", "https://news.example/?p=2"),
]


@pytest.mark.parametrize(("given_url", "expected"), SAME)
def test_what_names_the_same_resource_has_one_form(given_url: str, expected: str) -> None:
    assert canonical(given_url) == expected


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_may_be_another_resource_keeps_another_form(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "news.example/a",
        "ftp://news.example/a",
        "file:///a",
        "javascript:alert(1)",
        "http://",
        "http://[::1",
        "http://a b/",
    ],
)
def test_what_is_no_web_address_is_refused_by_name(url: str) -> None:
    with pytest.raises(AddressError, match=r"address|host"):
        canonical(url)


def test_www_is_the_same_site_and_another_host_is_not() -> None:
    assert same_site("https://www.news.example/a", "http://news.example/b")
    assert not same_site("https://news.example/", "https://other.example/")
    assert host("https://News.Example:443/") == "news.example"
    assert host("https://me@News.Example:8443/") == "news.example:8443"


paths = st.text(max_size=40).map(lambda path: f"https://news.example/{path}")


@settings(max_examples=200)
@given(paths)
def test_the_canonical_form_of_a_canonical_form_is_itself(url: str) -> None:
    try:
        once = canonical(url)
    except AddressError:
        return

    assert canonical(once) == once


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_text_has_a_canonical_form_or_is_refused(url: str) -> None:
    try:
        found = canonical(url)
    except AddressError:
        return

    assert found.isascii()
    assert found.startswith(("http://", "https://"))
