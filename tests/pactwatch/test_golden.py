from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deals.reader import ArticleText
from pactwatch.cases import Case, as_kept, cases_in, known_in, name_of, write
from pactwatch.expectation import corrected, kept_as
from tests.jobs.house import LICENCE, House
from tests.pactwatch.conftest import Pact
from tests.pactwatch.test_commands import CONFIG
from tests.pactwatch.test_read import DEAL

TITLE = "Harrow Pharma licenses NK cell engager from Northpoint Bio"
NAME = "harrow-pharma-licenses-nk-cell-engager-from-northpoint"
WEATHER = "The weather is fine today, and nobody signed anything.\n" * 5


@pytest.fixture
def article(pact: Pact) -> str:  # noqa: ARG001  # `pact` makes the folder the current one
    Path("article.txt").write_text(f"{TITLE}\n\n{DEAL}\n", encoding="utf-8")
    Path("same-title.txt").write_text(f"{TITLE}\n\n{WEATHER}\n", encoding="utf-8")
    return "article.txt"


def expected(name: str = NAME, folder: str = "golden") -> Any:  # noqa: ANN401  # whatever JSON holds
    return json.loads(Path(folder, f"{name}.json").read_text(encoding="utf-8"))


def test_a_case_expects_todays_reading_and_checks_as_such(pact: Pact, article: str) -> None:
    said = pact("golden", article).stdout

    assert said.splitlines()[:2] == [f"golden/{NAME}.txt", f"golden/{NAME}.json"]
    assert expected()["deal"]["upfront"] == {"amount": 25_000_000, "currency": "EUR", "up_to": False}
    assert pact("golden", "--check").stdout == "1 case of 1 read as expected\n"


def test_what_is_said_to_be_right_is_expected_in_place_of_what_is_read(pact: Pact, article: str) -> None:
    settings_ = [
        "upfront=up to $30m", "milestones=none", "option-fee=undisclosed", "royalties=8 to 12.5%", "event=expansion",
        "kind=license; option", "partner=Tarnfield; Oakmere, Ltd", "licensee=none", "targets=CD3; CD123", "prior=2016",
        "stage=phase 1", "territory=none", "status=closed",
    ]  # fmt: skip
    said = pact("golden", article, *(word for setting in settings_ for word in ("--set", setting))).stdout

    found = expected()
    deal = found["deal"]
    assert found["kind"] == ["license", "option"]
    assert deal["upfront"] == {"amount": 30_000_000, "currency": "USD", "up_to": True}
    assert (deal.get("milestones"), deal["option_fee"]) == (None, {"disclosed": False})
    assert deal["royalties"] == {"low": 8, "high": 12.5}
    assert [(p["name"], p["role"]) for p in deal["parties"]] == [
        ("Northpoint Bio", "licensor"), ("Tarnfield", "partner"), ("Oakmere, Ltd", "partner"),
    ]  # fmt: skip
    assert (deal["event"], deal["status"], deal["stage"], deal["territory"]) == ("expansion", "closed", "phase 1", None)
    assert (deal["targets"], deal["prior"]) == (["CD3", "CD123"], [2016])
    assert "upfront: expected up to USD 30,000,000, read EUR 25,000,000" in said
    assert "0 cases of 1 read as expected" in pact("golden", "--check", status=1).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name an ARTICLE"),
        (("nothing.txt",), "'nothing.txt' is no file, no address and no id of an article or a deal (D12)"),
        (("article.txt", "--set", "upfront"), "--set upfront: it is FIELD=VALUE"),
        (("article.txt", "--set", "upfrnt=EUR 5m"), "did you mean upfront?"),
        (("article.txt", "--set", "upfront=a lot"), "--set upfront: 'a lot' is no sum; write EUR 25m"),
        (("article.txt", "--set", "royalties=some"), "'some' is no rate; write 8-14%"),
        (("article.txt", "--set", "prior=long ago"), "'long ago' is no year such as 2016"),
        (("article.txt", "--set", "event=extension"), "allowed: new, expansion"),
        (("article.txt", "--drop", "--set", "event=new"), "no deal is expected of this article; say --keep"),
        (("article.txt", "--set", "royalties=14-8%"), "'14-8%' is no rate: the lower end stands first"),
        (("article.txt", "--set", "stage= "), "--set stage: it is empty; say none"),
        (("article.txt", "same-title.txt", "--name", "x"), "--name is for one article, and these are 2"),
        (("article.txt", "--name", "../x"), "--name '../x': letters, digits"),
        (("article.txt", "--name", ""), "--name '': letters, digits"),
        (("a" * 300,), "is no file, no address"),
        (("--check", "--drop"), "--check reads the cases of one folder"),
        (("--check", "empty", "article.txt"), "--check reads the cases of one folder"),
        (("--check", "empty"), "no cases in empty"),
    ],
)
@pytest.mark.usefixtures("article")
def test_what_cannot_be_done_is_said_in_one_line(pact: Pact, arguments: tuple[str, ...], words: str) -> None:
    said = pact("golden", *arguments, status=2).stderr

    assert words in said
    assert said.count("\n") == 1
    assert not Path("golden").exists()


