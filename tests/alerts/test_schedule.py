"""When a digest is due, in the recipient's time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.schedule import (
    Window,
    due_window,
    is_quiet,
    midnight,
    next_window,
    parse_quiet,
    parse_when,
    say_quiet,
    say_when,
)
from news.alert import Recipient, When

PARIS = "Europe/Paris"
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def utc(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """Return a moment in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


WEEKDAYS = parse_when("07:30 mon-fri")
TWICE = parse_when("08:00,17:00")


@pytest.mark.parametrize(
    ("when", "now", "window"),
    [
        (WEEKDAYS, utc(11, 24, 6, 30), Window(utc(11, 23, 6, 30), utc(11, 24, 6, 30))),
        (WEEKDAYS, utc(11, 24, 6, 29), Window(utc(11, 20, 6, 30), utc(11, 23, 6, 30))),
        (WEEKDAYS, utc(11, 23, 7), Window(utc(11, 20, 6, 30), utc(11, 23, 6, 30))),
        (WEEKDAYS, utc(11, 22, 12), Window(utc(11, 19, 6, 30), utc(11, 20, 6, 30))),
        (TWICE, utc(11, 24, 12), Window(utc(11, 23, 16), utc(11, 24, 7))),
        (TWICE, utc(11, 24, 16), Window(utc(11, 24, 7), utc(11, 24, 16))),
        (parse_when("09:00 mon"), utc(11, 29, 23), Window(utc(11, 16, 8), utc(11, 23, 8))),
    ],
)
def test_the_window_that_closed_last_is_due(when: When, now: datetime, window: Window) -> None:
    assert due_window(when, PARIS, None, LONG_AGO, now) == window
    assert due_window(when, PARIS, window.start, LONG_AGO, now) == window


def test_a_window_is_delivered_once() -> None:
    now = utc(11, 24, 8)
    window = due_window(WEEKDAYS, PARIS, None, LONG_AGO, now)

    assert window is not None
    assert due_window(WEEKDAYS, PARIS, window.end, LONG_AGO, now) is None
    assert due_window(WEEKDAYS, PARIS, window.end, LONG_AGO, now + timedelta(hours=20)) is None
    assert due_window(WEEKDAYS, PARIS, window.end, LONG_AGO, utc(11, 25, 6, 30)) is not None


def test_what_closed_before_a_recipient_was_added_is_none_of_theirs() -> None:
    assert due_window(WEEKDAYS, PARIS, None, utc(11, 24, 6, 30), utc(11, 24, 9)) is None
    assert due_window(WEEKDAYS, PARIS, None, utc(11, 24, 6, 29), utc(11, 24, 9)) is not None


def test_after_a_downtime_one_window_stands_for_all() -> None:
    window = due_window(WEEKDAYS, PARIS, utc(11, 2, 6, 30), LONG_AGO, utc(11, 24, 9))

    assert window == Window(utc(11, 2, 6, 30), utc(11, 24, 6, 30))


def test_the_first_window_begins_with_the_recipient() -> None:
    added = utc(11, 24, 6)

    assert due_window(WEEKDAYS, PARIS, None, added, utc(11, 24, 7)) == Window(added, utc(11, 24, 6, 30))


def test_a_schedule_that_was_another_before_leaves_nothing_between_two_windows() -> None:
    daily = utc(11, 18, 6, 30)
    weekly = due_window(parse_when("07:30 tue"), PARIS, daily, LONG_AGO, utc(11, 24, 9))

    assert weekly == Window(daily, utc(11, 24, 6, 30))


@pytest.mark.parametrize(
    ("clock", "day", "at"),
    [
        ("07:30", (3, 28), utc(3, 28, 6, 30)),
        ("07:30", (3, 29), utc(3, 29, 5, 30)),
        ("02:30", (3, 29), utc(3, 29, 1, 30)),
        ("02:30", (10, 25), utc(10, 25, 0, 30)),
        ("07:30", (10, 25), utc(10, 25, 6, 30)),
    ],
)
def test_clocks_that_are_moved_skip_nothing_and_repeat_nothing(clock: str, day: tuple[int, int], at: datetime) -> None:
    when = parse_when(f"{clock} daily")
    evening = utc(*day, 20)

    window = due_window(when, PARIS, None, LONG_AGO, evening)
    assert window is not None
    assert window.end == at
    assert due_window(when, PARIS, window.end, LONG_AGO, evening) is None
    assert next_window(when, PARIS, at - timedelta(seconds=1)) == at


