"""Why a deal is shown: the words that matched, marked in the sentence in which they stand.

The sentence comes with the match where that is known. Else it is looked for among the headlines and the sentences
behind the figures; words that stand in none of these are shown alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from digest.quotes import Excerpt, around
from digest.view import Found, Reason
from digest.wording import clean, shorten
from news.alert import Card, Match, Why
from news.story import Deal

_MOST = 4
"""Words of a search that are shown; a long query has many parts."""
_OPERATOR = re.compile(r"[:<>=]")


def reasons(card: Card) -> tuple[Reason, ...]:
    """Return why a deal is shown, search by search."""
    sentences = tuple(_sentences(card.deal))
    return tuple(Reason(clean(match.search), _found(match, sentences)) for match in card.matches)


def _found(match: Match, sentences: Sequence[str]) -> tuple[Found, ...]:
    found = dict.fromkeys(each for why in match.why if (each := _said(why, sentences)) is not None)
    return tuple(found)[:_MOST]


def _said(why: Why, sentences: Sequence[str]) -> Found | None:
    """Return the words that matched, and the part of the query where that says more than they do."""
    words, part = shorten(why.words, 120), shorten(why.part, 80)
    if not words:
        return Found(Excerpt(part)) if part else None
    context = why.evidence.context if why.evidence is not None else ""
    stands = next((held for held in (clean(context), *sentences) if words in held), words)
    said = part if _OPERATOR.search(part) else ""
    return Found(around(stands, words), said, shorten(why.note, 120))


def _sentences(deal: Deal) -> Iterator[str]:
    """Yield what of the articles is known here: headlines, and the sentences behind figures."""
    for event in reversed(deal.events):
        yield from _cleaned(report.title for report in event.reports)
        places = (place for _, money in event.terms.money() for place in (money.evidence, *money.evidence.more))
        yield from _cleaned(place.context for place in places)


def _cleaned(texts: Iterable[str]) -> Iterator[str]:
    yield from filter(None, map(clean, texts))
