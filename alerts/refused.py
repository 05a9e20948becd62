"""What is said of a search that cannot be read: the place, what is wrong there, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Sequence

from alerts.condition import RESERVED, And, Condition, Not, Or, is_text, nested, printed
from lexicon.text import fold
from news.errors import QuerySyntaxError

OPENING = '"“”„«»'
"""What opens a phrase."""
MOST_WORDS = 30
"""Words that a phrase may have."""
FARTHEST = 100
"""How many words NEAR reaches."""
LONGEST_LEAD = 1000
"""How many words LEAD takes."""
SHORTEST_STEM = 4
"""Letters and digits that a stem has at least."""
_SHOWN = 90
_MARKS = frozenset("-‐‑–—'’`´ʼ&/.,+%®™©℠_$€£¥@#:*")
_WITHIN = re.compile(r"(?:near|w|within|adj|n|pre)/?(\d{1,4})\Z", re.IGNORECASE)
_FOREIGN = {
    "?": "? is not known: write the word out, or its beginning with a * behind it",
    "-": 'a minus is not known: write NOT before the word, or "-word" in quotes',
    "+": "a plus is not known: words side by side must all be there anyway",
    "&": "& is not known here: write AND",
    "|": "| is not known: write OR",
    "!": "! is not known: write NOT",
    "~": "~ is not known: write NEAR/5 between two words",
}


def reach_of(query: str, at: int, word: str) -> int:
    """Return the number of words in "NEAR/5" or "LEAD/50"; raises QuerySyntaxError."""
    name, _, number = word.partition("/")
    most = FARTHEST if name == "NEAR" else LONGEST_LEAD
    example = "NEAR/5 between two words" if name == "NEAR" else "LEAD/50 before a word"
    if not re.fullmatch(r"\d{1,4}", number, re.ASCII):
        raise QuerySyntaxError(query, at, f"{name} wants a number of words: write {example}")
    if not 1 <= int(number) <= most:
        raise QuerySyntaxError(query, at + len(name) + 1, f"{name} takes 1 to {most} words, not {number}")
    return int(number)


def mixed(first: str, then: str, parts: Sequence[Condition]) -> str:
    """Return what is said where two kinds of joints stand on one level; `parts` are those before the second."""
    joined, last = f" {first} ".join(map(nested, parts)), nested(parts[-1])
    before = "".join(f"{nested(part)} {first} " for part in parts[:-1])
    # What is near or in one sentence has a place; what AND joins has none.
    whole = f"({joined}) {then} …" if first != "AND" or then == "OR" else ""
    inside = f"{before}({last} {then} …)" if then != "AND" or first == "OR" else ""
    advice = f"write {', or '.join(filter(None, (whole, inside)))}"
    general = "put parentheses around what belongs together"
    return f"{first} and {then} are mixed: {advice if len(advice) <= _SHOWN else general}"


def not_words(operator: str, part: Condition) -> str:
    """Return what is said where NEAR, SAME or LEAD stands beside something that has no place in a text."""
    name = operator.partition("/")[0]
    if isinstance(part, Not):
        return f"NOT cannot stand inside {name}: write NOT before the whole, with parentheses"
    if isinstance(part, And) and is_text(Or(part.parts)):
        return f"AND cannot stand inside {name}: write NEAR or SAME between the words"
    shown = printed(part)
    what = shown if len(shown) <= _SHOWN else "this"
    return f"{name} is about words in a text, {what} is not: join it with AND, outside of parentheses around {operator}"


def check_word(query: str, word: str, start: int) -> None:
    """Refuse a bare word that looks like the syntax of another search engine; raises QuerySyntaxError."""
    _check_operator(query, word, start)
    for number, character in enumerate(word):
        strange = not (character.isalnum() or character in _MARKS or fold(f"a{character}").text != "a")
        if strange or (number == 0 and character in "-+&/") or word[number : number + 2] == "..":
            other = f'{character} is not known here: put the words in double quotes, as in "{word}"'
            raise QuerySyntaxError(query, start + number, _FOREIGN.get(character, other))
    _check_stems(query, word, start)
    if not fold(word).text:
        raise QuerySyntaxError(
            query, start, "this holds no letter and no digit: write a word, or a phrase in double quotes"
        )


def check_phrase(query: str, phrase: str, start: int) -> None:
    """Refuse a phrase that can be found nowhere; raises QuerySyntaxError."""
    if not fold(phrase).text:
        raise QuerySyntaxError(query, start, "the phrase holds no letter and no digit: write words between the quotes")
    if len(phrase.split()) > MOST_WORDS:
        raise QuerySyntaxError(query, start, f"the phrase has more than {MOST_WORDS} words: search for less of it")
    place = start + 1
    for word in phrase.split():
        place = query.index(word, place)
        _check_stems(query, word, place)
        place += len(word)


def _check_operator(query: str, word: str, start: int) -> None:
    within = _WITHIN.match(word)
    if within:
        raise QuerySyntaxError(
            query, start, f'write NEAR/{within[1]} for {word}; the word itself goes in quotes, "{word}"'
        )
    if RESERVED.match(word):
        plain = word.lower() in {"and", "or", "not", "same"}
        said = f"write {word.upper()}" if plain else f"{word} is not known here"
        if word.lower() in {"near", "lead"} or word.lower().startswith("lead/"):
            said = f"write {word.upper().partition('/')[0]}/{word.partition('/')[2] or '5'}"
        raise QuerySyntaxError(query, start, f'{said}; to look for the word itself, write "{word}" in quotes')


def _check_stems(query: str, word: str, start: int) -> None:
    """Refuse a * that does not end a word, and one behind too few letters."""
    at = word.find("*")
    if at < 0:
        return
    if at != len(word) - 1:
        raise QuerySyntaxError(
            query, start + at, "a * stands only at the end of a word: write its beginning, as in engag*"
        )
    pieces = fold(word).text.split()
    if not pieces or len(pieces[-1]) < SHORTEST_STEM or not word[at - 1].isalnum():
        raise QuerySyntaxError(
            query,
            start,
            f"{word} is too short a stem: at least {SHORTEST_STEM} letters stand before the *",
        )
