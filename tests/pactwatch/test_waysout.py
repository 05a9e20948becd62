"""Webhook, chat and feeds in config.yaml, and the verbs that use them."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from digest.columns import COLUMNS
from news.errors import ConfigurationError
from pactwatch.config import Config, check
from tests.jobs.house import LICENCE, House, sum_of
from tests.pactwatch.conftest import Pact
from tests.servers.hooks import hooks

ROOT = Path(__file__).parents[2]
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
FILE = """\
contact: me@example.org
sources: [{{key: ledger, name: Ledger, url: "https://ledger.example/feed", language: en}}]
searches: {{nk: {{query: '"NK cell engager"', to: [me]}}}}
recipients: {{me: {{{0}}}}}
"""


def configured(recipient: str, **environment: str) -> Config:
    return check(Path("config.yaml"), environment, FILE.format(recipient).encode())


def test_a_webhook_and_a_chat_take_their_secrets_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "chat").write_text("ntfy://push.example/t0p\n")

    hook = configured('webhook: "https://crm.example/x", key: KEY', KEY=SECRET)
    hidden = configured("webhook: HOOK, key: KEY", KEY=SECRET, HOOK="https://crm.example/t0p")
    chat = configured("chat: CHAT", CHAT_FILE=str(tmp_path / "chat"))

    assert [config.recipients[0].way for config in (hook, hidden, chat)] == ["webhook", "webhook", "chat"]
    assert (hook.locked, hidden.locked, chat.locked) == ((), (), ())
    assert hook.channels.webhooks["me"].key == bytes(range(32))
    assert hidden.channels.webhooks["me"].url == "https://crm.example/t0p"
    assert chat.channels.chats == {"me": "ntfy://push.example/t0p"}
    assert "t0p" not in repr((hook, hidden, chat))
    assert SECRET not in repr((hook, hidden, chat))


@pytest.mark.parametrize(
    ("recipient", "said"),
    [
        ("email: me@example.org, chat: CHAT", "each recipient is told in one way"),
        ('webhook: "https://crm.example/t0p"', "recipients.me.key: found nothing"),
        ("email: me@example.org, key: KEY", "a key without a webhook"),
        ('webhook: "ftp://crm.example/t0p", key: KEY', "it is an address that begins with http:// or https://"),
        ('webhook: "https://crm.example/t0p", key: whsec_t0p', "name a variable of the environment"),
        ('chat: "slack://t0p"', "name a variable of the environment"),
        ("when: immediate", "recipients.me.email: found nothing"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_is_repeated(recipient: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=re.escape(said)) as told:
        configured(recipient)

    assert "t0p" not in str(told.value)


@pytest.mark.parametrize(
    ("recipient", "environment", "said"),
    [
        ("chat: CHAT", {}, "CHAT, which is not set"),
        ('webhook: "https://crm.example", key: KEY', {}, "KEY, which is not set"),
        ('webhook: "https://crm.example", key: KEY', {"KEY": "whsec_t0p"}, "24 to 64 random bytes"),
        ("webhook: HOOK, key: KEY", {"KEY": SECRET, "HOOK": "t0p"}, "an address that begins with https://"),
    ],
)
def test_what_the_environment_lacks_is_wanted_by_a_run_only(
    recipient: str, environment: dict[str, str], said: str
) -> None:
    (problem,) = configured(recipient, **environment).locked

    assert said in str(problem)
    assert "t0p" not in str(problem)


@pytest.fixture
def house(pact: Pact, tmp_path: Path) -> House:  # noqa: ARG001  # `pact` makes the folder the current one
    made = House(tmp_path)
    made.hears(replace(LICENCE, upfront=sum_of(25_000_000)))
    return made


def test_a_preview_shows_what_a_webhook_would_get_and_posts_nothing(
    pact: Pact, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.store.close()
    monkeypatch.setenv("KEY", SECRET)
    with hooks() as server:
        Path("config.yaml").write_text(FILE.format(f'webhook: "{server.url}", key: KEY'))

        shown = pact("digest", "preview", "me").stdout

    assert "To: me (webhook)" in shown
    assert json.loads(shown.split("\n\n")[1])["deals"][0]["id"] == "D1"
    assert server.posted == []


def test_feeds_are_written_into_the_configured_folder_or_another(pact: Pact, house: House) -> None:
    house.store.close()
    Path("config.yaml").write_text(FILE.format("email: me@example.org") + "feeds: {folder: feeds}\n")

    assert pact("feeds", "write").stdout == "2 files written into " + str(Path("feeds").absolute()) + "\n"
    assert pact("feeds", "write", "other").stdout == "2 files written into other\n"
    names = ["nk.atom", "nk.json"]
    assert [sorted(path.name for path in Path(folder).iterdir()) for folder in ("feeds", "other")] == [names, names]


def test_feeds_need_a_folder(pact: Pact) -> None:
    Path("config.yaml").write_text(FILE.format("email: me@example.org"))

    assert "add `feeds: {folder: feeds}` to" in pact("feeds", "write", status=2).stderr


def test_the_documentation_names_the_columns_of_an_export_as_they_are() -> None:
    page = (ROOT / "docs" / "ways-out.md").read_text()

    rows = [f"| `{column.name}` | {column.type} | {column.about} |" for column in COLUMNS]
    assert page.split("| column | type | what it is |\n|---|---|---|\n")[1].splitlines() == rows
