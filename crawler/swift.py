"""The fast pass over a feed: where its items are, and what those say that are written as the standards ask. Pure.

feedparser is the judge of XML, and takes as long for an item that is written plainly as for a broken one. Most are
written plainly: elements that every standard knows, most of them once, without markup of their own in them. What
feedparser makes of such an item is known beforehand, and is made here of what expat reports, with the same quirks. Of
all else this pass is not sure: an item that holds something else is left to feedparser, inside the feed's own head, and
so is the whole document where it is not well-formed, where its encoding could be told in two ways, or where anything
stands between or behind the items. tests/crawler/test_swift.py compares the two.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.parsers import expat

from feedparser.datetimes import _parse_date

MOST_ITEMS = 5000
DEEP = 100
"""Elements in one another; honest feeds stay below twenty."""
_DECLARED = re.compile(rb"^<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s;\"']*)", re.IGNORECASE)
_ASCII = frozenset({"", "utf-8", "us-ascii", "iso-8859-1", "windows-1252"})
"""Encodings in which bytes below 128 are what they are in UTF-8."""
_CORE = frozenset({"", "http://purl.org/rss/1.0/", "http://www.w3.org/2005/Atom"})
"""Namespaces whose elements feedparser takes for one another."""
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_DC = "http://purl.org/dc/elements/1.1/"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_SPACES = {
    "dc": _DC,
    "content": _CONTENT,
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
}
"""Prefixes that feedparser gives to namespaces, whatever the feed calls them."""
_SILENT = {
    _SPACES["slash"]: {"comments", "section", "department", "hit_parade"},
    _SPACES["wfw"]: {"comment", "commentRss"},
    _SPACES["feedburner"]: {"origLink"},
    _DC: {"subject", "publisher", "rights"},
    "": {"category", "comments", "enclosure", "source"},
}
"""Elements without others in them that change nothing of what we read."""
_FIELDS = {
    "title": "title", "link": "link", "guid": "id", "id": "id", "description": "summary", "summary": "summary",
    "content": "content", "pubDate": "published", "published": "published", "issued": "published",
    "updated": "updated", "modified": "updated", "author": "author",
}  # fmt: skip
_OTHERS = {f"{_DC} date": "updated", f"{_DC} creator": "author", f"{_CONTENT} encoded": "content"}
_PARENTS = {2: {"rss", "rdf", "feed"}, 3: {"channel"}}
_ABOUT = f"{_RDF} about"
_PEOPLE = frozenset({"name", "uri", "email"})
_TEXT_TYPES = frozenset({"text", "html", "text/plain", "text/html"})
_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_LINK_ATTRIBUTES = frozenset({"href", "rel", "type", "hreflang", "title", "length"})

_SLASHES = re.compile(r"^([A-Za-z][A-Za-z0-9+\-.]*://)/*")
_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_WINDOWS = {
    code: bytes([code]).decode("windows-1252") for code in range(128, 160) if code not in {129, 141, 143, 144, 157}
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MAIL = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d?) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4})"
    r" (\d\d):(\d\d):(\d\d) (?:GMT|([+-])(\d\d)(\d\d))",
    re.ASCII,
)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))", re.ASCII)


@dataclass(slots=True)
class Found:
    """One item: its place in the bytes, and what it says, None where this pass is not sure."""

    start: int
    end: int = 0
    says: dict[str, Any] | None = field(default_factory=dict)


def items(content: bytes, content_type: str) -> list[Found] | None:
    """Return the items of a feed in their order, None where feedparser has to see the whole document."""
    if not _is_plainly_encoded(content, content_type) or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        return None
    reading = _Reading(content)
    try:
        reading.parser.Parse(content, True)
    except (expat.ExpatError, _UnsureError, ValueError, LookupError):
        return None
    return reading.items


def without(content: bytes, found: Sequence[Found]) -> bytes:
    """Return a feed's bytes without the items that are sure."""
    pieces, at = [], 0
    for item in found:
        if item.says is not None:
            pieces.append(content[at : item.start])
            at = item.end
    return b"".join((*pieces, content[at:]))


