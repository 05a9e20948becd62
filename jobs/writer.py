"""One thread owns all writes: the event loop awaits it, and no two writes of a process ever meet."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Writer:
    """Runs the store's methods, one after the other, on a thread of its own."""

    def __init__(self, executor: ThreadPoolExecutor) -> None:
        """Take an executor of one thread."""
        self._executor = executor

    async def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns, or raise what it raises."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, lambda: function(*args, **kwargs))


@contextlib.contextmanager
def writer() -> Iterator[Writer]:
    """Give the writer and wait for its last write at the end."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer") as executor:
        yield Writer(executor)
