"""What an outlet publishes to machines: its feed, in its dialect. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape

from pactwatch.newsroom.outlets import Outlet

_TYPES = {
    "rss-2.0": "application/rss+xml; charset=utf-8",
    "rss-1.0": "application/rdf+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
    "broken": "text/html; charset=utf-8",
}
_PATHS = {"rss-2.0": "/rss.xml", "rss-1.0": "/index.rdf", "atom": "/atom.xml", "json": "/feed.json", "broken": "/feed"}
_TORN = """<!DOCTYPE html>
<html lang="en"><head><title>Molecule Observer has a new home</title></head>
<body class="relaunch"><header><a href="/">Molecule Observer</a></header>
<main><h1>We have moved things around</h1>
<p>You will find everything where you would expect it, only nicer. Our feeds will be back so"""


@dataclass(frozen=True, slots=True)
class Item:
    """An article as a feed lists it; `paragraphs` are plain text, the first one serves as the summary."""

    guid: str
    link: str
    title: str
    author: str
    published: datetime
    paragraphs: tuple[str, ...]


def path_of(outlet: Outlet) -> str:
    """Return where on its site the outlet's feed stands."""
    return _PATHS[outlet.dialect]


def type_of(outlet: Outlet) -> str:
    """Return the Content-Type of the outlet's feed."""
    return _TYPES[outlet.dialect]


def render(outlet: Outlet, home: str, items: Sequence[Item]) -> bytes:
    """Return the feed of an outlet whose site is at `home`, newest first."""
    newest_first = sorted(items, key=lambda item: item.published, reverse=True)
    match outlet.dialect:
        case "rss-2.0":
            text = _rss(outlet, home, newest_first)
        case "rss-1.0":
            text = _rdf(outlet, home, newest_first)
        case "atom":
            text = _atom(outlet, home, newest_first)
        case "json":
            text = _json(outlet, home, newest_first)
        case "broken":
            text = _TORN
    return text.encode()


def _rss(outlet: Outlet, home: str, items: Sequence[Item]) -> str:
    ttl = f"\n<ttl>{outlet.ttl}</ttl>" if outlet.ttl else ""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>{escape(outlet.name)}</title>
<link>{home}/</link>
<description>News from {escape(outlet.name)}</description>
<language>en</language>
<atom:link href="{home}{path_of(outlet)}" rel="self" type="application/rss+xml"/>{ttl}
{"".join(_rss_item(outlet, item) for item in items)}</channel>
</rss>
"""


def _rss_item(outlet: Outlet, item: Item) -> str:
    author = f"\n<dc:creator>{_quoted(outlet, item.author)}</dc:creator>" if item.author else ""
    body = f"\n<content:encoded>{_quoted(outlet, _html(item))}</content:encoded>" if outlet.whole else ""
    return f"""<item>
<title>{_quoted(outlet, item.title)}</title>
<link>{escape(item.link)}</link>
<guid isPermaLink="false">{escape(item.guid)}</guid>
<pubDate>{format_datetime(item.published, usegmt=True)}</pubDate>{author}
<description>{_quoted(outlet, f"<p>{escape(item.paragraphs[0])}</p>")}</description>{body}
</item>
"""


def _rdf(outlet: Outlet, home: str, items: Sequence[Item]) -> str:
    listed = "".join(f'<rdf:li rdf:resource="{escape(item.link)}"/>' for item in items)
    each = "".join(
        f"""<item rdf:about="{escape(item.link)}">
<title>{escape(item.title)}</title>
<link>{escape(item.link)}</link>
<description>{escape(item.paragraphs[0])}</description>
<dc:creator>{escape(item.author)}</dc:creator>
<dc:date>{item.published.isoformat(timespec="seconds")}</dc:date>
</item>
"""
        for item in items
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel rdf:about="{home}{path_of(outlet)}">
<title>{escape(outlet.name)}</title>
<link>{home}/</link>
<description>News from {escape(outlet.name)}</description>
<dc:language>en</dc:language>
<sy:updatePeriod>hourly</sy:updatePeriod>
<sy:updateFrequency>1</sy:updateFrequency>
<items><rdf:Seq>{listed}</rdf:Seq></items>
</channel>
{each}</rdf:RDF>
"""


def _atom(outlet: Outlet, home: str, items: Sequence[Item]) -> str:
    updated = max((item.published for item in items), default=None)
    each = "".join(_atom_entry(outlet, item) for item in items)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{home}/</id>
<title>{escape(outlet.name)}</title>
<updated>{_rfc3339(updated)}</updated>
<link rel="alternate" href="{home}/"/>
<link rel="self" href="{home}{path_of(outlet)}"/>
{each}</feed>
"""


def _atom_entry(outlet: Outlet, item: Item) -> str:
    content = f'\n<content type="html">{escape(_html(item))}</content>' if outlet.whole else ""
    return f"""<entry>
<id>{escape(item.guid)}</id>
<title>{escape(item.title)}</title>
<link rel="alternate" type="text/html" href="{escape(item.link)}"/>
<published>{_rfc3339(item.published)}</published>
<updated>{_rfc3339(item.published)}</updated>
<author><name>{escape(item.author or outlet.name)}</name></author>
<summary>{escape(item.paragraphs[0])}</summary>{content}
</entry>
"""


def _json(outlet: Outlet, home: str, items: Sequence[Item]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{home}/",
        "feed_url": f"{home}{path_of(outlet)}",
        "language": "en",
        "items": [
            {
                "id": item.guid,
                "url": item.link,
                "title": item.title,
                "summary": item.paragraphs[0],
                "date_published": _rfc3339(item.published),
                "authors": [{"name": item.author or outlet.name}],
                **({"content_html": _html(item)} if outlet.whole else {"content_text": item.paragraphs[0]}),
            }
            for item in items
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def _html(item: Item) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in item.paragraphs)


def _quoted(outlet: Outlet, text: str) -> str:
    """Return text for an XML element, as the outlet's software writes it."""
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>" if outlet.cdata else escape(text)


def _rfc3339(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
