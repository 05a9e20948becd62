"""A deal over time as JSON: what `deals show --json` has beside the contract."""

from __future__ import annotations

from news.contract import Json
from news.reading import Party
from news.step import Correction
from news.story import DealEvent, Sighting
from news.version import Version
from pactwatch.history import Told, say, state
from stories.history import additions, stated, step


def history(told: Told) -> Json:
    """Return what `deals show --json` has beside the contract: the timeline, the terms of every event, corrections."""
    return {
        "state": state(told.deal),
        "timeline": [_event_to_json(told, event) for event in told.deal.events],
        "sources": [_sighting_to_json(sighting) for sighting in told.sightings],
        "versions": [_version_to_json(told, version) for version in told.versions],
        "corrections": [_correction_to_json(said) for said in told.corrections],
        "related": [other.label for other in told.related],
    }


def _event_to_json(told: Told, event: DealEvent) -> Json:
    return {
        "event": step(event.terms),
        "announced": event.announced.isoformat(),
        "terms": [
            {
                "field": each.field,
                "told": each.told,
                "contradicted": each.contradicted,
                "values": [
                    {
                        "value": say(statement.value),
                        "role": statement.value.role if isinstance(statement.value, Party) else None,
                        "quotes": [
                            {"url": r.address, "outlet": r.outlet, "quote": e.quote} for r, e in statement.places
                        ],
                    }
                    for statement in each.statements
                ],
            }
            for each in stated(event, told.key)
        ],
        "later": [
            {
                "url": a.report.address,
                "outlet": a.report.outlet,
                "what": a.what,
                "field": a.field,
                "value": say(a.value),
            }
            for a in additions(event, told.key)
        ],
    }


def _sighting_to_json(sighting: Sighting) -> Json:
    return {
        "url": sighting.address,
        "outlet": sighting.outlet,
        "title": sighting.title,
        "published": sighting.day.isoformat() if sighting.at is None else sighting.at.isoformat(),
        "seen_at": sighting.seen_at.isoformat(),
    }


def _version_to_json(told: Told, version: Version) -> Json:
    addresses = {report.article: report.address for event in told.deal.events for report in event.reports}
    return {
        "url": addresses.get(version.article),
        "changed_at": version.replaced_at.isoformat(),
        "title_before": version.title,
        "changes": [{"field": c.field, "was": c.was, "now": c.now} for c in version.changes],
    }


def _correction_to_json(said: Correction) -> Json:
    return {
        "id": f"C{said.id}",
        "verb": said.verb,
        "field": said.field or None,
        "value": said.value or None,
        "who": said.who,
        "when": said.when.isoformat(),
        "why": said.why,
        "undone_at": said.undone_at and said.undone_at.isoformat(),
    }
