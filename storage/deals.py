"""Stories and deals, who matched them, and who is told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, literal, or_, select, update

from news.alert import Match, Telling, TellingState
from news.article import Article
from news.contract import terms_from_json, terms_to_json
from news.reading import Terms
from news.step import BacklogOpen, StoryStep
from news.story import Deal, DealEvent, Report
from storage.articles import article_of
from storage.base import add_new, batches, picked, upsert
from storage.codecs import changes_from_json, changes_to_json, why_from_json, why_to_json
from storage.corrections import said_of
from storage.engine import insert
from storage.joining import write_joins, write_marks
from storage.setup import Setup
from storage.tables import articles, deal_keys, deals, matches, reports, searches, stories, tellings
from stories.corrections import as_corrected

_TELLING = ("id", "recipient", "deal", "revision", "kind", "state", "created_at", "reason", "urgent", "delivery")


class Deals(Setup):
    """Agreements over time, as they are told."""

    def deals_with(self, keys: Collection[str]) -> tuple[Deal, ...]:
        """Return the deals that have one of these party keys."""
        query = select(deals.c.id).join(deal_keys, deal_keys.c.deal == deals.c.id)
        with self._read() as connection:
            found = connection.scalars(
                query.where(deal_keys.c.key.in_(keys), deals.c.merged_into.is_(None)).distinct()
            ).all()
            return deals_of(connection, found)

    def deals(self, *, matched: bool = False, limit: int | None = None) -> tuple[Deal, ...]:
        """Return deals, the newest first; `matched` those of active searches only."""
        query = select(deals.c.id).where(deals.c.merged_into.is_(None)).order_by(deals.c.id.desc()).limit(limit)
        if matched:
            active = select(matches.c.deal).join(searches, searches.c.key == matches.c.search).where(searches.c.active)
            query = query.where(deals.c.id.in_(active))
        with self._read() as connection:
            return deals_of(connection, connection.scalars(query).all())

    def deal(self, number: int) -> Deal | None:
        """Return a deal; one that became another is that other."""
        with self._read() as connection:
            seen: set[int] = set()
            while number not in seen:
                seen.add(number)
                number = connection.scalar(select(deals.c.merged_into).where(deals.c.id == number)) or number
            return next(iter(deals_of(connection, [number])), None)

    def articles_of(self, deal: int) -> tuple[Article, ...]:
        """Return the articles that tell of a deal, oldest first; a text that was let go is empty."""
        told = select(reports.c.article).join(stories, stories.c.id == reports.c.story).where(stories.c.deal == deal)
        with self._read() as connection:
            return article_of(connection, select(articles).where(articles.c.id.in_(told)).order_by(articles.c.id))

    def record_story(self, step: StoryStep) -> Deal:
        """Put a report in its place, with the matches and tellings that follow; done twice it is done once."""
        report = step.report
        taken = select(reports.c.story).where(reports.c.article == report.article, reports.c.nth == report.nth)
        with self._write() as connection:
            story = connection.scalar(taken)
            if story is None:
                number = write_step(connection, step)
            else:
                number = connection.scalars(select(stories.c.deal).where(stories.c.id == story)).one()
            return deals_of(connection, [number])[0]

    def matches(self, of: Collection[int]) -> tuple[Match, ...]:
        """Return the matches of deals by active searches."""
        query = select(matches).join(searches, searches.c.key == matches.c.search)
        query = query.where(searches.c.active).order_by(matches.c.deal, matches.c.search)
        with self._read() as connection:
            rows = [
                row
                for some in batches(sorted(of))
                for row in connection.execute(query.where(matches.c.deal.in_(some))).mappings()
            ]
            return tuple(Match(row["search"], row["deal"], why_from_json(row["why"])) for row in rows)

    def archive(self, recipient: str, opened: Sequence[BacklogOpen]) -> tuple[Deal, ...]:
        """Return the kept deals that these backlogs are about and of which the recipient was told nothing yet."""
        mine = [search.key for search in self.searches() if recipient in search.to]
        if not opened or not mine:
            return ()
        known = select(tellings.c.deal).where(tellings.c.recipient == recipient)
        about = or_(*(_about(item, mine) for item in opened))
        query = select(deals.c.id).where(deals.c.kept, deals.c.merged_into.is_(None), deals.c.id.not_in(known), about)
        with self._read() as connection:
            return deals_of(connection, connection.scalars(query).all())

    def tellings(
        self, *, recipient: str | None = None, deal: int | None = None, state: TellingState | None = None
    ) -> tuple[Telling, ...]:
        """Return tellings in the order in which they were made; those of a deal with those of what became it."""
        query = select(tellings).order_by(tellings.c.id)
        for column, value in ((tellings.c.recipient, recipient), (tellings.c.state, state)):
            if value is not None:
                query = query.where(column == value)
        if deal is not None:
            query = query.where(tellings.c.deal.in_(_and_what_became(deal)))
        with self._read() as connection:
            return tuple(telling_of(row) for row in connection.execute(query).mappings())


def _and_what_became(deal: int) -> Select[Any]:
    """Return the query for a deal's id with those of all deals that became it."""
    family = select(literal(deal).label("id")).cte("family", recursive=True)
    return select(family.union_all(select(deals.c.id).join(family, deals.c.merged_into == family.c.id)).c.id)


def deals_of(connection: Connection, numbers: Sequence[int]) -> tuple[Deal, ...]:
    """Return deals with their events and reports, in the order of `numbers`, as people say that they are."""
    return tuple(deal for some in batches(numbers) for deal in _deals_of(connection, some))


