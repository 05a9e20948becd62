"""What is licensed or developed together: `assets(document, known, focus, names) -> (Named, …)`.

A name counts by the sentences that it stands in (deals/focus.py): the title and what tells of the agreement before the
rest. The names of parties, companies, people, targets, trials, diseases and of products that are only compared with are
none. A brand and its generic name are one asset: "Gleneva (dorvelimab)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from deals.aliases import aliases
from deals.descriptive import described
from deals.document import FIELDS, Document, Sentence
from deals.focus import BODY, ENOUGH, LEAD, QUOTE, SHARE, TITLE, Focus
from deals.known import Known
from deals.othernames import others
from deals.places import is_place
from deals.productnames import Product, is_reference, products
from lexicon.text import squash
from news.reading import Evidence, Field, Named

_MOST = 8
_MANY = 500
"""No article names more; what stands behind them is not looked at."""
_TRIAL = re.compile(r"[A-Z]{4,}-?\d{1,2}")
_SUBSTANCE = re.compile(r"[a-z]{7,20}(?: [a-z]{5,20})?")
"""A generic name, such as stands in brackets behind a brand."""
_GLUED = re.compile(r"(?:[A-Z][a-z]+){2,}")
_ACRONYM = 5
_A_LITTLE = 0.3
_IN_A_LIST = re.compile(r"[®™]{0,2}(?:,| and| or|, and|, or)(?: [a-z-]+){0,3} ")
_SURELY = 2.5
"""A name whose form is certain counts from here on, however much more another one weighs."""


_Pairs = Mapping[str, Mapping[str, Evidence]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    product: Product
    sentence: Sentence
    key: str
    medicine: str
    """The generic name of a medicine that the lexicon knows, or nothing."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """What is no product: companies' names, parties' first words, and the first and last letters of concepts' forms."""

    names: frozenset[str]
    first_words: frozenset[str]
    others: frozenset[str]
    concepts: frozenset[tuple[Field, int]]


def assets(document: Document, known: Known, focus: Focus, names: Sequence[str] = ()) -> tuple[Named, ...]:
    """Return what the agreement licenses or develops, in order of appearance; `names` are the parties."""
    taken = _taken(document, known, names)
    found = list(islice(_candidates(known, focus), _MANY))
    compared = {candidate.key for candidate in found if candidate.product.reference}
    found = [c for c in found if c.key not in compared and _is_product(document, known, c, taken)]
    pairs = _pairs(document, known)
    groups = _groups(found, pairs)
    chosen = _with_listed(groups, _chosen(document, focus, groups))
    named = tuple(_named(document, focus, group, pairs) for group in chosen[:_MOST])
    return named or described(document, focus)


def _candidates(known: Known, focus: Focus) -> Iterator[_Candidate]:
    """Yield each name that may be a product's, once for each sentence that it stands in, the surest place first."""
    for sentence in focus.sentences:
        seen: set[str] = set()
        named = [*products(sentence.text), *_medicines(known, sentence.text)]
        for product in sorted(named, key=lambda product: not product.firm):
            key = squash(product.name)
            if key not in seen:
                seen.add(key)
                yield _Candidate(product, sentence, key, _medicine(known, product.name))


def _with_listed(groups: Sequence[list[_Candidate]], chosen: Sequence[list[_Candidate]]) -> list[list[_Candidate]]:
    """Return the chosen products and those medicines that stand in one list with them: "Gleneva and Torvexa"."""
    taken = list(chosen)
    for group in groups:
        if group not in taken and any(_is_listed(one, other) for one in group for each in taken for other in each):
            taken.append(group)
    return taken


def _is_listed(one: _Candidate, other: _Candidate) -> bool:
    if one.sentence is not other.sentence or not (one.medicine or one.product.firm):
        return False
    first, second = sorted((one.product, other.product), key=lambda product: product.start)
    return _IN_A_LIST.fullmatch(one.sentence.text, first.end, second.start) is not None


def _medicines(known: Known, text: str) -> Iterator[Product]:
    """Yield the medicines of a sentence that the lexicon knows by name, unless they are only compared with."""
    for _, start, end in known.lexicon.products.find(text):
        yield Product(text[start:end], start, end, firm=False, reference=is_reference(text, start))


