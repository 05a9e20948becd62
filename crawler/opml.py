"""Lists of feeds as readers exchange them: OPML 2.0 (opml.org/spec2.opml), in and out. Pure.

What is no feed (a sitemap, a listing page) has no place in OPML: it goes out as a link, which other readers pass over,
with attributes of our own namespace, and comes back from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import lxml.etree

from crawler.markup import local_name, xml_of
from crawler.text import LONGEST_TITLE, short, storable
from news.article import SourceForm
from news.errors import FeedParseError

NAMESPACE = "urn:pactwatch:opml"
MOST = 20_000
_FORMS: tuple[SourceForm, ...] = get_args(SourceForm)


@dataclass(frozen=True, slots=True)
class Outline:
    """One source of a list. `group` is what it stands under; `form` is None for a feed of which no more is said."""

    title: str
    url: str
    language: str = ""
    group: str = ""
    key: str = ""
    form: SourceForm | None = None
    links: str = ""


def read(content: bytes) -> tuple[Outline, ...]:
    """Return the sources of a list, in its order, however deep they stand; raises FeedParseError.

    Their addresses are as they are written, and may be none.
    """
    root = xml_of(content)
    if root is None or local_name(root) != "opml":
        raise FeedParseError("not opml", "it is no OPML: a list of feeds begins with <opml>")
    return tuple(_outlines(root))


def write(outlines: Iterable[Outline], title: str) -> bytes:
    """Return a list as OPML, in UTF-8, those of a group together."""
    root = lxml.etree.Element("opml", version="2.0", nsmap={"pactwatch": NAMESPACE})
    lxml.etree.SubElement(lxml.etree.SubElement(root, "head"), "title").text = title
    body = lxml.etree.SubElement(root, "body")
    groups: dict[str, Any] = {"": body}
    for outline in outlines:
        if outline.group not in groups:
            groups[outline.group] = lxml.etree.SubElement(body, "outline", text=outline.group)
        lxml.etree.SubElement(groups[outline.group], "outline", _attributes(outline))
    written: bytes = lxml.etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return written


def _outlines(root: Any) -> Iterator[Outline]:  # noqa: ANN401  # lxml has no types
    for number, element in enumerate(root.iter()):
        if number > MOST:
            return
        if local_name(element) != "outline":
            continue
        said = {name.lower(): storable(value).strip() for name, value in element.attrib.items()}
        form = said.get(_own("kind"))
        url = said.get("xmlurl") or (said.get("url", "") if form in _FORMS else "")
        if url:
            yield Outline(
                title=_line(said.get("title") or said.get("text") or ""),
                url=url,
                language=said.get("language", ""),
                group=_line(element.getparent().get("text") or ""),
                key=said.get(_own("key"), ""),
                form=next((each for each in _FORMS if each == form), None),
                links=said.get(_own("links"), ""),
            )


def _attributes(outline: Outline) -> Mapping[str, str]:
    """Return what stands in an outline; `type` and `xmlUrl` are those of a feed, `link` and `url` of all else."""
    is_feed = outline.form in {None, "feed"}
    title = storable(outline.title) or outline.url
    said = {
        "text": title,
        "title": title,
        "type": "rss" if is_feed else "link",
        "xmlUrl" if is_feed else "url": storable(outline.url),
        "language": storable(outline.language),
        _own("key"): storable(outline.key),
        _own("kind"): outline.form or "",
        _own("links"): storable(outline.links),
    }
    return {name: value for name, value in said.items() if value}


def _line(text: str) -> str:
    return short(" ".join(storable(text).split()), LONGEST_TITLE)


def _own(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
