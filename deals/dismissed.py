"""Articles that can be no deal, known by their words alone: the cheap question before the thorough reading.

    dismissed(article, said, lexicon) -> Reading | None

No agreement is told without a word of one: somewhere a licence, rights, a partner, a payment, or in its first lines one
of the many verbs for it. An article without any is dismissed, and what kind of news it is is read from its first lines;
every other one is read (None). The words were chosen on the 7,111 texts there are, so that of 494 which the reader or a
label keeps, or perhaps keeps, none was dismissed: that is how well they fit these, not what they would lose of others.
docs/adr/0011 has the figures, tests/deals/test_dismissed.py our own texts.
"""

from __future__ import annotations

import re

from deals.document import prepare
from deals.features import features
from deals.kinds import OTHER_KINDS, kind_of
from deals.language import language_of, not_read
from deals.reader import ArticleText
from deals.reasons import reason_against
from lexicon import Lexicon
from news.reading import Reading

_BEGINNING = 600
"""Characters of the text."""
_SCORE = 0.01
_WORDS = (
    "licenc", "licens", "royalt", "upfront", "up-front", "up front", "milestone", "collaborat", "partner", "allianc",
    "joint venture", "agreement",
)  # fmt: skip
_BEGUN = tuple(
    # What an expression begins with is found at once where no \b stands before it.
    re.compile(rf"{word}(?<=\b{word}){rest}")
    for word, rest in (
        ("co", r"-?(?:develop|market|promot|commerciali)"),
        ("pact", r"s?\b"),
        ("deal", r"s?\b"),
        ("rights", r"\b(?! reserved)"),
        ("option", ""),
    )
)
_AT_THE_BEGINNING = re.compile(
    r"agree|accord(?!i)|team|(?<!best-)sell|sold|buy|bought|contract|distribut|exclusiv|terminat|hand(?:s|ed|ing)? "
    r"|together|memorandum|term sheet|talks|transfer|exten[ds]|renew|join|acqui|suppl|pool|settle|manufactur|grant"
    r"|crada|companion|\bsign(?!ific|al)|service|conference|fund|invest(?!igat)|takeover|merge|venture|consorti"
    r"|jointly|sponsor|owner|stake"
)


def dismissed(article: ArticleText, said: str, lexicon: Lexicon) -> Reading | None:
    """Return the reading of an article that can be no deal, None for one that has to be read.

    `said` is whatever else is known of it: all sentences of its page, its title and summary in the feed.
    """
    everything = f"{article.title}\n{article.text}\n{said}".lower()
    beginning = f"{article.title}\n{article.text[:_BEGINNING]}\n{said[:_BEGINNING]}".lower()
    if _speaks_of_one(everything) or _AT_THE_BEGINNING.search(beginning):
        return None
    language = language_of(article.title, article.text, article.language)
    if not_read(article.title, article.text, language) is not None:
        return None
    seen = features(prepare(article.title[:_BEGINNING], article.text[:_BEGINNING]), frozenset())
    kind = kind_of(seen, OTHER_KINDS, lexicon)
    return Reading(False, False, _SCORE, language, kind, reason_against(kind, seen))


def _speaks_of_one(text: str) -> bool:
    """Whether a text in small letters has a word without which no agreement is told."""
    return any(word in text for word in _WORDS) or any(pattern.search(text) for pattern in _BEGUN)
