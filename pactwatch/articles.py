"""The reading contract's input: lines of JSON become articles, and what is wrong with a line is said in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deals.reader import ArticleText

_TEXTS = ("title", "text", "url", "language")


@dataclass(frozen=True, slots=True)
class Given:
    """An article and the identity under which its reading goes back; a string, an integer, or None."""

    identity: str | int | None
    article: ArticleText


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that holds no article: its identity where it has one, and what is wrong with it."""

    identity: str | int | None
    error: str


def given(lines: Iterable[bytes], warn: Callable[[str], None]) -> Iterator[Given | Bad]:
    """Yield what each line of JSON Lines holds, in order; empty lines hold nothing.

    `warn` is told what was taken as absent.
    """
    for number, line in enumerate(lines, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _given(line, f"line {number}", warn)


def _given(line: bytes, place: str, warn: Callable[[str], None]) -> Given | Bad:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Bad(None, f"{place}: {_unreadable(error)}")
    if not isinstance(value, dict):
        return Bad(None, f"{place}: not an object")
    identity = value.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int | None):
        return Bad(None, f"{place}: id is neither a string nor an integer")
    problem = _problem(value)
    if problem:
        return Bad(identity, f"{place}: {problem}")
    texts = {name: value.get(name) or "" for name in _TEXTS}
    return Given(identity, _article(texts, value.get("published"), place, warn))


def _unreadable(error: ValueError | RecursionError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 (byte {error.start + 1})"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} (character {error.pos + 1})"
    return f"not JSON that can be read: {error}"


def _problem(value: dict[str, Any]) -> str:
    """Return what is wrong with an object, nothing where it is an article."""
    wrong = next((n for n in _TEXTS if not isinstance(value.get(n), str | None)), None)
    if wrong:
        return f"{wrong} is not a string"
    return "" if value.get("title") or value.get("text") else "neither title nor text"


def _article(texts: dict[str, str], published: object, place: str, warn: Callable[[str], None]) -> ArticleText:
    day = iso_day(published) if isinstance(published, str) else None
    if day is None and published not in (None, ""):
        warn(f"{place}: published {json.dumps(published)[:60]} is not ISO 8601 and counts as absent")
    # Whoever gives an article with its day took it from the page.
    return ArticleText(**texts, published=day, published_from="first-seen" if day is None else "page")


def iso_day(text: str) -> date | None:
    """Return the day of an ISO 8601 date or time, as written in its own zone; None for anything else."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None
