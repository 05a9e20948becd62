"""The command `pactwatch`: verbs that are loaded when they are called, and errors that end in one clear line."""

from __future__ import annotations

import importlib
import io
import sys
from typing import Any

import click

from news.errors import AddressError, AnotherRunError, ConfigurationError, PactwatchError, QuerySyntaxError

# The verbs in the order in which a newcomer meets them. Their modules are imported only when they run: `--help` and
# `read` start without SQLAlchemy and Scrapy.
VERBS = {
    "init": "Put a commented config.yaml to start from into a folder.",
    "sources": "List the sources, add or import some, or ask them all once.",
    "alerts": "List the saved searches, add one, or test a query.",
    "run": "Poll what is due, once, and deliver; for cron.",
    "daemon": "Do the same on a schedule, until SIGTERM.",
    "demo": "Run the whole pipeline on a bundled local newsroom.",
    "status": "Say what happened last, what is due when, and what fails.",
    "deals": "List the deals found so far, or show one.",
    "digest": "Preview a recipient's next digest, or send a test mail.",
    "feeds": "Write the deals of each search as an Atom and a JSON feed.",
    "explain": "Say why an article was told or not.",
    "read": "Read articles (JSON Lines) into term sheets (JSON Lines).",
    "reread": "Read what is stored with today's rules, and show what differs.",
    "golden": "Turn a wrong reading into a test case, or read all cases again.",
    "doctor": "Check configuration, database, mail server and sources.",
    "db": "Upgrade or check the database.",
}
USAGE = 2
LOCKED = 75  # EX_TEMPFAIL of sysexits.h


class Verbs(click.Group):
    """A group whose commands live in modules of their own."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the verbs in the order of the table."""
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import a verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"pactwatch.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """Write the table without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  # click's signature
        """Run a verb; what pactwatch raises on purpose ends in its own words and exit status."""
        try:
            return super().invoke(ctx)
        except PactwatchError as error:
            click.echo(f"pactwatch: {error}", err=True)
            sys.exit(status_of(error))


def status_of(error: PactwatchError) -> int:
    """Return the exit status: 2 for what the caller wrote, 75 for a lock that is held, 1 for what could not be done."""
    if isinstance(error, ConfigurationError | QuerySyntaxError | AddressError):
        return USAGE
    return LOCKED if isinstance(error, AnotherRunError) else 1


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="pactwatch", message="%(prog)s %(version)s")
def main() -> None:
    """Watch pharma news: who licensed what to whom on which terms, once per deal, with the evidence."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a terminal that knows no “€” gets its number, as on stderr
