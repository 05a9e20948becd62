"""How fast a report finds its story among many, and what a story costs to keep.

    make bench-stories           or: python -m benchmarks.stories [--sizes 1000 10000 100000] [--asked 300]

A database is filled with invented stories, one article each, and asked at every size by a process of its own, as after
a restart: how long opening takes; how many reports a second are looked up (signature, marks, deals near, decision) and
placed (one transaction each); the most memory that the process held. Half of the reports retell a known story in other
words, and "found" says how many of them came to it. A tenth of all articles ends with the same paragraph, so that they
share marks: "crowded" looks up such ones alone. Times are processor time; what the database takes is bytes on disk.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine, NullPool, Table, create_engine

from lexicon import load
from news.article import Source
from news.contract import terms_to_json
from news.reading import Evidence, Money, Named, Party, Terms
from news.step import StoryStep
from news.story import Report
from storage import Store
from storage.tables import articles, deal_keys, deal_marks, deals, reports, stories
from stories.facts import party_keys
from stories.grouping import Placement, place
from stories.marks import marks_of
from stories.sketch import sketch

NOW = datetime(2026, 11, 24, tzinfo=UTC)
FIRST = date(2020, 1, 1)
_SYLLABLES = [first + rest for first in "bdfghjklmnprstvwz" for rest in ("an", "el", "or", "is")]
_WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES[:9] for c in ("", "n", "s", "ter")]
_SAID = Evidence(
    "an upfront payment of €25 million", 410, 443, context="It receives an upfront payment of €25 million."
)
_TAIL = " ".join(random.Random(7).choices(_WORDS, k=80))  # noqa: S311  # the same words each time, nothing secret
_LOT = 2000
_LEAST = 10


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured at one size."""

    stories: int
    opened: float
    looked_up: float
    crowded: float
    placed: float
    found: int
    memory: float
    disk: float
    marks: float


