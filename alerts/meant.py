"""Guess which of the words that are known somebody meant to write."""

from __future__ import annotations

import difflib
from collections.abc import Collection


def meant(word: str, known: Collection[str], *, most: int = 1) -> str:
    """Return the question whether something like it was meant: "did you mean licensee?"; "" where nothing is."""
    near = difflib.get_close_matches(word.lower(), [each.lower() for each in known], n=most, cutoff=0.6)
    by_lower = {each.lower(): each for each in known}
    return f"did you mean {' or '.join(by_lower[each] for each in near)}?" if near else ""
