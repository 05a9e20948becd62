"""Ways out beside the mail, as config.yaml has them: a recipient's `webhook` or `chat`, and `feeds`.

    recipients:
      crm: {webhook: "https://crm.example/hooks/deals", key: CRM_KEY, when: immediate}
      deal-room: {chat: DEAL_ROOM_CHAT}
    feeds: {folder: feeds, url: "https://intranet.example/feeds"}

`key` and `chat` name variables of the environment, which hold the secrets, and so may `webhook`, whose address often is
one as a whole. As everywhere, CRM_KEY_FILE may name a file that holds what CRM_KEY would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from digest.webhook import Endpoint, key_of
from news.alert import Way
from news.errors import Problem
from pactwatch import values
from pactwatch.document import Section
from pactwatch.secret import secret

WAY_KEYS = ("webhook", "key", "chat")
FEEDS_KEYS = ("folder", "url")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_ADVICE = "name a variable of the environment, in capitals, that holds the secret; the secret does not belong here"


@dataclass(frozen=True, slots=True)
class Feeds:
    """The folder in which the searches' feeds are written, and the address at which it is served, "" where at none."""

    folder: Path
    url: str = ""


@dataclass(frozen=True, slots=True)
class Channels:
    """What opens the ways out, by the recipients' keys, and what the environment lacks of it. No part is ever shown."""

    webhooks: Mapping[str, Endpoint] = field(default_factory=dict, repr=False)
    chats: Mapping[str, str] = field(default_factory=dict, repr=False)
    missing: tuple[Problem, ...] = ()


def way_of(section: Section) -> Way:
    """Return the one way by which a recipient is told; naming none or several is a problem."""
    named = [key for key in ("email", "webhook", "chat") if key in section]
    if len(named) > 1:
        found, advice = " and ".join(named), "each recipient is told in one way; make a recipient of each"
        section.report(section.line_of(named[1]), section.name, found, advice)
    if "key" in section and "webhook" not in section:
        section.report(section.line_of("key"), section.path("key"), "a key without a webhook", "it signs a webhook")
    return _way(section)


def _way(section: Section) -> Way:
    return "webhook" if "webhook" in section else "chat" if "chat" in section else "mail"


def channels(sections: Mapping[str, Section], environment: Mapping[str, str]) -> Channels:
    """Return what opens the recipients' ways; what is wrong in the file is added to the sections' problems."""
    missing: list[Problem] = []
    webhooks: dict[str, Endpoint] = {}
    chats: dict[str, str] = {}
    for name, section in sections.items():
        way = _way(section)
        if way == "webhook" and (endpoint := _endpoint(section, environment, missing)) is not None:
            webhooks[name] = endpoint
        elif way == "chat" and (address := _named(section, "chat", environment, missing)):
            chats[name] = address
    return Channels(webhooks, chats, tuple(missing))


def feeds(section: Section | None, folder: Path) -> Feeds | None:
    """Return where feeds are written; a path in the file is relative to its folder."""
    if section is None:
        return None
    into = section.required("folder", values.text, "the folder that the feeds are written into, such as feeds")
    return Feeds(folder / Path(into or "feeds").expanduser(), section.one("url", values.web, ""))


def _endpoint(section: Section, environment: Mapping[str, str], missing: list[Problem]) -> Endpoint | None:
    if "key" not in section:
        section.report(section.line, section.path("key"), "nothing", f"it is needed, to sign what is sent: {_ADVICE}")
        return None
    key = _named(section, "key", environment, missing)
    address = section.unshown("webhook", _address)
    if address and _VARIABLE.fullmatch(address):
        address = _named(section, "webhook", environment, missing)
        if address and not _is_web(address):
            said = "it is to hold an address that begins with https://"
            missing.append(Problem(section.line_of("webhook"), section.path("webhook"), "something else", said))
            address = ""
    try:
        return Endpoint(address, key_of(key)) if address and key else None
    except ValueError as error:
        missing.append(Problem(section.line_of("key"), section.path("key"), "a variable that holds no key", str(error)))
        return None


def _named(section: Section, key: str, environment: Mapping[str, str], missing: list[Problem]) -> str:
    """Return the secret of a key that names its variable; where it is not set, that is added to `missing`."""
    variable = section.unshown(key, _variable)
    if not variable:
        return ""
    problems: list[Problem] = []
    value = secret(environment, variable, problems)
    missing += problems
    if not value and not problems:
        advice = f"set it, or {variable}_FILE to a file that holds what it would"
        missing.append(Problem(section.line_of(key), section.path(key), f"{variable}, which is not set", advice))
    return value


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError(_ADVICE)
    return text


def _address(text: str) -> str:
    return text if _VARIABLE.fullmatch(text) else values.web(text)


def _is_web(text: str) -> bool:
    try:
        values.web(text)
    except ValueError:
        return False
    return True
