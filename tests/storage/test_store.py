from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from news.alert import Delivery, Match, Recipient, Search, Telling, When, Why
from news.article import Article, Entry, Fault, Feed, Gap, LedgerEntry, Source
from news.fetch import Host
from news.reading import Announced, Evidence, Money, Named, Party, Prior, Reading, Royalties, Terms
from news.rhythm import WEEK, Rhythm
from news.step import Correction, NewEntry, RunSummary, StoryStep
from news.story import Change, Deal, Report
from storage import Store

NOW = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
WIRE = Source("wire", "The Wire", "https://wire.example/feed", "en", "trade")
ME = Recipient("me", "me@example.org", When("each-run"), "Europe/Paris")
NK = Search("nk", '"NK cell engager"', ("me",))

COUNTS = ((*(0.0,) * 33, 2.125, *(0.0,) * (WEEK - 34)), (1.5, *(0.0,) * 10, 0.25))
QUOTE = Evidence("an upfront payment of €40m", 10, 36, more=(Evidence("€40m", 32, 36),))
TERMS = Terms(
    kind="license",
    event="expansion",
    announced=Announced(date(2026, 3, 28), "dateline", Evidence("28 March 2026", 0, 13)),
    parties=(Party("Orindale", "licensor", Evidence("Orindale", 40, 48)), Party("Sanofi", "licensee", QUOTE)),
    upfront=Money(QUOTE, Decimal(40_000_000), "EUR"),
    milestones=Money(QUOTE, Decimal(1_350_000_000), "EUR", up_to=True, low=Decimal("0.5"), per="product", check=True),
    equity=Money(QUOTE),
    royalties=Royalties("8% to 14%", QUOTE, Decimal(8), Decimal("14.5")),
    targets=(Named("B7-H3", QUOTE),),
    stage=Named("preclinical", QUOTE),
    prior=(Prior(QUOTE, 2016, (("upfront", Money(QUOTE, Decimal(1), "EUR")),)),),
)
READING = Reading(keep=True, perhaps=False, score=0.9, language="en", kind="license", reason="a licence", terms=TERMS)


def configured(store: Store) -> Store:
    store.configure((WIRE,), (NK,), (ME,), NOW)
    return store


def new(guid: str, **changes: object) -> NewEntry:
    entry = Entry(guid, f"https://wire.example/{guid}", f"Title {guid}", published=NOW)
    made = NewEntry(entry, entry.link, f"title {guid}", seen_at=NOW, since=None)
    return replace(made, **changes)  # type: ignore[arg-type]  # names and types are those of the class


def polled(store: Store, *guids: str) -> tuple[LedgerEntry, ...]:
    feed = store.feed("wire")
    assert feed is not None
    return store.record_poll(replace(feed, last_success_at=NOW), [new(guid) for guid in guids])


def stored(store: Store, entry: LedgerEntry) -> Article:
    article = Article(
        0, entry.address, "wire", "The Wire", entry.entry.title, "Ein Text – 株式会社", NOW, published=date(2026, 3, 28)
    )
    return store.record_article(entry.id, article, f"sign {entry.id}")


def step_of(article: Article, **changes: object) -> StoryStep:
    report = Report(
        article.id,
        0,
        article.address,
        "wire",
        "The Wire",
        article.title,
        NOW,
        date(2026, 3, 28),
        None,
        True,
        "why",
        TERMS,
    )
    made = StoryStep(
        report, None, None, TERMS, date(2026, 3, 28), 1, kept=True, news=True, late=False, keys=("orindale", "sanofi"),
        matches=(Match("nk", 0, (Why('"NK cell engager"', "NK-cell engager", QUOTE),)),),
        tellings=(Telling(0, "me", 0, 1, "first", "pending", NOW, ("nk",)),),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]  # names and types are those of the class


def placed(store: Store) -> Deal:
    (entry,) = polled(configured(store), "a")
    article = stored(store, entry)
    store.record_reading(article.id, "1", READING)
    return store.record_story(step_of(article))


def delivery(start: datetime = NOW) -> Delivery:
    return Delivery(0, "me", "digest", start, "pending", "<id@example.org>", "1 deal", b"bytes\r\n", NOW)


