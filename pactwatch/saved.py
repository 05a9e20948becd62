"""The saved searches of both places, config.yaml and the database; what their examples say, and an upgrade changes.

saved(config, store) -> searches          those of the file, and those of the database whose keys are not the file's
broken(search, store, …) -> Broken, …     the examples of a search that are not as it says, or cannot be looked at
changes(searches, store, …) -> Changed, … what searches match now and did not when they were last held, and did
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.index import Index
from alerts.match import evaluate
from alerts.query import Query, held_with, parse
from alerts.subject import Subject
from lexicon import Lexicon
from news.alert import Search
from news.errors import AddressError, QuerySyntaxError
from news.story import Deal
from pactwatch.config import Config
from pactwatch.console import WrongInputError
from pactwatch.stored import is_deal
from pactwatch.subjects import means_of, meant, stored, told
from storage import Store


@dataclass(frozen=True, slots=True)
class Broken:
    """An example of a search: what it is, what is wrong; `unknown` where it cannot be looked at."""

    search: str
    example: str
    said: str
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What a search matches anew and no more, and the versions with which it was held before, "" where not known."""

    search: str
    was: str
    gained: tuple[Deal, ...]
    lost: tuple[Deal, ...]


def saved(config: Config, store: Store | None) -> tuple[Search, ...]:
    """Return the saved searches, those of the file first."""
    keys = {search.key for search in config.searches}
    others = store.searches() if store else ()
    return (*config.searches, *(s for s in others if s.origin == "database" and s.key not in keys))


def broken(search: Search, store: Store | None, lexicon: Lexicon, now: datetime) -> Iterator[Broken]:
    """Yield the examples of a search that its query does not bear out; `now` is the day of examples in words."""
    means = means_of(lexicon)
    try:
        query = parse(search.query, lexicon.ontology)
    except QuerySyntaxError as error:  # it was saved with another version
        yield Broken(search.key, search.query, f"is refused: {error.reason} (at character {error.position + 1})")
        return
    examples = search.examples
    for example, wanted in (*((e, True) for e in examples.match), *((e, False) for e in examples.never)):
        try:
            subjects = _subjects(example, store, lexicon, now)
        except (WrongInputError, AddressError) as error:
            yield Broken(search.key, example, str(error), unknown=True)
            continue
        matched = any(evaluate(query, subject, means).truth for subject in subjects)
        if matched is not wanted:
            said = "must match, and does not" if wanted else "must not match, and does"
            yield Broken(search.key, example, said)


def _subjects(example: str, store: Store | None, lexicon: Lexicon, now: datetime) -> list[Subject]:
    if not is_deal(example) and "://" not in example:
        return [told(example, lexicon, now)]
    if store is None:
        raise WrongInputError(f"{example}: no run has made a database yet; `pactwatch run` looks for deals")
    return [subject for subject, _ in meant(store, example)]


def changes(searches: Sequence[Search], store: Store, lexicon: Lexicon) -> Iterator[Changed]:
    """Yield what other versions of the language or the ontology change of what searches match.

    Only those are held again that the deals were held against with other versions than today's.
    """
    now, before = held_with(lexicon.ontology), store.held_with()
    waiting = {search.key for search in store.unmatched()}
    old = [s for s in searches if s.key in before and s.key not in waiting and before[s.key] != now]
    if not old:
        return
    index = Index.of(_read(old, lexicon), means_of(lexicon))
    subjects = [subject for subject in stored(store) if not subject.deal.rejected]
    deals = {subject.deal.id: subject.deal for subject in subjects}
    was = {(match.search, match.deal) for match in store.matches(deals)}
    is_ = {(match.search, match.deal) for subject in subjects for match in index.matches(subject)}
    for search in old:
        gained, lost = (
            tuple(deal for number, deal in deals.items() if (search.key, number) in these - those)
            for these, those in ((is_, was), (was, is_))
        )
        yield Changed(search.key, before[search.key], gained, lost)


def _read(searches: Sequence[Search], lexicon: Lexicon) -> Iterator[tuple[Search, Query]]:
    """Yield searches with their queries; one that this version does not understand matches nothing any more."""
    for search in searches:
        try:
            yield search, parse(search.query, lexicon.ontology)
        except QuerySyntaxError:
            continue
