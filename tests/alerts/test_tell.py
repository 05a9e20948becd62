"""Who is told what of a deal, over everything that can happen to it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.tell import News, Told, changes, event_changes, is_held, is_news, tell
from news.alert import Match, Search, Telling, TellingKind
from news.reading import Announced, Evidence, Money, Royalties, Terms
from news.story import Change, Deal, DealEvent
from tests.alerts.cases import ALL, NOW, SEARCH, telling, told
from tests.stories.reports import DAY, EXPANSION, LICENCE, money, report

WEEK = timedelta(days=7)
HIDDEN = Money(Evidence("undisclosed upfront", 0, 19))
STATED = Change("upfront", "undisclosed", "EUR 25m")
EXPANDED = Change("event", "new", "expansion")
ANNOUNCED = Change("status", "rumoured", "announced")
Said = list[tuple[str, TellingKind, tuple[Change, ...]]]


def at(revision: int, *, kept: bool = True, news: bool = True) -> Deal:
    """Return deal 1 at a revision."""
    return replace(told(), revision=revision, kept=kept, news=news)


def step(
    deal: Deal,
    *earlier: Telling,
    tells: tuple[Change, ...] = (),
    matches: tuple[Match, ...] = (ALL,),
    **searches: Search,
) -> Told:
    """Return what one more report of a deal makes of the tellings."""
    asked = tuple(searches.values()) or (SEARCH,)
    return tell(
        deal=deal, changes=tells, reason="talks only", matches=matches, searches=asked, earlier=earlier, now=NOW
    )


def said(step: Told) -> Said:
    """Return recipients, kinds and changes of new tellings."""
    return [(t.recipient, t.kind, t.changes) for t in step.tellings]


def card(*tells: Change) -> Said:
    return [("ada", "first", tells)]


def update(*tells: Change) -> Said:
    return [("ada", "update", tells)]


def line(*tells: Change) -> Said:
    return [("ada", "perhaps", tells)]


NOTHING: Said = []
PENDING = {state: telling(state, "pending") for state in ("first", "update", "perhaps")}
SUPPRESSED = telling("first", "suppressed")


@pytest.mark.parametrize(
    ("deal", "earlier", "tells", "expected"),
    [
        pytest.param(at(1), (), (), card(), id="a sure deal gets its card"),
        pytest.param(at(1, kept=False), (), (), line(), id="an unsure deal gets a line"),
        pytest.param(at(1, news=False), (), (), NOTHING, id="an archive deal is not told"),
        pytest.param(at(1, kept=False, news=False), (), (), NOTHING, id="nor an unsure one"),
        pytest.param(at(1), (telling("first"),), (), NOTHING, id="a second article attaches in silence"),
        pytest.param(at(1), (PENDING["first"],), (), NOTHING, id="also while the card is pending"),
        pytest.param(at(1, kept=False), (telling("perhaps"),), (), NOTHING, id="a line stands once"),
        pytest.param(at(1, kept=False), (PENDING["perhaps"],), (), NOTHING, id="also while it is pending"),
        pytest.param(at(2), (telling("perhaps"),), (), card(), id="a perhaps that becomes kept gets its card"),
        pytest.param(at(2), (PENDING["perhaps"],), (), card(), id="also while its line is pending"),
        pytest.param(at(2), (telling("perhaps"),), (ANNOUNCED,), card(), id="a rumour that is announced gets its card"),
        pytest.param(at(2), (telling("first"),), (STATED,), update(STATED), id="a sum now stated is an update"),
        pytest.param(at(2), (telling("first"),), (EXPANDED,), update(EXPANDED), id="so is a new event"),
        pytest.param(at(2), (telling("archive"),), (EXPANDED,), update(EXPANDED), id="also after a line in a backlog"),
        pytest.param(at(2), (telling("archive"),), (), NOTHING, id="without one the backlog's line was it"),
        pytest.param(at(2), (), (EXPANDED,), card(), id="an event of a deal that was never told is a card"),
        pytest.param(at(2), (PENDING["first"],), (STATED,), card(), id="first stays first while pending"),
        pytest.param(at(2), (SUPPRESSED,), (), card(), id="what was suppressed was not told"),
        pytest.param(at(2, news=False), (telling("first"),), (STATED,), NOTHING, id="old events are never mailed"),
        pytest.param(
            at(2, kept=False), (telling("first"),), (EXPANDED,), line(EXPANDED), id="an unsure event is a line"
        ),
        pytest.param(at(2, kept=False), (telling("first"),), (STATED,), NOTHING, id="an unsure figure is not told"),
        pytest.param(at(2, kept=False), (PENDING["first"],), (EXPANDED,), NOTHING, id="a line replaces no card"),
        pytest.param(
            at(2, kept=False), (telling("perhaps"),), (EXPANDED,), line(EXPANDED), id="each unsure event once"
        ),
    ],
)
def test_what_is_told(deal: Deal, earlier: tuple[Telling, ...], tells: tuple[Change, ...], expected: Said) -> None:
    decided = step(deal, *earlier, tells=tells)

    assert said(decided) == expected
    replaced = tuple(t.id for t in earlier if t.state == "pending") if expected else ()
    assert decided.superseded == replaced


def test_an_update_while_one_is_pending_tells_both_changes_as_one() -> None:
    first = Change("total", "undisclosed", "EUR 1bn")
    pending = telling("update", "pending", revision=2, number=8, changes=(first, ANNOUNCED))

    decided = step(at(3), telling("first"), pending, tells=(STATED, Change("status", "announced", "closed")))

    assert said(decided) == update(first, Change("status", "rumoured", "closed"), STATED)
    assert decided.superseded == (8,)


def test_an_unsure_event_that_becomes_sure_is_an_update_with_what_its_line_was_about() -> None:
    for state in ("told", "pending"):
        unsure = telling("perhaps", state, revision=2, number=8, changes=(EXPANDED,))

        assert said(step(at(3), telling("first"), unsure)) == update(EXPANDED)


def test_two_searches_of_one_recipient_are_one_telling_and_two_recipients_two() -> None:
    nk, pact = replace(SEARCH, to=("ada", "bob")), Search("pact", "pact", ("ada",), urgent=True)
    decided = step(at(1), matches=(ALL, Match("pact", 1, ())), nk=nk, pact=pact)

    assert [(t.recipient, t.searches, t.urgent) for t in decided.tellings] == [
        ("ada", ("nk", "pact"), True),
        ("bob", ("nk",), False),
    ]
    assert {(t.id, t.deal, t.revision, t.state, t.created_at) for t in decided.tellings} == {(0, 1, 1, "pending", NOW)}


def test_a_search_that_does_not_match_or_is_no_more_tells_nobody() -> None:
    assert step(at(1), matches=()) == Told()
    assert step(at(1), matches=(Match("gone", 1, ()),)) == Told()


def test_a_recipient_who_was_added_later_gets_a_card_where_others_get_the_update() -> None:
    both = replace(SEARCH, to=("ada", "bob"))

    assert said(step(at(2), telling("first"), tells=(EXPANDED,), both=both)) == [
        ("ada", "update", (EXPANDED,)),
        ("bob", "first", ()),
    ]


def test_a_line_says_why_it_is_no_card() -> None:
    assert [t.reason for t in step(at(1, kept=False)).tellings] == ["talks only"]
    assert [t.reason for t in step(at(1)).tellings] == [""]


kinds = st.sampled_from(["first", "update", "perhaps", "archive"])
past_ = st.builds(
    telling,
    kinds,
    st.sampled_from(["told", "suppressed"]),
    revision=st.integers(1, 3),
    number=st.integers(1, 50),
)
pending_ = st.builds(telling, st.sampled_from(["first", "update", "perhaps"]), st.just("pending"), revision=st.just(4))
deals_ = st.builds(at, st.integers(1, 6), kept=st.booleans(), news=st.booleans())
tells_ = st.lists(st.sampled_from([STATED, EXPANDED, ANNOUNCED]), unique=True).map(tuple)


@given(deals_, st.lists(past_, max_size=4), st.lists(pending_, max_size=1), tells_)
def test_done_twice_is_done_once_and_never_two_are_pending(
    deal: Deal, past: list[Telling], pending: list[Telling], tells: tuple[Change, ...]
) -> None:
    earlier = [*past, *pending]
    once = step(deal, *earlier, tells=tells)
    stored = [t for t in earlier if t.id not in once.superseded or t.state != "pending"]
    after = [*stored, *(replace(t, id=99) for t in once.tellings)]

    assert step(deal, *after, tells=tells) == Told()
    assert sum(t.state == "pending" for t in after) <= 1
    assert all(t.revision > e.revision for t in once.tellings for e in earlier)
    assert {t.id for t in earlier if t.state == "pending"} >= set(once.superseded)
    if once.superseded:
        assert once.tellings


@pytest.mark.parametrize(
    ("announced", "since", "expected"),
    [
        (date(2026, 11, 24), None, News(news=True, late=False)),
        (date(2026, 11, 17), None, News(news=True, late=False)),
        (date(2026, 11, 16), None, News(news=False, late=False)),
        (date(2022, 12, 22), None, News(news=False, late=False)),
        (date(2026, 11, 16), NOW - timedelta(hours=1), News(news=False, late=False)),
        (date(2026, 11, 16), NOW - timedelta(days=1), News(news=True, late=True)),
        (date(2026, 10, 1), NOW - timedelta(days=60), News(news=True, late=True)),
        (date(2026, 11, 20), NOW - timedelta(days=60), News(news=True, late=False)),
        (date(2026, 11, 24), NOW + timedelta(days=60), News(news=True, late=False)),
    ],
)
def test_what_is_news_and_what_is_late(announced: date, since: datetime | None, expected: News) -> None:
    assert is_news(announced, since, NOW, WEEK) == expected


def test_any_age_may_be_configured() -> None:
    assert is_news(date(1, 1, 1), None, NOW, timedelta.max) == News(news=True, late=False)
    assert is_news(date(9999, 12, 31), None, datetime(1, 1, 2, tzinfo=UTC), timedelta(0)).news


def event(terms: Terms, *others: Terms) -> DealEvent:
    """Return an event that several articles told with these terms."""
    return DealEvent(5, terms, DAY, tuple(report(n, t) for n, t in enumerate((terms, *others), 1)))


def test_a_sum_that_was_undisclosed_and_is_stated_is_told_with_both_quotes() -> None:
    now = replace(money(25_000_000), evidence=Evidence("EUR 25m", 4, 11))

    assert changes(event(replace(LICENCE, upfront=HIDDEN)), replace(LICENCE, upfront=now)) == (
        Change("upfront", "undisclosed", "EUR 25m", HIDDEN.evidence, now.evidence),
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        pytest.param(LICENCE, replace(LICENCE, total=money(10**9)), id="not mentioned before"),
        pytest.param(LICENCE, replace(LICENCE, upfront=money(26_000_000)), id="stated before"),
        pytest.param(LICENCE, replace(LICENCE, upfront=HIDDEN), id="undisclosed again"),
        pytest.param(replace(LICENCE, upfront=HIDDEN), replace(LICENCE, upfront=None), id="not mentioned again"),
        pytest.param(LICENCE, replace(LICENCE, status="rumoured"), id="a step down"),
        pytest.param(
            replace(LICENCE, status="rumoured"), replace(LICENCE, status="non-binding"), id="talks and letters alike"
        ),
    ],
)
def test_what_is_merely_filled_in_or_repeated_is_not_told(was: Terms, now: Terms) -> None:
    assert changes(event(was), now) == ()


def test_what_any_article_of_the_event_has_told_is_no_change() -> None:
    hidden = replace(LICENCE, upfront=HIDDEN)
    closed = replace(LICENCE, status="closed")

    assert changes(event(hidden, LICENCE), LICENCE) == ()
    assert changes(event(LICENCE, closed), closed) == ()


def test_royalties_that_get_a_rate_and_a_step_up_in_status_are_told() -> None:
    vague, rate = (Royalties("tiered", Evidence("tiered", 0, 6)), Royalties("8%", Evidence("8%", 0, 2), None, LOW))
    was = event(replace(LICENCE, royalties=vague))

    assert changes(was, replace(LICENCE, royalties=rate, status="closed")) == (
        Change("status", "announced", "closed", None, LICENCE.parties[0].evidence),
        Change("royalties", "undisclosed", "8%", vague.evidence, rate.evidence),
    )


LOW = money(8).amount


def test_a_new_event_of_a_known_deal_tells_itself() -> None:
    names = [(c.field, c.was, c.now) for c in event_changes(told((LICENCE, DAY)), EXPANSION)]

    assert names == [("event", "new", "expansion")]


def test_a_rumour_that_is_announced_tells_the_step_and_not_its_figures() -> None:
    rumour = replace(LICENCE, status="rumoured", upfront=HIDDEN)

    assert [(c.field, c.was, c.now) for c in event_changes(told((rumour, DAY)), LICENCE)] == [
        ("status", "rumoured", "announced")
    ]


def test_an_event_that_also_steps_up_tells_both() -> None:
    closing = replace(LICENCE, event="closing", status="closed")

    assert [c.field for c in event_changes(told((LICENCE, DAY)), closing)] == ["event", "status"]


def test_a_second_agreement_like_the_first_is_told_too() -> None:
    assert [c.field for c in event_changes(told((LICENCE, DAY)), LICENCE)] == ["event"]


HOUR = timedelta(hours=1)


def waiting(*tells: Change, kind: TellingKind = "update", urgent: bool = False) -> Telling:
    """Return a pending telling."""
    return telling(kind, "pending", revision=3, changes=tells, urgent=urgent)


@pytest.mark.parametrize(
    ("pending", "last", "held"),
    [
        (waiting(STATED), telling("update", ago=23 * HOUR), True),
        (waiting(EXPANDED), telling("update", ago=23 * HOUR), True),
        (waiting(STATED), telling("update", ago=24 * HOUR), False),
        (waiting(STATED), telling("first", ago=HOUR), False),
        (waiting(STATED), telling("update", "suppressed", ago=HOUR), False),
        (waiting(STATED), telling("update", recipient="bob", ago=HOUR), False),
        (waiting(STATED), replace(telling("update", ago=HOUR), deal=2), False),
        (waiting(STATED, urgent=True), telling("update", ago=HOUR), True),
        (waiting(EXPANDED, urgent=True), telling("update", ago=HOUR), False),
        (waiting(kind="first"), telling("update", ago=HOUR), False),
    ],
)
def test_changes_within_a_day_wait_to_go_out_as_one(pending: Telling, last: Telling, *, held: bool) -> None:
    assert is_held(pending, [last], NOW) == held


def test_a_step_without_parties_is_told_without_words() -> None:
    assert event_changes(told((Terms("license"), DAY)), Terms("license", event="closing"))[0].evidence_now is None


def test_a_step_quotes_its_day_where_the_article_gives_one() -> None:
    day = Evidence("20 November", 0, 11)
    dated = replace(EXPANSION, announced=Announced(DAY, "dateline", day))

    assert event_changes(told((LICENCE, DAY)), dated)[0].evidence_now == day
