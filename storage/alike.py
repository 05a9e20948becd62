"""Deals of the archive that may be like a given one; which of them are is a rule of alerts/."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, or_, select

from news.reading import Named
from news.story import Deal
from storage.base import Database
from storage.deals import deals_of
from storage.tables import deals, stories

_CANDIDATES = 24


class Alike(Database):
    """What a deal can be held against."""

    def alike(self, deal: Deal) -> tuple[Deal, ...]:
        """Return deals of a deal's stage and of one of its modalities, those that state an upfront first.

        They are some more than a reader is shown, the newest of each sort, and none without a stage or modality.
        """
        terms = deal.latest.terms
        if terms.stage is None or not terms.modalities:
            return ()
        stated = stories.c.terms["upfront"]["amount"].as_string().is_not(None)
        query = (
            select(stories.c.deal)
            .join(deals, deals.c.id == stories.c.deal)
            .where(deals.c.kept, deals.c.merged_into.is_(None), deals.c.id != deal.id)
            .where(stories.c.announced <= deal.latest.announced)
            .where(stories.c.terms["stage"]["name"].as_string() == terms.stage.name)
            .where(or_(*map(_is_of, terms.modalities)))
            .order_by(stated.desc(), stories.c.announced.desc(), stories.c.id.desc())
            .limit(_CANDIDATES)
        )
        with self._read() as connection:
            return deals_of(connection, list(dict.fromkeys(connection.scalars(query))))


def _is_of(modality: Named) -> ColumnElement[bool]:
    """Return the condition that terms have a modality: the list is searched as the text that is stored."""
    named: ColumnElement[str] = stories.c.terms["modalities"].as_string()
    return named.contains(json.dumps(modality.name), autoescape=True)
