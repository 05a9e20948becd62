"""Whether a run still waits for a host."""

from datetime import UTC, datetime, timedelta

from jobs.outlook import Outlook

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
UNTIL = NOW + timedelta(minutes=10)


def test_nothing_open_is_nothing_to_wait_for() -> None:
    outlook = Outlook(timedelta(seconds=5))
    outlook.planned("n.example")
    outlook.done("n.example")

    assert outlook.idle()
    assert not outlook.worth_waiting(NOW, UNTIL)


def test_a_host_that_cannot_be_through_in_time_is_not_waited_for() -> None:
    outlook = Outlook(timedelta(seconds=5))
    for _ in range(90):
        outlook.planned("slow.example")
    assert outlook.worth_waiting(NOW, UNTIL)

    outlook.waits("slow.example", timedelta(seconds=10))

    assert not outlook.idle()
    assert not outlook.worth_waiting(NOW, UNTIL)


def test_a_quick_host_beside_a_slow_one_is_waited_for() -> None:
    outlook = Outlook(timedelta(seconds=5))
    outlook.planned("quick.example")
    for _ in range(90):
        outlook.planned("slow.example")
    outlook.waits("slow.example", timedelta(seconds=10))

    assert outlook.worth_waiting(NOW, UNTIL)
