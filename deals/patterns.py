"""Expressions for texts in small letters: as quick as exact ones, as forgiving as those that ignore case."""

from __future__ import annotations

import re

_ESCAPE_OR_CAPITAL = re.compile(r"\\.|[A-Z]")


def lowered(expression: str) -> re.Pattern[str]:
    """Return the expression in small letters, to be matched with `text.lower()`."""
    return re.compile(
        _ESCAPE_OR_CAPITAL.sub(lambda found: found[0] if len(found[0]) > 1 else found[0].lower(), expression)
    )
