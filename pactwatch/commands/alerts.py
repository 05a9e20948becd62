"""`pactwatch alerts`: saved searches."""

from __future__ import annotations

from collections import Counter

import click

from alerts.backtest import backtest
from alerts.explain import explain
from alerts.lint import lint
from alerts.query import parse
from lexicon import load
from news.alert import Match, Search
from news.contract import Json
from news.story import Deal
from pactwatch import saving, trying
from pactwatch.config import Config
from pactwatch.console import WrongInputError, count, one_line, show_json, table
from pactwatch.options import as_json, configured, existing_store
from pactwatch.saved import saved
from pactwatch.saving import remark, title
from pactwatch.subjects import means_of, meant, stored
from pactwatch.wiring import now_utc

_NEWEST = 10


@click.group("alerts")
def command() -> None:
    """List the saved searches, add or remove one, test a query, or explain what it makes of a deal."""


for verb in (saving.add, saving.remove, saving.check):
    command.add_command(verb)


@command.command("list")
@as_json
@configured
def list_(config: Config, *, as_json: bool) -> None:
    """List the saved searches and how many of the deals found so far each matches."""
    with existing_store(config) as store:
        searches = saved(config, store)
        found = Counter(m.search for m in store.matches([deal.id for deal in store.deals()])) if store else Counter()
    if as_json:
        show_json([_as_json(search) | {"matches": found[search.key]} for search in searches])
    elif searches:
        rows = [(s.key, ", ".join(s.to), s.origin, str(found[s.key]), s.query) for s in searches]
        table(("search", "to", "kept in", "matches", "query"), rows)
    else:
        click.echo("no saved searches; add one: pactwatch alerts add nk-engagers '\"NK cell engager\"'", err=True)


def _as_json(search: Search) -> Json:
    return {
        "key": search.key,
        "query": search.query,
        "to": list(search.to),
        "urgent": search.urgent,
        "owner": search.owner or next(iter(search.to), ""),
        "kept_in": search.origin,
        "examples": {"match": list(search.examples.match), "not": list(search.examples.never)},
    }


@command.command("test")
@click.argument("query")
@click.option(
    "--to", multiple=True, metavar="RECIPIENT", help="Who would be told (else everyone of the configuration)."
)
@as_json
@configured
def test(config: Config, *, query: str, to: tuple[str, ...], as_json: bool) -> None:
    """Say what QUERY would have matched among the deals found so far, how often, and beside which other searches."""
    ontology = load().ontology
    parsed = parse(query, ontology)
    means = means_of(load())
    known = [recipient.key for recipient in config.recipients]
    if unknown := next((key for key in to if key not in known), None):
        raise WrongInputError(f"--to {unknown}: the recipients are {', '.join(known) or 'nobody yet'}")
    told = to or tuple(known)
    with existing_store(config) as store:
        subjects, searches = stored(store), saved(config, store)
    others = [(search, parse(search.query, ontology)) for search in searches]
    found = backtest(parsed, subjects, others, means, now=now_utc(), to=told)
    if as_json:
        show_json([_hit(deal, hit) for deal, hit in found.hits])
        return
    rows = [(d.label, d.latest.announced.isoformat(), title(d), _why(hit)) for d, hit in found.hits[:_NEWEST]]
    if rows:
        table(("id", "announced", "deal", "why"), rows)
    for line in (*trying.weeks(found), *trying.overlaps(found)):
        click.echo(line)
    if found.hits:
        click.echo(trying.volume(found, ", ".join(told) or "nobody yet"))
    newest = f"; the newest {_NEWEST} are shown" if len(found.hits) > _NEWEST else ""
    said = f"{len(found.hits)} of {count(found.deals, 'deal')} found so far match {parsed}{newest}"
    click.echo(said, err=True)
    remark(lint(parsed, subjects, means))


@command.command("explain")
@click.argument("query")
@click.argument("what", metavar="URL|DEAL")
@configured
def explain_(config: Config, *, query: str, what: str) -> None:
    """Say why QUERY matches the deals of an article (its URL) or one deal (D12), or why it does not.

    QUERY may be the key of a saved search.
    """
    with existing_store(config) as store:
        queries = {search.key: search.query for search in saved(config, store)}
        parsed = parse(queries.get(query, query), load().ontology)
        found = list(meant(store, what)) if store else []
    if not found:
        raise WrongInputError(f"{what}: no run has made a database yet; `pactwatch run` looks for deals")
    means = means_of(load())
    for subject, note in found:
        name = subject.deal.label if subject.deal.id else what
        for line in trying.explained(explain(parsed, subject, means), name, title(subject.deal)):
            click.echo(one_line(line))
        if note:
            click.echo(f"note: {note}", err=True)


def _hit(deal: Deal, hit: Match) -> Json:
    return {
        "id": deal.label,
        "title": title(deal),
        "announced": deal.latest.announced.isoformat(),
        "why": [{"part": w.part, "words": w.words, "note": w.note} for w in hit.why],
    }


def _why(hit: Match) -> str:
    return ", ".join(dict.fromkeys(why.words for why in hit.why if why.words))