def _is_plainly_encoded(content: bytes, content_type: str) -> bool:
    """Return whether all that is said of the encoding leads to UTF-8."""
    declared = _DECLARED.match(content.removeprefix(b"\xef\xbb\xbf"))
    charset = _CHARSET.search(content_type)
    said = {declared[1].decode("ascii").lower() if declared else "", charset[1].lower() if charset else ""}
    if content.isascii():
        return said <= _ASCII
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return "utf-8" in said and said <= {"", "utf-8"}


class _UnsureError(Exception):
    """This pass cannot tell what feedparser would make of the document."""


class _Reading:
    """What expat reports, as it comes."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.items: list[Found] = []
        self._depth = self._item_depth = 0
        self._declares = False
        self._item: Found | None = None
        self._names: list[str] = []
        self._pieces: list[str] = []
        self._attributes: dict[str, str] = {}
        self._person: dict[str, str] = {}
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._pieces.append
        parser.StartNamespaceDeclHandler = self._declared

    def _declared(self, prefix: str | None, uri: str) -> None:
        if _SPACES.get(prefix or "", uri) != uri:
            raise _UnsureError  # feedparser goes by the prefix from here on
        self._declares = True

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if attributes and any(key.rpartition(" ")[2].lower() == "base" for key in attributes):
            raise _UnsureError  # to feedparser a base lasts beyond its element where there was none before
        declares, self._declares = self._declares, False
        self._pieces.clear()
        self._names.append(name)
        self._depth += 1
        if self._depth > DEEP:
            raise _UnsureError
        if self._item is None:
            self._outside(name, attributes)
        elif self._item.says is not None:
            self._inside(self._item, name, attributes)
        if declares and self._item is not None:
            self._item.says = None

    def _outside(self, name: str, attributes: dict[str, str]) -> None:
        space, local = _split(name)
        if space in _CORE and local in {"item", "entry"} and self._stands_well():
            if self._item_depth not in {0, self._depth} or len(self.items) == MOST_ITEMS:
                raise _UnsureError
            self._item_depth = self._depth
            self._item = Found(self.parser.CurrentByteIndex)
            self.items.append(self._item)
            if set(attributes) - {_ABOUT}:
                self._item.says = None
            elif attributes.get(_ABOUT):
                self._item.says = {"id": attributes[_ABOUT]}
        elif self._item_depth or local.lower() in {"item", "entry"}:
            raise _UnsureError  # what stands behind an item may change what was said before

    def _stands_well(self) -> bool:
        """Return whether the element that begins stands where items do."""
        parent = _split(self._names[-2])[1].lower() if self._depth > 1 else ""
        return parent in _PARENTS.get(self._depth, ())

    def _inside(self, item: Found, name: str, attributes: dict[str, str]) -> None:
        space, local = _split(name)
        level = self._depth - self._item_depth
        if level == 1:
            self._attributes = attributes
            self._person = {}
            if space in _CORE:
                known = local in _FIELDS or local in _SILENT[""] or local == "contributor"
            else:
                known = name in _OTHERS or local in _SILENT.get(space, ())
            if not known or not _are_usual(local, attributes):
                item.says = None
        elif level != 2 or space not in _CORE or local not in _PEOPLE or attributes or not self._is_in_person():
            item.says = None

    def _is_in_person(self) -> bool:
        space, local = _split(self._names[-2])
        return space in _CORE and local in {"author", "contributor"}

    def _end(self, name: str) -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        item = self._item
        if item is not None:
            level = self._depth - self._item_depth
            if level == 0:
                self._close(item)
            elif level == 1 and item.says is not None:
                self._field(item, item.says, name, text)
            elif level == 2:
                self._person[_split(name)[1]] = text.strip()
        self._names.pop()
        self._depth -= 1

    def _close(self, item: Found) -> None:
        index = self.parser.CurrentByteIndex
        item.end = self._content.find(b">", index) + 1
        if index == item.start or self._content[index : index + 2] != b"</":
            raise _UnsureError  # an empty element, whose end is not told
        if item.says is not None:
            _finish(item.says)
        self._item = None

    def _field(self, item: Found, says: dict[str, Any], name: str, text: str) -> None:
        """Take the text of an element. Of authors and links the last counts; others that come twice are not sure."""
        space, local = _split(name)
        key = _FIELDS.get(local) if space in _CORE else _OTHERS.get(name)
        if key == "author":
            if self._person and text.strip():
                item.says = None
            says[key] = _author(self._person) or _mended(text)
        elif key == "link":
            if "href" in self._attributes:
                _take_href(says, self._attributes)
            else:
                says[key] = _REFERENCE.sub(r"&\g<1>", _joined(_mended(text)).replace("&amp;", "&"))
        elif key == "id":
            item.says = says | {"id": _mended(text), "guid": self._attributes} if "guid" not in says else None
        elif key is not None:
            item.says = says | {key: _mended(text)} if key not in says else None


def _split(name: str) -> tuple[str, str]:
    """Return an element's namespace and local name."""
    space, _, local = name.rpartition(" ")
    return space, local


