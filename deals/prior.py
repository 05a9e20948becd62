"""Earlier agreements that an article recalls: which sentences are about them, and what they say.

    old_sentences(document, year) -> frozenset[int]     the numbers of those sentences
    recalling(document, year) -> {int: str}             the same, each with the words that say so
    article_year(document, published) -> int | None     the year in which the article was written, as far as it shows

A figure in one of these sentences never becomes a term of the agreement that is the news.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from functools import lru_cache
from itertools import pairwise

from deals.document import Document, Sentence
from deals.patterns import lowered
from news.reading import DealEventName

_YEAR = re.compile(r"\b(?:19[89]|20[0-4])\d\b")
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATELINE = re.compile(
    rf"\b(?:{_MONTHS}\s?\d{{1,2}}(?:st|nd|rd|th)?,?\s?|\d{{1,2}}(?:st|nd|rd|th)?\s{_MONTHS},?\s?)((?:19[89]|"
    rf"20[0-4])\d)\b"
)
_AGREEMENT = (
    r"(?:agreements?|collaborations?|partnerships?|alliances?|deals?|pacts?|licen[sc]es?|licen[sc]ing|contracts?|"
    r"tie-up|accord|relationship|"
    r"transactions?)"
)
_OLD = re.compile(
    rf"\b(?:under|in line with|according to|as part of|pursuant to|from|of|by|beyond|to) (?:the )?(?:terms of "
    rf"(?:the|its|their) )?"
    rf"(?:original|existing|previous|prior|earlier|initial|old|first|(?:19|20)\d\d|ongoing) (?:[\w-]+ "
    rf"){{0,4}}?{_AGREEMENT}\b"
    rf"|\boriginally (?:announced|signed|entered|agreed|licensed|published|established|struck)\b"
    rf"|\b(?:previously|earlier) (?:announced|signed|entered|agreed|struck|inked|disclosed|reported)\b"
    rf"|\b(?:two|both|companies|enterprises|partners|firms|pair|groups)\b[^.;]{{0,20}} (?:have|had) (?:already |"
    rf"previously )?(?:cooperated|collaborated|worked together|partnered|been working|been partners)\b"
    rf"|\bto date\b[^.]{{0,60}}\b(?:received|paid|earned|announced|collected|generated)\b|\b(?:received|paid|"
    rf"earned|collected)\b[^.]{{0,60}}\b(?:to date|so far)\b"
    rf"|\b(?:last (?:year|month|week|summer|fall|autumn|spring|winter|january|february|march|april|may|june|july|"
    rf"august|september|october|november|"
    rf"december)|earlier this (?:year|month|week)|(?:a|one|two|three|four|five|six|several|few) (?:years?|months|"
    rf"weeks) (?:ago|earlier|before)|"
    rf"the start of the year|back in (?:the |19|20)|at (?:the|that) time(?! of\b))\b"
    rf"|\b(?:an|the|its|their) (?:earlier|older|previous|prior|original|separate) (?:[\w-]+ ){{0,3}}{_AGREEMENT}\b",
    re.IGNORECASE,
)
_SMALL_OLD = lowered(_OLD.pattern)
_DEAL_WORD = re.compile(
    rf"\b(?:{_AGREEMENT}|appointed|(?:has|have) (?:sold|been selling)|licensed|partnered|teamed|signed|inked|"
    rf"struck|entered|bought|acquired|paid|invested|optioned|joined forces|"
    rf"in-licensed|out-licensed|expanded|began|started)\b",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:today|ha(?:s|ve) (?:now |just )?(?:licensed|signed|agreed|entered|exercised|acquired|granted|expanded|"
    r"amended|joined|teamed|picked|handed|begun)|announced (?:the|a|an|that)|the new|this new|new (?:licen[sc]e|"
    r"agreement|deal|collaboration|pact)|expand(?:s|ed|ing)?|expansion|"
    r"amend(?:s|ed|ment)|extend(?:s|ed)?|extension|will (?:receive|pay|be|make|have)|is eligible|are eligible|"
    r"under (?:the )?(?:terms of )?(?:the|this) (?:new |expanded |amended )?(?:agreement|deal|collaboration)\b|"
    r"(?:stays?|remains?|stands?) (?:the same|as (?:they|it|agreed)|unchanged)|(?:lowers?|raises?|cuts?|reduces?|"
    r"increases?|falls?|rises?|drops?)\b[^.;]{0,60} to (?:US|C|A)?[$€£¥])",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(
    r"(?:under|in|as part of|according to) (?:that|the earlier|the original|those|the previous) |that (?:deal|"
    r"agreement|pact|alliance|licen[sc]e|"
    r"collaboration)\b|at (?:the|that) time\b|the (?:earlier|previous|original|first|old(?:er)?) (?:deal|agreement|"
    r"pact|alliance|licen[sc]e|collaboration)\b",
    re.IGNORECASE,
)
_WENT_ON = re.compile(r"\b(?:paid|pledged|received|handed|was|were|had|brought|took|included|carried|gave)\b")
_CLAUSE_ENDS = re.compile(r"[,;–—]")
_BUSINESS = re.compile(
    r"\b(?:sales|revenues?|raised|spent|earned|profits?|lost|listed|floated|went public)\b", re.IGNORECASE
)
_TELLS_NOW = re.compile(
    r"\b(?:pays|adds|takes|hands over|owes|buys|(?:will|is to|are to|to) (?:pay|get|receive)|gets|"
    r"receives|is paying|licenses|has (?:licensed|agreed|signed))\b"
)
_HAD_PAID = re.compile(
    r"(?<!said it )(?<!said he )(?<!said they )(?<!that it )\bhad (?:already |once |earlier )?(?:been )?"
    r"(?:paid|put down|handed over|pledged|invested)\b"
)
_NEXT_CLAUSE = re.compile(
    r"[;–—]|,\s(?:and|but|while|compared|after|against)\s|,?\s(?:on top of|in addition to|besides)\s"
)
_WAS_PAID = re.compile(
    r"\b(?:paid|received|got|put down|brought|handed over|invested|bought|struck|signed|pledged)\b[^;]*"
    r"\b(?:in (?:19|20)\d\d|last (?:year|month)|(?:years?|months?) ago|earlier)\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:will (?:now )?(?:receive|pay|get)|(?:is|are|remains?|still) (?:also |still )?(?:eligible|entitled)|"
    r"provides? for|carr(?:y|ies)|(?:may|can|could) (?:still |also |yet )?(?:receive|earn|get|collect|bring))\b",
    re.IGNORECASE,
)
_FOUNDED = re.compile(
    r"\b(?:founded|incorporated|established|listed|born|created|headquartered|approved|launched|formed|expected|"
    r"by)\b[^.;]{0,30}$",
    re.IGNORECASE,
)
_SIGNED_IN = re.compile(
    rf"\b(?:(?:goes|go|went|dates?|dating|stems?) (?:back )?(?:to|from)|appointed|sold|selling|signed|entered(?: "
    rf"into)?|announced|began|formed|established|struck|inked|agreed|started|dating|dated|since|concluded|"
    rf"initiated|"
    rf"launched|licensed|partnered|executed|made|reached|set up|completed|closed|bought|acquired|in|of|"
    rf"from)\b[^.;]{{0,60}}?"
    rf"\b(?:in|from|of|since|on|dated|to|back to)?\s?(?:early |late |mid-|{_MONTHS} ?(?:\d{{1,2}},? )?(?:of "
    rf")?)?((?:19[89]|20[0-4])\d)\b",
    re.IGNORECASE,
)


def article_year(document: Document, published: date | None = None) -> int | None:
    """Return the year of the article: the publication's, else the dateline's, else the latest full date in the text."""
    if published is not None:
        return published.year
    text = document.text
    if match := _DATELINE.search(text, 0, 800):
        return int(match[1])
    years = [int(match[1]) for match in _DATELINE.finditer(text)]
    return max(years, default=None)


@lru_cache(maxsize=2)  # the reader and its terms ask for those of one article
def old_sentences(document: Document, year: int | None = None) -> frozenset[int]:
    """Return the numbers of the sentences that recall an older agreement; `year` is the article's."""
    return frozenset(recalling(document, year))


