"""The earlier agreements that an article recalls, with their years and money: `priors(…) -> (Prior, …)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from deals.document import Document, Sentence
from deals.pastyears import past_years
from deals.payments import recalled
from deals.prior import is_agreement
from news.reading import Evidence, Prior


def priors(document: Document, old: Collection[int], published: date | None, year: int | None) -> tuple[Prior, ...]:
    """Return one `Prior` for each past year in which an agreement was made; one without a year where none is named.

    `old` are the numbers of the sentences that recall older agreements: only their money is the old agreement's, for
    a sentence that tells the news may name the year too. `year` is the article's. Profiles at the end of a release are
    asked where the news names no year.
    """
    main = [s for s in document.sentences if s.is_main or s.number in old]
    dated = _dated(main, published, year) or _dated(
        [s for s in document.sentences if s.section == "about"], published, year
    )
    recalling = [s for s in main if s.number in old]
    if not dated:
        undated = [s for s in recalling if is_agreement(s)][:1]
        return tuple(Prior(document.evidence_of(s), None, recalled(document, [s])) for s in undated)
    by_year: dict[int, list[Sentence]] = {}
    for named, sentence in dated:
        by_year.setdefault(named, []).append(sentence)
    alone = len(by_year) == 1
    rest = [s for s in recalling if alone and all(s is not other for _, other in dated)]
    return tuple(_prior(document, named, [*own, *rest], old) for named, own in by_year.items())


def _dated(sentences: Iterable[Sentence], published: date | None, year: int | None) -> list[tuple[int, Sentence]]:
    return [(named, sentence) for sentence in sentences for named in past_years(sentence, published, year)]


def _prior(document: Document, year: int, sentences: list[Sentence], old: Collection[int]) -> Prior:
    first, *others = sentences
    more: tuple[Evidence, ...] = tuple(document.evidence_of(sentence) for sentence in others)
    evidence = document.evidence(first.field, first.start, first.end, more)
    told = [s for s in sentences if s.number in old or s.section == "about"]
    return Prior(evidence, year, recalled(document, told))
