"""What the tests of workers have them do: module-level functions, because a worker imports them by name."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
from pathlib import Path

from news.errors import FeedParseError


def prepare() -> None:
    """Prepare nothing."""


def double(number: int) -> int:
    """Return twice the number."""
    return 2 * number


def refuse() -> None:
    """Raise an error of the vocabulary, which has arguments of its own."""
    raise FeedParseError("not a feed", "neither RSS nor Atom")


class OddError(Exception):
    """An error that cannot be unpickled: what libraries raise."""

    def __init__(self, one: int, two: int) -> None:
        """Take two arguments and pass on one."""
        super().__init__(one + two)


def stumble() -> None:
    """Raise what a library raises."""
    raise OddError(1, 2)


def hold(path: str) -> None:
    """Take a lock, say so by a file beside it, and never come back."""
    with Path(path).open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        Path(f"{path}.taken").touch()
        while True:
            signal.pause()


def devour() -> int:
    """Ask for more memory than a worker may have."""
    return len(bytearray(16 * 1024**3))


def die() -> None:
    """End as a crash in a library's C code ends a process."""
    os._exit(3)


def main(path: str) -> None:
    """Be the parent of a worker that holds a lock; the test kills us."""
    import asyncio  # noqa: PLC0415  # workers that import this module need none of it

    from jobs.workers import workers  # noqa: PLC0415  # likewise

    with workers(1, prepare) as pool:
        asyncio.run(pool.call(600, hold, path))


if __name__ == "__main__":
    main(sys.argv[1])
