"""Articles that can be no deal, known by their words alone: the cheap question before the thorough reading.

    dismissed(article, said, lexicon) -> Reading | None

No agreement is told without a word of one: somewhere a licence, rights, a partner, a payment, or in its first lines one
of the many verbs for it. An article without any is dismissed, and what kind of news it is is read from its first lines;
every other one is read (None). The words are chosen so that nothing is lost: of all labelled and unlabelled articles
there are, none that the reader keeps, or perhaps keeps, is dismissed (tests/deals/test_dismissed.py has ours).
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
_ANYWHERE = re.compile(
    r"licen[cs]|royalt|up-?front|up front|milestone|\bco-?(?:develop|market|promot|commerciali)|collaborat"
    r"|partner|allianc"
    r"|joint venture|\bpacts?\b|\bdeals?\b|agreement|\brights\b(?! reserved)|\boption"
)
_AT_THE_BEGINNING = re.compile(
    r"agree|accord(?!ing)|team|sell|sold|buy|bought|contract|distribut|exclusiv|terminat|hand(?:s|ed|ing)? |together"
    r"|memorandum"
    r"|term sheet|talks|transfer|exten[ds]|renew|join|acqui|suppl|pool|settle|manufactur|grant|crada|companion|\bsign(?!ific|al)"
    r"|service|conference|fund|invest(?!igat)|takeover|merge|venture|consorti|jointly|sponsor|owner|stake"
)


def dismissed(article: ArticleText, said: str, lexicon: Lexicon) -> Reading | None:
    """Return the reading of an article that can be no deal, None for one that has to be read.

    `said` is whatever else is known of it: all sentences of its page, its title and summary in the feed.
    """
    everything = f"{article.title}\n{article.text}\n{said}".lower()
    beginning = f"{article.title}\n{article.text[:_BEGINNING]}\n{said[:_BEGINNING]}".lower()
    if _ANYWHERE.search(everything) or _AT_THE_BEGINNING.search(beginning):
        return None
    language = language_of(article.title, article.text, article.language)
    if not_read(article.title, article.text, language) is not None:
        return None
    seen = features(prepare(article.title[:_BEGINNING], article.text[:_BEGINNING]), frozenset())
    kind = kind_of(seen, OTHER_KINDS, lexicon)
    return Reading(False, False, _SCORE, language, kind, reason_against(kind, seen))
