from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from news.alert import Delivery, DeliveryState, Recipient, When
from news.article import Fault, Feed, Gap
from news.step import RunSummary
from pactwatch.outcome import State, not_due, status, summary_lines, worse
from pactwatch.overview import not_followed

NOW = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
DOWN = Fault("http 500", "the server is broken")
WELL = Feed("ledger", "https://ledger.example/feed", last_success_at=NOW, last_polled_at=NOW)
ILL = replace(WELL, fault=DOWN)
STRANGER = Feed("stat", "https://stat.example/feed", last_polled_at=NOW, fault=DOWN)
RUN = RunSummary(NOW, polled=2)


def mail(state: DeliveryState, attempts: int = 1) -> Delivery:
    return Delivery(1, "me", "digest", NOW, state, "<a@b>", "s", b"", NOW, attempts=attempts, answer="451 later")


def state(*feeds: Feed, outbox: tuple[Delivery, ...] = ()) -> State:
    return State(feeds, outbox)


def with_fault(*names: str) -> RunSummary:
    return replace(RUN, faults=tuple((name, DOWN) for name in names))


def test_single_sources_may_fail_and_the_run_has_done_its_work() -> None:
    assert status(with_fault("ledger"), state(ILL, STRANGER), strict=False) == 0


def test_strict_lets_any_fault_count_even_that_of_a_page() -> None:
    assert status(with_fault("https://ledger.example/1"), state(WELL), strict=True) == 1
    assert status(RUN, state(WELL), strict=True) == 0


def test_a_run_that_reached_no_source_could_not_do_its_work() -> None:
    assert status(with_fault("ledger", "stat"), state(ILL, STRANGER), strict=False) == 1
    assert status(replace(RUN, polled=0), state(WELL), strict=False) == 0


def test_mail_left_unsent_is_a_failure_until_it_is_sent_or_given_up() -> None:
    for left in ("pending", "leased"):
        assert status(RUN, state(WELL, outbox=(mail(left),)), strict=False) == 1
    assert status(RUN, state(WELL, outbox=(mail("sent"), mail("failed"))), strict=False) == 0
    assert status(replace(RUN, unsent=1), state(WELL, outbox=(mail("refused"),)), strict=False) == 1


def test_what_is_as_it_was_is_not_told_again() -> None:
    ill = state(ILL, STRANGER, outbox=(mail("pending"),))

    assert worse(with_fault("ledger"), ill, ill) == []


def test_a_source_that_fails_and_did_not_before_is_named_with_its_fault() -> None:
    assert worse(with_fault("ledger"), state(WELL), state(ILL)) == ["ledger fails: http 500: the server is broken"]


def test_a_source_that_never_answered_is_named_once_and_is_no_failure() -> None:
    before = state(WELL, replace(STRANGER, fault=None))

    (line,) = worse(with_fault("stat"), before, state(WELL, STRANGER))

    assert line == "not confirmed, as they have never answered: stat (said once)"


def test_a_source_that_is_gone_for_good_is_named_though_it_failed_before() -> None:
    gone = replace(ILL, retired=True)

    assert worse(with_fault("ledger"), state(ILL), state(gone)) == ["ledger fails: http 500: the server is broken"]


SILENT = replace(WELL, fault=Fault("silent", "nothing new since 2026-10-01"))
GAP = replace(WELL, gap=Gap(NOW - timedelta(hours=2), NOW))


def test_a_source_that_answers_and_is_silent_or_has_a_gap_is_no_source_out_of_reach() -> None:
    summary = replace(RUN, polled=1, faults=(("ledger", Fault("silent", "nothing new since 2026-10-01")),))

    assert status(summary, state(SILENT), strict=False) == 0
    assert "ledger answers, but silent: nothing new since 2026-10-01" in summary_lines(summary, state(SILENT))
    assert not any("failed" in line or "could not be read" in line for line in summary_lines(summary, state(SILENT)))


def test_a_gap_is_named_when_it_is_new() -> None:
    (line,) = worse(RUN, state(WELL), state(GAP))

    assert line == "ledger answers, but items between 2026-11-24 12:05 and 2026-11-24 14:05 UTC may be lost"
    assert worse(RUN, state(GAP), state(GAP)) == []
    assert len(worse(RUN, state(GAP), state(replace(GAP, gap=Gap(NOW, NOW + timedelta(days=1)))))) == 1


