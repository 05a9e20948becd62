"""An explanation for a person in a terminal: the article's own lines, and under each what was made of its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TextIO

from rich.console import Console
from rich.text import Text

from deals.explain import Explanation, Organisation, Sign, strongest
from deals.reader import ArticleText
from lexicon.sentences import cut
from news.reading import Field, Reading
from pactwatch.console import count, one_line
from pactwatch.notes import Mark, Note, notes_of

_WIDEST = 110
_SHORT = 90
"""So much of a line is shown where nothing was found in it."""
_LONG = 600
"""A longer line is shown sentence by sentence, so that what was found stands beside its words."""
_SIGNS = 3
_WHY = 2
_UNLIKELY = 0.05
_MOST_UNNAMED = 6
_STYLES: dict[Mark, str] = {"taken": "bold green", "refused": "red", "recalled": "yellow"}
_MARKS: dict[Mark, str] = {"taken": "+", "refused": "-", "recalled": "~"}
_DIM = "bright_black"


def show(article: ArticleText, explanation: Explanation, file: TextIO) -> None:
    """Print an explanation to a stream; in colours where that is a terminal."""
    console = Console(file=file, highlight=False, emoji=False, markup=False)
    console.width = min(console.width if console.is_terminal else _WIDEST, _WIDEST)
    _verdict(console, explanation)
    notes = notes_of(explanation)
    own: list[Note] = []
    for field, line, start in _lines(article, notes):
        own = [note for note in notes if note.field == field and start <= note.start < start + max(len(line), 1)]
        _line(console, field, line, start, own)
    if not own and article.text.strip():
        console.print()
    if not explanation.reading.not_read:
        _organisations(console, explanation.organisations, named="no party" if explanation.reading.deals() else "named")
    _missing(console, explanation.reading)


def _verdict(console: Console, explanation: Explanation) -> None:
    reading = explanation.reading
    verdict = "kept" if reading.keep else "perhaps" if reading.perhaps else "dropped"
    style = {"kept": "bold green", "perhaps": "bold yellow", "dropped": "bold red"}[verdict]
    if reading.not_read:
        console.print(Text(one_line(reading.reason), style="bold yellow"), end="\n\n")
        return
    _print(console, "", Text.assemble((verdict, style), f", as {reading.kind}: {one_line(reading.reason)}"))
    limits = f"kept from {explanation.keep_from:.2f}, perhaps from {explanation.perhaps_from:.2f}"
    said = f"the signs come to {explanation.likelihood:.2f} ({limits})"
    if explanation.ruled:
        said += "; headline or first sentence leave no doubt"
    elif explanation.likelihood != reading.score:
        said += f"; with the doubt it is {reading.score:.2f}"
    _print(console, "", said)
    for word, signs in zip(("for", "against"), strongest(explanation.signs, _SIGNS), strict=True):
        for number, sign in enumerate(signs):
            _print(console, f"  {word if not number else '':8}{sign.weight:+.1f}  ", Text(one_line(sign.words)))
    console.print()


def _lines(article: ArticleText, notes: Sequence[Note]) -> Iterator[tuple[Field, str, int]]:
    """Yield the title and the lines of the text that hold something, each with its place."""
    yield "title", article.title, 0
    starts = [note.start for note in notes if note.field == "text"]
    place = 0
    for line in article.text.split("\n"):
        pieces = _pieces(line, [start - place for start in starts]) if len(line) > _LONG else [(0, len(line))]
        yield from (("text", line[start:end], place + start) for start, end in pieces if line[start:end].strip())
        place += len(line) + 1


def _pieces(line: str, notes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a whole article in one line: a sentence with notes, or the sentences up to the next one."""
    starts = [0, *(span.start for span in cut(line)[1:])]
    noted = {bisect_right(starts, note) - 1 for note in notes if 0 <= note < len(line)}
    first = [n for n in range(len(starts)) if n in noted or n - 1 in noted or n == 0]
    yield from pairwise([*(starts[n] for n in first), len(line)])


