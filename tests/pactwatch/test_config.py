from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.alert import Recipient, Search, When
from news.article import Source
from news.errors import ConfigurationError, Problem
from news.reading import DEAL_KINDS
from pactwatch.catalogue import GROUPS, catalogue
from pactwatch.config import KEYS, Config, Mail, check, find, load

ISSUE = """
contact: someone@example.org
database: pactwatch.db
news_age: 3650d
network: {allow: [127.0.0.0/8]}
sources: [{key: pmlive, name: PMLiVE, url: "http://127.0.0.1:8765/feed.xml", language: en}]
searches: {nk-engagers: {query: '"NK cell engager"', to: [me]}}
recipients: {me: {email: someone@example.org, when: each-run}}
mail: {host: 127.0.0.1, port: 8025, security: none, from: pactwatch@example.org}
"""


def read(text: str, environment: Mapping[str, str] | None = None) -> Config:
    return check(Path("/srv/pact/config.yaml"), environment or {}, text.encode())


def problems(text: str, environment: Mapping[str, str] | None = None) -> list[tuple[int | None, str, str, str]]:
    with pytest.raises(ConfigurationError) as caught:
        read(text, environment)
    return [(p.line, p.key, p.found, p.allowed) for p in caught.value.problems]


def test_flow_style_loads_as_block_style_does() -> None:
    config = read(ISSUE)

    assert config.contact == "someone@example.org"
    assert config.database == "/srv/pact/pactwatch.db"
    assert config.news_age == timedelta(days=3650)
    assert config.network.allow == (ip_network("127.0.0.0/8"),)
    assert config.sources == (Source("pmlive", "PMLiVE", "http://127.0.0.1:8765/feed.xml", "en"),)
    assert config.searches == (Search("nk-engagers", '"NK cell engager"', ("me",)),)
    assert config.recipients == (Recipient("me", "someone@example.org", When("each-run")),)
    assert config.mail == Mail("127.0.0.1", 8025, "none", "pactwatch@example.org")


def test_an_empty_file_has_the_defaults_of_the_design() -> None:
    config = read("")

    assert (config.contact, config.time_zone, config.mail, config.backlog) == ("", "UTC", None, "summary")
    assert (config.news_age, config.keep_text, config.run_limit) == (
        timedelta(days=7), timedelta(days=90), timedelta(minutes=10),
    )  # fmt: skip
    assert (config.first_fetch, config.perhaps, config.keep) == (30, True, DEAL_KINDS)
    assert (config.network.delay, config.network.timeout) == (timedelta(seconds=5), timedelta(seconds=30))
    assert (config.log.level, config.log.format) == ("info", "text")


