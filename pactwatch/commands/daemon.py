"""`pactwatch daemon`: the same as `run`, on a schedule, until SIGTERM."""

from __future__ import annotations

import sys
from functools import partial

import click

from crawler import reactor
from jobs.daemon import daemon
from lexicon import load
from pactwatch import logs
from pactwatch.config import Config
from pactwatch.contact import with_contact
from pactwatch.options import configured
from pactwatch.wiring import open_pipeline


@click.command("daemon")
@configured
def command(config: Config) -> None:
    """Poll and deliver on schedule until SIGTERM or Ctrl-C; what is under way is finished first.

    One daemon or run works on a database at a time; a second one ends with exit status 75. A changed config.yaml is
    read at the next start.
    """
    logs.start(config.log)
    with open_pipeline(with_contact(config)) as pipeline:
        sys.exit(reactor.run(partial(daemon, pipeline, load)))
