"""A web host, a mail server and an installation, all real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation
from tests.servers.http import Site, web
from tests.servers.smtp import Mailbox, mail_server


@pytest.fixture
def site() -> Iterator[Site]:
    with web() as running:
        yield running


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with mail_server() as running:
        yield running


@pytest.fixture
def installed(tmp_path: Path, mailbox: Mailbox) -> Installation:
    return Installation(tmp_path, mailbox.port)