def recalling(document: Document, year: int | None = None) -> dict[int, str]:
    """Return the sentences that recall an older agreement, by number, with the words that say so.

    They are "" where a sentence goes on from the one before.
    """
    old: dict[int, str] = {}
    before: Sentence | None = None
    for sentence in document.sentences:
        if not sentence.is_main:
            continue
        words = _recalls(sentence, year)
        if words:
            old[sentence.number] = words
        elif (
            before is not None
            and before.number in old
            and before.paragraph == sentence.paragraph
            and (
                _REFERS_BACK.match(sentence.text) or (_WENT_ON.search(sentence.text) and not _NEW.search(sentence.text))
            )
        ):
            old[sentence.number] = ""
        before = sentence
    return old


def over(document: Document, old: Collection[int], event: DealEventName) -> frozenset[int]:
    """Return the sentences of `old` whose money is no term of the agreement that is the news.

    Where the news is a step in a known agreement (its closing, a milestone), what that agreement still provides for
    ("the licence of 2020 provides for up to …") are its terms.
    """
    if event not in {"closing", "milestone", "option-exercise"}:
        return frozenset(old)
    return frozenset(s.number for s in document.sentences if s.number in old and not _STANDS.search(s.text))


def _recalls(sentence: Sentence, year: int | None) -> str:
    """Return the words by which a sentence recalls an agreement of a past year or an older one, "" if it does not."""
    text = sentence.text
    if sentence.section == "headline":
        return ""
    old = (
        match
        for match in (_OLD.finditer(text) if _SMALL_OLD.may_match(text.lower()) else ())
        if not (_is_of_business(text, match.start()) or _is_aside(text, match.start()))
    )
    if (match := next(old, None)) is not None and not _is_news_first(text, match.start()):
        return match.group()
    if "had " in text and (match := _HAD_PAID.search(text)) is not None and not _TELLS_NOW.search(text):
        return match.group()
    if "19" not in text and "20" not in text:
        return ""
    if _YEAR.search(text) is None or _DEAL_WORD.search(text) is None or _NEW.search(text) is not None:
        return ""
    dated = (
        m
        for m in _SIGNED_IN.finditer(text)
        if _is_past(int(m[1]), year) and not (_is_founding(text, m) or _is_aside(text, m.start(1)))
    )
    return next((match.group() for match in dated), "")


