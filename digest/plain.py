"""The plain text of a message: everything that the HTML says, for a terminal or a mail program without HTML."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator

from digest.view import Block, CardView, Earlier, Figure, Moved, Quote, Reason, Totals, View
from digest.wording import join

WIDTH = 76
_RULE = "-" * WIDTH
_KEY = 14
_NAME, _DEALS, _SUM = 40, 8, 14
"""Columns of the totals."""


def text_of(view: View) -> str:
    """Return the plain text; lines end with LF, and only words that cannot be broken are longer than WIDTH."""
    lines: list[str] = [*wrapped(view.heading), *wrapped(join(["pactwatch", view.when])), *wrapped(view.period), ""]
    if view.deals is not None:
        lines += [*_deals(view.deals), ""]
    if view.totals is not None:
        lines += [*_totals(view.totals), ""]
    for card in view.cards:
        lines += [_RULE, *_card(card), ""]
    for block in view.blocks:
        lines += [_RULE, *wrapped(block.heading), *(line for note in block.notes for line in wrapped(note))]
        lines += [*_lines(block), ""]
    lines += [_RULE, *wrapped(join(view.health))]
    for line in (*view.foot, *([f"Stop these mails: {view.stop}"] if view.stop else [])):
        lines += wrapped(line)
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _deals(block: Block) -> Iterator[str]:
    for number, item in enumerate(block.lines, 1):
        mark = f"[{item.badge}] " if item.badge else ""
        yield from wrapped(f"{mark}{item.title}", f"{number:>2}. ", "    ")
        yield from wrapped(", ".join(str(each) for each in item.sums if each.value), "    ")
        yield from wrapped(item.about, "    ")


def _totals(totals: Totals) -> Iterator[str]:
    yield f"{'By modality':<{_NAME}}{'Deals':>{_DEALS}}{'Upfront':>{_SUM}}{'In total':>{_SUM}}"
    for row in totals.rows:
        *above, name = textwrap.wrap(row.label, _NAME - 2) or [""]
        yield from above
        sums = "".join(f"{said or '-':>{_SUM}}" for said in row.sums)
        yield f"{name:<{_NAME}}{row.deals:>{_DEALS}}{sums}"
    for note in totals.notes:
        yield ""
        yield from wrapped(note)


def wrapped(text: str, first: str = "", rest: str = "", width: int = WIDTH) -> list[str]:
    """Return text in lines, nothing for no text; addresses and long words stay whole."""
    if not text:
        return []
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _card(card: CardView) -> Iterator[str]:
    yield from wrapped(join([*(f"[{badge}]" for badge in card.badges), card.kicker], " "))
    yield from wrapped(card.title)
    yield from wrapped(card.lead)
    for notice in card.notices:
        yield from wrapped(notice)
    yield from _block("What changed", (line for change in card.changes for line in _moved(change)))
    yield from _block("", (line for fact in card.facts for line in _pair(fact.label, fact.value)))
    terms = [line for row in card.figures for line in _figure(row)]
    yield from _block("Terms", terms or wrapped(card.silent, "  "))
    yield from wrapped(card.rates, "  ", "  ")
    for item in card.earlier:
        yield from _block(item.label, _earlier(item))
    if card.alike is not None:
        yield from _block(f"{card.alike.heading}: {join(card.alike.notes)}", _alike(card.alike))
    yield from _block("Why you get this", (line for reason in card.why for line in _reason(reason)))
    if card.sources is not None:
        yield from _block(card.sources.heading, _sources(card.sources))
    yield ""
    yield from wrapped(f"{card.label} · {card.seen}")
    yield from wrapped(f"{card.wrong} How it was read:")
    yield from (f"  {command}" for command in card.commands)


def _block(heading: str, lines: Iterable[str]) -> list[str]:
    """Return a part of a card with its heading, nothing where there is nothing in it."""
    found = list(lines)
    return ["", *wrapped(heading), *found] if found else []


def _pair(key: str, value: str) -> list[str]:
    return wrapped(value, f"  {key:<{_KEY}}", " " * (_KEY + 2))


def _figure(row: Figure) -> Iterator[str]:
    check = "  [check]" if row.check else ""
    yield from wrapped(
        f"{join([row.value, f'({row.usd})' if row.usd else ''], ' ')}{check}",
        f"  {row.label + ' ':.<{_KEY + 6}} ",
        " " * (_KEY + 9),
    )
    yield from wrapped(f"{row.note}:" if row.note else "", "    ")
    for quote in row.quotes:
        yield from wrapped(_quote(quote), "    ")


def _quote(quote: Quote) -> str:
    return join([str(quote), quote.outlet], " – ")


def _reason(reason: Reason) -> Iterator[str]:
    """Yield why a deal is shown; the words that matched stand between asterisks in their sentence."""
    yield from wrapped(reason.search, "  ", "    ")
    for found in reason.found:
        words = found.words
        marked = f"*{words.figure}*" if words.before or words.after else words.figure
        said = f"“{words.before}{marked}{words.after}”"
        behind = join([found.part, found.note], ", ")
        yield from wrapped(join([said, f"({behind})" if behind else ""], " "), "    ")


def _alike(block: Block) -> Iterator[str]:
    for item in block.lines:
        yield from wrapped(item.title, "  ", "    ")
        yield from wrapped(join([*map(str, item.sums), item.about]), "    ")


def _moved(change: Moved) -> Iterator[str]:
    yield from wrapped(f"{change.label}: {change.was} → {change.now}", "  ", "    ")
    for word, quote in (("was", change.quote_was), ("is", change.quote_now)):
        if quote is not None:
            yield from wrapped(f"{word}: {_quote(quote)}", "    ")


def _earlier(item: Earlier) -> Iterator[str]:
    for row in item.figures:
        yield from wrapped(f"{row.label}: {row.value}{' [check]' if row.check else ''}", "  ", "    ")
        for place in row.quotes:
            yield from wrapped(_quote(place), "    ")
    if item.quote is not None:
        yield from wrapped(_quote(item.quote), "  ")


def _sources(block: Block) -> Iterator[str]:
    for source in block.lines:
        yield from wrapped(source.title, "  ", "    ")
        yield from wrapped(join([source.about, source.badge.lower()]), "    ")
        yield from ([f"    {source.url}"] if source.url else [])
    yield from wrapped(block.more, "  ")


def _lines(block: Block) -> Iterator[str]:
    for item in block.lines:
        yield ""
        yield from wrapped(item.title, "  * ", "    ")
        yield from wrapped(join([item.about, item.label]), "    ")
        yield from wrapped(item.reason, "    ")
        yield from ([f"    {item.url}"] if item.url else [])
