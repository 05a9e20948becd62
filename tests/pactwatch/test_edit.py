from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.alert import Search
from news.article import Source
from news.errors import ConfigurationError
from news.fetch import Access
from pactwatch.config import Config, check, load
from pactwatch.edit import Edited, add_search, add_sources, set_contact

CDMO = Source("cdmo", "Our CDMO: news", "https://cdmo.example/rss?a=1&b=2", "en")
NK = Search("nk", '"NK cell engager"', ("me",))
ME = "recipients: {me: {email: me@example.org}}\n"


def file(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_bytes(text.encode())
    return path


def with_source(path: Path, source: Source = CDMO) -> Edited:
    return add_sources(path, [(source, Access())], partial(check, path, {}))


def with_search(path: Path, search: Search = NK, people: dict[str, str] | None = None) -> Edited:
    return add_search(path, search, people or {}, partial(check, path, {}))


def lines_added(edited: Edited) -> list[str]:
    return [line[1:] for line in edited.diff().splitlines()[2:] if line.startswith("+")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "contact: a@b.example",
        "sources:\n",
        "sources:   # what is watched\n\n# the rest\nperhaps: true\n",
        "sources:\n  - {key: a, url: 'https://a.example'}\n  # the last\n\nperhaps: true\n",
        "sources:\n- key: a\n  url: https://a.example\n\nperhaps: true\n",
        "sources:\n    - catalogue: [trade]\n      except:\n        - stat\n# end",
        "sources: []\n",
        "sources: [{key: a, url: 'https://a.example'}]  # one\n",
        "sources: [\n  {key: a, url: 'https://a.example'},\n]\n",
        "sources:\r\n  - {key: a, url: 'https://a.example'}\r\nperhaps: true\r\n",
    ],
)
def test_a_source_is_added_and_all_else_stays_as_it_is(tmp_path: Path, text: str) -> None:
    path = file(tmp_path, text)
    before = load(path, {}).sources
    edited = with_source(path)

    edited.write()

    assert load(path, {}).sources == (*before, CDMO)
    kept = iter(edited.after)
    assert all(character in kept for character in text), "every character is still there, in its order"
    assert edited.after.count("\r\n") in {0, edited.after.count("\n")}


@pytest.mark.parametrize(
    "text",
    [
        ME,
        ME + "searches:\n",
        ME + "searches: {}\n",
        ME + "searches: {a: {query: x, to: me}}  # one\n",
        ME + "searches:\n  a:\n    query: x\n    to: [me]\n  # nothing\n\nperhaps: true\n",
    ],
)
def test_a_search_is_added(tmp_path: Path, text: str) -> None:
    path = file(tmp_path, text)

    with_search(path).write()

    assert NK in load(path, {}).searches


def test_a_new_recipient_comes_with_the_search_that_tells_it(tmp_path: Path) -> None:
    path = file(tmp_path, "recipients:\n  # nobody yet\nsearches:\n  # nothing yet\n")

    with_search(path, people={"me": "me@example.org"}).write()

    config = load(path, {})
    assert [r.email for r in config.recipients] == ["me@example.org"]
    assert config.searches == (NK,)


def test_the_change_is_shown_as_a_diff(tmp_path: Path) -> None:
    path = file(tmp_path, "# mine\nsources:\n  - {key: a, url: 'https://a.example'}\n")

    assert lines_added(with_source(path)) == [
        '  - {key: cdmo, name: "Our CDMO: news", url: "https://cdmo.example/rss?a=1&b=2", language: en}'
    ]


def test_nothing_is_written_before_the_result_was_read(tmp_path: Path) -> None:
    text = "sources: &here\n  - {key: cdmo, url: 'https://a.example'}\n"
    path = file(tmp_path, text)

    with pytest.raises(ConfigurationError, match="a key names one source"):
        with_source(path)

    assert path.read_text() == text


def test_a_form_that_cannot_be_edited_is_left_alone_with_the_line_to_add(tmp_path: Path) -> None:
    path = file(tmp_path, "sources: ~\n")

    with pytest.raises(ConfigurationError, match=r"add this by hand: - \{key: cdmo"):
        with_source(path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("contact:\nperhaps: true\n", "contact: me@example.org\nperhaps: true\n"),
        ("contact: # who\n", "contact: me@example.org  # who\n"),
        ("# mine\nperhaps: true\n", "contact: me@example.org\n# mine\nperhaps: true\n"),
    ],
)
def test_the_contact_goes_into_its_place(tmp_path: Path, before: str, after: str) -> None:
    path = file(tmp_path, before)

    set_contact(path, "me@example.org")

    assert path.read_text() == after
    assert load(path, {}).contact == "me@example.org"


def test_a_file_behind_a_link_stays_where_it_is(tmp_path: Path) -> None:
    real = file(tmp_path, "sources: []\n")
    real.chmod(0o600)
    link = tmp_path / "link.yaml"
    link.symlink_to(real)

    with_source(link).write()

    assert link.is_symlink()
    assert "cdmo" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o600


TEXTS = st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@settings(max_examples=100)
@given(name=TEXTS)
def test_any_name_comes_back_as_it_was_given(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = file(tmp_path_factory.mktemp("edit"), "sources: []\n")
    source = Source("cdmo", name, "https://cdmo.example/rss", "en")

    try:
        edited = with_source(path, source)
    except ConfigurationError:
        return  # what YAML cannot hold at all is refused, and never written differently
    config = check(path, {}, edited.after.encode())
    assert isinstance(config, Config)
    assert config.sources == (source,)
