"""What is dismissed by its words alone can be no deal."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from deals.dismissed import dismissed
from deals.reader import ArticleText, read
from lexicon import load
from pactwatch.newsroom.pieces import load as load_pieces

LEXICON = load()
_CASES = Path(__file__).parents[1] / "golden" / "cases"


def texts() -> list[ArticleText]:
    """Return all articles of ours: the newsroom's and the golden cases'."""
    found = [ArticleText(piece.title, piece.text(date(2026, 11, 24))) for piece in load_pieces()]
    for path in sorted(_CASES.glob("*.txt")):
        head, _, body = path.read_text(encoding="utf-8").partition("---\n")
        title = next(line.removeprefix("title: ") for line in head.splitlines() if line.startswith("title: "))
        found.append(ArticleText(title, body.strip()))
    return found


def test_nothing_that_is_kept_or_perhaps_kept_is_dismissed() -> None:
    judged = [(article, dismissed(article, "", LEXICON)) for article in texts()]
    readings = [(article.title, read(article, LEXICON)) for article, reading in judged if reading is not None]

    assert [title for title, reading in readings if reading.keep or reading.perhaps] == []


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        (
            "Quantor reports phase 3 results in asthma",
            "The phase 3 trial met its primary endpoint: patients had fewer attacks than those on placebo.",
            "trial",
        ),
    ],
)
def test_other_news_is_dismissed_as_the_kind_that_it_is(title: str, text: str, kind: str) -> None:
    reading = dismissed(ArticleText(title, text), "", LEXICON)

    assert reading is not None
    assert (reading.keep, reading.perhaps, reading.kind) == (False, False, kind)


@pytest.mark.parametrize(
    ("title", "text", "said"),
    [
        ("Norvela news", "A short note.", "Norvela and Quantor sign a licence"),
        ("Norvela licenses its engager", "A short note.", ""),
        ("Norvela news", "Quantor pays royalties.", ""),
    ],
)
def test_one_word_of_an_agreement_anywhere_is_enough_to_be_read(title: str, text: str, said: str) -> None:
    assert dismissed(ArticleText(title, text), said, LEXICON) is None
