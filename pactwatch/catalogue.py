"""The sources that the package ships, by group; mended by upgrades, chosen by `catalogue:` in config.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import cast, get_args

from news.article import Source, SourceKind

GROUPS: tuple[SourceKind, ...] = tuple(kind for kind in get_args(SourceKind) if kind != "own")


@cache
def catalogue() -> dict[str, Source]:
    """Return the bundled sources by key, in the order of the file."""
    lines = (files("pactwatch") / "data" / "catalogue.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {key: Source(key, name, url, language, cast("SourceKind", kind)) for key, kind, language, name, url in rows}
