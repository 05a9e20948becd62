"""What is learnt of a source's habit, and when it is looked at again because of it."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pace import CEILING, FLOOR, PRICE, until_next
from crawler.rhythm import begun, hour_of_week, hours, learnt, silence
from crawler.shape import MOST_TRUST, Shape
from news.rhythm import PARTS, WEEK, Rhythm

MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def watched(items: Iterable[datetime], days: float, start: datetime = MONDAY, every: float = 0.5) -> Rhythm:
    """Return the rhythm of a source that was polled every so many hours for days, and had nothing before."""
    left, before = sorted(items), start
    rhythm = begun((), start)
    for number in range(1, int(days * 24 / every) + 1):
        now = start + timedelta(hours=every * number)
        new = [at for at in left if before < at <= now]
        if new:
            rhythm = learnt(rhythm, new, before, now)
        before = now
    return rhythm


def every(step: timedelta, days: float, start: datetime = MONDAY) -> list[datetime]:
    """Return a moment every so often."""
    return [start + step * number for number in range(1, int(timedelta(days=days) / step) + 1)]


def by_chance(step: timedelta, days: float) -> list[datetime]:
    """Return moments at random, one every so often in the mean."""
    draw, at, found = random.Random(7), MONDAY, []  # noqa: S311  # repeated, not secret
    while (at := at + step * draw.expovariate(1)) < MONDAY + timedelta(days=days):
        found.append(at)
    return found


def daily(at: float, weeks: int, days: Sequence[int] = range(5)) -> list[datetime]:
    """Return a moment at an hour of some days of the week (Monday is 0)."""
    return [MONDAY + timedelta(weeks=week, days=day, hours=at) for week in range(weeks) for day in days]


def polls(rhythm: Rhythm, start: datetime, until: datetime) -> list[datetime]:
    """Return when a source that brings nothing is looked at after a poll at `start`."""
    found, now = [], start
    while (now := now + until_next(rhythm, now)) < until:
        found.append(now)
    return found


def test_monday_midnight_is_the_first_hour_of_the_week() -> None:
    assert hour_of_week(hours(MONDAY)) == 0
    assert hour_of_week(hours(MONDAY - timedelta(minutes=1))) == WEEK - 1


def test_a_steady_source_is_looked_at_when_waiting_and_asking_cost_the_least() -> None:
    """For a rate r and a price p the sum r i / 2 + p / i is least at i = sqrt(2 p / r)."""
    rhythm = watched(by_chance(timedelta(minutes=30), 60), 60)
    best = math.sqrt(2 * PRICE / 2)

    waits = [until_next(rhythm, MONDAY + timedelta(days=60, minutes=minute)) for minute in range(0, 1440, 7)]
    mean = sum(waits, timedelta()) / len(waits)

    assert 0.8 * best < mean / timedelta(hours=1) < 1.25 * best


def test_twice_the_polls_are_worth_it_for_a_source_with_four_times_the_items() -> None:
    busy, calm = (watched(by_chance(timedelta(hours=step), 60), 60) for step in (1, 4))
    start, end = MONDAY + timedelta(days=60), MONDAY + timedelta(days=67)

    assert 1.6 < len(polls(busy, start, end)) / len(polls(calm, start, end)) < 2.5


def test_a_source_that_publishes_at_seven_sharp_is_looked_at_just_after_seven() -> None:
    rhythm = watched(daily(7, 10), 70)
    tuesday = MONDAY + timedelta(weeks=10, days=1)

    after = [at - tuesday for at in polls(rhythm, tuesday, tuesday + timedelta(hours=8)) if at.hour == 7]

    assert timedelta(hours=7) < after[0] <= timedelta(hours=7, minutes=10)


def test_nobody_comes_often_at_a_weekend_to_a_source_of_working_days() -> None:
    items = [at + timedelta(hours=hour) for at in daily(8, 8) for hour in range(9)]
    rhythm = watched(items, 56)
    wednesday, saturday = MONDAY + timedelta(weeks=8, days=2), MONDAY + timedelta(weeks=8, days=5)

    at_work = polls(rhythm, wednesday, wednesday + timedelta(days=1))
    at_rest = polls(rhythm, saturday, saturday + timedelta(days=1))

    assert len(at_work) > 2 * len(at_rest)
    assert len([at for at in at_work if 8 <= at.hour < 18]) > len(at_work) / 2


def test_a_habit_that_foretells_nothing_is_not_believed() -> None:
    scattered = watched(by_chance(timedelta(hours=7.3), 60), 60)
    regular = watched(daily(7, 9), 60)

    assert scattered.trust[1] < 0 < regular.trust[1]


def test_a_burst_brings_us_back_sooner_only_where_items_come_in_bursts() -> None:
    def one_burst(at: datetime) -> list[datetime]:
        return [at + timedelta(minutes=10 * number) for number in range(10)]

    starts = [MONDAY + timedelta(days=4.1 * number) for number in range(1, 15)]
    bursty = watched([item for at in starts for item in one_burst(at)], 60)
    single = watched(starts, 60)
    now = MONDAY + timedelta(days=60.5)

    def news(rhythm: Rhythm) -> Rhythm:
        return learnt(rhythm, [now], now - timedelta(hours=1), now)

    assert bursty.crowded > 0.7 * bursty.apart
    assert single.crowded < 0.2 * single.apart
    assert until_next(news(bursty), now) < until_next(bursty, now) / 1.5
    assert until_next(news(single), now) > until_next(single, now) / 1.5


def test_a_dead_source_is_left_for_nearly_a_day_and_one_item_brings_it_back() -> None:
    dead = watched(daily(9, 6), 42)
    now = MONDAY + timedelta(days=300, hours=3)
    revived = learnt(dead, [None] * 3, now - timedelta(days=1), now)

    assert until_next(dead, now) > timedelta(hours=12)
    assert until_next(revived, now) < until_next(dead, now) * 0.75


def test_a_new_source_is_looked_at_about_hourly_and_less_when_nothing_comes() -> None:
    noon = MONDAY + timedelta(hours=12)
    new = begun((), noon)
    a_day, a_month = (until_next(new, noon + timedelta(days=days)) for days in (1, 28))

    assert timedelta(minutes=20) < until_next(new, noon) < timedelta(minutes=90)
    assert until_next(new, noon) < a_day < a_month


def test_the_dates_in_a_first_poll_tell_the_rhythm_so_far() -> None:
    long_watched = watched(daily(7, 8), 56)
    first = begun(daily(7, 8), datetime.fromtimestamp(long_watched.at * 3600, UTC))

    assert first.releases == long_watched.releases == 40
    assert first.level == pytest.approx(long_watched.level, rel=0.01)
    assert first.week == pytest.approx(long_watched.week, rel=0.01)


def test_dates_of_the_future_and_of_the_distant_past_tell_nothing() -> None:
    wrong = (MONDAY + timedelta(days=9), MONDAY - timedelta(days=3000), datetime(1970, 1, 1, tzinfo=UTC), None)

    assert begun(wrong, MONDAY) == begun((), MONDAY)


def test_an_item_without_a_credible_date_came_between_the_two_polls() -> None:
    now = MONDAY + timedelta(hours=10)
    for date in (None, MONDAY - timedelta(days=400), now + timedelta(days=1)):
        rhythm = learnt(begun((), MONDAY), [date], now - timedelta(hours=2), now)

        assert rhythm.last == hours(now - timedelta(hours=1))
        assert sum(rhythm.parts) == 0


def test_a_date_that_all_items_bear_tells_nothing() -> None:
    """Some feeds give every item the moment at which they were built."""
    assert begun([MONDAY - timedelta(minutes=1)] * 195, MONDAY) == begun((), MONDAY)


def test_an_archive_that_is_added_at_once_does_not_count_as_so_much_news() -> None:
    now = MONDAY + timedelta(hours=1)
    for date in (None, now - timedelta(minutes=1)):
        assert learnt(begun((), MONDAY), [date] * 3000, MONDAY, now).level <= 10


def test_not_more_than_half_of_a_feed_is_let_pass_before_the_next_look() -> None:
    rhythm = watched(every(timedelta(minutes=4), 20), 20)
    now = MONDAY + timedelta(days=20)
    slow = until_next(watched(every(timedelta(hours=8), 20), 20), now)

    assert until_next(rhythm, now, window=10) < until_next(rhythm, now) * 1.01
    assert until_next(rhythm, now, window=10) <= max(FLOOR, timedelta(minutes=4 * 5 * 1.3))
    assert until_next(watched(every(timedelta(hours=8), 20), 20), now, window=1) == slow


def test_a_source_is_silent_only_far_beyond_its_longest_silence() -> None:
    weekdays = watched([at + timedelta(hours=hour) for at in daily(8, 8) for hour in range(9)], 56)
    friday = MONDAY + timedelta(weeks=7, days=4, hours=16)

    assert silence(weekdays, friday + timedelta(days=10)) is None
    silent = silence(weekdays, friday + timedelta(days=11))
    assert silent is not None
    assert silent[0] == friday
    assert timedelta(hours=60) < silent[1] <= timedelta(hours=64)


def test_a_monthly_source_is_not_silent_after_two_months() -> None:
    monthly = watched(every(timedelta(days=30.4), 400), 400, every=6)
    last = MONDAY + timedelta(days=30.4 * 13)

    assert silence(monthly, last + timedelta(days=60)) is None
    assert silence(monthly, last + timedelta(days=140)) is not None


@pytest.mark.parametrize("known", [None, begun((), MONDAY), watched(daily(7, 1), 7)])
def test_of_a_source_without_history_nobody_says_that_it_is_silent(known: Rhythm | None) -> None:
    assert silence(known, MONDAY + timedelta(days=4000)) is None


MOMENTS = st.integers(-200 * 1440, 200 * 1440).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
POLLS = st.lists(st.tuples(st.timedeltas(timedelta(), timedelta(days=40)), st.lists(st.none() | MOMENTS, max_size=40)))


@settings(max_examples=60, deadline=None)
@given(first=st.lists(st.none() | MOMENTS, max_size=40), then=POLLS, window=st.none() | st.integers(0, 5000))
def test_whatever_comes_the_wait_is_between_floor_and_ceiling(
    first: list[datetime | None], then: list[tuple[timedelta, list[datetime | None]]], window: int | None
) -> None:
    now = MONDAY
    rhythm = begun(first, now)
    for passed, items in then:
        rhythm = learnt(rhythm, items, now, now + passed)
        now += passed

        assert FLOOR <= until_next(rhythm, now, window=window) <= CEILING
        assert all(-MOST_TRUST <= score <= MOST_TRUST for score in rhythm.trust)
        silence(rhythm, now)


@settings(max_examples=60, deadline=None)
@given(
    week=st.lists(st.floats(0, 1000), min_size=WEEK, max_size=WEEK),
    trust=st.tuples(st.floats(-MOST_TRUST, MOST_TRUST), st.floats(-MOST_TRUST, MOST_TRUST)),
)
def test_the_chances_of_a_week_add_up_to_one(week: list[float], trust: tuple[float, float]) -> None:
    shape = Shape(week, trust)
    guesses: tuple[Callable[[int], float], ...] = (shape.by_day, shape.by_hour, shape.of)

    assert [sum(map(guess, range(WEEK))) for guess in guesses] == [pytest.approx(1.0)] * 3


def test_an_hour_has_as_many_parts_as_are_counted() -> None:
    assert len(Rhythm(0, 0).parts) == PARTS
    assert len(Rhythm(0, 0).week) == WEEK
