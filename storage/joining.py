"""What a step changes beside its own report: deals and stories that became one, reports that are to be placed again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, func, select, update

from news.alert import Telling
from news.contract import terms_to_json
from news.step import StoryStep
from storage.base import batches
from storage.codecs import changes_to_json
from storage.engine import insert
from storage.tables import deal_marks, deals, matches, reports, stories, tellings


def write_marks(connection: Connection, marks: Sequence[int], deal: int) -> None:
    """Store the marks by which reports find a deal."""
    if marks:
        rows = [{"mark": mark, "deal": deal} for mark in marks]
        connection.execute(insert(connection, deal_marks).on_conflict_do_nothing(), rows)


def write_joins(connection: Connection, step: StoryStep, deal: int, story: int) -> None:
    """Let stories and deals become those of a step, and let go of the reports that it releases."""
    for article, nth in step.released:
        connection.execute(reports.delete().where(reports.c.article == article, reports.c.nth == nth))
    for event in step.left:
        values = {"kind": event.terms.kind, "terms": terms_to_json(event.terms), "announced": event.announced}
        connection.execute(update(stories).where(stories.c.id == event.story).values(values))
    for some in batches(step.same):
        connection.execute(update(reports).where(reports.c.story.in_(some)).values(story=story))
        connection.execute(stories.delete().where(stories.c.id.in_(some)))
    for other in step.joined:
        _become(connection, other, deal)
    _write_waiting(connection, step.waiting)


def _become(connection: Connection, other: int, deal: int) -> None:
    """Let a deal become another; what was told of it stays where it is."""
    connection.execute(update(stories).where(stories.c.deal == other).values(deal=deal))
    known = select(matches.c.search).where(matches.c.deal == deal)
    mine = matches.c.deal == other
    connection.execute(matches.delete().where(mine, matches.c.search.in_(known)))
    connection.execute(update(matches).where(mine).values(deal=deal))
    both = select(func.max(deals.c.revision), func.min(deals.c.first_seen)).where(deals.c.id.in_((deal, other)))
    revision, first_seen = connection.execute(both).one()
    values = {"revision": revision, "first_seen": first_seen}
    connection.execute(update(deals).where(deals.c.id == deal).values(values))
    connection.execute(update(deals).where(deals.c.id == other).values(merged_into=deal))


def _write_waiting(connection: Connection, waiting: Iterable[Telling]) -> None:
    """Write what is still to be told as it is after deals became one, but what was told meanwhile."""
    for telling in waiting:
        same = (tellings.c.id == telling.id) & (tellings.c.state == "pending")
        row = {name: getattr(telling, name) for name in ("deal", "revision", "state", "reason", "urgent")}
        row |= {"searches": list(telling.searches), "changes": changes_to_json(telling.changes)}
        connection.execute(update(tellings).where(same).values(row))


def last_of(deal: int, became: Mapping[int, int]) -> int:
    """Return what became of a deal in the end; `became` says of which that is so what they turned out to be."""
    seen: set[int] = set()
    while deal in became and deal not in seen:
        seen.add(deal)
        deal = became[deal]
    return deal
