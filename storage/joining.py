"""What a step changes beside its own report: deals and stories that became one, reports that are to be placed again."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from news.contract import terms_to_json
from news.step import StoryStep
from storage.base import batches
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


def _become(connection: Connection, other: int, deal: int) -> None:
    """Let a deal become another; its tellings stay where they are, and what is still to be told is told once."""
    connection.execute(update(stories).where(stories.c.deal == other).values(deal=deal))
    connection.execute(matches.delete().where(matches.c.deal == other))
    both = select(func.max(deals.c.revision), func.min(deals.c.first_seen)).where(deals.c.id.in_((deal, other)))
    revision, first_seen = connection.execute(both).one()
    values = {"revision": revision, "first_seen": first_seen}
    connection.execute(update(deals).where(deals.c.id == deal).values(values))
    connection.execute(update(deals).where(deals.c.id == other).values(merged_into=deal))
    mine = select(tellings.c.recipient, tellings.c.revision).where(tellings.c.deal == deal)
    known = {recipient for recipient, _ in connection.execute(mine.where(tellings.c.state != "suppressed"))}
    taken = {(recipient, number) for recipient, number in connection.execute(mine)}
    waits = select(tellings).where(tellings.c.deal == other, tellings.c.state == "pending").order_by(tellings.c.id)
    for row in connection.execute(waits).mappings().all():
        mended: dict[str, object] = {"deal": deal}
        if row["recipient"] in known or (row["recipient"], row["revision"]) in taken:
            mended = {"state": "suppressed", "reason": f"the deal is D{deal}, which is told already"}
        known.add(row["recipient"])
        connection.execute(update(tellings).where(tellings.c.id == row["id"]).values(mended))
