"""A bar on the terminal while a run polls and fetches."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

_LONGEST = 40
"""Characters that are left for it on a terminal of 80 columns."""


class Bar:
    """Shows how many of the planned requests are done, and what became of the latest."""

    def __init__(self, progress: Progress) -> None:
        """Begin with nothing planned."""
        self._progress = progress
        self._polls = progress.add_task("feeds", total=0, latest="")
        self._pages = progress.add_task("pages", total=0, latest="")
        self._totals = {self._polls: 0, self._pages: 0}

    def planned(self, polls: int, pages: int) -> None:
        """Lengthen the bars."""
        for task, more in ((self._polls, polls), (self._pages, pages)):
            self._totals[task] += more
            self._progress.update(task, total=self._totals[task])

    def done(self, what: Literal["poll", "page"], name: str, outcome: str) -> None:
        """Move a bar on and say what happened."""
        words = f"{name.removeprefix('https://').removeprefix('http://')}: {outcome}"
        latest = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
        self._progress.update(self._polls if what == "poll" else self._pages, advance=1, latest=escape(latest))


@contextlib.contextmanager
def bar() -> Iterator[Bar]:
    """Give a bar on stderr and wipe it away at the end."""
    columns = (TextColumn("{task.description}"), BarColumn(16), MofNCompleteColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, TextColumn("[dim]{task.fields[latest]}"), console=console, transient=True) as progress:
        yield Bar(progress)
