"""How a recipient wishes to be told, as config.yaml has it: quiet hours, a cap, heartbeats, summaries; and the mail."""

from __future__ import annotations

from datetime import time, timedelta
from pathlib import Path

import pytest

from news.alert import Quiet, Recipient, When
from news.errors import ConfigurationError
from pactwatch.config import Config, check

HERE = Path("config.yaml")


def read(text: str) -> Config:
    """Return the configuration of a text."""
    return check(HERE, {}, text.encode())


def test_wishes_are_read() -> None:
    wishes = 'when: "07:30 mon-fri", quiet: "22:00-07:00", at_most: 3, empty: heartbeat, weekly: "08:00 mon"'

    (me,) = read(f"recipients: {{me: {{email: me@desk.example, {wishes}}}}}").recipients

    assert me == Recipient(
        "me",
        "me@desk.example",
        When("times", (time(7, 30),), frozenset(range(5))),
        quiet=Quiet(time(22), time(7)),
        at_most=3,
        heartbeat=True,
        weekly=When("times", (time(8),), frozenset({0})),
    )


@pytest.mark.parametrize(
    ("wish", "key", "found", "allowed"),
    [
        ("quiet: '25:00-07:00'", "quiet", "'25:00-07:00'", '"22:00-07:00"'),
        ("quiet: nights", "quiet", "'nights'", '"22:00-07:00"'),
        ("quiet: '07:00-07:00'", "quiet", "'07:00-07:00'", "is the whole day"),
        ("when: '06:00', quiet: '22:00-07:00'", "when", "06:00", "a time outside the quiet hours, 22:00-07:00"),
        ("weekly: '06:00 mon', quiet: '22:00-07:00'", "weekly", "06:00", "a time outside the quiet hours, 22:00-07:00"),
        ("at_most: 0", "at_most", "'0'", "from 1 to 1000"),
        ("empty: heartbeet, when: '08:00'", "empty", "'heartbeet'", "did you mean heartbeat?"),
        ("empty: heartbeat", "empty", "heartbeat", "goes with times of day"),
        ("weekly: '08:00 mon-fri'", "weekly", "'08:00 mon-fri'", 'one day of the week, such as "08:00 mon"'),
        ("weekly: monday", "weekly", "'monday'", 'one day of the week, such as "08:00 mon"'),
        ("weekly: each-run", "weekly", "'each-run'", 'one day of the week, such as "08:00 mon"'),
    ],
)
def test_a_wish_that_cannot_be_kept_is_named_with_what_can(wish: str, key: str, found: str, allowed: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(f"recipients:\n  me: {{email: me@desk.example, {wish}}}")

    (problem,) = raised.value.problems
    assert (problem.line, problem.key, problem.found) == (2, f"recipients.me.{key}", found)
    assert allowed in problem.allowed


@pytest.mark.parametrize(
    ("setting", "key", "allowed"),
    [
        ("unsubscribe: 'http://desk.example/stop'", "unsubscribe", "begins with https://"),
        ("unsubscribe: 'https://desk.example/stop#now'", "unsubscribe", "without a part that begins with #"),
        ("unsubscribe: desk", "unsubscribe", "an e-mail address"),
        ("dkim: 'a b'", "dkim", "the selector of a DKIM key"),
        ("smtputf8: 1", "smtputf8", "true or false"),
    ],
)
def test_a_setting_of_the_mail_that_cannot_be_is_named_with_what_can(setting: str, key: str, allowed: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        read(f"mail:\n  {{host: h.example, from: a@desk.example, {setting}}}")

    (problem,) = raised.value.problems
    assert (problem.line, problem.key) == (2, f"mail.{key}")
    assert allowed in problem.allowed


def test_how_long_messages_are_kept_is_a_duration() -> None:
    assert read("keep_mail: 30d").keep_mail == timedelta(days=30)
    with pytest.raises(ConfigurationError, match=r"line 1: keep_mail: found '30'; .*a number and a unit"):
        read("keep_mail: 30")
