"""Scrapy's way to ask over HTTP, with three things that a crawl of strangers' hosts needs.

What stands before a body is capped as the body is: a server could send header lines, or answers that say "wait", for as
long as it likes. A request that a kept connection swallowed is not made again at once, which Twisted does by itself
(RFC 9110, 9.2.2 allows it to a browser that somebody watches): it counts as failed, and the next poll tries again. And
because a request on a connection that the server has closed meanwhile would then be lost, none is kept idle for long.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)
from scrapy.exceptions import DownloadCancelledError
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

MOST_HEADERS = 256 * 1024
"""Bytes of a status line and headers, and of what came with them in one piece; browsers stop at as many."""
IDLE = 2
"""Seconds that a connection is kept; servers keep theirs for five or more."""


class _Parser(_LenientHTTPClientParser):
    """Takes a single header of any length within the limit; Twisted's own, 16 KiB, is less than some cookies have."""

    MAX_LENGTH = MOST_HEADERS


class CappedProtocol(_LenientHTTP11ClientProtocol):
    """One connection; gives up on an answer that does not come to its body."""

    _before_body = 0

    def request(self, request: Any) -> Any:  # noqa: ANN401  # Twisted's types mean nothing to mypy
        """Begin to count anew."""
        self._before_body = 0
        answered = super().request(request)
        if self._parser is not None:
            self._parser.__class__ = _Parser  # as its base class does
        return answered

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  # Twisted's interface
        """Take bytes, unless they are headers beyond the limit."""
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self._before_body += len(data)
            if self._before_body > MOST_HEADERS:
                self._giveUp(Failure(DownloadCancelledError("its headers do not end")))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _Factory(_LenientHTTP11ClientFactory):
    """Makes such connections."""

    def buildProtocol(self, addr: Any) -> CappedProtocol:  # noqa: ANN401, ARG002, N802  # likewise
        return CappedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class DownloadHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with such connections."""

    def __init__(self, crawler: Crawler) -> None:
        """Set up the pool of connections."""
        super().__init__(crawler)
        self._pool.retryAutomatically = False
        self._pool.cachedConnectionTimeout = IDLE
        self._pool.maxPersistentPerHost = 1
        self._pool._factory = _Factory  # noqa: SLF001  # Twisted has no other way in, and Scrapy takes the same
