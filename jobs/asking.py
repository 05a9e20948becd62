"""The saved searches as the pipeline asks them: parsed and indexed once, and anew only where one has changed."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from alerts.index import Index
from alerts.match import Means
from alerts.query import Query, parse
from lexicon.ontology import Ontology
from news.alert import Search
from news.article import Fault
from news.errors import QuerySyntaxError

log = logging.getLogger(__name__)
_KEPT = 2
"""Indexes that are kept: that of all searches, and that of the new ones."""


class Indexes:
    """What was asked last, with its index; its queries must all be read with one ontology."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._queries: dict[str, Query] = {}
        self._indexes: dict[tuple[Search, ...], tuple[Index, tuple[tuple[str, Fault], ...]]] = {}

    def of(
        self, searches: Iterable[Search], means: Means, ontology: Ontology
    ) -> tuple[Index, tuple[tuple[str, Fault], ...]]:
        """Return the index over some searches, and the fault of each that cannot be read.

        The configuration has seen to it that all can be; one of the database may be of another version's language.
        """
        wanted = tuple(searches)
        known = self._indexes.pop(wanted, None) or self._made(wanted, means, ontology)
        self._indexes[wanted] = known
        while len(self._indexes) > _KEPT:
            del self._indexes[next(iter(self._indexes))]
        return known

    def _made(
        self, wanted: tuple[Search, ...], means: Means, ontology: Ontology
    ) -> tuple[Index, tuple[tuple[str, Fault], ...]]:
        asked, faults = [], []
        for search in wanted:
            try:
                asked.append((search, self._query(search.query, ontology)))
            except QuerySyntaxError as error:
                said = f"{error.reason} (at character {error.position + 1} of {search.query!r})"
                log.warning("the search %s cannot be asked: %s", search.key, said)
                faults.append((f"search {search.key}", Fault("search refused", said)))
        known = {search.query for search, _ in asked}
        if len(self._queries) > 2 * len(known) + 100:  # those of searches that are gone
            self._queries = {text: query for text, query in self._queries.items() if text in known}
        return Index.of(asked, means), tuple(faults)

    def _query(self, text: str, ontology: Ontology) -> Query:
        if text not in self._queries:
            self._queries[text] = parse(text, ontology)
        return self._queries[text]
