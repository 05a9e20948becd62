"""Kept articles that are fetched again: when, what came of it, and the versions that publishers replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from news.alert import Telling
from news.article import Article, LedgerEntry
from news.fetch import Body
from news.reading import Reading
from news.step import RereadDeal
from news.story import Change


@dataclass(frozen=True, slots=True)
class Validators:
    """What tells whether a page is still the one that we hold; they belong to the address `origin`, which gave them."""

    etag: str | None = None
    last_modified: str | None = None
    origin: str | None = None

    @classmethod
    def of(cls, answer: Body) -> Validators:
        """Return those of an answer."""
        return cls(answer.etag, answer.last_modified, answer.final_url)


@dataclass(frozen=True, slots=True)
class Look:
    """A kept article and its second fetch: when it is due, None where nothing more is to be done.

    `entry` is the one that brought the article. `looks` counts the fetches that came to something since the first,
    `attempts` those that failed in a row; `outcome` says in words what came of the last, at `looked_at`.
    """

    article: int
    entry: LedgerEntry
    validators: Validators = Validators()
    due_at: datetime | None = None
    attempts: int = 0
    looks: int = 0
    looked_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one more fetch of an article, at `at`, and when it is to be fetched again.

    `failed` says that it came to nothing: it counts as an attempt. `validators` is None where those held are good.
    """

    article: int
    at: datetime
    outcome: str
    due_at: datetime | None = None
    failed: bool = False
    validators: Validators | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A feed's item that brought a kept article: its digest as the ledger has it, and as the feed has it now."""

    article: int
    known: str
    now: str


@dataclass(frozen=True, slots=True)
class Version:
    """What an article said before its publisher changed it; `nth` counts from 0.

    `changes` are those of values that were told. A text that was let go is empty.
    """

    article: int
    nth: int
    title: str
    text: str
    fetched_at: datetime
    replaced_at: datetime
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that its publisher changed: the version before, what it says now, and what follows for its deals.

    `deals` carry their revisions as they are afterwards; `tellings` and `superseded` are as in StoryStep.
    """

    before: Version
    article: Article
    signature: str | None
    reading: Reading
    looked: Looked
    deals: tuple[RereadDeal, ...] = ()
    tellings: tuple[Telling, ...] = ()
    superseded: tuple[int, ...] = ()
