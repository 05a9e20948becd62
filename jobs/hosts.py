"""What is remembered of hosts, for a crawl: asked for and kept in lots, because most polls bring nothing else."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from jobs.writer import Writer
from news.fetch import Host
from storage import Store

ORDINARY = timedelta(seconds=30)
"""A host that wants to be left alone for longer has said so itself: that is kept before anything else is done."""


class Hosts:
    """The hosts of a crawl."""

    def __init__(self, store: Store, writer: Writer) -> None:
        """Take what reads and writes."""
        self._store = store
        self._writer = writer
        self._asked: dict[str, asyncio.Future[Host]] = {}
        self._asking: asyncio.Task[None] | None = None

    async def get(self, name: str) -> Host:
        """Return what is remembered of a host; all that are asked for at once are looked up at once."""
        waits = self._writer.waiting(self._store.remember_hosts, name)
        if waits is not None:
            return waits
        if name not in self._asked:
            self._asked[name] = asyncio.get_running_loop().create_future()
        if self._asking is None:
            self._asking = asyncio.create_task(self._look_up())
        return await asyncio.shield(self._asked[name])

    async def _look_up(self) -> None:
        await asyncio.sleep(0)  # for the others that ask now
        asked, self._asked, self._asking = self._asked, {}, None
        try:
            found = await self._writer.ahead(self._store.hosts, tuple(asked))
        except Exception as error:  # noqa: BLE001  # it is raised where the host was asked for
            for future in asked.values():
                if not future.cancelled():
                    future.set_exception(error)
            return
        for name, future in asked.items():
            if not future.cancelled():
                future.set_result(found.get(name) or Host(name))

    async def remember(self, host: Host, now: datetime) -> None:
        """Keep what was learnt of a host."""
        self._writer.later(self._store.remember_hosts, host.name, host)
        if host.next_allowed_at is not None and host.next_allowed_at - now > ORDINARY:
            self._writer.write()
