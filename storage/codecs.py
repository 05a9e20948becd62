"""Small dataclasses as JSON columns, and back. The reading contract has its own codec in news.contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import RowMapping

from news.alert import Quiet, Recipient, When, Why
from news.article import Fault, Feed, Gap
from news.contract import evidence_from_json, evidence_to_json
from news.reading import Evidence
from news.rhythm import WEEK, Rhythm
from news.step import RunSummary
from news.story import Change

Json = dict[str, Any]

_FEED = (
    "source", "url", "etag", "last_modified", "body_hash", "next_poll_at", "not_before", "last_polled_at",
    "last_success_at", "failures", "moved_to", "moved_seen", "retired", "validators_from", "items", "digests",
)  # fmt: skip
_RHYTHM = ("since", "at", "level", "recent", "crowded", "apart", "streak", "releases", "last", "longest")


def feed_to_row(feed: Feed) -> Json:
    """Return a feed's columns."""
    gap, fault = feed.gap, feed.fault
    return {
        **{name: getattr(feed, name) for name in _FEED},
        "interval": _seconds(feed.interval),
        "fault_name": fault.name if fault else None,
        "fault_message": fault.message if fault else None,
        "skip_hours": sorted(feed.skip_hours) or None,
        "skip_days": sorted(feed.skip_days) or None,
        "rhythm": None if feed.rhythm is None else rhythm_to_json(feed.rhythm),
        "at_most": _seconds(feed.at_most),
        "gap_since": gap.since if gap else None,
        "gap_at": gap.at if gap else None,
        "backfill": gap.backfill if gap else None,
    }


def feed_from_row(row: RowMapping) -> Feed:
    """Return the feed that `feed_to_row` was given."""
    return Feed(
        **{name: row[name] for name in _FEED},
        interval=_duration(row["interval"]),
        fault=None if row["fault_name"] is None else Fault(row["fault_name"], row["fault_message"] or ""),
        skip_hours=frozenset(row["skip_hours"] or ()),
        skip_days=frozenset(row["skip_days"] or ()),
        rhythm=None if row["rhythm"] is None else rhythm_from_json(row["rhythm"]),
        at_most=_duration(row["at_most"]),
        gap=Gap(row["gap_since"], row["gap_at"], row["backfill"]) if row["gap_at"] else None,
    )


def rhythm_to_json(rhythm: Rhythm) -> Json:
    """Return what is known of a source's habit as JSON, to a thousandth; of the week only the hours that had any."""
    return {
        **{name: round(value, 3) for name in _RHYTHM if (value := getattr(rhythm, name)) is not None},
        "trust": [round(score, 3) for score in rhythm.trust],
        "week": {str(hour): round(count, 3) for hour, count in enumerate(rhythm.week) if count >= 0.001},
        "parts": [round(count, 3) for count in rhythm.parts],
    }


def rhythm_from_json(value: Mapping[str, Any]) -> Rhythm:
    """Return the habit that `rhythm_to_json` was given."""
    week = [0.0] * WEEK
    for hour, count in value["week"].items():
        week[int(hour)] = count
    known = {name: value[name] for name in _RHYTHM if name in value}
    return Rhythm(**known, trust=tuple(value["trust"]), week=tuple(week), parts=tuple(value["parts"]))


def when_to_json(when: When) -> Json:
    """Return a schedule as JSON."""
    return {
        "mode": when.mode,
        "times": [t.isoformat("minutes") for t in when.times],
        "weekdays": sorted(when.weekdays),
    }


def when_from_json(value: Mapping[str, Any]) -> When:
    """Return the schedule that `when_to_json` was given."""
    times = tuple(time.fromisoformat(t) for t in value["times"])
    return When(value["mode"], times, frozenset(value["weekdays"]))


def schedule_to_json(recipient: Recipient) -> Json:
    """Return when a recipient is told, and when not, as JSON."""
    quiet, weekly = recipient.quiet, recipient.weekly
    return {
        **when_to_json(recipient.when),
        "quiet": None if quiet is None else [quiet.start.isoformat("minutes"), quiet.end.isoformat("minutes")],
        "at_most": recipient.at_most,
        "heartbeat": recipient.heartbeat,
        "weekly": None if weekly is None else when_to_json(weekly),
    }


def schedule_from_json(value: Mapping[str, Any]) -> Json:
    """Return the fields of a recipient that `schedule_to_json` was given; early databases hold `when` only."""
    quiet, weekly = value.get("quiet"), value.get("weekly")
    return {
        "when": when_from_json(value),
        "quiet": None if quiet is None else Quiet(*map(time.fromisoformat, quiet)),
        "at_most": value.get("at_most", 0),
        "heartbeat": value.get("heartbeat", False),
        "weekly": None if weekly is None else when_from_json(weekly),
    }


def why_to_json(why: Sequence[Why]) -> list[Json]:
    """Return the reasons of a match as JSON."""
    return [{"part": w.part, "words": w.words, "evidence": _evidence_to_json(w.evidence), "note": w.note} for w in why]


def why_from_json(value: Sequence[Mapping[str, Any]]) -> tuple[Why, ...]:
    """Return the reasons that `why_to_json` was given."""
    return tuple(Why(w["part"], w["words"], _evidence_from_json(w["evidence"]), w.get("note", "")) for w in value)


def changes_to_json(changes: Sequence[Change]) -> list[Json]:
    """Return what an update tells as JSON."""
    return [
        {
            "field": c.field,
            "was": c.was,
            "now": c.now,
            "evidence_was": _evidence_to_json(c.evidence_was),
            "evidence_now": _evidence_to_json(c.evidence_now),
        }
        for c in changes
    ]


def changes_from_json(value: Sequence[Mapping[str, Any]]) -> tuple[Change, ...]:
    """Return the changes that `changes_to_json` was given."""
    return tuple(
        Change(
            field=c["field"],
            was=c["was"],
            now=c["now"],
            evidence_was=_evidence_from_json(c["evidence_was"]),
            evidence_now=_evidence_from_json(c["evidence_now"]),
        )
        for c in value
    )


def summary_to_json(summary: RunSummary) -> Json:
    """Return a run's counts and faults as JSON; its times have columns of their own."""
    counts = {f.name: getattr(summary, f.name) for f in fields(summary) if f.type == "int"}
    return {**counts, "faults": [[name, fault.name, fault.message] for name, fault in summary.faults]}


def summary_from_json(value: Mapping[str, Any], started_at: datetime, ended_at: datetime | None) -> RunSummary:
    """Return the summary that `summary_to_json` was given."""
    counts = {name: number for name, number in value.items() if name != "faults"}
    faults = tuple((name, Fault(fault, message)) for name, fault, message in value.get("faults", ()))
    return RunSummary(started_at=started_at, ended_at=ended_at, faults=faults, **counts)


def _evidence_to_json(evidence: Evidence | None) -> Json | None:
    return None if evidence is None else evidence_to_json(evidence)


def _evidence_from_json(value: Mapping[str, Any] | None) -> Evidence | None:
    return None if value is None else evidence_from_json(value)


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
