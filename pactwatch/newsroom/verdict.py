"""Whether a run over the newsroom came out as it should: sixty readings, and one fault."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lexicon import Lexicon
from news.address import canonical
from news.article import Fault
from news.step import Explanation
from pactwatch.newsroom.expected import differences
from pactwatch.newsroom.outlets import FAULT
from pactwatch.newsroom.pieces import Piece
from storage import Store


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many readings were as expected, and whether the expected fault is there; `lines` say what is not."""

    readings: int
    of: int
    faults: int
    others: int
    lines: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as expected."""
        return self.readings == self.of and self.faults == 1 and not self.others

    def __str__(self) -> str:
        """Return the count in one line."""
        plural = "fault" if self.faults == 1 else "faults"
        more = f", {self.others} not" if self.others else ""
        return f"{self.readings} of {self.of} readings as expected, {self.faults} {plural} as expected{more}"


def judge(
    store: Store,
    pieces: Sequence[Piece],
    addresses: Mapping[str, str],
    lexicon: Lexicon,
    faults: Collection[tuple[str, Fault]],
) -> Verdict:
    """Compare what the store holds with what is expected; `addresses` are those of the articles by name."""
    wrong: dict[str, Sequence[str]] = {}
    for piece in pieces:
        found = _differences(piece, store.explain(canonical(addresses[piece.name])), lexicon)
        if found:
            wrong[piece.name] = found
    named = [(source, fault.name) for source, fault in faults]
    others = [f"{where}: {fault.name}: {fault.message}" for where, fault in faults if (where, fault.name) != FAULT]
    lines = [f"{name}: {line}" for name, found in wrong.items() for line in found]
    lines += [f"fault not expected: {line}" for line in others]
    if FAULT not in named:
        lines.append(f"fault expected and not found: {FAULT[0]}: {FAULT[1]}")
    return Verdict(len(pieces) - len(wrong), len(pieces), int(FAULT in named), len(others), tuple(lines))


def _differences(piece: Piece, known: Explanation, lexicon: Lexicon) -> Sequence[str]:
    if known.reading is not None:
        return differences(piece.expected, known.reading, lexicon)
    reasons = [entry.reason or entry.decision for entry in known.entries]
    return [f"no reading: {'; '.join(reasons) or 'its address was never seen'}"]
