"""`recipients:` and `searches:` of config.yaml: who is told, when, and what about."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.query import parse
from alerts.schedule import parse_when
from lexicon import load
from news.alert import Recipient, Search, When
from news.errors import QuerySyntaxError
from pactwatch import values
from pactwatch.document import Section

RECIPIENT_KEYS = ("email", "when", "time_zone")
SEARCH_KEYS = ("query", "to", "urgent")


def recipients(top: Section, zone: str) -> tuple[Recipient, ...]:
    """Return who is told; `zone` is that of whoever names none."""
    found = []
    for key, section in top.named("recipients", RECIPIENT_KEYS).items():
        _known_by(section, key)
        email = section.required("email", values.email, "where the digests go")
        when = section.one("when", parse_when, When("each-run"))
        own_zone = section.one("time_zone", values.time_zone, zone)
        found.append(Recipient(key, email or "", when, own_zone))
    return tuple(found)


def searches(top: Section, recipients_: Sequence[Recipient]) -> tuple[Search, ...]:
    """Return the saved searches, each readable and with somebody to tell."""
    known = [recipient.key for recipient in recipients_]

    def recipient(key: str) -> str:
        if key not in known:
            listed = ", ".join(known) or "nobody yet; add one under `recipients:`"
            raise ValueError(f"a recipient of this file: {listed}{values.meant(key, known)}")
        return key

    found = []
    for key, section in top.named("searches", SEARCH_KEYS).items():
        _known_by(section, key)
        query = section.required("query", _query, "what to look for, such as '\"NK cell engager\"'")
        to = section.many("to", recipient)
        if "to" not in section:
            section.required("to", recipient, f"who is told, such as [{', '.join(known) or 'me'}]")
        urgent = section.one("urgent", values.boolean, default=False)
        found.append(Search(key, query or "", tuple(dict.fromkeys(to)), urgent))
    return tuple(found)


def _query(text: str) -> str:
    try:
        parse(text, load().ontology)
    except QuerySyntaxError as error:
        raise ValueError(f"{error.reason} (at character {error.position + 1})") from error
    return text


def _known_by(section: Section, key: str) -> None:
    try:
        values.key(key)
    except ValueError as error:
        section.report(section.line, section.name, repr(key), str(error))