def test_two_times_of_which_one_is_jumped_over_stay_in_order() -> None:
    when = parse_when("02:30,03:10")

    assert due_window(when, PARIS, None, LONG_AGO, utc(3, 29, 12)) == Window(utc(3, 29, 1, 10), utc(3, 29, 1, 30))


def test_the_day_is_the_recipients() -> None:
    monday = parse_when("07:00 mon")

    assert next_window(monday, "Pacific/Auckland", utc(11, 22, 12)) == utc(11, 22, 18)
    assert next_window(monday, "America/Los_Angeles", utc(11, 22, 12)) == utc(11, 23, 15)


def test_a_schedule_that_goes_by_runs_has_no_windows() -> None:
    for text in ("each-run", "immediate"):
        assert due_window(parse_when(text), PARIS, None, LONG_AGO, utc(11, 24, 9)) is None
        assert next_window(parse_when(text), PARIS, utc(11, 24, 9)) is None


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("each-run", When("each-run")),
        ("Immediate", When("immediate")),
        ("07:30 mon-fri", When("times", (time(7, 30),), frozenset(range(5)))),
        ("7:30", When("times", (time(7, 30),))),
        ("17:00, 08:00 daily", When("times", (time(8), time(17)))),
        ("08:00 mon,wed,fri", When("times", (time(8),), frozenset({0, 2, 4}))),
        ("08:00 Monday, sat-mon", When("times", (time(8),), frozenset({0, 5, 6}))),
    ],
)
def test_a_schedule_is_read(text: str, when: When) -> None:
    assert parse_when(text) == when
    assert parse_when(say_when(when)) == when


@pytest.mark.parametrize(
    "text",
    ["", "daily", "mon-fri", "24:00", "07:60", "7", "07:30 someday", "mon 07:30", "07:30 mon 08:00", "each-run daily",
     "07:30 mon-", "07:30 -fri", "07:30 daily mon", "07:30:00"],
)  # fmt: skip
def test_what_is_no_schedule_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="write each-run, immediate, or times of day"):
        parse_when(text)


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        ("22:00-07:00", ["22:00", "23:59", "00:00", "06:59"], ["07:00", "12:00", "21:59"]),
        ("12:00 – 13:30", ["12:00", "13:29"], ["11:59", "13:30", "00:00"]),
    ],
)
def test_quiet_hours_are_those_of_the_recipients_clock(hours: str, quiet: list[str], loud: list[str]) -> None:
    reader = Recipient("ana", "ana@desk.example", When("immediate"), "Asia/Tokyo", quiet=parse_quiet(hours))
    tokyo = ZoneInfo("Asia/Tokyo")
    assert parse_quiet(say_quiet(parse_quiet(hours))) == reader.quiet
    for clock in (*quiet, *loud):
        at = datetime.combine(date(2026, 11, 24), time.fromisoformat(clock), tokyo).astimezone(UTC)
        assert is_quiet(reader, at) is (clock in quiet)


@pytest.mark.parametrize("text", ["", "22:00", "22-07", "25:00-07:00", "07:00-07:00", "22:00-07:00 mon"])
def test_what_is_no_quiet_time_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(ValueError, match="write two times of day"):
        parse_quiet(text)


def test_the_day_of_a_cap_begins_at_the_recipients_midnight() -> None:
    assert midnight("America/Los_Angeles", utc(11, 24, 7, 59)) == utc(11, 23, 8)
    assert midnight(PARIS, utc(10, 25, 12)) == utc(10, 24, 22)


schedules = st.builds(
    When,
    st.just("times"),
    st.sets(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1, max_size=3).map(
        lambda times: tuple(sorted(times))
    ),
    st.frozensets(st.integers(0, 6), min_size=1),
)
zones = st.sampled_from([PARIS, "UTC", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata"])
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive


@given(schedules)
def test_a_schedule_reads_back_as_it_is_said(when: When) -> None:
    assert parse_when(say_when(when)) == when


@given(schedules, zones, moments)
def test_windows_follow_each_other_without_a_gap(when: When, zone: str, now: datetime) -> None:
    window = due_window(when, zone, None, datetime.min.replace(tzinfo=UTC), now)
    following = next_window(when, zone, now)

    assert window is not None
    assert following is not None
    assert window.start < window.end <= now < following
    assert next_window(when, zone, window.start) == window.end
    assert next_window(when, zone, window.end) == following
    local = following.astimezone(ZoneInfo(zone))
    moved = local.utcoffset() != (following - timedelta(hours=30)).astimezone(ZoneInfo(zone)).utcoffset()
    assert moved or (local.time() in when.times and local.weekday() in when.weekdays)