@pytest.mark.parametrize(
    ("text", "line", "key", "found", "allowed"),
    [
        ("contact: someone", 1, "contact", "'someone'", "e-mail address or a web address"),
        ("time_zone: Europe/Pariss", 1, "time_zone", "'Europe/Pariss'", "did you mean Europe/Paris?"),
        ("time_zone: ../etc/passwd", 1, "time_zone", "'../etc/passwd'", "IANA time zone"),
        ("database: x.db\ndatabse: y.db", 2, "databse", "an unknown key", "did you mean database?"),
        ("database: mysql://h/x", 1, "database", "'mysql://…'", "postgresql://"),
        ("database: postgresql://u:pw@h/x", 1, "database", "an address with a password", "PACTWATCH_DATABASE"),
        ("news_age: 7", 1, "news_age", "'7'", "a number and a unit"),
        ("news_age: 0d", 1, "news_age", "'0d'", "above zero"),
        ("news_age: 999999w", 1, "news_age", "'999999w'", "a number and a unit"),
        ("first_fetch: many", 1, "first_fetch", "'many'", "a whole number from 0 to 1000"),
        ("perhaps: yes", 1, "perhaps", "'yes'", "true or false"),
        ("backlog: some", 1, "backlog", "'some'", "allowed: summary, none, all"),
        ("backlog: [all]", 1, "backlog", "a list", "a single value"),
        ("keep: [license, optin]", 1, "keep", "'optin'", "did you mean option?"),
        ("keep: [acquisition]", 1, "keep", "'acquisition'", "allowed: license"),
        ("network: {delay: 0s}", 1, "network.delay", "'0s'", "above zero"),
        ("network:\n  allow:\n    - 127.0.0.1/8", 3, "network.allow", "'127.0.0.1/8'", "did you mean 127.0.0.0/8?"),
        ("network: [1]", 1, "network", "a list", "a mapping with the keys allow, delay, timeout"),
        ("log: {level: loud}", 1, "log.level", "'loud'", "debug, info, warning, error"),
        ("sources: pmlive", 1, "sources", "'pmlive'", "a list"),
        ("sources:\n  - hello", 2, "sources", "'hello'", "a mapping"),
        ("sources: [{catalogue: wire}]", 1, "sources.catalogue", "'wire'", "did you mean wires?"),
        ("sources: [{catalogue: [trade], except: [bioword]}]", 1, "sources.except", "'bioword'", "mean bioworld?"),
        ("sources: [{key: a}]", 1, "sources.url", "nothing", "the address of the feed"),
        ("sources: [{url: 'https://a.example'}]", 1, "sources.key", "nothing", "a short name"),
        ("sources: [{key: a b, url: 'https://a.example'}]", 1, "sources.key", "'a b'", "letters, digits"),
        ("sources: [{key: a, url: 'ftp://a.example'}]", 1, "sources.url", "'ftp://a.example'", "http:// or https://"),
        ("sources: [{key: a, url: 'https://u:pw@a.example'}]", 1, "sources.url", "'https://…@a.example'", "password"),
        (
            "sources:\n  - {key: a, url: 'https://a.example'}\n  - {key: a, url: 'https://b.example'}",
            3, "sources.key", "'a'", "taken in this file",
        ),
        (
            "sources:\n  - {catalogue: trade}\n  - {key: stat, url: 'https://b.example'}",
            3, "sources.key", "'stat'", "taken in the catalogue",
        ),
        (
            "sources:\n  - {key: a, url: 'https://a.example/f'}\n  - {key: b, url: 'https://A.example/f#x'}",
            3, "sources.url", "'https://A.example/f#x'", "'a' has this address",
        ),
        ("searches: {nk: {query: x, to: [me]}}", 1, "searches.nk.to", "'me'", "nobody yet"),
        ("recipients: {me: {email: a@b.example}}\nsearches: {nk: {query: x, to: mee}}", 2, "searches.nk.to", "'mee'",
         "did you mean me?"),
        ("recipients: {me: {email: a@b.example}}\nsearches: {nk: {query: x}}", 2, "searches.nk.to", "nothing",
         "who is told, such as [me]"),
        ("recipients: {me: {email: a@b.example}}\nsearches:\n  nk:\n    to: me\n    query: 'a AND b OR c'", 5,
         "searches.nk.query", "'a AND b OR c'", "at character 9"),
        ("recipients: {me: {email: a@b.example}}\nsearches: {nk: {query: x, to: me, owner: mee}}", 2,
         "searches.nk.owner", "'mee'", "did you mean me?"),
        ("recipients: {me: {email: a@b.example}}\nsearches: {nk: {query: x, to: me, examples: [x]}}", 2,
         "searches.nk.examples", "a list", "a mapping with the keys match, not"),
        ("recipients: {me: {email: a@b.example}}\nsearches:\n  nk: {query: x, to: me, examples: {never: x}}", 3,
         "searches.nk.examples.never", "an unknown key", "allowed: match, not"),
        ("recipients: {me: {email: a@b.example}}\nsearches:\n  nk: {query: x, to: me, examples: {match: [x, 'ftp://y']}}",
         3, "searches.nk.examples.match", "'ftp://y'", "http"),
        ("recipients: {me: {email: me@}}", 1, "recipients.me.email", "'me@'", "an e-mail address"),
        ("recipients: {me: {email: a@b.example, when: '25:00'}}", 1, "recipients.me.when", "'25:00'", "each-run"),
        ("recipients: {me: {email: a@b.example, time_zone: Mars}}", 1, "recipients.me.time_zone", "'Mars'", "IANA"),
        ("recipients: {'a b': {email: a@b.example}}", 1, "recipients.a b", "'a b'", "letters, digits"),
        ("recipients: [me]", 1, "recipients", "a list", "a mapping"),
        ("mail: {host: h.example}", 1, "mail.from", "nothing", "the address that digests come from"),
        ("mail: {host: h h, from: a@b.example}", 1, "mail.host", "'h h'", "the name of a mail server"),
        ("mail: {host: h, from: a@b.example, port: 0}", 1, "mail.port", "'0'", "from 1 to 65535"),
        ("mail: {host: h, from: a@b.example, security: ssl}", 1, "mail.security", "'ssl'", "starttls, tls, none"),
        ("mail: {host: h, from: a@b.example, security: none, username: u}", 1, "mail.username", "security: none",
         "without encryption"),
        ("run_limit: 1m\nrun_limit: 2m", 2, "run_limit", "twice (first in line 1)", "write each key once"),
        ("a: [1", 1, "YAML", "expected ',' or ']', but got '<stream end>'", "brackets"),
        ("- a\n- b", 1, "the file", "a list", "`key: value` lines"),
    ],
)  # fmt: skip
def test_an_error_names_its_line_its_key_what_was_found_and_what_is_allowed(
    text: str, line: int, key: str, found: str, allowed: str
) -> None:
    ((at, name, was, words),) = problems(text)

    assert (at, name, was) == (line, key, found)
    assert allowed in words


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    text = "mail: {host: 'h h', from: x}\nkeep_text: never\nrecipients: {me: {email: me@}}\nlogg: {}\n"

    assert [(line, key) for line, key, _, _ in problems(text)] == [
        (1, "mail.host"),
        (1, "mail.from"),
        (2, "keep_text"),
        (3, "recipients.me.email"),
        (4, "logg"),
    ]


