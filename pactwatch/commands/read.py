"""`pactwatch read`: articles in, readings out, by the reading contract."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import BinaryIO

import click

from deals.reader import read as read_article
from lexicon import Lexicon, load
from news.contract import Json, reading_to_json
from pactwatch.articles import Bad, Given, given


@click.command("read")
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="[FILE]...")
def command(files: tuple[BinaryIO, ...]) -> None:
    """Read articles (JSON Lines) into term sheets (JSON Lines); from standard input where no FILE is named.

    One object a line: id, title, text, and where known url, published (ISO 8601), language. What comes out is described
    in docs/operations.md. A line that is no article gives {"id": …, "error": …} in its place, and exit status 1.
    """
    lexicon = load()
    bad = 0
    for file in files or (sys.stdin.buffer,):
        named = f" (in {file.name})" if len(files) > 1 else ""
        for item in given(file, partial(_warn, named)):
            bad += isinstance(item, Bad)
            _write(_answer(item, lexicon, named))
    sys.exit(1 if bad else 0)


def _warn(named: str, words: str) -> None:
    click.echo(words + named, err=True)


def _answer(item: Given | Bad, lexicon: Lexicon, named: str) -> Json:
    if isinstance(item, Bad):
        return {"id": item.identity, "error": item.error + named}
    return reading_to_json(read_article(item.article, lexicon), item.identity)


def _write(answer: Json) -> None:
    """Write one line and flush it; half a surrogate pair, which UTF-8 cannot hold, goes out as an escape."""
    try:
        line = json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = json.dumps(answer).encode()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
