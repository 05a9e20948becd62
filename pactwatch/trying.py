"""What `pactwatch alerts test` and `explain` say, as lines: a search on the archive, and on one deal."""

from __future__ import annotations

from collections.abc import Iterator

from alerts.backtest import Backtest
from alerts.explain import Explained
from pactwatch.console import count

_WIDEST = 30


def weeks(found: Backtest) -> Iterator[str]:
    """Yield the hits of each week as a bar, and what is to be expected of the search."""
    most = max((number for _, number in found.weeks), default=0)
    if not most:
        return
    yield "hits per week (by the day announced):"
    for monday, number in found.weeks:
        bar = "#" * -(-number * _WIDEST // max(most, _WIDEST))
        yield f"  {monday.isoformat()}  {number:>3}  {bar}".rstrip()


def overlaps(found: Backtest) -> Iterator[str]:
    """Yield what existing searches have in common with the one that is tried."""
    for each in found.overlaps:
        yield f"overlap: {each.search} finds {each.both} of these {len(found.hits)} too, and {each.own} in all"


def volume(found: Backtest, told: str) -> str:
    """Return the mail that is to be expected; `told` says who would get it."""
    span = count(len(found.weeks), "week")
    already = found.recent - found.new
    known = f", {already} of which other searches of {told} find already" if already else ""
    rate = f"{found.new / len(found.weeks):.1f}".removesuffix(".0")
    return (
        f"expected mail to {told}: about {rate} cards a week ({count(found.recent, 'deal')} in {span}{known}), on "
        f"{count(found.days, 'different day')}"
    )


def explained(found: Explained, deal: str, said: str) -> Iterator[str]:
    """Yield the tree of a search for one deal, and for a miss the smallest change that would have matched."""
    verdict = {True: "matches", False: "does not match", None: "cannot be decided, so does not match"}[found.truth]
    yield f"{deal} {verdict}: {said}"
    yield from (f"  {line}" for line in found.lines)
    if found.truth:
        return
    if found.nearest is None:
        yield "  no small change would have matched"
        return
    yield f"  the smallest change that would have matched: {found.nearest.query}"
    yield from (f"    {change}" for change in found.nearest.changes)
