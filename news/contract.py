"""The reading contract as JSON: what `pactwatch read` and `deals show --json` print, and what the store keeps.

Amounts leave as JSON numbers in units (25000000.0) and come back as the same Decimal. Keys and their order are those
of the contract; `url`, `context`, `check`, `behind` and other fields beyond it stand only where they are set.
`terms_from_json` is the inverse of `terms_to_json`, `reading_from_json` that of `reading_to_json`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from news.reading import (
    MONEY_FIELDS,
    Announced,
    Evidence,
    Kind,
    Money,
    Named,
    Party,
    Prior,
    Reading,
    Royalties,
    Terms,
)

Json = dict[str, Any]


def reading_to_json(reading: Reading, identity: object) -> Json:
    """Return a reading as one object of the contract; `identity` comes back as it was given."""
    return {
        "id": identity,
        "keep": reading.keep,
        "perhaps": reading.perhaps,
        "score": reading.score,
        "language": reading.language,
        "kind": reading.kind,
        "reason": reading.reason,
        "not_read": reading.not_read,
        "deal": None if reading.terms is None else terms_to_json(reading.terms),
        "also": [{"kind": terms.kind, **terms_to_json(terms)} for terms in reading.also],
    }


def reading_from_json(value: Mapping[str, Any]) -> Reading:
    """Return the reading that `reading_to_json` was given."""
    deal = value["deal"]
    return Reading(
        keep=value["keep"],
        perhaps=value["perhaps"],
        score=value["score"],
        language=value["language"],
        kind=value["kind"],
        reason=value["reason"],
        not_read=value["not_read"],
        terms=None if deal is None else terms_from_json(deal, value["kind"]),
        also=tuple(terms_from_json(item, item["kind"]) for item in value["also"]),
    )


def terms_to_json(terms: Terms) -> Json:
    """Return a deal's terms as the contract's "deal" object; the kind stands beside it, not in it."""
    result: Json = {
        "event": terms.event,
        "status": terms.status,
        "announced": _announced_to_json(terms.announced),
        "parties": [
            {"name": party.name, "role": party.role, "evidence": evidence_to_json(party.evidence)}
            for party in terms.parties
        ],
        **{name: money_to_json(getattr(terms, name)) for name in MONEY_FIELDS},
        "royalties": _royalties_to_json(terms.royalties),
        **{name: [_named_to_json(item) for item in getattr(terms, name)] for name in _LISTS},
        "stage": _named_or_none(terms.stage),
        "territory": _named_or_none(terms.territory),
        "prior": [
            {
                "year": prior.year,
                "evidence": evidence_to_json(prior.evidence),
                **{name: money_to_json(money) for name, money in prior.money},
            }
            for prior in terms.prior
        ],
    }
    if terms.behind:
        result["behind"] = terms.behind
    return result


def terms_from_json(value: Mapping[str, Any], kind: Kind) -> Terms:
    """Return the terms that `terms_to_json` was given."""
    return Terms(
        kind=kind,
        event=value["event"],
        status=value["status"],
        announced=_announced_from_json(value["announced"]),
        parties=tuple(Party(p["name"], p["role"], evidence_from_json(p["evidence"])) for p in value["parties"]),
        royalties=_royalties_from_json(value["royalties"]),
        stage=_named_from_json(value["stage"]) if value["stage"] else None,
        territory=_named_from_json(value["territory"]) if value["territory"] else None,
        prior=tuple(_prior_from_json(item) for item in value["prior"]),
        behind=value.get("behind", ""),
        upfront=_money_from_json(value["upfront"]),
        equity=_money_from_json(value["equity"]),
        near_term=_money_from_json(value["near_term"]),
        option_fee=_money_from_json(value["option_fee"]),
        milestones=_money_from_json(value["milestones"]),
        total=_money_from_json(value["total"]),
        assets=_all_named(value["assets"]),
        targets=_all_named(value["targets"]),
        modalities=_all_named(value["modalities"]),
        indications=_all_named(value["indications"]),
    )


def evidence_to_json(evidence: Evidence) -> Json:
    """Return the words behind a value as the contract's E."""
    result: Json = {
        "quote": evidence.quote,
        "start": evidence.start,
        "end": evidence.end,
        "in": evidence.field,
        "more": [evidence_to_json(place) for place in evidence.more],
    }
    result |= {name: value for name, value in (("url", evidence.url), ("context", evidence.context)) if value}
    return result


