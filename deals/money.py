"""Sums of money in a text, in every way in which companies and newspapers write them: `sums(text) -> (Sum, …)`.

    Sum(amount, currency, start, end, low, up_to)     text[start:end] is the sum as written; amount in units

"€1.35bn", "US$ 30m", "25 million euros", "RMB 500 million", "₹151 crore", "thirty million dollars", "half a billion
dollars", "$40-45 million", "between $40 and $45 million". A sum that only repeats the one before it in another currency
("€25 million ($27 million)") is left out. `vague(text)` yields the places where a sum is hinted at ("a double-digit
million euro amount"). Linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from deals.currencies import AFTER, BEFORE, RARELY_MONEY, after, before

_NUMBER = (
    r"(?:\d{1,3}(?:[,\u00a0\u202f' ]\d{3}){1,5}(?!\d)(?:\.\d{1,4})?|\d{1,3}(?:\.\d{3}){2,4}(?!\d)|"
    r"\d{1,12}(?:[.,]\d{1,6})?|\.\d{1,4})"
)
_MAGNITUDE = (
    r"(?:(?i:billions?|millions?|trillions?|thousand|crores?|lakhs?|hundred million)|(?i:mio|mill?)(?![A-Za-z])\.?|"
    r"(?i:bln|bn|mln|mn|mm|tn|cr|m|b|k)(?![A-Za-z]))"
)
_GAP = r"[\s\u00a0-]{0,2}"
_TO = r"(?:\s?[-–—]\s?|\s(?:to|and|or)\s)"
_THOUSANDS_END = r"(?<=,\d{3})(?!\w|[.,]\d|\s(?:people|patients|shares|doses|units))"
"""Where "USD 500,000 to 750,000" ends, which has no magnitude."""
_PREFIXED = re.compile(
    rf"(?P<sign>{BEFORE})[\s\u00a0~]{{0,2}}(?P<low>{_NUMBER})(?:{_GAP}(?P<low_size>{_MAGNITUDE}))?"
    rf"(?:(?P<to>{_TO})(?P<high>{_NUMBER})(?:{_GAP}(?P<high_size>{_MAGNITUDE})|{_THOUSANDS_END}))?(?:\s?(?P<code>USD|CAD|AUD|NZD|HKD|"
    rf"SGD)(?![A-Za-z]))?"
)
_SUFFIXED = re.compile(
    rf"(?<![\w.,$€£¥])(?P<low>{_NUMBER})(?:{_GAP}(?P<low_size>{_MAGNITUDE}))?"
    rf"(?:(?P<to>{_TO})(?P<high>{_NUMBER})(?:{_GAP}(?P<high_size>{_MAGNITUDE}))?)?{_GAP}(?P<code>{AFTER})"
)
_JOINED = re.compile(
    rf"(?<![A-Za-z])(?:(?P<first>[MmKk])(?P<code>SEK|NOK|DKK|EUR|USD|CHF|GBP|AUD|CAD)|(?P<sign>{BEFORE})(?P<last>m|bn|M))"
    rf"\s?(?P<number>{_NUMBER})(?!\w|\.\d)"
    rf"|(?<![\w.,])(?P<before>{_NUMBER})\s?(?P<size>[MmKk])(?P<behind>SEK|NOK|DKK|EUR|USD|CHF|GBP|AUD|CAD)(?![A-Za-z])"
)
_BARE = re.compile(
    rf"(?<![\w.,$€£¥-])(?P<low>{_NUMBER})\s(?P<low_size>million|billion|bn|m)(?=\s(?:more|up ?front|now|later|to "
    r"follow|(?:up)?on|if|when|once|at|after|in (?:milestones|equity|cash|stock|total|all|development|regulatory|"
    r"commercial|sales|future|further|potential|contingent|biobucks))\b|[,.;)]|$)"
)
_BARE_PART = re.compile(
    rf"(?:(?<=of which )|(?<=and another )|(?<=promise of ))(?P<low>{_NUMBER})\s(?P<low_size>million|billion|bn|m)\b"
    r"(?!\s(?:people|patients|shares|doses|units))"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: number for number, word in enumerate(_ONES.split())} | {
    word: 10 * number for number, word in enumerate(_TENS.split(), 2)
}
_WORD = (
    "(?:"
    + "|".join(sorted((*_UNITS, "hundred", "thousand", "million", "mln", "billion", "bln"), key=len, reverse=True))
    + ")"
)
_MAGNITUDES = frozenset({"hundred", "thousand", "million", "mln", "billion", "bln"})
_SPELT = re.compile(
    rf"(?i:\b(?P<number>(?:(?:half|(?:a |one |three[- ])?quarters? of)\sa\s|{_WORD}\sand\sa\shalf\s|a\s)?\b{_WORD}"
    rf"(?:(?:\s|-|\sand\s|\spoint\s){_WORD}){{0,12}}+)"
    rf"[\s-]{{1,2}}(?:of\s)?)(?P<code>{AFTER})"
)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.000")
_IS_SPELT = re.compile(r"[a-z][\s-](?:hundred|thousand|million|mln|billion|bln|dollars?|euros?|pounds?)", re.IGNORECASE)
_SIZES = {
    "b": 9, "bln": 9, "bn": 9, "billion": 9, "m": 6, "mn": 6, "mm": 6, "mln": 6, "mio": 6, "mil": 6, "mill": 6,
    "million": 6, "k": 3, "thousand": 3, "tn": 12, "trillion": 12, "crore": 7, "cr": 7, "lakh": 5, "hundred million": 8,
}  # fmt: skip
_UP_TO_BEFORE = re.compile(
    r"(?:\b(?:up to|upto|as much as|as high as|as many as|more than|(?<!hands )(?<!handed )(?<!handing )(?<!hand "
    r")over|in excess of|exceed(?:s|ing|ed)?|at least|upwards? of|north "
    r"of|greater than|above|maximum(?: of)?|beyond|surpass(?:es|ing)?|top|topping|capped at|(?:cap|ceiling) of|"
    r"(?<!within )reach(?:es|ing)?|"
    r"stretch(?:es)? to)|[>≥])[\s\u00a0]{0,2}(?:(?:an?|the|in|total|aggregate|combined|additional|further|another|"
    r"approximately|about|"
    r"around|roughly|nearly|some|of|to|as|much|US|and including)[\s\u00a0]{1,2}){0,5}~?$"
    r"|\b(?:potential(?:ly)?|could|(?-i:may)|might|can)\s(?:[\w’'-]{1,16}\s){0,5}$",
    re.IGNORECASE,
)
_UP_TO_BEHIND = re.compile(r"\s?(?:or more|and more|at (?:the )?(?:most|highest)|maximum|\+|-plus\b|plus(?=[,.;:)]|$))")
_REPEATS = re.compile(
    r"\s?(?:[(\[]\s?|/\s?|,?\s(?:or|i\.e\.)\s|,\s)(?:(?:or|about|approximately|approx\.?|around|circa|ca\.?|c\.|"
    r"equivalent to|or about|"
    r"some|US|roughly|equal to|at current exchange rates)\s)?~?"
)
_VAGUE = re.compile(
    r"\b(?:(?:low|mid|high|upper|single|double|triple|two|three|four|five|six|seven|eight|nine|multiple|"
    r"multi)[\s-]{1,2}){1,3}(?:digit|"
    r"figure)s?\b(?:[\s-](?:million|billion|thousand)s?)?(?:[\s-](?:euro|dollar|pound|yen|usd|eur|us dollar)s?)?"
    r"|\bmulti[\s-]?(?:million|billion)(?:[\s-](?:euro|dollar|pound)s?)?"
    r"|\b(?:several|tens of|hundreds of|undisclosed|unspecified) (?:million|billion)s?(?: of)? (?:euro|dollar|"
    r"pound|yen)s?",
    re.IGNORECASE,
)
_CROWNS = re.compile(r"(?<!Danish )(?<!Swedish )(?<!Norwegian )\bcrowns?$", re.IGNORECASE)
_LOOK_BACK = 70


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum as written at `text[start:end]`: `amount` in units of `currency`, `low` where a range is given."""

    amount: Decimal
    currency: str
    start: int
    end: int
    low: Decimal | None = None
    up_to: bool = False


