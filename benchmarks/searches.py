"""What matching costs: saved searches against articles, by the index, one by one, and by SQLite's FTS5, in one run.

    make bench-searches

10 to 10,000 saved searches of mixed shapes (names, concepts, parties, figures, NEAR, stems, NOT, OR; a few for days or
sums alone) against articles of 5 kB that are made of the bundled newsroom, with what our reader read in them. The names
are those of the lexicon's companies, medicines and concepts, so that some stand in the articles and most do not.

Per article, CPU: `ready` folds the text, which whatever matches as we do needs; `index` is all that the index does.
`one by one` holds every search against the article. FTS5 gets the article as a row (text, parties, targets, sums) and
then every search as a prepared query; `in lots` is the same with all articles in one table, which alerts cannot wait
for. It folds less and knows no places across parentheses, so that its matches are fewer; it does the same work.
Memory is what building the index allocated. Matches of the index and one by one are compared, and must be the same.
"""

from __future__ import annotations

import contextlib
import random
import sqlite3
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.resources import files
from typing import TypeVar

from alerts.index import Asked, Index
from alerts.match import Means, match
from alerts.needs import terms
from alerts.query import parse
from alerts.subject import Subject
from deals.reader import ArticleText, as_deal
from lexicon import Lexicon, load, load_rates
from news.alert import Match, Search
from news.article import Article
from news.reading import Terms
from news.story import Deal, DealEvent, Report
from pactwatch.newsroom.pieces import load as load_pieces

SIZES = (10, 100, 1_000, 10_000)
ARTICLES = 40
LENGTH = 5_000
_ROUNDS = 3
_DAY = date(2026, 11, 20)
_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_GOAL = 1.0
_FIRST = ("Al", "Bra", "Cor", "Del", "Ev", "Fen", "Gor", "Hel", "Ix", "Jun", "Kal", "Lor", "Mer", "Nor", "Or", "Pel")
_SECOND = (
    "quina",
    "vexia",
    "tara Bio",
    "mont Pharma",
    "dane",
    "rix",
    "sylva",
    "thera Labs",
    "gen",
    "nova",
    "lys",
    "zeno",
)
_WORDS = ("engager", "antibody", "vaccine", "royalties", "collaboration", "obesity", "milestone", "degrader", "license")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A saved search, and the same for FTS5: a query for its index and a condition on the columns of sums."""

    query: str
    match: str = ""
    where: str = ""


def main() -> None:
    """Print the table."""
    lexicon = load()
    told = [_told(number, lexicon) for number in range(ARTICLES)]
    wanted = _mixed(lexicon, told, max(SIZES))
    means = Means(lexicon.companies.key, load_rates)
    print(f"{ARTICLES} articles of {LENGTH / 1000:.0f} kB; milliseconds of CPU an article\n")
    print(
        f"{'searches':>9}{'build s':>9}{'MB':>7}{'ready':>8}{'index':>8}{'tried':>7}{'found':>7}{'one by one':>12}"
        f"{'ratio':>7}{'FTS5':>9}{'ratio':>7}{'in lots':>9}{'ratio':>7}"
    )
    costs = [_row(wanted[:size], told, means, lexicon) for size in SIZES]
    print(f"\n{'':<44}{'goal':>8}{'is':>8}")
    _line(f"ms an article at {SIZES[-1]} searches", _GOAL, costs[-1])
    _line(f"{SIZES[-1]} searches to {SIZES[-2]}: times slower", SIZES[-1] / SIZES[-2] / 2, costs[-1] / costs[-2])


def _row(wanted: Sequence[Wanted], told: Sequence[tuple[Deal, Article]], means: Means, lexicon: Lexicon) -> float:
    """Measure some searches and print their row; return what the index costs an article."""
    asked = [(Search(f"s{n}", w.query, ()), parse(w.query, lexicon.ontology)) for n, w in enumerate(wanted)]
    Index.of(asked, means)  # what is remembered of names is warm for whoever comes first
    build, index = _timed(lambda: Index.of(asked, means))
    tracemalloc.start()
    kept = Index.of(asked, means)
    memory = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    del kept
    ready, ours = [], []
    for _ in range(_ROUNDS):
        cost, subjects = _timed(lambda: [Subject.of(deal, [article]) for deal, article in told])
        ready.append(cost)
        cost, found = _timed(lambda some=subjects: [index.matches(subject) for subject in some])
        ours.append(cost)
    tried = sum(sum(1 for _ in index.candidates(terms(each, means.key))) for each in subjects)
    few = subjects[: max(4, min(ARTICLES, 40_000 // len(asked)))]
    brute, alone = _timed(lambda: [_one_by_one(asked, subject, means) for subject in few])
    if alone != found[: len(few)]:
        raise SystemExit("the index and one by one differ")
    single, lots = _fts(wanted, told)
    mine = min(ours) / ARTICLES * 1000
    others = (brute / len(few) * 1000, single, lots)
    print(
        f"{len(asked):>9}{build:>9.2f}{memory:>7.1f}{min(ready) / ARTICLES * 1000:>8.2f}{mine:>8.2f}"
        f"{tried / ARTICLES:>7.1f}{sum(map(len, found)) / ARTICLES:>7.1f}{others[0]:>12.1f}{others[0] / mine:>7.0f}"
        f"{single:>9.2f}{single / mine:>7.1f}{lots:>9.2f}{lots / mine:>7.1f}"
    )
    return mine


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def _one_by_one(asked: Sequence[Asked], subject: Subject, means: Means) -> list[Match]:
    found = (match(search.key, query, subject, means.key, means.rates) for search, query in asked)
    return [each for each in found if each is not None]


def _told(number: int, lexicon: Lexicon) -> tuple[Deal, Article]:
    """Return an article that is made of some of the newsroom's, and the deal that its first one tells."""
    pieces = load_pieces()
    first = pieces[number % len(pieces)]
    text, at = first.text(_DAY), number
    while len(text) < LENGTH:
        at += 7
        text += "\n\n" + pieces[at % len(pieces)].text(_DAY)
    article = Article(
        number, f"https://wire.example/{number}", "wire", "The Wire", first.title, text[:LENGTH], _NOW, language="en"
    )
    found = as_deal(ArticleText.of(article), lexicon)
    report = Report(number, 0, article.address, "wire", "The Wire", article.title, _NOW, _DAY, None, True, "", found)
    return Deal(number, 1, _NOW, True, True, False, (DealEvent(number, found, _DAY, (report,)),)), article


