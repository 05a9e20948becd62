"""The year in which a sentence says that an earlier agreement was made: `past_years(sentence, published, year)`.

A year is an agreement's where the words nearest to it in its clause are those of an agreement ("their 2021 alliance",
"was licensed in 2022", "paid $38m in late 2022", "worked together since 2019") and not those of something else that
happened then (a founding, a listing, a trial, a year's sales). Days that are told from the article's own ("two years
ago", "last November", "in August last year") are counted back from its publication.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from deals.document import Sentence
from lexicon.months import MONTH, number_of

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10}
_WHEN = re.compile(
    rf"\b(?:(?P<month>{MONTH})\.?\s(?:\d{{1,2}},?\s)?(?:of\s)?)?(?P<year>(?:19[89]|20[0-4])\d)\b(?![-–/]\d|[,.]\d|%)"
    rf"|\b(?:(?P<then>{MONTH})\s)?(?P<lastyear>(?:of\s)?last year)\b"
    rf"|\blast (?P<last>{MONTH})\b"
    r"|\b(?P<months>three|four|five|six|eight|ten) months (?:ago|earlier|before)\b"
    rf"|\b(?P<ago>{'|'.join(_NUMBERS)}) years? (?:ago|earlier|before)\b",
    re.IGNORECASE,
)
# What stands before a year that no agreement was made in: a period that is accounted for, a day that is still to come.
_NOT_WHEN = re.compile(
    r"\b(?:by|until|till|through|fiscal|FY|quarter of|half of|year|ended|ending|end of|as of|expected in|between|"
    r"December 31,|June 30,|March 31,|September 30,|©|Copyright|Act of)\s?(?:\w+\s)?$",
    re.IGNORECASE,
)
_AGREEMENT = (
    r"agreements?|collaborations?|partnerships?|alliances?|deals?|pacts?|licen[cs]es?|licensing|contracts?|tie-up|"
    r"accord|relationship|joint venture|options?"
)
_MADE = re.compile(
    rf"\b(?:{_AGREEMENT}|(?:in-|out-)?licensed|signed|inked|struck|entered into|concluded|partnered|teamed|"
    r"joined forces|optioned|exercised|agreed|appointed|granted|pledged|paid|pays|upfront|up front|received|pocketed|"
    r"wired|technology-exported|authori[sz]ed (?:in )?(?:to|from)|got together|(?:worked|working) together|"
    r"(?:have|has|had) (?:worked|collaborated|cooperated|sold|distributed|supplied)|collaborated|cooperated|"
    r"rights(?: (?:that|which) (?:it|they) (?:bought|acquired))?|co-develop(?:ed|ing)|"
    r"introduced|(?:took|bought|got|obtained|acquired|picked up)\b[^,;.]{0,40}\bfrom|amended)\b",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"\b(?:found(?:ed|ing)|inception|established|incorporated|(?:spun|carved) (?:out|off)|raised|IPO|listed|listing|"
    r"float(?:ed|ation)|went public|approv(?:ed|al|als)|clear(?:ed|ance)|authori[sz]ation|launch(?:ed|es)?|"
    r"filed|filing|sales|sold|revenues?|profits?|turnover|market|patients|stud(?:y|ies)|trials?|phase|"
    r"publi(?:shed|cation)|data|results|read-?out|born|died|estimated|headquartered|employ(?:s|ed|ees)|laid off|"
    r"financing|series [A-F]|loan|invested|merge[rd]|takeover|commerciali[sz]ing|marketing|marketed|award(?:ed)?|"
    r"designation|opened|plant|joined as|created|purchase of|(?:acquired|bought)(?! (?:[\w-]+ ){0,4}rights)|"
    r"acquisition|patents?|discovered|invented|introduction|lawsuit|sued|recalled|prize|prevalence|deaths|diagnosed|"
    r"spent|earned|forecast|expects?|expected|aims?|plans?|hopes?)\b",
    re.IGNORECASE,
)
_YEAR_OF = re.compile(rf"\s(?:[\w’'&+-]+\s){{0,5}}?(?:{_AGREEMENT})\b", re.IGNORECASE)
_DATES_FROM = re.compile(
    rf"\b(?:{_AGREEMENT})\b[^,;.]{{0,40}}\b(?:dated|dates|dating|since|of|from)\b[^,;.]{{0,20}}$", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[;:—–()]|,\s(?:and|but|while|which|who|whose|when|where|after|before|as)\s|,\s(?=\w+ing\s)"
    r"|\s(?:and|but) (?:now|is|was|has|will|expects|later)\s"
)
_NEAR, _REACH = 60, 400  # letters: how far a word may stand from a year, however long the sentence is
_OWN_DAYS = 2  # months: an agreement of December that a release of January announces is the news


@dataclass(frozen=True, slots=True)
class Day:
    """A year that a sentence names, where it stands, and the month if that is named as well."""

    year: int
    month: int | None
    start: int
    end: int


def past_years(sentence: Sentence, published: date | None, year: int | None) -> tuple[int, ...]:
    """Return the past years in which a sentence says that an agreement was made; `year` is the article's."""
    text = sentence.text
    found = (day.year for day in _days(text, published, year) if _is_of_agreement(text, day))
    return tuple(dict.fromkeys(found))