@lru_cache(maxsize=64)  # several rules ask for those of one sentence
def sums(text: str, *, dollar: str = "USD", yen: str = "JPY", crown: str = "SEK") -> tuple[Sum, ...]:
    """Return the sums of a text in order; `dollar`, `yen` and `crown` are what "$", "¥" and "crowns" mean in it."""
    found = [
        *filter(None, (_prefixed(text, match, dollar, yen) for match in _PREFIXED.finditer(text))),
        *filter(None, (_suffixed(text, match, dollar) for match in _SUFFIXED.finditer(text))),
        *filter(None, (_spelt(match, dollar) for match in _SPELT.finditer(text if _IS_SPELT.search(text) else ""))),
        *(_joined(match, dollar, yen) for match in _JOINED.finditer(text)),
    ]
    if found:
        found.extend(
            [_bare(match, found) for pattern in (_BARE, _BARE_PART) for match in pattern.finditer(text)],
        )
    found.sort(key=lambda item: (item.start, -item.end))
    apart: list[Sum] = []
    for item in found:
        if not apart or item.start >= apart[-1].end:
            apart.append(item)
    merged = _without_repeats(text, _ranges(text, apart))
    return tuple(_with_crowns(text, replace(item, up_to=_is_up_to(text, item)), crown) for item in merged)


