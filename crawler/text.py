"""What feeds and pages put into their fields, made plain: text without markup, links that can be fetched."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,2000}>|<!\[CDATA\[|\]\]>")
_LIKE_SCRIPT = ("<s", "<S", "<\u017f")
"""How what `_SCRIPT` finds begins: to look for it takes long, and most markup holds none."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LONGEST_NAME = 1000
"""Bytes of a guid; databases index it, and no honest one is longer."""
LONGEST_ADDRESS = 2000
"""Bytes of an address as it is sent, percent-encoded; likewise."""
LONGEST_TITLE = 400
LONGEST_SUMMARY = 1000
"""Characters. Some feeds put whole articles there, and what the ledger holds is kept for ever."""


def text_of(item: Mapping[str, Any], key: str) -> str:
    """Return what a field of an entry holds, empty where that is no text."""
    value = item.get(key)
    return value if isinstance(value, str) else ""


def plain(markup: str) -> str:
    """Return the words of a piece of markup, entities decoded, white space collapsed.

    Whatever comes out is text: what looks like a tag after decoding stays as text and is escaped where it is shown.
    """
    if "<" not in markup and "&" not in markup and "]]>" not in markup:  # as most of it is
        return " ".join(storable(markup).split())
    text = _COMMENT.sub(" ", markup) if "<!--" in markup else markup
    if any(begin in text for begin in _LIKE_SCRIPT):
        text = _SCRIPT.sub(" ", text)
    return " ".join(storable(html.unescape(_TAG.sub(" ", text))).split())


def short(text: str, most: int) -> str:
    """Return plain text of `most` characters at most, with an ellipsis where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def storable(text: str) -> str:
    """Return text without what no database takes (NUL, lone surrogates) and what turns the direction of others."""
    return text if text.isprintable() else _CONTROL.sub("", text)


def name(text: str) -> str:
    """Return what identifies an entry, a hash of it where it is longer than any honest name."""
    named = storable(text).strip()
    raw = named.encode()
    return named if len(raw) <= LONGEST_NAME else hashlib.sha256(raw).hexdigest()


def web_link(link: str, base: str) -> str:
    """Return a link as an absolute http(s) address, empty for anything else (javascript:, file:, broken, endless)."""
    link = storable(link).strip()
    try:
        absolute = urljoin(base, link) if link else ""
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://")) and not is_endless(absolute) else ""


def is_endless(address: str) -> bool:
    """Return whether an address is longer than any that an honest publisher gives."""
    if 3 * 4 * len(address) <= LONGEST_ADDRESS:
        return False
    raw = address.encode("utf-8", "replace")
    return len(raw) + 2 * sum(byte > 126 for byte in raw) > LONGEST_ADDRESS
