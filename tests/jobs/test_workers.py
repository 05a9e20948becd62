"""What untrusted input can do to a worker, and that it harms nobody else."""

from __future__ import annotations

import asyncio
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from jobs.workers import Workers, workers
from news.errors import FeedParseError, TaskFailedError
from tests.jobs import chores
from tests.waiting import wait_until

ROOT = Path(__file__).parent.parent.parent


def with_pool(work: Callable[[Workers], Coroutine[Any, Any, None]]) -> None:
    """Run a coroutine on a pool of one worker."""
    with workers(1, chores.prepare) as pool:
        asyncio.run(work(pool))


def test_a_worker_returns_what_the_function_returns_and_raises_what_it_raises() -> None:
    async def work(pool: Workers) -> None:
        assert await pool.call(20, chores.double, 21) == 42
        with pytest.raises(FeedParseError, match="neither RSS nor Atom") as raised:
            await pool.call(20, chores.refuse)
        assert raised.value.fault == "not a feed"

    with_pool(work)


def test_an_error_of_a_library_fails_its_task_and_leaves_the_pool_whole() -> None:
    async def work(pool: Workers) -> None:
        with pytest.raises(TaskFailedError, match="stumble failed: OddError: 3") as raised:
            await pool.call(20, chores.stumble)
        assert raised.value.fault == "worker error"
        assert await pool.call(20, chores.double, 1) == 2

    with_pool(work)


def test_a_stuck_task_is_killed_under_its_own_name_and_the_next_one_is_served(tmp_path: Path) -> None:
    async def work(pool: Workers) -> None:
        with pytest.raises(TaskFailedError, match="hold took more than 1 s") as raised:
            await pool.call(1, chores.hold, str(tmp_path / "lock"))
        assert raised.value.fault == "worker timeout"
        assert await pool.call(20, chores.double, 1) == 2

    with_pool(work)


def test_a_task_that_needs_too_much_memory_fails_alone() -> None:
    async def work(pool: Workers) -> None:
        with pytest.raises(TaskFailedError) as raised:
            await pool.call(20, chores.devour)
        assert raised.value.fault == "worker out of memory"
        assert await pool.call(20, chores.double, 1) == 2

    with_pool(work)


def test_a_task_that_ends_its_worker_fails_alone() -> None:
    async def work(pool: Workers) -> None:
        with pytest.raises(TaskFailedError) as raised:
            await pool.call(20, chores.die)
        assert raised.value.fault == "worker died"
        assert await pool.call(20, chores.double, 1) == 2

    with_pool(work)


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    parent = subprocess.Popen([sys.executable, "-m", "tests.jobs.chores", str(lock)], cwd=ROOT)
    try:
        wait_until((tmp_path / "lock.taken").exists, "the worker holds its lock")
    finally:
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()

    def is_free() -> bool:
        with lock.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    wait_until(is_free, "the worker's lock is free")