def report(number: int, telling: int, *, crowded: bool) -> Report:
    """Return the report of one telling of an invented story."""
    terms = _terms(number)
    told = f"{terms.parties[0].name}, {terms.parties[1].name}: {terms.assets[0].name}"
    words = random.Random(number * 10 + telling).choices(_WORDS, k=120)  # noqa: S311  # likewise
    return Report(
        article=0,
        nth=0,
        address=f"https://outlet{number % 40}.example/{number}/{telling}",
        source="bench",
        outlet="Bench",
        title=told,
        fetched_at=NOW,
        announced=FIRST + timedelta(days=number // 50, hours=telling),
        since=None,
        kept=True,
        reason="a licence",
        terms=terms,
        sketch=sketch(f"{told}: {' '.join(words)}. {_TAIL if crowded else ''}"),
    )


def _terms(number: int) -> Terms:
    draw = random.Random(number)  # noqa: S311  # likewise
    giver, taker = _company(number // 3), _company(900_000 + int(400 * draw.random() ** 3))
    return Terms(
        "license",
        parties=(Party(giver, "licensor", _SAID), Party(taker, "licensee", _SAID)),
        upfront=Money(_SAID, Decimal(draw.randrange(5, 200) * 1_000_000), "EUR"),
        total=Money(_SAID, Decimal(draw.randrange(200, 2000) * 1_000_000), "EUR", up_to=True),
        assets=(Named(f"{giver[:3].upper()}-{number}", _SAID),),
        targets=(Named(f"T{draw.randrange(400)}", _SAID),),
        modalities=(Named("bispecific antibody", _SAID),),
    )


def _company(number: int) -> str:
    name = ""
    while number or not name:
        number, place_ = divmod(number, len(_SYLLABLES))
        name += _SYLLABLES[place_]
    return f"{name.capitalize()} Bio"


def _is_crowded(number: int) -> bool:
    return number % 10 == 0


def fill(engine: Engine, key: Callable[[str], str], numbers: Sequence[int]) -> None:
    """Store stories with one article each, in few statements."""
    for start in range(0, len(numbers), _LOT):
        told = [replace(report(n, 0, crowded=_is_crowded(n)), article=n + 1) for n in numbers[start : start + _LOT]]
        with engine.begin() as connection:
            _write(connection, key, told)


def _write(connection: Connection, key: Callable[[str], str], told: Sequence[Report]) -> None:
    own = {"revision": 1, "kept": True, "news": False, "late": False, "first_seen": NOW}
    rows = [{**_said(r), "article": r.article, "id": r.article, "deal": r.article, "story": r.article} for r in told]
    more = [
        {**row, "nth": 0, "kept": True, "reason": r.reason, "sketch": r.sketch}
        for r, row in zip(told, rows, strict=True)
    ]
    connection.execute(articles.insert(), [_article(each) for each in told])
    connection.execute(deals.insert(), [{"id": each.article, **own} for each in told])
    connection.execute(stories.insert(), [_of(stories, row) for row in rows])
    connection.execute(reports.insert(), [_of(reports, row) for row in more])
    marks = [{"mark": m, "deal": r.article} for r in told for m in marks_of(r.terms, key, r.sketch)]
    connection.execute(deal_marks.insert(), marks)
    connection.execute(
        deal_keys.insert(), [{"key": k, "deal": r.article} for r in told for k in party_keys(r.terms, key)]
    )


def _of(table: Table, row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if name in table.c}


def _article(each: Report) -> dict[str, object]:
    names = ("address", "source", "outlet", "title", "fetched_at")
    rest = {"author": "", "published": each.announced, "published_from": "page", "language": "en", "text": None}
    return {"id": each.article, **{name: getattr(each, name) for name in names}, **rest}


def _said(each: Report) -> dict[str, object]:
    return {"kind": each.terms.kind, "terms": terms_to_json(each.terms), "announced": each.announced}


def measure(address: str, size: int, asked: int) -> Row:
    """Open a store of so many stories and ask it, in a process that has done nothing else."""
    key = load().companies.key
    disk, marks = _bytes(address)
    begun = time.process_time()
    with Store.open(address) as store:
        store.deals_near((1,))
        opened = time.process_time() - begun
        new = [(n * size // asked if n % 2 else size + n) for n in range(asked)]
        told = [(n, *_looked_up(store, key, n, crowded=_is_crowded(n))) for n in new]
        crowded = [_looked_up(store, key, n - n % 10, crowded=True)[1] for n in new[: asked // 3]]
        numbered = [(replace(each, article=size + 2 + at), found) for at, (_, each, _, found) in enumerate(told)]
        with _engine(address).begin() as connection:
            connection.execute(articles.insert(), [_article(each) for each, _ in numbered])
        begun = time.process_time()
        for each, found in numbered:
            store.record_story(_step(each, found, key))
        placed = time.process_time() - begun
    right = sum(1 for n, _, _, found in told if n < size and found.story and found.story.story == n + 1)
    return Row(
        stories=size,
        opened=opened,
        looked_up=asked / sum(spent for _, _, spent, _ in told),
        crowded=len(crowded) / sum(crowded),
        placed=asked / placed,
        found=right,
        memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3),
        disk=disk / size,
        marks=marks / size,
    )


def _looked_up(
    store: Store, key: Callable[[str], str], number: int, *, crowded: bool
) -> tuple[Report, float, Placement]:
    begun = time.process_time()
    new = report(number, 1, crowded=crowded)
    near, settled = store.deals_near(marks_of(new.terms, key, new.sketch))
    found = place(new, near, key, settled=settled)
    return new, time.process_time() - begun, found


def _step(each: Report, found: Placement, key: Callable[[str], str]) -> StoryStep:
    return StoryStep(
        report=each,
        deal=found.deal.id if found.deal else None,
        story=found.story.story if found.story else None,
        terms=each.terms,
        announced=each.announced,
        revision=1,
        kept=True,
        news=False,
        late=False,
        keys=party_keys(each.terms, key),
        marks=marks_of(each.terms, key, each.sketch),
    )


def _bytes(address: str) -> tuple[int, int]:
    """Return what all that is stored takes on disk, and what the signatures and marks take of it."""
    connection = sqlite3.connect(address)
    (sketches,) = connection.execute("SELECT sum(length(sketch)) FROM reports").fetchone()
    try:
        (marks,) = connection.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'deal_marks'").fetchone()
    except sqlite3.OperationalError:  # not every SQLite is built with it
        marks = 0
    connection.close()
    return Path(address).stat().st_size, sketches + marks


def _engine(address: str) -> Engine:
    return create_engine(f"sqlite:///{address}", poolclass=NullPool)


def rows(sizes: Sequence[int], asked: int, folder: Path) -> Iterator[Row]:
    """Yield what is measured at each size, on one database that grows."""
    address, key, filled = str(folder / "stories.db"), load().companies.key, 0
    with Store.open(address) as store:
        store.configure((Source("bench", "Bench", "https://bench.example/feed"),), (), (), NOW)
    for size in sizes:
        fill(_engine(address), key, range(filled, size))
        filled = size
        copy = shutil.copy(address, folder / f"{size}.db")  # what is placed at one size is not in the next
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as alone:
            yield alone.submit(measure, str(copy), size, asked).result()


def _count(written: str) -> int:
    if not written.isdecimal() or int(written) < _LEAST:
        raise argparse.ArgumentTypeError(f"{written!r} is no whole number from {_LEAST} on")
    return int(written)


def main() -> None:
    """Measure and print a line for each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    sizes = [1_000, 10_000, 100_000]
    parser.add_argument("--sizes", type=_count, nargs="+", default=sizes, help="how many stories (%(default)s)")
    parser.add_argument("--asked", type=_count, default=300, help="reports that are looked up and placed (%(default)s)")
    asked = parser.parse_args()
    print("stories   open ms  look-ups/s  crowded/s  placed/s  found      memory MB  bytes/story  of these marks")
    with TemporaryDirectory() as folder:
        for row in rows(sorted(asked.sizes), asked.asked, Path(folder)):
            found = f"{row.found}/{asked.asked // 2}"
            print(
                f"{row.stories:>7,}  {row.opened * 1000:>8.0f}  {row.looked_up:>10.0f}  {row.crowded:>9.0f}"
                f"  {row.placed:>8.0f}  {found:<9}  {row.memory:>9.0f}  {row.disk:>11.0f}  {row.marks:>14.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
