"""`pactwatch sources standing`: which source is worth reading, by who had which story first."""

from __future__ import annotations

from datetime import timedelta

import click

from pactwatch.config import Config
from pactwatch.console import show_json, table
from pactwatch.options import as_json, configured, existing_store
from pactwatch.wiring import now_utc
from stories.sightings import Standing, standings


@click.command("standing")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How far to look back.")
@as_json
@configured
def standing(config: Config, *, days: int, as_json: bool) -> None:
    """Say of each source how many stories it told, and of which it was first."""
    with existing_store(config) as store:
        found = standings(store.sightings_since(now_utc() - timedelta(days=days))) if store else ()
    if as_json:
        show_json([_json(each) for each in found])
    elif found:
        columns = ("source", "told", "first", "alone", "behind", "name")
        rows = [(s.source, str(s.told), str(s.first), str(s.alone), _lag(s), s.outlet) for s in found]
        table(columns, rows)
    else:
        click.echo(f"no story was told in the last {days} days", err=True)


def _json(found: Standing) -> dict[str, object]:
    hours = None if found.lag is None else round(found.lag / timedelta(hours=1), 1)
    return {
        "source": found.source,
        "name": found.outlet,
        "told": found.told,
        "first": found.first,
        "alone": found.alone,
        "hours_behind": hours,
    }


def _lag(found: Standing) -> str:
    if found.lag is None:
        return "-"
    hours = found.lag / timedelta(hours=1)
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.0f} days"
