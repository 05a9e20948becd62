"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) to entries. Pure."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from crawler.dates import from_iso, from_mail_form
from crawler.text import LONGEST_SUMMARY, LONGEST_TITLE, name, plain, short, text_of, web_link
from news.article import Entry, ParsedFeed
from news.errors import FeedParseError


def parse(content: bytes, url: str) -> ParsedFeed:
    """Return what a JSON Feed holds; raises FeedParseError for anything else."""
    try:
        feed = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FeedParseError("not a feed", f"it begins like JSON and is none: {error}") from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise FeedParseError("not a feed", "JSON without the items of a JSON Feed")
    entries = tuple(_entry(item, url) for item in feed["items"] if isinstance(item, dict))
    return ParsedFeed(
        short(plain(text_of(feed, "title")), LONGEST_TITLE), plain(text_of(feed, "language")).lower(), entries
    )


def _entry(item: dict[str, Any], base: str) -> Entry:
    link = web_link(text_of(item, "url") or text_of(item, "external_url"), base)
    title = short(plain(text_of(item, "title")), LONGEST_TITLE)
    said = text_of(item, "summary") or text_of(item, "content_text") or text_of(item, "content_html")
    summary = short(plain(said), LONGEST_SUMMARY)
    number = item.get("id")
    guid = name(str(number)) if isinstance(number, str | int | float) else ""
    guid = guid or link or hashlib.sha256(f"{title}\0{summary}".encode()).hexdigest()
    dates = (text_of(item, "date_published"), text_of(item, "date_modified"))
    # The standard asks for RFC 3339; some write what RSS wants.
    published = next(filter(None, (from_iso(text) or from_mail_form(text) for text in dates)), None)
    return Entry(guid, link, title, summary, _author(item), published)


def _author(item: dict[str, Any]) -> str:
    """Return the first author's name: `authors` in 1.1, `author` in 1.0."""
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return short(plain(text_of(first, "name")), LONGEST_TITLE) if isinstance(first, dict) else ""
