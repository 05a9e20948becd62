"""Feed bytes to entries: RSS 0.9x, 1.0 and 2.0 and Atom through feedparser, JSON Feed by ourselves. Pure.

feedparser is the most forgiving parser there is and stays the judge of XML; what it does again that we do ourselves
(sanitising, resolving relative addresses inside HTML) is switched off. An empty feed is a valid feed; a page of HTML, a
challenge page or an empty body is none, however politely it was served with a 200.
"""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from crawler import jsonfeed
from crawler.text import plain, web_link
from news.article import Entry, ParsedFeed
from news.errors import FeedParseError

_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_CHALLENGE = re.compile(
    rb"just a moment\.\.\.|cf-browser-verification|challenge-platform|_cf_chl|attention required!|captcha-delivery"
    rb"|px-captcha|incapsula|verify you are (?:a )?human|ddos-guard",
    re.IGNORECASE,
)
_ROOT = re.compile(rb"<(?:\w+:)?(?:rss|rdf|feed|channel|cdf)[\s>/]", re.IGNORECASE)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 24 * 7, "monthly": 24 * 30, "yearly": 24 * 365}
_MAX_ENTRIES = 5000


def parse(content: bytes, url: str, content_type: str) -> ParsedFeed:
    """Return what a feed's bytes hold, entries in the feed's order; raises FeedParseError and nothing else.

    `url` is where the bytes came from (relative links are resolved against it), `content_type` the header's value.
    """
    if not content.strip():
        raise FeedParseError("empty body", "the answer was empty")
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return jsonfeed.parse(content, url)
    _refuse_pages(content)
    try:
        found = feedparser.parse(
            content,
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # feedparser promises to raise nothing and then meets bytes of which its libraries think otherwise.
        raise FeedParseError("not a feed", f"the bytes cannot be parsed: {type(error).__name__}") from error
    if not found.get("version") and not found.entries:
        raise FeedParseError("not a feed", "neither RSS nor Atom nor JSON Feed")
    entries = tuple(_entry(item, url) for item in found.entries[:_MAX_ENTRIES])
    return ParsedFeed(
        title=plain(_text(found.feed, "title")),
        language=_text(found.feed, "language").strip().lower(),
        entries=entries,
        ttl=_ttl(found.feed),
    )


def _refuse_pages(content: bytes) -> None:
    """Refuse a page of HTML that came where a feed was expected."""
    head = content[:20_000]
    if _ROOT.search(head):
        return
    if _CHALLENGE.search(content[:200_000]):
        raise FeedParseError("challenge page", "a page that asks whether we are human, instead of a feed")
    if _HTML.search(head):
        raise FeedParseError("html instead of a feed", "an ordinary web page, instead of a feed")


def _entry(item: Mapping[str, Any], base: str) -> Entry:
    """Return one entry. Its guid is the feed's own, else its link, else a hash of what it says."""
    link = web_link(_text(item, "link"), base)
    title, summary = plain(_text(item, "title")), plain(_text(item, "summary"))
    published = _date(item)
    guid = _text(item, "id").strip() or link or hashlib.sha256(f"{title}\0{summary}".encode()).hexdigest()
    if not link and guid.startswith(("http://", "https://")):
        link = guid
    return Entry(guid, link, title, summary, plain(_text(item, "author")), published)


def _text(item: Mapping[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""


def _date(item: Mapping[str, Any]) -> datetime | None:
    """Return when an entry was published, in UTC; what it was updated to counts only where nothing else is said."""
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = item.get(key)
        if moment:
            try:
                return datetime.fromtimestamp(calendar.timegm(moment), UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                continue
    return None


def _ttl(feed: Mapping[str, Any]) -> timedelta | None:
    """Return how often the feed asks to be polled: RSS 2.0 ttl (minutes), RSS 1.0 syndication module (sy:)."""
    ttl = _text(feed, "ttl").strip()
    if ttl.isascii() and ttl.isdigit():
        return timedelta(minutes=min(int(ttl[:7]), 60 * 24 * 30)) or None
    hours = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower())
    if hours is None:
        return None
    frequency = _text(feed, "sy_updatefrequency").strip()
    times = int(frequency[:4]) if frequency.isascii() and frequency.isdigit() else 1
    return timedelta(hours=hours) / max(times, 1)