def _are_usual(local: str, attributes: dict[str, str]) -> bool:
    """Return whether an element of an item has no attributes but those that it is known with."""
    if not attributes or local in {"category", "enclosure"}:
        return not any(key.rpartition(" ")[2].lower() in {"base", "lang"} for key in attributes)
    if local == "link":
        return "href" in attributes and set(attributes) <= _LINK_ATTRIBUTES
    if local == "guid":
        return set(attributes) <= {"isPermaLink"}
    if local == "source":
        return set(attributes) <= {"url"}
    if local in {"title", "summary", "content"}:
        return set(attributes) == {"type"} and attributes["type"].lower() in _TEXT_TYPES
    return False


def _mended(text: str) -> str:
    """Return a text as feedparser leaves it: UTF-8 and Windows-1252 that somebody took for Latin-1 are put right."""
    text = text.strip()
    if text.isascii():
        return text
    with contextlib.suppress(UnicodeError):
        text = text.encode("iso-8859-1").decode()
    return text.translate(_WINDOWS)


def _joined(address: str) -> str:
    """Return an address as it is once joined to no base."""
    return _SLASHES.sub(r"\1", address)


def _take_href(says: dict[str, Any], attributes: dict[str, str]) -> None:
    """Take Atom's link, if it is the one to the page: the last such one counts."""
    rel = attributes.get("rel", "alternate").lower()
    usual = "application/atom+xml" if rel == "self" else "text/html"
    if rel == "alternate" and attributes.get("type", usual).lower() in _PAGE_TYPES:
        says["link"] = _joined(attributes["href"])


def _author(person: dict[str, str]) -> str:
    """Return a person as one text."""
    name, email = person.get("name", ""), person.get("email", "")
    return f"{name} ({email})" if name and email else name or email


def _finish(says: dict[str, Any]) -> None:
    """Settle what depends on several elements: the link that an id is, the summary that a content is, the moments."""
    if "guid" in says and says["guid"].get("isPermaLink", "true") == "true":
        says["id"] = _joined(says["id"])
        says.setdefault("link", says["id"])
    if "content" in says:
        says.setdefault("summary", says["content"])
    for key in ("published", "updated"):
        if key in says:
            says[f"{key}_parsed"] = moment(says[key])


def moment(text: str) -> Any:  # noqa: ANN401  # time.struct_time, or what feedparser gives in its place
    """Return a moment of feeds as UTC; the two usual forms are read here, all others by feedparser."""
    mail, iso = _MAIL.fullmatch(text), _ISO.fullmatch(text)
    if mail:
        day, month, year, *clock, sign, hours, minutes = mail.groups()
        month = str(_MONTHS.index(month) + 1)
    elif iso:
        year, month, day, *clock, sign, hours, minutes = iso.groups()
    else:
        return _parse_date(text)
    try:
        hour, minute, second = map(int, clock)
        local = datetime(int(year), int(month), int(day), hour, minute, second, tzinfo=UTC)
        away = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        return (local + away if sign == "-" else local - away).utctimetuple()
    except (ValueError, OverflowError):
        return _parse_date(text)
