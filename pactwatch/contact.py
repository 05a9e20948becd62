"""Whom publishers may write to: nothing is asked of anybody before the configuration says it."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from news.errors import ConfigurationError, Problem
from pactwatch import values
from pactwatch.config import Config
from pactwatch.edit import set_contact


def with_contact(config: Config) -> Config:
    """Return a configuration with which publishers can be asked: the contact is asked for on a terminal.

    Raises ConfigurationError with the line to add when there is none and nobody to ask, and when what opens a source is
    not there.
    """
    if config.locked:
        raise ConfigurationError(str(config.path), config.locked)
    if config.contact:
        return config
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        problem = Problem(
            None, "contact", "nothing", "publishers ask who polls them; add the line `contact: you@example.org`"
        )
        raise ConfigurationError(str(config.path), (problem,))
    click.echo("Publishers ask who polls them: the contact stands in the User-Agent of every request.", err=True)
    contact = click.prompt("Your e-mail address", value_proc=_asked, err=True)
    set_contact(config.path, contact)
    click.echo(f"{config.path}: contact: {contact}", err=True)
    return replace(config, contact=contact)


def _asked(answer: str) -> str:
    try:
        return values.contact(answer.strip())
    except ValueError as error:
        raise click.UsageError(str(error)) from error
