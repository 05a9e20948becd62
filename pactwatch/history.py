"""A deal as `deals show` prints it: what happened when, who told it, and each value with the words behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from digest.dollars import in_dollars, say_dollars, say_rates
from digest.headline import figure, sentence
from digest.plain import wrapped
from digest.quotes import excerpt
from digest.wording import (
    KIND_LABELS,
    MONEY_LABELS,
    clean,
    count,
    join,
    label,
    say_day,
    say_money,
    say_royalties,
    say_time,
    shorten,
)
from lexicon.rates import Source as RatesSource
from news.alert import Match
from news.reading import Evidence, Money, Party, Royalties
from news.step import Correction
from news.story import Deal, DealEvent, Report, Sighting
from news.version import Version
from stories.history import Addition, Stated, Statement, Value, additions, in_turn, stated, step

WIDTH = 100
_KEY = 18
_LABELS: dict[str, str] = {
    **MONEY_LABELS,
    "royalties": "Royalties",
    "assets": "Asset",
    "targets": "Target",
    "modalities": "Modality",
    "indications": "Indication",
    "stage": "Stage",
    "territory": "Territory",
}
_NOT_MENTIONED = ("upfront", "milestones", "royalties", "total")
"""What a reader looks for first: where it is missing, the terms say so."""


@dataclass(frozen=True, slots=True)
class Told:
    """All that is shown of a deal."""

    deal: Deal
    sightings: Sequence[Sighting]
    corrections: Sequence[Correction]
    matches: Sequence[Match]
    related: Sequence[Deal]
    key: Callable[[str], str]
    rates: RatesSource
    zone: tzinfo
    versions: Sequence[Version] = ()


def lines(told: Told) -> Iterator[str]:
    """Yield the lines of a deal for a terminal."""
    deal = told.deal
    yield from _wrap(f"{deal.label}  {name(deal)}")
    yield from _wrap(join(_state(told), " · "), " " * (len(deal.label) + 2))
    yield from _block("Timeline", _timeline(told))
    for event in reversed(deal.events):
        yield from _block(f"Terms, {step(event.terms)} {say_day(event.announced)}", _terms(told, event))
    yield from _block("Sources", _sources(told))
    yield from _block("Corrections", _corrections(told))
    yield from _block("Also between these parties", (line for other in told.related for line in _other(other)))
    found = ((m.search, ", ".join(dict.fromkeys(f"“{w.words}”" for w in m.why if w.words))) for m in told.matches)
    yield from _block("Matched by", (line for pair in found for line in _pair(*pair)))


def name(deal: Deal) -> str:
    """Return who does what with whom, else the title of the newest article."""
    said = sentence(deal.latest.terms) or next((r.title for r in deal.latest.reports), deal.latest.terms.kind)
    return shorten(said, 200)


def state(deal: Deal) -> str:
    """Return how a deal stands with us."""
    if deal.rejected:
        return "rejected"
    if not deal.kept:
        return "perhaps"
    return "news" if deal.news else "archive"


def say(value: Value) -> str:
    """Return a value in words."""
    if isinstance(value, Money):
        return say_money(value)
    return say_royalties(value) if isinstance(value, Royalties) else shorten(value.name, 160)


def field_of(field: str, value: Value) -> str:
    """Return the name of a field as a person reads it; a party's is its role."""
    return label(value.role) if isinstance(value, Party) else _LABELS.get(field) or label(field)


def _state(told: Told) -> list[str]:
    deal = told.deal
    kind = label(deal.latest.terms.kind, KIND_LABELS)
    seen = f"first seen {say_time(deal.first_seen, told.zone)}"
    return [kind, state(deal), f"revision {deal.revision}", "late" if deal.late else "", seen]


