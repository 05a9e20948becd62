"""The signature of a text, by which copies are known again when the text itself was let go.

Theory: a wire copy shares its runs of three words with the original, whatever was cut, re-titled or added. Of all runs
the signature keeps the smallest hashes; two signatures tell how much of the shorter text stands in the longer one.
What every release of a company ends with (its profile, disclaimers, contacts) is left out, or two deals of one company
would look alike. Known exceptions: profiles without a heading, texts below 25 words (they have no signature).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nsmallest
from zlib import crc32

from lexicon.text import words

LEAST_WORDS = 25
_RUN = 3
_KEPT = 64
_VERSION = 1
"""Signatures of another version cannot be compared; they count as none."""
_TAIL = re.compile(
    r"^[ \t]*(?:about (?!the (?:agreement|collaboration|deal|licen[cs]e|partnership))[^.\n]{2,80}|"
    r"(?:(?:cautionary|special) (?:note|statement)[^\n]*|[^.\n]{0,40})forward[- ]looking statements?[^\n]*|"
    r"safe harbou?r[^\n]*|(?:media|press|investor|company)?[ &\w]{0,20}(?:contacts?|enquiries|inquiries|relations)\b:?|"
    r"notes? to editors?:?|-? ?ends? ?-?|# # #)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_HEAD = 0.2
"""A heading within this share of a text begins no tail: a column may be called "About"."""


def sketch(text: str) -> bytes:
    """Return the signature of a text; empty where it is too short to tell anything.

    A byte for the version, the number of different runs (4 bytes, little-endian), then at most 64 hashes of 4 bytes,
    the smallest first.
    """
    told = words(body(text))
    if len(told) < LEAST_WORDS:
        return b""
    runs = {_hash(told[n : n + _RUN]) for n in range(len(told) - _RUN + 1)}
    return bytes([_VERSION]) + _packed([len(runs), *nsmallest(_KEPT, runs)])


def body(text: str) -> str:
    """Return a text without its tail of profiles, disclaimers and contacts."""
    tail = next((match for match in _TAIL.finditer(text) if match.start() > _HEAD * len(text)), None)
    return text if tail is None else text[: tail.start()]


def contained(one: bytes, other: bytes) -> float:
    """Return how much of the shorter of two texts stands in the longer one, estimated: 0 to 1; 0 without signatures.

    Off by some .1 for equally long texts, more for a short extract of a long one.
    """
    if not (_is_known(one) and _is_known(other)):
        return 0.0
    mine, theirs = _unpacked(one), _unpacked(other)
    first, second = set(mine[1:]), set(theirs[1:])
    # The smallest hashes of both together are a fair sample of all runs, as far as both signatures reach.
    sample = nsmallest(max(len(first), len(second)), first | second)
    alike = sum(hashed in first and hashed in second for hashed in sample) / len(sample)
    common = alike / (1 + alike) * (mine[0] + theirs[0])
    return min(1.0, common / min(mine[0], theirs[0]))


def smallest(signature: bytes, count: int) -> Sequence[int]:
    """Return the smallest hashes of a signature: two texts that are much alike share at least one of a few."""
    return _unpacked(signature)[1 : count + 1] if _is_known(signature) else ()


def _is_known(signature: bytes) -> bool:
    return len(signature) > 5 and signature[0] == _VERSION and len(signature) % 4 == 1


def _hash(run: Sequence[str]) -> int:
    """Return 32 bits that are the same on every machine and in every process; CRC's own order is far from random."""
    return crc32(" ".join(run).encode()) * 0x9E3779B1 >> 7 & 0xFFFFFFFF


def _packed(numbers: Sequence[int]) -> bytes:
    return b"".join(number.to_bytes(4, "little") for number in numbers)


def _unpacked(signature: bytes) -> Sequence[int]:
    return [int.from_bytes(signature[place : place + 4], "little") for place in range(1, len(signature), 4)]
