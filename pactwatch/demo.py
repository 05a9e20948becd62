"""`pactwatch demo`: the real pipeline on the bundled newsroom, in a folder of its own, with a real mail server.

Nothing is played but the outside world: the outlets and the mailboxes are local, the configuration is a config.yaml
like any other, and what runs is what `pactwatch run` runs.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterator, Mapping
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Literal, TextIO

import click

from crawler import reactor
from jobs.context import Progress
from jobs.run import run
from lexicon import load as load_lexicon
from news.errors import ConfigurationError, Problem
from news.step import RunSummary
from pactwatch.config import Config, load
from pactwatch.newsroom.mailbox import Mailbox, mail_server
from pactwatch.newsroom.outlets import FAULT, OUTLETS
from pactwatch.newsroom.pieces import Piece
from pactwatch.newsroom.pieces import load as load_pieces
from pactwatch.newsroom.server import Newsroom
from pactwatch.newsroom.verdict import Verdict, judge
from pactwatch.progress import bar
from pactwatch.wiring import now_utc, open_pipeline

SHOWN = "ana@example.org"
"""Whose digest is shown at the end."""
_SETTINGS = """\
contact: demo@example.org
database: pactwatch.db
network: {{allow: [127.0.0.0/8], delay: 10ms}}
mail: {{host: 127.0.0.1, port: {port}, security: none, from: pactwatch@example.org}}
searches:
  nk-engagers: {{query: 'concept:nk-cell-engager', to: [ana]}}
  cholesterol: {{query: 'siRNA AND cholesterol', to: [ana]}}
  vaccines: {{query: 'vaccine', to: [ana]}}
  big-licences: {{query: 'type:license AND (upfront >= 25m EUR OR upfront >= 5bn JPY)', to: [ben]}}
  nordkap: {{query: 'party:Nordkap', to: [ben]}}
  options: {{query: 'event:option-exercise', to: [cleo], urgent: true}}
recipients:
  ana: {{email: ana@example.org, when: each-run}}
  ben: {{email: ben@example.org, when: each-run, time_zone: America/New_York}}
  cleo: {{email: cleo@example.org, when: each-run}}
sources:
"""


def demo(folder: Path | None = None, out: TextIO | None = None) -> int:
    """Run the pipeline on the newsroom, show the digest, and return 0 exactly when all came out as expected.

    `folder` must be empty or new; without one a temporary folder is made, and kept. Raises ConfigurationError when it
    is not empty, StorageError when the database fails.
    """
    out = sys.stdout if out is None else out
    folder = _empty(folder)
    pieces = load_pieces()
    with Newsroom(pieces, now_utc()) as newsroom, mail_server() as mailbox:
        config = _configure(folder, newsroom.feeds, mailbox.port)
        click.echo(f"{len(OUTLETS)} outlets and {len(pieces)} articles on this machine; all is kept in {folder}", out)
        summary, verdict = _run(config, pieces, newsroom.addresses, out)
    _report(summary, out)
    arrived = _show(mailbox, folder, out)
    click.echo(f"look around: pactwatch deals list --config {config.path}", out)
    for line in verdict.lines:
        click.echo(line, out)
    if not arrived:
        click.echo(f"no mail for {SHOWN} arrived", out)
    click.echo(str(verdict), out)
    return 0 if verdict.holds and arrived else 1


def _empty(folder: Path | None) -> Path:
    """Return the folder to work in; what is in a folder already is never touched."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="pactwatch-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        problem = Problem(
            None, "the folder", "files in it", "the demo wants an empty folder, or one that is not there yet"
        )
        raise ConfigurationError(str(folder), (problem,))
    return folder


def _configure(folder: Path, feeds: Mapping[str, str], port: int) -> Config:
    """Write the configuration as a user would, and read it back; the environment has no say in the demo."""
    lines = [
        f"  - {{key: {outlet.key}, name: {outlet.name}, url: '{feeds[outlet.key]}', language: en}}"
        for outlet in OUTLETS
    ]
    path = folder / "config.yaml"
    path.write_text(_SETTINGS.format(port=port) + "\n".join(lines) + "\n", encoding="utf-8")
    return load(path, {})


def _run(
    config: Config, pieces: tuple[Piece, ...], addresses: Mapping[str, str], out: TextIO
) -> tuple[RunSummary, Verdict]:
    with _watched(out) as progress, open_pipeline(config, progress=progress) as pipeline:
        summary = reactor.run(partial(run, pipeline, load_lexicon))
        return summary, judge(pipeline.store, pieces, addresses, pipeline.lexicon, summary.faults)


class _Lines:
    """Progress where there is no terminal: a line for each feed, and one for every tenth page."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._planned = 0
        self._fetched = 0

    def planned(self, polls: int, pages: int) -> None:  # noqa: ARG002  # a feed has its own line
        """Count the pages."""
        self._planned += pages

    def done(self, what: Literal["poll", "page"], name: str, outcome: str) -> None:
        """Say what became of a feed, or how far the pages are."""
        self._fetched += what == "page"
        if what == "poll":
            click.echo(f"  {name}: {outcome}", self._out)
        elif self._fetched % 10 == 0:
            click.echo(f"  {self._fetched} of {self._planned} pages fetched and read", self._out)


@contextlib.contextmanager
def _watched(out: TextIO) -> Iterator[Progress]:
    if out.isatty() and sys.stderr.isatty():
        with bar() as shown:
            yield shown
    else:
        yield _Lines(out)


def _report(summary: RunSummary, out: TextIO) -> None:
    """Say what the run did, and the fault that belongs to it."""
    seconds = (summary.ended_at - summary.started_at).total_seconds() if summary.ended_at else 0.0
    click.echo(
        f"{summary.polled} feeds polled, {summary.articles} articles read in {seconds:.0f} s: {summary.kept} kept,"
        f" {summary.perhaps} perhaps, {summary.dropped} dropped, {summary.duplicates} duplicate;"
        f" {summary.deals} deals, {summary.sent} mails sent",
        out,
    )
    for where, fault in summary.faults:
        known = " (as expected)" if (where, fault.name) == FAULT else ""
        click.echo(f"fault{known}: {where}: {fault.name}: {fault.message}", out)


def _show(mailbox: Mailbox, folder: Path, out: TextIO) -> bool:
    """Save every mail as HTML and show one of them as text; return whether that one arrived."""
    for address, mails in sorted(mailbox.mails.items()):
        for number, mail in enumerate(mails, start=1):
            name = address.partition("@")[0] + (f"-{number}" if number > 1 else "")
            (folder / f"{name}.html").write_text(_part(mail, "html"), encoding="utf-8")
            click.echo(f"mail to {address}: {mail['Subject']}", out)
    shown = mailbox.mails.get(SHOWN, [])
    for mail in shown[:1]:
        click.echo(f"\n{'-' * 78}\nTo: {SHOWN}\nSubject: {mail['Subject']}\n\n{_part(mail, 'plain')}\n{'-' * 78}", out)
        click.echo(f"open it: {(folder / 'ana.html').absolute().as_uri()}", out)
    return bool(shown)


def _part(mail: EmailMessage, kind: Literal["plain", "html"]) -> str:
    body = mail.get_body((kind,))
    return "" if body is None else str(body.get_content())