def test_mail_that_could_not_be_sent_is_named_when_that_is_new_and_when_it_is_given_up() -> None:
    first = worse(RUN, state(), state(outbox=(mail("pending"),)))
    last = worse(RUN, state(outbox=(mail("pending"),)), state(outbox=(mail("failed", 10),)))

    assert first == ["mail to me was not sent, it is kept and tried again: 451 later"]
    assert last == ["mail to me was not sent, it is given up: 451 later"]


def test_not_due_names_the_earliest_time_and_its_zone() -> None:
    feeds = [
        replace(WELL, next_poll_at=NOW + timedelta(minutes=70)),
        replace(STRANGER, next_poll_at=NOW + timedelta(minutes=40)),
        replace(WELL, next_poll_at=NOW, retired=True),
    ]

    assert not_due(feeds, "Europe/Paris", NOW) == "not due before 15:45 CET"
    assert not_due(feeds, "Asia/Dubai", NOW) == "not due before 18:45 +04 (Asia/Dubai)"


def test_not_due_names_the_day_where_it_is_not_today() -> None:
    later = replace(WELL, next_poll_at=NOW + timedelta(hours=20))

    assert not_due([later], "UTC", NOW) == "not due before 2026-11-25 10:05 UTC"


def test_a_forced_run_that_may_not_poll_says_who_asked_for_that() -> None:
    asked = replace(WELL, next_poll_at=NOW + timedelta(hours=9), not_before=NOW + timedelta(hours=1))

    said = not_due([asked], "UTC", NOW, forced=True)

    assert said == "not due before 15:05 UTC, as the publishers asked (Retry-After)"


def test_nothing_to_poll_says_what_to_do() -> None:
    assert "pactwatch sources add URL" in not_due([], "UTC", NOW)


def test_the_summary_says_what_was_done_and_names_what_failed() -> None:
    run = replace(
        with_fault("ledger", "https://wire.example/1"),
        entries=3,
        articles=2,
        kept=1,
        dropped=1,
        deals=1,
        sent=1,
        left=4,
    )

    assert summary_lines(run, state(ILL, outbox=(mail("pending"),))) == [
        "2 sources polled, 3 new entries",
        "2 articles read: 1 kept, 0 perhaps, 1 dropped; 0 duplicates",
        "1 new deal, 1 message sent",
        "4 requests left for the next run",
        "1 source failed: ledger",
        "  ledger: http 500: the server is broken",
        "1 page could not be read; `pactwatch status` names them",
        "1 message could not be sent yet and will be tried again",
    ]


def test_an_idle_run_speaks_of_nothing_but_the_mail_that_it_sent() -> None:
    nothing = RunSummary(NOW)

    assert summary_lines(nothing, state(WELL)) == []
    assert summary_lines(replace(nothing, sent=1), state(WELL)) == ["0 new deals, 1 message sent"]


ANA = Recipient("ana", "ana@example.org", When("times", (datetime(2026, 1, 1, 7, 30).time(),)), "UTC")  # noqa: DTZ001  # a time of day
DUE = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
SINCE = DUE - timedelta(days=10)


def run_at(minutes: float, *, lasts: float | None = 1) -> RunSummary:
    began = DUE + timedelta(minutes=minutes)
    return RunSummary(began, None if lasts is None else began + timedelta(minutes=lasts))


def test_a_digest_that_no_run_followed_within_half_an_hour_is_found() -> None:
    assert not_followed([(ANA, SINCE)], [run_at(-1, lasts=0.5), run_at(31)], NOW) == [(ANA, DUE)]


def test_a_run_soon_after_or_one_under_way_will_do() -> None:
    for run in (run_at(0), run_at(30), run_at(-60, lasts=61)):
        assert not_followed([(ANA, SINCE)], [run], NOW) == []
    assert not_followed([(ANA, SINCE)], [run_at(-60, lasts=None)], NOW, at_work=True) == []


def test_a_run_that_was_killed_before_the_digest_was_due_will_not_do() -> None:
    killed = run_at(-60, lasts=None)

    assert not_followed([(ANA, SINCE)], [killed], NOW) == [(ANA, DUE)]
    assert not_followed([(ANA, SINCE)], [run_at(40, lasts=None), killed], NOW, at_work=True) == [(ANA, DUE)]


def test_nothing_is_found_while_the_half_hour_lasts_nor_before_a_recipient_was_known() -> None:
    assert not_followed([(ANA, SINCE)], [], DUE + timedelta(minutes=29)) == []
    assert not_followed([(ANA, DUE), (ANA, None)], [], NOW) == []
    assert not_followed([(replace(ANA, when=When("each-run")), SINCE)], [], NOW) == []
