"""The names of learned features in words that a person understands.

    of_article("t#licence-verb", parts, slots) -> ("headline: words of an agreement", "licenses")
    of_organisation("in-title", number, slots) -> "named in the headline"

The first are features of deals/features.py, wording.py and events.py, with the words of the article where there are
such; the second those of deals/partysigns.py. "" stands for what says nothing by itself, such as the constant term. A
feature that is new here is shown by its name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from deals.features import FOR, PAYMENTS, shown

Slots = Mapping[tuple[int, str, str], str]
"""The words of the first place of a slot, by organisation, slot and part (head, lead, body, or "" for any)."""
_WHERE = {
    "t": "headline",
    "f": "first sentence",
    "l": "first sentences",
    "b": "text",
    "tf": "headline and first sentence",
}
_PARTS = {"head": "headline", "lead": "first sentences", "body": "text"}
_WORDINGS = {"T": "headline", "F": "first sentence", "*": "first sentences"}
_MASKS = {"§p": "[party]", "§o": "[other]", "$n": "[sum]", "#": "[number]"}
"""What deals/wording.py puts in the place of names and numbers."""
_TOGETHER = {
    "deal": "words of an agreement",
    "none": "no word of an agreement",
    "terms": "words of payments",
    "against": "words of other news",
    "ended": "words of an end",
}
_FACTS = {
    "in-title": "named in the headline",
    "in-about": "named in a profile",
    "in-quote": "named in direct speech",
    "in-lead": "named in the first sentences",
    "second-half": "first named in the second half",
    "profile": "has a profile at the end",
    "one-word": "a name of one word",
    "digit": "a digit in the name",
    "capitals": "a name in capitals",
    "weak": "nothing shows that it is an organisation",
    "thing": "spoken of as a thing, not as an organisation",
    "is-known": "a known company",
    "is-suffix": "Inc., Ltd. or the like",
    "is-head": "Pharma, Therapeutics or the like in the name",
    "is-public": "a university, agency or the like",
    "is-ticker": "a ticker behind the name",
    "is-defined": "a short name is defined for it",
    "is-apposition": "called a company",
    "is-before": "called a company",
    "is-camel": "a name as companies have it",
    "is-headline": "the headline begins with it",
    "is-possessive": "owns something",
    "is-speaks": "does or says something",
    "is-slot": "stands where an organisation can stand",
}
_COUNTED = re.compile(r"(sentences|share|first-in|rank|order)-(\w+)")
_COUNTS = {
    "sentences": "named in several sentences",
    "share": "named in much of the text",
    "first-in": "the place where it is first named",
    "rank": "how often it is named beside the others",
    "order": "one of the first names",
}


Said = tuple[str, str]
"""What a feature says, the same for features that say the same, and the words of the article that show it."""


def of_article(feature: str, parts: Mapping[str, str], slots: Slots) -> Said:
    """Return a feature of an article in words; `parts` as `features.parts` returns them."""
    for pattern, say in _SAYINGS:
        if match := pattern.fullmatch(feature):
            return say(match, parts, slots)
    return ("" if feature == "always" else _plain(feature)), ""


def _sign(match: re.Match[str], parts: Mapping[str, str], _: Slots) -> Said:
    where, name = match[1], match[2]
    words = shown(name, parts[where])
    if name in FOR:
        return f"{_WHERE[where]}: {_TOGETHER['deal']}", words
    if name in PAYMENTS:
        return f"{_WHERE[where]}: {_TOGETHER['terms']}", words
    return f"{_WHERE[where]}: {_quoted(words, name)}", ""


def _together(match: re.Match[str], _: Mapping[str, str], __: Slots) -> Said:
    return f"{_WHERE[match[1]]}: {_TOGETHER[match[2]]}", ""


def _slot(match: re.Match[str], _: Mapping[str, str], slots: Slots) -> Said:
    words = next((w for (_, name, part), w in slots.items() if (name, part) == (match[1], match[2])), "")
    return f"{_PARTS[match[2]]}: {_quoted(words, match[1])}", ""


def _kind(match: re.Match[str], _: Mapping[str, str], __: Slots) -> Said:
    return f"words of the kind {_plain(match[1])}", ""


def _wording(match: re.Match[str], _: Mapping[str, str], __: Slots) -> Said:
    words = " ".join(_MASKS.get(word, word) for word in match[2].split("_"))
    return f"{_WORDINGS[match[1]]}: “{words}”", ""


def _event(match: re.Match[str], _: Mapping[str, str], __: Slots) -> Said:
    return f"words of the event {_plain(match[1])}", ""


_Say = Callable[[re.Match[str], Mapping[str, str], Slots], Said]


def _always(words: str) -> _Say:
    """Return what says the same of every feature of a form."""
    return lambda _match, _parts, _slots: (words, "")


_SAYINGS: tuple[tuple[re.Pattern[str], _Say], ...] = (
    (re.compile(r"([tflb])#(.+?)(?:-\d+)?"), _sign),
    (re.compile(r"(tf|[tflb])\+(deal|none|terms|against|ended)\b.*"), _together),
    (re.compile(r"([tf])!(.+)-\d"), _sign),
    (re.compile(r"g:(.+)@(head|lead|body)"), _slot),
    (re.compile(r"k(?:#[tflb]-|!)(.+)-(?:\d+|clear)"), _kind),
    (re.compile(r"g:(?:party|titled).*"), _always("how many likely parties there are")),
    (re.compile(r"o#.*"), _always("sentences about earlier agreements")),
    (re.compile(r"w([TF*]):(.+)"), _wording),
    (re.compile(r"s#pair-\w+"), _always("two likely parties and an agreement in one sentence")),
    (re.compile(r"s#terms-\w+"), _always("first sentences: words of payments")),
    (re.compile(r"e#changed"), _always("something becomes of an agreement that there is")),
    (re.compile(r"e#(.+)-\d"), _event),
)


def of_organisation(sign: str, number: int, slots: Slots) -> str:
    """Return a feature of an organisation in words; `number` is its place in the cast."""
    if sign == "always" or re.fullmatch(r"of-\d+", sign):
        return ""
    name, _, part = sign.partition("@")
    if words := slots.get((number, name, part)):
        return f"“{words}”"
    if name in _FACTS:
        return _FACTS[name]
    if match := _COUNTED.fullmatch(name):
        return _COUNTS[match[1]]
    return _plain(name)


def _quoted(words: str, name: str) -> str:
    return f"“{words}”" if words else _plain(name)


def _plain(name: str) -> str:
    return name.replace("-", " ")
