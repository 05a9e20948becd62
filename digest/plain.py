"""The plain text of a message: everything that the HTML says, for a terminal or a mail program without HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from digest.view import CardView, Earlier, Figure, LineView, Moved, Quote, View
from digest.wording import join

WIDTH = 76
_RULE = "-" * WIDTH
_KEY = 14


def text_of(view: View) -> str:
    """Return the plain text; lines end with LF, and only words that cannot be broken are longer than WIDTH."""
    lines: list[str] = [*_wrap(view.heading), *_wrap(join(["pactwatch", view.when])), *_wrap(view.period), ""]
    for number, item in enumerate(view.summaries, 1):
        mark = f"[{item.badge}] " if item.badge else ""
        lines += _wrap(f"{mark}{item.line}", f"{number:>2}. ", "    ")
        lines += _wrap(item.figures, "    ")
    if view.summaries:
        lines.append("")
    for card in view.cards:
        lines += [_RULE, *_card(card), ""]
    if view.perhaps:
        lines += [_RULE, "PERHAPS", *_wrap("These match a search, but may be no deal of the kind that is kept.")]
        lines += [*_lines(view.perhaps), ""]
    if view.backlog is not None:
        lines += [_RULE, *_wrap(view.backlog.heading)]
        for note in view.backlog.notes:
            lines += _wrap(note)
        lines += [*_lines(view.backlog.lines), ""]
    if view.health:
        lines += [_RULE, *_wrap(join(view.health))]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _wrap(text: str, first: str = "", rest: str = "") -> list[str]:
    """Return text in lines, nothing for no text; addresses and long words stay whole."""
    if not text:
        return []
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _card(card: CardView) -> Iterator[str]:
    yield from _wrap(join([*(f"[{badge}]" for badge in card.badges), card.kicker], " "))
    yield from _wrap(card.title)
    yield from _wrap(card.lead)
    yield from _wrap(card.notice)
    yield from _block("What changed", (line for change in card.changes for line in _moved(change)))
    yield from _block("", (line for fact in card.facts for line in _pair(fact.label, fact.value)))
    terms = [line for row in card.figures for line in _figure(row)]
    yield from _block("Terms", terms or ["  No payments are mentioned."])
    yield from _wrap(card.rates, "  ", "  ")
    for item in card.earlier:
        yield from _block(item.label, _earlier(item))
    why = (join([reason.search, ", ".join(reason.words)], ": ") for reason in card.why)
    yield from _block("Why you get this", (line for reason in why for line in _wrap(reason, "  ", "    ")))
    yield from _block("Article" if len(card.sources) == 1 else "Articles", _sources(card))
    yield ""
    yield from _wrap(f"{card.label} · {card.seen}")
    yield from _wrap(f"Is something wrong? Name {card.label} to whoever runs pactwatch for you. How it was read:")
    yield from (f"  {command}" for command in card.commands)


def _block(heading: str, lines: Iterable[str]) -> list[str]:
    """Return a part of a card with its heading, nothing where there is nothing in it."""
    found = list(lines)
    return ["", *_wrap(heading), *found] if found else []


def _pair(key: str, value: str) -> list[str]:
    return _wrap(value, f"  {key:<{_KEY}}", " " * (_KEY + 2))


def _figure(row: Figure) -> Iterator[str]:
    check = "  [check]" if row.check else ""
    yield from _wrap(
        f"{join([row.value, f'({row.usd})' if row.usd else ''], ' ')}{check}",
        f"  {row.label + ' ':.<{_KEY + 6}} ",
        " " * (_KEY + 9),
    )
    yield from _wrap(f"{row.note}:" if row.note else "", "    ")
    for quote in row.quotes:
        yield from _wrap(_quote(quote), "    ")


def _quote(quote: Quote) -> str:
    return join([f"“{quote.words}”", quote.outlet], " – ")


def _moved(change: Moved) -> Iterator[str]:
    yield from _wrap(f"{change.label}: {change.was} → {change.now}", "  ", "    ")
    for word, quote in (("was", change.quote_was), ("is", change.quote_now)):
        if quote is not None:
            yield from _wrap(f"{word}: {_quote(quote)}", "    ")


def _earlier(item: Earlier) -> Iterator[str]:
    for row in item.figures:
        yield from _wrap(f"{row.label}: {row.value}{' [check]' if row.check else ''}", "  ", "    ")
        for place in row.quotes:
            yield from _wrap(_quote(place), "    ")
    if item.quote is not None:
        yield from _wrap(_quote(item.quote), "  ")


def _sources(card: CardView) -> Iterator[str]:
    for source in card.sources:
        yield from _wrap(source.title, "  ", "    ")
        yield from _wrap(join([source.outlet, source.day]), "    ")
        yield from ([f"    {source.url}"] if source.url else [])


def _lines(items: Sequence[LineView]) -> Iterator[str]:
    for item in items:
        yield ""
        yield from _wrap(item.title, "  * ", "    ")
        yield from _wrap(join([item.about, item.label]), "    ")
        yield from _wrap(item.reason, "    ")
        yield from ([f"    {item.url}"] if item.url else [])
