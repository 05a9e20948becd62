"""Decide when two pages are one article: the same address, or the same text from sixty words on.

Shorter texts say too little to be told apart (a teaser, a login wall), so they are compared by address alone.
Near-duplicates are not judged here: what is not certain is kept apart.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from news.article import Page
from news.reading import DateFrom

SAME_TEXT_WORDS = 60
_SECTION = re.compile(
    r"^/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:news|press|media|releases|press-releases|newsroom|index\.\w+)?/?$"
)


def signature(words: Sequence[str]) -> str | None:
    """Return what two copies of a text share (its folded words, hashed), None below sixty words."""
    if len(words) < SAME_TEXT_WORDS:
        return None
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def believed_address(final: str, claimed: str | None, same_site: Callable[[str, str], bool]) -> str:
    """Return the address an article is known by: the page's own claim where it is credible, else where it was found.

    A claim (rel=canonical) is credible on the same site and when it is no home page or section: publishers get this
    wrong by pointing every page at their front page. The caller has both addresses in canonical form and sees to it
    that no other text holds the claimed one already.
    """
    if claimed is None or not same_site(final, claimed):
        return final
    parts = urlsplit(claimed)
    return final if _SECTION.match(parts.path.lower()) and not parts.query else claimed


def published(page: Page, feed_date: datetime | None, fetched_at: datetime) -> tuple[date, DateFrom]:
    """Return the earliest credible day of an article, and where it was read.

    The page and the feed are asked; a feed's date never makes an article younger than its page says, and a day after
    the fetch counts as the fetch.
    """
    today = fetched_at.astimezone(UTC).date()
    days: list[tuple[date, DateFrom]] = []
    if page.published is not None:
        days.append((page.published, "page"))
    if feed_date is not None:
        days.append((feed_date.astimezone(UTC).date(), "feed"))
    # A page dated a day ahead is east of Greenwich; one dated next year is wrong. Both are "today" to us.
    credible = [(min(day, today), origin) for day, origin in days if day.year >= 1995]
    return min(credible, key=lambda found: found[0], default=(today, "first-seen"))