def _medicine(known: Known, name: str) -> str:
    medicine = known.lexicon.products.named(name)
    return "" if medicine is None else squash(medicine.generic)


def _pairs(document: Document, known: Known) -> _Pairs:
    """Return for each name of the article, squashed, the other names of the same thing, squashed and as written."""
    common = known.lexicon.common_words
    pairs: dict[str, dict[str, Evidence]] = {}
    for field in FIELDS:
        for one, other in aliases(document.field(field)):
            first, second = (document.evidence(field, *place) for place in (one, other))
            if _medicine(known, second.quote) or not common.issuperset(second.quote.split()):
                pairs.setdefault(squash(first.quote), {})[squash(second.quote)] = second
                pairs.setdefault(squash(second.quote), {})[squash(first.quote)] = first
    return pairs


def _groups(found: Sequence[_Candidate], pairs: _Pairs) -> list[list[_Candidate]]:
    """Return the mentions of each product together: one name holds the other, or both are names of one medicine."""
    groups: list[list[_Candidate]] = []
    for candidate in found:
        same = [group for group in groups if any(_is_same(candidate, other, pairs) for other in group)]
        apart = [group for group in groups if not any(group is one for one in same)]
        groups = (
            [*apart, [*(other for group in same for other in group), candidate]] if same else [*groups, [candidate]]
        )
    return sorted(groups, key=lambda group: min(c.sentence.start + c.product.start for c in group))


def _is_same(one: _Candidate, other: _Candidate, pairs: _Pairs) -> bool:
    return (
        one.key in other.key
        or other.key in one.key
        or (one.medicine != "" and one.medicine == other.medicine and one.medicine in (one.key, other.key))
        or any(_names(name, other.key) for name in pairs.get(one.key, ()))
        or any(_names(name, one.key) for name in pairs.get(other.key, ()))
    )


def _names(written: str, key: str) -> bool:
    """Whether what stands beside a name in an article, perhaps with a word too many, is a product's name."""
    return len(key) > 2 and (written.startswith(key) or written.endswith(key) or key.startswith(written))


def _chosen(document: Document, focus: Focus, groups: Sequence[list[_Candidate]]) -> list[list[_Candidate]]:
    """Return the products that weigh enough, else the first ones whose form is certain, else the weightiest."""
    title = squash(document.title)
    scored = [(_score(document, focus, title, group), group) for group in groups]
    best = max((score for score, _ in scored), default=0.0)
    return (
        [
            group
            for score, group in scored
            if score >= max(ENOUGH, min(SHARE * best, _SURELY if _is_firm(group) else best))
        ]
        or [group for score, group in scored if score >= (BODY if _is_code(group) else LEAD) and _is_firm(group)][:2]
        or [group for score, group in scored if score >= max(QUOTE, best) and _is_no_other(document, score, group)][:1]
    )


def _is_no_other(document: Document, score: float, group: Sequence[_Candidate]) -> bool:
    """Whether a product that little speaks for is more than a known medicine named once, for comparison."""
    named_once = all(document.text.count(candidate.product.name) < 2 for candidate in group)
    return score >= LEAD or not named_once or not all(candidate.medicine for candidate in group)


def _is_code(group: Sequence[_Candidate]) -> bool:
    return any(letter.isdigit() for candidate in group for letter in candidate.key)


def _is_firm(group: Sequence[_Candidate]) -> bool:
    return any(candidate.product.firm for candidate in group)


def _score(document: Document, focus: Focus, title: str, group: Sequence[_Candidate]) -> float:
    """Return how much the agreement is about a product: its best sentence's weight, and a little for each mention."""
    numbers = {candidate.sentence.number for candidate in group}
    headline = TITLE if any(candidate.key in title for candidate in group) else 0.0
    mentions = max(document.text.count(candidate.product.name) for candidate in group)
    return max(focus.weights[number] for number in numbers) + _A_LITTLE * min(mentions - 1, 3) + headline


