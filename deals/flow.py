"""What a sum without a label is, by the verb beside it: `by_verb(text, bound) -> field or None`.

"Helvia pays $30 million" is paid now; "could receive another $300 million" may be paid later. `flows(text, item)` says
whether money of an agreement moves at all where a sum stands.
"""

from __future__ import annotations

import re

from deals.labels import Bound
from deals.money import Sum
from news.reading import MoneyField

MORE = re.compile(
    r"\b(?:additional|further|another|more(?! than)|subsequent|future|remaining|remainder|extra|rest|balance|fresh)\b",
    re.IGNORECASE,
)
ELIGIBLE = re.compile(
    r"\b(?:eligible|entitled|could|(?-i:may)|might|potential(?:ly)?|stands? to|qualif\w+|earn|in line|possible|"
    r"provides? for|remains?|promise of|up for grabs)\b",
    re.IGNORECASE,
)
STILL = re.compile(
    r"\b(?:will|shall|is to|are to|pays|agree(?:s|d) to pay|(?:remains?|still|stays?|continues? to be) (?:\w+ )?"
    r"(?:eligible|entitled|due)|(?:could|may|can) still)\b",
    re.IGNORECASE,
)
_PAYS = re.compile(
    r"\b(?:pay(?:s|ing)?|paid|hand(?:s|ed|ing)? over|hand(?:s|ed|ing)?|spend(?:s|ing)?|shell(?:s|ed|ing)? out|"
    r"receiv(?:e|es|ing)|gets?|getting|collects?|(?<!its )pockets?|banks?|bets?|received|"
    r"put(?:s|ting)? (?:down|up)|brings?|gives|antes? up|owes|nets|bags?|scores?|nabs?|che(?:ck|que) for|"
    r"sends?|wires?|transfers?|fork(?:s|ing)? (?:out|over)|cough(?:s|ing)? up|stump(?:s|ing)? up|"
    r"plunk(?:s|ing)? down|lay(?:s|ing)? (?:out|down)|pon(?:y|ies|ying) up|part(?:s|ing)? with|costs|"
    r"(?<!have )cost(?= it| them| another| (?-i:[A-Z]))|lands?|payments?\b[^.;$€£¥]{0,40}\bin the (?:sum|amount) of|"
    r"payments? (?:by [\w’' -]{2,40} )?(?:to [\w’' -]{2,40} )?of)\b",
    re.IGNORECASE,
)
_ANOTHER_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while)\s")
_PAYS_NOW = re.compile(r"\b(?:pays|paying|will pay|hands over|adds|puts up)\b", re.IGNORECASE)
_MAY_RECEIVE = re.compile(
    r"\b(?:eligible|entitled|qualif(?:y|ies)|in line|stands? to|promis(?:es|ed|ing|e of)|"
    r"(?:could|may|might|will|can|would)\W+(?:\w+\W+){0,2}"
    r"(?:receive|earn|get|collect|reap|add|be paid|bring|see|gain|pay|owe|expect))\b",
    re.IGNORECASE,
)
_MAY_BE_PAID = re.compile(
    r"\s(?:[\w’'-]+\s){0,4}?(?:(?:could|(?-i:may)|might|can|will|would)\s(?:\w+\s){0,2}?(?:be|to be)?\s?(?:earned|paid|"
    r"received|payable|due|added|owed|possible|available)|(?:is|are) (?:possible|available)|"
    r"(?:could|(?-i:may)|might|will|would|to)\s(?:then\s)?follow|"
    r"remains? (?:possible|available|to be earned)|on offer)\b",
    re.IGNORECASE,
)
_IS_PAID = re.compile(
    r"\s(?:(?:[\w’'-]+\s){0,3}?(?:is|are) (?:due|payable|paid|to be paid)|falls? due|becomes? due|(?:that|which) "
    r"(?:it|they|(?-i:[A-Z])[\w-]+) (?:pays|is paying|will pay|puts up|hands over))\b",
    re.IGNORECASE,
)
_CAN_BUY = re.compile(r"\b(?:can|(?-i:may))\s(?:then\s)?(?:obtain|acquire|license|take|buy(?: out)?)\b", re.IGNORECASE)
_FLOWS = re.compile(
    r"\b(?:pay\w*|paid|owe[sd]?|due|receiv\w+|gets?|got|earn(?:s|ed|ing)?|hand(?:s|ed|ing)? over|eligible|entitled|"
    r"collect\w*|reap\w*|guaranteed|pocket\w*|bring\w*|stands? to|follow\w*|payable|consideration|compensation|fees?|"
    r"milestones?|upfront)\b",
    re.IGNORECASE,
)
_TAKEOVER = re.compile(
    r"\b(?:acqui\w+|buy(?:s|ing)?|bought|purchas\w+|takeover|merger|bid|offer(?:s|ed|ing)?|fetch|loan|borrow|"
    r"sell(?:s|ing)?|asking price|sale of|selling itself|values?|valuing|per share|a share)\b"
    r"(?! (?:the |its |an? |exclusive |worldwide |global )*(?:rights|options?|licen[cs]e))",
    re.IGNORECASE,
)
SPENT_ON = re.compile(
    r"\s(?:on(?! (?:the (?:first|second|date|start|day)|sign|approv|exercis|complet|launch|clos|its way|top|achiev|\d|"
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|"
    r"reach))|over|for research|a year|per year|annually|to (?:resolve|settle|fund|buy|build|support|cover|finance)|"
    r"in (?:fines?|damages|taxes|debt|annual|sales|revenues?|grants?))\b"
)
_BETS = re.compile(r"\b(?:bets?|betting|wagers?|gambles?)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_CLAUSES = re.compile(r"[,;:]\s|\band\s")
_PAPERS = re.compile(r"\b(?:notes?|shares?|stock|stake|bonds?|fines?)\b", re.IGNORECASE)
_INVESTS = re.compile(r"\binvest(?:s|ing)?\W+(?:\w+\W+){0,3}$", re.IGNORECASE)
_IN_A_COMPANY = re.compile(r"\sin(?:to)? (?!Phase|AI\b|R&D)(?:[A-Z]|it\b|the (?:company|biotech|firm|start-?up)\b)")
_COMMITS = re.compile(
    r"\b(?:commit(?:s|ted|ting)?|award(?:s|ed)?)\W+(?:\w+\W+){0,3}$",
    re.IGNORECASE,
)
_UNDER_THE_DEAL = re.compile(
    r"\s(?:under|from|through) (?:the|its|this|their) (?:[\w-]+ ){0,3}(?:deal|agreement|pact|alliance|contract|"
    r"partnership)\b"
)
_FOR = re.compile(r"\bfor\s(?:just |only |about |around |roughly |some |a |cool ){0,2}$", re.IGNORECASE)
_IN_RETURN_FOR = re.compile(r"\bin (?:return|exchange) for\s(?:just |only |about )?$")
_FOR_THAT = re.compile(r"\W*For (?:just |only |about )?", re.IGNORECASE)
_OBTAINS = re.compile(
    r"\b(?:licen[cs]\w+|rights|option|first call|access|buys? (?:itself|in|into)|bought itself)\b", re.IGNORECASE
)
_REACH = 70
_FOR_UP_TO = re.compile(
    r"\b(?:for|in a deal|deal|pact)\W+(?:\w+\W+){0,3}(?:up to|as much as|more than|potentially)\W*$", re.IGNORECASE
)


def flows(text: str, item: Sum) -> bool:
    """Whether the words round a sum say that money is paid or received."""
    return _FLOWS.search(text, max(0, item.start - 90), item.end + 60) is not None


def by_verb(text: str, bound: Bound, *, again: bool = False) -> MoneyField | None:
    """Return what a sum without a label is, by the verb beside it: paid now, or possible later.

    `again` says that the agreement is widened or changed: then whoever "pays another $30 million" pays it now.
    """
    item = bound.sum
    before = _ANOTHER_CLAUSE.split(text[max(0, item.start - 130) : item.start])[-1]
    if bound.labels[:1] in {(), ("other",)} and not item.up_to and _IN_RETURN_FOR.search(before):
        return "upfront"
    if bound.labels or bound.foreign or (SPENT_ON.match(text, item.end) and not _BETS.search(before)):
        return None
    if _INVESTS.search(before) and _IN_A_COMPANY.match(text, item.end):
        return "equity"
    return None if _PAPERS.search(_CLAUSES.split(before)[-1][-60:]) else _by_mood(text, bound, before, again=again)


def _by_mood(text: str, bound: Bound, before: str, *, again: bool) -> MoneyField | None:
    """Return what a sum is by whether it is paid or may be."""
    item = bound.sum
    around = before[-40:] + text[item.end : item.end + 12]
    if item.up_to or ELIGIBLE.search(before) is not None or _MAY_BE_PAID.match(text, item.end) is not None:
        return _possible(text, bound, before, around)
    near = text[max(bound.behind, item.start - _REACH) : item.start]
    if MORE.search(around):
        return "upfront" if again and _PAYS_NOW.search(near) else None
    if _FOR.search(before) and _CAN_BUY.search(before):
        return "option_fee"
    return "upfront" if _is_paid(before, near) or _IS_PAID.match(text, item.end) else None


def _is_paid(before: str, near: str) -> bool:
    """Whether the words before a sum say that it is paid, or that it is the price of rights."""
    if _FOR_THAT.fullmatch(before):
        return True
    if _FOR.search(before) and _OBTAINS.search(before) and not _TAKEOVER.search(before):
        return True
    return _PAYS.search(near) is not None


def _possible(text: str, bound: Bound, before: str, around: str) -> MoneyField | None:
    """Return what a sum is that may be paid: a part that comes later, or the whole."""
    if _TAKEOVER.search(before):
        return None
    if not MORE.search(around) and _UNDER_THE_DEAL.match(text, bound.sum.end):
        return "total"
    if MORE.search(around) or _MAY_RECEIVE.search(before) or _MAY_BE_PAID.match(text, bound.sum.end):
        return "milestones"
    whole = _FOR_UP_TO.search(before) or _COMMITS.search(before) or (bound.sum.up_to and _PAYS.search(before[-45:]))
    return "total" if whole else None
