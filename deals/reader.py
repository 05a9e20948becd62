"""Read one article: whether it tells of an agreement, and the term sheet with the words behind every value.

    read(ArticleText(title, text, …), lexicon) -> Reading

A function of its input only: no clock, no randomness, no I/O. It never raises on any text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deals.announced import announced_of
from deals.document import Document, prepare
from deals.events import event_of, status_of
from deals.features import features, together
from deals.language import language_of, not_read
from deals.parties import Cast, cast, evidence_of, grammar, parties_of
from deals.prior import article_year, old_sentences
from deals.recognise import Recognised, recognise
from deals.roles import roles_of
from deals.roundups import is_roundup
from deals.terms import terms_of
from lexicon import Lexicon
from news.reading import DateFrom, DealEventName, Kind, Party, Reading, Status, Terms

READER_VERSION = "1"
"""Goes up with every change of the rules or weights that can change a reading."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is read of an article; `published` is the page's or the feed's day, as `published_from` says."""

    title: str
    text: str
    url: str = ""
    published: date | None = None
    published_from: DateFrom = "first-seen"
    language: str = ""


def read(article: ArticleText, lexicon: Lexicon) -> Reading:
    """Return what an article says; never raises."""
    language = language_of(article.title, article.text, article.language)
    refusal = not_read(article.title, article.text, language)
    if refusal is not None:
        return Reading(
            keep=False, perhaps=False, score=0.0, language=language, kind="other", reason=_REFUSALS[refusal], not_read=refusal
        )
    return _read(article, lexicon, language)


_REFUSALS = {
    "language": "not read: the article is not in English",
    "wall": "not read: the text is behind a wall",
    "too short": "not read: there is too little text",
}


def _read(article: ArticleText, lexicon: Lexicon, language: str) -> Reading:
    document = prepare(article.title, article.text)
    old = old_sentences(document, article_year(document, article.published))
    people = cast(document, lexicon)
    seen = features(document, old) | grammar(people.candidates)
    seen |= together(seen)
    parties = _parties(document, people, seen, old)
    event = event_of(document, old)
    status = status_of(document, event)
    names = tuple(party.name for party in parties)
    judged = recognise(seen, event, status, names, roundup=is_roundup(document))
    terms = _terms(article, document, lexicon, judged, event, status, parties) if judged.keep or judged.perhaps else None
    return Reading(
        keep=judged.keep,
        perhaps=judged.perhaps,
        score=judged.score,
        language=language,
        kind=judged.kind,
        reason=judged.reason,
        terms=terms,
    )


def _parties(document: Document, people: Cast, seen: frozenset[str], old: frozenset[int]) -> tuple[Party, ...]:
    chosen = parties_of(people)
    roles = roles_of(people, chosen, seen, old)
    return tuple(
        Party(one.organisation.name, role, evidence_of(document, one.organisation)) for one, role in zip(chosen, roles, strict=True)
    )


def _terms(
    article: ArticleText,
    document: Document,
    lexicon: Lexicon,
    judged: Recognised,
    event: DealEventName,
    status: Status,
    parties: tuple[Party, ...],
) -> Terms:
    kind: Kind = judged.kind
    terms = Terms(
        kind=kind,
        event=event,
        status=status,
        announced=announced_of(document, article.published, article.published_from),
        parties=parties,
    )
    names = tuple(party.name for party in parties)
    return terms_of(document, lexicon, names, article.published).fill(terms)
