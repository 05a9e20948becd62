"""Compare a reading with what is expected of it, by the conventions of the package's docstring. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal, get_args

from lexicon import Lexicon
from lexicon.text import fold
from news.reading import MONEY_FIELDS, Money, Named, Reading, Royalties, Terms

_Lists = Literal["assets", "targets", "modalities", "indications"]
_Sum = tuple[Decimal | None, str | None, bool]
_KINDS: dict[_Lists, str] = {"targets": "target", "modalities": "modality", "indications": "indication"}


def differences(expected: Mapping[str, Any], reading: Reading, lexicon: Lexicon) -> tuple[str, ...]:
    """Return one line per difference between an expected reading and a reading; none when it is as expected."""
    found = [
        f"{name}: expected {expected[name]}, read {getattr(reading, name)}"
        for name in ("keep", "perhaps")
        if expected[name] != getattr(reading, name)
    ]
    found += _kind(expected, reading.kind)
    deals = ([expected["deal"]] if "deal" in expected else []) + list(expected.get("also", []))
    read = reading.deals()
    for number, (deal, terms) in enumerate(zip(deals, read, strict=False)):
        place = f"deal {number + 1}, " if number else ""
        found += [place + line for line in (*(_kind(deal, terms.kind) if number else ()), *_deal(deal, terms, lexicon))]
    if len(deals) != len(read):
        found.append(f"deals: expected {len(deals)}, read {len(read)}; {reading.reason}")
    return tuple(found)


def _kind(expected: Mapping[str, Any], read: str) -> list[str]:
    allowed = _allowed(expected["kind"])
    return [] if read in allowed else [f"kind: expected {' or '.join(allowed)}, read {read}"]


def _allowed(wanted: str | list[str]) -> list[str]:
    return [wanted] if isinstance(wanted, str) else wanted


def _deal(expected: Mapping[str, Any], terms: Terms, lexicon: Lexicon) -> Iterator[str]:
    for name in ("event", "status"):
        if name in expected and expected[name] != getattr(terms, name):
            yield f"{name}: expected {expected[name]}, read {getattr(terms, name)}"
    yield from _parties(expected.get("parties", []), terms, lexicon)
    for name in MONEY_FIELDS:
        yield from _money(name, expected.get(name), getattr(terms, name))
    yield from _royalties(expected.get("royalties"), terms.royalties)
    for listed in get_args(_Lists):
        if listed in expected:
            yield from _names(listed, expected[listed], getattr(terms, listed), lexicon)
    for single in ("stage", "territory"):
        if single in expected:
            yield from _single(single, expected[single], getattr(terms, single))
    if "prior" in expected:
        yield from _sets("prior", expected["prior"], (p.year for p in terms.prior if p.year is not None))


def _parties(expected: Iterable[Mapping[str, Any]], terms: Terms, lexicon: Lexicon) -> Iterator[str]:
    read = {lexicon.companies.key(p.name): p.role for p in terms.parties}
    wanted = {lexicon.companies.key(p["name"]): _allowed(p["role"]) for p in expected}
    twice = len(terms.parties) > len(read)
    if twice or read.keys() != wanted.keys() or any(read[key] not in roles for key, roles in wanted.items()):
        asked = _list(f"{p['name']} ({' or '.join(_allowed(p['role']))})" for p in expected)
        yield f"parties: expected {asked}, read {_list(f'{p.name} ({p.role})' for p in terms.parties)}"


def _names(field: _Lists, expected: Iterable[str], read: Iterable[Named], lexicon: Lexicon) -> Iterator[str]:
    def key(name: str) -> str:
        kind = _KINDS.get(field)
        return next((c.id for c in lexicon.ontology.named(name) if c.kind == kind), fold(name).text)

    yield from _keyed(field, {key(n): n for n in expected}, {key(n.name): n.name for n in read})


def _single(field: str, expected: str | None, read: Named | None) -> Iterator[str]:
    wanted, found = ([name] if name else [] for name in (expected, read.name if read else None))
    yield from _keyed(field, {fold(n).text: n for n in wanted}, {fold(n).text: n for n in found})


def _sets(field: str, expected: Iterable[object], read: Iterable[object]) -> Iterator[str]:
    yield from _keyed(field, {str(v): str(v) for v in expected}, {str(v): str(v) for v in read})


def _keyed(field: str, expected: Mapping[Any, str], read: Mapping[Any, str]) -> Iterator[str]:
    """Compare two sets by their keys and show them by their values."""
    if expected.keys() != read.keys():
        yield f"{field}: expected {_list(expected.values())}, read {_list(read.values())}"


def _list(values: Iterable[str]) -> str:
    return ", ".join(sorted(values)) or "none"


def _money(field: str, expected: Mapping[str, Any] | None, read: Money | None) -> Iterator[str]:
    if expected is None:
        if read is not None and read.disclosed:
            yield f"{field}: expected nothing, read {_amount(*_parts(read))} from {read.evidence.quote!r}"
        return
    wanted: _Sum = (None, None, False)
    if expected.get("disclosed", True):
        wanted = (Decimal(str(expected["amount"])), expected["currency"], expected["up_to"])
    if read is None or _parts(read) != wanted:
        yield f"{field}: expected {_amount(*wanted)}, read {'nothing' if read is None else _amount(*_parts(read))}"


def _parts(money: Money) -> _Sum:
    return (money.amount, money.currency, money.up_to) if money.disclosed else (None, None, False)


def _amount(amount: Decimal | None, currency: str | None, up_to: bool) -> str:  # noqa: FBT001  # a figure's three parts
    return "an undisclosed sum" if amount is None else f"{'up to ' if up_to else ''}{currency} {amount:,.0f}"


def _royalties(expected: Mapping[str, Any] | None, read: Royalties | None) -> Iterator[str]:
    mine = (None, None) if read is None else (read.low, read.high)
    if expected is None:
        if mine != (None, None):
            yield f"royalties: expected no numbers, read {_percent(mine)}"
        return
    low, high = (None if expected[n] is None else Decimal(str(expected[n])) for n in ("low", "high"))
    if read is None:
        yield f"royalties: expected {_percent((low, high))}, read nothing"
    elif mine != (low, high):
        yield f"royalties: expected {_percent((low, high))}, read {_percent(mine)}"


def _percent(pair: tuple[Decimal | None, Decimal | None]) -> str:
    return "words without numbers" if pair == (None, None) else f"{pair[0]} to {pair[1]} %"
