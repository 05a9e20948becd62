"""`pactwatch explain URL`: why an article was told or not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import click

from digest.headline import sentence
from news.address import canonical
from news.alert import Telling
from news.article import Article, LedgerEntry
from news.reading import Reading
from news.step import Explanation
from news.story import Deal
from pactwatch.config import Config
from pactwatch.console import moment, one_line, show_json
from pactwatch.options import as_json, configured, existing_store
from pactwatch.wiring import now_utc
from storage import Store

NEVER = "never seen"
_TELLINGS = {
    "first": "as a card",
    "update": "as an update",
    "perhaps": "under Perhaps",
    "archive": "as already out there",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to an article on its way; `at` is None where no time is kept of it."""

    name: str
    what: str
    at: datetime | None = None


@click.command("explain")
@click.argument("url")
@as_json
@configured
def command(config: Config, *, url: str, as_json: bool) -> None:
    """Say what became of the article at URL, step by step, and why.

    An address that was never seen is no error: the decision is then "never seen".
    """
    address = canonical(url)
    with existing_store(config) as store:
        found = Explanation(address) if store is None else store.explain(address)
        steps = [] if store is None else list(_steps(store, found))
    decision, reason = found.decision or NEVER, _reason(found)
    if as_json:
        listed = [{"step": s.name, "what": s.what, "at": s.at and s.at.isoformat()} for s in steps]
        show_json({"url": address, "decision": decision, "reason": reason, "steps": listed})
        return
    now = now_utc()
    click.echo(f"{address}\n{decision}: {one_line(reason)}")
    for step in steps:
        at = f" ({moment(step.at, config.time_zone, now)})" if step.at else ""
        click.echo(f"  {step.name}: {one_line(step.what)}{at}")


def _reason(found: Explanation) -> str:
    """Return why the decision is what it is, in the words of the entry that it belongs to."""
    if found.decision is None:
        return "no feed that was polled has brought this address"
    entry = next(e for e in found.entries if e.decision == found.decision)
    waits = "its page waits to be fetched or read" if entry.decision == "waiting" else "no reason was kept"
    return entry.reason or waits


def _steps(store: Store, found: Explanation) -> Iterator[Step]:
    for entry in found.entries:
        yield from _entry(entry)
    if found.article is not None:
        yield _fetched(found.article)
    if found.reading is not None:
        yield Step("read", _read(found.reading))
    for deal in found.deals:
        yield from _told(store, deal)
    if found.article is not None:
        yield from _fetched_again(store, found.article)


def _entry(entry: LedgerEntry) -> Iterator[Step]:
    first = "" if entry.since else ", at the first poll of that source"
    yield Step("seen", f"in {entry.source}, as {entry.entry.title!r}{first}", entry.seen_at)
    if entry.attempts:
        yield Step("tried", f"{entry.attempts} time(s) without getting the page", entry.not_before)
    if entry.decision in {"duplicate", "not fetched", "failed", "not read"}:
        yield Step(entry.decision, entry.reason)


def _fetched(article: Article) -> Step:
    dated = f", dated {article.published} by the {article.published_from}" if article.published else ""
    kept = "" if article.text else "; its text was let go since"
    wall = f", behind a wall ({article.behind}): a teaser was read" if article.behind else ""
    return Step("fetched", f"{article.address} from {article.outlet}{dated}{wall}{kept}", article.fetched_at)


def _fetched_again(store: Store, article: Article) -> Iterator[Step]:
    """Yield what was seen of the article since, and when its page is asked for again."""
    for version in store.versions([article.id]):
        what = "; ".join(f"{c.field.replace('_', ' ')}: {c.was} → {c.now}" for c in version.changes)
        yield Step(
            "changed", f"by its publisher{f', {what}' if what else '; no value that was told'}", version.replaced_at
        )
    look = store.look(article.id)
    if look is None:
        return
    if look.outcome:
        yield Step("fetched again", look.outcome, look.looked_at)
    if look.due_at is not None and article.text and look.entry.decision in {"kept", "perhaps"}:
        yield Step("due again", "its page is fetched once more", look.due_at)


def _read(reading: Reading) -> str:
    verdict = "kept" if reading.keep else "perhaps" if reading.perhaps else "not kept"
    return f"{verdict}, as {reading.kind} (probability {reading.score:.2f}): {reading.reason}"


def _told(store: Store, deal: Deal) -> Iterator[Step]:
    age = "news" + (", late" if deal.late else "") if deal.news else "archive: announced too long ago to be news"
    said = sentence(deal.latest.terms) or deal.latest.terms.kind
    yield Step("deal", f"{deal.label}, revision {deal.revision}: {said} ({age})", deal.first_seen)
    matches = store.matches([deal.id])
    for match in matches:
        words = ", ".join(dict.fromkeys(why.words for why in match.why if why.words))
        yield Step("matched", f"the search {match.search}{f': {words}' if words else ''}")
    if not matches:
        yield Step("matched", "no saved search")
    for telling in store.tellings(deal=deal.id):
        yield Step("told", _telling(telling), telling.created_at)


def _telling(telling: Telling) -> str:
    reason = f": {telling.reason}" if telling.reason else ""
    state = {"pending": "to be told", "told": "told", "suppressed": "not told"}[telling.state]
    return f"{telling.recipient} {state} {_TELLINGS[telling.kind]}{reason}"
