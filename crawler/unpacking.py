"""Undo the content codings of an answer (RFC 9110, 8.4): gzip, deflate, brotli and zstd, up to a size and not beyond.

Scrapy does this too, but on the event loop, as many times over as a header asks for, and without a word when the packed
bytes break off in the middle: half a feed would be kept as the whole one.
"""

from __future__ import annotations

import asyncio
import sys
import zlib
from collections.abc import Callable, Iterable

import brotli  # type: ignore[import-untyped]  # it ships no types

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ACCEPTED = "gzip, deflate, br, zstd"
"""What is asked for (RFC 9110, 12.5.3)."""
INLINE = 512 * 1024
"""Bytes that are unpacked at once; what is larger goes to a thread, so that nobody waits for it."""
MOST_CODINGS = 2
MOST_MEMBERS = 100
"""Parts of one packed body (RFC 1952, 2.2); each costs a copy of all that follow."""
_PIECE = 64 * 1024
_WINDOW = {int(zstd.DecompressionParameter.window_log_max): 23}
"""RFC 9659, 3: a zstd answer needs no window of more than 8 MiB."""


class UnpackingError(Exception):
    """The bytes are not what the header says, or are not all there."""


class TooLargeError(Exception):
    """The unpacked bytes are more than the limit."""


def codings(header: str) -> tuple[str, ...]:
    """Return the codings to undo, the last one applied first; names that are none of ours mean nothing."""
    names = [name.strip().lower().removeprefix("x-") for name in header.split(",")]
    return tuple(name for name in reversed(names) if name in _UNPACK)


async def unpacked(packed: bytes, header: str, limit: int) -> bytes:
    """Return a body without its codings; raises UnpackingError and TooLargeError."""
    applied = codings(header)
    if not applied or not packed:
        return packed
    if len(packed) <= INLINE:
        try:
            return unpack(packed, applied, min(limit, INLINE))
        except TooLargeError:
            if limit <= INLINE:
                raise
    return await asyncio.to_thread(unpack, packed, applied, limit)


def unpack(packed: bytes, applied: Iterable[str], limit: int) -> bytes:
    """Return bytes without these codings, at no step more than `limit`; raises UnpackingError and TooLargeError."""
    names = tuple(applied)
    if len(names) > MOST_CODINGS:
        raise UnpackingError(f"it is packed {len(names)} times over")
    for name in names:
        try:
            packed = _UNPACK[name](packed, limit)
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise UnpackingError(f"it is not the {name} that it claims to be") from error
    return packed


def _gzip(packed: bytes, limit: int) -> bytes:
    """Unpack all members; what follows them and is none (zeros, a line feed) is no part of the body."""
    found = b""
    for _ in range(MOST_MEMBERS):
        member = zlib.decompressobj(31)
        found += _room(member.decompress(packed, limit - len(found) + 1), limit - len(found))
        if not member.eof:
            raise UnpackingError("its gzip breaks off")
        packed = member.unused_data
        if not packed.startswith(b"\x1f\x8b"):
            return found
    raise UnpackingError(f"its gzip has more than {MOST_MEMBERS} members")


def _deflate(packed: bytes, limit: int) -> bytes:
    """Unpack the zlib format, or the bare stream that some servers send under this name (RFC 9110, 8.4.1.2)."""
    stream = zlib.decompressobj()
    try:
        found = stream.decompress(packed, limit + 1)
    except zlib.error:
        stream = zlib.decompressobj(-15)
        found = stream.decompress(packed, limit + 1)
    _room(found, limit)
    if not stream.eof:
        raise UnpackingError("its deflate breaks off")
    return found


def _brotli(packed: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    pieces, size, piece = [], 0, stream.process(packed, output_buffer_limit=_PIECE)
    while piece:
        size += len(piece)
        if size > limit:
            raise TooLargeError
        pieces.append(piece)
        piece = b"" if stream.is_finished() else stream.process(b"", output_buffer_limit=_PIECE)
    if not stream.is_finished():
        raise UnpackingError("its brotli breaks off")
    return b"".join(pieces)


def _zstd(packed: bytes, limit: int) -> bytes:
    found = b""
    for _ in range(MOST_MEMBERS):
        frame = zstd.ZstdDecompressor(options=_WINDOW)
        found += _room(frame.decompress(packed, limit - len(found) + 1), limit - len(found))
        if not frame.eof:
            raise UnpackingError("its zstd breaks off")
        packed = frame.unused_data
        if not packed:
            return found
    raise UnpackingError(f"its zstd has more than {MOST_MEMBERS} frames")


def _room(found: bytes, room: int) -> bytes:
    if len(found) > room:
        raise TooLargeError
    return found


_UNPACK: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
