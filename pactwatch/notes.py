"""An explanation as notes on the article's own words, and as JSON. Pure.

A note says what was made of a stretch of title or text: the value that it gave, or why it gave none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from alerts.amounts import say_money, say_royalties
from deals.explain import Explanation, Organisation, Sign
from deals.payments import Candidate
from news.contract import Json, evidence_to_json, money_to_json, reading_to_json
from news.reading import Evidence, Field, MoneyField, Terms

Mark = Literal["taken", "refused", "recalled"]
_SINGULAR = {"assets": "asset", "targets": "target", "modalities": "modality", "indications": "indication"}


@dataclass(frozen=True, slots=True)
class Note:
    """What was made of the words at `field[start:end]`: a term and its value, or why there is none."""

    mark: Mark
    label: str
    value: str
    why: str
    quote: str
    field: Field
    start: int
    end: int


def notes_of(explanation: Explanation) -> tuple[Note, ...]:
    """Return all notes in the order of the article, the title first."""
    deals = explanation.reading.deals()
    found = [note for n, terms in enumerate(deals) for note in _of_terms(terms, f"deal {n + 1}: " if n else "")]
    found += [_of_figure(figure, deals) for figure in explanation.figures]
    for recalled in explanation.recalled:
        why = f"“{recalled.why}”" if recalled.why else "goes on from the sentence before"
        found.append(_note("recalled", "earlier agreement", "", why, recalled.evidence))
    return tuple(sorted(set(found), key=lambda note: (note.field == "text", note.start, note.end, note.label)))


def _note(mark: Mark, label: str, value: str, why: str, evidence: Evidence) -> Note:
    return Note(mark, label, value, why, evidence.quote, evidence.field, evidence.start, evidence.end)


def _of_terms(terms: Terms, prefix: str) -> Iterator[Note]:
    """Yield the values of a deal but its stated sums, which are figures."""
    announced = terms.announced
    if announced is not None and announced.evidence is not None:
        yield _note("taken", f"{prefix}announced", announced.on.isoformat(), announced.source, announced.evidence)
    for party in terms.parties:
        yield _note("taken", f"{prefix}{party.role}", party.name, "", party.evidence)
    for name, money in terms.money():
        if not money.disclosed:
            yield _note("taken", f"{prefix}{_plain(name)}", "undisclosed", "", money.evidence)
    if terms.royalties is not None:
        yield _note("taken", f"{prefix}royalties", say_royalties(terms.royalties), "", terms.royalties.evidence)
    for listed, label in _SINGULAR.items():
        for named in getattr(terms, listed):
            yield _note("taken", f"{prefix}{label}", named.name, "", named.evidence)
    for single in ("stage", "territory"):
        if (value := getattr(terms, single)) is not None:
            yield _note("taken", f"{prefix}{single}", value.name, "", value.evidence)


def _of_figure(figure: Candidate, deals: tuple[Terms, ...]) -> Note:
    said = say_money(figure.money)
    if figure.field is None:
        return _note("refused", said, "", figure.why, figure.money.evidence)
    number, whole = _whole(figure, figure.field, deals)
    value = said if whole in {said, ""} else f"{said}, part of {whole}"
    label = f"deal {number + 1}: " if number else ""
    return _note("taken", label + _plain(figure.field), value, "", figure.money.evidence)


def _whole(figure: Candidate, field: MoneyField, deals: tuple[Terms, ...]) -> tuple[int, str]:
    """Return the deal in which a figure stands as a term, and the whole of that term where it was added up."""
    place = figure.money.evidence
    for number, terms in enumerate(deals):
        money = getattr(terms, field)
        if money is not None and any(_meet(place, e) for e in (money.evidence, *money.evidence.more)):
            return number, say_money(money) if money.summed else ""
    return 0, ""


def _meet(one: Evidence, other: Evidence) -> bool:
    return one.field == other.field and one.start < other.end and other.start < one.end


def _plain(name: str) -> str:
    return name.replace("_", " ")


def explanation_to_json(explanation: Explanation, identity: object) -> Json:
    """Return an explanation as one object: the reading of the contract, and beside it what it was made of."""
    return {
        "id": identity,
        "reading": reading_to_json(explanation.reading, identity),
        "keep_from": explanation.keep_from,
        "perhaps_from": explanation.perhaps_from,
        "likelihood": explanation.likelihood,
        "ruled": explanation.ruled,
        "signs": [_sign_to_json(sign) for sign in explanation.signs],
        "figures": [{"taken": f.field, "why": f.why, **(money_to_json(f.money) or {})} for f in explanation.figures],
        "organisations": [_organisation_to_json(one) for one in explanation.organisations],
        "recalled": [{"why": r.why, "evidence": evidence_to_json(r.evidence)} for r in explanation.recalled],
    }


def _organisation_to_json(one: Organisation) -> Json:
    return {
        "name": one.name,
        "role": one.role,
        "likelihood": one.likelihood,
        "mentions": one.mentions,
        "evidence": evidence_to_json(one.evidence),
        "signs": [_sign_to_json(sign) for sign in one.signs],
        "side": [_sign_to_json(sign) for sign in one.side],
    }


def _sign_to_json(sign: Sign) -> Json:
    return {"words": sign.words, "weight": sign.weight}
