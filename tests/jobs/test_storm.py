"""A mail server that fails now and then, a sender that is killed: nobody lacks a deal or has it in two messages."""

from __future__ import annotations

from pathlib import Path

from tests.jobs.storm import storm


def test_every_recipient_has_every_deal_once_whatever_fails_and_is_killed(tmp_path: Path) -> None:
    """`make bench-outbox` does it with a thousand digests."""
    came = storm(tmp_path, readers=12, rounds=2, deals=2, kills=2)

    assert came.wrong == (), came
    assert (came.digests, came.deals) == (24, 48), came
    assert came.kills >= 2, came
    assert sum(came.faults.values()) >= 1, came
    window = came.kills + sum(number for name, number in came.faults.items() if name.startswith("taken"))
    assert came.twice <= window, "only where an answer was lost"
