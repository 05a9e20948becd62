"""The tables. Natural keys are unique constraints; ids are given once, at the first insert, and never used again."""

from __future__ import annotations

from storage.tables.base import metadata
from storage.tables.deals import corrections, deal_keys, deal_marks, deals, reports, stories
from storage.tables.news import articles, entries, feeds, hosts, meta, readings, runs, sources
from storage.tables.people import backlogs, deliveries, matches, recipients, searches, tellings
from storage.tables.versions import refetches, versions
from storage.tables.watched import watches
from storage.tables.ways import revisions

__all__ = [
    "articles",
    "backlogs",
    "corrections",
    "deal_keys",
    "deal_marks",
    "deals",
    "deliveries",
    "entries",
    "feeds",
    "hosts",
    "matches",
    "meta",
    "metadata",
    "readings",
    "recipients",
    "refetches",
    "reports",
    "revisions",
    "runs",
    "searches",
    "sources",
    "stories",
    "tellings",
    "versions",
    "watches",
]
