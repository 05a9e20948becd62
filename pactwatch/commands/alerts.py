"""`pactwatch alerts`: saved searches."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

import click

from alerts.backtest import backtest
from alerts.explain import explain
from alerts.lint import Remark, lint
from alerts.match import Means
from alerts.query import parse
from alerts.subject import Subject
from digest.headline import sentence
from lexicon import load, load_rates
from news.address import canonical
from news.alert import Match, Search
from news.article import Article
from news.contract import Json
from news.reading import Terms
from news.story import Deal, DealEvent
from pactwatch import trying, values
from pactwatch.config import Config, check
from pactwatch.console import WrongInputError, count, one_line, show_json, table
from pactwatch.edit import add_search
from pactwatch.options import as_json, configured, existing_store
from pactwatch.wiring import now_utc
from storage import Store

_NEWEST = 10
_LABEL = re.compile(r"[dD]?([0-9]{1,12})")


@click.group("alerts")
def command() -> None:
    """List the saved searches, add one, test a query, or explain what it makes of a deal."""


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
@click.option(
    "--to", multiple=True, metavar="RECIPIENT", help="Who would be told (else everyone of the configuration)."
)
@as_json
@configured
def test(config: Config, *, query: str, to: tuple[str, ...], as_json: bool) -> None:
    """Say what QUERY would have matched among the deals found so far, how often, and beside which other searches."""
    ontology = load().ontology
    parsed = parse(query, ontology)
    means = Means(load().companies.key, load_rates)
    known = [recipient.key for recipient in config.recipients]
    if unknown := next((key for key in to if key not in known), None):
        raise WrongInputError(f"--to {unknown}: the recipients are {', '.join(known) or 'nobody yet'}")
    told = to or tuple(known)
    with existing_store(config) as store:
        subjects = _subjects(store) if store else []
        saved = store.searches() if store else config.searches
    others = [(search, parse(search.query, ontology)) for search in saved]
    found = backtest(parsed, subjects, others, means, now=now_utc(), to=told)
    if as_json:
        show_json([_hit(deal, hit) for deal, hit in found.hits])
        return
    rows = [(d.label, d.latest.announced.isoformat(), _title(d), _why(hit)) for d, hit in found.hits[:_NEWEST]]
    if rows:
        table(("id", "announced", "deal", "why"), rows)
    for line in (*trying.weeks(found), *trying.overlaps(found)):
        click.echo(line)
    if found.hits:
        click.echo(trying.volume(found, ", ".join(told) or "nobody yet"))
    newest = f"; the newest {_NEWEST} are shown" if len(found.hits) > _NEWEST else ""
    said = f"{len(found.hits)} of {count(found.deals, 'deal')} found so far match {parsed}{newest}"
    click.echo(said, err=True)
    _remark(lint(parsed, subjects, means))


@command.command("explain")
@click.argument("query")
@click.argument("what", metavar="URL|DEAL")
@configured
def explain_(config: Config, *, query: str, what: str) -> None:
    """Say why QUERY matches the deals of an article (its URL) or one deal (D12), or why it does not.

    QUERY may be the key of a saved search.
    """
    saved = {search.key: search.query for search in config.searches}
    with existing_store(config) as store:
        if store is not None:
            saved |= {search.key: search.query for search in store.searches()}
        parsed = parse(saved.get(query, query), load().ontology)
        found = list(_meant(store, what)) if store else []
    if not found:
        raise WrongInputError(f"{what}: no run has made a database yet; `pactwatch run` looks for deals")
    means = Means(load().companies.key, load_rates)
    for subject, note in found:
        name = subject.deal.label if subject.deal.id else what
        for line in trying.explained(explain(parsed, subject, means), name, _title(subject.deal)):
            click.echo(one_line(line))
        if note:
            click.echo(f"note: {note}", err=True)


def _meant(store: Store, what: str) -> Iterator[tuple[Subject, str]]:
    """Yield what a query is held against, with what is to be said of it; raises WrongInputError where nothing is."""
    given = _LABEL.fullmatch(what)
    if given is not None:
        deal = store.deal(int(given[1]))
        if deal is None:
            raise WrongInputError(f"there is no deal D{given[1]}; `pactwatch deals list` shows them")
        yield _with_note(deal, store.articles_of(deal.id))
        return
    known = store.explain(canonical(what))
    if known.article is None or known.reading is None:
        raise WrongInputError(f"{what}: it was not read; `pactwatch explain {what}` says what became of it")
    for deal in known.deals:
        yield _with_note(deal, store.articles_of(deal.id))
    if not known.deals:
        article, reading = known.article, known.reading
        day = article.published or article.fetched_at.date()
        alone = Deal(0, 0, article.fetched_at, False, False, False, (DealEvent(0, Terms(reading.kind), day),))
        yield Subject.of(alone, [article]), f"this is no deal, so that no search is held against it: {reading.reason}"


def _with_note(deal: Deal, articles: Sequence[Article]) -> tuple[Subject, str]:
    gone = sum(not article.text for article in articles)
    note = f"the text of {count(gone, 'article')} was let go; its words cannot be looked for" if gone else ""
    return Subject.of(deal, articles), note


def _hit(deal: Deal, hit: Match) -> Json:
    return {
        "id": deal.label,
        "title": _title(deal),
        "announced": deal.latest.announced.isoformat(),
        "why": [{"part": w.part, "words": w.words, "note": w.note} for w in hit.why],
    }


def _subjects(store: Store) -> list[Subject]:
    return [Subject.of(deal, store.articles_of(deal.id)) for deal in store.deals()]


def _remark(remarks: Iterable[Remark]) -> None:
    """Say what is odd about a search, beside what is asked for."""
    for remark in remarks:
        click.echo(f"note: {remark.part} {remark.said}", err=True)


def _title(deal: Deal) -> str:
    return sentence(deal.latest.terms) or next((r.title for r in deal.latest.reports), deal.label)


def _why(hit: Match) -> str:
    return ", ".join(dict.fromkeys(why.words for why in hit.why if why.words))
