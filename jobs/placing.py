"""Give every deal of a reading its story and deal, and decide who is told: load, rules, one transaction."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from alerts.match import match
from alerts.query import Query
from alerts.subject import Subject
from alerts.tell import changes, is_news, tell
from jobs.context import Pipeline
from news.alert import Match, Recipient, Search
from news.step import StoryStep, Unplaced
from news.story import Deal, DealEvent, Report
from stories.grouping import Placement, party_keys, place
from stories.terms import absorb, located

log = logging.getLogger(__name__)


def report_of(item: Unplaced) -> Report:
    """Return what a story is made of; the day of announcement falls back to the article's, then to the first sight."""
    article, terms = item.article, item.reading.deals()[item.nth]
    today = article.fetched_at.date()
    day = terms.announced.on if terms.announced else article.published or today
    return Report(
        article=article.id,
        nth=item.nth,
        address=article.address,
        source=article.source,
        outlet=article.outlet,
        title=article.title,
        fetched_at=article.fetched_at,
        announced=min(day, today),
        since=item.entry.since,
        kept=item.reading.keep,
        reason=item.reading.reason,
        terms=located(terms, article.address),
    )
