"""Deals of a search as a feed: Atom (RFC 4287) and JSON Feed 1.1, as bytes that are the same for the same deals.

An entry's id never changes; what changes with a new revision of its deal is its text and `updated`. The text is HTML
that holds nothing from outside unescaped and asks for nothing from the network.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from xml.etree import ElementTree as ET

from digest.brief import Brief, Said
from digest.wording import clean
from news.contract import Json

ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_VERSION = "https://jsonfeed.org/version/1.1"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A deal in a feed; `published` is when it became known here, `updated` when what is told of it last changed."""

    id: str
    brief: Brief
    tags: tuple[str, ...]
    published: datetime
    updated: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed; `base` is the address of the folder in which its files are served, "" where none is known."""

    id: str
    name: str
    title: str
    about: str
    updated: datetime
    entries: tuple[Entry, ...]
    base: str = ""

    def address(self, ending: str) -> str:
        """Return where one of its files is served, "" where that is not known."""
        return f"{self.base.rstrip('/')}/{self.name}.{ending}" if self.base else ""


def identity(secret: bytes, *names: str) -> str:
    """Return an id that is the same for ever in one installation, unlike those of others, and tells no names."""
    return uuid.uuid5(uuid.UUID(bytes=secret[:16]), "\0".join(names)).urn


def atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    root = ET.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "en"})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", _moment(feed.updated))
    _add(_add(root, "author"), "name", "pactwatch")
    _add(root, "generator", "pactwatch")
    if own := feed.address("atom"):
        _add(root, "link", rel="self", type=ATOM, href=own)
        _add(root, "link", rel="alternate", type=JSON_FEED, href=feed.address("json"))
    for entry in feed.entries:
        _entry(_add(root, "entry"), entry)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def json_feed(feed: Feed) -> bytes:
    """Return a feed as JSON Feed."""
    value: Json = {"version": _VERSION, "title": feed.title, "description": feed.about}
    value |= {"feed_url": feed.address("json")} if feed.base else {}
    value |= {"authors": [{"name": "pactwatch"}], "language": "en", "items": [_item(entry) for entry in feed.entries]}
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _entry(into: ET.Element, entry: Entry) -> None:
    brief = entry.brief
    _add(into, "id", entry.id)
    _add(into, "title", brief.line)
    _add(into, "published", _moment(entry.published))
    _add(into, "updated", _moment(entry.updated))
    for tag in map(clean, entry.tags):
        _add(into, "category", term=tag)
    # One alternate at most for a type and language (RFC 4287, 4.1.2); the other articles are related.
    for article in brief.articles:
        if article.url:
            rel = "alternate" if article.url == brief.url else "related"
            _add(into, "link", rel=rel, href=article.url, title=f"{article.outlet}: {article.title}")
    _add(into, "content", html_of(brief), type="html")


def _item(entry: Entry) -> Json:
    brief = entry.brief
    value: Json = {"id": entry.id, "title": brief.line}
    value |= {"url": brief.url} if brief.url else {}
    return value | {
        "content_html": html_of(brief),
        "content_text": text_of(brief),
        "date_published": _moment(entry.published),
        "date_modified": _moment(entry.updated),
        "tags": list(map(clean, entry.tags)),
    }


def html_of(brief: Brief) -> str:
    """Return a deal as HTML of headings-free blocks: what is known, the figures with their quotes, the articles."""
    told = "".join(
        f'<li>{escape(a.outlet)}: <a href="{escape(a.url)}">{escape(a.title)}</a></li>'
        if a.url
        else f"<li>{escape(a.outlet)}: {escape(a.title)}</li>"
        for a in brief.articles
    )
    why = f"<p>Matches: {_marked(brief.why)}</p>" if brief.why else ""
    show = f"<p>{brief.label} · <code>pactwatch deals show {brief.label}</code></p>"
    return f"<ul>{''.join(map(_html, brief.facts))}</ul><ul>{told}</ul>{why}{show}"


def text_of(brief: Brief) -> str:
    """Return a deal as plain text."""
    facts = [f"{said.label}: {said.value}{f' “{said.quote}”' if said.quote else ''}" for said in brief.facts]
    told = [f"{a.outlet}: {a.title}{f' <{a.url}>' if a.url else ''}" for a in brief.articles]
    why = [f"Matches: {', '.join(brief.why)}"] if brief.why else []
    return "\n".join([*facts, "", *told, *why, f"{brief.label}: pactwatch deals show {brief.label}"])


def _html(said: Said) -> str:
    quote = f"<br><q>{escape(said.quote)}</q>" if said.quote else ""
    return f"<li><b>{escape(said.label)}:</b> {escape(said.value)}{quote}</li>"


def _marked(words: Sequence[str]) -> str:
    return ", ".join(f"<mark>{escape(word)}</mark>" for word in words)


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, {key: _NO_XML.sub("", value) for key, value in attributes.items()})
    child.text = _NO_XML.sub("", text) or None
    return child


def _moment(at: datetime) -> str:
    """Return a moment as RFC 3339 has it, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
