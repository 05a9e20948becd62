"""config.yaml, the environment and flags as one frozen `Config`, or every error at once.

A flag wins over the environment, the environment over the file. Secrets come from the environment or a file of their
own and are never shown. Paths in the file are relative to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal, cast
from urllib.parse import urlsplit

import click

from news.alert import Recipient, Search
from news.article import Source
from news.errors import ConfigurationError, Problem
from news.fetch import Access
from news.reading import DEAL_KINDS, DealKind
from pactwatch import values
from pactwatch.document import Item, Section, overlay, parse
from pactwatch.people import RECIPIENT_KEYS, recipients, searches
from pactwatch.secret import secret
from pactwatch.subscriptions import sources
from pactwatch.waysout import FEEDS_KEYS, Channels, Feeds, channels, feeds

FILE = "config.yaml"
PREFIX = "PACTWATCH_"
KEYS = (
    "contact", "time_zone", "database", "sources", "searches", "recipients", "mail", "network", "news_age", "backlog",
    "first_fetch", "keep_text", "keep_mail", "perhaps", "run_limit", "keep", "feeds", "log",
)  # fmt: skip
MAIL_KEYS = ("host", "port", "security", "from", "username", "timeout", "unsubscribe", "dkim", "smtputf8")
NETWORK_KEYS = ("allow", "delay", "timeout")
LOG_KEYS = ("level", "format")
_SECTIONS = {"mail": MAIL_KEYS, "network": NETWORK_KEYS, "feeds": FEEDS_KEYS, "log": LOG_KEYS}
_NOT_FROM_ENVIRONMENT = {"sources", "searches", "recipients", *_SECTIONS}
_OWN_VARIABLES = {"CONFIG", "MAIL__PASSWORD", "MAIL__PASSWORD_FILE", "MAIL__DKIM_KEY", "MAIL__DKIM_KEY_FILE"}
_PORTS = {"starttls": 587, "tls": 465, "none": 25}

Security = Literal["starttls", "tls", "none"]
Level = Literal["debug", "info", "warning", "error"]
Format = Literal["text", "json"]
BacklogMode = Literal["summary", "none", "all"]


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail server; `sender` is `from:` in the file. The password and the key are never part of what is printed.

    `unsubscribe` is where readers stop their mails, "" for the sender's address. `dkim` is the selector of the key that
    signs, "" for no signature; `smtputf8` says that addresses may hold letters outside ASCII.
    """

    host: str
    port: int
    security: Security
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: timedelta = timedelta(seconds=30)
    unsubscribe: str = ""
    dkim: str = ""
    dkim_key: str = field(default="", repr=False)
    smtputf8: bool = False


@dataclass(frozen=True, slots=True)
class Network:
    """How publishers are asked: the private networks that are allowed, the pause between two requests to a host."""

    allow: tuple[IPv4Network | IPv6Network, ...] = ()
    delay: timedelta = timedelta(seconds=5)
    timeout: timedelta = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Log:
    """What is logged to stderr, and how."""

    level: Level = "info"
    format: Format = "text"


@dataclass(frozen=True, slots=True)
class Config:
    """An installation as configured; `database` is an absolute path or a postgresql:// address.

    `access` says by the sources' keys how those are read that are no plain feeds; `locked` are the secrets that some of
    them, or a recipient's way out, need and the environment does not hold.
    """

    path: Path
    contact: str
    time_zone: str
    database: str = field(repr=False)
    sources: tuple[Source, ...]
    searches: tuple[Search, ...]
    recipients: tuple[Recipient, ...]
    mail: Mail | None = None
    network: Network = field(default_factory=Network)
    news_age: timedelta = timedelta(days=7)
    backlog: BacklogMode = "summary"
    first_fetch: int = 30
    keep_text: timedelta = timedelta(days=90)
    keep_mail: timedelta = timedelta(days=90)
    perhaps: bool = True
    run_limit: timedelta = timedelta(minutes=10)
    keep: tuple[DealKind, ...] = DEAL_KINDS
    log: Log = field(default_factory=Log)
    access: Mapping[str, Access] = field(default_factory=dict)
    locked: tuple[Problem, ...] = ()
    channels: Channels = field(default_factory=Channels)
    feeds: Feeds | None = None

    @property
    def folder(self) -> Path:
        """Where the file stands; digests that are shown instead of mailed are saved below it."""
        return self.path.parent


