"""A real web server to crawl: scripted answers, on several loopback addresses, in threads of the test's process.

`with web() as site:` runs one host; `site.serve(path, Reply(…))` scripts it and `site.seen()` tells what it was asked.
An answer can be held at a known point, before its headers or in the middle of its body, until `release`: a test waits
with `held` until a client (this process or a child) hangs there.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import socket
import ssl
import struct
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

import brotli  # type: ignore[import-untyped]  # it ships no types
import zstandard

DEADLINE = 20.0  # seconds that a test waits for anything
_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
_addresses = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Reply:
    """One scripted answer.

    `etag` and `last_modified` are sent, and a request that brings either back gets a 304. `coding` packs the body
    (gzip, deflate, br, zstd). `cut` sends so many bytes of the promised body and then ends the connection, `reset` ends
    it the hard way. `pace` is the pause in seconds between two pieces of a body; `endless` repeats the body for as long
    as anyone listens. `hold` stalls before the headers, or after half of the body. `head` is sent as it is, in place of
    the status line and the headers; a status of 0 leaves them out.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    coding: str = ""
    cut: int | None = None
    reset: bool = False
    pace: float = 0.0
    endless: bool = False
    hold: Literal["", "headers", "body"] = ""
    head: bytes = b""


def moved(to: str, status: int = 301) -> Reply:
    """Return a redirect."""
    return Reply(status=status, headers={"Location": to})


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it came: it arrived `at` so many seconds, and the last of its `reply` went out at `until`."""

    path: str
    headers: Mapping[str, str]
    connection: int
    at: float
    until: float
    reply: Reply = field(default_factory=Reply)


class Site:
    """One host: its address, what it answers and what it was asked."""

    def __init__(self, address: str, tls: ssl.SSLContext | None) -> None:
        """Listen on a free port of a loopback address."""
        self._replies: dict[str, list[Reply]] = {"/robots.txt": [Reply(status=404)]}
        self._seen: list[Seen] = []
        self._changed = threading.Condition()
        self._released = threading.Event()
        self._holding = 0
        self._open: set[socket.socket] = set()
        self.connections = 0  # ever made
        self._server = _Server((address, 0), _Handler)
        self._server.site = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.address, self.port = address, int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def name(self) -> str:
        """Return address and port, as the crawler names a host."""
        return f"{self.address}:{self.port}"

    def url(self, path: str = "/", host: str = "") -> str:
        """Return the address of a path, under another name where one is given."""
        return f"http://{host or self.address}:{self.port}{path}"

    def serve(self, path: str, *replies: Reply) -> str:
        """Answer a path with these, one after the other, and with the last for ever; return its address."""
        with self._changed:
            self._replies[path] = list(replies)
        return self.url(path)

    def seen(self, path: str | None = None) -> list[Seen]:
        """Return the requests so far, all or those of one path."""
        with self._changed:
            return [seen for seen in self._seen if path in {None, seen.path}]

    def held(self, count: int = 1) -> None:
        """Wait until so many answers are held."""
        self._wait(lambda: self._holding >= count)

    def asked(self, count: int, path: str | None = None) -> None:
        """Wait until so many requests have come, all in all or for one path."""
        self._wait(lambda: len([seen for seen in self._seen if path in {None, seen.path}]) >= count)

    def _wait(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            if not self._changed.wait_for(condition, DEADLINE):
                raise TimeoutError(f"{self.name} waited in vain; it saw {[seen.path for seen in self._seen]}")

    def release(self) -> None:
        """Let every held answer go on, now and later."""
        self._released.set()

    def close(self) -> None:
        """End all connections and stop."""
        self.release()
        self._server.shutdown()
        for connection in tuple(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()
        self._thread.join()

    def connected(self, connection: socket.socket) -> int:
        """Count a connection and return its number."""
        with self._changed:
            self.connections += 1
            self._open.add(connection)
            return self.connections

    def begin(self, path: str, headers: Mapping[str, str], connection: int) -> tuple[int, Reply]:
        """Log a request; return its number and what to answer."""
        now = time.monotonic()
        with self._changed:
            self._seen.append(Seen(path, headers, connection, now, now))
            script = self._replies.get(path, [Reply(status=404)])
            self._changed.notify_all()
            return len(self._seen) - 1, script.pop(0) if len(script) > 1 else script[0]

    def sending(self, number: int, reply: Reply) -> None:
        """Log that a part of an answer goes out now."""
        with self._changed:
            self._seen[number] = replace(self._seen[number], until=time.monotonic(), reply=reply)

    def hold(self) -> None:
        """Stall until `release`."""
        with self._changed:
            self._holding += 1
            self._changed.notify_all()
        self._released.wait()

    def linger(self, seconds: float) -> bool:
        """Let a while pass in the middle of an answer; return whether all is released."""
        return self._released.wait(seconds)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def handle(self) -> None:
        self.number = self.server.site.connected(self.connection)
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing: the site keeps its own log."""

    def do_GET(self) -> None:
        site = self.server.site
        number, reply = site.begin(self.path, dict(self.headers.items()), self.number)
        if reply.hold == "headers":
            site.hold()
        self._answer(site, number, reply)

    def _answer(self, site: Site, number: int, reply: Reply) -> None:
        validators = {"ETag": reply.etag, "Last-Modified": reply.last_modified}
        known = (self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        if any(value and value in known for value in validators.values()):
            reply = Reply(status=304, headers=reply.headers)
        body = _PACKERS[reply.coding](reply.body) if reply.coding else reply.body
        site.sending(number, reply)
        if reply.head:
            self.wfile.write(reply.head)
        elif reply.status:
            self._head(reply, validators, len(body))
        odd = reply.endless or reply.reset or reply.cut is not None or bool(reply.head)
        self.close_connection = self.close_connection or odd
        for piece in _pieces(site, reply, body):
            site.sending(number, reply)
            self.wfile.write(piece)
        if reply.reset:
            # Closing with a linger of zero seconds sends a reset (SO_LINGER, socket(7)).
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def _head(self, reply: Reply, validators: Mapping[str, str], length: int) -> None:
        self.send_response(reply.status)
        for name, value in {"Content-Encoding": reply.coding, **validators, **reply.headers}.items():
            if value:
                self.send_header(name, value)
        if not reply.endless and reply.status not in {204, 304}:
            self.send_header("Content-Length", str(length))
        self.end_headers()


def _pieces(site: Site, reply: Reply, body: bytes) -> Iterator[bytes]:
    """Give the body as the script wants it."""
    if reply.endless:
        while not site.linger(reply.pace):
            yield body
        return
    body = body[: reply.cut]
    half = len(body) // 2 if reply.hold == "body" else 0
    if half:
        yield body[:half]
        site.hold()
    size = 16 if reply.pace else max(len(body), 1)
    for start in range(half, len(body), size):
        site.linger(reply.pace)
        yield body[start : start + size]


class _Server(ThreadingHTTPServer):
    """The listening end of a site; closing it waits for its threads."""

    daemon_threads = False
    request_queue_size = 128
    site: Site


@contextlib.contextmanager
def web(address: str = "", tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Run a host, on an address of its own (127.1.0.1 and so on) unless one is given."""
    site = Site(address or f"127.1.0.{next(_addresses) % 250 + 1}", tls)
    try:
        yield site
    finally:
        site.close()
