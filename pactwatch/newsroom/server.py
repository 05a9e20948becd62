"""The newsroom on the air: every outlet a site of its own on a loopback address, with honest HTTP.

Where the system has several loopback addresses (Linux has 16 million, macOS one) each outlet gets its own, so that the
crawler's pace per host shows; else they differ by port. Ports are whatever is free.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from pactwatch.newsroom import feeds, pages
from pactwatch.newsroom.feeds import Item
from pactwatch.newsroom.outlets import OUTLETS, Outlet
from pactwatch.newsroom.pieces import Piece

_ROBOTS = b"User-agent: *\nDisallow: /login\nDisallow: /register\nAllow: /\n"
_RELATED = 4
_POLL = 0.02
"""Seconds between two looks at whether the server is to stop."""


@dataclass(frozen=True, slots=True)
class Resource:
    """What is answered to one path; validators are sent, and honoured, where they are set."""

    content: bytes
    content_type: str
    etag: str | None = None
    modified: datetime | None = None

    def is_fresh(self, none_match: str | None, modified_since: str | None) -> bool:
        """Return whether the caller holds this body already (RFC 9110, 13.2.2: a tag decides before a date)."""
        if none_match is not None:
            tags = {tag.strip().removeprefix("W/") for tag in none_match.split(",")}
            return self.etag is not None and bool(tags & {self.etag, "*"})
        if modified_since is None or self.modified is None:
            return False
        try:
            return self.modified.replace(microsecond=0) <= parsedate_to_datetime(modified_since)
        except (ValueError, TypeError):
            return False


class _Site(ThreadingHTTPServer):
    """One outlet's server; `pages` is filled once its port is known."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int]) -> None:
        super().__init__(address, _Handler)
        self.pages: Mapping[str, Resource] = {}

    @property
    def home(self) -> str:
        """Return the site's address without a slash at the end."""
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, one request a connection."""

    protocol_version = "HTTP/1.1"
    server_version = "newsroom"
    sys_version = ""
    timeout = 10

    def do_GET(self) -> None:
        """Answer with the resource, or say that it has not changed."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of GET."""
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        site = self.server
        path = urlsplit(self.path).path
        resource = site.pages.get(path) if isinstance(site, _Site) else None
        if resource is None:
            nothing = Resource(b"There is no such page.\n", "text/plain; charset=utf-8")
            self._send(HTTPStatus.NOT_FOUND, nothing, with_body=with_body)
        elif resource.is_fresh(self.headers["If-None-Match"], self.headers["If-Modified-Since"]):
            self._send(HTTPStatus.NOT_MODIFIED, resource, with_body=False)
        else:
            self._send(HTTPStatus.OK, resource, with_body=with_body)

    def _send(self, status: HTTPStatus, resource: Resource, *, with_body: bool) -> None:
        self.send_response(status)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", resource.content_type)
            self.send_header("Content-Length", str(len(resource.content)))
        if resource.etag:
            self.send_header("ETag", resource.etag)
        if resource.modified:
            self.send_header("Last-Modified", format_datetime(resource.modified, usegmt=True))
        self.send_header("Connection", "close")
        self.end_headers()
        if with_body:
            self.wfile.write(resource.content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is that of the base class
        """Keep quiet: the demo's terminal belongs to the pipeline."""


@dataclass(slots=True)
class Newsroom:
    """All outlets on the air, from `with` to its end.

    `feeds` holds the address of each outlet's feed by its key, `addresses` the canonical address of each article by
    its name.
    """

    pieces: Sequence[Piece]
    now: datetime
    outlets: Sequence[Outlet] = OUTLETS
    feeds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    _sites: list[_Site] = field(default_factory=list)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Open every site; raises OSError when no loopback address can be listened on."""
        self.now = self.now.astimezone(UTC).replace(microsecond=0)
        for number, outlet in enumerate(self.outlets):
            site = listening(f"127.0.0.{number + 2}")
            self._sites.append(site)
            self._publish(site, outlet)
            thread = threading.Thread(target=site.serve_forever, args=(_POLL,), name=outlet.key, daemon=True)
            self._threads.append(thread)
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every site."""
        for site in self._sites:
            site.shutdown()
            site.server_close()
        for thread in self._threads:
            thread.join()

    def _publish(self, site: _Site, outlet: Outlet) -> None:
        """Build all that a site serves."""
        mine = [piece for piece in self.pieces if piece.outlet == outlet.key]
        items = [_item(piece, site.home, self.now) for piece in mine]
        found = {
            "/robots.txt": Resource(_ROBOTS, "text/plain; charset=utf-8"),
            "/": _page(pages.front(pages.Frame(outlet, site.home, tuple(items)))),
            feeds.path_of(outlet): _feed(outlet, site.home, items, self.now),
        }
        for piece, item in zip(mine, items, strict=True):
            address = site.home + piece.path
            frame = pages.Frame(outlet, site.home, tuple(i for i in items if i is not item)[:_RELATED])
            found[piece.path] = _page(pages.article(frame, item, address))
            self.addresses[piece.name] = address
        self.feeds[outlet.key] = site.home + feeds.path_of(outlet)
        site.pages = found


def listening(address: str) -> _Site:
    """Return a site on an address of its own, on the common one where this machine does not have that."""
    try:
        return _Site((address, 0))
    except OSError:
        return _Site(("127.0.0.1", 0))


def _item(piece: Piece, home: str, now: datetime) -> Item:
    published = piece.published(now)
    return Item(
        guid=f"{piece.outlet}-{piece.number:04}",
        link=home + piece.path + (f"?{piece.tracking}" if piece.tracking else ""),
        title=piece.title,
        author=piece.author,
        published=published,
        paragraphs=tuple(piece.text(published.date()).split("\n\n")),
    )


def _page(content: bytes) -> Resource:
    return Resource(content, "text/html; charset=utf-8")


def _feed(outlet: Outlet, home: str, items: Sequence[Item], now: datetime) -> Resource:
    content = feeds.render(outlet, home, items)
    tag = f'"{hashlib.sha256(content).hexdigest()[:16]}"' if outlet.validators in {"etag", "both"} else None
    dated = outlet.validators in {"modified", "both"}
    modified = max((item.published for item in items), default=now) if dated else None
    return Resource(content, feeds.type_of(outlet), tag, modified)