def _deals_of(connection: Connection, numbers: Sequence[int]) -> tuple[Deal, ...]:
    found = {r["id"]: r for r in connection.execute(select(deals).where(deals.c.id.in_(numbers))).mappings()}
    events: dict[int, list[DealEvent]] = {number: [] for number in numbers}
    told = (
        connection.execute(
            select(stories).where(stories.c.deal.in_(numbers)).order_by(stories.c.announced, stories.c.id)
        )
        .mappings()
        .all()
    )
    by_story: dict[int, list[Report]] = {}
    for some in batches([row["id"] for row in told]):
        by_story |= _reports(connection, some)
    for row in told:
        terms = terms_from_json(row["terms"], row["kind"])
        events[row["deal"]].append(DealEvent(row["id"], terms, row["announced"], tuple(by_story[row["id"]])))
    said = said_of(connection, numbers, [row["id"] for row in told])
    names = ("id", "revision", "first_seen", "kept", "news", "late", "merged_into")
    read = (Deal(**picked(found[n], *names), events=tuple(events[n])) for n in numbers if n in found)
    return tuple(as_corrected(deal, said) for deal in read)


def insert_telling(connection: Connection, telling: Telling, **known: int) -> None:
    """Store a telling, with the ids `known` only now, unless the recipient has one of that revision already."""
    row = {name: getattr(telling, name) for name in _TELLING if name != "id"}
    row |= {"searches": list(telling.searches), "changes": changes_to_json(telling.changes), **known}
    add_new(connection, tellings, row)


def _reports(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Report]]:
    taken = ("address", "source", "outlet", "title", "fetched_at")
    query = (
        select(reports, *(articles.c[name] for name in taken))
        .join(articles, articles.c.id == reports.c.article)
        .where(reports.c.story.in_(numbers))
        .order_by(reports.c.article, reports.c.nth)
    )
    found: dict[int, list[Report]] = {number: [] for number in numbers}
    for row in connection.execute(query).mappings():
        own = picked(row, "article", "nth", "announced", "since", "kept", "reason", *taken)
        terms = terms_from_json(row["terms"], row["kind"])
        found[row["story"]].append(Report(**own, terms=terms, sketch=row["sketch"] or b""))
    return found


def write_step(connection: Connection, step: StoryStep) -> int:
    """Put a report in its place, with what follows from it; return the deal's id."""
    number = _write_deal(connection, step)
    story = _write_story(connection, step, number)
    _write_report(connection, step, story)
    write_joins(connection, step, number, story)
    _write_followers(connection, step, number)
    return number


def _write_deal(connection: Connection, step: StoryStep) -> int:
    values = {"revision": step.revision, "kept": step.kept, "news": step.news, "late": step.late}
    if step.deal is None:
        made = deals.insert().values(**values, first_seen=step.report.fetched_at).returning(deals.c.id)
        number: int = connection.scalars(made).one()
        return number
    connection.execute(update(deals).where(deals.c.id == step.deal).values(values))
    return step.deal


def _write_story(connection: Connection, step: StoryStep, deal: int) -> int:
    values = story_row(step.terms, step.announced)
    if step.story is None:
        made = stories.insert().values(**values, deal=deal).returning(stories.c.id)
        number: int = connection.scalars(made).one()
        return number
    connection.execute(update(stories).where(stories.c.id == step.story).values(values))
    return step.story


def _write_report(connection: Connection, step: StoryStep, story: int) -> None:
    report = step.report
    key = {"article": report.article, "nth": report.nth, "since": report.since, "story": story, "sketch": report.sketch}
    connection.execute(reports.insert().values(**key, **report_row(report)))


def story_row(terms: Terms, announced: date) -> dict[str, Any]:
    """Return the columns of a story that follow from its reports."""
    return {"kind": terms.kind, "terms": terms_to_json(terms), "announced": announced}


def report_row(report: Report) -> dict[str, Any]:
    """Return the columns of a report that follow from the reading of its article."""
    row = {name: getattr(report, name) for name in ("announced", "kept", "reason")}
    return {**row, "kind": report.terms.kind, "terms": terms_to_json(report.terms)}


def _write_followers(connection: Connection, step: StoryStep, deal: int) -> None:
    """Write what follows from a report: keys, matches, tellings, and the tellings that these replace."""
    for key in step.keys:
        connection.execute(insert(connection, deal_keys).values(key=key, deal=deal).on_conflict_do_nothing())
    write_marks(connection, step.marks, deal)
    for match in step.matches:
        upsert(connection, matches, {"search": match.search, "deal": deal, "why": why_to_json(match.why)})
    if step.superseded:
        replaced = (tellings.c.id.in_(step.superseded)) & (tellings.c.state == "pending")
        gone = {"state": "suppressed", "reason": "replaced by a newer revision before it was sent"}
        connection.execute(update(tellings).where(replaced).values(gone))
    for telling in step.tellings:
        insert_telling(connection, telling, deal=deal)


def _about(opened: BacklogOpen, mine: Sequence[str]) -> Any:  # noqa: ANN401  # a condition of SQLAlchemy's, of several types
    """Return the condition that a deal matches and has to do with what was added."""
    keys = [key for key in mine if opened.cause != "search" or key == opened.key]
    matched = deals.c.id.in_(select(matches.c.deal).where(matches.c.search.in_(keys)))
    if opened.cause != "source":
        return matched
    told = select(stories.c.deal).join(reports, reports.c.story == stories.c.id)
    return and_(
        matched,
        deals.c.id.in_(told.join(articles, articles.c.id == reports.c.article).where(articles.c.source == opened.key)),
    )


def telling_of(row: RowMapping) -> Telling:
    """Return the telling of a row."""
    return Telling(**picked(row, *_TELLING), searches=tuple(row["searches"]), changes=changes_from_json(row["changes"]))
