"""Write the deals of every search as a feed, for readers that ask for a file and are told nothing."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from digest.brief import brief
from digest.dollars import in_dollars
from digest.feed import Entry, Feed, atom, identity, json_feed
from digest.files import USUAL, whole_file
from jobs.context import Feeds, Pipeline
from lexicon.rates import Source as RatesSource
from news.alert import Match, Search
from news.article import Fault
from news.errors import PactwatchError
from news.story import Deal
from storage import Store

log = logging.getLogger(__name__)

MOST = 100
"""Entries of a feed: readers keep what they have seen."""
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
"""Since when a search without a beginning counts."""


class FeedsError(PactwatchError):
    """The feeds cannot be written."""


def feed_after(pipeline: Pipeline) -> None:
    """Write the feeds where that is configured; what goes wrong is a fault of the run and stops nothing."""
    if pipeline.settings.feeds is None:
        return
    try:
        write_feeds(pipeline.store, pipeline.settings.feeds, pipeline.rates, pipeline.clock())
    except FeedsError as error:
        log.warning("%s", error)
        pipeline.tally.faults.append(("feeds", Fault("feeds not written", str(error))))


def write_feeds(store: Store, into: Feeds, rates: RatesSource, now: datetime) -> list[Path]:
    """Write KEY.atom and KEY.json for each active search; return the files that changed; raises FeedsError."""
    changed = []
    for search in store.searches():
        feed = _feed(store.secret(), search, into.base, _entries(store, search, rates, now))
        for ending, content in (("atom", atom(feed)), ("json", json_feed(feed))):
            path = into.folder / f"{search.key}.{ending}"
            if _write(path, content):
                changed.append(path)
    return changed


def _entries(store: Store, search: Search, rates: RatesSource, now: datetime) -> tuple[Entry, ...]:
    deals = store.newest(search.key, MOST)
    revised = store.revised_at(deals, now)
    matches = [match for match in store.matches(revised) if match.search == search.key]
    return tuple(_entry(store.secret(), deal, matches, rates, revised[deal.id]) for deal in deals)


def _feed(secret: bytes, search: Search, base: str, entries: tuple[Entry, ...]) -> Feed:
    return Feed(
        id=identity(secret, "search", search.key),
        name=search.key,
        title=f"pactwatch: {search.key}",
        about=search.query,
        updated=max((entry.updated for entry in entries), default=search.since or _EPOCH),
        entries=entries,
        base=base,
    )


def _entry(secret: bytes, deal: Deal, matches: Sequence[Match], rates: RatesSource, updated: datetime) -> Entry:
    terms, own = deal.latest.terms, tuple(match for match in matches if match.deal == deal.id)
    event = () if terms.event == "new" else (terms.event,)
    return Entry(
        id=identity(secret, "deal", str(deal.id)),
        brief=brief(deal, own, in_dollars(deal.latest, rates)),
        tags=tuple(dict.fromkeys([terms.kind, *event, *(modality.name for modality in terms.modalities)])),
        published=deal.first_seen,
        updated=max(updated, deal.first_seen),
    )


def _write(path: Path, content: bytes) -> bool:
    """Write a file unless it holds that already: a web server's validators stay good."""
    try:
        if path.is_file() and path.read_bytes() == content:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path, USUAL) as file:
            file.write(content)
    except OSError as error:
        raise FeedsError(f"the feed {path} cannot be written ({error.strerror}); make that folder writable") from error
    return True
