"""What is odd about a feed that can be read all the same: each has a name, and stands in the log beside what was read.

A reader that mends things without a word hides what a publisher, or somebody who means no good, has done. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from xml.parsers import expat

from crawler.swift import DEEP
from news.article import Entry
from news.fetch import Body

_HEAD = 100_000
"""Bytes that are searched for what stands before the first item."""
_ENTITY = re.compile(rb"<!ENTITY\s")
_RELATIVE = re.compile(rb"<link>\s*+(?:<!\[CDATA\[\s*+)?(?!https?:)[\w/.?]", re.IGNORECASE)
_SCRIPT = re.compile(rb"<title[^>]{0,200}>[^<]{0,500}(?:&lt;|<!\[CDATA\[[^<]{0,500}<)script", re.IGNORECASE)
_AHEAD = timedelta(days=1)


def remarks(content: bytes, entries: Iterable[Entry], *, is_well_formed: bool = False) -> tuple[str, ...]:
    """Return the names of what is odd about the bytes of a feed and about the entries that they gave.

    `is_well_formed` says that its markup has been looked through before (crawler/swift.py).
    """
    dates = [entry.published for entry in entries]
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        found = {}
    else:
        found = {
            "entities": bool(_ENTITY.search(content, 0, _HEAD)),
            "relative links": bool(_RELATIVE.search(content)),
            "script in a title": bool(_SCRIPT.search(content)),
            **({} if is_well_formed else _of_xml(content)),
        }
    found |= {"no entries": not dates, "no dates": bool(dates) and not any(dates)}
    return tuple(name for name, is_so in found.items() if is_so)


def later(dates: Iterable[datetime | None], now: datetime) -> tuple[str, ...]:
    """Return the remark on dates that are still to come."""
    return ("dates to come",) if any(date is not None and date > now + _AHEAD for date in dates) else ()


def way(answer: Body, url: str) -> tuple[str, ...]:
    """Return the remark on the way to a feed: that it has moved, or is somewhere else for now."""
    return () if answer.final_url == url else ("moved" if answer.moved_to else "elsewhere for now",)


def _of_xml(content: bytes) -> dict[str, bool]:
    """Return how well-formed it is. Entities are left alone: neither is one looked up, nor put in."""
    parser = expat.ParserCreate()
    depth = deepest = 0

    def start(_: str, __: object) -> None:
        nonlocal depth, deepest
        depth += 1
        deepest = max(deepest, depth)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    if _ENTITY.search(content):
        parser.DefaultHandler = lambda _: None  # with it, expat hands entities over as they stand
    broken = ""
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        broken = _name(error.code, content)
    except (ValueError, LookupError):  # an encoding that Python does not know either
        broken = "wrong encoding"
    return {broken: bool(broken), "deep nesting": deepest > DEEP}


def _name(code: int, content: bytes) -> str:
    """Return the name of what expat met: bytes of another encoding and NUL are to it what a wrong sign is."""
    if code in _ENCODING:
        return "wrong encoding"
    if code != _INVALID or _DECLARED.search(content, 0, 200):
        return "broken xml"
    if b"\0" in content:
        return "nul bytes"
    try:
        content.decode()
    except UnicodeDecodeError:
        return "wrong encoding"
    return "broken xml"


_DECLARED = re.compile(rb"<\?xml[^>]{0,80}encoding\s*=\s*[\"'](?!utf-?8)", re.IGNORECASE)
_INVALID = expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]
_ENCODING = frozenset(
    expat.errors.codes[words]
    for words in (
        expat.errors.XML_ERROR_PARTIAL_CHAR,
        expat.errors.XML_ERROR_UNKNOWN_ENCODING,
        expat.errors.XML_ERROR_INCORRECT_ENCODING,
    )
)
