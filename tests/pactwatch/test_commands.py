"""The verbs that show what is stored, on a database with two deals in it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from news.alert import Recipient, When
from news.article import Entry, Fault, Gap
from news.reading import Reading
from news.step import NewEntry, RunSummary
from storage import Store
from tests.jobs.house import LICENCE, NOW, House, sum_of
from tests.pactwatch.conftest import Pact

CONFIG = """\
contact: me@example.org
sources: [{key: ledger, name: Ledger, url: "https://ledger.example/feed", language: en}]
searches: {nk: {query: '"NK cell engager"', to: [me]}}
recipients: {me: {email: me@example.org}}
"""
TOLD = ["seen", "fetched", "read", "deal", "matched", "told", "due again"]
TRIAL = Reading(False, False, 0.02, "en", "trial", "results of a trial are no deal")


@pytest.fixture
def house(pact: Pact, tmp_path: Path) -> House:  # noqa: ARG001  # `pact` makes the folder the current one
    """Give an installation that knows a licence (D1), an article that is no deal, and a failed page."""
    Path("config.yaml").write_text(CONFIG)
    made = House(tmp_path)
    number = made.store.begin_run(made.now)
    made.hears(replace(LICENCE, upfront=sum_of(25_000_000)))
    feed = made.store.feed("ledger")
    assert feed is not None
    entries = [Entry(key, f"https://ledger.example/{key}", f"About {key}") for key in ("trial", "gone")]
    news = [NewEntry(e, e.link, e.title, made.now, made.now) for e in entries]
    trial, gone = made.store.record_poll(feed, news)
    article = replace(made.store.articles_of(1)[0], address=trial.address, title="A trial", text="Results.")
    stored = made.store.record_article(trial.id, article, "another")
    made.store.record_reading(stored.id, "test", TRIAL)
    made.store.record_failure(gone.id, Fault("http 404", "Not Found"), None)
    made.store.end_run(number, RunSummary(made.now, made.now, polled=1, articles=2, deals=1))
    return made


def shown(pact: Pact, *arguments: str) -> Any:  # noqa: ANN401  # whatever JSON holds
    return json.loads(pact(*arguments, "--json").stdout)


def test_deals_show_prints_the_contract_with_the_address_beside_each_evidence(pact: Pact, house: House) -> None:
    deal = shown(pact, "deals", "show", "D1")

    contract = ["id", "revision", "first_seen", "kind", "deal", "usd", "articles", "matches"]
    assert list(deal) == [*contract, "state", "timeline", "sources", "versions", "corrections", "related"]
    assert (deal["id"], deal["revision"], deal["kind"]) == ("D1", 1, "license")
    assert datetime.fromisoformat(deal["first_seen"]) == house.now
    assert deal["deal"]["upfront"]["amount"] == 25_000_000.0
    converted = deal["usd"]["upfront"]
    assert list(deal["usd"]) == ["upfront"]
    assert converted["amount"] == pytest.approx(25_000_000 * converted["rate"], rel=0.02)
    assert abs(date.fromisoformat(converted["rate_date"]) - NOW.date()) <= timedelta(days=35)
    assert deal["deal"]["parties"][0]["evidence"]["url"] == "https://ledger.example/1"
    (article,) = deal["articles"]
    assert article == {
        "url": "https://ledger.example/1",
        "title": "Harrow and Northpoint, part 1",
        "outlet": "Ledger",
        "published": NOW.date().isoformat(),
    }
    assert [match["search"] for match in deal["matches"]] == ["nk"]
    assert deal["matches"][0]["why"][0]["words"]


@pytest.mark.usefixtures("house")
def test_deals_show_takes_the_id_with_and_without_its_letter(pact: Pact) -> None:
    card = pact("deals", "show", "1").stdout

    assert card == pact("deals", "show", "d1").stdout
    assert "Northpoint Bio" in card
    assert "EUR 25m" in card
    assert "1 new deal" not in card, "the card, not a digest around it"


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(("number", "words"), [("D9", "there is no deal D9"), ("nine", "'nine' is no id of a deal")])
def test_a_deal_that_is_not_there_is_wrong_input(pact: Pact, number: str, words: str) -> None:
    assert words in pact("deals", "show", number, status=2).stderr


@pytest.mark.usefixtures("house")
def test_deals_list_is_a_table_in_a_pipe_and_an_array_as_json(pact: Pact) -> None:
    header, row = pact("deals", "list", "--matched").stdout.splitlines()

    assert header.split() == ["id", "announced", "state", "deal"]
    assert row.split()[:3] == ["D1", NOW.date().isoformat(), "news"]
    assert [deal["id"] for deal in shown(pact, "deals", "list")] == ["D1"]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize(
    ("url", "decision", "reason", "steps"),
    [
        ("https://ledger.example/1?utm_source=x", "kept", "it says so", TOLD),
        ("https://ledger.example/trial", "dropped", "results of a trial are no deal", ["seen", "fetched", "read"]),
        ("https://ledger.example/gone", "failed", "http 404: Not Found", ["seen", "tried", "failed"]),
        ("https://ledger.example/never", "never seen", "no feed that was polled has brought this address", []),
    ],
)  # fmt: skip
def test_explain_says_what_became_of_an_address_and_why(
    pact: Pact, url: str, decision: str, reason: str, steps: list[str]
) -> None:
    found = shown(pact, "explain", url)

    assert list(found) == ["url", "decision", "reason", "steps"]
    assert (found["decision"], found["reason"]) == (decision, reason)
    assert [step["step"] for step in found["steps"]] == steps
    assert f"{decision}: {reason}" in pact("explain", url).stdout


def test_explain_refuses_what_is_no_address(pact: Pact) -> None:
    Path("config.yaml").touch()

    assert "no http or https address" in pact("explain", "ledger", status=2).stderr


def test_questions_make_no_database(pact: Pact, tmp_path: Path) -> None:
    Path("config.yaml").write_text(CONFIG)

    for question in ("status", "deals list", "alerts list", "alerts test x", "explain https://a.example"):
        pact(*question.split())

    assert [path.name for path in tmp_path.iterdir()] == ["config.yaml"]


def test_status_says_what_happened_what_is_due_and_what_fails(pact: Pact, house: House) -> None:
    feed = house.store.feed("ledger")
    assert feed is not None
    far = datetime.now(feed.last_success_at.tzinfo if feed.last_success_at else None) + timedelta(days=3)
    house.store.record_poll(replace(feed, fault=Fault("http 500", "broken"), failures=2, next_poll_at=far), ())

    said = pact("status").stdout
    assert "1 polled, 2 articles, 1 new deal" in said
    assert "0 sources of 1, the next at" in said
    assert "http 500: broken" in said
    found = shown(pact, "status")
    assert found["last_run"]["articles"] == 2
    assert found["recipients"][0] | {"last": None} == {
        "key": "me", "when": "each-run", "pending": 1, "last": None, "next": None,
    }  # fmt: skip
    assert [item["source"] for item in found["failing"]] == ["ledger"]


def test_status_shows_of_which_sources_items_may_be_lost(pact: Pact, house: House) -> None:
    feed = house.store.feed("ledger")
    assert feed is not None
    house.store.record_poll(replace(feed, gap=Gap(house.now - timedelta(hours=2), house.now)), ())

    assert "items may be lost" in pact("status").stdout
    (gap,) = shown(pact, "status")["gaps"]
    assert (gap["source"], gap["at"], gap["backfill"]) == ("ledger", house.now.isoformat(), True)


def test_status_names_a_run_that_did_not_end(pact: Pact, house: House) -> None:
    house.store.begin_run(house.now)

    said = pact("status").stdout
    assert "1 polled, 2 articles, 1 new deal" in said
    assert "at work, or ended half-way" in said


@pytest.mark.usefixtures("house")
def test_alerts_test_says_what_matched_and_by_which_words(pact: Pact) -> None:
    done = pact("alerts", "test", '"NK cell engagers" AND licensee:Harrow')

    assert done.stdout.splitlines()[1].startswith("D1")
    assert "NK cell engager" in done.stdout
    assert "1 of 1 deal found so far match" in done.stderr
    assert [deal["id"] for deal in shown(pact, "alerts", "test", "harrow")] == ["D1"]
    assert shown(pact, "alerts", "test", "antibody") == []


def test_an_invalid_query_is_refused_with_its_place(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG)

    for verb in (["alerts", "test"], ["alerts", "add", "new"]):
        said = pact(*verb, "a AND b OR c", status=2).stderr.splitlines()
        assert said[2].index("^") == said[1].index("OR")
    assert Path("config.yaml").read_text() == CONFIG


@pytest.mark.usefixtures("house")
def test_alerts_test_remarks_on_what_can_never_matter(pact: Pact) -> None:
    said = pact("alerts", "test", "status:announced AND NOT status:rumoured").stderr

    assert "note: NOT status:rumoured can never matter: status:announced excludes it already" in said


@pytest.mark.usefixtures("house")
def test_alerts_list_counts_the_matches(pact: Pact) -> None:
    (search,) = shown(pact, "alerts", "list")

    asked = {"key": "nk", "query": '"NK cell engager"', "to": ["me"], "urgent": False, "owner": "me"}
    assert search == {**asked, "kept_in": "file", "examples": {"match": [], "not": []}, "matches": 1}


def test_a_newcomer_adds_a_search_and_its_reader_in_one_go(pact: Pact) -> None:
    pact("init")
    assert "--to" in pact("alerts", "add", "nk", '"NK cell engager"', status=2).stderr

    change = pact("alerts", "add", "nk", '"NK cell engager"', "--to", "Ana.Berg@example.org").stdout
    pact("alerts", "add", "cd3", "CD3 bispecific")

    assert "+  ana-berg: {email: " in change
    assert [(s["key"], s["to"]) for s in shown(pact, "alerts", "list")] == [("nk", ["ana-berg"]), ("cd3", ["ana-berg"])]
    assert "# Your e-mail address" in Path("config.yaml").read_text()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nk", "x"], "there is a search 'nk' already"),
        (["a b", "x"], "'a b': a key is letters"),
        (["b", "x", "--to", "mee"], "the recipients are me; did you mean me?"),
        (["b", "x", "--to", "me@"], "--to me@: it is an e-mail address"),
    ],
)
def test_a_search_that_cannot_be_added_says_why(pact: Pact, arguments: list[str], words: str) -> None:
    Path("config.yaml").write_text(CONFIG)

    assert words in pact("alerts", "add", *arguments, status=2).stderr


@pytest.mark.usefixtures("house")
def test_sources_list_shows_the_state_of_each(pact: Pact) -> None:
    (source,) = shown(pact, "sources", "list")

    assert (source["key"], source["confirmed"], source["fault"]) == ("ledger", True, None)
    assert pact("sources", "list").stdout.splitlines()[1].split()[:3] == ["ledger", "own", "Ledger"]
    assert len(shown(pact, "sources", "list", "--catalogue")) >= 40


def test_sources_add_names_what_is_wrong_by_its_own_name(pact: Pact) -> None:
    pact("init")

    url = pact("sources", "add", "ledger.example", "--key", "ledger", status=2).stderr
    key = pact("sources", "add", "https://ledger.example/feed", "--key", "a b", status=2).stderr
    language = pact("sources", "add", "https://ledger.example/feed", "--language", "?", status=2).stderr

    assert url == "pactwatch: URL 'ledger.example': it is an address that begins with http:// or https://\n"
    assert key.startswith("pactwatch: --key 'a b': a key is letters")
    assert language.startswith("pactwatch: --language '?': it is a language code")


def test_a_list_that_is_too_long_is_refused_and_not_cut_off(pact: Pact, tmp_path: Path) -> None:
    pact("init")
    (tmp_path / "feeds.opml").write_bytes(b"<opml>" + b" " * (10 << 20))

    said = pact("sources", "import", "feeds.opml", status=2).stderr

    assert "more than 10 MiB is no list of feeds" in said


def test_sources_add_without_a_check_makes_a_key_of_the_address(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG)

    pact("sources", "add", "https://feeds.ledger.example/more", "--no-check")
    pact("sources", "add", "https://wire.example/rss", "--no-check", "--key", "wire", "--name", "The Wire: news")

    assert [(s["key"], s["name"]) for s in shown(pact, "sources", "list")] == [
        ("ledger", "Ledger"),
        ("ledger-2", "feeds.ledger.example"),
        ("wire", "The Wire: news"),
    ]
    again = pact("sources", "add", "https://wire.example/rss#top", "--no-check", status=2).stderr
    assert "is watched already, as wire" in again


def test_init_leaves_a_file_alone_that_is_there(pact: Pact) -> None:
    pact("init", "sub")
    Path("sub/config.yaml").write_text("contact: me@example.org\n")

    assert "stays as it is" in pact("init", "sub", status=2).stderr
    assert Path("sub/config.yaml").read_text() == "contact: me@example.org\n"


@pytest.mark.usefixtures("house")
def test_digest_preview_shows_what_is_pending_and_leaves_it_pending(pact: Pact) -> None:
    said = pact("digest", "preview", "me", "--html", "page.html").stdout

    assert "Northpoint Bio" in said
    assert "EUR 25m" in said
    assert "<html" in Path("page.html").read_text().lower()
    assert shown(pact, "status")["recipients"][0]["pending"] == 1
    assert "name a recipient" in pact("digest", "preview", "you", status=2).stderr


def test_digest_test_without_a_mail_server_says_what_to_add(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG)

    assert "mail: {host" in pact("digest", "test", "me@example.org", status=2).stderr


def test_a_login_without_its_password_says_where_the_password_goes(pact: Pact) -> None:
    Path("config.yaml").write_text(CONFIG + "mail: {host: smtp.example.org, from: p@example.org, username: desk}\n")

    assert "PACTWATCH_MAIL__PASSWORD" in pact("digest", "test", "me@example.org", status=2).stderr
    assert "no run yet" in pact("status").stdout, "who asks for nothing to be sent needs no password"


@pytest.mark.usefixtures("house")
def test_db_check_and_upgrade_find_a_whole_database(pact: Pact) -> None:
    assert "whole" in pact("db", "check").stdout
    assert "up to date" in pact("db", "upgrade").stdout


def test_db_check_of_nothing_is_wrong_input_and_of_something_else_an_error(pact: Pact) -> None:
    Path("config.yaml").touch()
    assert "does not exist yet" in pact("db", "check", status=2).stderr
    Path("pactwatch.db").write_text("this is no database, but a text that is long enough to be one\n" * 20)

    assert "not a database" in pact("db", "check", status=1).stderr


def test_doctor_names_all_that_is_missing_at_once(pact: Pact) -> None:
    pact("init")

    said = pact("doctor", "--offline", status=1).stdout
    assert [line.split()[:2] for line in said.splitlines()] == [
        ["ok", "configuration:"],
        ["error", "contact:"],
        ["warning", "searches:"],
        ["warning", "recipients:"],
        ["ok", "database:"],
    ]


def test_doctor_warns_of_a_digest_that_had_to_wait(pact: Pact) -> None:
    now = datetime.now(UTC)
    hours_ago = [f"{(now - timedelta(hours=hours)).hour:02}:00" for hours in (2, 14)]
    Path("config.yaml").write_text(
        CONFIG.replace("me@example.org}", f'me@example.org, when: "{",".join(hours_ago)}"}}')
    )
    with Store.open("pactwatch.db") as store:
        store.configure((), (), (Recipient("me", "me@example.org", When("each-run")),), now - timedelta(days=3))

    said = pact("doctor", "--offline").stdout

    assert "warning  schedule: me's digest was due" in said
    assert "every half hour" in said
