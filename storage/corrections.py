"""What people said of deals, as rows and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, or_, select

from news.contract import terms_from_json, terms_to_json
from news.reading import Terms
from news.step import Correction, Merged
from storage.base import picked
from storage.tables import corrections

_PLAIN = ("deal", "verb", "field", "value", "who", "when", "why", "undone_at", "story")


def said_of(connection: Connection, deals: Sequence[int], stories: Sequence[int]) -> tuple[Correction, ...]:
    """Return what people said about deals and about events, in that order, undone or not."""
    about = or_(corrections.c.deal.in_(deals), corrections.c.story.in_(stories))
    query = select(corrections).where(about).order_by(corrections.c.id)
    return tuple(correction_of(row) for row in connection.execute(query).mappings())


def correction_of(row: RowMapping) -> Correction:
    """Return a correction of its row."""
    return Correction(
        id=row["id"],
        **picked(row, *_PLAIN),
        terms=None if row["terms"] is None else terms_from_json(row["terms"], row["terms"]["kind"]),
        undo=None if row["undo"] is None else _merged_from_json(row["undo"]),
    )


def correction_row(correction: Correction) -> dict[str, Any]:
    """Return a correction's columns but for its id."""
    row = {name: getattr(correction, name) for name in _PLAIN}
    return {**row, "terms": _terms_to_json(correction.terms), "undo": _merged_to_json(correction.undo)}


def _terms_to_json(terms: Terms | None) -> dict[str, Any] | None:
    return None if terms is None else {"kind": terms.kind, **terms_to_json(terms)}


def _merged_to_json(merged: Merged | None) -> dict[str, Any] | None:
    if merged is None:
        return None
    return {"stories": merged.stories, "reports": merged.reports, "corrections": merged.corrections}


def _merged_from_json(value: Mapping[str, Any]) -> Merged:
    return Merged(
        stories=tuple(value["stories"]),
        reports=tuple((article, nth, story) for article, nth, story in value["reports"]),
        corrections=tuple((number, story) for number, story in value["corrections"]),
    )
