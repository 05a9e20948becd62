"""Run pure functions on untrusted input in worker processes, with a hard time-out and a memory limit.

A worker that is stuck is killed and replaced, and its task fails under its own name; the others go on. Workers end
when their parent dies, however it dies: each watches its parent's sentinel, because a killed parent tells nobody.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from multiprocessing.connection import wait
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from news.errors import PactwatchError, TaskFailedError

P = ParamSpec("P")
R = TypeVar("R")

MEMORY_LIMIT = 2 * 1024**3
"""Address space of one worker in bytes; the libraries alone map some 600 MB."""


class Workers:
    """A pool of worker processes; `call` runs a module-level function in one of them."""

    def __init__(self, size: int, prepare: Callable[[], None]) -> None:
        """Start lazily: `prepare` runs once in each worker before its first task (it loads the lexicon)."""
        self._pool = ProcessPool(
            max_workers=size,
            initializer=_begin,
            initargs=(prepare,),
            context=multiprocessing.get_context("spawn"),
        )

    async def call(self, seconds: float, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the function returns, or raise what it raises.

        Raises TaskFailedError when the worker ran out of time or memory, or died.
        """
        name = function.__name__
        future = self._pool.schedule(_guarded, args=[function, args, kwargs], timeout=seconds)
        try:
            result: R = await asyncio.wrap_future(future)
        except (FutureTimeoutError, TimeoutError) as error:
            raise TaskFailedError("worker timeout", f"{name} took more than {seconds:g} s") from error
        except ProcessExpired as error:
            raise TaskFailedError("worker died", f"{name} ended its worker (exit code {error.exitcode})") from error
        return result

    def close(self) -> None:
        """Stop all workers; a task under way is abandoned."""
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates only a part of itself
        self._pool.join()


@contextlib.contextmanager
def workers(size: int, prepare: Callable[[], None]) -> Iterator[Workers]:
    """Give a pool and take it down at the end."""
    pool = Workers(size, prepare)
    try:
        yield pool
    finally:
        pool.close()


def _guarded(function: Callable[..., R], args: tuple[object, ...], kwargs: dict[str, object]) -> R:
    """Let only our own errors out of a worker: what cannot be unpickled on the other side would break the pool."""
    try:
        return function(*args, **kwargs)
    except PactwatchError:
        raise
    except MemoryError:
        raise TaskFailedError("worker out of memory", f"{function.__name__} needed more than the limit") from None
    except Exception as error:  # noqa: BLE001  # whatever a library raises on untrusted bytes, it fails this task alone
        words = f"{function.__name__} failed: {type(error).__name__}: {error}"
        raise TaskFailedError("worker error", words) from None


def _begin(prepare: Callable[[], None]) -> None:
    """Set up a worker: its limits, its end, its knowledge."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the parent, which takes the workers down
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(ValueError, OSError):  # macOS knows the limit and refuses to set it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    prepare()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