def test_the_configuration_comes_back_and_configuring_again_changes_nothing(store: Store) -> None:
    configured(store)
    before = (store.sources(), store.searches(), store.recipients(), store.open_backlogs("me"))
    store.configure((WIRE,), (NK,), (ME,), LATER)
    assert (store.sources(), store.searches(), store.recipients(), store.open_backlogs("me")) == before
    assert before[0] == (WIRE,)
    assert before[1] == (replace(NK, version=1, since=NOW),)
    assert before[2] == (ME,)


def test_a_new_recipient_opens_one_backlog_and_not_one_for_each_source_and_search(store: Store) -> None:
    assert [(o.cause, o.key) for o in configured(store).open_backlogs("me")] == [("recipient", "me")]


def test_a_source_added_later_opens_a_backlog_and_so_does_a_changed_query(store: Store) -> None:
    configured(store)
    changed = replace(NK, query="ANKET")
    store.configure((WIRE, replace(WIRE, key="ledger")), (changed,), (ME,), LATER)
    opened = {(o.cause, o.key, o.added_at) for o in store.open_backlogs("me")}
    assert opened == {("recipient", "me", NOW), ("source", "ledger", LATER), ("search", "nk", LATER)}
    assert store.searches() == (replace(changed, version=2, since=LATER),)


def test_a_source_that_is_configured_no_more_is_not_polled_and_returns_with_its_history(store: Store) -> None:
    polled(configured(store), "a")
    store.configure((), (NK,), (ME,), LATER)
    assert store.feeds() == ()
    assert store.waiting(LATER) == ()
    store.configure((WIRE,), (NK,), (ME,), LATER)
    assert [f.last_success_at for f in store.feeds()] == [NOW]
    assert len(store.waiting(LATER)) == 1


def test_a_new_address_of_a_source_drops_the_validators_and_keeps_the_history(store: Store) -> None:
    feed = configured(store).feeds()[0]
    full = replace(
        feed, etag='"1"', last_modified="x", body_hash="h", interval=timedelta(minutes=90), next_poll_at=LATER,
        last_success_at=NOW, last_polled_at=NOW, failures=2, fault=Fault("http 500", "oops"), moved_to="u",
        moved_seen=1,
    )  # fmt: skip
    store.record_poll(full, ())
    assert store.feed("wire") == full
    store.configure((replace(WIRE, url="https://new.example/feed"),), (NK,), (ME,), LATER)
    moved = Feed("wire", "https://new.example/feed", last_success_at=NOW, last_polled_at=NOW)
    assert store.feed("wire") == moved


def test_a_feed_comes_back_as_it_was_stored(store: Store) -> None:
    configured(store)
    feed = Feed(
        source="wire",
        url="https://wire.example/moved",
        etag='W/"1"',
        last_modified="Tue, 24 Nov 2026 07:00:00 GMT",
        body_hash="h",
        interval=timedelta(minutes=90),
        next_poll_at=LATER,
        not_before=LATER,
        last_polled_at=NOW,
        last_success_at=NOW,
        failures=2,
        fault=Fault("http 500", "broken"),
        moved_to="https://wire.example/next",
        moved_seen=1,
        validators_from="https://cdn.example/feed",
        items=35,
        skip_hours=frozenset({0, 23}),
        skip_days=frozenset({5}),
        rhythm=Rhythm(493056.0, 493080.5, 7.25, 1.5, -0.125, 3.0, (6.0, -2.5), 2, 12, 493080.25, 64.0, *COUNTS),
        at_most=timedelta(hours=1, seconds=0.5),
        gap=Gap(NOW, LATER, backfill=False),
    )

    store.record_poll(feed, ())

    assert store.feed("wire") == feed
    assert store.feeds() == (feed,)


def test_a_feed_of_which_nothing_is_known_comes_back_so(store: Store) -> None:
    assert configured(store).feed("wire") == Feed("wire", WIRE.url)


def test_a_poll_is_stored_once_however_often_it_is_recorded(store: Store) -> None:
    first = polled(configured(store), "a", "b")
    again = polled(store, "a", "b")
    assert [e.entry.guid for e in first] == ["a", "b"]
    assert again == ()
    assert store.waiting(NOW) == first
    assert store.waiting_count() == 2


def test_entries_are_known_again_by_guid_address_or_title(store: Store) -> None:
    polled(configured(store), "a", "b", "c")
    found = store.ledger("wire", {"a"}, {"https://wire.example/b"}, {"title c"})
    assert [e.entry.guid for e in found] == ["a", "b", "c"]
    assert store.ledger("other", {"a"}, set(), set()) == ()


