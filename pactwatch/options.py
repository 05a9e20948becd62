"""What all verbs have in common: the configuration they work on, `--json`, and the store if there is one yet."""

from __future__ import annotations

import contextlib
import functools
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

import click

from pactwatch import logs
from pactwatch.config import Config, find, load
from storage import Store

P = ParamSpec("P")
R = TypeVar("R")

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def configured(function: Callable[Concatenate[Config, P], R]) -> Callable[P, R]:
    """Give a verb `--config` and `--database`, and call it with the configuration; logging is set up on the way."""

    @click.option(
        "--config", "config_file", metavar="FILE", help="The configuration (else PACTWATCH_CONFIG, ./config.yaml)."
    )
    @click.option(
        "--database", metavar="ADDRESS", help="A file's path or postgresql://…, in place of the configured one."
    )
    @functools.wraps(function)
    def with_config(*args: P.args, **kwargs: P.kwargs) -> R:
        flag, database = kwargs.pop("config_file"), kwargs.pop("database")
        config = configuration(str(flag) if flag else None, str(database) if database else None)
        return function(config, *args, **kwargs)

    return with_config


def configuration(flag: str | None, database: str | None) -> Config:
    """Return the configuration that a verb works on, and set logging up; raises ConfigurationError."""
    config = load(find(flag, os.environ, Path.cwd()), os.environ, database=database)
    logs.start(config.log, least=logging.WARNING)  # `run` and `daemon` log their decisions too
    return config


def has_database(config: Config) -> bool:
    """Return whether there is a database to open; one on a server counts as there."""
    return "://" in config.database or Path(config.database).is_file()


@contextlib.contextmanager
def existing_store(config: Config) -> Iterator[Store | None]:
    """Give the store, or None where no run has made one yet: a question creates nothing."""
    if not has_database(config):
        yield None
        return
    with Store.open(config.database) as store:
        yield store
