"""XML of strangers, read as far as it goes: entities are not expanded without bound, and nothing is fetched. Pure."""

from __future__ import annotations

import re
from typing import Any

import lxml.etree

_LOOSE = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!#?\w{1,30};)", re.DOTALL)
"""Ampersands that should have been written `&amp;`: most of all in addresses, which would lose their parameters."""


def xml_of(content: bytes) -> Any:  # noqa: ANN401  # lxml has no types
    """Return the root of what can be read of some XML, None where that is nothing."""
    try:
        return _parsed(content, recover=False)
    except (lxml.etree.LxmlError, ValueError):
        pass
    try:
        return _parsed(content if b"\0" in content[:100] else _LOOSE.sub(_tied, content), recover=True)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _tied(found: re.Match[bytes]) -> bytes:
    return found[0] if len(found[0]) > 1 else b"&amp;"


def _parsed(content: bytes, *, recover: bool) -> Any:  # noqa: ANN401  # lxml has no types
    parser = lxml.etree.XMLParser(
        recover=recover, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return lxml.etree.fromstring(content, parser)


def local_name(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return an element's name in lower case, without its namespace, which some forget or misspell."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_in(element: Any) -> str:  # noqa: ANN401  # lxml has no types
    """Return an element's own text; an entity that was not expanded stands in it as it was written."""
    pieces = [element.text or ""]
    for below in element:
        if below.tag is lxml.etree.Entity:
            pieces += (below.text, below.tail or "")
    return "".join(pieces).strip()