def test_more_entries_than_one_query_takes_are_known_again(store: Store) -> None:
    guids = [f"g{n}" for n in range(1200)]
    polled(configured(store), *guids)
    assert len(store.ledger("wire", set(guids), set(), set())) == 1200


def test_text_that_a_database_cannot_hold_is_stored_without_it(store: Store) -> None:
    feed = configured(store).feeds()[0]
    odd = replace(new("a"), entry=Entry("a", "https://wire.example/a", "nul \x00 half \ud800 end"))
    (entry,) = store.record_poll(feed, [odd])
    assert entry.entry.title == "nul  half  end"


def test_a_failed_page_waits_for_its_time_and_is_given_up_with_a_reason(store: Store) -> None:
    (entry,) = polled(configured(store), "a")
    store.record_failure(entry.id, Fault("http 503", "busy"), LATER)
    assert store.waiting(NOW) == ()
    assert [e.attempts for e in store.waiting(LATER)] == [1]
    store.record_failure(entry.id, Fault("http 404", "not there"), None)
    assert store.waiting(LATER) == ()
    (seen,) = store.explain(entry.address).entries
    assert (seen.decision, seen.reason) == ("failed", "http 404: not there")


def test_a_host_is_remembered(store: Store) -> None:
    assert store.host("wire.example") == Host("wire.example")
    host = Host("wire.example", LATER, b"User-agent: *", 200, NOW)
    store.remember_host(host)
    store.remember_host(host)
    assert store.host("wire.example") == host


def test_an_article_is_found_by_its_address_and_by_its_text(store: Store) -> None:
    one, two = polled(configured(store), "a", "b")
    article = stored(store, one)
    assert article.entries == (one.id,)
    assert article.text == "Ein Text – 株式会社"
    assert store.same_article(one.address, None) == article
    assert store.same_article("https://elsewhere.example/", f"sign {one.id}") == article
    assert store.same_article(two.address, "another") is None
    assert store.record_article(two.id, replace(article, title="again"), "x").id == article.id


def test_what_a_crash_left_unread_or_unplaced_is_found(store: Store) -> None:
    (entry,) = polled(configured(store), "a")
    article = stored(store, entry)
    assert store.waiting(NOW) == ()
    assert store.unread() == (article,)
    store.record_reading(article.id, "1", READING)
    store.record_reading(article.id, "1", READING)
    assert store.unread() == ()
    (item,) = store.unplaced()
    assert (item.article, item.reading, item.nth, item.entry.id) == (article, READING, 0, entry.id)
    store.record_story(step_of(article))
    assert store.unplaced() == ()
    assert store.explain(entry.address).decision == "kept"


def test_a_deal_comes_back_as_it_was_stored(store: Store) -> None:
    deal = placed(store)
    assert deal.latest.terms == TERMS
    assert deal.latest.reports[0].terms == TERMS
    assert (deal.revision, deal.news, deal.kept, deal.first_seen) == (1, True, True, NOW)
    assert store.deal(deal.id) == deal
    assert store.deals_with({"sanofi"}) == (deal,)
    assert store.deals_with({"novartis"}) == ()
    assert store.deals(matched=True) == (deal,)
    (match,) = store.matches({deal.id})
    assert match.why[0].evidence == QUOTE


def test_a_story_step_done_twice_is_done_once(store: Store) -> None:
    deal = placed(store)
    (article,) = (store.explain(deal.latest.reports[0].address).article,)
    assert article is not None
    assert store.record_story(step_of(article)) == deal
    assert len(store.deals()) == 1
    assert len(store.tellings(recipient="me")) == 1


def test_a_newer_telling_takes_the_place_of_one_that_was_not_sent(store: Store) -> None:
    deal = placed(store)
    (entry,) = polled(store, "b")
    article = stored(store, entry)
    (old,) = store.tellings(deal=deal.id)
    change = Change("upfront", "undisclosed", "EUR 40m", None, QUOTE)
    newer = Telling(0, "me", deal.id, 2, "update", "pending", LATER, ("nk",), changes=(change,), urgent=True)
    step = step_of(
        article, deal=deal.id, story=deal.latest.story, revision=2, matches=(), tellings=(newer,), superseded=(old.id,)
    )
    after = store.record_story(step)
    assert after.revision == 2
    assert [r.article for r in after.latest.reports] == [deal.latest.reports[0].article, article.id]
    first, second = store.tellings(deal=deal.id)
    assert (first.state, first.reason) == ("suppressed", "replaced by a newer revision before it was sent")
    assert (second.state, second.changes, second.urgent) == ("pending", (change,), True)


