"""`pactwatch deals`: what was found so far."""

from __future__ import annotations

import click

from digest.dollars import in_dollars
from digest.headline import figure
from digest.payload import deal_to_json
from digest.wording import zone_of
from lexicon import load, load_rates
from news.contract import Json
from news.story import Deal
from pactwatch import correcting, exporting, watching
from pactwatch.config import Config
from pactwatch.console import one_line, show_json, table
from pactwatch.history import Told, lines, name, state
from pactwatch.options import as_json, configured, existing_store
from pactwatch.stored import deal_of
from pactwatch.timeline import history
from storage import Store
from stories.facts import party_keys
from stories.history import related

_NONE = "no deals yet; `pactwatch run` looks for some"


@click.group("deals")
def command() -> None:
    """List the deals found so far, or show one."""


command.add_command(exporting.command)
command.add_command(watching.watch)
command.add_command(watching.unwatch)
for verb in correcting.COMMANDS:
    command.add_command(verb)


@command.command("list")
@click.option("--matched", is_flag=True, help="Only those that a saved search matches.")
@click.option(
    "--limit", default=50, show_default=True, type=click.IntRange(1), help="So many at most, the newest first."
)
@as_json
@configured
def list_(config: Config, *, matched: bool, limit: int, as_json: bool) -> None:
    """List deals, the newest first."""
    with existing_store(config) as store:
        found = store.deals(matched=matched, limit=limit) if store else ()
        listed = [_json(store, deal) for deal in found] if store and as_json else []
    if as_json:
        show_json(listed)
        return
    if not found:
        click.echo(_NONE, err=True)
        return
    rows = [(d.label, d.latest.announced.isoformat(), state(d), _said(d)) for d in found]
    table(("id", "announced", "state", "deal"), rows)


@command.command("show")
@click.argument("number", metavar="ID")
@as_json
@configured
def show(config: Config, *, number: str, as_json: bool) -> None:
    """Show a deal (D12 or 12) over time: what happened, who told it, and each value with the words behind it.

    Values that contradict each other stand one below the other, each with the articles that state it.
    """
    with existing_store(config) as store:
        deal = deal_of(store, number)
        assert store is not None  # noqa: S101  # it has the deal
        if as_json:
            show_json({**_json(store, deal), **history(_told(store, deal, config.time_zone))})
        else:
            for line in lines(_told(store, deal, config.time_zone)):
                click.echo(one_line(line))


def _json(store: Store, deal: Deal) -> Json:
    """Return a deal as `--json` prints it; its terms are those of the event that is told."""
    told = deal_to_json(deal, store.matches([deal.id]), in_dollars(deal.latest, load_rates))
    articles = [
        {"url": a.address, "title": a.title, "outlet": a.outlet, "published": a.published and a.published.isoformat()}
        for a in store.articles_of(deal.id)
    ]
    return {**told, "articles": articles}


def _said(deal: Deal) -> str:
    said, money = name(deal), figure(deal.latest.terms)
    return f"{said}; {money}" if money else said


def _told(store: Store, deal: Deal, zone: str) -> Told:
    """Return all that is shown of a deal."""
    key = load().companies.key
    others = store.deals_with({k for event in deal.events for k in party_keys(event.terms, key)})
    return Told(
        deal=deal,
        sightings=store.sightings([deal.id])[deal.id],
        corrections=store.corrections(deal.id),
        matches=store.matches([deal.id]),
        related=related(deal, others, lambda terms: party_keys(terms, key)),
        key=key,
        rates=load_rates,
        zone=zone_of(zone),
        versions=store.versions({report.article for event in deal.events for report in event.reports}),
    )
