"""`auth:` and the other options of a source: read, refused with their lines, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from news.errors import ConfigurationError
from news.fetch import Access, Credentials
from pactwatch.config import Config, check
from tests.pactwatch.conftest import Pact

PATH = Path("config.yaml")
SECRET = "Tr0ub4dor&3"  # noqa: S105  # made up


def configured(options: str, **environment: str) -> Config:
    text = f"sources:\n  - {{key: wire, url: 'https://wire.example/rss', {options}}}\n"
    return check(PATH, environment, text.encode())


@pytest.mark.parametrize(
    ("auth", "value", "headers", "query"),
    [
        ("basic: WIRE", f"ada:{SECRET}", (("Authorization", "Basic YWRhOlRyMHViNGRvciYz"),), ()),
        ("bearer: WIRE", SECRET, (("Authorization", f"Bearer {SECRET}"),), ()),
        ("header: {X-Api-Key: WIRE}", SECRET, (("X-Api-Key", SECRET),), ()),
        ("query: {token: WIRE}", SECRET, (), (("token", SECRET),)),
    ],
)  # fmt: skip
def test_what_opens_a_source_comes_from_the_variable_that_is_named(
    auth: str, value: str, headers: tuple[tuple[str, str], ...], query: tuple[tuple[str, str], ...]
) -> None:
    config = configured(f"auth: {{{auth}}}", WIRE=value)

    assert config.access["wire"].credentials == Credentials(headers, query)
    assert config.locked == ()
    assert SECRET not in repr(config)


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{SECRET}\n")

    opened = configured("auth: {bearer: WIRE}", WIRE_FILE=str(file)).access["wire"].credentials
    missing = configured("auth: {bearer: WIRE}", WIRE_FILE=str(tmp_path / "none")).locked

    assert opened == Credentials((("Authorization", f"Bearer {SECRET}"),))
    assert [problem.key for problem in missing] == ["WIRE_FILE"]


@pytest.mark.parametrize(
    ("auth", "value", "words"),
    [
        ("basic: WIRE", "", "WIRE, which is not set"),
        ("basic: WIRE", SECRET, "it is to hold user:password"),
        ("header: {X-Key: WIRE}", f"{SECRET}\r\nHost: x", "one line of Latin letters"),
        ("query: {token: WIRE}", f"{SECRET}\n", "one line"),
    ],
)
def test_what_the_environment_lacks_is_wanted_only_where_the_source_is_asked(auth: str, value: str, words: str) -> None:
    config = configured(f"auth: {{{auth}}}", WIRE=value)

    (problem,) = config.locked
    assert words in str(problem)
    assert str(problem).startswith("line 2: sources.auth.")
    assert SECRET not in str(problem)


@pytest.mark.parametrize(
    ("options", "key", "words"),
    [
        (f"auth: {{basic: 'ada:{SECRET}'}}", "sources.auth.basic", "the secret does not belong here"),
        (f"auth: {{header: {{X-Key: '{SECRET}'}}}}", "sources.auth.header.X-Key", "the secret does not belong here"),
        ("auth: {query: TOKEN}", "sources.auth.query", "a mapping"),
        ("auth: {header: {Host: WIRE}}", "sources.auth.header", "of the source's own"),
        ("auth: {}", "sources.auth", "allowed: basic, bearer, header, query"),
        (f"auth: '{SECRET}'", "sources.auth", "a mapping with the keys basic"),
        ("auth: {basik: WIRE}", "sources.auth.basik", "did you mean basic?"),
        (f"token: '{SECRET}'", "sources.token", "auth: {basic: VARIABLE}"),
        ("kind: page", "sources.kind", "allowed: feed, sitemap, listing"),
        ("kind: listing, links: 'a['", "sources.links", "it is a CSS selector"),
        ("links: '.news a'", "sources.links", "add `kind: listing`"),
        ("sitemap: news.xml", "sources.sitemap", "http:// or https://"),
    ],
)
def test_an_option_that_is_wrong_is_named_with_its_line_and_no_secret_is_shown(
    options: str, key: str, words: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        configured(options)

    found = [problem for problem in raised.value.problems if problem.key == key]
    assert [problem.line for problem in found] == [2]
    assert words in str(found[0])
    assert SECRET not in str(raised.value)


def test_a_source_without_options_is_a_feed_or_a_sitemap_by_what_it_answers() -> None:
    assert configured("name: Wire").access == {}
    assert configured("kind: listing, links: '.news a'").access == {"wire": Access("listing", ".news a")}


def test_doctor_names_what_is_missing_and_what_goes_in_the_clear(pact: Pact, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIRE", "ada:lovelace")
    PATH.write_text(
        "contact: me@example.org\nsources:\n"
        "  - {key: wire, url: 'http://wire.example/rss', auth: {basic: WIRE}}\n"
        "  - {key: desk, url: 'https://desk.example/rss', auth: {bearer: DESK_TOKEN}}\n"
    )

    said = pact("doctor", "--offline", status=1).stdout

    assert "warning  wire: what opens it goes over http" in said
    assert "error    sources.auth.bearer: DESK_TOKEN, which is not set" in said
    assert "lovelace" not in said
    assert "no run yet" in pact("status").stdout, "who asks no publisher needs no secret"
