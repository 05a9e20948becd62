"""Secrets: from the environment, or from a file that it names; never from config.yaml, and never shown."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from news.errors import Problem


def secret(environment: Mapping[str, str], name: str, problems: list[Problem]) -> str:
    """Return what a variable holds, or the file that NAME_FILE names; empty where there is neither."""
    file = environment.get(f"{name}_FILE")
    if not file:
        return environment.get(name, "")
    try:
        return Path(file).expanduser().read_text("utf-8").rstrip("\r\n")
    except (OSError, ValueError) as error:
        reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else "not UTF-8 text"
        advice = f"a file that holds the secret and nothing else: {reason}"
        problems.append(Problem(None, f"{name}_FILE", repr(file), advice))
        return ""
