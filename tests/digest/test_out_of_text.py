"""Whatever an article holds, a feed stays XML, a table keeps its cells and a chat calls nobody."""

from __future__ import annotations

import csv
import io
import json
from xml.etree import ElementTree as ET

from hypothesis import example, given
from hypothesis import strategies as st

from digest.brief import brief
from digest.chat import plain
from digest.columns import COLUMNS, Row
from digest.exports import write_csv, write_jsonl
from digest.feed import Entry, Feed, atom, json_feed
from news.reading import Evidence, Named, Party, Terms
from tests.digest.samples import DAY, NOW, deal

texts = st.text(st.characters(), max_size=40)  # half surrogate pairs too
SIGNS = set("=+-@＝＋－＠")


def row_of(text: str) -> Row:
    words = Evidence(text, 0, len(text))
    terms = Terms("license", parties=(Party(text, "licensor", words),), assets=(Named(text, words), Named("B", words)))
    return Row(deal(1, terms, text), (), {})


@given(texts)
@example("\ufffe]]>&<script>\x00\ud800")
def test_a_feed_of_any_text_is_xml_and_json(text: str) -> None:
    row = row_of(text)
    entry = Entry("urn:uuid:1", brief(row.deal, (), {}), ("license", text), NOW, NOW)
    feed = Feed("urn:uuid:0", "nk", "t", text.encode("utf-8", "replace").decode(), NOW, (entry,))

    assert len(ET.fromstring(atom(feed))) > 5  # noqa: S314  # our own bytes
    assert len(json.loads(json_feed(feed))["items"]) == 1


@given(texts)
@example('a";=1+1')
@example("=1+1")
def test_a_table_of_any_text_has_its_cells_and_no_formula(text: str) -> None:
    table, lines = io.BytesIO(), io.BytesIO()

    write_csv([row_of(text)], table)
    write_jsonl([row_of(text)], lines)

    for separator in ",;":
        rows = list(csv.reader(io.StringIO(table.getvalue().decode("utf-8-sig"), newline=""), delimiter=separator))
        assert [cell for row in rows for cell in row if cell.strip(' "')[:1] in SIGNS] == []
        if separator == ",":
            assert [len(row) for row in rows] == [len(COLUMNS)] * 2
    assert json.loads(lines.getvalue())["announced"] == DAY.isoformat()


@given(texts)
def test_a_chat_of_any_text_has_no_mention_and_no_markup_link(text: str) -> None:
    said = plain(text)

    assert not set("@<>`|") & set(said)
    assert "](" not in said
