"""What a feed of the trade brings beside agreements: results, approvals, appointments, earnings, research, meetings.

The articles are made of the pieces in othernews.txt, in another order and with other names each time. Half of them have
no word without which no agreement is told; the other half name one in passing, an earlier one or one of somebody else.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("Abelune", "Corvane", "Dalmeric", "Ferndale Bio", "Hestia Pharma", "Ilmarin", "Jorvik Cells", "Melorna")
_OTHERS = ("Nordenfall", "Ospreya", "Pellworm", "Rastegar Labs", "Silvermere", "Tolvanen", "Ullswater Bio", "Zellhof")
_MEDICINES = ("Abrelix", "Combravi", "Doventa", "ertuzolam", "Florevia", "nimotrexin", "Quelliva", "Zantherin")
_DISEASES = ("ulcerative colitis", "asthma", "psoriasis", "heart failure", "multiple sclerosis", "lupus", "migraine")

Piece = tuple[str, list[str]]
"""A headline and paragraphs."""


def articles(size: int, passing: int) -> Iterator[Piece]:
    """Yield articles of about `size` characters without end, each that is the `passing`-th with a word in passing.

    The same ones at every call.
    """
    kinds = _kinds(Path(__file__).with_name("othernews.txt").read_text(encoding="utf-8"))
    common = kinds.pop("common")["-"]
    number = 0
    while True:
        for pieces in kinds.values():
            chance = random.Random(number)  # noqa: S311  # the same articles every time are what is wanted
            yield _article(pieces, common, chance, size, in_passing=number % passing == 0)
            number += 1


def _kinds(text: str) -> dict[str, dict[str, list[str]]]:
    """Return the pieces of each kind of news by the sign that they stand behind."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in text.splitlines():
        sign, _, words = line.partition(" ")
        if sign == "##":
            found[words] = {"=": [], ">": [], "-": [], "+": []}
        elif sign in {"=", ">", "-", "+"}:
            found[[*found][-1]][sign].append(words)
    return found


def _article(
    pieces: dict[str, list[str]], common: list[str], chance: random.Random, size: int, *, in_passing: bool
) -> Piece:
    names = {"{A}": _NAMES, "{B}": _OTHERS, "{P}": _MEDICINES, "{D}": _DISEASES}
    chosen = {sign: chance.choice(of) for sign, of in names.items()}
    body = chance.sample(pieces["-"], len(pieces["-"]))
    rest = chance.sample(common, len(common))
    paragraphs = [chance.choice(pieces[">"]), *body, *rest]
    if in_passing:
        paragraphs.insert(chance.randrange(2, 6), chance.choice(pieces["+"]))
    told: list[str] = []
    while sum(map(len, told)) < size:
        told.append(_filled(paragraphs[len(told) % len(paragraphs)], chosen, chance))
    return _filled(chance.choice(pieces["="]), chosen, chance), told


def _filled(piece: str, names: dict[str, str], chance: random.Random) -> str:
    for sign, name in names.items():
        piece = piece.replace(sign, name)
    while "{N}" in piece:
        piece = piece.replace("{N}", str(chance.randrange(20, 900)), 1)
    return piece
