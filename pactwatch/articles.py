"""The reading contract's input: lines of JSON become articles, and what is wrong with a line is said in its place.

A person may also give one article as plain text: its title in the first line, or header lines and a line `---` as in a
golden case (pactwatch/cases.py).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from deals.reader import ArticleText
from news.reading import DateFrom
from pactwatch.newsroom.pieces import parts

_TEXTS = ("title", "text", "url", "language")
_HEADERS = re.compile(r"(?:[a-z_]+:[^\n]*\n)+---\n")
_SPACE = b" \t\r\n\xef\xbb\xbf"


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
        if line.strip(_SPACE):
            yield _given(line, f"line {number}", warn)


def given_by_person(content: bytes, warn: Callable[[str], None]) -> Iterator[Given | Bad]:
    """Yield the articles of a file, be it JSON Lines or one article as plain text."""
    if content.lstrip(_SPACE).startswith(b"{"):
        yield from given(content.splitlines(keepends=True), warn)
        return
    try:
        yield Given(None, article_of(content.decode("utf-8-sig")))
    except UnicodeDecodeError as error:
        yield Bad(None, f"not UTF-8 (byte {error.start + 1})")
    except ValueError as error:
        yield Bad(None, str(error))


def article_of(content: str) -> ArticleText:
    """Return an article that is given as plain text: with header lines, else with its title in the first line.

    Raises ValueError where it is empty, or where a header cannot be used.
    """
    plain = content.replace("\r\n", "\n").replace("\r", "\n").lstrip()
    if not _HEADERS.match(plain):
        title, _, text = plain.partition("\n")
        if not title:
            raise ValueError("it is empty: an article has its title in the first line, and its text below")
        return ArticleText(title.strip(), text.strip())
    headers, text = parts(plain)
    day = iso_day(headers.get("published", ""))
    if day is None and headers.get("published"):
        raise ValueError(f"published: {headers['published']!r} is no day such as 2026-11-24")
    return ArticleText(
        title=headers.get("title", ""),
        text=text,
        url=headers.get("url", ""),
        published=day,
        published_from=_date_from(headers.get("published_from") or usual_origin(day)),
        language=headers.get("language", ""),
    )


def usual_origin(day: date | None) -> DateFrom:
    """Return where a day comes from if nothing else is said: whoever gives one took it from the page."""
    return "first-seen" if day is None else "page"


def _date_from(word: str) -> DateFrom:
    for known in get_args(DateFrom):
        if known == word:
            found: DateFrom = known
            return found
    raise ValueError(f"published_from: {word!r} is not one of {', '.join(get_args(DateFrom))}")


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
    return ArticleText(**texts, published=day, published_from=usual_origin(day))


def iso_day(text: str) -> date | None:
    """Return the day of an ISO 8601 date or time, as written in its own zone; None for anything else."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        return None
