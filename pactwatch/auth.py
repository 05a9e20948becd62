"""`auth:` of a source: what opens it. The file names variables of the environment, which hold the secrets.

    auth: {basic: LEDGER_LOGIN}              the variable holds user:password
    auth: {bearer: LEDGER_TOKEN}
    auth: {header: {X-Api-Key: LEDGER_KEY}}
    auth: {query: {token: LEDGER_TOKEN}}

A secret may also stand in a file of its own, which LEDGER_LOGIN_FILE and so on name.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping

from news.errors import Problem
from news.fetch import Credentials
from pactwatch.document import Section
from pactwatch.secret import secret

AUTH_KEYS = ("basic", "bearer", "header", "query")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,99}")
_PARAMETER = re.compile(r"[A-Za-z0-9_.~-]{1,100}")
_OURS = frozenset({"host", "user-agent", "accept", "accept-encoding", "if-none-match", "if-modified-since"})
_ADVICE = "name a variable of the environment, in capitals, that holds the secret; the secret does not belong here"


def credentials(section: Section, environment: Mapping[str, str], missing: list[Problem]) -> Credentials | None:
    """Return what opens a source; None, and a problem, where that is not to be had.

    What is wrong in the file is added to the section's problems; what the environment lacks is added to `missing`: it
    is wanted only where the source is asked.
    """
    headers: list[tuple[str, str]] = []
    query: list[tuple[str, str]] = []
    for key, name, variable, line in _named(section):
        where = f"{section.path(key)}.{name}" if name else section.path(key)
        problems: list[Problem] = []
        value = secret(environment, variable, problems)
        missing += problems
        if not value and not problems:
            advice = f"set it to what opens the source, or {variable}_FILE to a file that holds it"
            missing.append(Problem(line, where, f"{variable}, which is not set", advice))
        elif value and not _is_fit(key, value):
            advice = "user:password" if key == "basic" else "one line of Latin letters, figures and signs"
            missing.append(Problem(line, where, f"{variable}, which holds something else", f"it is to hold {advice}"))
        elif key == "query":
            query.append((name, value))
        else:
            headers.append(_header(key, name, value))
    return Credentials(tuple(headers), tuple(query)) if headers or query else None


def _named(section: Section) -> Iterator[tuple[str, str, str, int | None]]:
    """Give each secret: its key, the name of its header or parameter, its variable, and its line."""
    if not any(key in section for key in AUTH_KEYS):
        section.report(section.line, section.name, "nothing that opens it", f"allowed: {', '.join(AUTH_KEYS)}")
    for key in ("basic", "bearer"):
        variable = section.unshown(key, _variable)
        if variable:
            yield key, "", variable, section.line_of(key)
    for key, form in (("header", _HEADER), ("query", _PARAMETER)):
        for name, item in section.pairs(key).items():
            where = f"{section.path(key)}.{name}"
            if not form.fullmatch(name) or name.lower() in _OURS:
                section.report(item.line, section.path(key), "a name", f"it is that of a {key} of the source's own")
            elif not isinstance(item.value, str) or not _VARIABLE.fullmatch(item.value):
                section.report(item.line, where, "no variable's name", _ADVICE)
            else:
                yield key, name, item.value, item.line


def _variable(text: str) -> str:
    if not _VARIABLE.fullmatch(text):
        raise ValueError(_ADVICE)
    return text


def _is_fit(key: str, value: str) -> bool:
    """Return whether a secret can be sent: a header takes no control characters (RFC 9110, 5.5)."""
    if key == "query":
        return value.isprintable()
    return value.isascii() and value.isprintable() and (key != "basic" or ":" in value)


def _header(key: str, name: str, value: str) -> tuple[str, str]:
    """Return a header: as it is named, or as RFC 7617 and RFC 6750 have it."""
    if key == "basic":
        return "Authorization", f"Basic {base64.b64encode(value.encode()).decode()}"
    return ("Authorization", f"Bearer {value}") if key == "bearer" else (name, value)
