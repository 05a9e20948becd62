"""`recipients:` and `searches:` of config.yaml: who is told, when, and what about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alerts.query import parse
from alerts.schedule import covers, parse_quiet, parse_when, say_quiet
from lexicon import load_ontology
from news.address import canonical
from news.alert import Examples, Recipient, Search, When
from news.errors import AddressError, QuerySyntaxError
from pactwatch import values
from pactwatch.document import Section
from pactwatch.waysout import WAY_KEYS, way_of

RECIPIENT_KEYS = ("email", *WAY_KEYS, "when", "time_zone", "quiet", "at_most", "empty", "weekly")
SEARCH_KEYS = ("query", "to", "urgent", "owner", "examples")
EXAMPLES_KEYS = ("match", "not")


def recipients(sections: Mapping[str, Section], zone: str, *, unicode: bool = False) -> tuple[Recipient, ...]:
    """Return who is told; `zone` is that of whoever names none, `unicode` whether an address may be outside ASCII."""
    found = []
    for key, section in sections.items():
        _known_by(section, key)
        way = way_of(section)
        address = values.any_email if unicode else values.email
        email = section.required("email", address, "where the digests go") if way == "mail" else ""
        when = section.one("when", parse_when, When("each-run"))
        own_zone = section.one("time_zone", values.time_zone, zone)
        told = Recipient(
            key,
            email or "",
            when,
            own_zone,
            way=way,
            quiet=section.one("quiet", parse_quiet, None),
            at_most=section.one("at_most", values.number(1, 1000), 0),
            heartbeat=section.one("empty", values.choice(("silence", "heartbeat")), "silence") == "heartbeat",
            weekly=section.one("weekly", _weekly, None),
        )
        _fits(section, told)
        found.append(told)
    return tuple(found)


def _weekly(text: str) -> When:
    try:
        when = parse_when(text)
    except ValueError:
        when = When("times")
    if len(when.times) != 1 or len(when.weekdays) != 1:
        raise ValueError('it is one time of one day of the week, such as "08:00 mon"')
    return when


def _fits(section: Section, told: Recipient) -> None:
    """Report what of a schedule cannot be kept together with the rest of it."""
    if told.heartbeat and told.when.mode != "times":
        advice = "a heartbeat goes with times of day in `when`: with each run there would be one at every look"
        section.report(section.line_of("empty"), section.path("empty"), "heartbeat", advice)
    for key, when in (("when", told.when), ("weekly", told.weekly)):
        for clock in () if when is None or told.quiet is None else when.times:
            if told.quiet is not None and covers(told.quiet, clock):
                advice = f"a time outside the quiet hours, {say_quiet(told.quiet)}"
                section.report(section.line_of(key), section.path(key), f"{clock:%H:%M}", advice)


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
        owner = section.one("owner", recipient, "")
        examples = _examples(section.section("examples", EXAMPLES_KEYS))
        found.append(Search(key, query or "", tuple(dict.fromkeys(to)), urgent, owner=owner, examples=examples))
    return tuple(found)


def _examples(section: Section | None) -> Examples:
    return Examples() if section is None else Examples(section.many("match", example), section.many("not", example))


def example(text: str) -> str:
    """Return an example of what a search finds, words, a deal or an address; raises ValueError for what is none."""
    try:
        return canonical(text) and text if "://" in text else values.text(text)
    except AddressError as error:
        raise ValueError(str(error)) from error


def _query(text: str) -> str:
    try:
        parse(text, load_ontology())
    except QuerySyntaxError as error:
        raise ValueError(f"{error.reason} (at character {error.position + 1})") from error
    return text


def _known_by(section: Section, key: str) -> None:
    try:
        values.key(key)
    except ValueError as error:
        section.report(section.line, section.name, repr(key), str(error))
