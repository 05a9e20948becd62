"""When two pages are one article, and how old an article is."""

from datetime import UTC, date, datetime

from news.article import Page
from stories.articles import believed_address, published, signature

FETCHED = datetime(2026, 11, 24, 8, tzinfo=UTC)


def same_site(one: str, other: str) -> bool:
    """Compare hosts, as news.address does in the product."""
    return one.split("/")[2] == other.split("/")[2]


def test_two_texts_of_sixty_equal_words_share_a_signature() -> None:
    assert signature(["word"] * 60) == signature(["word"] * 60) is not None


def test_fifty_nine_words_are_too_few_to_be_the_same_text() -> None:
    assert signature(["word"] * 59) is None


def test_one_other_word_is_another_text() -> None:
    assert signature(["a"] * 60) != signature(["a"] * 59 + ["b"])


def test_a_canonical_address_on_the_same_site_is_believed() -> None:
    assert believed_address("https://n.example/a?ref=x", "https://n.example/a", same_site) == "https://n.example/a"


def test_a_canonical_address_that_is_the_home_page_a_section_or_another_site_is_not_believed() -> None:
    final = "https://n.example/news/2026/a-deal"
    claims = [
        "https://n.example/",
        "https://n.example/news/",
        "https://n.example/en/press-releases",
        "https://o.example/a",
    ]

    assert [believed_address(final, claim, same_site) for claim in [*claims, None]] == [final] * 5


def test_the_earlier_of_the_page_and_the_feed_dates_the_article() -> None:
    page = Page("t", "x", published=date(2022, 12, 22))

    assert published(page, FETCHED, FETCHED) == (date(2022, 12, 22), "page")
    assert published(page, datetime(2022, 12, 20, tzinfo=UTC), FETCHED) == (date(2022, 12, 20), "feed")


def test_a_date_after_the_fetch_counts_as_the_fetch() -> None:
    assert published(Page("t", "x"), datetime(2027, 1, 1, tzinfo=UTC), FETCHED) == (date(2026, 11, 24), "feed")


def test_without_any_date_the_first_sight_counts() -> None:
    assert published(Page("t", "x", published=date(1970, 1, 1)), None, FETCHED) == (date(2026, 11, 24), "first-seen")
