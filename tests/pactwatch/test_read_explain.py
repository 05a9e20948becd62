from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deals.explain import explain
from deals.reader import ArticleText
from deals.recognise import KEEP, PERHAPS
from deals.signwords import of_article
from pactwatch.explaining import show
from pactwatch.newsroom.pieces import Piece
from pactwatch.newsroom.pieces import load as load_pieces
from pactwatch.notes import notes_of
from tests.jobs.house import TODAY, lexicon
from tests.pactwatch.conftest import Pact
from tests.pactwatch.test_read import DEAL

TITLE = "Harrow Pharma licenses NK cell engager from Northpoint Bio"
OLD = "Under an earlier agreement of 2016, Harrow paid $10 million upfront. The market for it is worth $4 billion."
ARTICLE = f"{TITLE}\n{DEAL}\n\n{OLD}\n"


def shown(pact: Pact, text: str = ARTICLE) -> str:
    return pact("read", "--explain", given=text).stdout


def line_with(output: str, words: str) -> str:
    (found,) = [line for line in output.splitlines() if words in line]
    return found


def test_each_value_stands_under_its_line_with_quote_and_place(pact: Pact) -> None:
    output = shown(pact)

    start = DEAL.index("upfront payment of €25 million")
    assert f"“upfront payment of €25 million”  {start}-{start + 30}" in line_with(output, "+ upfront")
    assert "up to EUR 300m" in line_with(output, "+ milestones")
    assert output.index("+ upfront") < output.index("Under an earlier agreement of 2016, Harrow")
    assert line_with(output, "+ asset").split()[2:3] == ["NPB-101"]


def test_each_figure_that_was_refused_says_why(pact: Pact) -> None:
    output = shown(pact)

    assert "earlier agreement: “an earlier agreement”" in line_with(output, "- USD 10m")
    assert "size of a market" in line_with(output, "- USD 4bn")


def test_the_verdict_has_its_score_its_thresholds_and_the_strongest_signs(pact: Pact) -> None:
    first, second, third, *_ = shown(pact).splitlines()

    assert first == "kept, as license: licence agreement between Harrow Pharma and Northpoint Bio"
    assert f"kept from {KEEP:.2f}, perhaps from {PERHAPS:.2f}" in second
    assert third.split()[0] == "for"


def test_organisations_are_listed_with_their_roles_and_the_words_that_give_them(pact: Pact) -> None:
    output = shown(pact)

    assert "licensee" in line_with(output, "+ Harrow Pharma   ")
    assert "licensor" in line_with(output, "+ Northpoint Bio  ")


def test_no_line_is_wider_than_a_terminal_or_ends_in_blanks(pact: Pact) -> None:
    for line in shown(pact).splitlines():
        assert len(line) <= 110
        assert line == line.rstrip()
        assert "\x1b" not in line


def test_as_json_it_is_the_same_as_data(pact: Pact) -> None:
    found = json.loads(
        pact("read", "--explain", "--json", given=json.dumps({"id": 7, "title": TITLE, "text": DEAL})).stdout
    )

    assert (found["id"], found["reading"]["id"], found["keep_from"], found["perhaps_from"]) == (7, 7, KEEP, PERHAPS)
    assert found["reading"] == json.loads(
        pact("read", given=json.dumps({"id": 7, "title": TITLE, "text": DEAL})).stdout
    )
    assert [(f["taken"], f["amount"]) for f in found["figures"]] == [("upfront", 25e6), ("milestones", 300e6)]
    assert [(o["name"], o["role"]) for o in found["organisations"]] == [
        ("Harrow Pharma", "licensee"),
        ("Northpoint Bio", "licensor"),
    ]
    assert {"words", "weight"} == set(found["signs"][0])


def test_json_without_explain_is_refused(pact: Pact) -> None:
    assert "--json goes with --explain" in pact("read", "--json", given="{}", status=2).stderr