def find(flag: str | None, environment: Mapping[str, str], here: Path) -> Path:
    """Return the file to read: the flag's, PACTWATCH_CONFIG's, ./config.yaml, the one in the user's folder."""
    named = flag or environment.get(PREFIX + "CONFIG")
    if named:
        return here / Path(named).expanduser()
    own = Path(click.get_app_dir("pactwatch")) / FILE
    found = next((path for path in (here / FILE, own) if path.is_file()), None)
    if found is None:
        advice = f"`pactwatch init` puts one here; or name one with --config (looked for ./{FILE} and {own})"
        raise ConfigurationError(FILE, (Problem(None, "the file", "nothing", advice),))
    return found


def load(path: Path, environment: Mapping[str, str], *, database: str | None = None) -> Config:
    """Return the configuration; `database` is the flag of that name.

    Raises ConfigurationError with every problem at once, in the order of the file.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        words = f"{error.strerror}; `pactwatch init` writes a file to start from"
        raise ConfigurationError(str(path), (Problem(None, "the file", str(path), words),)) from error
    return check(path, environment, content, database=database)


def check(path: Path, environment: Mapping[str, str], content: bytes, *, database: str | None = None) -> Config:
    """Return the configuration that a file of this content would be; raises as `load` does."""
    problems: list[Problem] = []
    config = _config(path.absolute(), parse(content, problems), environment, database, problems)
    if problems:
        ordered = sorted(problems, key=lambda p: p.line or 0)
        raise ConfigurationError(str(path), tuple(ordered))
    return config


def _config(
    path: Path, root: Item, environment: Mapping[str, str], database: str | None, problems: list[Problem]
) -> Config:
    top = Section("", _with_environment(root, environment, problems), KEYS, problems)
    zone = top.one("time_zone", values.time_zone, "UTC")
    mail = _mail(top.section("mail", MAIL_KEYS), environment, problems)
    told = top.named("recipients", RECIPIENT_KEYS)
    recipients_ = recipients(told, zone, unicode=mail is not None and mail.smtputf8)
    watched = sources(top, environment)
    opened = channels(told, environment)
    log = top.section("log", LOG_KEYS)
    return Config(
        path=path,
        contact=top.one("contact", values.contact, ""),
        time_zone=zone,
        database=_database(top, path.parent, environment, database),
        sources=watched.sources,
        searches=searches(top, recipients_),
        recipients=recipients_,
        mail=mail,
        network=_network(top.section("network", NETWORK_KEYS)),
        news_age=top.one("news_age", values.duration, timedelta(days=7)),
        backlog=top.one("backlog", values.choice(("summary", "none", "all")), "summary"),
        first_fetch=top.one("first_fetch", values.number(0, 1000), 30),
        keep_text=top.one("keep_text", values.duration, timedelta(days=90)),
        keep_mail=top.one("keep_mail", values.duration, timedelta(days=90)),
        perhaps=top.one("perhaps", values.boolean, default=True),
        run_limit=top.one("run_limit", values.duration, timedelta(minutes=10)),
        keep=top.many("keep", values.choice(DEAL_KINDS)) or DEAL_KINDS,
        log=Log()
        if log is None
        else Log(
            log.one("level", values.choice(("debug", "info", "warning", "error")), "info"),
            log.one("format", values.choice(("text", "json")), "text"),
        ),
        access=watched.access,
        locked=(*watched.locked, *opened.missing),
        channels=opened,
        feeds=feeds(top.section("feeds", FEEDS_KEYS), path.parent),
    )


def _with_environment(root: Item, environment: Mapping[str, str], problems: list[Problem]) -> Item:
    """Lay PACTWATCH_DATABASE, PACTWATCH_MAIL__HOST and so on over the file; an empty variable counts as unset.

    A name that is nearly one of ours is a mistake; others are not ours to judge (Kubernetes makes PACTWATCH_PORT).
    """
    known: set[tuple[str, ...]] = {(key,) for key in KEYS if key not in _NOT_FROM_ENVIRONMENT}
    known |= {(section, key) for section, keys in _SECTIONS.items() for key in keys}
    names = {"__".join(path).upper(): path for path in known}
    for variable, value in sorted(environment.items()):
        name = variable.removeprefix(PREFIX)
        if name == variable or name in _OWN_VARIABLES or not value:
            continue
        near = values.meant(name, [*names, *_OWN_VARIABLES])
        if name in names:
            root = overlay(root, names[name], value)
        elif name.lower() in _NOT_FROM_ENVIRONMENT:
            problems.append(Problem(None, variable, "a part of the file", "it stands in config.yaml only"))
        elif near or "__" in name:
            problems.append(Problem(None, variable, "an unknown environment variable", f"it sets nothing{near}"))
    return root


def _database(top: Section, folder: Path, environment: Mapping[str, str], flag: str | None) -> str:
    """Return the database's address; a path in the file is relative to it, any other to the current folder."""
    elsewhere = flag or environment.get(PREFIX + "DATABASE")
    address = elsewhere or top.one("database", values.text, "pactwatch.db")
    if "://" not in address:
        return str((Path.cwd() if elsewhere else folder) / Path(address).expanduser())
    if not address.startswith(("postgresql://", "postgres://")):
        scheme = address.partition("://")[0]
        top.report(top.line_of("database"), "database", repr(scheme + "://…"), "a file's path or postgresql://…")
    elif not elsewhere and _has_password(address):
        advice = "secrets do not belong in this file; set PACTWATCH_DATABASE, or keep the password in ~/.pgpass"
        top.report(top.line_of("database"), "database", "an address with a password", advice)
    return address.replace("postgres://", "postgresql://", 1)


