"""`pactwatch alerts add|remove|check`: saved searches go into config.yaml or the database, and are tried there."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import get_args

import click

from alerts.lint import Remark, lint
from alerts.query import held_with, parse
from digest.headline import sentence
from lexicon import load
from news.alert import Examples, Origin, Search
from news.contract import Json
from news.story import Deal
from pactwatch import values
from pactwatch.config import Config
from pactwatch.config import check as read
from pactwatch.console import WrongInputError, count, one_line, show_json
from pactwatch.edit import add_search
from pactwatch.options import as_json, configured, existing_store
from pactwatch.people import example
from pactwatch.saved import Broken, Changed, broken, changes, saved
from pactwatch.wiring import now_utc
from storage import Store


@click.command("add")
@click.argument("key")
@click.argument("query")
@click.option(
    "--to",
    multiple=True,
    metavar="RECIPIENT",
    help="Who is told: the key of a recipient, or an e-mail address; not needed where there is one recipient.",
)
@click.option("--urgent", is_flag=True, help="Tell at once, whatever the recipient's schedule says.")
@click.option("--match", multiple=True, metavar="EXAMPLE", help="What it must match: words, a URL, or a deal (D12).")
@click.option(
    "--not", "never", multiple=True, metavar="EXAMPLE", help="What it must not match, named in the same ways."
)
@click.option(
    "--in",
    "origin",
    type=click.Choice(get_args(Origin)),
    default="file",
    show_default=True,
    help="Where it is kept: in config.yaml, or in the database.",
)
@configured
def add(
    config: Config,
    *,
    key: str,
    query: str,
    to: tuple[str, ...],
    urgent: bool,
    match: tuple[str, ...],
    never: tuple[str, ...],
    origin: Origin,
) -> None:
    """Save a search: QUERY under the name KEY, in config.yaml (the change is printed) or in the database.

    It is refused where an example is not as it says: one that must match (--match), or must not (--not).
    """
    try:
        values.key(key)
    except ValueError as error:
        raise WrongInputError(f"{key!r}: {error}") from error
    lexicon = load()
    parsed = parse(query, lexicon.ontology)
    told, people = _told(config, to)
    for option, given in (("--match", match), ("--not", never)):
        for words in given:
            _example(option, words)
    search = Search(key, query, told, urgent, origin=origin, examples=Examples(match, never))
    with existing_store(config) as store:
        _refuse_known(config, store, key)
        for each in broken(search, store, lexicon, now_utc()):
            raise WrongInputError(each.said if each.unknown else f"{each.example}: {each.said}")
        remark(lint(parsed))
        if origin == "database":
            _keep(store, search, people)
            click.echo(f"{key} is kept in the database and starts now: {', '.join(told)} will be told")
            return
    edited = add_search(config.path, search, people, partial(read, config.path, os.environ))
    edited.write()
    click.echo(edited.diff())


def _example(option: str, given: str) -> None:
    try:
        example(given)
    except ValueError as error:
        raise WrongInputError(f"{option} {given!r}: {error}") from error


def _refuse_known(config: Config, store: Store | None, key: str) -> None:
    known = {search.key: search.origin for search in saved(config, store)}
    if known.get(key) == "file":
        raise WrongInputError(f"there is a search {key!r} already; change its query in {config.path}")
    if key in known:
        raise WrongInputError(
            f"there is a search {key!r} in the database already; `pactwatch alerts remove {key}` first"
        )


def _keep(store: Store | None, search: Search, people: Mapping[str, str]) -> None:
    """Save a search in the database, for recipients that are there."""
    known = {recipient.key for recipient in store.recipients()} if store else set()
    for key in search.to:
        if key in people:
            raise WrongInputError(f"--to {people[key]}: a new recipient goes into config.yaml first, `recipients:`")
        if key not in known:
            raise WrongInputError(f"{key} is not in the database yet; `pactwatch run` takes the configuration in")
    if store is not None:
        store.save_search(search, now_utc())


@click.command("remove")
@click.argument("key")
@configured
def remove(config: Config, *, key: str) -> None:
    """End the search KEY of the database; one of config.yaml is taken out there."""
    with existing_store(config) as store:
        known = {search.key: search.origin for search in saved(config, store)}
        if known.get(key) == "file":
            raise WrongInputError(f"{key} stands in {config.path}, under `searches:`; take it out there")
        if store is None or not store.end_search(key):
            raise WrongInputError(f"there is no search {key!r}{values.meant(key, known)}")
    click.echo(f"{key} is asked no more; what it matched stays told")


@click.command("check")
@as_json
@configured
def check(config: Config, *, as_json: bool) -> None:
    """Try the examples of all searches, and say what an upgrade changes of what they match; 1 where one is broken.

    Searches are held again that were last held with another version of the language or the ontology.
    """
    lexicon = load()
    with existing_store(config) as store:
        searches = saved(config, store)
        wrong = [each for search in searches for each in broken(search, store, lexicon, now_utc())]
        changed = list(changes(searches, store, lexicon)) if store else []
    if as_json:
        show_json({"examples": [asdict(each) for each in wrong], "changes": [_change(each) for each in changed]})
    else:
        for line in _lines(searches, wrong, changed, held_with(lexicon.ontology)):
            click.echo(one_line(line))
    if any(not each.unknown for each in wrong):
        raise SystemExit(1)


def _told(config: Config, to: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the keys of those who are to be told, and the addresses of those among them who are new."""
    known = {recipient.key: recipient.email for recipient in config.recipients}
    if not to and len(known) == 1:
        return tuple(known), {}
    if not to:
        named = f"one of {', '.join(known)}, or an e-mail address" if known else "your e-mail address"
        raise WrongInputError(f"say who is told with --to: {named}")
    people: dict[str, str] = {}
    keys = []
    for word in to:
        if "@" in word:
            keys.append(_by_address(word, known | people))
            people |= {} if keys[-1] in known else {keys[-1]: word}
        elif word in known:
            keys.append(word)
        else:
            listed = ", ".join(known) or "nobody yet; an e-mail address adds one"
            raise WrongInputError(f"--to {word}: the recipients are {listed}{values.meant(word, known)}")
    return tuple(dict.fromkeys(keys)), people


