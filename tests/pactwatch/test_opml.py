"""`pactwatch sources import` and `export`: lists of feeds in and out, and nobody is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.pactwatch.conftest import Pact

OURS = """\
# mine
sources:
  - {key: a, name: "A & B", url: "https://a.example/f?x=1&y=2", language: en}
  - {key: l, url: "https://l.example/press", kind: listing, links: ".news h3 > a"}
  - {key: w, url: "https://w.example/rss", auth: {query: {token: W_TOKEN}}}
  - catalogue: [fierce-biotech]
    except: []
"""
THEIRS = """\
<?xml version="1.0" encoding="iso-8859-1"?><opml version="1.0"><body><outline text="Pharma">
<outline text="Caf\u00e9 Pharma" xmlUrl="https://cafe.example/feed?a=1&b=2"/>
<outline text="Caf\u00e9 Pharma" xmlUrl="https://cafe.example/other"/>
<outline text="again" xmlUrl="https://CAFE.example:443/other#top"/>
<outline text="known" xmlUrl="https://a.example/f?x=1&amp;y=2"/>
<outline text="odd" xmlUrl="ftp://x.example/feed"/>
<outline text="login" xmlUrl="https://me:secret@x.example/feed"/></outline></body></opml>"""


def listed(pact: Pact) -> list[tuple[str, str, str, str]]:
    found = json.loads(pact("sources", "list", "--json").stdout)
    return [(each["key"], each["name"], each["url"], each["language"]) for each in found]


@pytest.fixture(autouse=True)
def config(pact: Pact) -> None:  # noqa: ARG001  # `pact` makes the folder the current one
    Path("config.yaml").write_text(OURS.replace("[fierce-biotech]", "[]"))


def test_an_export_of_one_installation_is_an_import_of_another(pact: Pact, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("W_TOKEN", "t0ken")
    before = listed(pact)
    exported = pact("sources", "export").stdout_bytes
    Path("config.yaml").write_text("# new\n")

    pact("sources", "import", "-", given=exported)

    assert listed(pact) == before
    written = Path("config.yaml").read_text()
    assert written.startswith("# new\n")
    assert 'kind: listing, links: ".news h3 > a"' in written
    assert b"t0ken" not in exported


def test_a_list_of_another_reader_is_added_and_what_is_wrong_in_it_is_said(pact: Pact) -> None:
    Path("theirs.opml").write_bytes(THEIRS.encode("iso-8859-1"))

    tried = pact("sources", "import", "theirs.opml", "--dry-run")
    assert Path("config.yaml").read_text() == OURS.replace("[fierce-biotech]", "[]")
    said = pact("sources", "import", "theirs.opml")

    assert "2 sources would be added, 2 watched already, 2 refused" in tried.stderr
    assert "2 sources added, 2 watched already, 2 refused" in said.stderr
    assert listed(pact)[-2:] == [
        ("caf-pharma", "Caf\u00e9 Pharma", "https://cafe.example/feed?a=1&b=2", ""),
        ("caf-pharma-2", "Caf\u00e9 Pharma", "https://cafe.example/other", ""),
    ]
    assert "ftp://x.example/feed: not added: it is an address that begins with http" in said.stderr
    assert "secret" not in said.output


def test_what_is_no_list_changes_nothing(pact: Pact) -> None:
    Path("page.html").write_text("<html><p>no list</p></html>")

    assert "it is no OPML" in pact("sources", "import", "page.html", status=2).stderr
    assert "0 sources added" in pact("sources", "import", "-", given=b"<opml/>").stderr
    assert Path("config.yaml").read_text() == OURS.replace("[fierce-biotech]", "[]")
