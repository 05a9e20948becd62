"""Write a file as a whole or not at all: who reads it meanwhile sees the old one."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO

PRIVATE = 0o600
"""Readable by its owner only: what somebody watches is confidential."""
USUAL = 0o666
"""As the umask of whoever runs it allows."""


@contextlib.contextmanager
def whole_file(path: Path, mode: int = PRIVATE) -> Iterator[IO[bytes]]:
    """Give what takes the place of `path` once all is written, and leaves no trace where that fails.

    Raises OSError.
    """
    new = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        new.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            new.unlink()
        raise