def _by_address(address: str, known: dict[str, str]) -> str:
    """Return the key of whoever has an address; for a new one, a key made of its first part."""
    try:
        values.email(address)
    except ValueError as error:
        raise WrongInputError(f"--to {address}: {error}") from error
    held = next((key for key, email in known.items() if email.lower() == address.lower()), None)
    base = re.sub(r"[^a-z0-9-]+", "-", address.partition("@")[0].lower()).strip("-") or "reader"
    return held or _free(base, known)


def _free(base: str, taken: Collection[str]) -> str:
    """Return a key that is not taken: the base, else the base with the first number that is free."""
    numbered = (f"{base}-{number}" for number in itertools.count(2))
    return next(key for key in itertools.chain((base,), numbered) if key not in taken)


def title(deal: Deal) -> str:
    """Return a deal in one line."""
    return sentence(deal.latest.terms) or next((r.title for r in deal.latest.reports), deal.label)


def remark(remarks: Iterable[Remark]) -> None:
    """Say what is odd about a search, beside what is asked for."""
    for remark in remarks:
        click.echo(f"note: {remark.part} {remark.said}", err=True)


def _lines(searches: Sequence[Search], wrong: Sequence[Broken], changed: Sequence[Changed], now: str) -> Iterator[str]:
    """Yield what a check says: the examples, then what each search would match anew and no more."""
    for each in wrong:
        yield f"{each.search}: {each.example}: {'not looked at: ' if each.unknown else ''}{each.said}"
    tried = sum(len(s.examples.match) + len(s.examples.never) for s in searches)
    broken_ = sum(not each.unknown for each in wrong)
    yield f"{count(tried, 'example')} of {count(len(searches), 'search', 'searches')}, {broken_} broken"
    for one in changed:
        yield f"{one.search}: held with {one.was or 'versions that are not known'}; now {now}"
        yield from (f"  + {deal.label}  {title(deal)}" for deal in one.gained)
        yield from (f"  - {deal.label}  {title(deal)}" for deal in one.lost)
        if not one.gained and not one.lost:
            yield "  nothing changes"
    if not changed:
        yield f"nothing changes: no search was held with other versions than today's, {now}"


def _change(changed: Changed) -> Json:
    return {
        "search": changed.search,
        "held_with": changed.was,
        "gained": [deal.label for deal in changed.gained],
        "lost": [deal.label for deal in changed.lost],
    }
