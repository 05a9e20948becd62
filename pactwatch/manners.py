"""How polite an installation is: a month of its polling, rehearsed, and scored rule by rule. Nobody is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from crawler.manners import Promise, Score, score
from crawler.rehearsal import DAYS, rehearse
from news.address import host
from news.article import Feed, Source
from news.errors import AddressError
from news.fetch import Host
from pactwatch.config import Config
from pactwatch.console import count, moment, show_json, table
from pactwatch.wiring import crawl_settings
from storage import Store


def rehearsed(
    config: Config, sources: Sequence[Source], store: Store | None, now: datetime, *, as_json: bool = False
) -> tuple[Score, ...]:
    """Rehearse a month with the installation's sources and settings, print the score, and return it.

    What the database knows of a source (its address by now, the validators that it gives, its host's robots.txt) is
    played so; what it does not know is thrown with dice that fall alike each time.
    """
    known = {feed.source: feed for feed in store.feeds()} if store else {}
    feeds = [known.get(source.key) or Feed(source.key, source.url) for source in sources]
    click.echo(f"rehearsing {DAYS} days of polling {count(len(feeds), 'source')}; nobody is asked", err=True)
    settings = crawl_settings(config)
    log = rehearse(feeds, _hosts(feeds, store), settings, now)
    scores = score(log, Promise(settings.user_agent, settings.delay))
    if as_json:
        show_json([_json(each) for each in scores])
    else:
        _show(scores, config.time_zone, now)
    broken = sum(each.breach is not None for each in scores)
    click.echo(f"{count(len(log), 'request')}, {broken or 'no'} {'rule' if broken == 1 else 'rules'} broken", err=True)
    return scores


def _show(scores: Sequence[Score], zone: str, now: datetime) -> None:
    table(("rule", "where it stands", "obeyed"), [(s.rule, s.source, _words(s)) for s in scores])
    for each in scores:
        if each.breach is not None:
            click.echo(f"{each.rule}: first not by {each.breach.url}, {moment(each.breach.at, zone, now)}")


def _json(scored: Score) -> dict[str, object]:
    breach = scored.breach
    return {
        "rule": scored.rule,
        "source": scored.source,
        "kept": scored.kept,
        "of": scored.of,
        "breach": breach and {"url": breach.url, "at": breach.at.isoformat()},
    }


def _words(scored: Score) -> str:
    return f"{scored.kept:,} of {scored.of:,}" if scored.of else "did not come up"


def _hosts(feeds: Sequence[Feed], store: Store | None) -> dict[str, Host]:
    """Return what is remembered of the hosts of feeds."""
    found = {}
    for feed in feeds:
        try:
            name = host(feed.url)
        except AddressError:
            continue
        if store is not None:
            found[name] = store.host(name)
    return found
