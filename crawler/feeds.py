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
from datetime import UTC, datetime
from typing import Any

import feedparser

from crawler import jsonfeed, splitting, swift, wishes
from crawler.dates import from_mail_form
from crawler.remarks import remarks
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
MAX_ENTRIES = 5000
MOST_AT_ONCE = 64 * 1024
"""Bytes that may be looked through where other work waits."""
MOST_COMPARED = 2 * 1024 * 1024
"""Bytes that may be compared with those of last time, which takes a tenth of that."""
MOST_UNSURE = 5
"""Items that feedparser may read where other work waits; each takes it about a millisecond."""
_HEAD = 20_000


def parse(content: bytes, url: str, content_type: str) -> ParsedFeed:
    """Return what a feed's bytes hold, entries in the feed's order; raises FeedParseError and nothing else.

    `url` is where the bytes came from (relative links are resolved against it), `content_type` the header's value.
    """
    if not content.strip():
        raise FeedParseError("empty body", "the answer was empty")
    is_json = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    return _settled(content, jsonfeed.parse(content, url)) if is_json else _parse_xml(content, url, content_type)


def parse_at_once(content: bytes, url: str, content_type: str) -> ParsedFeed | None:
    """Return the same for a feed of ordinary length of which each item is written plainly, None for all others.

    It takes about a millisecond, whatever the bytes are, and need not cross to another process.
    """
    if len(content) > MOST_AT_ONCE or not _ROOT.search(content[:_HEAD]):
        return None
    found = swift.items(content, content_type)
    if not found or any(item.says is None for item in found) or len(swift.without(content, found)) > _HEAD:
        return None
    feed = _read_xml(content, url, content_type, found)
    return feed and _settled(content, feed, is_well_formed=True)


def parse_changed(content: bytes, url: str, content_type: str, digests: bytes) -> ParsedFeed | None:
    """Return what is new or was edited in a feed since `digests` was made of it, and how many items are as they were.

    None where that is better told of the whole document. Of the head, which is as it was, nothing is told.
    """
    rest = splitting.rest(content, digests, _origin(url, content_type)) if len(content) <= MOST_COMPARED else None
    if rest is None or len(rest.content) > MOST_AT_ONCE:
        return None
    feed = ParsedFeed("", "", (), known=rest.known, digests=rest.table)
    if not rest.left:
        return feed
    found = swift.items(rest.content, content_type)
    if not found or len(found) != rest.left:
        return None
    unsure = sum(item.says is None for item in found)
    if unsure > MOST_UNSURE or (unsure and len(swift.without(rest.content, found)) > _HEAD):
        return None
    read = _read_xml(rest.content, url, content_type, found) if unsure else None
    if unsure and read is None:
        return None
    entries = read.entries if read else tuple(_entry(item.says or {}, url) for item in found)
    return _settled(rest.content, replace(feed, entries=entries), is_well_formed=True)


def _origin(url: str, content_type: str) -> str:
    return f"{url}\n{content_type}"


def _settled(content: bytes, feed: ParsedFeed, *, is_well_formed: bool = False) -> ParsedFeed:
    """Return a feed with its entries told apart and with what is odd about it."""
    entries = _distinct(feed.entries[:MAX_ENTRIES])
    return replace(
        feed,
        entries=entries,
        remarks=remarks(content, feed.entries, is_well_formed=is_well_formed),
        # Where two items share a guid, what becomes of one depends on the other.
        digests=feed.digests if entries == feed.entries else b"",
    )


def _parse_xml(content: bytes, url: str, content_type: str) -> ParsedFeed:
    refuse_pages(content)
    found = swift.items(content, content_type)
    feed = _read_xml(content, url, content_type, found) if found else None
    if feed is None:
        return _settled(content, _read_whole(content, url, content_type))
    return _settled(content, feed, is_well_formed=True)


def _read_xml(content: bytes, url: str, content_type: str, found: Sequence[swift.Found]) -> ParsedFeed | None:
    """Return a feed of which feedparser sees only what the fast pass is not sure of; None where the two disagree."""
    try:
        rest = _read_whole(swift.without(content, found), url, content_type, whole=content)
    except FeedParseError:
        return None
    others = iter(rest.entries)
    if len(rest.entries) != sum(item.says is None for item in found):
        return None
    return replace(
        rest,
        entries=tuple(next(others) if item.says is None else _entry(item.says, url) for item in found),
        digests=splitting.table(content, [(item.start, item.end) for item in found], _origin(url, content_type)),
    )


def _read_whole(content: bytes, url: str, content_type: str, whole: bytes = b"") -> ParsedFeed:
    """Return what feedparser makes of a document; `whole` is the one of which it is a part."""
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
        ttl=wishes.ttl(found.feed),
        skip_hours=wishes.skip_hours(found.feed, whole or content),
        skip_days=wishes.skip_days(found.feed, whole or content),
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


def refuse_pages(content: bytes) -> None:
    """Refuse a page of HTML that came where a feed was expected."""
    head = content[:_HEAD]
    if _ROOT.search(head):
        return
    refuse_challenge(content)
    if _HTML.search(head):
        raise FeedParseError("html instead of a feed", "an ordinary web page, instead of a feed")


def refuse_challenge(content: bytes) -> None:
    """Refuse a page that asks whether we are human."""
    if _CHALLENGE.search(content[:200_000]):
        raise FeedParseError("challenge page", "a page that asks whether we are human, instead of a feed")


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
