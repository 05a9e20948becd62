"""`pactwatch run` with a name server of the test's own; a program.

The one argument is a JSON object: for each name, the answers to one question after the other; the last is given for
ever. Names that are not in it are addresses and stand for themselves.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from crawler import reactor
from jobs.run import run
from lexicon import load
from pactwatch.config import load as load_config
from pactwatch.wiring import open_pipeline


class Names:
    """A name server."""

    def __init__(self, answers: Mapping[str, Sequence[Sequence[str]]]) -> None:
        """Take the answers for each name."""
        self._answers = {name: list(given) for name, given in answers.items()}

    def __call__(self, name: str) -> Sequence[str]:
        """Return the addresses of a name, this time."""
        given = self._answers.get(name, [[name]])
        return given.pop(0) if len(given) > 1 else given[0]


def main(answers: str) -> int:
    """Do a run in the current folder; return its exit status."""
    config = load_config(Path("config.yaml"), os.environ)
    with open_pipeline(config) as opened:
        crawl = replace(opened.settings.crawl, resolve=Names(json.loads(answers)))
        pipeline = replace(opened, settings=replace(opened.settings, crawl=crawl))
        reactor.run(partial(run, pipeline, load))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
