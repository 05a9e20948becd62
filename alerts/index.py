"""Match a deal against all saved searches at once: an index over the searches finds the few that may match.

    index = Index.of([(search, query), …], means)
    index.matches(subject) -> [Match, …]        exactly what alerts.match.match gives for each search, in their order

Each search stands in the index under one set of terms of which a deal must have one (alerts.needs): the one that fewest
other searches need too. Whoever needs none, such as a search for days alone, is a candidate of every deal. A candidate
all of whose words and fields are there is evaluated in full. Equal queries are evaluated once, and so is each part that
several of them have.

The terms are a filter and never a verdict: one that lets too much through costs time, none may keep out a match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from alerts.condition import Condition
from alerts.match import Means, Verdict, evaluate, reasons
from alerts.needs import choices, rarity, terms
from alerts.query import Query
from alerts.subject import Subject
from news.alert import Match, Search

Asked = tuple[Search, Query]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A query, the numbers of the searches that have it, and sets of terms of each of which a deal must have one."""

    query: Query
    searches: tuple[int, ...]
    needed: tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Saved searches, made ready to be held against any number of deals; does not change.

    All queries are read with one and the same ontology. `entries` are the different queries, `by_term` the numbers of
    those that are candidates where a term is found, `always` the numbers of those that are so everywhere.
    """

    asked: tuple[Asked, ...]
    means: Means
    entries: tuple[_Entry, ...]
    by_term: dict[str, tuple[int, ...]]
    always: tuple[int, ...]

    @classmethod
    def of(cls, asked: Iterable[Asked], means: Means) -> Index:
        """Return the index over some searches; `means` are those of the matcher."""
        listed = tuple(asked)
        numbers: dict[Condition, list[int]] = {}
        for number, (_, query) in enumerate(listed):
            numbers.setdefault(query.condition, []).append(number)
        wanted = [choices(condition, means.key) for condition in numbers]
        often = Counter(term for each in wanted for needed in each for term in needed)
        entries: list[_Entry] = []
        by_term: dict[str, list[int]] = {}
        always: list[int] = []
        for place, (each, of) in enumerate(zip(wanted, numbers.values(), strict=True)):
            # What many searches need is likely to be a common word, and would bring all of them up at once.
            needed = min(each, key=lambda some: (sum(often[t] for t in some), -rarity(some)[0]), default=None)
            for term in needed or ():
                by_term.setdefault(term, []).append(place)
            if needed is None:
                always.append(place)
            entries.append(_Entry(listed[of[0]][1], tuple(of), each))
        posted = {term: tuple(places) for term, places in by_term.items()}
        return cls(listed, means, tuple(entries), posted, tuple(always))

    @property
    def searches(self) -> tuple[Search, ...]:
        """The searches, in the order in which they were given."""
        return tuple(search for search, _ in self.asked)

    def matches(self, subject: Subject) -> list[Match]:
        """Return the matches of a deal, in the order of the searches."""
        known: dict[Condition, Verdict] = {}
        found: list[tuple[int, Match]] = []
        for entry in self.candidates(terms(subject, self.means.key)):
            verdict = evaluate(entry.query, subject, self.means, known)
            if verdict.truth:
                why = reasons(verdict)
                found += [(n, Match(self.asked[n][0].key, subject.deal.id, why)) for n in entry.searches]
        return [match for _, match in sorted(found, key=lambda pair: pair[0])]

    def candidates(self, offered: frozenset[str]) -> Iterator[_Entry]:
        """Yield the different queries that a deal with these terms may match."""
        places = set(self.always)
        for term in self.by_term.keys() & offered:
            places.update(self.by_term[term])
        for place in places:
            entry = self.entries[place]
            if not any(map(offered.isdisjoint, entry.needed)):
                yield entry
