"""`pactwatch demo`: the whole pipeline on the bundled newsroom."""

from __future__ import annotations

import sys

import click

from pactwatch.demo import demo


@click.command("demo")
def command() -> None:
    """Play eleven outlets and sixty articles on this machine, run the whole pipeline on them, and show the digest.

    Needs no network and no configuration. Exit status 0 exactly when every reading came out as expected.
    """
    sys.exit(demo())
