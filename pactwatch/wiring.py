"""Put the parts together: the one place where configuration becomes a store, a mail server, crawl settings, a clock."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.utils import parseaddr
from functools import cache
from pathlib import Path

import click

from crawler.settings import CrawlSettings
from digest.compose import domain_of
from digest.signing import Signer, check_key
from digest.smtp import SmtpOutlet, SmtpSettings
from digest.terminal import TerminalOutlet
from jobs.context import Clock, Feeds, Outlet, Pipeline, Progress, Settings, Unwatched, WayOut
from lexicon import load
from news.alert import Delivery, Way, When
from news.errors import ConfigurationError, DeliveryError, Problem
from news.fetch import Host
from pactwatch.config import Config, Mail
from pactwatch.options import has_database
from pactwatch.ways import show, shown_only, ways_of
from storage import Store

SHOWN_FOLDER = "digests"
"""Where digests are saved when no mail is configured: a folder beside config.yaml."""
NOBODY = "pactwatch@localhost"


def now_utc() -> datetime:
    """Return the time: the clock of everything but tests and the demo."""
    return datetime.now(UTC)


@contextlib.contextmanager
def open_pipeline(
    config: Config,
    *,
    clock: Clock = now_utc,
    outlet: Outlet | None = None,
    progress: Progress | None = None,
) -> Iterator[Pipeline]:
    """Open the store, take the configuration into it, and give the pipeline; the store is closed at the end.

    Raises StorageError, and ConfigurationError where the mail server's login lacks its password.
    """
    outlet = outlet_of(config) if outlet is None else outlet
    with Store.open(config.database) as store:
        yield pipeline_of(config, store, outlet, clock=clock, progress=progress)


def pipeline_of(
    config: Config,
    store: Store,
    outlet: Outlet,
    *,
    clock: Clock = now_utc,
    progress: Progress | None = None,
    ways: Mapping[Way, WayOut] | None = None,
) -> Pipeline:
    """Take the configuration into an open store and return the pipeline on it."""
    store.configure(config.sources, config.searches, config.recipients, clock())
    ways = ways_of(config.channels, clock) if ways is None else ways
    return Pipeline(
        store, cache(load), settings_of(config, clock), clock, outlet, progress=progress or Unwatched(), ways=ways
    )


@contextlib.contextmanager
def open_copy(config: Config, outlet: Outlet, *, progress: Progress | None = None) -> Iterator[Pipeline]:
    """Give a pipeline on a copy of everything, which is thrown away: nothing that it does changes anything.

    In it everyone is told with each run, whatever the hour and however much came today, so that whatever is pending
    comes out at once. Only when hosts may be asked
    again holds for the next run too: they do not know that it was for nothing.
    """
    shown = shown_only(ways_of(config.channels, now_utc))
    recipients = (replace(r, when=When("each-run"), quiet=None, at_most=0) for r in config.recipients)
    at_once = replace(config, feeds=None, recipients=tuple(recipients))
    with tempfile.TemporaryDirectory(prefix="pactwatch-") as folder, contextlib.ExitStack() as stack:
        path = str(Path(folder) / "copy.db")
        store = stack.enter_context(Store.open(config.database)) if has_database(config) else None
        copy = stack.enter_context(store.copy(path) if store else Store.open(path))
        begun = now_utc()
        try:
            yield pipeline_of(at_once, copy, outlet, progress=progress, ways=shown)
        finally:
            if store is not None:
                _spare(store, copy.hosts_to_spare(begun))


def _spare(store: Store, hosts: Iterable[Host]) -> None:
    """Keep what was learnt of hosts, unless another run has learnt something later."""
    for host in hosts:
        known = store.host(host.name).next_allowed_at
        if known is None or host.next_allowed_at is None or known < host.next_allowed_at:
            store.remember_host(host)


def settings_of(config: Config, clock: Clock = now_utc) -> Settings:
    """Return what the pipeline needs of the configuration."""
    return Settings(
        crawl=crawl_settings(config, clock),
        news_age=config.news_age,
        backlog=config.backlog,
        first_fetch=config.first_fetch,
        keep_text=config.keep_text,
        perhaps=config.perhaps,
        run_limit=config.run_limit,
        keep=frozenset(config.keep),
        access=config.access,
        feeds=None if config.feeds is None else Feeds(config.feeds.folder, config.feeds.url),
        stop="" if config.mail is None else config.mail.unsubscribe or parseaddr(config.mail.sender)[1],
        keep_mail=config.keep_mail,
    )


def crawl_settings(config: Config, clock: Clock = now_utc) -> CrawlSettings:
    """Return how publishers are asked."""
    network = config.network
    return CrawlSettings(
        contact=config.contact,
        delay=network.delay.total_seconds(),
        timeout=network.timeout.total_seconds(),
        allow=network.allow,
        clock=clock,
    )


def outlet_of(config: Config) -> Outlet:
    """Return where digests go: the mail server, or the terminal and a folder where none is configured."""
    if config.mail is None:
        return TerminalOutlet(config.folder / SHOWN_FOLDER, sys.stdout)
    return SmtpOutlet(smtp_settings(config, config.mail))


def smtp_settings(config: Config, mail: Mail) -> SmtpSettings:
    """Return the mail server's settings.

    Raises ConfigurationError where a login lacks its password, or a signature its key.
    """
    if mail.username and not mail.password:
        advice = "set PACTWATCH_MAIL__PASSWORD, or name a file that holds it in PACTWATCH_MAIL__PASSWORD_FILE"
        problem = Problem(None, "mail.username", "a username without a password", advice)
        raise ConfigurationError(str(config.path), (problem,))
    return SmtpSettings(
        host=mail.host,
        port=mail.port,
        security=mail.security,
        sender=mail.sender,
        username=mail.username,
        password=mail.password,
        timeout=mail.timeout.total_seconds(),
        signer=_signer(config, mail),
    )


def _signer(config: Config, mail: Mail) -> Signer | None:
    """Return what signs messages, None where no selector is configured."""
    if not mail.dkim:
        return None
    try:
        check_key(mail.dkim_key)
    except ValueError as error:
        found = "a key that cannot be used" if mail.dkim_key else "a selector without a key"
        advice = f"set PACTWATCH_MAIL__DKIM_KEY, or name a file in PACTWATCH_MAIL__DKIM_KEY_FILE; {error}"
        raise ConfigurationError(str(config.path), (Problem(None, "mail.dkim", found, advice),)) from error
    return Signer(mail.dkim, domain_of(mail.sender), mail.dkim_key)


class Preview:
    """An outlet that hands nothing over: it prints what would be sent."""

    def __init__(self, config: Config) -> None:
        """Compose as the configured sender."""
        self.sender = config.mail.sender if config.mail else NOBODY

    def send(self, delivery: Delivery) -> str:
        """Print a message's plain text."""
        if delivery.way != "mail":
            show(delivery)
            return "shown"
        click.echo(f"To: {delivery.recipient}\nSubject: {delivery.subject}\n\n{part(delivery.message, 'plain')}")
        return "shown"


class Mute:
    """An outlet that sends nothing: whoever asks it to has made a mistake."""

    sender = NOBODY

    def send(self, delivery: Delivery) -> str:
        """Refuse."""
        raise DeliveryError(f"this verb mails nothing, and was asked to mail {delivery.subject!r}", temporary=False)


def part(message: bytes, kind: str) -> str:
    """Return the plain or html text of a composed message."""
    body = message_from_bytes(message, policy=policy.default).get_body((kind,))
    return "" if body is None else str(body.get_content())
