"""The earlier agreements that an article recalls, with year and money: `priors(document, old, year) -> (Prior, …)`."""

from __future__ import annotations

from collections.abc import Collection

from deals.document import Document, Sentence
from deals.payments import recalled
from deals.prior import is_agreement, past_years
from news.reading import Evidence, Prior


def priors(document: Document, old: Collection[int], year: int | None) -> tuple[Prior, ...]:
    """Return one `Prior` for each past year that is recalled with an agreement; one without a year where none is named.

    `old` are the numbers of the sentences that recall older agreements, `year` is the article's. Profiles at the end of
    a release recall agreements too.
    """
    sentences = [s for s in document.sentences if s.number in old or (s.section == "about" and past_years(s, year))]
    dated = [(named, sentence) for sentence in sentences for named in past_years(sentence, year)]
    if not dated:
        undated = [s for s in sentences if is_agreement(s)][:1]
        return tuple(Prior(document.evidence_of(s), None, recalled(document, [s])) for s in undated)
    by_year: dict[int, list[Sentence]] = {}
    for named, sentence in dated:
        by_year.setdefault(named, []).append(sentence)
    alone = len(by_year) == 1
    rest = [s for s in sentences if alone and s.number in old and all(s is not other for _, other in dated)]
    return tuple(_prior(document, named, [*own, *rest]) for named, own in by_year.items())


def _prior(document: Document, year: int, sentences: list[Sentence]) -> Prior:
    first, *others = sentences
    more: tuple[Evidence, ...] = tuple(document.evidence_of(sentence) for sentence in others)
    evidence = document.evidence(first.field, first.start, first.end, more)
    return Prior(evidence, year, recalled(document, sentences))