@pytest.mark.parametrize("text", ["mail: {host: h, from: a@b.example, password: hunter2}", "smtp_password: hunter2"])
def test_a_secret_in_the_file_is_refused_and_not_shown(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(text)

    assert "hunter2" not in str(caught.value)
    assert "PACTWATCH_MAIL__PASSWORD" in str(caught.value)


def test_a_password_comes_from_the_environment_or_a_file_and_is_not_printed(tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text("hunter2\n")
    text = "mail: {host: h.example, from: a@b.example, username: u}"

    given = [
        read(text, {"PACTWATCH_MAIL__PASSWORD": "hunter2"}),
        read(text, {"PACTWATCH_MAIL__PASSWORD_FILE": str(file)}),
    ]

    assert [config.mail.password for config in given if config.mail] == ["hunter2", "hunter2"]
    assert "hunter2" not in repr(given)


def test_a_password_file_that_is_not_there_is_named() -> None:
    ((line, key, found, allowed),) = problems("", {"PACTWATCH_MAIL__PASSWORD_FILE": "/nowhere/pw"})

    assert (line, key, found) == (None, "PACTWATCH_MAIL__PASSWORD_FILE", "'/nowhere/pw'")
    assert "No such file" in allowed


def test_a_flag_wins_over_the_environment_and_the_environment_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("database: file.db\nmail: {host: h.example, from: a@b.example}\nrun_limit: 1m\n")
    environment = {
        "PACTWATCH_DATABASE": "/var/environment.db",
        "PACTWATCH_MAIL__HOST": "other.example",
        "PACTWATCH_NETWORK__ALLOW": "10.0.0.0/8, fd00::/8",
        "PACTWATCH_RUN_LIMIT": "",
    }

    assert load(path, {}).database == str(tmp_path / "file.db")
    config = load(path, environment)
    assert config.database == "/var/environment.db"
    assert config.mail is not None
    assert config.mail.host == "other.example"
    assert config.network.allow == (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
    assert config.run_limit == timedelta(minutes=1)
    assert load(path, environment, database="/var/flag.db").database == "/var/flag.db"


def test_a_database_address_with_a_password_may_come_from_the_environment_and_is_not_printed() -> None:
    config = read("", {"PACTWATCH_DATABASE": "postgresql://u:hunter2@h/x"})

    assert config.database == "postgresql://u:hunter2@h/x"
    assert "hunter2" not in repr(config)


@pytest.mark.parametrize(
    ("variable", "suggestion"),
    [("PACTWATCH_DATABSE", "did you mean DATABASE?"), ("PACTWATCH_MAIL__HOTS", "did you mean MAIL__HOST?")],
)
def test_a_variable_that_is_nearly_ours_is_an_error(variable: str, suggestion: str) -> None:
    ((line, key, _, allowed),) = problems("", {variable: "x"})

    assert (line, key) == (None, variable)
    assert suggestion in allowed


def test_what_stands_in_the_file_only_is_said_to() -> None:
    assert problems("", {"PACTWATCH_SOURCES": "x"})[0][3] == "it stands in config.yaml only"


def test_a_wrong_value_in_the_environment_is_named_without_a_line() -> None:
    assert problems("run_limit: 1m", {"PACTWATCH_RUN_LIMIT": "soon"})[0][:3] == (None, "run_limit", "'soon'")


def test_variables_that_others_set_are_left_alone() -> None:
    assert read("", {"PACTWATCH_PORT": "tcp://10.0.0.1:80", "HOME": "/root"}) == read("")


def test_a_recipient_has_a_schedule_and_a_time_zone_of_its_own() -> None:
    config = read(
        """
        time_zone: Europe/Paris
        recipients:
          ana: {email: ana@example.org, when: "07:30 mon-fri"}
          ben: {email: ben@example.org, when: immediate, time_zone: America/New_York}
        """
    )

    ana, ben = config.recipients
    assert ana == Recipient(
        "ana", "ana@example.org", When("times", (time(7, 30),), frozenset(range(5))), "Europe/Paris"
    )
    assert (ben.when.mode, ben.time_zone) == ("immediate", "America/New_York")


def test_the_catalogue_is_chosen_by_group_and_by_key() -> None:
    config = read("sources: [{catalogue: [wires, stat], except: [prnewswire-fda]}]")

    keys = {source.key for source in config.sources}
    assert {"stat", "globenewswire-biotech"} <= keys
    assert "prnewswire-fda" not in keys
    assert {source.kind for source in config.sources if source.key != "stat"} == {"wires"}


def test_the_catalogue_holds_at_least_forty_sources_of_every_group_with_valid_addresses() -> None:
    bundled = catalogue()

    assert len(bundled) >= 40
    assert {source.kind for source in bundled.values()} == set(GROUPS)
    entries = [f"  - {{key: own-{s.key}, name: x, url: '{s.url}', language: {s.language}}}" for s in bundled.values()]
    assert len(read("sources:\n" + "\n".join(entries)).sources) == len(bundled)


def test_the_file_is_found_by_flag_then_variable_then_folder_then_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    own = tmp_path / "home" / "pactwatch" / "config.yaml"
    with pytest.raises(ConfigurationError, match="pactwatch init"):
        find(None, {}, tmp_path)
    own.parent.mkdir(parents=True)
    own.touch()
    assert find(None, {}, tmp_path) == own
    (tmp_path / "config.yaml").touch()
    assert find(None, {}, tmp_path) == tmp_path / "config.yaml"
    assert find(None, {"PACTWATCH_CONFIG": "/etc/p.yaml"}, tmp_path) == Path("/etc/p.yaml")
    assert find("other.yaml", {"PACTWATCH_CONFIG": "/etc/p.yaml"}, tmp_path) == tmp_path / "other.yaml"


def test_a_file_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="No such file"):
        load(tmp_path / "none.yaml", {})


def test_an_anchor_that_leads_to_itself_ends() -> None:
    assert problems("sources: &a [*a]")


VALUES = st.sampled_from(
    ["x", "[]", "{}", "7d", "&a [*a]", "!!binary x", "{a: }", "|\n  x", "'", "0", "~", "\t", "[[[[[[["]
)
LINES = st.builds("{}: {}".format, st.sampled_from([*KEYS, "a", "- b", "?"]), VALUES)


def outcome(content: bytes) -> Config | tuple[Problem, ...]:
    try:
        return check(Path("/srv/config.yaml"), {}, content)
    except ConfigurationError as error:
        return error.problems


@settings(max_examples=150)
@given(st.one_of(st.text(), st.lists(LINES).map("\n".join)).map(lambda t: t.encode("utf-8", "replace")) | st.binary())
def test_any_file_is_a_configuration_or_has_problems_that_say_what_is_allowed(content: bytes) -> None:
    found = outcome(content)

    assert isinstance(found, Config) or (found and all(problem.found and problem.allowed for problem in found))


def test_deep_nesting_is_an_error_and_no_crash() -> None:
    assert problems("[" * 3000)[0][1] == "YAML"