def _has_password(address: str) -> bool:
    try:
        return urlsplit(address).password is not None or "password=" in address
    except ValueError:
        return False


def _network(section: Section | None) -> Network:
    if section is None:
        return Network()
    usual = Network()
    return Network(
        allow=section.many("allow", values.network),
        delay=section.one("delay", values.duration, usual.delay),
        timeout=section.one("timeout", values.duration, usual.timeout),
    )


def _mail(section: Section | None, environment: Mapping[str, str], problems: list[Problem]) -> Mail | None:
    password = secret(environment, PREFIX + "MAIL__PASSWORD", problems)
    key = secret(environment, PREFIX + "MAIL__DKIM_KEY", problems)
    if section is None:
        return None
    host = section.required("host", values.host, "the mail server, such as smtp.example.org")
    sender = section.required("from", values.email, "the address that digests come from")
    security = section.one("security", values.choice(("starttls", "tls", "none")), "starttls")
    port = section.one("port", values.number(1, 65535), _PORTS[security])
    username = section.one("username", values.text, "")
    timeout = section.one("timeout", values.duration, timedelta(seconds=30))
    if username and security == "none":
        advice = "a login without encryption shows the password to the network; use starttls or tls"
        section.report(section.line_of("username"), section.path("username"), "security: none", advice)
    return Mail(
        host or "",
        port,
        cast("Security", security),
        sender or "",
        username,
        password,
        timeout,
        section.one("unsubscribe", values.unsubscribe, ""),
        section.one("dkim", values.selector_name, ""),
        key,
        section.one("smtputf8", values.boolean, default=False),
    )
