"""SIGTERM and Ctrl-C ask for a graceful end; a second one takes effect at once."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Iterator

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextlib.contextmanager
def stop_on_signals(stop: asyncio.Event) -> Iterator[None]:
    """Set `stop` when the process is asked to end, and give the signals back to the system with that."""
    loop = asyncio.get_running_loop()

    def asked() -> None:
        stop.set()
        release()

    def release() -> None:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, asked)
    try:
        yield
    finally:
        release()
