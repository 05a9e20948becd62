"""Crawl the same addresses several times in one process, and print what the process holds after each round; a program.

The arguments are the number of rounds and the addresses. A line of output is the memory in MiB, the open files, the
threads and the tasks.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import threading
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_network
from pathlib import Path

from crawler.crawl import crawl
from crawler.reactor import run
from crawler.settings import CrawlSettings
from news.fetch import FeedTarget, Target
from tests.crawler.recorder import Recorder

SETTINGS = CrawlSettings("someone@example.org", delay=0.05, timeout=1.0, allow=(ip_network("127.1.0.0/16"),))


def held() -> tuple[int, int, int]:
    """Return the memory of this process in MiB, and how many open files and threads it has."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    files = len(list(Path("/proc/self/fd").iterdir()))  # the folder's own handle is one of them
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20, files, threading.active_count()


async def main(rounds: int, addresses: Sequence[str]) -> int:
    """Crawl; every round knows nothing of the one before."""

    async def targets() -> AsyncIterator[Target]:
        for address in addresses:
            yield FeedTarget(address, address)

    for _ in range(rounds):
        await crawl(targets(), Recorder(), SETTINGS)
        print(*held(), len(asyncio.all_tasks()), flush=True)  # noqa: T201  # its output
    return 0


if __name__ == "__main__":
    sys.exit(run(lambda: main(int(sys.argv[1]), sys.argv[2:])))
