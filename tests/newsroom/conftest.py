from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lexicon import Lexicon
from lexicon import load as load_lexicon
from pactwatch.newsroom.pieces import Piece, load
from pactwatch.newsroom.server import Newsroom

NOW = datetime(2031, 3, 14, 15, 9, 26, tzinfo=UTC)


@pytest.fixture(scope="session")
def pieces() -> tuple[Piece, ...]:
    return load()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def newsroom(pieces: tuple[Piece, ...]) -> Iterator[Newsroom]:
    """Give the newsroom on the air, at NOW."""
    with Newsroom(pieces, NOW) as on_air:
        yield on_air
