"""What is read of an article behind a wall: the feed's summary, else what the page leaves in front of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from news.article import WALLS, Entry, Page
from news.errors import NotAnArticleError

LEAST_WORDS = 8
"""A summary that is shorter says no more than the headline."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page's article and its address, and the wall behind which it stands ("" where it was read whole)."""

    page: Page
    url: str
    behind: str = ""


def teaser_of(error: NotAnArticleError, entry: Entry) -> Page | None:
    """Return what can be read of an article behind a wall, None where that is nothing or the page is no wall.

    A page for consent or against robots says nothing of the article; its title and its date are not believed.
    """
    if error.kind not in WALLS:
        return None
    left = error.left if error.left and error.kind in {"paywall", "login wall"} else Page("", "")
    said = next((text for text in (entry.summary, left.text) if len(text.split()) >= LEAST_WORDS), "")
    if not said:
        return None
    return replace(left, title=entry.title or left.title, text=said, canonical=None)