def test_a_delivery_takes_its_tellings_along_and_is_made_once(store: Store) -> None:
    deal = placed(store)
    (telling,) = store.tellings(recipient="me", state="pending")
    opened = store.open_backlogs("me")
    made = store.record_delivery(delivery(), [telling.id], (), opened)
    again = store.record_delivery(replace(delivery(), message=b"other"), [], (), ())
    assert again == made
    assert made.message == b"bytes\r\n"
    assert store.open_backlogs("me") == ()
    (told,) = store.tellings(deal=deal.id)
    assert (told.state, told.delivery) == ("told", made.id)
    assert store.last_window("me", "digest") == NOW
    assert store.last_window("me", "alert") is None


def test_a_message_is_leased_to_one_sender_only(store: Store) -> None:
    configured(store)
    for hour in range(4):
        store.record_delivery(delivery(NOW + timedelta(hours=hour)), (), (), ())
    got: list[int] = []
    ready = threading.Barrier(4)

    def take() -> None:
        ready.wait(10)
        leased = store.lease(NOW, timedelta(minutes=5))
        assert leased is not None
        got.append(leased.id)

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(set(got)) == 4
    assert store.lease(NOW, timedelta(minutes=5)) is None


def test_a_lease_runs_out_and_can_be_taken_back(store: Store) -> None:
    configured(store)
    store.record_delivery(delivery(), (), (), ())
    first = store.lease(NOW, timedelta(minutes=5))
    assert first is not None
    assert store.lease(NOW + timedelta(minutes=4), timedelta(minutes=5)) is None
    second = store.lease(NOW + timedelta(minutes=6), timedelta(minutes=5))
    assert second is not None
    assert (second.id, second.attempts) == (first.id, 2)
    store.release_leases()
    assert [d.state for d in store.deliveries()] == ["pending"]


def test_an_unsent_message_waits_and_a_sent_one_is_not_leased_again(store: Store) -> None:
    configured(store)
    number = store.record_delivery(delivery(), (), (), ()).id
    store.lease(NOW, timedelta(minutes=5))
    store.record_unsent(number, "pending", LATER, "451 later")
    assert store.lease(NOW, timedelta(minutes=5)) is None
    assert store.lease(LATER, timedelta(minutes=5)) is not None
    store.record_sent(number, LATER, "250 ok")
    assert store.lease(LATER + timedelta(days=1), timedelta(minutes=5)) is None
    (sent,) = store.deliveries(recipient="me", state="sent")
    assert (sent.answer, sent.sent_at, sent.attempts) == ("250 ok", LATER, 2)


def test_the_archive_holds_what_matches_and_was_not_told(store: Store) -> None:
    (entry,) = polled(configured(store), "a")
    deal = store.record_story(step_of(stored(store, entry), news=False, tellings=()))
    opened = store.open_backlogs("me")
    assert store.archive("me", opened) == (deal,)
    assert store.archive("me", ()) == ()
    by_source = replace(opened[0], cause="source", key="elsewhere")
    assert store.archive("me", (by_source,)) == ()
    assert store.archive("me", (replace(by_source, key="wire"),)) == (deal,)
    line = Telling(0, "me", deal.id, 1, "archive", "told", NOW)
    store.record_delivery(delivery(), (), (line,), opened)
    assert store.archive("me", opened) == ()


def test_a_changed_search_is_held_against_the_stored_deals_again(store: Store) -> None:
    deal = placed(store)
    assert [s.key for s in store.unmatched()] == ["nk"]
    store.record_matches((), store.unmatched())
    assert store.unmatched() == ()
    assert store.matches({deal.id}) == ()


def test_a_search_that_comes_back_is_held_against_what_came_meanwhile(store: Store) -> None:
    configured(store)
    store.record_matches((), store.unmatched())
    store.close_backlogs(store.open_backlogs("me"), ())
    store.configure((WIRE,), (), (ME,), LATER)
    store.configure((WIRE,), (NK,), (ME,), LATER)
    assert [(s.key, s.version) for s in store.unmatched()] == [("nk", 2)]
    assert [(o.cause, o.key) for o in store.open_backlogs("me")] == [("search", "nk")]


