"""Run a coroutine on the asyncio loop that Scrapy's reactor drives; the one place that knows Twisted's main loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import twisted.internet
from twisted.internet import asyncioreactor

T = TypeVar("T")


def run(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine to its end and return its value, or raise what it raises.

    A process can do this once: Twisted's reactor does not start again. Signal handlers are the caller's.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    asyncioreactor.install(loop)  # type: ignore[no-untyped-call]  # Twisted annotates only a part of itself
    # Importing the name at the top would install another reactor; the module has it only from here on.
    reactor: Any = vars(twisted.internet)["reactor"]
    started: list[asyncio.Task[T]] = []

    def begin() -> None:
        task = loop.create_task(main())
        started.append(task)
        task.add_done_callback(lambda _: loop.call_soon(reactor.stop))

    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)
    return started[0].result()
