"""Small dataclasses as JSON columns, and back. The reading contract has its own codec in news.contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, time
from typing import Any

from news.alert import When, Why
from news.article import Fault
from news.contract import evidence_from_json, evidence_to_json
from news.reading import Evidence
from news.step import RunSummary
from news.story import Change

Json = dict[str, Any]


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


def why_to_json(why: Sequence[Why]) -> list[Json]:
    """Return the reasons of a match as JSON."""
    return [{"part": w.part, "words": w.words, "evidence": _evidence_to_json(w.evidence)} for w in why]


def why_from_json(value: Sequence[Mapping[str, Any]]) -> tuple[Why, ...]:
    """Return the reasons that `why_to_json` was given."""
    return tuple(Why(w["part"], w["words"], _evidence_from_json(w["evidence"])) for w in value)


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