def test_a_case_that_is_there_is_not_written_over(pact: Pact, article: str) -> None:
    pact("golden", article)
    before = Path("golden", f"{NAME}.json").read_bytes()

    said = pact("golden", article, "--drop", status=2).stderr

    assert "is there already; choose another --name" in said
    assert Path("golden", f"{NAME}.json").read_bytes() == before
    pact("golden", article, "--drop", "--name", "dropped")
    assert expected("dropped") == {"keep": False, "perhaps": False, "kind": "license"}


def test_articles_of_one_title_become_cases_with_numbers_and_the_same_article_one(pact: Pact, article: str) -> None:
    pact("golden", article, "same-title.txt", article)

    assert sorted(path.name for path in Path("golden").glob("*.json")) == [f"{NAME}-2.json", f"{NAME}.json"]
    assert "The weather is fine" in Path("golden", f"{NAME}-2.txt").read_text(encoding="utf-8")


def test_who_drops_an_article_is_told_that_its_kind_is_still_the_one_that_was_read(pact: Pact, article: str) -> None:
    assert "kind: license, as it is read; say --set kind=…" in pact("golden", article, "--drop").stdout
    said = pact("golden", article, "--drop", "--set", "kind=trial", "--name", "a-trial").stdout

    assert "say --set kind" not in said


def test_none_is_none_however_it_is_written(pact: Pact, article: str) -> None:
    pact("golden", article, "--set", "upfront=None", "--set", "stage=NONE")

    assert expected()["deal"]["stage"] is None
    assert "upfront" not in expected()["deal"]


def test_half_a_case_is_named_and_not_passed_over(pact: Pact, article: str) -> None:
    pact("golden", article, "--name", "whole")
    Path("golden", "known.txt").write_text("whole: because\n")
    assert known_in(Path("golden")) == {"whole": "because"}
    Path("golden", "half.json").write_text("{}")

    said = pact("golden", "--check", status=2).stderr

    assert "golden/half.json cannot be used: there is no half.txt beside it" in said


def test_a_deal_that_was_missed_is_expected_with_the_terms_that_were_not_looked_for(pact: Pact) -> None:
    Path("weather.txt").write_text(WEATHER, encoding="utf-8")

    pact("golden", "weather.txt", "--keep", "--set", "licensor=Ostara Immune", "--name", "missed")

    found = expected("missed")
    assert (found["keep"], found["deal"]["event"]) == (True, "new")
    assert found["deal"]["parties"] == [{"name": "Ostara Immune", "role": "licensor"}]
    assert "missed\n  keep: expected True, read False" in pact("golden", "--check", status=1).stdout


def test_cases_that_are_known_to_be_read_wrongly_do_not_count_until_they_are_read_rightly(
    pact: Pact, article: str
) -> None:
    pact("golden", article, "--drop", "--name", "wrong")
    Path("golden/known.txt").write_text("# known\n\nwrong: it is a licence\n", encoding="utf-8")

    assert pact("golden", "--check").stdout == "0 cases of 1 read as expected; 1 known not to be\n"
    pact("golden", article, "--name", "right")
    Path("golden/known.txt").write_text("wrong: it is a licence\nright: no\n", encoding="utf-8")
    assert "right\n  is read as expected now: take it out of known.txt" in pact("golden", "--check", status=1).stdout


