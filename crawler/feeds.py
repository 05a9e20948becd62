"""Feed bytes to entries: RSS 0.9x, 1.0 and 2.0 and Atom through feedparser, JSON Feed by ourselves. Pure.

feedparser is the most forgiving parser there is and stays the judge of XML; what it does again that we do ourselves
(sanitising, resolving relative addresses inside HTML) is switched off. An empty feed is a valid feed; a page of HTML, a
challenge page or an empty body is none, however politely it was served with a 200.
"""

from __future__ import annotations

import calendar
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from crawler import jsonfeed
from crawler.dates import from_mail_form
from crawler.text import LONGEST_SUMMARY, LONGEST_TITLE, name, plain, short, text_of, web_link
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
MAX_ENTRIES = 5000


def parse(content: bytes, url: str, content_type: str) -> ParsedFeed:
    """Return what a feed's bytes hold, entries in the feed's order; raises FeedParseError and nothing else.

    `url` is where the bytes came from (relative links are resolved against it), `content_type` the header's value.
    """
    if not content.strip():
        raise FeedParseError("empty body", "the answer was empty")
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    feed = jsonfeed.parse(content, url) if is_json else _parse_xml(content, url, content_type)
    return replace(feed, entries=_distinct(feed.entries[:MAX_ENTRIES]))


def _parse_xml(content: bytes, url: str, content_type: str) -> ParsedFeed:
    _refuse_pages(content)
    try:
        found = feedparser.parse(
            io.BytesIO(content),  # bare bytes it would take for the name of a file, and read that
            # Without the feed's own address: it would become part of every relative id, and change with it.
            response_headers={"content-type": content_type},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # feedparser promises to raise nothing and then meets bytes of which its libraries think otherwise.
        raise FeedParseError("not a feed", f"the bytes cannot be parsed: {type(error).__name__}") from error
    if not found.get("version") and not found.entries:
        raise FeedParseError("not a feed", "neither RSS nor Atom nor JSON Feed")
    return ParsedFeed(
        title=short(plain(text_of(found.feed, "title")), LONGEST_TITLE),
        language=text_of(found.feed, "language").strip().lower(),
        entries=tuple(_entry(item, url) for item in found.entries[:MAX_ENTRIES]),
        ttl=_ttl(found.feed),
    )


def _distinct(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries told apart: where one guid stands for several addresses, the address is the guid."""
    addresses = defaultdict(set)
    for entry in entries:
        addresses[entry.guid].add(entry.link)
    return tuple(
        replace(entry, guid=name(entry.link)) if entry.link and len(addresses[entry.guid]) > 1 else entry
        for entry in entries
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
    link = web_link(text_of(item, "link"), base)
    title = short(plain(text_of(item, "title")), LONGEST_TITLE)
    summary = short(plain(text_of(item, "summary")), LONGEST_SUMMARY)
    published = _date(item)
    guid = name(text_of(item, "id")) or link or hashlib.sha256(f"{title}\0{summary}".encode()).hexdigest()
    link = link or (web_link(guid, base) if guid.startswith(("http://", "https://")) else "")
    return Entry(guid, link, title, summary, short(plain(text_of(item, "author")), LONGEST_TITLE), published)


def _date(item: Mapping[str, Any]) -> datetime | None:
    """Return when an entry was published, in UTC; what it was updated to counts only where nothing else is said."""
    fields = dict(item)  # feedparser's own get() finds dates under other names, and warns
    for key in ("published", "updated", "created"):
        moment = fields.get(f"{key}_parsed")
        try:
            if moment:
                return datetime.fromtimestamp(calendar.timegm(moment), UTC)
        except (ValueError, OverflowError, OSError, TypeError):
            continue
        text = fields.get(key)
        found = from_mail_form(text) if isinstance(text, str) else None
        if found is not None:
            return found
    return None


def _ttl(feed: Mapping[str, Any]) -> timedelta | None:
    """Return how often the feed asks to be polled: RSS 2.0 ttl (minutes), RSS 1.0 syndication module (sy:)."""
    ttl = text_of(feed, "ttl").strip()
    if ttl.isascii() and ttl.isdigit():
        return timedelta(minutes=min(int(ttl[:7]), 60 * 24 * 30)) or None
    hours = _PERIODS.get(text_of(feed, "sy_updateperiod").strip().lower())
    if hours is None:
        return None
    frequency = text_of(feed, "sy_updatefrequency").strip()
    times = int(frequency[:4]) if frequency.isascii() and frequency.isdigit() else 1
    return timedelta(hours=hours) / max(times, 1)
