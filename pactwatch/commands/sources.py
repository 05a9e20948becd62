"""`pactwatch sources`: what is watched."""

from __future__ import annotations

import os
import re
import sys
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

import click

from crawler.polling import due_at
from news.address import canonical
from news.article import Feed, Source
from pactwatch import catalogue, values
from pactwatch.config import Config, check
from pactwatch.console import WrongInputError, count, moment, show_json, table
from pactwatch.contact import with_contact
from pactwatch.edit import add_source
from pactwatch.options import as_json, configured, existing_store
from pactwatch.probing import Found, probe
from pactwatch.wiring import crawl_settings, now_utc


@click.group("sources")
def command() -> None:
    """List the sources, add one, or ask them all once."""


@command.command("list")
@click.option(
    "--catalogue", "bundled", is_flag=True, help="List the bundled catalogue instead (its addresses: --json)."
)
@as_json
@configured
def list_(config: Config, *, bundled: bool, as_json: bool) -> None:
    """List the sources that are watched, with the state of each."""
    sources = tuple(catalogue.catalogue().values()) if bundled else config.sources
    with existing_store(config) as store:
        feeds = {feed.source: feed for feed in store.feeds()} if store else {}
    if as_json:
        show_json([_json(source, feeds.get(source.key)) for source in sources])
        return
    if not sources:
        click.echo(
            "no sources; add one with `pactwatch sources add URL`, or `- catalogue: [trade]` to config.yaml", err=True
        )
    elif bundled:
        table(("key", "group", "language", "name"), [(s.key, s.kind, s.language, s.name) for s in sources])
    else:
        now = now_utc()
        states = [_state(feeds.get(s.key)) for s in sources]
        due = [_due(feeds.get(s.key), config.time_zone, now) for s in sources]
        rows = [(s.key, s.kind, s.name, d, state) for s, d, state in zip(sources, due, states, strict=True)]
        table(("key", "group", "name", "due", "state"), rows)


def _json(source: Source, feed: Feed | None) -> dict[str, object]:
    due = due_at(feed) if feed and not feed.retired else None
    success = feed.last_success_at if feed else None
    return {
        "key": source.key,
        "name": source.name,
        "url": source.url,
        "language": source.language,
        "group": source.kind,
        "confirmed": bool(feed and feed.confirmed),
        "last_success": success and success.isoformat(),
        "due": due and due.isoformat(),
        "fault": feed.fault and {"name": feed.fault.name, "message": feed.fault.message} if feed else None,
    }


def _state(feed: Feed | None) -> str:
    if feed is None or feed.last_polled_at is None:
        return "not asked yet"
    if feed.retired:
        return "gone for good"
    if not feed.confirmed:
        return f"not confirmed{f' ({feed.fault.name})' if feed.fault else ''}"
    return f"fails: {feed.fault.name}" if feed.fault else "ok"


def _due(feed: Feed | None, zone: str, now: datetime) -> str:
    at = due_at(feed) if feed else None
    if feed is not None and feed.retired:
        return "never"
    return "now" if at is None or at <= now else moment(at, zone, now)


@command.command("check")
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@configured
def check_(config: Config, *, keys: tuple[str, ...]) -> None:
    """Ask every SOURCE (all, where none is named) once and say what it answers; exit status 1 where one fails.

    A bundled source that has never answered is "not confirmed", which is no failure.
    """
    known = [source.key for source in config.sources]
    for key in keys:
        if key not in known:
            raise WrongInputError(f"no source {key!r} in {config.path}{values.meant(key, known)}")
    sources = [source for source in config.sources if not keys or source.key in keys]
    config = with_contact(config)
    with existing_store(config) as store:
        confirmed = {f.source for f in store.feeds() if f.confirmed} if store else set()
        found = probe(sources, crawl_settings(config), store)
    table(("key", "answer", "words"), [(f.source.key, *_answer(f, confirmed)) for f in found])
    failed = [f for f in found if f.fault and (f.source.kind == "own" or f.source.key in confirmed)]
    click.echo(f"{count(len(found), 'source')} asked, {len(failed)} failed", err=True)
    sys.exit(1 if failed else 0)


def _answer(found: Found, confirmed: set[str]) -> tuple[str, str]:
    if found.fault is None:
        return "ok", found.words
    stranger = found.source.kind != "own" and found.source.key not in confirmed
    return "not confirmed" if stranger else "fails", found.words


@command.command("add")
@click.argument("url")
@click.option("--key", help="A short name that stays (else made of the address).")
@click.option("--name", help="What people call it (else what the feed calls itself).")
@click.option("--language", help="Its language, such as en (else what the feed says).")
@click.option("--no-check", is_flag=True, help="Do not ask whether it is a feed.")
@configured
def add(config: Config, *, url: str, key: str | None, name: str | None, language: str | None, no_check: bool) -> None:
    """Watch the feed at URL: it is asked once, goes into config.yaml, and the change is printed."""
    try:
        source = Source(values.key(key or _key(config, url)), name or "", values.web(url), language or "")
    except ValueError as error:
        raise WrongInputError(f"{key or url!r}: {error}") from error
    taken = {canonical(s.url): s.key for s in config.sources}.get(canonical(url))
    if taken:
        raise WrongInputError(f"{url} is watched already, as {taken}")
    named = Source(source.key, name or _host(url), url, source.language) if no_check else _asked(config, source)
    edited = add_source(config.path, named, partial(check, config.path, os.environ))
    edited.write()
    click.echo(edited.diff())


def _asked(config: Config, source: Source) -> Source:
    """Return a source with what its feed says about itself; an address that is no feed is refused."""
    config = with_contact(config)
    with existing_store(config) as store:
        found = probe([source], crawl_settings(config), store)[0]
    if found.fault is not None:
        raise WrongInputError(f"{source.url} was not added: {found.words} (--no-check adds it all the same)")
    click.echo(f"{source.url}: {found.words}", err=True)
    language = source.language or re.sub(r"[^a-z-].*", "", found.language.lower())[:20]
    return Source(source.key, source.name or " ".join(found.title.split()) or _host(source.url), source.url, language)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


def _key(config: Config, url: str) -> str:
    """Return a key made of the host's name, numbered where it is taken."""
    labels = [label for label in _host(url).split(".") if label not in {"feeds", "feed", "rss", "news"}]
    word = next((label for label in labels if not label.isdigit()), "source")
    base = re.sub(r"[^a-z0-9-]", "-", word.lower()).strip("-") or "source"
    taken = {source.key for source in config.sources}
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)
