"""Which terms a passage offers, and which of them a phrase needs: what is not offered cannot stand there.

    offered(passage) -> frozenset         words, words joined, pairs of words ("cell engager"), beginnings ("enga*")
    needed_words(phrase) -> frozensets    of each of these sets one must be offered
    may_hold(phrase, terms) -> bool       whether that is so
    held(phrases, terms) -> phrases       of which it is so, of many

A pair is two words of which one may follow the other as alerts.phrase reads a text: directly, joined, or behind a
parenthesis. Terms may be offered that lead nowhere; none may be missing that a phrase which is found needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from alerts.phrase import PIECES, Passage, Wanted, alike, beyond_aside, joins, joints, variants
from lexicon.phrases import Words

_STEM = 4
"""A stem has at least so many letters."""
_Runs = dict[int, list[tuple[str, int]]]
"""Words that may be written as one: by the number of the first, each as one word and the number behind its last."""


@lru_cache(maxsize=16384)
def needed(phrase: str) -> frozenset[str]:
    """Return terms of which a passage that holds a phrase offers one; none for a phrase that is found nowhere."""
    return frozenset(term for wanted in variants(phrase) for term in max(_sets(wanted), key=_shortest))


@lru_cache(maxsize=16384)
def needed_words(phrase: str) -> tuple[frozenset[str], ...]:
    """Return sets of terms of each of which a passage that holds a phrase offers one, those that are rare first."""
    alone = variants(phrase)
    if len(alone) != 1:
        return (needed(phrase),)
    return tuple(sorted(dict.fromkeys(_sets(alone[0])), key=_shortest, reverse=True))


def may_hold(phrase: str, terms: frozenset[str]) -> bool:
    """Return whether a passage that offers these terms may hold a phrase; False is certain."""
    return not any(map(terms.isdisjoint, needed_words(phrase)))


def held(phrases: tuple[str, ...], terms: frozenset[str]) -> Iterator[str]:
    """Yield those of some phrases, forms of one concept, that a passage which offers these terms may hold."""
    by_term = _by_term(phrases)
    for phrase in dict.fromkeys(phrase for term in terms.intersection(by_term) for phrase in by_term[term]):
        if may_hold(phrase, terms):
            yield phrase


@lru_cache(maxsize=4096)
def _by_term(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        for term in needed(phrase):
            found.setdefault(term, []).append(phrase)
    return found


@lru_cache(maxsize=256)
def offered(passage: Passage) -> frozenset[str]:
    """Return the terms of a passage."""
    words = passage.words
    found = set(passage.vocabulary)
    found.update(map(" ".join, pairwise(words.words)))
    runs = {number - 1: list(_joined(passage, number - 1)) for number in joints(passage)}
    for first, joined in runs.items():
        for word, after in joined:
            found.add(word)
            found.update(f"{word} {other}" for other in _following(words, runs, after))
            if first:
                found.add(f"{words.words[first - 1]} {word}")
    for number in words.aside:
        if number and beyond_aside(words, number) != number:
            found.update(f"{words.words[number - 1]} {other}" for other in _following(words, runs, number))
    alone = (*passage.vocabulary, *(word for joined in runs.values() for word, _ in joined))
    found.update(f"{word[:_STEM]}*" for word in alone)
    found.update(f"{plural[:_STEM]}*" for word in alone if len(word) <= _STEM for plural in _plurals(word))
    return frozenset(found)


def _plurals(word: str) -> Iterator[str]:
    """Yield what a folded word may have been: what is written begins otherwise where "allies" is folded to "ally"."""
    yield f"{word}s"
    if word.endswith("y"):
        yield f"{word[:-1]}ies"


def _joined(passage: Passage, first: int) -> Iterator[tuple[str, int]]:
    """Yield a word with those that may be written as one with it, a run of any length, and the number behind it."""
    words = passage.words.words
    run = words[first]
    for number in range(first + 1, min(first + PIECES, len(words))):
        if number not in joints(passage):
            return
        run += words[number]
        yield run, number + 1


def _following(words: Words, runs: _Runs, after: int) -> Iterator[str]:
    """Yield the words, and the joined ones, that may follow at a place: there, or behind a parenthesis."""
    for number in {after, beyond_aside(words, after)}:
        if number < len(words.words):
            yield words.words[number]
            yield from (word for word, _ in runs.get(number, ()))


def _shortest(terms: frozenset[str]) -> tuple[bool, int]:
    """Return how much a set of terms tells, the more the rarer: pairs more than words, and long ones more."""
    return all(" " in term for term in terms), min(map(len, terms))


def _sets(wanted: Wanted) -> Iterator[frozenset[str]]:
    """Yield what of a phrase must be there: each word that surely begins anew, and both sides of each gap."""
    words = wanted.words
    for number in range(len(words.words)):
        if number == 0 or not joins(words, number):
            yield _looks(wanted, number)
        if number and (between := _between(wanted, number)):
            yield between


def _between(wanted: Wanted, number: int) -> frozenset[str]:
    """Return how the words on each side of a gap look together; nothing where that cannot be told of stems."""
    words = wanted.words.words
    first = next(n for n in range(number - 1, -1, -1) if n == 0 or not joins(wanted.words, n))
    behind = next((n for n in range(number + 1, len(words)) if not joins(wanted.words, n)), len(words))
    if not wanted.stems.isdisjoint(range(first, behind)):
        return frozenset()
    befores = {*alike(words[number - 1]), *("".join(words[n:number]) for n in range(first, number))}
    afters = {*alike(words[number]), *("".join(words[number:end]) for end in range(number + 1, behind + 1))}
    pairs = {f"{before} {after}" for before in befores for after in afters}
    if joins(wanted.words, number):
        pairs |= {"".join(words[n:end]) for n in range(first, number) for end in range(number + 1, behind + 1)}
    return frozenset(pairs)


def _looks(wanted: Wanted, first: int) -> frozenset[str]:
    """Return how a word and those that may be joined to it may begin in a text."""
    words, run = wanted.words, ""
    found = set() if first in wanted.stems else set(alike(words.words[first]))
    for number in range(first, min(first + PIECES, len(words.words))):
        if number > first and not joins(words, number):
            break
        run += words.words[number]
        found.add(f"{run[:_STEM]}*" if number in wanted.stems else run)
    return frozenset(found)
