"""`pactwatch sources`: what is watched."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import click

from crawler.polling import due_at, lost_items
from news.article import Feed, Source, SourceForm
from pactwatch import catalogue, values
from pactwatch.advice import advice
from pactwatch.config import Config
from pactwatch.console import WrongInputError, count, moment, show_json, table
from pactwatch.contact import with_contact
from pactwatch.manners import rehearsed
from pactwatch.options import as_json, configured, existing_store
from pactwatch.probing import Found, probe
from pactwatch.standing import standing
from pactwatch.subscribing import add, export, import_
from pactwatch.wiring import crawl_settings, now_utc


@click.group("sources")
def command() -> None:
    """List the sources, add or import some, or ask them all once."""


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
        forms = {key: access.form for key, access in config.access.items()}
        show_json([_json(source, feeds.get(source.key), forms.get(source.key)) for source in sources])
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


def _json(source: Source, feed: Feed | None, form: SourceForm | None) -> dict[str, object]:
    due = due_at(feed) if feed and not feed.retired else None
    success = feed.last_success_at if feed else None
    return {
        "key": source.key,
        "name": source.name,
        "url": source.url,
        "language": source.language,
        "group": source.kind,
        "kind": form,
        "confirmed": bool(feed and feed.confirmed),
        "last_success": success and success.isoformat(),
        "due": due and due.isoformat(),
        "fault": feed.fault and {"name": feed.fault.name, "message": feed.fault.message} if feed else None,
        "gap": feed.gap and {"since": feed.gap.since.isoformat(), "at": feed.gap.at.isoformat()} if feed else None,
    }


def _state(feed: Feed | None) -> str:
    if feed is None or feed.last_polled_at is None:
        return "not asked yet"
    if feed.retired:
        return "gone for good"
    if not feed.confirmed:
        return f"not confirmed{f' ({feed.fault.name})' if feed.fault else ''}"
    if feed.fault:
        return f"fails: {feed.fault.name}"
    return "ok, items may be lost" if feed.gap else "ok"


def _due(feed: Feed | None, zone: str, now: datetime) -> str:
    at = due_at(feed) if feed else None
    if feed is not None and feed.retired:
        return "never"
    return "now" if at is None or at <= now else moment(at, zone, now)


@command.command("check")
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option("--manners", is_flag=True, help="Ask nobody: rehearse a month of polling, and score our manners.")
@as_json
@configured
def check_(config: Config, *, keys: tuple[str, ...], manners: bool, as_json: bool) -> None:
    """Ask every SOURCE (all, where none is named) once and say what it answers; exit status 1 where one fails.

    A bundled source that has never answered is "not confirmed", which is no failure. Hosts are asked side by side, each
    with its pauses.
    """
    known = [source.key for source in config.sources]
    for key in keys:
        if key not in known:
            raise WrongInputError(f"no source {key!r} in {config.path}{values.meant(key, known)}")
    sources = [source for source in config.sources if not keys or source.key in keys]
    config = with_contact(config)
    with existing_store(config) as store:
        if manners:
            sys.exit(any(score.breach for score in rehearsed(config, sources, store, now_utc(), as_json=as_json)))
        feeds = {f.source: f for f in store.feeds()} if store else {}
        if sys.stderr.isatty():
            click.echo(f"asking {count(len(sources), 'source')}; one that wants a pause has it, so wait", err=True)
        found = probe(sources, config.access, crawl_settings(config), store)
    confirmed = {key for key, feed in feeds.items() if feed.confirmed}
    failed = [f for f in found if f.fault and (f.source.kind == "own" or f.source.key in confirmed)]
    if as_json:
        show_json([_found_json(f, feeds.get(f.source.key), confirmed) for f in found])
    else:
        _show(found, confirmed, feeds)
    click.echo(f"{count(len(found), 'source')} asked, {len(failed)} failed", err=True)
    sys.exit(1 if failed else 0)


def _show(found: Sequence[Found], confirmed: set[str], feeds: Mapping[str, Feed]) -> None:
    """Print what each source answered, and below it what is to be done."""
    columns = ("key", "answer", "asks for", "validators", "robots.txt", "words")
    table(columns, [(f.source.key, _verdict(f, confirmed), *_facts(f), f.words) for f in found])
    for each in found:
        words = _to_do(each, feeds.get(each.source.key))
        if words:
            click.echo(f"{each.source.key}: {words}")


def _facts(found: Found) -> tuple[str, ...]:
    if found.fault is not None:
        return ("", "", found.robots)
    return (_span(found.asks), ", ".join(found.validators) or "none", found.robots)


def _span(span: timedelta | None) -> str:
    """Return the least time between two polls that a source asks for."""
    minutes = round(span.total_seconds() / 60) if span else 0
    if not minutes:
        return "nothing"
    return f"{minutes} min" if minutes < 120 else f"{minutes / 60:.3g} h"


def _to_do(found: Found, feed: Feed | None) -> str:
    """Return what is to be done about a source, empty where it is well."""
    if found.fault is not None:
        return advice(found.fault.name)
    if found.moved_to:
        return f"it has moved to {found.moved_to}, which is adopted once several polls have seen it"
    if feed is not None and feed.gap is not None:
        return lost_items(feed.gap).message
    return "" if found.entries else "it is empty"


def _verdict(found: Found, confirmed: set[str]) -> str:
    if found.fault is None:
        return "ok"
    return "not confirmed" if found.source.kind != "own" and found.source.key not in confirmed else "fails"


def _found_json(found: Found, feed: Feed | None, confirmed: set[str]) -> dict[str, object]:
    return {
        "key": found.source.key,
        "url": found.source.url,
        "answer": _verdict(found, confirmed),
        "kind": found.form,
        "title": found.title,
        "items": found.entries,
        "newest": found.newest and found.newest.isoformat(),
        "headlines": list(found.headlines),
        "asks_for": found.asks and found.asks.total_seconds(),
        "validators": list(found.validators),
        "robots": found.robots,
        "moved_to": found.moved_to,
        "fault": found.fault and {"name": found.fault.name, "message": found.fault.message},
        "to_do": _to_do(found, feed),
    }


for verb in (add, import_, export, standing):
    command.add_command(verb)
