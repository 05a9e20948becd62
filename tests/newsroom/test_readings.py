"""The reader on the sixty articles, one by one, as the demo's pipeline gives them to it."""

from __future__ import annotations

import pytest

from deals.reader import ArticleText, read
from lexicon import Lexicon
from pactwatch.newsroom.expected import differences
from pactwatch.newsroom.pieces import Piece, load
from tests.newsroom.conftest import NOW


@pytest.mark.parametrize("piece", load(), ids=lambda piece: piece.name)
def test_the_article_is_read_as_expected(piece: Piece, lexicon: Lexicon) -> None:
    day = piece.published(NOW).date()
    article = ArticleText(piece.title, piece.text(day), published=day, published_from="page", language="en")

    assert differences(piece.expected, read(article, lexicon), lexicon) == ()
