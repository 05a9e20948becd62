"""An installation, and worker processes that are prepared as the application prepares them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs.workers import Workers, workers
from tests.jobs.house import House, prepared


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with workers(1, prepared) as running:
        yield running


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    with made.store:
        yield made