def _with_crowns(text: str, item: Sum, crown: str) -> Sum:
    """Return a sum in the crowns that the text means where it says no more than "crowns"."""
    return replace(item, currency=crown) if _CROWNS.search(text, item.start, item.end) else item


def vague(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places where a sum is hinted at without a number."""
    for match in _VAGUE.finditer(text):
        yield match.span()


def _prefixed(text: str, match: re.Match[str], dollar: str, yen: str) -> Sum | None:
    code = match["code"] if match["code"] and "$" in match["sign"] else None
    return _sum(text, match, code or before(match["sign"], dollar=dollar, yen=yen))


def _suffixed(text: str, match: re.Match[str], dollar: str) -> Sum | None:
    size = match["high_size"] or match["low_size"]
    if size is None and match["code"].lower().startswith(RARELY_MONEY):
        return None
    return _sum(text, match, after(match["code"], dollar=dollar))


def _joined(match: re.Match[str], dollar: str, yen: str) -> Sum:
    """Return a sum whose magnitude stands at the currency: "MSEK 110", "110 MSEK", "€m 25"."""
    size = match["first"] or match["last"] or match["size"]
    currency = match["code"] or match["behind"] or before(match["sign"], dollar=dollar, yen=yen)
    return Sum(_amount(match["number"] or match["before"], size), currency, *match.span())


def _bare(match: re.Match[str], others: Sequence[Sum]) -> Sum:
    """Return a sum that shares the currency of one beside it: "CHF 14 million now and 180 million more"."""
    nearest = min(others, key=lambda item: (item.start > match.start(), abs(item.start - match.start())))
    return Sum(_amount(match["low"], match["low_size"]), nearest.currency, *match.span())


def _sum(text: str, match: re.Match[str], currency: str) -> Sum | None:
    """Return the sum of a match: with its lower end where it is a range, else its first number."""
    low_size, high_size = match["low_size"], match["high_size"]
    if match["high"] is None:
        return Sum(_amount(match["low"], low_size), currency, *match.span())
    low, high = _amount(match["low"], low_size or high_size), _amount(match["high"], high_size)
    if low >= high:  # "USD 10,000 to 1m": the magnitude is that of the second number only
        low = _amount(match["low"], low_size)
    spoken = match["to"].strip()
    is_range = spoken in {"-", "–", "—", "to", "or"} or text[max(0, match.start() - 10) : match.start()].endswith(
        "between "
    )
    if is_range and low < high:
        return Sum(high, currency, *match.span(), low)
    if match.re is _SUFFIXED:
        return Sum(high, currency, match.start("high"), match.end())
    end = match.end("low_size") if low_size else match.end("low")
    return Sum(_amount(match["low"], low_size), currency, match.start(), end)


def _amount(number: str, size: str | None) -> Decimal:
    """Return a number and its magnitude in units."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", number)
    head, comma, tail = plain.rpartition(",")
    if comma and len(tail) != 3 and "," not in head and "." not in plain:
        plain = f"{head}.{tail}"  # a decimal comma
    plain = plain.replace(",", "")
    if plain.count(".") > 1 or (size is None and _THOUSANDS.fullmatch(plain)):
        plain = plain.replace(".", "")
    power = 0 if size is None else _power(size)
    return _plain(Decimal(plain) * 10**power)