def recalled_clauses(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the clauses stand that recall what was paid, in a sentence that tells the news in another clause."""
    if _WAS_PAID.search(text) is None or _TELLS_NOW.search(text) is None:
        return ()
    marks = [(0, 0), *(match.span() for match in _NEXT_CLAUSE.finditer(text)), (len(text), len(text))]
    clauses = [(left[1], right[0]) for left, right in pairwise(marks)]
    old = [clause for clause in clauses if _WAS_PAID.search(text, *clause) and not _TELLS_NOW.search(text, *clause)]
    return tuple(old) if len(old) < len(clauses) else ()


def _is_aside(text: str, place: int) -> bool:
    """Whether the clause at a place tells no news, while another one of the sentence does."""
    start, end = _clause(text, place)
    if _TELLS_NOW.search(text, start, end) is not None:
        return False
    return _TELLS_NOW.search(text, 0, start) is not None or _TELLS_NOW.search(text, end) is not None


def _clause(text: str, place: int) -> tuple[int, int]:
    """Return where the clause at a place begins and ends."""
    start = max((match.end() for match in _NEXT_CLAUSE.finditer(text, 0, place)), default=0)
    end = _NEXT_CLAUSE.search(text, place)
    return start, end.start() if end else len(text)


def _is_of_business(text: str, place: int) -> bool:
    """Whether a past day is that of sales or a funding round, in a clause of its own: ", which had sales of …,"."""
    start = max(text.rfind(mark, 0, place) for mark in (",", ";", "–", "—")) + 1
    end = _CLAUSE_ENDS.search(text, place)
    if start == 0 or end is None or not _BUSINESS.search(text, start, end.start()):
        return False
    return _TELLS_NOW.search(text[:start]) is not None or _TELLS_NOW.search(text, end.start()) is not None


def _is_news_first(text: str, place: int) -> bool:
    """Whether the sentence tells the news and recalls the older agreement only behind it."""
    match = _NEW.search(text)
    return match is not None and match.start() < place


def _is_past(named: int, year: int | None) -> bool:
    return year is not None and named < year


def _is_founding(text: str, match: re.Match[str]) -> bool:
    """Whether a year is that of a company's founding or a product's approval."""
    return _FOUNDED.search(text, max(0, match.start() - 30), match.end()) is not None


def is_agreement(sentence: Sentence) -> bool:
    """Whether a sentence speaks of an agreement or of what is done in one."""
    return _DEAL_WORD.search(sentence.text) is not None