def _mixed(  # noqa: C901  # that of the shapes inside
    lexicon: Lexicon, told: Sequence[tuple[Deal, Article]], size: int
) -> list[Wanted]:
    """Return searches of mixed shapes, the same at every run."""
    chance = random.Random(6)  # noqa: S311  # the same searches every time, no secret
    concepts = sorted(lexicon.ontology.concepts)
    heard = sorted({party.name for deal, _ in told for party in deal.latest.terms.parties})
    invented = [f"{a}{b}" for a in _FIRST for b in _SECOND]
    table = files("lexicon").joinpath("data", "companies.tsv").read_text("utf-8").splitlines()
    companies = [_plain(name) for name in (*heard, *invented, *(line.partition("\t")[0] for line in table[1:]))]

    def concept() -> tuple[str, str]:
        found = lexicon.ontology.concepts[chance.choice(concepts)]
        return f"concept:{found.id}", " OR ".join(_quoted(form) for form in found.forms)

    def one(kind: float) -> Wanted:  # noqa: C901, PLR0911  # a line for each shape
        name, other, third = chance.sample(companies, 3)
        sum_ = chance.choice((5, 10, 20, 25, 50, 100, 250, 500, 1000))
        (asked, forms), word = concept(), chance.choice(_WORDS)
        if kind < 0.20:
            return Wanted(f'"{name}"', f'{{title body}} : "{name}"')
        if kind < 0.35:
            return Wanted(asked, f"{{title body}} : ({forms})")
        if kind < 0.50:
            field, column = chance.choice((("party", "parties"), ("licensee", "licensees"), ("licensor", "licensors")))
            return Wanted(f'{field}:"{name}"', f'{column} : "{name}"')
        if kind < 0.62:
            return Wanted(f"{asked} AND upfront >= {sum_}m EUR", f"{{title body}} : ({forms})", f"upfront >= {sum_}e6")
        if kind < 0.72:
            return Wanted(f'{asked} AND type:license AND NOT "{name}"', f'({{title body}} : ({forms})) NOT "{name}"')
        if kind < 0.80:
            return Wanted(f'"{name}" NEAR/8 {word}', f'NEAR("{name}" "{word}", 8)')
        if kind < 0.87:
            return Wanted(f'licen* AND party:"{name}"', f'body : licen* AND parties : "{name}"')
        if kind < 0.94:
            names = f'("{name}" OR "{other}" OR "{third}")'
            return Wanted(f"{names} AND {word}", f'{names} AND "{word}"')
        if kind < 0.985:
            return Wanted(f'{word} SAME "{name}"', f'NEAR("{name}" "{word}", 20)')
        if kind < 0.995:
            return Wanted(f"total >= {sum_ * 10}m USD AND type:license", "", f"total >= {sum_}e7")
        return Wanted(f"announced > 2027-01-{chance.randint(1, 28):02}", "", "day > 20270101")

    return [one(chance.random()) for _ in range(size)]


