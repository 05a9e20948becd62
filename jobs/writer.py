"""One thread owns all writes: the event loop awaits it, and no two writes of a process ever meet.

What may be lost with the process without harm, because the next poll finds it out again, need not be waited for: it is
written in lots, a tenth of a second later at most, and before anything else that is read or written.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from news.errors import StorageError

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

log = logging.getLogger(__name__)

SOON = 0.1
"""Seconds for which something may wait to be written."""

WriteAll = Callable[[Sequence[T]], None]


class Writer:
    """Runs the store's methods, one after the other, on a thread of its own."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        """Take an executor of one thread."""
        self._executor = executor
        self._waiting: dict[WriteAll[Any], dict[str, Any]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self.error: StorageError | None = None
        """What went wrong first with something that nobody waited for."""

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns, or raise what it raises; all that waits is written before."""
        self.write()
        return await self.ahead(function, *args, **kwargs)

    async def ahead(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do the same for what has nothing to do with what waits."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: function(*args, **kwargs))

    def later(self, write_all: WriteAll[T], key: str, item: T) -> None:
        """Have something written with others of its kind; of several with the same key only the last."""
        self._waiting.setdefault(write_all, {})[key] = item
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SOON, self.write)

    def waiting(self, write_all: WriteAll[T], key: str) -> T | None:
        """Return what waits to be written under a key; what does not is seen by the next call."""
        found: T | None = self._waiting.get(write_all, {}).get(key)
        return found

    def write(self) -> None:
        """Write what waits, without waiting for it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        lots, self._waiting = self._waiting, {}
        for write_all, items in lots.items():
            self._executor.submit(self._write, write_all, tuple(items.values()))

    def _write(self, write_all: WriteAll[Any], items: Sequence[Any]) -> None:
        """Write a lot; where it cannot be written as a whole, one by one: a bad one costs no other."""
        try:
            write_all(items)
        except StorageError as error:
            if len(items) == 1:
                log.exception("%r cannot be kept", items[0])
                self.error = self.error or error
                return
            for item in items:
                self._write(write_all, (item,))


@contextlib.contextmanager
def writer() -> Iterator[Writer]:
    """Give the writer; at the end write what waits, wait for it, and raise what went wrong unseen."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer") as executor:
        made = Writer(executor)
        try:
            yield made
        finally:
            made.write()
    if made.error is not None:
        raise made.error
