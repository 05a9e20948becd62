"""The config.yaml that is shipped, and the page that explains it, know every key."""

from __future__ import annotations

import re
from pathlib import Path

from pactwatch import subscriptions
from pactwatch.catalogue import catalogue
from pactwatch.config import KEYS, LOG_KEYS, MAIL_KEYS, NETWORK_KEYS, Config, check, load
from pactwatch.people import RECIPIENT_KEYS, SEARCH_KEYS
from pactwatch.waysout import FEEDS_KEYS

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "config.yaml"


def test_the_shipped_file_is_valid_as_it_is() -> None:
    config = load(SHIPPED, {})

    assert config.contact == ""
    assert len(config.sources) == len(catalogue())
    assert config.mail is None


def test_init_gives_the_shipped_file() -> None:
    assert (ROOT / "pactwatch" / "data" / "config.yaml").read_bytes() == SHIPPED.read_bytes()


def test_the_shipped_file_shows_every_key_and_what_it_shows_is_valid() -> None:
    """Lines that begin with `#` and a letter show keys; entries of one's own stand behind `  # `."""
    shown = re.sub(r"^#(?=[a-z])|^(  )# (?=- |[a-z]+(?:-[a-z]+)*: \{)", r"\1", SHIPPED.read_text(), flags=re.MULTILINE)

    config = load_text(shown.replace("contact:", "contact: you@example.org"))
    assert config.mail is not None
    assert (len(config.searches), len(config.recipients)) == (1, 3)
    assert config.sources[-1].key == "our-cdmo"
    keys = {*KEYS, *MAIL_KEYS, *NETWORK_KEYS, *LOG_KEYS, *RECIPIENT_KEYS, *SEARCH_KEYS}
    keys |= {*subscriptions.SOURCE_KEYS, *subscriptions.CATALOGUE_KEYS, *FEEDS_KEYS}
    assert [key for key in sorted(keys) if not re.search(rf"(?m)^[^#\n]*\b{key}:", shown)] == []


def load_text(text: str) -> Config:
    return check(SHIPPED, {"PACTWATCH_MAIL__PASSWORD": "x"}, text.encode())


def test_the_shipped_file_names_the_defaults() -> None:
    shown = re.sub(r"^#(?=[a-z])", "", SHIPPED.read_text(), flags=re.MULTILINE)
    shown = re.sub(r"^(mail|feeds): .*$", "", shown, flags=re.MULTILINE)

    assert load_text(shown) == load(SHIPPED, {})


def test_every_key_stands_in_the_operations_page() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    keys = {*KEYS, *(f"mail.{key}" for key in MAIL_KEYS), *(f"network.{key}" for key in NETWORK_KEYS)}
    keys |= {*(f"log.{key}" for key in LOG_KEYS), *(f"recipients.{key}" for key in RECIPIENT_KEYS)}
    keys |= {*(f"searches.{key}" for key in SEARCH_KEYS), *(f"sources.{key}" for key in subscriptions.SOURCE_KEYS)}
    keys |= {f"sources.{key}" for key in subscriptions.CATALOGUE_KEYS} | {f"feeds.{key}" for key in FEEDS_KEYS}

    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
