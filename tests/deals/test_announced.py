"""Which day an agreement was announced, and where that day was read."""

from datetime import date

import pytest

from deals.announced import announced_of
from deals.document import prepare
from news.reading import DateFrom


def day(text: str, published: date | None = None, source: DateFrom = "feed") -> tuple[date, str] | None:
    """Return the announcement day of a text and where it was read."""
    found = announced_of(prepare("Halmar licenses antibody", text), published, source)
    return None if found is None else (found.on, found.source)


@pytest.mark.parametrize(
    "dateline",
    [
        "BASEL, Nov. 19, 2026 (Newsline) -- Halmar said",
        "BASEL, 19 November 2026 – Halmar said",
        "BASEL, November 19th, 2026/Newsline/ Halmar said",
        "Basel; 2026-11-19; Halmar said",
        "BASELandLEEDS,November 19, 2026// -- Halmar said",
    ],
)
def test_datelines_of_many_forms_are_read(dateline: str) -> None:
    assert day(dateline) == (date(2026, 11, 19), "dateline")


def test_a_later_feed_makes_an_article_no_younger() -> None:
    assert day("BASEL, Nov. 19, 2026 -- Halmar said", date(2026, 11, 24)) == (date(2026, 11, 19), "dateline")


def test_an_earlier_page_is_the_first_report() -> None:
    assert day("BASEL, Nov. 19, 2026 -- Halmar said", date(2026, 11, 16), "page") == (date(2026, 11, 16), "page")


def test_another_time_zones_dateline_stays() -> None:
    assert day("BASEL, Nov. 19, 2026 -- Halmar said", date(2026, 11, 18), "page") == (date(2026, 11, 19), "dateline")


def test_a_day_in_the_body_is_no_announcement() -> None:
    text = "Halmar has licensed an antibody. The patent was filed on March 3, 2016 in Basel."

    assert day(text) is None
    assert day(text, date(2026, 11, 24)) == (date(2026, 11, 24), "feed")


def test_no_day_that_the_calendar_lacks_is_read() -> None:
    assert day("BASEL, February 31, 2026 -- Halmar said") is None


@pytest.mark.parametrize(
    "caption",
    [
        "A plant of Halmar is seen in Basel November 19, 2016. REUTERS/Jan Kell\nHalmar said",
        "FILE PHOTO: The logo of Halmar in Basel, November 19, 2016. Halmar said",
    ],
)
def test_the_day_of_a_picture_is_no_dateline(caption: str) -> None:
    assert day(caption) is None


@pytest.mark.parametrize(
    "words", ["A call is scheduled for Tuesday, November 24, 2026", "Offer extended to Nov. 24, 2026"]
)
def test_a_day_that_something_is_planned_for_is_no_dateline(words: str) -> None:
    assert day(f"{words} BASEL, Nov. 19, 2026 -- Halmar said") == (date(2026, 11, 19), "dateline")