def _plain(name: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in name).split())


def _quoted(form: str) -> str:
    return f'"{_plain(form)}"'


def _fts(wanted: Sequence[Wanted], told: Sequence[tuple[Deal, Article]]) -> tuple[float, float]:
    """Return what FTS5 takes for an article, in milliseconds: one article at a time, and all of them at once."""
    statements = [_statement(each) for each in wanted]
    few = told[: max(2, min(ARTICLES, 40_000 // len(wanted)))]
    single = sum(_timed(lambda lot=lot: _ask([lot], statements))[0] for lot in few) / len(few)
    lots = _timed(lambda: _ask(told, statements))[0] / len(told)
    return single * 1000, lots * 1000


def _statement(wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    conditions = [*(["told MATCH ?"] if wanted.match else []), *([wanted.where] if wanted.where else [])]
    table = "told JOIN sums ON sums.id = told.rowid" if wanted.where else "told"
    return f"SELECT told.rowid FROM {table} WHERE {' AND '.join(conditions)}", (wanted.match,) * bool(wanted.match)  # noqa: S608  # conditions of our own


def _ask(lot: Sequence[tuple[Deal, Article]], statements: Sequence[tuple[str, tuple[str, ...]]]) -> int:
    with contextlib.closing(sqlite3.connect(":memory:", cached_statements=len(statements))) as base:
        base.execute(
            "CREATE VIRTUAL TABLE told USING fts5(title, body, parties, licensors, licensees, tokenize='porter')"
        )
        base.execute("CREATE TABLE sums(id INTEGER PRIMARY KEY, upfront REAL, total REAL, day INTEGER)")
        for number, (deal, article) in enumerate(lot, 1):
            _insert(base, number, deal.latest.terms, article)
        return sum(len(base.execute(*statement).fetchall()) for statement in statements)


def _insert(base: sqlite3.Connection, number: int, found: Terms, article: Article) -> None:
    by_role = [
        "; ".join(p.name for p in found.parties if role in {"", p.role}) for role in ("", "licensor", "licensee")
    ]
    base.execute(
        "INSERT INTO told(rowid, title, body, parties, licensors, licensees) VALUES (?, ?, ?, ?, ?, ?)",
        (number, article.title, article.text, *by_role),
    )
    sums = (money and money.amount and float(money.amount) for money in (found.upfront, found.total))
    base.execute("INSERT INTO sums VALUES (?, ?, ?, ?)", (number, *sums, int(f"{_DAY:%Y%m%d}")))


def _line(words: str, goal: float, found: float) -> None:
    print(f"{words:<44}{goal:>8.2f}{found:>8.2f}  {'reached' if found <= goal else 'missed'}")


if __name__ == "__main__":
    main()