def _timeline(told: Told) -> Iterator[str]:
    for event in told.deal.events:
        reports = in_turn(event.reports)
        by = join([shorten(sentence(event.terms) or reports[0].title, 160), figure(event.terms)])
        yield from _pair(say_day(event.announced), f"{step(event.terms).upper()}  {by}")
        for added in additions(event, told.key):
            yield from _wrap(_added(added), " " * (_KEY + 2), " " * (_KEY + 4))
        for said in told.corrections:
            if said.story == event.story and said.undone_at is None:
                yield from _wrap(f"* {_said(said)}", " " * (_KEY + 2), " " * (_KEY + 4))


def _added(added: Addition) -> str:
    what = f"{field_of(added.field, added.value).lower()}: {say(added.value)}"
    mark = "!" if added.what == "contradicts" else "+"
    return f"{mark} {say_day(added.report.announced)}, {clean(added.report.outlet)} {added.what} {what}"


def _terms(told: Told, event: DealEvent) -> Iterator[str]:
    """Yield the terms of an event, each value with the words of every article that states it."""
    dollars = in_dollars(event, told.rates)
    found = stated(event, told.key)
    converted = {name: say_dollars(value) for name, value in dollars.items()}
    for each in found:
        usd = converted.get(each.field, "")  # type: ignore[call-overload]  # the names of sums among all others
        yield from _stated(each, usd)
    missing = [_LABELS[name] for name in _NOT_MENTIONED if all(each.field != name for each in found)]
    if missing and event.terms.behind:
        yield from _wrap(f"Behind the wall, if at all: {', '.join(missing).lower()}", "  ", "    ")
    elif missing:
        yield from _wrap(f"Not mentioned: {', '.join(missing).lower()}", "  ", "    ")
    yield from _wrap(say_rates(dollars.values()), "  ", "    ")
    if event.terms.behind:
        yield from _wrap(f"Read from a teaser: the articles stand behind a wall ({event.terms.behind})", "  ", "    ")


def _stated(each: Stated, usd: str) -> Iterator[str]:
    for number, statement in enumerate(each.statements):
        said = say(statement.value)
        if number == 0:
            mark = "" if each.told else "  [not told]"
            if each.contradicted:
                mark = "  [contradicted]" if statement.places else "  [corrected]"
            check = "  [check]" if isinstance(statement.value, Money) and statement.value.check else ""
            words = f"{join([said, f'({usd})' if usd else ''], ' ')}{check}{mark}"
            yield from _pair(field_of(each.field, statement.value), words)
        else:
            other = field_of(each.field, statement.value) if isinstance(statement.value, Party) else ""
            yield from _pair("", f"{'! ' if each.contradicted else ''}{join([other, said], ' ')}")
        yield from _quotes(statement)


def _quotes(statement: Statement) -> Iterator[str]:
    """Yield the words behind a value, those that several articles share once, with all their outlets."""
    by_words: dict[str, list[str]] = {}
    for report, evidence in statement.places:
        by_words.setdefault(_words(statement.value, evidence), []).append(clean(report.outlet))
    if not statement.places:
        by_words[clean(statement.value.evidence.quote)] = []
    for words, outlets in by_words.items():
        quoted = f"“{words}”" if outlets else words
        yield from _wrap(join([quoted, ", ".join(dict.fromkeys(outlets))], " – "), " " * (_KEY + 4))


def _words(value: Value, evidence: Evidence) -> str:
    """Return the sentence in which a value stands."""
    if isinstance(value, Money):
        amounts = [amount for amount in (value.amount, value.low) if amount is not None]
        return str(excerpt(evidence.context or evidence.quote, None if value.summed else amounts))
    return shorten(evidence.context or evidence.quote, 320)


