"""A real server that others post to: scripted answers, and what it was sent."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it came; the names of its headers are in small letters."""

    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Hooks:
    """A listening server: `answers` are statuses, one after the other and the last for ever; 0 stays silent."""

    url: str
    answers: list[int] = field(default_factory=lambda: [200])
    location: str = ""
    posted: list[Posted] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


class _Server(ThreadingHTTPServer):
    hooks: Hooks


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Say nothing."""

    def do_POST(self) -> None:
        hooks = self.server.hooks
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        hooks.posted.append(Posted(self.path, headers, body))
        status = hooks.answers.pop(0) if len(hooks.answers) > 1 else hooks.answers[0]
        if not status:
            hooks.ended.wait()
            return
        self.send_response(status)
        if hooks.location:
            self.send_header("Location", hooks.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        """Answer what a followed redirect may become."""
        self.do_POST()


@contextlib.contextmanager
def hooks(*answers: int, location: str = "") -> Iterator[Hooks]:
    """Run a server on a free port of this machine."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.hooks = Hooks(f"http://127.0.0.1:{server.server_address[1]}", list(answers) or [200], location)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.hooks
    finally:
        server.hooks.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
