"""Who follows a deal is told what becomes of it, even where no saved search matches.

    followed(deal, terms, changes, parties, watches) -> [(Search, Match), …]     for alerts.tell, beside the real ones

A watch is told events and steps in status of the deal that it is about, and any later event of another agreement
between the same parties, which may be the one that is followed under another name: an expansion, an option exercise, a
milestone, an amendment, a closing, a termination. What merely completes or repeats the terms is told by searches alone.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from alerts.tell import ANEW
from news.alert import Match, Search, Watch, Why
from news.reading import Terms
from news.story import Change

PREFIX = "watch:"
"""What a telling has in the place of a search's key where a watch led to it: "watch:D12"; no key holds a colon."""
_BOTH = 2
"""So many parties in common make an agreement one between the same parties."""


def followed(
    deal: int, terms: Terms, changes: Sequence[Change], parties: Collection[str], watches: Sequence[Watch]
) -> list[tuple[Search, Match]]:
    """Return each watch that is to be told of a deal as a search for it and its match.

    `deal` is its id, 0 for a new one; `terms` are those of the event that is reported, `changes` what that tells anew
    of a deal that was known, `parties` the keys of its parties.
    """
    happened = [change.now for change in changes if change.field in ANEW]
    if not happened and deal == 0 and terms.event != "new":
        happened = [terms.event]
    if not happened:
        return []
    said = Why("watched", happened[0])
    return [
        (Search(name, "", (watch.recipient,)), Match(name, deal, (said,)))
        for watch in watches
        for name in (f"{PREFIX}D{watch.deal}",)
        if watch.deal == deal or (terms.event != "new" and len(watch.parties & set(parties)) >= _BOTH)
    ]