def _line(console: Console, field: Field, line: str, start: int, notes: Sequence[Note]) -> None:
    """Print a line of the article with the notes on it; one without notes is cut short."""
    if not notes and field == "text":
        short = Text(one_line(line).strip(), style=_DIM)
        short.truncate(min(console.width, _SHORT), overflow="ellipsis")
        console.print(short, soft_wrap=True)
        return
    text = Text(one_line(line), style="bold" if field == "title" else "")
    for note in sorted(notes, key=lambda n: n.mark != "recalled"):
        text.stylize("italic" if note.mark == "recalled" else _STYLES[note.mark], note.start - start, note.end - start)
    _print(console, "", text)
    wide = max((len(note.label) for note in notes), default=0)
    for note in notes:
        head = Text.assemble("  ", (f"{_MARKS[note.mark]} {note.label:{wide}}", _STYLES[note.mark]), "  ")
        _print(console, head, _said(note))
    console.print()


def _said(note: Note) -> Text:
    """Return the value with the words it was read from and their place, or why there is none."""
    said = Text(one_line(note.value))
    if note.mark == "recalled":
        said.append(one_line(note.why))
    else:
        if note.quote != note.value:
            said.append(f"{'  ' if note.value else ''}“{one_line(note.quote)}”", style="" if note.value else _DIM)
        if note.mark == "refused":
            said.append(f"  {one_line(note.why)}")
    said.append(f"  {note.start}-{note.end}", style=_DIM)
    return said


def _print(console: Console, head: str | Text, body: str | Text) -> None:
    """Print a line whose further lines begin under its body."""
    first = Text(head) if isinstance(head, str) else head
    lines = (Text(body) if isinstance(body, str) else body).wrap(console, max(console.width - first.cell_len, 20))
    for number, line in enumerate(lines):
        line.rstrip()
        console.print(Text.assemble(first if number == 0 else " " * first.cell_len, line), soft_wrap=True)


def _organisations(console: Console, organisations: Sequence[Organisation], *, named: str) -> None:
    """Print who is a party and who is only `named`, by which words."""
    parties = [one for one in organisations if one.role]
    others = sorted((one for one in organisations if not one.role), key=lambda one: -one.likelihood)
    likely = [one for one in others if one.likelihood >= _UNLIKELY][:_MOST_UNNAMED]
    if not organisations:
        console.print("no organisation is named")
        return
    console.print(Text("organisations", style="bold"))
    wide = max((len(one.name) for one in (*parties, *likely)), default=0)
    for one in (*parties, *likely):
        mark, role = ("+", str(one.role)) if one.role else ("-", named)
        style = _STYLES["taken" if one.role else "refused"]
        head = Text.assemble((f"  {mark} {one_line(one.name):{wide}}  {role:8}", style), f"  {one.likelihood:.2f}  ")
        _print(console, head, Text(_why(one)))
    if len(others) > len(likely):
        rest = count(len(others) - len(likely), "other name", "other names")
        console.print(Text(f"  and {rest}, none of them likely", style=_DIM))
    console.print()


def _why(one: Organisation) -> str:
    """Return what speaks most for an organisation's part, or against it."""
    speak_for, against = strongest(one.signs, _WHY)
    signs = list(speak_for if one.role else (against or speak_for))
    gives, takes = strongest(one.side, _WHY)
    side: tuple[Sign, ...] = {"licensor": gives, "licensee": takes}.get(str(one.role), ())
    words = dict.fromkeys(one_line(sign.words) for sign in (*side[:1], *signs))
    return "; ".join(tuple(words)[:_WHY])


def _missing(console: Console, reading: Reading) -> None:
    """Print which terms the main deal does not mention."""
    if reading.terms is None:
        return
    names = ("upfront", "equity", "near_term", "option_fee", "milestones", "total", "royalties", "assets", "targets",
             "modalities", "indications", "stage", "territory")  # fmt: skip
    absent = [name.replace("_", " ") for name in names if not getattr(reading.terms, name)]
    status = f"event {reading.terms.event}, status {reading.terms.status}"
    _print(console, "", Text(f"{status}; not mentioned: {', '.join(absent) or 'nothing'}", style=_DIM))