def _named(document: Document, focus: Focus, group: Sequence[_Candidate], pairs: _Pairs) -> Named:
    """Return an asset under its best name, with its other name in brackets behind it where it has two."""
    ranked = sorted(group, key=lambda c: (not c.product.firm, -focus.weight(c.sentence), c.sentence.number))
    best = max(
        (c for c in ranked if ranked[0].key in c.key and (c.product.firm or c.medicine)),
        key=lambda c: len(c.key),
        default=ranked[0],
    )
    evidence = document.evidence_of(best.sentence, best.product.start, best.product.end)
    second = next((c for c in ranked if c.key not in best.key and best.key not in c.key), None)
    if second is not None:
        other = document.evidence_of(second.sentence, second.product.start, second.product.end)
    else:
        written = (
            place for c in ranked for place in pairs.get(c.key, {}).values() if _SUBSTANCE.fullmatch(place.quote)
        )
        other = next(written, evidence)
    if other is evidence:
        return Named(best.product.name, evidence)
    return Named(f"{best.product.name} ({other.quote})", replace(evidence, more=(other,)))


def _taken(document: Document, known: Known, names: Sequence[str]) -> _Taken:
    companies = {squash(name) for name in names}
    for field, company in known.companies:
        companies |= {squash(company.name), squash(document.field(field)[company.start : company.end])}
    words = [re.split(r"[\s-]+", name.strip()) for name in names]
    first_words = {
        squash(word) for each in words for number, word in enumerate(each) if number == 0 or len(word) > _ACRONYM
    }
    concepts = {(field, place) for field, m in known.mentions for place in (m.start, m.end - 1)}
    return _Taken(
        frozenset(companies - {""}), frozenset(first_words - {""}), others(document.text), frozenset(concepts)
    )


def _is_product(document: Document, known: Known, candidate: _Candidate, taken: _Taken) -> bool:
    """Whether a name is a product's, and neither a company's nor a concept's nor a word of the language."""
    product = candidate.product
    if candidate.medicine:
        return True
    if _is_somebodys(known, candidate, taken) or (not product.firm and _is_ordinary(known, product)):
        return False
    if known.lexicon.ontology.named(product.name):
        return product.platform and (product.firm or (len(candidate.key) > 2 and product.name.isupper()))
    if _is_in(candidate, taken) and not product.platform:
        return False
    first = product.name.split()[0]
    return product.firm or first.isupper() or re.search(rf"\b{re.escape(first.lower())}\b", document.text) is None


def _is_somebodys(known: Known, candidate: _Candidate, taken: _Taken) -> bool:
    """Whether a name is a company's, a person's, a place's or a trial's."""
    product, key = candidate.product, candidate.key
    if key in taken.names or key in taken.first_words or known.lexicon.companies.known(product.name):
        return True
    if not product.firm and len(key) > 3 and any(word.startswith(key) for word in taken.first_words):
        return True
    if (not product.sure or _TRIAL.fullmatch(product.name)) and (key in taken.others or is_place(product.name)):
        return True
    first = product.name.split()[0]
    return not product.firm and any(squash(part) in taken.first_words for part in {first, *first.split("-")})


def _is_ordinary(known: Known, product: Product) -> bool:
    """Whether a name is an acronym that nothing shows to be a product's, or ends in a word of the language."""
    *before, last = product.name.split()
    parts = re.findall(r"[A-Z][a-z]+", last) if _GLUED.fullmatch(last) else [last]
    if not before and all(part.lower() in known.lexicon.common_words for part in parts):
        return True
    if not before:
        letters = last.removesuffix("s")
        is_acronym = len(letters) < _ACRONYM and letters.isupper() and letters.isalpha()
        return is_acronym and (not product.platform or letters != last)
    return last.lower() in known.lexicon.common_words and not last.isupper()


def _is_in(candidate: _Candidate, taken: _Taken) -> bool:
    """Whether a name is the beginning or the end of a concept's form, such as the NK-cell of "NK-cell engager"."""
    sentence, product = candidate.sentence, candidate.product
    places = (sentence.start + product.start, sentence.start + product.end - 1)
    inside = [(sentence.field, place) in taken.concepts for place in places]
    return all(inside) if any(letter.isdigit() for letter in product.name) else any(inside)
