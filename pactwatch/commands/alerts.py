"""`pactwatch alerts`: saved searches."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial

import click

from alerts.lint import Remark, lint
from alerts.match import Means, match
from alerts.query import Query, parse
from alerts.subject import Subject
from digest.headline import sentence
from lexicon import load, load_rates
from news.alert import Match, Search
from news.story import Deal
from pactwatch import values
from pactwatch.config import Config, check
from pactwatch.console import WrongInputError, count, show_json, table
from pactwatch.edit import add_search
from pactwatch.options import as_json, configured, existing_store
from storage import Store


@click.group("alerts")
def command() -> None:
    """List the saved searches, add one, or test a query."""


@command.command("list")
@as_json
@configured
def list_(config: Config, *, as_json: bool) -> None:
    """List the saved searches and how many of the deals found so far each matches."""
    with existing_store(config) as store:
        matches = store.matches([deal.id for deal in store.deals()]) if store else ()
    found = {s.key: len([m for m in matches if m.search == s.key]) for s in config.searches}
    if as_json:
        show_json(
            [
                {"key": s.key, "query": s.query, "to": list(s.to), "urgent": s.urgent, "matches": found[s.key]}
                for s in config.searches
            ]
        )
    elif config.searches:
        rows = [(s.key, ", ".join(s.to), str(found[s.key]), s.query) for s in config.searches]
        table(("search", "to", "matches", "query"), rows)
    else:
        click.echo("no saved searches; add one: pactwatch alerts add nk-engagers '\"NK cell engager\"'", err=True)


@command.command("add")
@click.argument("key")
@click.argument("query")
@click.option(
    "--to",
    multiple=True,
    metavar="RECIPIENT",
    help="Who is told: the key of a recipient, or an e-mail address; not needed where there is one recipient.",
)
@configured
def add(config: Config, *, key: str, query: str, to: tuple[str, ...]) -> None:
    """Save a search: QUERY under the name KEY. It goes into config.yaml, and the change is printed."""
    try:
        values.key(key)
    except ValueError as error:
        raise WrongInputError(f"{key!r}: {error}") from error
    if key in {search.key for search in config.searches}:
        raise WrongInputError(f"there is a search {key!r} already; change its query in {config.path}")
    _remark(lint(parse(query, load().ontology)))
    told, people = _told(config, to)
    edited = add_search(config.path, Search(key, query, told), people, partial(check, config.path, os.environ))
    edited.write()
    click.echo(edited.diff())


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


@command.command("test")
@click.argument("query")
@as_json
@configured
def test(config: Config, *, query: str, as_json: bool) -> None:
    """Say what QUERY would have matched among the deals found so far, and by which words."""
    parsed = parse(query, load().ontology)
    means = Means(load().companies.key, load_rates)
    with existing_store(config) as store:
        subjects = _subjects(store) if store else []
    found = _matched(parsed, subjects, means)
    if as_json:
        show_json(
            [
                {"id": deal.label, "title": _title(deal), "why": [{"part": w.part, "words": w.words} for w in hit.why]}
                for deal, hit in found
            ]
        )
        return
    rows = [(deal.label, deal.latest.announced.isoformat(), _title(deal), _why(hit)) for deal, hit in found]
    if rows:
        table(("id", "announced", "deal", "why"), rows)
    click.echo(f"{len(rows)} of {count(len(subjects), 'deal')} found so far match {parsed}", err=True)
    _remark(lint(parsed, subjects, means))


def _subjects(store: Store) -> list[Subject]:
    return [Subject.of(deal, store.articles_of(deal.id)) for deal in store.deals()]


def _matched(query: Query, subjects: Sequence[Subject], means: Means) -> list[tuple[Deal, Match]]:
    hits = ((subject.deal, match("", query, subject, means.key, means.rates)) for subject in subjects)
    return [(deal, hit) for deal, hit in hits if hit is not None]


def _remark(remarks: Iterable[Remark]) -> None:
    """Say what is odd about a search, beside what is asked for."""
    for remark in remarks:
        click.echo(f"note: {remark.part} {remark.said}", err=True)


def _title(deal: Deal) -> str:
    return sentence(deal.latest.terms) or next((r.title for r in deal.latest.reports), deal.label)


def _why(hit: Match) -> str:
    return ", ".join(dict.fromkeys(why.words for why in hit.why if why.words))
