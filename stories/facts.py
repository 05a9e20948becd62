"""What of a report decides where it belongs, made ready once: parties, subjects, region, day, signature.

Names are compared as outlets shorten them: "Ostara" is "Ostara Immune", a code is the same with and without its hyphen,
a brand and a generic name that stand together in one article are both names of the asset.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from lexicon.text import squash, words
from news.reading import STATUSES, Terms
from news.story import Report

_COUNTRIES = {
    "greater china": "china hongkong macau taiwan",
    "northasia": "china japan korea taiwan",
    "asia": "china hongkong macau taiwan japan korea india indonesia malaysia singapore thailand vietnam philippines",
    "europe": "uk germany france italy spain ireland nordics switzerland poland eu",
    "northamerica": "us canada mexico",
    "latinamerica": "mexico brazil argentina chile colombia peru ecuador",
    "middleeast": "israel turkey saudiarabia gulf egypt",
}
_AREAS: dict[str, frozenset[str]] = {
    **{name: frozenset(inside.split()) for name, inside in _COUNTRIES.items()},
    **{one: frozenset({one}) for inside in _COUNTRIES.values() for one in inside.split()},
}
_WRITTEN = (
    (r"greater china", "greater china"), (r"(?:mainland |people s republic of )?china", "china"),
    (r"hong kong", "hongkong"), (r"maca[uo]", "macau"), (r"taiwan", "taiwan"), (r"japan", "japan"),
    (r"(?:south )?korea", "korea"), (r"(?:south ?east )?asia(?: pacific)?", "asia"), (r"india", "india"),
    (r"europe(?:an union)?|european economic area|eea|eu", "europe"), (r"united kingdom|u ?k|great britain", "uk"),
    (r"united states(?: of america)?|u ?s(?: ?a)?|america", "us"), (r"north america", "northamerica"),
    (r"canada", "canada"), (r"mexico", "mexico"), (r"(?:latin|south|central) america", "latinamerica"),
    (r"brazil", "brazil"),
    (r"middle east(?: and north africa)?|mena|gulf|gcc", "middleeast"), (r"israel", "israel"), (r"germany", "germany"),
    (r"france", "france"), (r"italy", "italy"), (r"spain", "spain"), (r"nordics?|scandinavia", "nordics"),
)  # fmt: skip
_PLACES = re.compile("|".join(rf"(?P<g{n}>\b(?:{pattern})\b)" for n, (pattern, _) in enumerate(_WRITTEN)))
_NOT_THERE = re.compile(r"\b(?:ex|exclud\w+|except\w*|outside|apart|other than|save for|without|but not)\b")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of its agreement; `region` is empty where it says nothing or only what is left out."""

    article: int
    nth: int
    address: str
    day: date
    terms: Terms
    parties: frozenset[str]
    assets: frozenset[str]
    targets: frozenset[str]
    region: frozenset[str]
    settled: bool
    sketch: bytes

    @property
    def order(self) -> tuple[date, str, int]:
        """The place among other reports that does not depend on which arrived first."""
        return (self.day, self.address, self.nth)

    @property
    def subjects(self) -> frozenset[str]:
        """All names of what the agreement is about."""
        return self.assets | self.targets


def facts_of(report: Report, key: Callable[[str], str]) -> Facts:
    """Return what decides where a report belongs."""
    return facts_in(report.terms, report.announced, key, report)


def facts_in(terms: Terms, day: date, key: Callable[[str], str], report: Report | None = None) -> Facts:
    """Return what decides where an event belongs that terms describe as a whole."""
    return Facts(
        article=report.article if report else 0,
        nth=report.nth if report else 0,
        address=report.address if report else "",
        day=day,
        terms=terms,
        parties=frozenset(party_keys(terms, key)),
        assets=names(terms, "assets"),
        targets=names(terms, "targets"),
        region=region_of(terms.territory.name) if terms.territory else frozenset(),
        settled=STATUSES.index(terms.status) >= STATUSES.index("announced"),
        sketch=report.sketch if report else b"",
    )


def party_keys(terms: Terms, key: Callable[[str], str]) -> tuple[str, ...]:
    """Return the keys of a deal's parties, sorted, each once."""
    return tuple(sorted({k for k in (key(p.name) for p in terms.parties) if k}))


def names(terms: Terms, field: str) -> frozenset[str]:
    """Return all names of what is told, those in brackets too: one outlet has the brand, another the generic name."""
    return frozenset(squash(part) for named in getattr(terms, field) for part in re.split(r" ?[()]", named.name)) - {""}


def region_of(written: str) -> frozenset[str]:
    """Return the countries that a territory names, as far as they are known; of the world without some: nothing."""
    plain = " ".join(words(written))
    if _NOT_THERE.search(plain):
        return frozenset()
    found = (_WRITTEN[int((match.lastgroup or "g0")[1:])][1] for match in _PLACES.finditer(plain))
    return frozenset(one for name in found for one in _AREAS[name])


def shared(mine: Collection[str], theirs: Collection[str]) -> int:
    """Return how many parties two reports have in common; a shortened name is the whole one."""
    if not (mine and theirs):
        return 0
    found = sum(any(is_same_party(one, other) for other in theirs) for one in mine)
    return min(found, sum(any(is_same_party(one, other) for one in mine) for other in theirs))


def is_same_party(one: str, other: str) -> bool:
    """Return whether two keys may name one organisation: equal, or one the other's first words."""
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")
