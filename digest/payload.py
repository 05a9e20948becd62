"""A digest as JSON: what a webhook gets; and a deal as JSON, there and in what `--json` prints."""

from __future__ import annotations

import json

from digest.dollars import Dollars, in_dollars
from digest.subject import subject
from lexicon.rates import Converted
from lexicon.rates import Source as RatesSource
from news.alert import Card, Digest, Line, Match
from news.contract import Json, evidence_to_json, terms_to_json
from news.reading import Evidence
from news.story import Change, Deal

VERSION = 1
"""Goes up when something that stood in the JSON stands there no more, or means something else."""


def payload(digest: Digest, identity: str, rates: RatesSource) -> bytes:
    """Return the JSON of a digest in UTF-8, the same for the same digest; `identity` is that of the delivery."""
    value: Json = {
        "version": VERSION,
        "id": identity,
        "kind": digest.kind,
        "subject": subject(digest, rates),
        "window_start": digest.window_start.isoformat(),
        "composed_at": digest.composed_at.isoformat(),
        "deals": [_card(card, rates) for card in digest.cards],
        "perhaps": [_line(line) for line in digest.perhaps],
    }
    if digest.backlog is not None:
        block = digest.backlog
        value["already_out_there"] = {"found": block.found, "newest": [_line(line) for line in block.lines]}
    if digest.health is not None:
        failing = [{"source": name, "fault": fault} for name, fault in digest.health.failing]
        value["health"] = {"sources": digest.health.sources, "failing": failing}
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def deal_to_json(deal: Deal, matches: tuple[Match, ...], dollars: Dollars) -> Json:
    """Return a deal as one object; its terms are those of the event that is told."""
    reports = {report.address: report for event in deal.events for report in event.reports}.values()
    return {
        "id": deal.label,
        "revision": deal.revision,
        "first_seen": deal.first_seen.isoformat(),
        "kind": deal.latest.terms.kind,
        "deal": terms_to_json(deal.latest.terms),
        "usd": {name: _usd(converted) for name, converted in dollars.items()},
        "articles": [
            {"url": r.address, "title": r.title, "outlet": r.outlet, "announced": r.announced.isoformat()}
            for r in reports
        ],
        "matches": [
            {"search": match.search, "why": [{"part": why.part, "words": why.words} for why in match.why]}
            for match in matches
        ],
    }


def _card(card: Card, rates: RatesSource) -> Json:
    telling = {"telling": card.telling.kind, "changes": [_change(change) for change in card.telling.changes]}
    return telling | deal_to_json(card.deal, card.matches, in_dollars(card.deal.latest, rates))


def _change(change: Change) -> Json:
    return {
        "field": change.field,
        "was": change.was,
        "now": change.now,
        "evidence_was": _evidence(change.evidence_was),
        "evidence_now": _evidence(change.evidence_now),
    }


def _evidence(evidence: Evidence | None) -> Json | None:
    return None if evidence is None else evidence_to_json(evidence)


def _usd(converted: Converted) -> Json:
    """Return a payment in US dollars, rounded as it is shown, with the European Central Bank's rate and its day."""
    return {
        "amount": float(converted.about),
        "low": None if converted.about_low is None else float(converted.about_low),
        "rate": float(converted.rate),
        "rate_date": converted.on.isoformat(),
    }


def _line(line: Line) -> Json:
    return {
        "id": f"D{line.deal}",
        "title": line.title,
        "url": line.url,
        "outlet": line.outlet,
        "announced": line.announced.isoformat(),
        "reason": line.reason,
    }