def evidence_from_json(value: Mapping[str, Any]) -> Evidence:
    """Return the evidence that `evidence_to_json` was given."""
    return Evidence(
        quote=value["quote"],
        start=value["start"],
        end=value["end"],
        field=value["in"],
        more=tuple(evidence_from_json(place) for place in value["more"]),
        url=value.get("url", ""),
        context=value.get("context", ""),
    )


_LISTS = ("assets", "targets", "modalities", "indications")


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _decimal(number: float | None) -> Decimal | None:
    """Return the Decimal of a JSON number: whole units without a fraction, others as they are written."""
    if number is None:
        return None
    return Decimal(int(number)) if number == int(number) else Decimal(repr(number))


def money_to_json(money: Money | None) -> Json | None:
    """Return a payment as the contract has it; None stands for one that is not mentioned."""
    if money is None:
        return None
    if not money.disclosed:
        return {"disclosed": False, "evidence": evidence_to_json(money.evidence)}
    result: Json = {
        "disclosed": True,
        "amount": _number(money.amount),
        "currency": money.currency,
        "up_to": money.up_to,
        "evidence": evidence_to_json(money.evidence),
        "per": money.per,
        "low": _number(money.low),
        "sum": money.summed,
    }
    if money.check:
        result["check"] = True
    return result


def _money_from_json(value: Mapping[str, Any] | None) -> Money | None:
    if value is None:
        return None
    evidence = evidence_from_json(value["evidence"])
    if not value["disclosed"]:
        return Money(evidence)
    return Money(
        evidence=evidence,
        amount=_decimal(value["amount"]),
        currency=value["currency"],
        up_to=value["up_to"],
        low=_decimal(value["low"]),
        per=value["per"],
        summed=value["sum"],
        check=value.get("check", False),
    )


def _prior_from_json(value: Mapping[str, Any]) -> Prior:
    found = ((name, _money_from_json(value[name])) for name in MONEY_FIELDS if name in value)
    money = tuple((name, sum_) for name, sum_ in found if sum_ is not None)
    return Prior(evidence_from_json(value["evidence"]), value["year"], money)


def _announced_to_json(announced: Announced | None) -> Json | None:
    if announced is None:
        return None
    evidence = None if announced.evidence is None else evidence_to_json(announced.evidence)
    return {"date": announced.on.isoformat(), "from": announced.source, "evidence": evidence}


def _announced_from_json(value: Mapping[str, Any] | None) -> Announced | None:
    if value is None:
        return None
    evidence = None if value["evidence"] is None else evidence_from_json(value["evidence"])
    return Announced(date.fromisoformat(value["date"]), value["from"], evidence)


def _royalties_to_json(royalties: Royalties | None) -> Json | None:
    if royalties is None:
        return None
    return {
        "low": _number(royalties.low),
        "high": _number(royalties.high),
        "wording": royalties.wording,
        "evidence": evidence_to_json(royalties.evidence),
    }


def _royalties_from_json(value: Mapping[str, Any] | None) -> Royalties | None:
    if value is None:
        return None
    evidence = evidence_from_json(value["evidence"])
    return Royalties(value["wording"], evidence, _decimal(value["low"]), _decimal(value["high"]))


def _named_to_json(named: Named) -> Json:
    return {"name": named.name, "evidence": evidence_to_json(named.evidence)}


def _named_or_none(named: Named | None) -> Json | None:
    return None if named is None else _named_to_json(named)


def _named_from_json(value: Mapping[str, Any]) -> Named:
    return Named(value["name"], evidence_from_json(value["evidence"]))


def _all_named(values: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(_named_from_json(value) for value in values)