def test_articles_come_as_json_lines_as_well_and_bad_ones_are_named(pact: Pact) -> None:
    lines = f"{json.dumps({'title': TITLE, 'text': DEAL})}\nnope\n"

    done = pact("read", "--explain", given=lines, status=1)

    assert "kept, as license" in done.stdout
    assert "line 2: not JSON" in done.stderr


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty: an article has its title in the first line"),
        (b"\xff\xfe", "not UTF-8 (byte 1)"),
        (b"title: a\npublished: soon\n---\nb", "'soon' is no day"),
    ],
)
def test_what_is_no_article_is_said_in_one_line(pact: Pact, content: bytes, words: str) -> None:
    assert words in pact("read", "--explain", given=content, status=1).stderr


def test_a_golden_case_is_explained_with_its_day(pact: Pact) -> None:
    Path("case.txt").write_text(f"title: {TITLE}\npublished: 2026-11-23\n---\n{DEAL}\n", encoding="utf-8")

    output = pact("read", "--explain", "case.txt").stdout

    assert "title:" not in output
    assert "+ announced" in output


def test_an_article_that_is_dropped_or_not_read_says_so_first(pact: Pact) -> None:
    dropped = shown(
        pact, "Northpoint Bio doses first patient in Phase 2 trial\n" + "The trial tests NPB-101 in asthma. " * 9
    )
    french = shown(pact, "Un accord\n" + "La société a annoncé aujourd’hui un accord de licence avec le groupe. " * 4)

    assert dropped.startswith("dropped, as ")
    assert french.startswith("not read: the article is in French\n")
    assert "organisations" not in french


def test_hostile_text_does_not_reach_the_terminal(pact: Pact) -> None:
    output = shown(pact, ARTICLE.replace("Northpoint Bio will", "\x1b[31mNorthpoint\x07 Bio will [bold]"))

    assert "\x1b" not in output
    assert "\x07" not in output
    assert "[bold]" in output


@pytest.mark.parametrize("piece", load_pieces(), ids=lambda piece: piece.name)
def test_notes_hold_every_figure_and_every_value_with_the_words_they_quote(piece: Piece) -> None:
    article = ArticleText(piece.title, piece.text(TODAY))

    explanation = explain(article, lexicon())

    notes = notes_of(explanation)
    for note in notes:
        assert (article.title if note.field == "title" else article.text)[note.start : note.end] == note.quote
    assert len([n for n in notes if n.mark == "refused"]) == len([f for f in explanation.figures if f.field is None])
    for terms in explanation.reading.deals():
        assert {party.name for party in terms.parties} <= {note.value for note in notes}


def test_an_article_in_one_line_is_shown_sentence_by_sentence(pact: Pact) -> None:
    idle = "Analysts had waited for something of this kind since the spring of the year. " * 12
    output = shown(pact, f"{TITLE}\n{DEAL} {idle}{OLD} {idle}".replace("\n\n", " "))

    assert output.index("+ upfront") < output.index("Under an earlier agreement of 2016, Harrow")
    assert output.count("Analysts had waited") == 2


def test_no_line_breaks_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    article = ArticleText(TITLE, f"{DEAL}\n\n{'Nothing of this matters to anybody who reads it. ' * 4}")
    explanation = explain(article, lexicon())
    file = io.StringIO()
    file.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")

    show(article, explanation, file)

    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in file.getvalue().splitlines()]
    assert max(len(line) for line in lines) <= 60
    assert sum("Nothing of this matters" in line for line in lines) == 1
    assert not any(line.startswith("anybody") for line in lines)


def test_a_terminal_that_knows_few_letters_gets_the_numbers_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(ARTICLE, encoding="utf-8")
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", "from pactwatch.cli import main; main()", "read", "--explain", "article.txt"]

    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, timeout=60)

    assert b"\\u20ac25 million" in done.stdout


def test_signs_are_said_in_words() -> None:
    for feature in lexicon().learned["recognise"]:
        words, shown_by = of_article(feature, dict.fromkeys(("t", "f", "l", "b", "tf"), ""), {})
        assert not re.search(r"§|\$n|_|^\w\*?[#:]", f"{words} {shown_by}"), feature