def test_a_backlog_shows_nothing_of_a_search_that_is_the_recipients_no_more(store: Store) -> None:
    deal = placed(store)
    other = replace(ME, key="ann")
    store.configure((WIRE,), (replace(NK, to=("me", "ann")),), (ME, other), LATER)
    store.close_backlogs(store.open_backlogs("ann"), ())
    store.configure((WIRE,), (replace(NK, query="ANKET", to=("me", "ann")),), (ME, other), LATER)
    assert store.archive("ann", store.open_backlogs("ann")) == (deal,)
    mine = Search("mine", "B7-H3", ("ann",))
    store.configure((WIRE,), (replace(NK, query="ANKET"), mine), (ME, other), LATER)
    assert store.archive("ann", store.open_backlogs("ann")) == ()


def test_nothing_is_sent_to_a_recipient_who_was_taken_out(store: Store) -> None:
    configured(store)
    store.record_delivery(delivery(), (), (), ())
    store.configure((WIRE,), (), (), LATER)
    assert store.lease(LATER, timedelta(minutes=10)) is None
    assert [d.state for d in store.deliveries()] == ["failed"]


def test_what_was_not_sent_and_what_was_is_told_apart(store: Store) -> None:
    configured(store)
    for number, state in enumerate(("pending", "refused", "failed", "pending")):
        made = store.record_delivery(delivery(NOW + timedelta(minutes=number)), (), (), ())
        store.record_unsent(made.id, state, None, "no")  # type: ignore[arg-type]  # one of the three
    store.record_sent(4, LATER, "250 taken")
    assert [d.state for d in store.unsent()] == ["pending", "refused", "failed"]
    assert store.last_sent("me") == LATER
    assert store.last_sent("ann") is None
    assert store.delivery(4) == store.deliveries(state="sent")[0]
    assert store.delivery(5) is None
    assert store.last_composed("me", "digest") == NOW
    assert store.last_composed("me", "alert") is None


def test_how_a_first_poll_went_is_counted_apart_from_later_ones(store: Store) -> None:
    feed = configured(store).feeds()[0]
    assert not store.first_poll("wire").done
    items = [new("a"), new("b", decision="not fetched", reason="old"), new("c", decision="not fetched", reason="old")]
    store.record_poll(replace(feed, last_success_at=NOW), items)
    store.record_poll(replace(feed, last_success_at=LATER), [new("d", since=NOW)])
    first = store.first_poll("wire")
    assert (first.read, first.unread, first.waiting, first.done) == (1, 2, 1, True)


def test_old_texts_are_forgotten_and_known_again_all_the_same(store: Store) -> None:
    (entry,) = polled(configured(store), "a")
    article = stored(store, entry)
    assert store.forget_texts(LATER) == 0, "it is still to be read"
    store.record_reading(article.id, "1", READING)
    assert store.forget_texts(NOW) == 0
    assert store.forget_texts(LATER) == 1
    found = store.same_article("https://elsewhere.example/", f"sign {entry.id}")
    assert found == replace(article, text="")


def test_a_never_seen_address_is_explained_as_such(store: Store) -> None:
    assert store.explain("https://never.example/").decision is None


def test_runs_are_accounted_for(store: Store) -> None:
    number = store.begin_run(NOW)
    killed = store.last_runs()[0]
    assert (killed.started_at, killed.ended_at) == (NOW, None)
    done = RunSummary(NOW, LATER, polled=3, kept=1, faults=(("wire", Fault("timeout", "30 s")),))
    store.end_run(number, done)
    assert store.last_runs() == (done,)


def test_what_people_correct_is_kept_in_their_order(store: Store) -> None:
    deal = placed(store)
    said = Correction(0, deal.id, "set", "upfront", "EUR 25m", "ann", NOW, "typing error")
    number = store.correct(said).id
    assert store.corrections(deal.id) == (replace(said, id=number),)


def test_the_secret_is_made_once(store: Store, address: str) -> None:
    secret = store.secret()
    assert len(secret) == 32
    with Store.open(address) as other:
        assert other.secret() == secret


def test_a_copy_holds_everything_and_leaves_the_original_alone(store: Store, tmp_path: Path) -> None:
    deal = placed(store)
    with store.copy(str(tmp_path / "copy.db")) as copy:
        assert copy.deals() == (deal,)
        copy.configure((), (), (), LATER)
        assert copy.sources() == ()
    assert store.sources() == (WIRE,)
