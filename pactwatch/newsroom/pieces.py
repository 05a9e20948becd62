"""The sixty articles as they stand in the package, each with the reading that is expected of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

SPACING = timedelta(minutes=7)
"""How far apart two articles of one day are published."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article of the newsroom. `title` and `body` may hold {date} and {year}; see the package's docstring."""

    name: str
    outlet: str
    days_ago: int
    author: str
    title: str
    body: str
    tracking: str
    expected: Mapping[str, Any]

    @property
    def number(self) -> int:
        """Return the place of the article among the sixty, from 1."""
        return int(self.name.partition("-")[0])

    @property
    def path(self) -> str:
        """Return where its page stands on its outlet's site."""
        return f"/news/{self.name.partition('-')[2]}"

    def published(self, now: datetime) -> datetime:
        """Return when it was published, seen from `now`; never later than that."""
        return now - timedelta(days=self.days_ago) - self.number * SPACING

    def text(self, on: date) -> str:
        """Return its text as published on a day."""
        return self.body.replace("{date}", f"{on:%B} {on.day}, {on.year}").replace("{year}", str(on.year))


def load() -> tuple[Piece, ...]:
    """Read the articles of the package, in order; raises ValueError naming a file that cannot be used."""
    folder = files("pactwatch.newsroom").joinpath("articles")
    texts = {file.name.removesuffix(".txt"): file for file in folder.iterdir() if file.name.endswith(".txt")}
    return tuple(_piece(name, texts, folder) for name in sorted(texts))


def _piece(name: str, texts: Mapping[str, Traversable], folder: Traversable) -> Piece:
    try:
        headers, body = parts(texts[name].read_text(encoding="utf-8"))
        if "text_of" in headers:
            body = parts(texts[headers["text_of"]].read_text(encoding="utf-8"))[1]
        return Piece(
            name=name,
            outlet=headers["outlet"],
            days_ago=int(headers["days_ago"]),
            author=headers["author"],
            title=headers["title"],
            body=body,
            tracking=headers.get("tracking", ""),
            expected=json.loads(folder.joinpath(f"{name}.json").read_text(encoding="utf-8")),
        )
    except (KeyError, ValueError) as error:
        raise ValueError(f"articles/{name} cannot be used: {error!r}") from error


def parts(content: str) -> tuple[dict[str, str], str]:
    """Return the header lines of an article's file, and the text behind its line `---`; ValueError where none is."""
    head, found, body = content.partition("\n---\n")
    if not found:
        raise ValueError("there is no line --- between the headers and the text")
    pairs = (line.partition(":") for line in head.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}, body.strip()
