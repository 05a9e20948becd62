"""What people say of deals, and what follows from it for them: each one transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select, update

from news.step import Correction, CorrectionStep, RereadDeal
from news.story import Deal
from storage.base import Database
from storage.corrections import correction_of, correction_row, said_of
from storage.deals import insert_telling, report_row, story_row
from storage.rereading import rewrite_followers
from storage.tables import corrections, deals, reports, stories, tellings


class Correcting(Database):
    """The layer of corrections."""

    def correct(self, correction: Correction) -> Correction:
        """Store what a person says a deal is, and nothing that follows from it; returns it with its id."""
        with self._write() as connection:
            return _said(connection, correction)

    def corrections(self, deal: int) -> tuple[Correction, ...]:
        """Return what people said about a deal and about its events, in that order, undone or not."""
        told = select(stories.c.id).where(stories.c.deal == deal)
        with self._read() as connection:
            return said_of(connection, [deal], connection.scalars(told).all())

    def correction(self, number: int) -> Correction | None:
        """Return what a person said, by its id."""
        with self._read() as connection:
            row = connection.execute(select(corrections).where(corrections.c.id == number)).mappings().first()
            return None if row is None else correction_of(row)

    def row_of(self, number: int) -> Deal | None:
        """Return a deal as its row is, without events, whatever it became."""
        with self._read() as connection:
            row = connection.execute(select(deals).where(deals.c.id == number)).mappings().first()
            return None if row is None else Deal(**row, events=())

    def record_correction(self, step: CorrectionStep) -> tuple[Correction, ...]:
        """Store what a person says with what follows from it; returns the corrections with their ids."""
        with self._write() as connection:
            said = tuple(_said(connection, correction) for correction in step.corrections)
            if step.undone is not None:
                taken_back = update(corrections).where(corrections.c.id == step.undone)
                connection.execute(taken_back.values(undone_at=step.corrections[0].when))
            for number, story in step.moved:
                connection.execute(update(corrections).where(corrections.c.id == number).values(story=story))
            for item in step.deals:
                _rewrite(connection, item)
            replaced = tellings.c.id.in_(step.superseded) & (tellings.c.state == "pending")
            gone = {"state": "suppressed", "reason": "replaced by a correction before it was sent"}
            connection.execute(update(tellings).where(replaced).values(gone))
            for telling in step.tellings:
                insert_telling(connection, telling)
            return said


def _said(connection: Connection, correction: Correction) -> Correction:
    made = corrections.insert().values(correction_row(correction)).returning(corrections.c.id)
    return replace(correction, id=connection.scalars(made).one())


def _rewrite(connection: Connection, item: RereadDeal) -> None:
    """Write a deal as it is now over what it was; its stories and reports come from wherever they were."""
    deal = item.deal
    values = {name: getattr(deal, name) for name in ("revision", "first_seen", "kept", "news", "late", "merged_into")}
    connection.execute(update(deals).where(deals.c.id == deal.id).values(values))
    for event in deal.events:
        own = {**story_row(event.terms, event.announced), "deal": deal.id}
        connection.execute(update(stories).where(stories.c.id == event.story).values(own))
        for report in event.reports:
            same = (reports.c.article == report.article) & (reports.c.nth == report.nth)
            row = {**report_row(report), "story": event.story}
            connection.execute(update(reports).where(same).values(row))
    rewrite_followers(connection, item)