def _days(text: str, published: date | None, year: int | None) -> Iterator[Day]:
    """Give the past years that a text names, by their numbers or counted from the article's own."""
    for match in _WHEN.finditer(text):
        day = _day(match, published, year)
        if (
            day is None
            or (year is not None and day.year > year)
            or _NOT_WHEN.search(text, max(0, match.start() - _NEAR), match.start())
        ):
            continue
        if not _is_own(day, published, year):
            yield day


def _is_own(day: Day, published: date | None, year: int | None) -> bool:
    """Whether a day may be that of the news itself."""
    if published is None or day.month is None:
        return day.year == year
    return (published.year - day.year) * 12 + published.month - day.month <= _OWN_DAYS


def _day(match: re.Match[str], published: date | None, year: int | None) -> Day | None:
    """Return the day that is named, or None where it is counted from an article's of which no day is known."""
    span = match.span()
    named = match["month"] or match["then"] or match["last"]
    month = number_of(named) if named else None
    if match["year"]:
        return Day(int(match["year"]), month, *span)
    if match["last"] or match["months"]:
        return _within_a_year(match, month, published)
    if year is None:
        return None
    return Day(year - (_NUMBERS[match["ago"].lower()] if match["ago"] else 1), month, *span)


def _within_a_year(match: re.Match[str], month: int | None, published: date | None) -> Day | None:
    """Return the day of "last May" and of "six months ago"."""
    if published is None:
        return None
    if month is not None:
        return Day(published.year - (month >= published.month), month, *match.span())
    then = published.year * 12 + published.month - 1 - _NUMBERS[match["months"].lower()]
    return Day(then // 12, then % 12 + 1, *match.span())


def _is_of_agreement(text: str, day: Day) -> bool:
    """Whether the words nearest to a year are an agreement's: those before it in its clause, else those behind."""
    if _YEAR_OF.match(text, day.end) or _DATES_FROM.search(text, max(0, day.start - 2 * _NEAR), day.start):
        return True
    reach = max(0, day.start - _REACH)
    start = max((match.end() for match in _CLAUSE.finditer(text, reach, day.start)), default=reach)
    made = max((match.end() for match in _MADE.finditer(text, start, day.start)), default=-1)
    other = max((match.end() for match in _OTHERWISE.finditer(text, start, day.start)), default=-1)
    if made >= 0 or other >= 0:
        return made >= other
    behind = _CLAUSE.search(text, day.end)
    end = min(behind.start() if behind else len(text), day.end + _REACH)
    first, others = _MADE.search(text, day.end, end), _OTHERWISE.search(text, day.end, end)
    return first is not None and (others is None or first.start() <= others.start())
