"""The wording of an article's first sentences, without the names in it: what no sign of deals/signs.py foresees.

Words and pairs of neighbouring words, each a feature: a party is "§p", another organisation "§o", a sum "$n" and a
number "#", so that one company's news share theirs with another's. Where they stand is said for the headline ("wT") and
for the first sentence ("wF"); all of them count once more wherever they stand ("w*"). How many of these sentences bring
two parties and an agreement together ("s#pair"), and how many state terms ("s#terms"), is said too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from deals.parties import Cast

_TOKEN = re.compile(r"§\d+§|[$€£¥]\s?\d[\d.,]*|\d[\d.,]*%?|[a-z][a-z'&-]*|[;:?!]")
_NAME = re.compile(r"§(\d+)§")
_DEAL = re.compile(
    r"\b(?:agree(?:s|d|ment)|collaborat|partner|allian|pacts?\b|deals?\b|licen[cs]|rights?\b|option|joint|"
    r"co-?develop|co-?promot|"
    r"co-?market|team|join(?:s|ed)? forces|distribut|supply|tie-?up|terminat|ends?\b|ended|return|hand(?:s|ed|"
    r"ing)? back|"
    r"milestone|expand|extend|amend|together|contract|venture|work(?:s|ing)? (?:with|on))",
    re.IGNORECASE,
)
_TERMS = re.compile(
    r"\b(?:up-?front|at signing|on sign(?:ing|ature)|milestones?|royalt|licen[cs]e fee|eligible|down payment|"
    r"signing fee|"
    r"stands? to (?:earn|get|receive|collect)|could (?:earn|get|receive|collect|bring))",
    re.IGNORECASE,
)
_LIKELY = 0.2
_SENTENCES = 6
_LETTERS = 400


def wording(people: Cast, old: frozenset[int]) -> frozenset[str]:
    """Return the wording of headline and first sentences as features; `old` are the sentences that recall."""
    found: set[str] = set()
    told, pairs, terms = 0, 0, 0
    for masked in people.sentences:
        sentence = masked.sentence
        if not sentence.is_main or sentence.number in old:
            continue
        if sentence.field == "text":
            if sentence.section in {"quote", "headline"}:
                continue
            told += 1
            if told > _SENTENCES:
                break
        tokens = list(_tokens(masked.text, people))
        if _DEAL.search(masked.text) and len(_parties(masked.text, people)) > 1:
            pairs += 1
            found.add(f"s#pair-{pairs}")
            if told < 2:
                found.add("s#pair-title" if told == 0 else "s#pair-first")
        if _TERMS.search(masked.text):
            terms += 1
            found.add(f"s#terms-{terms}")
        said = set(_said(tokens))
        found.update(f"w*:{one}" for one in said)
        if sentence.field == "title" or told == 1:
            where = "wT" if sentence.field == "title" else "wF"
            found.update(f"{where}:{one}" for one in said)
    return frozenset(found)


def _parties(text: str, people: Cast) -> set[str]:
    """Return which likely parties a masked sentence names."""
    return {name for name in _NAME.findall(text) if _is_party(int(name), people)}


def _is_party(number: int, people: Cast) -> bool:
    return number < len(people.candidates) and people.candidates[number].likelihood > _LIKELY


def _said(tokens: list[str]) -> Iterator[str]:
    yield from tokens
    for one, other in pairwise(tokens):
        yield f"{one}_{other}"


def _tokens(text: str, people: Cast) -> Iterator[str]:
    """Yield the words of a masked sentence, with names and numbers replaced by what they are."""
    for match in _TOKEN.finditer(text[:_LETTERS].replace("’", "'").lower()):
        token = match[0]
        if token[0] == "§":
            yield "§p" if _is_party(int(token[1:-1]), people) else "§o"
        elif token[0] in "$€£¥":
            yield "$n"
        elif token[0].isdigit():
            yield "#"
        else:
            yield token
