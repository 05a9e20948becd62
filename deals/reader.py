"""Read one article: whether it tells of an agreement, and the term sheet with the words behind every value.

    read(ArticleText(title, text, …), lexicon) -> Reading
    unlikely(article, lexicon) -> Reading | None   the reading of what is far from being a deal, without its terms
    examine(article, lexicon) -> Examined      the reading with what it was made of, for deals/explain.py
    as_deal(article, lexicon) -> Terms         the terms as if the article announced an agreement

A function of its input only: no clock, no randomness, no I/O. It never raises on any text. Articles end long before
the first 200,000 characters do; what stands behind them is not read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from deals.announced import announced_of
from deals.document import Document, prepare
from deals.events import event_of, status_of
from deals.features import features, together
from deals.kinds import agreement_kind
from deals.language import language_of, not_read
from deals.parties import Candidate, Cast, cast, evidence_of, grammar, parties_of
from deals.prior import article_year, old_sentences
from deals.recognise import Recognised, other_news, recognise
from deals.roles import roles_of
from deals.roundups import is_roundup, paragraphs
from deals.terms import terms_of
from deals.wording import wording
from lexicon import Lexicon
from news.article import Article
from news.reading import DEAL_KINDS, DateFrom, DealEventName, Kind, Party, Reading, Status, Terms

FAR = 0.05
"""The likelihood below which an article is far from being a deal; at 0.18 it is perhaps one (deals/recognise.py)."""
_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is read of an article; `published` is the page's or the feed's day, as `published_from` says."""

    title: str
    text: str
    url: str = ""
    published: date | None = None
    published_from: DateFrom = "first-seen"
    language: str = ""

    @classmethod
    def of(cls, article: Article) -> ArticleText:
        """Return what is read of a stored article."""
        return cls(
            title=article.title,
            text=article.text,
            url=article.address,
            published=article.published,
            published_from=article.published_from,
            language=article.language,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What an article, or a paragraph of a round-up, says before it is judged."""

    document: Document
    people: Cast
    parties: tuple[Candidate, ...]
    features: frozenset[str]
    event: DealEventName
    status: Status
    old: frozenset[int]


@dataclass(frozen=True, slots=True)
class Examined:
    """A reading and what it was made of; `told` and `judged` are None for an article that was not read.

    `parts` holds, for each deal of the reading, what it was read from: the article, or a paragraph of a round-up.
    """

    reading: Reading
    told: Told | None = None
    judged: Recognised | None = None
    parts: tuple[Told, ...] = ()


def read(article: ArticleText, lexicon: Lexicon) -> Reading:
    """Return what an article says; never raises."""
    return _begun(article, lexicon, thorough=False).reading


def examine(article: ArticleText, lexicon: Lexicon) -> Examined:
    """Return what an article says, with what the reading was made of; never raises."""
    return _begun(article, lexicon, thorough=True)


def _begun(article: ArticleText, lexicon: Lexicon, *, thorough: bool) -> Examined:
    """Return the reading of an article, with what it was made of where that is wanted or was needed."""
    language = language_of(article.title, article.text, article.language)
    refusal = not_read(article.title, article.text, language)
    if refusal is not None:
        return Examined(
            Reading(
                keep=False,
                perhaps=False,
                score=0.0,
                language=language,
                kind="other",
                reason=_REFUSALS[refusal].format(_LANGUAGES.get(language, "another language than English")),
                not_read=refusal,
            )
        )
    document = _prepared(article)
    old, seen = _seen(document, article)
    judged = None if thorough else other_news(seen | together(seen))
    if judged is not None:
        return Examined(_reading(judged, language))
    return _examine(_told(document, old, seen, lexicon), article, lexicon, language)


def unlikely(article: ArticleText, lexicon: Lexicon) -> Reading | None:
    """Return the reading of an article that is so far from being a deal that a somewhat different text of it is too.

    None for every other one, and for what is not read at all: they are to be read with all care.
    """
    language = language_of(article.title, article.text, article.language)
    if not_read(article.title, article.text, language) is not None:
        return None
    document = _prepared(article)
    old, seen = _seen(document, article)
    judged = other_news(seen | together(seen)) or _judged(_told(document, old, seen, lexicon), lexicon)
    is_far = not (judged.keep or judged.perhaps) and judged.likelihood < FAR
    return _reading(judged, language) if is_far else None


def as_deal(article: ArticleText, lexicon: Lexicon) -> Terms:
    """Return the terms that an article states, whether or not it is thought to announce an agreement."""
    document = _prepared(article)
    told = _told(document, *_seen(document, article), lexicon)
    return _terms(told, agreement_kind(told.features, DEAL_KINDS, lexicon), article, lexicon)


_REFUSALS = {
    "language": "not read: the article is in {}",
    "wall": "not read: the text is behind a wall",
    "too short": "not read: there is too little text",
}
_LANGUAGES = {"fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "ja": "Japanese"}


def _prepared(article: ArticleText) -> Document:
    return prepare(article.title[:_LONGEST_TITLE], article.text[:_LONGEST_TEXT])


def _examine(told: Told, article: ArticleText, lexicon: Lexicon, language: str) -> Examined:
    judged = _judged(told, lexicon)
    deals: tuple[tuple[Told, Terms], ...] = ()
    if judged.keep or judged.perhaps:
        deals = _several(told.document, article, lexicon) if is_roundup(told.document, told.parties) else ()
        deals = deals or ((told, _terms(told, judged.kind, article, lexicon)),)
    reading = _reading(judged, language, tuple(each for _, each in deals))
    return Examined(reading, told, judged, tuple(part for part, _ in deals))


def _judged(told: Told, lexicon: Lexicon) -> Recognised:
    names = tuple(one.organisation.name for one in told.parties)
    roundup = is_roundup(told.document, told.parties)
    return recognise(told.features, told.event, told.status, names, lexicon, roundup=roundup)


def _reading(judged: Recognised, language: str, terms: tuple[Terms, ...] = ()) -> Reading:
    return Reading(
        keep=judged.keep,
        perhaps=judged.perhaps,
        score=judged.score,
        language=language,
        kind=terms[0].kind if terms else judged.kind,
        reason=judged.reason,
        terms=terms[0] if terms else None,
        also=terms[1:],
    )


def _seen(document: Document, article: ArticleText) -> tuple[frozenset[int], frozenset[str]]:
    """Return the sentences that recall, and the features that need no grammar: what costs little."""
    old = old_sentences(document, article_year(document, article.published))
    return old, features(document, old)


def _told(document: Document, old: frozenset[int], seen: frozenset[str], lexicon: Lexicon) -> Told:
    people = cast(document, lexicon)
    seen |= grammar(people.candidates)
    seen |= together(seen) | wording(people, old)
    event = event_of(document, old)
    return Told(document, people, parties_of(people), seen, event, status_of(document, event), old)


def _several(document: Document, article: ArticleText, lexicon: Lexicon) -> tuple[tuple[Told, Terms], ...]:
    """Return the deals of a round-up: of each paragraph that speaks of an agreement between two parties."""
    found: list[tuple[Told, Terms]] = []
    for part in paragraphs(document):
        told = _told(part, *_seen(part, article), lexicon)
        if len(told.parties) > 1 and (
            "b#licence-verb" in told.features or "b#agreement" in told.features or "b#rights" in told.features
        ):
            kind = agreement_kind(told.features, DEAL_KINDS, lexicon)
            found.append((told, _terms(told, kind, article, lexicon)))
    return tuple(found)


def _terms(told: Told, kind: Kind, article: ArticleText, lexicon: Lexicon) -> Terms:
    """Return the term sheet of what is told."""
    roles = roles_of(told.people, told.parties, told.features, told.old, kind, lexicon=lexicon)
    parties = tuple(
        Party(one.organisation.name, role, evidence_of(told.document, one.organisation))
        for one, role in zip(told.parties, roles, strict=True)
    )
    terms = Terms(
        kind=kind,
        event=told.event,
        status=told.status,
        announced=announced_of(told.document, article.published, article.published_from),
        parties=parties,
    )
    names = tuple(party.name for party in parties)
    return terms_of(told.document, lexicon, names, article.published, told.event).fill(terms)