def _sources(told: Told) -> Iterator[str]:
    """Yield the outlets in the order in which they told each event, then further articles of the same outlets."""
    first: dict[int, Sighting] = {}
    reports = {report.address: report for event in told.deal.events for report in event.reports}
    for sighting in told.sightings:
        ahead = first.setdefault(sighting.story, sighting)
        yield from _sighting(told, sighting, ahead)
        if (report := reports.pop(sighting.address, None)) is not None:
            yield from _article(told, report)
    for report in in_turn(tuple(reports.values())):
        dated = f"{clean(report.outlet)}, {say_day(report.announced)}"
        yield from _wrap(join([dated, f"seen {say_time(report.fetched_at, told.zone)}"]), "  ", "    ")
        yield from _wrap(shorten(report.title, 200), "    ")
        yield f"    {report.address}"
        yield from _article(told, report)


def _sighting(told: Told, sighting: Sighting, first: Sighting) -> Iterator[str]:
    dated = say_day(sighting.day) if sighting.at is None else say_time(sighting.at, told.zone)
    lead = "had it first" if sighting is first else _behind(first, sighting)
    seen = f"seen {say_time(sighting.seen_at, told.zone)}"
    yield from _wrap(join([f"{clean(sighting.outlet)}, {dated}", lead, seen]), "  ", "    ")
    yield from _wrap(shorten(sighting.title, 200), "    ")
    yield f"    {clean(sighting.address)}"


def _behind(first: Sighting, sighting: Sighting) -> str:
    """Return how much later than the first an outlet told a story, as far as it is known."""
    if first.at is None or sighting.at is None:
        days = (sighting.day - first.day).days
        return f"{count(days, 'day')} later" if days > 0 else ""
    return f"{span(sighting.at - first.at)} later"


def span(length: timedelta) -> str:
    """Return a length of time in words of one unit: "40 minutes", "3 hours", "2 days"."""
    minutes = max(0, round(length.total_seconds() / 60))
    if minutes < 120:
        return count(minutes, "minute")
    return count(round(minutes / 60), "hour") if minutes < 48 * 60 else count(round(minutes / 1440), "day")


def _article(told: Told, report: Report) -> Iterator[str]:
    """Yield what is to be known of an article: that its publisher changed it, that it is a teaser or may be no deal."""
    for version in told.versions:
        if version.article == report.article:
            what = join([f"{label(c.field).lower()}: {c.was} → {c.now}" for c in version.changes], "; ")
            seen = f"changed by its publisher, seen {say_time(version.replaced_at, told.zone)}"
            yield from _wrap(join([seen, what], ": "), "    ", "      ")
    if report.terms.behind:
        yield f"    read from a teaser ({report.terms.behind})"
    if not report.kept:
        yield from _wrap(f"perhaps: {shorten(report.reason, 200)}", "    ")


def _corrections(told: Told) -> Iterator[str]:
    for said in told.corrections:
        back = "" if said.undone_at is None else "  [taken back]"
        yield from _pair(f"C{said.id}", f"{_said(said)}{back}")
        yield from _wrap(say_time(said.when, told.zone), " " * (_KEY + 2))


def _said(said: Correction) -> str:
    """Return what a person said, in words."""
    who = clean(said.who)
    done = {
        "reject": "said that this is no deal",
        "set": f"set {said.field.replace('_', ' ')} to {clean(said.value)}",
        "merge": f"said that D{said.deal} and {said.value} are one",
        "add": f"added {clean(said.value)}",
        "undo": f"took {said.value} back",
    }.get(said.verb, said.verb)
    return f"{who} {done}: {clean(said.why)}"


def _other(deal: Deal) -> Iterator[str]:
    said = join([name(deal), figure(deal.latest.terms)])
    yield from _pair(f"{deal.label}, {say_day(deal.latest.announced)}", f"{step(deal.latest.terms)}: {said}")


def _block(heading: str, found: Iterator[str]) -> Iterator[str]:
    """Yield a part with its heading, nothing where there is nothing in it."""
    all_of_it = list(found)
    if all_of_it:
        yield ""
        yield heading
        yield from all_of_it


def _pair(key: str, value: str) -> list[str]:
    return _wrap(value, f"  {key:<{_KEY}}", " " * (_KEY + 2))


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    return wrapped(text, first, rest, WIDTH)
