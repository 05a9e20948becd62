"""`pactwatch read`: articles in, readings out, by the reading contract; or one explained to a person."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from functools import partial
from typing import BinaryIO

import click

from deals.explain import explain
from deals.reader import read as read_article
from lexicon import Lexicon, load
from news.contract import Json, reading_to_json
from pactwatch.articles import Bad, Given, given, given_by_person
from pactwatch.notes import explanation_to_json


@click.command("read")
@click.argument("files", nargs=-1, type=click.File("rb"), metavar="[FILE]...")
@click.option("--explain", "explained", is_flag=True, help="Print the articles with what was found where, and why.")
@click.option("--json", "as_json", is_flag=True, help="With --explain: the same as JSON Lines.")
def command(files: tuple[BinaryIO, ...], *, explained: bool, as_json: bool) -> None:
    """Read articles (JSON Lines) into term sheets (JSON Lines); from standard input where no FILE is named.

    One object a line: id, title, text, and where known url, published (ISO 8601), language. What comes out is described
    in docs/operations.md. A line that is no article gives {"id": …, "error": …} in its place, and exit status 1.

    With --explain an article may also be plain text, its title in the first line. Every figure in it is shown with the
    term that it was taken for, or with why it was refused.
    """
    if as_json and not explained:
        raise click.UsageError("--json goes with --explain; readings are JSON Lines anyway")
    lexicon = load()
    bad = 0
    for file in files or (sys.stdin.buffer,):
        named = f" (in {file.name})" if len(files) > 1 else ""
        warn = partial(_warn, named)
        items = given_by_person(file.read(), warn) if explained else given(file, warn)
        bad += _explain(items, lexicon, named, as_json=as_json) if explained else _read(items, lexicon, named)
    sys.exit(1 if bad else 0)


def _warn(named: str, words: str) -> None:
    click.echo(words + named, err=True)


def _read(items: Iterable[Given | Bad], lexicon: Lexicon, named: str) -> int:
    """Write a line for each article; return how many are none."""
    bad = 0
    for item in items:
        bad += isinstance(item, Bad)
        _write(_error(item, named) if isinstance(item, Bad) else _reading(item, lexicon))
    return bad


def _explain(items: Iterable[Given | Bad], lexicon: Lexicon, named: str, *, as_json: bool) -> int:
    """Print each article explained; return how many are none."""
    from pactwatch.explaining import show  # noqa: PLC0415  # a third of a second that readings need not wait for

    bad = 0
    for item in items:
        bad += isinstance(item, Bad)
        if isinstance(item, Bad):
            _write(_error(item, named)) if as_json else click.echo(f"pactwatch: {item.error}{named}", err=True)
        elif as_json:
            _write(explanation_to_json(explain(item.article, lexicon), item.identity))
        else:
            show(item.article, explain(item.article, lexicon), sys.stdout)
    return bad


def _error(item: Bad, named: str) -> Json:
    return {"id": item.identity, "error": item.error + named}


def _reading(item: Given, lexicon: Lexicon) -> Json:
    return reading_to_json(read_article(item.article, lexicon), item.identity)


def _write(answer: Json) -> None:
    """Write one line and flush it; half a surrogate pair, which UTF-8 cannot hold, goes out as an escape."""
    try:
        line = json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        line = json.dumps(answer).encode()
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
