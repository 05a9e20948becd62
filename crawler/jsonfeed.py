"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1) to entries. Pure."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from crawler.text import plain, web_link
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
    return ParsedFeed(plain(_text(feed, "title")), _text(feed, "language").lower(), entries)


def _entry(item: dict[str, Any], base: str) -> Entry:
    link = web_link(_text(item, "url") or _text(item, "external_url"), base)
    title = plain(_text(item, "title"))
    summary = plain(_text(item, "summary") or _text(item, "content_text") or _text(item, "content_html"))
    number = item.get("id")
    guid = str(number) if isinstance(number, str | int | float) and str(number) else ""
    guid = guid or link or hashlib.sha256(f"{title}\0{summary}".encode(errors="replace")).hexdigest()
    published = _date(_text(item, "date_published")) or _date(_text(item, "date_modified"))
    return Entry(guid, link, title, summary, _author(item), published)


def _author(item: dict[str, Any]) -> str:
    """Return the first author's name: `authors` in 1.1, `author` in 1.0."""
    authors = item.get("authors")
    first = authors[0] if isinstance(authors, list) and authors else item.get("author")
    return plain(_text(first, "name")) if isinstance(first, dict) else ""


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _date(text: str) -> datetime | None:
    """Return an RFC 3339 date in UTC; one without a zone counts as UTC."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
