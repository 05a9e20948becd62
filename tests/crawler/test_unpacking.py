"""What content codings may do to us."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import time
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]  # it ships no types
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.unpacking import INLINE, TooLargeError, UnpackingError, codings, unpack, unpacked

LIMIT = 100_000
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
}
NOISE = bytes(i * i % 251 for i in range(5000))


def bare(content: bytes) -> bytes:
    """Return a deflate stream without the zlib format round it."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize("name", PACK)
@settings(max_examples=30)
@given(content=st.binary(max_size=3000))
def test_what_was_packed_comes_out_again(name: str, content: bytes) -> None:
    assert unpack(PACK[name](content), [name], LIMIT) == content


@pytest.mark.parametrize("name", PACK)
@settings(max_examples=60)
@given(content=st.binary(max_size=300))
def test_any_bytes_are_unpacked_or_refused(name: str, content: bytes) -> None:
    with contextlib.suppress(UnpackingError, TooLargeError):
        assert len(unpack(content, [name], LIMIT)) <= LIMIT


@pytest.mark.parametrize("name", PACK)
def test_bytes_that_break_off_are_not_taken_for_the_whole(name: str) -> None:
    packed = PACK[name](NOISE)

    for length in (5, len(packed) // 2, len(packed) - 1):
        with pytest.raises(UnpackingError):
            unpack(packed[:length], [name], LIMIT)


@pytest.mark.parametrize("name", PACK)
def test_exactly_the_limit_is_taken_and_one_byte_more_is_not(name: str) -> None:
    assert len(unpack(PACK[name](b"0" * LIMIT), [name], LIMIT)) == LIMIT
    with pytest.raises(TooLargeError):
        unpack(PACK[name](b"0" * (LIMIT + 1)), [name], LIMIT)


def test_deflate_is_read_in_both_of_the_forms_that_servers_send() -> None:
    assert unpack(bare(NOISE), ["deflate"], LIMIT) == NOISE


def test_members_belong_together_and_what_follows_them_does_not() -> None:
    assert unpack(gzip.compress(b"one, ") + gzip.compress(b"two") + b"\0\0\r\n", ["gzip"], LIMIT) == b"one, two"
    frames = PACK["zstd"](b"one, ") + PACK["zstd"](b"two")
    assert unpack(frames, ["zstd"], LIMIT) == b"one, two"


@pytest.mark.parametrize("name", ["gzip", "zstd"])
def test_a_million_empty_members_cost_nothing(name: str) -> None:
    """Each of them costs a copy of the rest: to go through all would take minutes."""
    packed = PACK[name](b"") * 500_000
    began = time.monotonic()

    with pytest.raises(UnpackingError, match="more than 100"):
        unpack(packed, [name], LIMIT)

    assert time.monotonic() - began < 5


def test_two_codings_are_undone_in_turn_and_a_thousand_are_refused() -> None:
    assert codings("gzip, br") == ("br", "gzip")
    assert unpack(brotli.compress(gzip.compress(NOISE)), codings("gzip, br"), LIMIT) == NOISE
    with pytest.raises(UnpackingError, match="1000 times"):
        unpack(b"", codings("gzip," * 1000), LIMIT)


@pytest.mark.parametrize(
    ("header", "expected"),
    [("", ()), ("identity", ()), ("utf-8", ()), ("X-GZIP", ("gzip",)), (" Br ,", ("br",)), ("compress", ())],
)
def test_names_that_are_no_codings_of_ours_mean_nothing(header: str, expected: tuple[str, ...]) -> None:
    assert codings(header) == expected


def test_a_large_body_is_unpacked_beside_the_loop_and_a_bomb_is_refused_all_the_same() -> None:
    large, bomb = b"0" * INLINE * 4, gzip.compress(b"0" * INLINE * 9)

    assert asyncio.run(unpacked(gzip.compress(large), "gzip", INLINE * 8)) == large
    with pytest.raises(TooLargeError):
        asyncio.run(unpacked(bomb, "gzip", INLINE * 8))
    with pytest.raises(TooLargeError):
        asyncio.run(unpacked(bomb, "gzip", 1000))


def test_a_zstd_answer_that_wants_a_huge_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters(window_log=27, write_content_size=False)
    stream = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    packed = stream.compress(NOISE) + stream.flush()

    with pytest.raises(UnpackingError):
        unpack(packed, ["zstd"], LIMIT)
