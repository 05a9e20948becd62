"""`pactwatch doctor`: configuration, database, mail server and sources, each checked, all errors at once."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime

import click

from digest.smtp import probe as speak
from news.errors import AnotherRunError, PactwatchError, StorageError
from pactwatch.config import Config
from pactwatch.console import count, moment
from pactwatch.mailing import Finding, mail_checks
from pactwatch.options import configured, existing_store
from pactwatch.overview import not_followed
from pactwatch.probing import probe
from pactwatch.wiring import crawl_settings, now_utc, smtp_settings
from storage import Store

RUNS = 500
"""So many runs are looked through; at one every half hour, ten days."""


@click.command("doctor")
@click.argument("what", required=False, type=click.Choice(["mail"]))
@click.option("--offline", is_flag=True, help="Ask no source and no mail server.")
@click.option("--dns", is_flag=True, help="With mail: ask which of the DNS records are there.")
@click.option("--nameserver", metavar="ADDRESS[:PORT]", default="", help="Ask this one in place of the system's.")
@configured
def command(config: Config, *, what: str | None, offline: bool, dns: bool, nameserver: str) -> None:
    """Check configuration, database, mail server and sources; exit status 1 where something is wrong.

    Every source is asked once, and the mail server is greeted and logged in to, but sent nothing. `doctor mail` checks
    the mail alone, step by step, and prints the DNS records that the sender's domain needs.
    """
    findings: list[Finding] = []
    checks = mail_checks(config, dns=dns or bool(nameserver), server=nameserver) if what else None
    for finding in checks or _checks(config, offline=offline):
        findings.append(finding)
        click.echo(f"{finding.verdict:<8} {finding.of}: {finding.words}")
    sys.exit(1 if any(finding.verdict == "error" for finding in findings) else 0)


def _checks(config: Config, *, offline: bool) -> Iterator[Finding]:
    yield from _configuration(config)
    with contextlib.ExitStack() as stack:
        store: Store | None = None
        try:
            store = stack.enter_context(existing_store(config))
            yield from _database(config, store)
        except StorageError as error:
            store = None  # the rest is checked without it
            yield Finding("error", "database", str(error))
        if not offline:
            yield _mail(config)
            yield from _sources(config, store)


def _configuration(config: Config) -> Iterator[Finding]:
    held = f"{count(len(config.sources), 'source')}, {count(len(config.searches), 'search', 'searches')}"
    yield Finding("ok", "configuration", f"{config.path}: {held}, {count(len(config.recipients), 'recipient')}")
    if not config.contact:
        yield Finding("error", "contact", "publishers ask who polls them; add the line `contact: you@example.org`")
    for problem in config.locked:
        yield Finding("error", problem.key, f"{problem.found}; {problem.allowed}")
    for key, access in config.access.items():
        if access.credentials is not None and access.origin.lower().startswith("http:"):
            yield Finding(
                "warning", key, "what opens it goes over http, where anybody on the way can read it; use https"
            )
    for nothing, of, words in (
        (not config.sources, "sources", "nothing is watched; `pactwatch sources add URL`"),
        (not config.searches, "searches", "nobody hears of anything; `pactwatch alerts add KEY QUERY`"),
        (not config.recipients, "recipients", "nobody is told; add `me: {email: you@example.org}` under `recipients:`"),
    ):
        if nothing:
            yield Finding("warning", of, words)


def _database(config: Config, store: Store | None) -> Iterator[Finding]:
    if store is None:
        yield Finding("ok", "database", f"{config.database} is made by the first run")
        return
    store.check()
    yield Finding("ok", "database", "whole and of this version")
    yield from _schedule(config, store, now_utc())
    unsent = store.unsent()
    if unsent:
        yield Finding(
            "warning", "outbox", f"{count(len(unsent), 'message')} not sent, the last answer: {unsent[-1].answer}"
        )


def _schedule(config: Config, store: Store, now: datetime) -> Iterator[Finding]:
    """Warn of digests that were due and had to wait, because no run followed soon."""
    known = [(recipient, store.added_at(recipient.key)) for recipient in config.recipients]
    for recipient, at in not_followed(known, store.last_runs(RUNS), now, at_work=_at_work(store)):
        due = moment(at, recipient.time_zone, now)
        advice = "let cron start `pactwatch run` every half hour, or run `pactwatch daemon`"
        yield Finding(
            "warning", "schedule", f"{recipient.key}'s digest was due {due} and no run followed soon; {advice}"
        )


def _at_work(store: Store) -> bool:
    """Return whether a run or a daemon works on the database right now."""
    try:
        with store.lock():
            return False
    except AnotherRunError:
        return True


def _mail(config: Config) -> Finding:
    if config.mail is None:
        return Finding("warning", "mail", "no mail server is configured; digests are shown on the terminal")
    answer = ""
    try:
        for answer in speak(smtp_settings(config, config.mail), config.mail.sender, now_utc()):
            if answer.startswith("MAIL FROM"):  # to end the conversation here sends no mail
                break
    except PactwatchError as error:
        return Finding("error", "mail", " ".join(str(error).split()))
    return Finding("ok", "mail", f"{config.mail.host}: {answer}")


def _sources(config: Config, store: Store | None) -> Iterator[Finding]:
    if not config.sources or not config.contact:
        return
    confirmed = {f.source for f in store.feeds() if f.confirmed} if store else set()
    found = probe(config.sources, config.access, crawl_settings(config), store)
    for answer in found:
        if answer.fault is not None:
            stranger = answer.source.kind != "own" and answer.source.key not in confirmed
            yield Finding("warning" if stranger else "error", answer.source.key, answer.words)
    well = sum(answer.fault is None for answer in found)
    yield Finding("ok", "sources", f"{well} of {count(len(found), 'source')} answer")