def test_articles_come_from_standard_input_as_read_takes_them(pact: Pact) -> None:
    lines = "\n".join(
        json.dumps({"title": title, "text": WEATHER, "published": "2026-11-23"}) for title in ("One", "Two")
    )

    pact("golden", "-", given=lines)

    assert [(c.name, c.article.title, c.article.published) for c in cases_in(Path("golden"))] == [
        ("one", "One", date(2026, 11, 23)), ("two", "Two", date(2026, 11, 23)),
    ]  # fmt: skip


@pytest.mark.parametrize("named", ["https://ledger.example/1?utm_source=x", "1", "D1", "d1"])
def test_stored_articles_are_named_by_address_by_id_or_by_their_deal(pact: Pact, tmp_path: Path, named: str) -> None:
    Path("config.yaml").write_text(CONFIG)
    House(tmp_path).hears(LICENCE, text=DEAL)

    said = pact("golden", named).stdout

    (case,) = cases_in(Path("golden"))
    assert (case.article.text, case.article.url) == (DEAL, "https://ledger.example/1")
    assert "put your own in their place before you share it" in said


def test_a_stored_article_whose_text_is_gone_or_that_was_never_seen_says_so(pact: Pact, tmp_path: Path) -> None:
    Path("config.yaml").write_text(CONFIG)
    house = House(tmp_path)
    house.hears(LICENCE, text=DEAL)
    house.later(days=1)
    house.store.forget_texts(house.now)

    assert "was let go since (keep_text)" in pact("golden", "1", status=2).stderr
    assert "7 is not among the stored articles" in pact("golden", "7", status=2).stderr


_LINES = st.text(max_size=60)


@settings(max_examples=40)
@given(_LINES, st.lists(_LINES, max_size=4).map("\n".join), st.none() | st.dates(min_value=date(1000, 1, 1)))
def test_what_is_written_reads_back_as_the_same_article(
    tmp_path_factory: pytest.TempPathFactory, title: str, text: str, day: date | None
) -> None:
    folder = tmp_path_factory.mktemp("cases")
    article = as_kept(ArticleText(title, text, "https://a.example", day, "page" if day else "first-seen", "en"))
    case = Case(name_of(article), article, {"keep": False, "perhaps": False, "kind": "other"})

    write(folder, case)

    assert cases_in(folder) == (case,)
    assert as_kept(article) == article


@pytest.mark.parametrize(
    ("text", "expected", "words"),
    [
        ("no headers", "{}", "an expected reading has keep, perhaps and kind"),
        ("title: a\npublished: soon\n---\nb", '{"keep": 1, "perhaps": 0, "kind": "other"}', "'soon' is no day"),
        (
            "title: a\npublished_from: afar\n---\nb",
            '{"keep": 1, "perhaps": 0, "kind": "other"}',
            "'afar' is not one of",
        ),
        ("title: a\n---\nb", "{", "Expecting property name"),
    ],
)
def test_a_case_that_cannot_be_used_is_named(tmp_path: Path, text: str, expected: str, words: str) -> None:
    (tmp_path / "bad.txt").write_text(text)
    (tmp_path / "bad.json").write_text(expected)

    with pytest.raises(ValueError, match=f"bad.txt and its .json cannot be used: .*{words}"):
        cases_in(tmp_path)


def test_known_cases_stand_beside_a_folder_that_is_called_cases(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "known.txt").write_text("a: because\n")

    assert known_in(tmp_path / "cases") == {"a": "because"}
    assert known_in(tmp_path) == {"a": "because"}
    assert known_in(tmp_path / "other") == {}


def test_a_correction_leaves_what_it_was_given_as_it_was() -> None:
    before = {"keep": True, "perhaps": False, "kind": "license", "deal": {"parties": []}}

    after = corrected(before, "licensor", "Ostara Immune")

    assert before["deal"] == {"parties": []}
    assert after["deal"] == {"parties": [{"name": "Ostara Immune", "role": "licensor"}]}
    assert kept_as(after, "drop", lambda: LICENCE) == {"keep": False, "perhaps": False, "kind": "license"}
