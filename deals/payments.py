"""The payments of the agreement that is the news: `payments(document, skipped) -> {field: Money}`.

Sums are read sentence by sentence (deals/stated.py), and of those that name one payment one is chosen
(deals/chosen.py). Profiles and disclaimers give none, nor do the sentences that are `skipped` (older agreements, other
companies' deals). A payment that is mentioned without a sum is there, undisclosed.

    candidates(document, old, foreign, event) -> (Candidate(money, field, why), …)

is every sum of the article in order, title first, each with the payment that it was taken for, or with None and why it
was refused: "earlier agreement", "another company's deal", "profile of a company", "legal notice", "contact", the
reasons of deals/refused.py ("size of a market", "funding round", "paid already", "no payment word near", …) or "another
sum was taken for the upfront".
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from deals.chosen import choose, money_of
from deals.document import Document, Section, Sentence
from deals.mentioned import mentioned
from deals.refused import ANOTHER, EARLIER
from deals.stated import Figure, all_sums, figures, meaning_of_signs
from news.reading import MONEY_FIELDS, DealEventName, Evidence, Money, MoneyField

_NEAR = 30
_SECTIONS: dict[Section, str] = {"about": "profile of a company", "legal": "legal notice", "contact": "contact"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sum of the article: the payment that it was taken for, or None; `why` says by which words, or why not."""

    money: Money
    field: MoneyField | None
    why: str


def payments(
    document: Document, skipped: Collection[int] = (), event: DealEventName = "new"
) -> dict[MoneyField, Money]:
    """Return the payments of the agreement; `skipped` are the numbers of sentences about something else.

    `event` is what happens to the agreement: it decides what a bare "pays $30 million" is, and what counts at all.
    """
    sentences = [sentence for sentence in document.main() if sentence.number not in skipped]
    signs = meaning_of_signs(document)
    found = list(_figures(sentences, signs, event))
    chosen = {field: choose(document, field, [p for p in found if p.field == field]) for field in MONEY_FIELDS}
    result = {field: money for field, money in chosen.items() if money is not None}
    _once(result)
    if "total" not in result and (whole := _adding_up(document, sentences, signs, result)) is not None:
        result["total"] = whole
    near = result.get("near_term")
    for field, evidence in mentioned(document, sentences, event):
        if near is None or not _beside(
            document, near.evidence, evidence
        ):  # "upfront and near-term payments" are near term
            result.setdefault(field, Money(evidence))
    return {field: result[field] for field in MONEY_FIELDS if field in result}


def _once(found: dict[MoneyField, Money]) -> None:
    """Take out the milestones where one sum is told both as their total and as the deal's, in a title for example."""
    whole, parts = found.get("total"), found.get("milestones")
    if whole is not None and parts is not None and whole.amount == parts.amount and whole.currency == parts.currency:
        del found["total" if parts.evidence.field == "text" and whole.evidence.field == "title" else "milestones"]


def _beside(document: Document, one: Evidence, other: Evidence) -> bool:
    """Whether two places stand side by side in a sentence: "upfront and committed near-term payments"."""
    near = one.field == other.field and one.start - _NEAR < other.end and other.start < one.end + _NEAR
    return near and document.at(one.field, one.start) is document.at(other.field, other.start)


def _figures(sentences: Iterable[Sentence], signs: Mapping[str, str], event: DealEventName) -> Iterator[Figure]:
    """Yield the sums of sentences in order; a sentence behind one with a payment may go on with it."""
    last = -2
    for sentence in sentences:
        follows = sentence.number - last == 1
        for figure in figures(sentence, signs, event, follows=follows):
            if figure.field is not None:
                last = sentence.number
            yield figure


def _adding_up(
    document: Document, sentences: Sequence[Sentence], signs: Mapping[str, str], found: Mapping[MoneyField, Money]
) -> Money | None:
    """Return a sum that is exactly what upfront payment and milestones come to: that is the total."""
    parts = [found[field] for field in ("upfront", "milestones") if field in found and found[field].disclosed]
    if len(parts) < 2 or parts[0].currency != parts[1].currency:
        return None
    whole = sum((part.amount or Decimal(0) for part in parts), Decimal(0))
    for sentence in sentences:
        for item in all_sums(sentence, signs):
            if item.amount == whole and item.currency == parts[0].currency:
                evidence = document.evidence_of(sentence, item.start, item.end)
                return Money(evidence, item.amount, item.currency, item.up_to)
    return None


def recalled(document: Document, sentences: Iterable[Sentence]) -> tuple[tuple[MoneyField, Money], ...]:
    """Return the payments that sentences about an older agreement name."""
    signs = meaning_of_signs(document)
    found = list(_figures(sentences, signs, "new"))
    chosen = ((field, choose(document, field, [p for p in found if p.field == field])) for field in MONEY_FIELDS)
    return tuple((field, money) for field, money in chosen if money is not None)


def candidates(
    document: Document, old: Collection[int] = (), foreign: Collection[int] = (), event: DealEventName = "new"
) -> tuple[Candidate, ...]:
    """Return every sum of an article in order, taken or refused.

    `old` are the numbers of the sentences about older agreements, `foreign` those about other companies' deals; both
    together are what `payments` skips.
    """
    taken = payments(document, {*old, *foreign}, event)
    return tuple(
        _candidate(money_of(document, figure), figure, taken, _elsewhere(figure.sentence, old, foreign))
        for figure in _figures(document.sentences, meaning_of_signs(document), event)
    )


def _candidate(money: Money, figure: Figure, taken: Mapping[MoneyField, Money], elsewhere: str) -> Candidate:
    """Return a sum with the payment that one of its places is evidence for, else with why there is none."""
    for field, chosen in taken.items():
        if not elsewhere and any(_holds(place, figure) for place in _places(chosen.evidence)):
            return Candidate(money, field, figure.why if figure.field == field else "what the parts come to")
    if elsewhere or figure.field is None:
        return Candidate(money, None, elsewhere or figure.why)
    return Candidate(money, None, f"another sum was taken for the {figure.field.replace('_', ' ')}")


def _places(evidence: Evidence) -> Iterator[Evidence]:
    yield evidence
    yield from evidence.more


def _holds(place: Evidence, figure: Figure) -> bool:
    """Whether a place of a value is where a sum stands, with the words that name it or alone."""
    start = figure.sentence.start
    return place.field == figure.sentence.field and (place.start, place.end) in {
        (start + figure.start, start + figure.end),
        (start + figure.sum.start, start + figure.sum.end),
    }


def _elsewhere(sentence: Sentence, old: Collection[int], foreign: Collection[int]) -> str:
    """Return what else a sentence is about than the agreement that is the news, "" where nothing."""
    if not sentence.is_main:
        return _SECTIONS.get(sentence.section, "")
    return EARLIER if sentence.number in old else ANOTHER if sentence.number in foreign else ""