def _power(size: str) -> int:
    written = size.lower().removesuffix(".")
    return _SIZES[written] if written in _SIZES else _SIZES[written.removesuffix("s")]


def _plain(amount: Decimal) -> Decimal:
    """Return whole units without a fraction and without an exponent, other amounts as they are."""
    return Decimal(int(amount)) if amount == int(amount) else amount


def _spelt(match: re.Match[str], dollar: str) -> Sum | None:
    words = re.split(r"[\s-]+", match["number"].lower().strip())
    if words[0] in _MAGNITUDES:
        return None
    if _MAGNITUDES.isdisjoint(words) and match["code"].lower().startswith(RARELY_MONEY):
        return None
    amount = _number_of(words)
    currency = after(match["code"], dollar=dollar)
    return Sum(_plain(amount), currency, match.start("number"), match.end()) if amount else None


def _number_of(words: list[str]) -> Decimal:
    """Return the number that words spell, such as seven million five hundred thousand or two and a half million."""
    total, group, share = Decimal(0), Decimal(0), Decimal(1)
    if "quarter" in words or "quarters" in words:
        share = Decimal("0.75") if words[0] == "three" else Decimal("0.25")
        words = words[words.index("of") + 1 :]
    for place, word in enumerate(words):
        if word in _UNITS:
            tenths = words[place - 1] == "point" if place else False
            group += Decimal(_UNITS[word]) / 10 if tenths else _UNITS[word]
        elif word == "half":
            group += Decimal("0.5")
        elif word == "hundred":
            group = max(group, Decimal(1)) * 100
        elif word in _MAGNITUDES:
            total += (group or Decimal(1)) * 10 ** _SIZES[word]
            group = Decimal(0)
    return share * (total + group)


def _ranges(text: str, found: list[Sum]) -> list[Sum]:
    """Return the sums with those joined that are the two ends of one range: "$40 million to $45 million"."""
    joined: list[Sum] = []
    for item in found:
        last = joined[-1] if joined else None
        if last is not None and last.low is None and item.low is None and _is_range(text, last, item):
            joined[-1] = replace(item, start=last.start, low=_low_end(text, last, item))
        else:
            joined.append(item)
    return joined


def _is_range(text: str, low: Sum, high: Sum) -> bool:
    between = text[low.end : high.start]
    ahead = text[max(0, low.start - 30) : low.start]
    if low.currency != high.currency or len(between) > 5:
        return False
    if _low_end(text, low, high) >= high.amount or re.search(
        r"\b(?:increas|rais|rose|grew|lift|up|doubl|fall|fell|cut)\w*\W+from\W*$", ahead
    ):
        return False
    spoken = between.strip()
    return spoken in {"-", "–", "—", "to"} or (spoken == "and" and re.search(r"\bbetween\s+$", ahead) is not None)


def _low_end(text: str, low: Sum, high: Sum) -> Decimal:
    """Return the lower end, in the upper end's magnitude where it has none: "between $40 and $45 million"."""
    if re.search(r"[A-Za-z]$|,\d{3}$", text[low.start : low.end]) or low.amount >= 1000:
        return low.amount
    size = re.search(rf"({_MAGNITUDE})$", text[high.start : high.end])
    return _plain(low.amount * 10 ** _power(size[1])) if size else low.amount


def _without_repeats(text: str, found: list[Sum]) -> list[Sum]:
    kept: list[Sum] = []
    for item in found:
        last = kept[-1] if kept else None
        if last is not None and last.currency != item.currency and _REPEATS.fullmatch(text[last.end : item.start][:48]):
            continue
        kept.append(item)
    return kept


def _is_up_to(text: str, item: Sum) -> bool:
    ahead = text[max(0, item.start - _LOOK_BACK) : item.start]
    return _UP_TO_BEFORE.search(ahead) is not None or _UP_TO_BEHIND.match(text, item.end) is not None
