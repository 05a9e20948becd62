"""What of a feed stands there as it stood last time, told by its bytes alone. Pure.

A feed that brings one new item repeats all others. Of a feed that was read, a table is kept: a digest of what stands
around its items, and one of each of them. With it the next poll reads only those that are new or were edited, within
the feed's own head. The table is made only where the items that the parser found are those that are found here, so that
one which is known is a whole element. Where what stands around the items has changed (but for the moments that change
with every build), or items stand in one another, nothing is known, and the whole document is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

_SURROUNDINGS, _ITEM = 16, 8
"""Bytes of a digest. One that is met by chance hides an item: one feed in a hundred million million."""
_TAG = re.compile(rb"<(/?)(?:item|entry)(?=[\s>])")
_CHANGING = re.compile(rb"<(lastBuildDate|pubDate|updated|modified|dc:date)>[^<]{0,60}</\1>")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rest:
    """A feed without the items that are known: its bytes, how many items are left in it, and the table of all."""

    content: bytes
    left: int
    known: int
    table: bytes


def spans(content: bytes) -> list[Span]:
    """Return where items stand, none where they cannot be told apart by their tags."""
    found: list[Span] = []
    begun = -1
    for tag in _TAG.finditer(content):
        if bool(tag[1]) is (begun < 0):
            return []
        if begun < 0:
            begun = tag.start()
        else:
            found.append((begun, content.find(b">", tag.end()) + 1))
            begun = -1
    return found if begun < 0 and all(end for _, end in found) else []


def table(content: bytes, found: Sequence[Span], origin: str) -> bytes:
    """Return the table of a feed of these items; empty where they are not those that their tags tell.

    `origin` is what the reading of an item depends on beside the bytes: where they came from, and as what.
    """
    if not found or list(found) != spans(content):
        return b""
    return b"".join((_surroundings(content, found, origin), *_items(content, found)))


def rest(content: bytes, table: bytes, origin: str) -> Rest | None:
    """Return a feed without the items that are known from the table of last time, None where there are none."""
    found = spans(content)
    if not found or not table or _surroundings(content, found, origin) != table[:_SURROUNDINGS]:
        return None
    known = {table[at : at + _ITEM] for at in range(_SURROUNDINGS, len(table), _ITEM)}
    digests = _items(content, found)
    pieces, at, left = [], 0, 0
    for (start, end), digest in zip(found, digests, strict=True):
        if digest in known:
            pieces.append(content[at:start])
            at = end
        else:
            left += 1
    if left == len(found):
        return None
    pieces.append(content[at:])
    return Rest(b"".join(pieces), left, len(found) - left, b"".join((table[:_SURROUNDINGS], *digests)))


def _surroundings(content: bytes, found: Sequence[Span], origin: str) -> bytes:
    """Return the digest of what stands around items, without white space and the moments of a build."""
    made = blake2b(origin.encode("utf-8", "surrogatepass"), digest_size=_SURROUNDINGS)
    at = 0
    for start, end in (*found, (len(content), 0)):
        piece = _CHANGING.sub(b"", content[at:start]).strip()
        if piece:  # between items there is none, however many they are
            made.update(piece + b"\0")
        at = end
    return made.digest()


def _items(content: bytes, found: Sequence[Span]) -> list[bytes]:
    return [blake2b(content[start:end], digest_size=_ITEM).digest() for start, end in found]
