"""An installation whose sources are the newsroom of faults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.installation import Installation


@pytest.fixture
def installed(tmp_path: Path) -> Installation:
    return Installation(tmp_path, 0)
