"""A reread's outcome for a person, and as JSON. Values in, words out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import click

from digest.headline import figures
from jobs.reread import Found, Outcome
from news.contract import Json, evidence_to_json
from news.reading import Evidence, Reading
from news.story import Change
from pactwatch.console import count, one_line
from storage.articles import decision_of

_MOST = 25
"""So many articles of a group are shown; the rest is counted."""
_QUOTE = 90

_Group = tuple[str, str, str, Callable[[Found], bool]]
_GROUPS: tuple[_Group, ...] = (
    ("newly kept", "+", "green", lambda f: f.difference.decisions[1] == "kept" != f.difference.decisions[0]),
    ("kept no longer", "-", "red", lambda f: f.difference.decisions[0] == "kept" != f.difference.decisions[1]),
    ("newly perhaps", "+", "yellow", lambda f: f.difference.decisions[1] == "perhaps"),
    ("perhaps no longer", "-", "yellow", lambda f: f.difference.decisions[0] == "perhaps"),
)


def grouped(found: Sequence[Found]) -> tuple[dict[str, list[Found]], list[Found], list[Found]]:
    """Return the articles by what becomes of them, those whose deal changes, and those that are no deal either way."""
    groups: dict[str, list[Found]] = {name: [] for name, *_ in _GROUPS}
    changed: list[Found] = []
    others: list[Found] = []
    for item in found:
        if item.difference.was.deals() and item.difference.now.deals() and len(set(item.difference.decisions)) == 1:
            changed.append(item)
        else:
            name = next((name for name, _, _, belongs in _GROUPS if belongs(item)), "")
            (groups[name] if name else others).append(item)
    return groups, changed, others


def lines(outcome: Outcome, *, applied: bool) -> Iterator[str]:
    """Yield what a reread came to, for a terminal."""
    yield f"{count(outcome.read, 'stored text')} read with today's rules{_gone(outcome)}"
    groups, changed, others = grouped(outcome.found)
    for name, mark, colour, _ in _GROUPS:
        yield from _group(name, mark, colour, groups[name])
    if changed:
        yield from _group(f"changed ({_fields(changed)})", "~", "cyan", changed)
    yield ""
    if others:
        yield f"{count(len(others), 'article')} that {_are(others)} no deal either way: of another kind now"
    if outcome.mended:
        yield f"{count(outcome.mended, 'article')} that could not be read before: read now"
    requoted = f" ({outcome.requoted} of them with other quotes or another score)" if outcome.requoted else ""
    yield f"{count(outcome.unchanged + outcome.requoted, 'article')} unchanged{requoted}"
    for address, fault in outcome.failed:
        yield f"cannot be read, and stays as it is: {address}: {fault.name}: {fault.message}"
    for words in dict.fromkeys(outcome.kept_words):
        yield f"stays as it was corrected: {words}"
    differs = bool(outcome.found or outcome.requoted)
    if applied:
        yield "stored; nothing was mailed" if differs else "nothing to store"
    elif differs:
        yield "nothing is stored yet: `pactwatch reread --apply` stores this, and mails nothing"


def _gone(outcome: Outcome) -> str:
    return f"; of {count(outcome.gone, 'more article')} the text was let go (keep_text)" if outcome.gone else ""


def _are(others: Sequence[Found]) -> str:
    return "is" if len(others) == 1 else "are"


def _fields(changed: Sequence[Found]) -> str:
    """Return how often each field changes, the most frequent first."""
    return ", ".join(f"{field} {number}" for field, number in _counted(changed).most_common())


def _counted(found: Sequence[Found]) -> Counter[str]:
    """Return how often each field changes, in whichever deal of an article."""
    return Counter(change.field.rpartition(": ")[2] for item in found for change in item.difference.changes)


def _group(name: str, mark: str, colour: str, found: Sequence[Found]) -> Iterator[str]:
    if not found:
        return
    yield ""
    yield click.style(f"{count(len(found), 'article')} {name}", bold=True)
    for item in found[:_MOST]:
        yield from _article(item, mark, colour)
    if len(found) > _MOST:
        yield f"  and {len(found) - _MOST} more; --json has all"


def _article(item: Found, mark: str, colour: str) -> Iterator[str]:
    article, difference = item.article, item.difference
    known = f"{', '.join(f'D{n}' for n in item.deals)}, " if item.deals else ""
    dated = f", {article.published}" if article.published else ""
    yield f"{click.style(mark, fg=colour, bold=True)} {click.style(one_line(article.title), fg=colour)}"
    yield click.style(f"    {known}{one_line(article.outlet)}{dated}  {article.address}", dim=True)
    if difference.decisions[0] != difference.decisions[1]:
        yield from _said("was", difference.was)
        yield from _said("now", difference.now)
    wide = max((len(change.field) for change in difference.changes), default=0)
    for change in difference.changes:
        yield from _change(change, wide)


def _said(when: str, reading: Reading) -> Iterator[str]:
    """Yield a decision with its reason and, where there are any, the leading figures."""
    yield one_line(f"    {when} {decision_of(reading)}: {reading.reason}")
    if reading.terms and (money := figures(reading.terms)):
        yield one_line(f"        {money}")


def _change(change: Change, wide: int) -> Iterator[str]:
    yield f"    {change.field:{wide}}  {one_line(change.was)} → {one_line(change.now)}"
    quotes = [_quote(e) for e in (change.evidence_was, change.evidence_now) if e is not None]
    if quotes:
        yield click.style(f"    {'':{wide}}  {' → '.join(dict.fromkeys(quotes))}", dim=True)


def _quote(evidence: Evidence) -> str:
    words = one_line(evidence.quote)
    return f"“{words if len(words) <= _QUOTE else words[: _QUOTE - 1] + '…'}”"


def to_json(outcome: Outcome) -> Json:
    """Return a reread's outcome as one object."""
    return {
        "read": outcome.read,
        "unchanged": outcome.unchanged,
        "requoted": outcome.requoted,
        "mended": outcome.mended,
        "gone": outcome.gone,
        "fields": dict(_counted(outcome.found).most_common()),
        "differences": [_found_to_json(item) for item in outcome.found],
        "failed": [{"url": url, "fault": f.name, "message": f.message} for url, f in outcome.failed],
        "corrected": list(dict.fromkeys(outcome.kept_words)),
    }


def _found_to_json(item: Found) -> Json:
    article, difference = item.article, item.difference
    return {
        "article": article.id,
        "url": article.address,
        "title": article.title,
        "outlet": article.outlet,
        "deals": [f"D{number}" for number in item.deals],
        "was": _reading_to_json(difference.was),
        "now": _reading_to_json(difference.now),
        "changes": [
            {
                "field": change.field,
                "was": change.was,
                "now": change.now,
                "evidence_was": change.evidence_was and evidence_to_json(change.evidence_was),
                "evidence_now": change.evidence_now and evidence_to_json(change.evidence_now),
            }
            for change in difference.changes
        ],
    }


def _reading_to_json(reading: Reading) -> Json:
    return {"decision": decision_of(reading), "kind": reading.kind, "score": reading.score, "reason": reading.reason}
