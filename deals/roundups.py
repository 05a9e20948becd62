"""Round-ups: articles that tell of several deals, each for itself."""

from __future__ import annotations

import re

from deals.document import Document

_TITLE = re.compile(r"\w; \w|\b(?:round-?up|we[’']?re reading|deals, deals|and more$|week in|in brief|briefs?:|news digest|deal digest|daily digest)", re.IGNORECASE)


def is_roundup(document: Document) -> bool:
    """Whether an article tells of several pieces of news, by its headline."""
    return _TITLE.search(document.title) is not None
