"""What is expected of a reading: written down from today's reading, and corrected by a person. Pure.

The forms are those of pactwatch/newsroom. A correction is a field and its value as a person writes it:

    upfront=EUR 25m   milestones=up to $300m   option_fee=undisclosed   royalties=8-14%   prior=2016
    licensor=Ostara Immune   targets=CD123; CD3   event=expansion   kind=license; option   total=none
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, get_args

from deals.money import sums
from news.reading import (
    KINDS,
    MONEY_FIELDS,
    STATUSES,
    DealEventName,
    Money,
    Reading,
    Role,
    Royalties,
    Terms,
)
from pactwatch.values import choice, meant

Json = dict[str, Any]
_LISTS = ("assets", "targets", "modalities", "indications")
_SINGLE = ("stage", "territory")
_ROLES: tuple[Role, ...] = get_args(Role)
FIELDS = ("kind", "event", "status", *_ROLES, *MONEY_FIELDS, "royalties", *_LISTS, *_SINGLE, "prior")
"""What a correction can set."""
_NONE = "none"
_PERCENT = re.compile(r"(\d{1,2}(?:\.\d+)?)\s*%?(?:\s*(?:-|–|to)\s*(\d{1,2}(?:\.\d+)?))?\s*%")


def expectation_of(reading: Reading) -> Json:
    """Return a reading as it would be expected of the same article."""
    expected: Json = {"keep": reading.keep, "perhaps": reading.perhaps, "kind": reading.kind}
    if reading.terms is not None:
        expected["deal"] = deal_of(reading.terms)
    if reading.also:
        expected["also"] = [{"kind": terms.kind, **deal_of(terms)} for terms in reading.also]
    return expected


def deal_of(terms: Terms) -> Json:
    """Return terms as they would be expected."""
    return {
        "event": terms.event,
        "status": terms.status,
        "parties": [{"name": party.name, "role": party.role} for party in terms.parties],
        **{name: _money(money) for name, money in terms.money()},
        **({} if terms.royalties is None else {"royalties": _royalties(terms.royalties)}),
        **{name: [named.name for named in getattr(terms, name)] for name in _LISTS},
        **{name: value and value.name for name in _SINGLE for value in [getattr(terms, name)]},
        "prior": [prior.year for prior in terms.prior if prior.year is not None],
    }


def _money(money: Money) -> Json:
    if money.amount is None:
        return {"disclosed": False}
    return {"amount": _number(money.amount), "currency": money.currency, "up_to": money.up_to}


def _royalties(royalties: Royalties) -> Json:
    ends = (("low", royalties.low), ("high", royalties.high))
    return {name: None if end is None else _number(end) for name, end in ends}


def _number(value: Any) -> int | float:  # noqa: ANN401  # a Decimal, or text that is one
    return int(float(value)) if float(value).is_integer() else float(value)


def kept_as(expected: Json, decision: str, deal: Callable[[], Terms]) -> Json:
    """Return an expectation that is kept, perhaps or dropped, as a person decided.

    `deal` gives the terms that the reader would have read in an article that it did not keep.
    """
    changed = deepcopy(expected)
    changed |= {"keep": decision == "keep", "perhaps": decision == "perhaps"}
    if decision == "drop":
        changed.pop("deal", None)
        changed.pop("also", None)
    elif "deal" not in changed:
        terms = deal()
        changed |= {"kind": terms.kind, "deal": deal_of(terms)}
    return changed


def corrected(expected: Json, field: str, value: str) -> Json:
    """Return an expectation with one field set; raises ValueError that names the field and what is allowed."""
    name = field.strip().replace("-", "_")
    if name not in FIELDS:
        raise ValueError(f"{field!r} is no field; the fields are {', '.join(FIELDS)}{meant(name, FIELDS)}")
    if name != "kind" and "deal" not in expected:
        raise ValueError(f"{field}: no deal is expected of this article; say --keep or --perhaps as well")
    said = " ".join(value.split())
    if not said:
        raise ValueError(f"{field}: it is empty; say none where there is none")
    changed = deepcopy(expected)
    try:
        _set(changed if name == "kind" else changed["deal"], name, _NONE if said.casefold() == _NONE else said)
    except ValueError as error:
        raise ValueError(f"{field}: {error}") from error
    return changed


def _set(deal: Json, name: str, value: str) -> None:
    """Set a field of an expected deal, or the kind of an expected reading."""
    if name == "kind":
        kinds = [choice(KINDS)(kind) for kind in _several(value)]
        deal[name] = kinds[0] if len(kinds) == 1 else kinds
    elif name in _ROLES:
        deal["parties"] = _parties(deal.get("parties", []), name, _several(value))
    elif name in _LISTS:
        deal[name] = _several(value)
    elif name in _SINGLE:
        deal[name] = None if value == _NONE else value
    elif name == "prior":
        deal[name] = [int(year) if re.fullmatch(r"\d{4}", year) else _refuse(year) for year in _several(value)]
    elif name in {"event", "status"}:
        deal[name] = choice(get_args(DealEventName) if name == "event" else STATUSES)(value)
    elif value == _NONE:
        deal.pop(name, None)
    else:
        deal[name] = percentages(value) if name == "royalties" else payment(value)


def _refuse(year: str) -> int:
    raise ValueError(f"{year!r} is no year such as 2016")


def _several(value: str) -> list[str]:
    """Return the names of a list, apart by semicolons; a comma may stand in a name."""
    names = [" ".join(name.split()) for name in value.split(";")]
    return [name for name in names if name and name != _NONE]


def _parties(parties: list[Mapping[str, Any]], role: str, names: list[str]) -> list[Json]:
    """Return the parties with those of one role replaced; who is named now has no other role any more."""
    rest = [dict(p) for p in parties if p["role"] != role and p["name"].casefold() not in {n.casefold() for n in names}]
    return [*rest, *({"name": name, "role": role} for name in names)]


def payment(value: str) -> Json:
    """Return a payment as a person writes it: "EUR 25m", "up to $300 million", "undisclosed"; raises ValueError."""
    if value.lower() == "undisclosed":
        return {"disclosed": False}
    found = sums(value)
    if len(found) != 1:
        raise ValueError(f"{value!r} is no sum; write EUR 25m, up to EUR 300m, undisclosed or none")
    return {"amount": _number(found[0].amount), "currency": found[0].currency, "up_to": found[0].up_to}


def percentages(value: str) -> Json:
    """Return royalties as a person writes them: "8-14%", "12%", "words"; raises ValueError."""
    if value.lower() == "words":
        return {"low": None, "high": None}
    found = _PERCENT.fullmatch(value)
    if found is None:
        raise ValueError(f"{value!r} is no rate; write 8-14%, 12%, words (where no numbers are given) or none")
    low, high = _number(found[1]), _number(found[2] or found[1])
    if low > high:
        raise ValueError(f"{value!r} is no rate: the lower end stands first")
    return {"low": low, "high": high}
