"""Royalties on sales: `royalties(document, skipped) -> Royalties | None`, percent where given, the wording always."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal

from deals.document import Document, Sentence
from deals.flow import STILL
from news.reading import DealEventName, Royalties

_ROYALTY = re.compile(
    r"\b(?:(?:up to|tiered|stepped|escalating|graduated|staggered|single|double|low|mid|high|upper|lower|teens?|"
    r"twenties|digits?|digit|percentage|net|sales|"
    r"running|global|worldwide|further|future|potential|additional|certain|substantial|modest|undisclosed|an?|the|"
    r"to|and|in|\d{1,2}(?:\.\d+)?\s?(?:%|per ?cent)|"
    r"mid-single|low-single|high-single|low-double|mid-double|double-digit|single-digit|"
    r"commercial)[\s-]+){0,8}royalt(?:y|ies)\b(?!-free)",
    re.IGNORECASE,
)
_SHARE_OF_SALES = re.compile(
    r"\b(?:(?:an?|the|certain|small|modest|fixed|further|additional|undisclosed|high|low|mid|single|double|digit)[\s-]){0,6}"
    r"(?:share|cut|slice|percentage|proportion|commission|tenth|fifth|\d{1,2}(?:\.\d+)?\s?(?:%|per ?cent))\s(?:of|on)"
    r"\s(?:(?:the|its|their|all|any|annual|yearly|future|worldwide|global|net|product|eventual|subsequent|"
    r"resulting|potential|American|European)\s){0,4}sales\b|"
    r"\b(?:a|one) tenth of what [\w’' -]{2,40} (?:earns|sells|takes)\b|\bearn-?outs? on sales\b|"
    r"\b(?:a )?commission [^.,;]{0,70}\bsales\b|\bshares? the (?:income|revenues?) [^.;]{0,60}\bsales\b|"
    r"\bpayments? (?:that|which) (?:depend|are based) on (?:net )?sales\b",
    re.IGNORECASE,
)
_OWED = re.compile(STILL.pattern + r"|\b(?:should|if)\b", re.IGNORECASE)
_FLOW = re.compile(
    r"\b(?:receiv\w*|pay\w*|paid|owe[sd]?|gets?|earn\w*|entitled|eligible|plus|royalt\w*|milestones?|upfront|takes?|keeps?|"
    r"along with|together with|as well as|hand(?:s|ed|ing)? over)\b",
    re.IGNORECASE,
)
_PAID_ITSELF = re.compile(r"(?:a )?commission|shares? the|payment|earn", re.IGNORECASE)
_NO_ROYALTY = re.compile(
    r"\s(?:as|for) (?:a |the )?(?:supply|transfer|purchase)|"
    r"\s(?:in|during|for|by) (?:the |fiscal )?(?:year|quarter|first|second|20\d\d)|"
    r"\s(?:come|came|is|was|are|were|growth)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"royalt|sales|tenth", re.IGNORECASE)
_OTHER = re.compile(
    r"\broyalty (?:financing|monetization|monetisation|pharma|trust|interest|purchase|stream|agreement)\b|"
    r"\broyalty[- ]free\b|"
    r"\broyalt(?:y|ies)\s(?:(?:and|or|other|licen[cs]\w+|milestone)\s){0,3}(?:revenues?|income)\b|"
    r"\b(?:no|without|free of) (?:\w+ )?royalt",
    re.IGNORECASE,
)
_END = re.compile(
    r"[.;](?:\s|$)|:\s|,\s(?!\d)(?!(?:to|ranging|starting|rising|from|up|beginning|in|at|running|based|topping|"
    r"the)\b)|\s(?:while|if|which|who|subject to|as well as|with)\s|"
    r"\sand\s(?:milestone|will|is|has|further|an? )"
)
_PERCENT = r"(\d{1,2}(?:\.\d{1,2})?)"
_SIGN = r"\s?(?:%|per ?cent(?:age points)?)"
_RANGE = re.compile(
    rf"{_PERCENT}(?:{_SIGN})?(?:\s?[-–—]\s?| to | and |\D{{1,50}}?\b(?:to|out at|up to|reaching|and|as high "
    rf"as)\s(?:about |roughly |as much as )?){_PERCENT}{_SIGN}",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    rf"(?:up to|as much as|as high as|maximum of|reach|not more than|exceed\w*)\s(?:about |roughly |an? "
    rf")?{_PERCENT}{_SIGN}",
    re.IGNORECASE,
)
_ONE = re.compile(rf"{_PERCENT}{_SIGN}", re.IGNORECASE)
_FRACTIONS = {"tenth": Decimal(10), "fifth": Decimal(20)}
_FRACTION = re.compile(r"\b(tenth|fifth) of (?:what|(?:\w+ ){0,3}sales)\b", re.IGNORECASE)
_AROUND = 110


def royalties(document: Document, skipped: Collection[int] = (), event: DealEventName = "new") -> Royalties | None:
    """Return the royalties of the agreement; `skipped` are the numbers of sentences about something else.

    Of an agreement that ends (`event`) only those count that are still owed.
    """
    found = [
        royalty
        for sentence in document.main()
        if sentence.number not in skipped and (event != "termination" or _OWED.search(sentence.text))
        for royalty in [_in_sentence(document, sentence)]
        if royalty is not None
    ]
    return min(found, key=_rank, default=None)


def _rank(royalty: Royalties) -> tuple[bool, bool, bool]:
    """Numbers first, then words that say how much ("high-teens"), then the bare mention; else the first mention."""
    return (
        royalty.high is None,
        re.search(r"digit|teens|twenties|tiered", royalty.wording) is None,
        royalty.evidence.field == "title",
    )


def _in_sentence(document: Document, sentence: Sentence) -> Royalties | None:
    text = sentence.text
    if _WORD.search(text) is None:
        return None
    match = _ROYALTY.search(text) or _share(text)
    if match is None or _OTHER.search(text, max(0, match.start() - 20), match.end() + 40):
        return None
    end = _END.search(text, match.end(), min(len(text), match.end() + 2 * _AROUND))
    stop = end.start() if end else min(len(text), match.end() + _AROUND)
    start = match.start() + len(match.group()) - len(match.group().lstrip())
    wording = text[start:stop]
    low, high = _percents(wording)
    if high is None:
        low, high = _percents(text[max(0, start - 30) : stop + 40]) if match.re is _SHARE_OF_SALES else (None, None)
    evidence = document.evidence_of(sentence, start, stop)
    return Royalties(" ".join(wording.split()), evidence, low, high)


def _share(text: str) -> re.Match[str] | None:
    """Return where a sentence says that somebody is paid a share of sales; a share of profits is none."""
    match = _SHARE_OF_SALES.search(text)
    if match is None or _NO_ROYALTY.match(text, match.end()):
        return None
    paid = _FLOW.search(text, max(0, match.start() - 90), match.start()) or _PAID_ITSELF.match(match.group())
    return match if paid else None


def _percents(wording: str) -> tuple[Decimal | None, Decimal | None]:
    """Return the lower and the upper percentage that a wording gives; one alone is both, "up to" only the upper."""
    if (word := _FRACTION.search(wording)) is not None:
        return _FRACTIONS[word[1].lower()], _FRACTIONS[word[1].lower()]
    if (match := _RANGE.search(wording)) is not None:
        low, high = Decimal(match[1]), Decimal(match[2])
        return (low, high) if low <= high else (high, low)
    if (match := _UP_TO.search(wording)) is not None:
        return None, Decimal(match[1])
    if (match := _ONE.search(wording)) is not None:
        return Decimal(match[1]), Decimal(match[1])
    return None, None
