"""What feeds put into their fields, made plain: text without markup, links that can be fetched."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin

_TAG = re.compile(r"<(?:/?[A-Za-z][^<>]{0,2000}|!--.{0,5000}?--|!\[CDATA\[|\]\])>|<!\[CDATA\[|\]\]>", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]{0,2000}>.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def plain(markup: str) -> str:
    """Return the words of a piece of markup, entities decoded, white space collapsed.

    Whatever comes out is text: what looks like a tag after decoding stays as text and is escaped where it is shown.
    """
    text = _SCRIPT.sub(" ", markup)
    text = html.unescape(_TAG.sub(" ", text))
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()


def web_link(link: str, base: str) -> str:
    """Return a feed's link as an absolute http(s) address, empty for anything else (javascript:, file:, broken)."""
    try:
        absolute = urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    return absolute if absolute.startswith(("http://", "https://")) else ""
