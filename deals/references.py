"""What stands for a party without naming it: "the Danish group", "the biotech", "the Germans", "It", "the company".

    resolved(document, sentences, parties) -> the sentences with such words replaced by the party's number

A place or a people points to the party that the article puts there, "biotech" to the one that is no large company,
"university" to the public one; "the company" and "It" to whoever did something in the sentence before. Where two
parties fit alike, nothing is replaced.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from deals.document import Document
from deals.masked import Masked
from deals.organisations import Organisation
from deals.places import country_of, is_place
from lexicon.companies import Companies

_SMALL_WORDS = frozenset(
    [
        "biotech",
        "biotechnology",
        "start-up",
        "startup",
        "start-up's",
        "small",
        "smaller",
        "young",
        "privately",
        "private",
        "spin-out",
        "spinout",
        "biopharma",
        "clinical-stage",
        "preclinical",
        "newcomer",
        "upstart",
    ]
)
_LARGE_WORDS = frozenset(
    ["giant", "major", "larger", "large", "big", "multinational", "drugmaker", "pharma", "heavyweight", "big-pharma"]
)
_PUBLIC_WORDS = frozenset(
    [
        "university",
        "institute",
        "foundation",
        "scientists",
        "researchers",
        "hospital",
        "college",
        "institution",
        "academics",
        "charity",
        "nonprofit",
        "non-profit",
        "agency",
    ]
)
_NOUN = (
    r"(?:compan(?:y|ies)|group|firm|biotech|biopharma|drug ?maker|drug-maker|pharma|start-?up|specialist|house|"
    r"major|giant|"
    r"manufacturer|maker|developer|outfit|side|concern|partner|institute|institution|university|foundation|scientists|"
    r"researchers|hospital|charity|player|business|heavyweight|distributor|agency|college|enterprise|factory)"
)
_ROLE_NOUN = re.compile(
    rf"\b(?:[Tt]he|[Tt]his|[Tt]hat) ((?:(?!and\b|or\b|of\b|to\b|from\b|by\b|with\b|that\b|its\b|"
    rf"for\b)[\w’'&.,-]+ ){{0,5}}?)({_NOUN})(?![\w-])"
)
_PEOPLE = re.compile(
    r"\b[Tt]he ([A-Z][a-z]+(?: [A-Z][a-z]+)?s)\b(?! [A-Z])|\b[Tt]he (Swiss|Dutch|French|Danes|Japanese|Chinese)\b"
    r"(?= (?:will|have|had|are|were|pay|get|said|would|took|take|may|can)\b|[,.;])"
)
_PRONOUN = re.compile(
    r"(?:\A|(?<=; )|(?<=[“\"]))(It|Its|The (?:company|group|firm|institute|university)(?:[’']s)?)(?= )"
)
_LATE_IT = re.compile(
    r"\A([^§.;]{0,90}[ ,])it(?= (?:will|would|gets?|receives?|pays?|has|can|could|may|might|keeps?|retains?|"
    r"also|takes?|owes?|"
    r"stands?|is (?:to|eligible|entitled))\b)"
)
_NOT_SUBJECT = re.compile(r"\b(?:with|from|to|by|of|for|under|between|at|through) $|[’']s? $")
_MARK = re.compile(r"§(\d+)§")
_NEAR = 80
_BEFORE = re.compile(r"((?:[A-Z][\w.]*[ -])*?[A-Z][\w.]*)(?:[’']s?|-based)? (?:[a-z-]+ ){0,3}$")
_BEHIND = re.compile(
    r"(?:,? (?:Inc|Ltd|AG|SA|plc|Corp|SE|AB|NV|A/S|S\.A|LLC|Limited|Co)\.?)*(?:\s?\([^()]{0,60}\))*"
    r"(?:,? (?:of|in) (?:the )?([A-Z][\w.é-]+(?: [A-Z][\w.-]+){0,2}(?:, [A-Z][\w.]+)?)|"
    r",? (?:an?|the|which is|based|headquartered|located) ([^.;()]{3,100}?)(?:,| and | has | have | will |[.;(]|\Z))"
)


@dataclass(frozen=True, slots=True)
class _Profile:
    """What an article and the trade know of a party: its places and countries, and whether it is large or public."""

    number: int
    places: frozenset[str]
    countries: frozenset[str]
    described: frozenset[str]
    large: bool
    public: bool


def resolved(
    document: Document,
    sentences: Sequence[Masked],
    parties: Sequence[tuple[int, Organisation]],
    companies: Companies,
    *,
    others: Mapping[int, str],
) -> tuple[Masked, ...]:
    """Return the sentences with what stands for a party replaced by its number.

    `others` are names, by number, that nothing shows to be organisations': products and people get their words back.
    """
    profiles = [_profile(document, number, one, companies) for number, one in parties]
    numbers = {one.number for one in profiles}
    things = {number: name for number, name in others.items() if number not in numbers}
    found: list[Masked] = []
    subject: int | None = None
    for one in sentences:
        text = _MARK.sub(lambda match: things.get(int(match[1]), match[0]), one.text) if things else one.text
        if one.sentence.is_main:
            text = _ROLE_NOUN.sub(lambda match: _role_noun(match, profiles), text)
            text = _PEOPLE.sub(lambda match: _people(match, profiles), text)
            text = text if subject is None else _named(text, subject)
            subject = _subject(text, numbers, subject)
        found.append(Masked(text, one.sentence))
    return tuple(found)


def _subject(text: str, numbers: set[int], before: int | None) -> int | None:
    """Return the party that does something in a sentence: the first without a preposition, else the one before."""
    named = [match for match in _MARK.finditer(text) if int(match[1]) in numbers]
    able = (int(match[1]) for match in named if not _NOT_SUBJECT.search(text, max(0, match.start() - 9), match.start()))
    return next(able, int(named[0][1]) if named else before)


def _named(text: str, number: int) -> str:
    """Return a sentence with its first pronoun, or "The company" at its start, replaced by who did something before."""
    text = _PRONOUN.sub(lambda match: _pronoun(match[1], number), text)
    return _LATE_IT.sub(lambda match: f"{match[1]}§{number}§", text)


def _pronoun(word: str, number: int) -> str:
    return f"§{number}§'s" if word == "Its" or word.endswith(("’s", "'s")) else f"§{number}§"


def _role_noun(match: re.Match[str], profiles: Sequence[_Profile]) -> str:
    words = f"{match[1]}{match[2]}"
    scores = sorted(((_fit(words, one, profiles), one.number) for one in profiles), reverse=True)
    if not scores or scores[0][0] <= 0 or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return match[0]
    return f"§{scores[0][1]}§"


def _fit(words: str, one: _Profile, profiles: Sequence[_Profile]) -> int:
    """Return how well words such as "Danish biotech group" fit a party: above 0 where they do."""
    score = 0
    for place in _places(words):
        country = country_of(place)
        others = [other for other in profiles if other is not one]
        if place in one.places:
            score += 4
        elif country and country in one.countries:
            score += 3
        elif country and one.countries:
            score -= 3
        elif country and others and all(other.countries and country not in other.countries for other in others):
            score += 2
    bare = set(words.lower().split())
    score += sum(
        word in one.described and not any(word in p.described for p in profiles if p is not one) for word in bare
    )
    mixed = {profile.large for profile in profiles} == {True, False}
    if mixed and bare & _SMALL_WORDS:
        score += -2 if one.large else 2
    if mixed and bare & _LARGE_WORDS:
        score += 2 if one.large else -2
    if bare & _PUBLIC_WORDS and {profile.public for profile in profiles} == {True, False}:
        score += 3 if one.public else -3
    return score


def _places(words: str) -> Iterator[str]:
    """Yield the places and peoples among words: "South San Francisco", "Danish"."""
    capitals = re.findall(r"[A-Z][\w.’'é-]*(?: [A-Z][\w.’'é-]*)*", words.replace("-based", " "))
    for run in capitals:
        tokens = run.replace("’s", "").replace("'s", "").split(" ")
        for start in range(len(tokens)):
            whole = " ".join(tokens[start:])
            if is_place(whole):
                yield whole
                break
        else:
            yield from (token for token in tokens if is_place(token))


def _people(match: re.Match[str], profiles: Sequence[_Profile]) -> str:
    country = country_of(match[1] or match[2])
    fitting = [one for one in profiles if country and country in one.countries]
    if not fitting and country:
        fitting = [one for one in profiles if not one.countries]
        fitting = fitting if len(fitting) == 1 and len(profiles) > 1 else []
    return f"§{fitting[0].number}§" if len(fitting) == 1 else match[0]


def _profile(document: Document, number: int, one: Organisation, companies: Companies) -> _Profile:
    places = set(_places(one.name))
    described: set[str] = set()
    for mention in one.mentions:
        text = document.field(mention.field)
        if before := _BEFORE.search(text, max(0, mention.start - _NEAR), mention.start):
            places.update(_places(before[1]))
        if behind := _BEHIND.match(text, mention.end, mention.end + 2 * _NEAR):
            places.update(_places(behind[1] or behind[2]))
            described.update((behind[2] or "").lower().split())
    countries = {country_of(place) for place in places} | {companies.country(one.name)}
    large, public = companies.is_large(one.name), "public" in one.signs
    return _Profile(number, frozenset(places), frozenset(countries - {""}), frozenset(described), large, public)
